"""The ways to sign in, used by hand in a real browser."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.audit.models import Event

PASSWORD = "sandi-uji-0001"


@pytest.fixture
def key(page: Page) -> None:
    """A security key in the browser, that knows its owner."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def leave(page: Page) -> None:
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/")


def confirm_password(page: Page) -> None:
    """The page that asks the password once more before the ways to sign in are changed."""
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Konfirmasi").click()


def code(page: Page) -> str:
    secret = page.locator("#authenticator_secret").input_value()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_is_added_and_opens_the_door_without_a_password(
    page: Page, enter: Callable[..., Page], key: None
) -> None:
    enter("operator_kab")
    page.goto("/akun/2fa/webauthn/add/")
    confirm_password(page)
    accessible(page)
    picture(page, "kunci-sandi-tambah")
    page.locator("[name=name]").fill("Ponsel kantor")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/akun/2fa/recovery-codes/**")
    accessible(page)
    page.goto("/akun/2fa/webauthn/")
    expect(page.get_by_text("Ponsel kantor")).to_be_visible()
    accessible(page)
    picture(page, "kunci-sandi")
    for act in ("Ganti nama", "Hapus"):
        page.get_by_role("link", name=act).click()
        accessible(page)
        page.go_back()
    leave(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Seluma")
    assert "account.factor_add" in set(Event.objects.values_list("tindakan", flat=True))


def test_codes_of_an_app_are_asked_at_the_next_sign_in(page: Page, enter: Callable[..., Page]) -> None:
    enter("operator_kab")
    page.goto("/akun/2fa/totp/activate/")
    confirm_password(page)
    accessible(page)
    picture(page, "kode-aplikasi")
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("[name=code]").fill(code(page))
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/akun/2fa/recovery-codes/**")
    page.goto("/akun/2fa/")
    accessible(page)
    picture(page, "cara-masuk")
    for address in ("totp/deactivate/", "recovery-codes/generate/", "recovery-codes/"):
        page.goto(f"/akun/2fa/{address}")
        accessible(page)
    cache.clear()  # a code counts once: the next sign-in comes in the next half minute
    leave(page)
    page.locator("[name=login]").fill("operator_kab")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/akun/2fa/authenticate/")
    accessible(page)
    picture(page, "kode-diminta")
    page.locator("[name=code]").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Seluma")


@pytest.mark.parametrize("address", [
    "/akun/", "/akun/sandi/", "/akun/token/", "/akun/2fa/", "/akun/2fa/webauthn/", "/keluar/", "/akun/pengguna/",
    "/akun/pengguna/baru/", "/akun/nonaktif/",
])  # fmt: skip
def test_pages_of_accounts_are_accessible(page: Page, enter: Callable[..., Page], address: str) -> None:
    enter("admin", "17")
    page.goto(address)
    accessible(page)
    picture(page, "akun" + address.replace("/", "-").rstrip("-"))


def test_a_new_user_is_let_in_by_keyboard_alone(page: Page, enter: Callable[..., Page]) -> None:
    enter("admin", "17")
    page.goto("/akun/pengguna/baru/")
    page.get_by_label("Nama lengkap").focus()
    for text in ("Sari Contoh", "sari", "", "Operator desa", "1705012002", ""):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    link = page.get_by_label("Tautan").input_value()
    accessible(page)
    leave(page)
    page.goto(link)
    accessible(page)
    picture(page, "pilih-sandi")
    page.locator("[name=new_password1]").fill("sawah-hijau-77")
    page.locator("[name=new_password2]").fill("sawah-hijau-77")
    page.keyboard.press("Enter")
    page.wait_for_url("**/masuk/")
    expect(page.get_by_text("Sandi tersimpan")).to_be_visible()
