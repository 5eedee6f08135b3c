"""An admin lets people in, within the admin's region, never the admin's own account, and on record."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from jangkau.apps.access import actions
from jangkau.apps.access.selectors import home_of, managed
from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.roles import APART, Role
from jangkau.apps.audit.models import Event
from jangkau.core.kernel.problems import Problem

NEW = {
    "nama": "Sari Contoh", "username": "sari", "email": "sari@example.org", "role": "operator_desa",
    "region_code": "1705012002", "password": "",
}  # fmt: skip


def verbs() -> list[str]:
    return list(Event.objects.order_by("nomor").values_list("tindakan", flat=True))


def test_a_new_user_chooses_a_password_by_a_link_that_works_once(sign_in: Callable[..., Client]) -> None:
    page = sign_in("admin").post("/akun/pengguna/baru/", NEW)
    assert "no-store" in page.headers["Cache-Control"]
    link = re.search(r'value="http://testserver(/akun/undangan/[^"]+)"', page.content.decode()).group(1)
    guest = Client()
    chosen = {"new_password1": "sawah-hijau-77", "new_password2": "sawah-hijau-77"}
    form = guest.get(link)
    done = guest.post(form.headers["Location"], chosen)
    assert done.headers["Location"] == "/masuk/"
    assert "Tautan tidak berlaku" in Client().get(link).content.decode()
    assert guest.post("/masuk/", {"login": "sari", "password": "sawah-hijau-77"}).headers["Location"] == "/"
    assert verbs() == [
        "account.login", "users.create", "users.role_add", "users.invite", "account.password", "account.login",
    ]  # fmt: skip
    assert "sawah" not in str(list(Event.objects.values()))


def test_an_initial_password_must_be_good_and_then_works(sign_in: Callable[..., Client]) -> None:
    admin = sign_in("admin")
    assert "terlalu" in admin.post("/akun/pengguna/baru/", NEW | {"password": "12345"}).content.decode()
    assert admin.post("/akun/pengguna/baru/", NEW | {"password": "sawah-hijau-77"}).status_code == 302
    assert User.objects.get(username="sari").check_password("sawah-hijau-77")


@pytest.mark.parametrize(("change", "words"), [
    ({"username": "AUDITOR"}, "sudah dipakai"),
    ({"region_code": "9999"}, "Tidak ada wilayah"),
    ({"region_code": "Kaur"}, "Tidak ada wilayah"),  # an admin of Seluma, below
    ({"region_code": "atlantis"}, "Tidak ada wilayah"),
    ({"role": "raja"}, "raja"),
    ({"username": "a\x00b"}, "null"),
])  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field(
    sign_in: Callable[..., Client], user: Callable[..., User], change: dict, words: str
) -> None:
    user("auditor")
    page = sign_in("admin", "1705").post("/akun/pengguna/baru/", NEW | change).content.decode()
    assert words in page
    assert not User.objects.filter(username="sari").exists()


def test_a_region_may_be_named(sign_in: Callable[..., Client]) -> None:
    sign_in("admin").post("/akun/pengguna/baru/", NEW | {"role": "operator_kab", "region_code": "seluma"})
    assert User.objects.get(username="sari").assignments.get().region_code == "1705"


def test_an_admin_manages_users_wholly_within_the_admins_region(user: Callable[..., User], regions: None) -> None:
    admin = user("admin", "1705")
    inside, outside, both = user("pendata"), user("operator_kab", "1704"), user("bpjs")
    both.assignments.create(role="operator_kab", region_code="1705")
    names = set(managed(admin).values_list("username", flat=True))
    assert {admin.username, inside.username} == names
    assert outside.username not in names
    assert both.username not in names
    with pytest.raises(Problem, match="di luar wilayah"):
        actions.give_role(inside, "operator_kab", "1704", by=admin)


def test_nobody_changes_the_own_account_or_gives_the_own_self_a_role(user: Callable[..., User]) -> None:
    admin = user("admin")
    for act in (
        lambda: actions.give_role(admin, "admin", "17", by=admin),
        lambda: actions.take_role(admin.assignments.get(), by=admin),
        lambda: actions.set_active(admin, False, "tidak perlu lagi", by=admin),
        lambda: actions.reset_factors(admin, "ponsel hilang", by=admin),
        lambda: actions.invitation(admin, by=admin),
    ):
        with pytest.raises(Problem, match="sendiri"):
            act()
    assert verbs() == []


@pytest.mark.parametrize(("one", "other"), sorted(tuple(sorted(pair)) for pair in APART))
def test_roles_that_check_each_other_are_never_one_person(user: Callable[..., User], one: str, other: str) -> None:
    held = user(one)
    with pytest.raises(Problem, match="sekaligus"):
        actions.give_role(held, other, "17", by=user("admin", "17"))


def test_roles_that_do_not_check_each_other_may_be_one_person(user: Callable[..., User]) -> None:
    held = user(Role.OPERATOR_DESA)
    for _ in range(2):
        actions.give_role(held, Role.OPERATOR_KAB, "1705", by=user("admin"))
    assert held.assignments.count() == 2
    assert home_of(held) == "1705"
    assert verbs() == ["users.role_add"]


def test_a_deactivated_user_is_out_at_once_and_may_come_back(sign_in: Callable[..., Client]) -> None:
    client, admin = sign_in("operator_kab"), sign_in("admin")
    pk = User.objects.get(username="operator_kab").pk
    assert client.get("/").status_code == 200
    admin.post(f"/akun/pengguna/{pk}/aktif/", {"reason": "pindah tugas ke Kaur"})
    assert client.get("/").status_code == 302
    assert Event.objects.get(tindakan="users.activity").alasan == "pindah tugas ke Kaur"
    admin.post(f"/akun/pengguna/{pk}/aktif/", {"reason": "kembali bertugas di sini"})
    assert client.get("/").status_code == 200


def test_an_invitation_dies_with_the_account(user: Callable[..., User], client: Client, regions: None) -> None:
    someone, admin = user("pendata"), user("admin")
    link = actions.invitation(someone, by=admin)
    actions.set_active(someone, False, "pindah tugas", by=admin)
    assert "Tautan tidak berlaku" in client.get(link).content.decode()


def test_a_role_is_given_and_taken_on_the_users_page(sign_in: Callable[..., Client], user: Callable[..., User]) -> None:
    admin, someone = sign_in("admin"), user("operator_desa")
    admin.post(f"/akun/pengguna/{someone.pk}/", {"role": "pendata", "region_code": "1705012002"})
    held = someone.assignments.get(role="pendata")
    admin.post(f"/akun/pengguna/{someone.pk}/peran/{held.pk}/cabut/")
    assert list(someone.assignments.values_list("role", flat=True)) == ["operator_desa"]
    page = admin.post(f"/akun/pengguna/{someone.pk}/", {"role": "penyetuju", "region_code": "1705"}).content.decode()
    assert "sekaligus Operator desa dan Penyetuju" in page


def test_the_list_is_searched_in_few_queries(
    sign_in: Callable[..., Client], django_assert_max_num_queries: Callable
) -> None:
    admin = sign_in("admin")
    for number in range(30):
        make_user(f"pendata-{number}", "sandi-uji-0001", "pendata", "1705012002")
    with django_assert_max_num_queries(8):
        page = admin.get("/akun/pengguna/?q=pendata&role=pendata").content.decode()
    assert page.count("pendata-") >= 30
    assert "Tidak ada pengguna yang cocok" in admin.get("/akun/pengguna/?q=siapa").content.decode()
