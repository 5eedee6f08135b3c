"""How sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


def username_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name under which someone tries to sign in: of what is being authenticated, else of the form."""
    return str((credentials or {}).get("username") or request.POST.get("login", ""))


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an admin, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False
