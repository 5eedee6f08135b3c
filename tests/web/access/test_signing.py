"""Signing in: on record, five wrong passwords shut the door for that name at that address only."""

from collections.abc import Callable

from django.test import Client

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event

PASSWORD = "sandi-uji-0001"


def enter(client: Client, name: str, password: str = PASSWORD, **more: str) -> int:
    return client.post("/masuk/", {"login": name, "password": password}, **more).status_code


def test_sign_in_and_out_are_on_record_with_address_and_region(user: Callable[..., User], client: Client) -> None:
    user("operator_kab")
    assert enter(client, "operator_kab", REMOTE_ADDR="10.1.2.3") == 302
    client.post("/keluar/")
    into, out = Event.objects.order_by("nomor")
    assert (into.tindakan, into.dari, into.region_code, into.nama_pelaku) == (
        "account.login", "10.1.2.3", "1705", "operator_kab",
    )  # fmt: skip
    assert out.tindakan == "account.logout"


def test_a_wrong_password_is_on_record_and_an_unknown_name_not_written_down(
    user: Callable[..., User], client: Client
) -> None:
    user("operator_kab")
    enter(client, "operator_kab", "salah-sekali-1")
    enter(client, "sandi-rahasia-saya", "salah")
    told = [(e.tindakan, e.sesudah["akun"], e.region_code) for e in Event.objects.order_by("nomor")]
    assert told == [
        ("account.login_failed", "operator_kab", "1705"), ("account.login_failed", "tidak dikenal", ""),
    ]  # fmt: skip


def test_five_wrong_passwords_shut_one_name_and_an_admin_opens_it(
    user: Callable[..., User], client: Client, sign_in: Callable[..., Client]
) -> None:
    someone = user("operator_kab")
    user("auditor")
    admin = sign_in("admin")
    statuses = [enter(client, "operator_kab", "salah-sekali-1") for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    page = client.post("/masuk/", {"login": "operator_kab", "password": PASSWORD})
    assert page.status_code == 429
    assert "Tunggu lima belas menit" in page.content.decode()
    assert enter(Client(), "auditor") == 302
    assert enter(Client(), "operator_kab", REMOTE_ADDR="10.9.9.9") == 302
    assert "terkunci" in admin.get("/akun/pengguna/").content.decode()
    admin.post(f"/akun/pengguna/{someone.pk}/buka/")
    assert enter(Client(), "operator_kab") == 302
    assert {"account.locked", "users.unlock"} <= set(Event.objects.values_list("tindakan", flat=True))


def test_a_good_password_forgets_the_wrong_ones(user: Callable[..., User], client: Client) -> None:
    user("operator_kab")
    for _ in range(2):
        assert [enter(client, "operator_kab", "salah-sekali-1") for _ in range(4)] == [200] * 4
        assert enter(client, "operator_kab") == 302
        client.post("/keluar/")


def test_many_names_from_one_address_are_slowed_down(user: Callable[..., User], client: Client) -> None:
    user("operator_kab")
    for number in range(30):
        enter(client, f"tebakan-{number}", "salah")
    page = client.post("/masuk/", {"login": "operator_kab", "password": "salah"})
    assert "Terlalu banyak" in page.content.decode()
