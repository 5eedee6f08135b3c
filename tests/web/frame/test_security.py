"""What leaves the house: headers, cookies, refusals and logs; never a person's data in them."""

import io
import logging
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import public
from jangkau.apps.audit.models import Event
from jangkau.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from jangkau.web.proxy import client_of
from jangkau.web.redaction import Redact

NIK = "1705010101900001"


@public
def broken(request: HttpRequest) -> HttpResponse:
    try:
        raise KeyError(f"Budi {NIK}")
    except KeyError as error:
        raise ValueError(f"nik {NIK} milik Budi") from error


urlpatterns = [*urlpatterns, path("rusak/", broken, name="rusak")]


@pytest.fixture
def log() -> io.StringIO:
    """What the console handler of the settings would write."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.addFilter(Redact())
    root = logging.getLogger()
    root.addHandler(handler)
    yield text
    root.removeHandler(handler)


@pytest.mark.urls(__name__)
def test_a_page_that_fails_tells_nobody_whose_data_it_had(
    sign_in: Callable[..., Client], log: io.StringIO, settings: object
) -> None:
    client = sign_in("operator_kab")
    client.raise_request_exception = False
    answer = client.get("/rusak/")
    page, written = answer.content.decode(), log.getvalue()
    assert answer.status_code == 500
    for text in (page, written):
        assert NIK not in text
        assert "Budi" not in text.replace('f"Budi {NIK}"', "").replace('milik Budi"', "")  # lines of the source
    code = page.split("<strong>")[1].split("<")[0]
    assert f"kode {code}, di rusak" in written
    assert "KeyError" in written
    assert "ValueError" in written


def test_every_page_bears_the_headers_that_shut_others_out(client: Client, db: None) -> None:
    headers = client.get("/masuk/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers["Permissions-Policy"].split(", "))


def test_cookies_are_closed_to_scripts(client: Client, user: Callable[..., User]) -> None:
    user("auditor")
    client.get("/masuk/")
    answer = client.post("/masuk/", {"login": "auditor", "password": "sandi-uji-0001"})
    for name in ("sessionid", "csrftoken"):
        cookie = answer.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_behind_tls_django_finds_nothing_to_warn_of(tmp_path: object) -> None:
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}  # of the browser
    env = {
        **own, "JANGKAU_DATA": str(tmp_path), "JANGKAU_HTTPS": "1", "JANGKAU_ALLOWED_HOSTS": "jangkau.example",
        "DJANGO_SETTINGS_MODULE": "jangkau.settings", "JANGKAU_SECRET_KEY": "k" * 30 + "abcdefghijklmnopqrstuvwxyz",
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-m", "jangkau.admin", "check", "--deploy", "--fail-level", "WARNING"],
        env=env, check=False, capture_output=True, text=True,
    )  # fmt: skip
    found = {line.split(")")[0].strip("?: (") for line in told.stderr.splitlines() if line.startswith("?:")}
    assert found <= {"security.W005", "security.W021"}, told.stderr  # of other names of the domain, not ours to say


def test_a_form_from_elsewhere_is_refused_in_plain_words(user: Callable[..., User]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/masuk/", {"login": "auditor", "password": "x"})
    assert answer.status_code == 403
    assert "Tidak ada yang berubah" in answer.content.decode()


def test_too_many_fields_are_refused_in_plain_words(client: Client, db: None) -> None:
    answer = client.post("/masuk/", {f"f{n}": "" for n in range(5_001)})
    assert answer.status_code == 400
    assert "tidak dapat diterima" in answer.content.decode()


@pytest.mark.parametrize(("seen", "told", "trusted", "client"), [
    ("10.0.0.1", ["8.8.8.8"], [], "10.0.0.1"),
    ("10.0.0.1", ["8.8.8.8"], ["10.0.0.0/8"], "8.8.8.8"),
    ("10.0.0.1", ["1.1.1.1", "8.8.8.8"], ["10.0.0.0/8"], "8.8.8.8"),
    ("10.0.0.1", ["8.8.8.8", "10.0.0.2"], ["10.0.0.0/8"], "8.8.8.8"),
    ("10.0.0.1", ["<script>"], ["10.0.0.0/8"], "10.0.0.1"),
    ("9.9.9.9", ["8.8.8.8"], ["10.0.0.0/8"], "9.9.9.9"),
    ("", ["2001:db8::7"], ["unix"], "2001:db8::7"),
    ("10.0.0.1", [""], ["10.0.0.0/8"], "10.0.0.1"),
])  # fmt: skip
def test_only_trusted_proxies_say_who_the_client_is(seen: str, told: list, trusted: list, client: str) -> None:
    assert client_of(seen, told, trusted) == client


def test_audit_and_lockout_know_the_client_behind_the_proxy(
    user: Callable[..., User], client: Client, settings: object
) -> None:
    settings.JANGKAU_TRUSTED_PROXIES = ["127.0.0.1"]
    user("auditor")
    client.post("/masuk/", {"login": "auditor", "password": "sandi-uji-0001"}, headers={"X-Forwarded-For": "8.8.8.8"})
    assert Event.objects.get().dari == "8.8.8.8"


def test_a_role_that_needs_two_factors_sets_one_up_first(sign_in: Callable[..., Client], settings: object) -> None:
    settings.JANGKAU_MFA_ROLES = {"admin"}
    admin, other = sign_in("admin"), sign_in("auditor")
    assert admin.get("/akun/pengguna/").headers["Location"] == "/akun/2fa/"
    assert "cara masuk kedua" in admin.get("/akun/2fa/").content.decode()
    assert admin.post("/keluar/").headers["Location"] == "/masuk/"
    assert other.get("/").status_code == 200
