"""Sign-in as the platform needs it: nobody registers by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """Close the library's own registration: staff are entered by their body, others join by a code."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: there is no open registration."""
        return False
