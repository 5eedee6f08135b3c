"""The client's address behind a proxy."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def client_address(get_response: Answer) -> Answer:
    """REMOTE_ADDR is the client's, for the audit log, lockout and shares alike.

    X-Forwarded-For is believed only from the proxies of JANGKAU_TRUSTED_PROXIES, and only its last address that is not
    itself such a proxy: whatever stands before it the client may have written.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        seen = request.META.get("REMOTE_ADDR", "")
        request.META["REMOTE_ADDR"] = client_of(seen, told, settings.JANGKAU_TRUSTED_PROXIES)
        return get_response(request)

    return middleware


def client_of(seen: str, told: Sequence[str], trusted: Sequence[str]) -> str:
    """The nearest address that is no trusted proxy; the one before it where an address cannot be read."""
    for address in (one.strip() for one in reversed(told)):
        if not _within(seen, trusted) or not _readable(address):
            return seen
        seen = address
    return seen


def _within(address: str, networks: Sequence[str]) -> bool:
    if not _readable(address):
        return "unix" in networks  # a proxy on this machine, through a socket
    return any(ip_address(address) in ip_network(one) for one in networks if one != "unix")


def _readable(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True
