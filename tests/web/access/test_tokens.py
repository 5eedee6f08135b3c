"""Tokens: a program may what one role of its owner may in one region, until somebody says otherwise."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jangkau.apps.access import tokens
from jangkau.apps.access.models import ApiToken
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed
from jangkau.apps.audit.models import Event
from jangkau.core.kernel.problems import Problem

WANTED = {"nama": "sistem desa", "role": "operator_kab", "region_code": "1705", "days": 30}


@pytest.fixture
def owner(user: Callable[..., User]) -> User:
    return user("operator_kab")


def test_a_token_is_shown_once_and_only_its_hash_kept(sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab")
    page = client.post("/akun/token/", WANTED)
    token = ApiToken.objects.get()
    text = page.content.decode().split('id="token" readonly value="')[1].split('"')[0]
    assert tokens.authenticate(text)[0] == token
    assert "no-store" in page.headers["Cache-Control"]
    assert text not in client.get("/akun/token/").content.decode()
    assert text not in str(ApiToken.objects.values()) + str(Event.objects.values())


def test_it_holds_its_one_role_and_region_and_nothing_else(owner: User) -> None:
    owner.assignments.create(role="pengelola", region_code="17")
    _, text = tokens.make(owner, **WANTED | {"region_code": "170501"})
    _, who = tokens.authenticate(text)
    assert allowed(who, "intake.view", "1705012002")
    assert not allowed(who, "intake.view", "170502")
    assert not allowed(who, "registers.upload")


@pytest.mark.parametrize("wanted", [{"role": "pengelola"}, {"region_code": "1704"}, {"region_code": "17"}])
def test_nobody_gives_a_program_more_than_the_own_roles(owner: User, wanted: dict) -> None:
    with pytest.raises(Problem, match="yang Anda miliki"):
        tokens.make(owner, **WANTED | wanted)


@pytest.mark.parametrize("end", [
    lambda token: tokens.revoke(token, by=token.user),
    lambda token: ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
    lambda token: User.objects.update(is_active=False),
    lambda token: token.user.assignments.all().delete(),
], ids=["revoked", "expired", "owner shut out", "role taken"])  # fmt: skip
def test_it_ends_when_revoked_expired_or_its_owner_may_no_more(owner: User, end: Callable) -> None:
    token, text = tokens.make(owner, **WANTED)
    assert tokens.authenticate(text)
    end(token)
    assert tokens.authenticate(text) is None


def test_use_is_noted_but_not_at_every_request(owner: User, django_assert_num_queries: Callable) -> None:
    token, text = tokens.make(owner, **WANTED)
    tokens.authenticate(text)
    token.refresh_from_db()
    assert token.last_used_at
    with django_assert_num_queries(2):
        tokens.authenticate(text)


def test_an_admin_sees_and_revokes_the_tokens_of_users(sign_in: Callable[..., Client], owner: User) -> None:
    token, text = tokens.make(owner, **WANTED)
    admin = sign_in("admin")
    assert "sistem desa" in admin.get(f"/akun/pengguna/{owner.pk}/").content.decode()
    admin.post(f"/akun/pengguna/{owner.pk}/token/{token.pk}/cabut/")
    assert tokens.authenticate(text) is None
    assert list(Event.objects.values_list("tindakan", flat=True)) == ["tokens.revoke", "account.login", "tokens.make"]
