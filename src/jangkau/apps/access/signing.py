"""Signing in and out, failing to, and changed ways to sign in are events of the audit log."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

from jangkau.apps.access.selectors import home_of
from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record

_VERBS: dict[Signal, str] = {
    user_logged_in: "account.login",
    user_logged_out: "account.logout",
    password_changed: "account.password",
    password_set: "account.password",
    password_reset: "account.password",
    authenticator_added: "account.factor_add",
    authenticator_removed: "account.factor_remove",
    authenticator_reset: "account.factor_reset",
    authentication_failed: "account.factor_failed",
    social_account_added: "account.oidc_add",
}


def listen() -> None:
    """Start listening."""
    for signal, verb in _VERBS.items():
        signal.connect(_listener(verb), weak=False, dispatch_uid=f"audit {verb} {id(signal)}")
    user_login_failed.connect(_failed, dispatch_uid="audit account.login_failed")
    user_locked_out.connect(_locked, dispatch_uid="audit account.locked")


def _listener(verb: str) -> Any:
    def heard(sender: Any, **told: Any) -> None:
        user = told.get("user") or getattr(told.get("sociallogin"), "user", None)
        if isinstance(user, User):
            record(verb, by=user, thing=user, region_code=home_of(user), after=_how(told))

    return heard


def _how(told: dict[str, Any]) -> dict[str, str]:
    """The factor concerned, where there is one."""
    factor = told.get("authenticator")
    return {"cara": factor.type} if factor is not None else {}


def _failed(sender: Any, credentials: dict[str, Any], **told: Any) -> None:
    _on_someone("account.login_failed", credentials.get("username") or credentials.get("login") or "")


def _locked(sender: Any, username: str | None = None, **told: Any) -> None:
    _on_someone("account.locked", username or "")


def _on_someone(verb: str, username: str) -> None:
    """An unknown name is not written down: it may be a password typed in the wrong field."""
    user = User.objects.filter(username=username).first()
    region_code = home_of(user) if user else ""
    record(verb, by=None, thing=user, region_code=region_code, after={"akun": username if user else "tidak dikenal"})
