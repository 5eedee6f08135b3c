"""Office accounts (OpenID Connect) against a small provider in this process: they open accounts, never make them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from jangkau.apps.access.office import OfficeAccounts
from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event

ISSUER = "https://sso.example"
APP = {
    "provider_id": "kantor", "name": "SSO Provinsi", "client_id": "jangkau", "secret": "rahasia",
    "settings": {"server_url": ISSUER, "oauth_pkce_enabled": True},
}  # fmt: skip


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}  # noqa: RUF012

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    def json(self) -> dict[str, Any]:
        return self.content

    def raise_for_status(self) -> None:
        """All is well."""


class Provider:
    """What the provider answers: its configuration, a token for any code, and who has signed in there."""

    def __init__(self, who: dict[str, Any]) -> None:
        self.who = who

    def __enter__(self) -> "Provider":
        return self

    def __exit__(self, *told: object) -> None:
        """Nothing is open."""

    def get(self, url: str, **told: Any) -> Answer:
        if url.endswith("/userinfo"):
            return Answer(self.who)
        ends = {name: f"{ISSUER}/{end}" for name, end in (
            ("authorization_endpoint", "authorize"), ("token_endpoint", "token"), ("userinfo_endpoint", "userinfo"),
        )}  # fmt: skip
        return Answer({"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", **ends})

    def request(self, method: str, url: str, **told: Any) -> Answer:
        return Answer({"access_token": "x", "token_type": "Bearer"}) if url.endswith("/token") else self.get(url)


@pytest.fixture
def come(settings: object, monkeypatch: pytest.MonkeyPatch, client: Client, regions: None) -> Callable[..., Any]:
    """Someone signs in at the provider and comes back."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}

    def back(**who: Any) -> Any:
        monkeypatch.setattr(OfficeAccounts, "get_requests_session", lambda *_: Provider({"sub": "7", **who}))
        away = client.post("/akun/oidc/kantor/login/")
        asked = parse_qs(urlsplit(away.headers["Location"]).query)
        assert away.headers["Location"].startswith(f"{ISSUER}/authorize")
        assert asked["code_challenge_method"] == ["S256"]
        return client.get("/akun/oidc/kantor/login/callback/", {"code": "c", "state": asked["state"][0]})

    return back


@pytest.fixture
def sari(user: Callable[..., User]) -> User:
    made = user("operator_kab")
    made.email = "sari@seluma.example"
    made.save()
    return made


def test_without_a_provider_there_is_no_button_and_no_address(client: Client, db: None, settings: object) -> None:
    assert "/akun/oidc/" not in client.get("/masuk/").content.decode()
    assert client.post("/akun/oidc/kantor/login/").status_code == 404
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}
    assert "Masuk lewat SSO Provinsi" in client.get("/masuk/").content.decode()


def test_a_verified_address_opens_the_account_an_admin_made(come: Callable, sari: User, client: Client) -> None:
    assert come(email="Sari@Seluma.example", email_verified=True).headers["Location"] == "/"
    assert client.get("/akun/").status_code == 200
    assert int(client.session["_auth_user_id"]) == sari.pk
    assert {"account.oidc_add", "account.login"} <= set(Event.objects.values_list("tindakan", flat=True))
    client.post("/keluar/")
    assert come(email="berubah@seluma.example").headers["Location"] == "/"  # known by its number from now on


@pytest.mark.parametrize("who", [
    {"email": "orang@lain.example", "email_verified": True},
    {"email": "sari@seluma.example", "email_verified": False},
    {"preferred_username": "operator_kab"},
    {},
])  # fmt: skip
def test_whoever_has_no_account_is_refused_in_words_and_none_is_made(come: Callable, sari: User, who: dict) -> None:
    answer = come(**who)
    assert answer.status_code == 403
    assert "belum terdaftar" in answer.content.decode()
    assert User.objects.count() == 1
    assert Event.objects.get().tindakan == "account.oidc_refused"


def test_usernames_count_only_where_the_installation_says_so(come: Callable, sari: User, settings: object) -> None:
    settings.JANGKAU_OIDC_MATCH_USERNAME = True
    assert come(preferred_username="operator_kab").headers["Location"] == "/"


def test_an_account_that_is_shut_stays_shut(come: Callable, sari: User, client: Client) -> None:
    come(email="sari@seluma.example", email_verified=True)
    client.post("/keluar/")
    User.objects.update(is_active=False)
    assert come(email="sari@seluma.example", email_verified=True).headers["Location"] == "/akun/nonaktif/"
    assert "_auth_user_id" not in client.session


def test_two_accounts_with_one_address_open_neither(come: Callable, sari: User, user: Callable) -> None:
    other = user("auditor")
    other.email = sari.email
    other.save()
    assert come(email=sari.email, email_verified=True).status_code == 403
