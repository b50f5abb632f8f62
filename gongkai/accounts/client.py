"""From where a request comes, for counting how often somebody tries."""

from django.http import HttpRequest

OURSELVES = ("127.0.0.1", "::1", "")


def client_address(request: HttpRequest) -> str:
    """Return the address of the caller; behind a proxy on this machine, the one it names in X-Real-IP.

    Nobody else is believed: whoever names a new address with each guess would guess for ever.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    return request.headers.get("X-Real-IP", address)[:45] if address in OURSELVES else address
