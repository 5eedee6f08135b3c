"""The pages: what each region sees, deciding with one more question, the list as a file, the radar."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
import reconciled
from django.test import Client
from python_calamine import CalamineWorkbook
from reconciled import RATE, finding, world

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.models import Person
from jangkau.apps.notices.models import Notice
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan
from jangkau.apps.reconciliation import actions, radar
from jangkau.apps.reconciliation.models import Bridge, Finding, Lapse
from jangkau.core.kernel.month import month_index

monkey_day = lambda day: patch("django.utils.timezone.localdate", lambda: day)  # noqa: E731
pytestmark = pytest.mark.usefixtures("regions", "_data")
SignIn = Callable[..., Client]


@pytest.fixture
def _data(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path


def test_the_list_names_each_register_with_what_it_showed(sign_in: SignIn) -> None:
    client = sign_in("operator_kab")
    assert "Belum ada kepesertaan" in client.get("/kepesertaan/rekonsiliasi/").content.decode()
    world()
    page = client.get("/kepesertaan/rekonsiliasi/").content.decode()
    assert "30 November 2026" in page
    assert "Jalankan lagi" in page


def test_counts_stand_with_their_denominator_and_dates(sign_in: SignIn) -> None:
    made = world()
    page = sign_in("operator_kab").get(f"/kepesertaan/rekonsiliasi/{made.pk}/").content.decode()
    assert "8 orang yang bulannya ada di pembukuan kita" in page
    assert "12,5\N{NO-BREAK SPACE}%" in page
    assert "Meninggal September 2026 menurut register penduduk." in page
    assert reconciled.nik(0) not in page


def test_a_neighbour_sees_neither_people_nor_counts(sign_in: SignIn) -> None:
    made = world()
    page = sign_in("operator_kab", "1704").get(f"/kepesertaan/rekonsiliasi/{made.pk}/").content.decode()
    assert "CONTOH" not in page
    assert "0 orang yang bulannya" in page


def test_a_decision_is_asked_for_once_more_then_carried_out(sign_in: SignIn) -> None:
    made = world()
    client, address = sign_in("operator_kab"), f"/kepesertaan/rekonsiliasi/{made.pk}/putuskan/"
    chosen = {"pilih": [finding("meninggal").pk], "putusan": "hentikan"}
    page = client.post(address, chosen).content.decode()
    assert "Hentikan 1 orang?" in page
    assert "Rp\N{NO-BREAK SPACE}100.800" in page  # six months
    assert finding("meninggal").decision == ""
    assert client.post(address, {**chosen, "yakin": "ya", "sebab": ""}).status_code == 422
    answer = client.post(address, {**chosen, "yakin": "ya", "sebab": "Akta kematian"}, follow=True)
    assert "1 orang diputuskan: 6 bulan, Rp100.800." in answer.content.decode()
    assert finding("meninggal").decision == "hentikan"


def test_all_that_the_filter_shows_is_decided_in_the_users_region_only(sign_in: SignIn) -> None:
    made = world()
    address = f"/kepesertaan/rekonsiliasi/{made.pk}/putuskan/?jenis=lapse"
    given = {"semua": "on", "putusan": "tunda", "yakin": "ya", "sebab": "Menunggu anggaran"}
    sign_in("operator_kab", "1704").post(address, given)
    assert not Finding.objects.exclude(decision="").exists()
    sign_in("operator_kab").post(address, given)
    assert list(Finding.objects.exclude(decision="").values_list("kind", flat=True)) == ["lapse"]


def test_an_undo_that_can_no_longer_be_is_told(sign_in: SignIn) -> None:
    made = world()
    client, dead = sign_in("operator_kab"), finding("meninggal")
    address = f"/kepesertaan/rekonsiliasi/{made.pk}/putuskan/"
    for word in ("hentikan", "kembalikan"):
        client.post(address, {"pilih": [dead.pk], "putusan": word, "yakin": "ya", "sebab": "Akta kematian"})
    page = client.post(f"/kepesertaan/temuan/{dead.pk}/batal/", follow=True).content.decode()
    assert "tidak dapat dibatalkan: iurannya sudah kembali" in page


def test_the_workbook_takes_no_name_for_a_formula(sign_in: SignIn) -> None:
    made = world()
    Person.objects.filter(nama="LAPSE CONTOH").update(nama="=HYPERLINK(1)")
    answer = sign_in("operator_kab").get(f"/kepesertaan/rekonsiliasi/{made.pk}/unduh/")
    content = b"".join(answer)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 8
    names = [row[1] for row in rows]
    assert "=HYPERLINK(1)" in names
    assert b"<f>" not in content
    assert all(reconciled.nik(n) not in str(rows) for n in range(8))


def test_a_page_of_findings_asks_the_database_little(sign_in: SignIn, django_assert_max_num_queries) -> None:
    made = world()
    client = sign_in("operator_kab")
    client.get(f"/kepesertaan/rekonsiliasi/{made.pk}/")
    with django_assert_max_num_queries(26):
        client.get(f"/kepesertaan/rekonsiliasi/{made.pk}/")


def test_the_radar_shows_who_ends_when_and_what_a_bridge_costs(sign_in: SignIn, monkeypatch) -> None:
    monkeypatch.setattr(radar.timezone, "localdate", lambda: date(2026, 11, 20))
    world(kinds=["aktif", "lapse", "aktif"])
    reconciled.work()
    assert {(lapse.last, lapse.ends, lapse.loses_full) for lapse in Lapse.objects.all()} == {
        (month_index("2027-05"), month_index("2027-09"), True)
    }
    assert Bridge.objects.get().costs == [n * RATE for n in range(1, 13)]
    assert radar.ask() is None
    client = sign_in("operator_kab")
    page = client.get("/kepesertaan/radar/?jembatan=2").content.decode()
    assert f"Rp\N{NO-BREAK SPACE}{3 * 2 * RATE:,}".replace(",", ".") in page
    assert "September 2027" in page
    assert "<dd>3 <small>" in page
    assert "CONTOH" not in sign_in("operator_kab", "1704").get("/kepesertaan/radar/").content.decode()


def test_the_radar_is_looked_at_again_once_the_ledger_moved(user) -> None:
    world(kinds=["aktif"])
    reconciled.work()
    assert radar.fresh()
    actions.stop(Finding.objects.all(), "x", by=user("operator_kab"))
    reconciled.books(reconciled.people(["aktif"], start=50))
    assert not radar.fresh()
    assert radar.ask() is not None
    assert radar.ask() is None


def test_home_tells_who_ends_next_and_what_waits_for_a_decision(sign_in: SignIn, monkeypatch) -> None:
    client = sign_in("operator_kab")
    assert "berhenti terlindungi" not in client.get("/").content.decode()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2027, 7, 20))
    world()
    reconciled.work()
    page = client.get("/").content.decode()
    assert "Orang berhenti terlindungi sesudah 31 Agustus 2027" in page
    assert f"Rp\N{NO-BREAK SPACE}{8 * 3 * RATE:,}".replace(",", ".") + " menjembatani tiga bulan." in page
    assert "Temuan rekonsiliasi belum diputuskan" in page
    assert Notice.objects.filter(kind="lapse_ahead", user__username="operator_kab").count() == 1


def test_bridging_is_one_click_to_a_draft_plan_with_the_money_it_costs(sign_in: SignIn) -> None:
    client = sign_in("operator_kab")
    assert "Longgarkan saringan" in client.post("/kepesertaan/radar/jembatani/", follow=True).content.decode()
    with monkey_day(date(2026, 11, 20)):
        world(kinds=["aktif", "lapse"])
        reconciled.work()
        answer = client.post("/kepesertaan/radar/jembatani/", {"jembatan": "2", "wilayah": "1705"})
    plan = Plan.objects.get()
    assert answer.headers["Location"] == f"/rencana/{plan.pk}/"
    wanted = plan.inputs["pengaturan"]
    assert (plan.region_code, wanted["mulai"], wanted["bulan"]) == ("1705", "2027-06", 2)
    assert Inputs.read(plan.inputs).only == sorted(Person.objects.values_list("id_pekerja", flat=True))
    assert [(row["kode"], row["anggaran"]) for row in plan.inputs["dana"]] == [("SELUMA", 2 * 2 * RATE)]


def test_nobody_bridges_outside_the_own_region(sign_in: SignIn) -> None:
    with monkey_day(date(2026, 11, 20)):
        world(kinds=["aktif"])
        reconciled.work()
        sign_in("operator_kab", "1704").post("/kepesertaan/radar/jembatani/", {"wilayah": "1705"})
    assert not Plan.objects.exists()


def test_the_next_in_line_come_for_the_months_let_go(sign_in: SignIn) -> None:
    made = world()
    Person.objects.bulk_create(
        Person(id=900 + n, id_pekerja=f"p9{n}", region_code=reconciled.NIUR, kode_desa=reconciled.NIUR, layak=True,
               poin=n, nama=f"ANTRE {n} CONTOH", nik=reconciled.nik(900 + n), pekerjaan="TANI")
        for n in (1, 2, 3)
    )  # fmt: skip
    client, address = sign_in("operator_kab"), f"/kepesertaan/rekonsiliasi/{made.pk}/pengganti/"
    assert "ANTRE" not in client.get(address).content.decode()
    actions.stop(
        Finding.objects.filter(kind__in=["meninggal", "pindah"]), "Akta", by=User.objects.get(username="operator_kab")
    )
    page = client.get(address).content.decode()
    assert page.index("ANTRE 3 CONTOH") < page.index("ANTRE 2 CONTOH")
    assert "ANTRE 1 CONTOH" not in page
    assert "ANTRE" not in sign_in("operator_kab", "1704").get(address).content.decode()
