"""The cast: one user a role in kabupaten Seluma (1705), neighbours in Kaur (1704), and the regions of the province."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from worlds import Cast, undone

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.roles import Role
from jangkau.apps.regions.models import Region
from jangkau.web.words import CATALOGUE, compile_words

_NOT_THEIRS = {"DATABASE_URL", "PYTEST_XDIST_WORKER"}
ROOT = Path(__file__).parents[2]
PROVINCE, KABUPATEN, NEIGHBOUR = "17", "1705", "1704"
KECAMATAN, DESA = "170501", "1705012002"
HOME_OF = {
    Role.PENDATA: DESA, Role.OPERATOR_DESA: DESA, Role.OPERATOR_KAB: KABUPATEN, Role.PENYETUJU: KABUPATEN,
    Role.PENGELOLA: PROVINCE, Role.BPJS: PROVINCE, Role.EVALUATOR: PROVINCE, Role.SPONSOR: KABUPATEN,
    Role.PENGHUBUNG: KABUPATEN, Role.PTSP: KABUPATEN, Role.AUDITOR: PROVINCE, Role.ADMIN: PROVINCE,
}  # fmt: skip
NEIGHBOURS = (("operator_kab", "1704"), ("operator_desa", "1704012001"), ("operator_desa", "1705012001"))
SignIn = Callable[[str], Client]


@pytest.fixture(scope="session")
def english_words() -> None:
    """The English of the pages as Django reads it, made anew if it is absent or older than the catalogue."""
    made = CATALOGUE.with_suffix(".mo")
    if not made.is_file() or made.stat().st_mtime < CATALOGUE.stat().st_mtime:
        compile_words()
        translation_file_changed(None, made)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Attempts and figures that are kept for a while begin at nought in every test, and so does the language."""
    cache.clear()
    translation.deactivate()


@pytest.fixture
def regions(db: None) -> None:
    make_regions()


def make_regions() -> None:
    """A province with two kabupaten, each down to a desa."""
    rows = [
        (PROVINCE, "Bengkulu", "provinsi", None), (KABUPATEN, "Kabupaten Seluma", "kabupaten", PROVINCE),
        (NEIGHBOUR, "Kabupaten Kaur", "kabupaten", PROVINCE), (KECAMATAN, "Sukaraja", "kecamatan", KABUPATEN),
        (DESA, "Niur", "desa", KECAMATAN), ("170401", "Kinal", "kecamatan", NEIGHBOUR),
        ("1704012001", "Gedung Wani", "desa", "170401"),
    ]  # fmt: skip
    made = [Region(code=c, name=n, level=level, parent_id=p) for c, n, level, p in rows]
    Region.objects.bulk_create(made, ignore_conflicts=True)


@pytest.fixture
def user(db: None) -> Callable[..., User]:
    """A user of a role, in its usual region or the one given."""

    def make(role: str, region: str | None = None) -> User:
        name = role if region is None else f"{role}-{region}"
        return make_user(name, "sandi-uji-0001", role, region or HOME_OF[Role(role)])

    return make


@pytest.fixture
def sign_in(user: Callable[..., User], regions: None) -> Callable[..., Client]:
    """A browser in which a user of the role is signed in."""

    def enter(role: str, region: str | None = None) -> Client:
        client = Client()
        client.force_login(user(role, region), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database for what is made once a module: see `worlds`."""
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(scope="module")
def cast(module_db: None) -> Cast:
    """Everyone, signed in once for a module that only looks, or undoes what it does (`worlds.undone`)."""
    make_regions()
    return Cast(HOME_OF, NEIGHBOURS)


@pytest.fixture
def own_site(django_db_setup: None, tmp_path: Path) -> dict[str, str]:
    """The environment of processes of their own that share a new, empty SQLite (a copy, migrating takes seconds)."""
    source, target = connection.settings_dict["NAME"], tmp_path / "jangkau.sqlite3"
    with closing(sqlite3.connect(source)) as made, closing(sqlite3.connect(target)) as copy:
        made.backup(copy)
    places = os.pathsep.join(str(ROOT / part) for part in ("src", "tests", "."))
    own = {name: value for name, value in os.environ.items() if name not in _NOT_THEIRS}
    return own | {"JANGKAU_DATA": str(tmp_path), "PYTHONPATH": places}
