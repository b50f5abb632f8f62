"""Sign-in as the platform needs it: nobody registers by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from gongkai.accounts.client import client_address


class ClosedAdapter(DefaultAccountAdapter):
    """Close the library's own registration: staff are entered by their body, others join by a code."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no open registration."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return from where a sign-in is tried: behind a proxy, all of them are not one."""
        return client_address(request)
