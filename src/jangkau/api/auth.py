"""Who asks: a token in the header `Authorization: Bearer jk_...`."""

from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from jangkau.apps.access.models import ApiToken
from jangkau.apps.access.tokens import authenticate


class Token(HttpBearer):
    """Lets the owner of the token in, as what the token may; the request's user is the owner."""

    openapi_description = "Token dari halaman Akun saya › Token API."

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token, or nothing: the answer is 401."""
        known = authenticate(token)
        if known is None:
            return None
        request.user = known[1]
        return known[0]


class Share(AuthRateThrottle):
    """So many requests a minute for each token."""

    scope = "api"
