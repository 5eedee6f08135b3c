"""How sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an admin, never by whoever comes along."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        return False
