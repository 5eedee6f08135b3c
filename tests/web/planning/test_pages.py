"""The list, the page of a plan, why somebody is paid or not, and the files."""

import csv
import io
import shutil

import planned
import pytest
import worlds
from django.test import override_settings
from django.urls import reverse
from openpyxl import load_workbook

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.audit.models import Event
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.core import outputs
from jangkau.core.planning.verify import verify
from tests.web.conftest import make_regions

REASON = {"alasan": "Lampiran SK untuk bagian hukum"}


_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def made(module_db, tmp_path_factory):
    """A plan and the folder that its files are in."""
    make_regions()
    with override_settings(DATA=str(tmp_path_factory.mktemp("rencana"))):
        made = planned.a_plan(make_user("pengelola", worlds.PASSWORD, "pengelola", "17"), PlanState.APPROVED)
        return made.pk, made.folder


@pytest.fixture
def plan(made, db):
    plan = Plan.objects.get(pk=made[0])
    shutil.copytree(made[1], plan.folder)
    return plan


def get(client, plan, page="plan", **query):
    return client.get(reverse(page, args=[plan.pk]), query).content.decode()


def file(client, plan, kind, **data):
    address = reverse("plan_download", args=[plan.pk, kind])
    answer = client.post(address, data) if data else client.get(address)
    return b"".join(answer)


def test_the_list_asks_the_same_questions_however_long_it_is(plan, sign_in, django_assert_max_num_queries):
    client = sign_in("pengelola")
    with django_assert_max_num_queries(14) as few:
        client.get("/rencana/")
    for _ in range(3):
        copy = Plan.objects.get(pk=plan.pk)
        copy.pk, copy.number = None, Plan.objects.count() + 1
        copy.save()
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert client.get("/rencana/").content.decode().count("rancangan ke-") == 4


def test_a_neighbour_sees_no_plan(plan, sign_in):
    client = sign_in("operator_kab", "1704")
    assert "Rencana uji" not in client.get("/rencana/").content.decode()
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 404


def test_every_figure_of_the_page_is_that_of_the_record(plan, sign_in):
    page, run = get(sign_in("auditor"), plan), outputs.read_json(plan.folder / "rencana.json")
    assert (run["orang"], run["iuran"], run["tujuan"]) == (2, 24 * planned.RATE, 180)
    for words in ("12 bulan: 2 orang", "Rp\N{NO-BREAK SPACE}403.200", "180 dari paling banyak 180 poin", "Sukaraja"):
        assert words in page, words
    for row in run["pembanding"].values():
        assert row["cara"] in page


def test_the_folder_is_what_the_command_line_verifies(plan):
    assert verify(plan.folder) == []


def test_the_page_asks_the_database_little(plan, sign_in, django_assert_max_num_queries):
    client = sign_in("auditor")
    with django_assert_max_num_queries(16):
        get(client, plan)


@pytest.mark.parametrize("asked", ["cici", "CONTOH cici", "1705014101900", "900003"])
def test_a_person_is_found_by_words_or_digits(plan, sign_in, asked):
    page = get(sign_in("operator_kab"), plan, "plan_why", q=asked)
    assert "CICI CONTOH" in page
    assert "1705014101900003" not in page


@pytest.mark.parametrize("asked", ["c", "19000", "orang lain", "(", "a|b"])
def test_too_little_or_nothing_finds_nobody(plan, sign_in, asked):
    page = get(sign_in("operator_kab"), plan, "plan_why", q=asked)
    assert "Tidak ada yang cocok" in page
    assert "CICI" not in page


def test_why_not_says_what_would_have_changed_it(plan, sign_in):
    page = get(sign_in("operator_kab"), plan, "plan_why", orang=planned.key(3))
    assert "Layak, tetapi tidak dibayar" in page
    assert "poin lagi orang ini dibayar" in page
    assert "--teliti" not in page
    assert "Dibayar" in get(sign_in("penyetuju"), plan, "plan_why", orang=planned.key(1))
    assert "tidak ada dalam rencana ini" in get(sign_in("auditor"), plan, "plan_why", orang="p0")


def test_files_mask_numbers_and_are_on_record(plan, sign_in):
    client = sign_in("operator_kab")
    rows = list(csv.DictReader(io.StringIO(file(client, plan, "csv").decode("utf-8-sig"))))
    assert len(rows) == 4
    assert {row["nik"] for row in rows} == {f"1705••••••••000{at}" for at in (1, 2, 3)}
    assert file(client, plan, "json") == (plan.folder / "rencana.json").read_bytes()
    last = Event.objects.filter(tindakan="plans.download").order_by("-nomor").first()
    assert last.sesudah == {"jenis": "json", "nik": "samar"}


def test_full_numbers_need_the_right_and_a_reason(plan, sign_in):
    client, address = sign_in("operator_kab"), reverse("plan_download", args=[plan.pk, "xlsx"])
    assert client.post(address, {"alasan": "pendek"}).status_code == 422
    assert not Event.objects.filter(tindakan="plans.download").exists()
    sheet = load_workbook(io.BytesIO(file(client, plan, "xlsx", **REASON))).active
    assert sheet["C2"].value == "1705014101900001"
    event = Event.objects.get(tindakan="plans.download")
    assert (event.alasan, event.sesudah["nik"]) == (REASON["alasan"], "lengkap")
    assert sign_in("penyetuju").post(address, REASON).status_code == 404


def test_names_that_a_spreadsheet_would_run_are_made_harmless(regions, user, sign_in, monkeypatch):
    monkeypatch.setattr(planned, "PEOPLE", (("=1+1", 100), *planned.PEOPLE[1:]))
    plan = planned.a_plan(user("pengelola"))
    assert "'=1+1" in file(sign_in("operator_kab"), plan, "csv").decode()


def test_a_tampered_plan_gives_no_file_and_no_reason(plan, sign_in):
    (plan.folder / "kas.csv").write_text("lain")
    client = sign_in("operator_kab")
    assert client.get(reverse("plan_download", args=[plan.pk, "csv"])).status_code == 409
    assert "CICI" not in get(client, plan, "plan_why", q="cici")
