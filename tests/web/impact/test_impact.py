"""What a plan is expected to do: worked out once, shown with its doubts, beside others, and what it rests on."""

import json

import planned
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jangkau.apps.audit.models import Event
from jangkau.apps.impact import selectors
from jangkau.apps.impact.models import Basis, Estimate
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.planning.models import PlanState
from jangkau.core.impact import parameters
from jangkau.core.impact.model import Model

OWN = """anggota_keluarga:
  arti: Orang serumah
  satuan: orang
  nilai:
    - {dari: 2026-03, nilai: 6.0, rendah: 5.0, tinggi: 7.0, rujukan: "Susenas kabupaten", keyakinan: tinggi}
"""
FIT = {
    "baris": 900, "baris_tidak_dipakai": 4, "garis": 391000.0, "r2": 0.6, "ragam_dilantai": 0.0,
    "breusch_pagan": {"nilai": 3.2, "peluang": 0.2}, "sisaan": {"kemiringan": 0.1, "kurtosis": 3.1}, "koefisien": [],
    "semua": {"baris": 900, "miskin_survei": 0.2, "miskin_model": 0.21, "rentan": 0.1}, "menurut_desil": [],
    "menurut_wilayah": [],
}  # fmt: skip
MODEL = Model(
    "Survei contoh", "2025-03", ["1705"], [1.0], 1.4, [13.0, 0.4, 0.0, -0.3],
    [[1e-4 if a == b else 0.0 for a in range(4)] for b in range(4)], [0.1, 0.0, 0.0], 0.01, FIT,
)  # fmt: skip


@pytest.fixture
def plan(regions, user, settings, tmp_path):
    settings.DATA = str(tmp_path)
    return planned.a_plan(user("pengelola"), PlanState.READY)


def address(page, plan):
    return reverse(page, args=[plan.pk])


def work_out(client, plan):
    client.post(address("impact_work_out", plan))
    job = Job.objects.filter(kind=selectors.KIND).latest("pk")
    run_job.call(job.pk)
    job.refresh_from_db()
    assert not job.problem, job.problem
    return plan.estimates.first()


def give(client, kind, content, name="berkas.yaml"):
    return client.post(reverse("impact_basis_give"), {"kind": kind, "file": SimpleUploadedFile(name, content.encode())})


def test_a_plan_is_worked_out_once_for_what_it_is_made_from(plan, sign_in):
    client = sign_in("evaluator")
    assert "belum dihitung" in client.get(address("impact", plan)).content.decode()
    first = work_out(client, plan)
    assert work_out(client, plan) == first
    assert first.result["orang"] == 2
    assert first.result["pesimis"]["P0"] < first.result["P0"]["nilai"]


def test_the_page_never_shows_the_middle_without_range_pessimism_and_doubts(plan, sign_in):
    client = sign_in("evaluator")
    result = work_out(client, plan).result
    page = client.get(address("impact", plan)).content.decode()
    for words in (result["arti"], *result["catatan"], "Pesimis", "5 sampai 95 persen", "Asumsi yang paling menentukan"):
        assert words in page, words
    assert "Hitung ulang" not in page
    assert all(f"<td>{row['tahun']}</td>" in page for row in result["menurut"]["tahun"])


def test_new_assumptions_make_an_estimate_stale_and_the_old_one_stays(plan, sign_in):
    client = sign_in("pengelola")
    before = work_out(client, plan)
    assert give(client, "asumsi", OWN).status_code == 302
    assert "Hitung ulang" in client.get(address("impact", plan)).content.decode()
    after = work_out(client, plan)
    assert after != before
    assert after.result["P0"] != before.result["P0"]
    assert Estimate.objects.count() == 2


def test_a_surveys_model_is_used_and_its_fit_shown(plan, sign_in):
    client = sign_in("pengelola")
    give(client, "survei", json.dumps(MODEL.__dict__), "model.json")
    page = client.get(reverse("impact_bases")).content.decode()
    assert "Survei contoh" in page
    assert "900 baris dipakai, 4 tidak" in page
    result = work_out(client, plan).result
    assert result["pengeluaran"]["asal"] == "survei"
    assert "Survei contoh" in client.get(address("impact", plan)).content.decode()


def test_withdrawing_a_file_brings_back_what_was_used_before(plan, sign_in):
    client = sign_in("pengelola")
    give(client, "asumsi", OWN)
    assert selectors.assumptions(2027 * 12)["anggota_keluarga"].nilai == 6.0
    client.post(reverse("impact_basis_withdraw", args=[Basis.objects.get().pk]))
    assert selectors.assumptions(2027 * 12) == parameters(2027 * 12)
    assert Event.objects.filter(tindakan="impact.basis_withdraw").exists()


def test_a_file_that_says_nonsense_is_refused_in_words_and_not_kept(plan, sign_in):
    client, whole = sign_in("pengelola"), json.dumps(MODEL.__dict__ | {"diagnosa": {}})
    for kind, content in (("asumsi", "ketahanan: banyak"), ("asumsi", "\xff"), ("survei", "{"), ("survei", whole)):
        answer = give(client, kind, content)
        assert answer.status_code >= 400
        assert "berkas.yaml" in answer.content.decode()
    assert not Basis.objects.exists()
    assert client.get(reverse("impact_bases")).status_code == 200


def test_plans_beside_one_another_say_what_a_ranking_would_shift(plan, user, sign_in):
    client = sign_in("evaluator")
    work_out(client, plan)
    other = planned.a_plan(user("pengelola"), PlanState.READY, title="Rencana lain")
    page = client.get(reverse("impact_compare"), {"rencana": [plan.pk, other.pk]}).content.decode()
    assert "Bahan pertimbangan, bukan urutan" in page
    assert "laki-laki yang lebih tua" in page
    assert "100,0%" in page or "100.0%" in page
    assert "Rencana lain" in page.split("Belum dihitung:")[1]


def test_a_family_month_by_month(sign_in):
    client = sign_in("operator_kab")
    asked = {"wilayah": "1705", "desil": 1, "anggota": 4, "peristiwa": "MENINGGAL", "bulan": "2027-01", "dibayar": 12}
    page = client.get(reverse("impact_family"), asked).content.decode()
    assert "Dengan perlindungan" in page
    assert "garis miskin ekstrem" in page
    assert client.get(reverse("impact_family"), asked | {"desil": 11}).status_code == 422


def test_a_neighbour_sees_no_plan_of_another_kabupaten(plan, sign_in):
    client = sign_in("operator_kab", "1704")
    assert client.get(address("impact", plan)).status_code == 404
    assert client.post(address("impact_work_out", plan)).status_code == 404
    assert plan.title not in client.get(reverse("impacts")).content.decode()
    assert plan.title not in client.get(reverse("impact_compare"), {"rencana": [plan.pk]}).content.decode()


def test_the_table_is_downloaded_whole(plan, sign_in):
    client = sign_in("auditor")
    work_out(client, plan)
    lines = b"".join(client.get(address("impact_download", plan))).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("menurut,kelas,orang")
    assert {line.split(",")[0] for line in lines[1:]} == {"desil", "wilayah", "jenis_kelamin", "umur", "dana", "tahun"}


def test_the_list_asks_the_same_however_long_it_is(plan, user, sign_in, django_assert_max_num_queries):
    client = sign_in("evaluator")
    with django_assert_max_num_queries(14) as few:
        client.get(reverse("impacts"))
    planned.a_plan(user("pengelola"), PlanState.READY)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(reverse("impacts"))
