"""Signing in with an office account (OpenID Connect): it opens an account that an admin made, never a new one."""

from collections.abc import Iterable

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record


class OfficeAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The library's flow, closed to strangers."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """No."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, attach the office account to the user it stands for; refuse in words where there is none."""
        if sociallogin.is_existing:
            return
        emails = [address.email for address in sociallogin.email_addresses if address.verified]
        user = user_for(emails, sociallogin.user.username)
        if user is None:
            record("account.oidc_refused", by=None, after={"penyedia": sociallogin.account.provider})
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        sociallogin.connect(request, user)


def user_for(verified_emails: Iterable[str], username: str) -> User | None:
    """The one active user with one of the e-mail addresses; or, where the installation says that the provider's
    usernames are ours (JANGKAU_OIDC_MATCH_USERNAME), with the username. Two that fit are none."""
    active = User.objects.filter(is_active=True)
    found = [user for email in verified_emails if email for user in active.filter(email__iexact=email)]
    if not found and settings.JANGKAU_OIDC_MATCH_USERNAME and username:
        found = list(active.filter(username=username))
    return found[0] if len({user.pk for user in found}) == 1 else None
