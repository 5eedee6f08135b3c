"""Building a plan: the live answer, and the plan that is saved."""

from pathlib import Path

import matched
import polars as pl
import pytest
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage import actions as linkage
from jangkau.apps.linkage.models import Decision
from jangkau.apps.planning import actions, selectors
from jangkau.apps.planning.answer import quick_answer
from jangkau.apps.planning.files import sum_of
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Fund
from jangkau.core import outputs
from jangkau.core.kernel.month import month_index

NONSENSE = [("bulan", "0"), ("bulan", "25"), ("mulai", "tahun depan"), ("tiap", "101")]
ADDRESS = "/rencana/baru/1705/"


def asked(**more):
    kab = Fund.objects.get(kode="KAB")
    return {"mulai": "2026-12", "bulan": "12", f"dana_{kab.pk}": "on", f"anggaran_{kab.pk}": "250.000",
            "bobot_desil_1": "100", "bobot_desil_2": "80", **more}  # fmt: skip


def test_the_page_begins_with_an_answer(seluma, sign_in):
    page = sign_in("operator_kab").get(ADDRESS)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Dana KAB" in text
    assert "Dana PROV" not in text
    assert "12 bulan: 1 orang, semuanya JKM penuh mulai bulan ke-4." in text


def test_the_answer_alone_is_sent_to_htmx(seluma, sign_in):
    answer = sign_in("operator_kab").post(ADDRESS, asked(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in answer
    assert "Bulan lawan orang" in answer


def test_too_few_months_are_told_in_red(seluma, sign_in):
    answer = sign_in("operator_kab").post(ADDRESS, asked(bulan="3"), headers={"HX-Request": "true"}).content.decode()
    assert "3 bulan terlalu pendek: dari 2 orang" in answer


class Held:
    """A ledger in which the first person is paid until March 2027 and the kabupaten's fund has promised 50.000."""

    def people(self, region, months):
        last = month_index("2027-03")
        return {PAID: last} if last in months and "17050120".startswith(region[:8]) else {}

    def money(self, funds):
        return {fund.pk: 50_000 for fund in Fund.objects.filter(pk__in=funds, kode="KAB")}

    def of_plan(self, plan):
        return {}


PAID = f"p{4:016x}"


@pytest.fixture
def promised(seluma, monkeypatch):
    monkeypatch.setattr("jangkau.apps.planning.promises.BOOKS", [Held()])


def test_what_the_ledger_promised_is_no_longer_there_to_plan_with(promised, sign_in):
    client, kab = sign_in("operator_kab"), Fund.objects.get(kode="KAB")
    page = client.get(ADDRESS).content.decode()
    assert f'name="anggaran_{kab.pk}" value="200.000"' in page
    assert "Rp50.000 sudah dijanjikan; tersisa Rp200.000" in page.replace("\N{NO-BREAK SPACE}", "")
    live = client.post(ADDRESS, asked(), headers={"HX-Request": "true"}).content.decode()
    assert "Dana KAB: yang diminta lebih dari yang tersisa" in live
    assert "yang diminta lebih" not in client.post(ADDRESS, asked(**{f"anggaran_{kab.pk}": "200.000"})).content.decode()


def test_whoever_refused_or_died_is_in_no_plan_and_the_page_says_why(seluma, sign_in, monkeypatch):
    Fund.objects.filter(kode="KAB").update(anggaran=450_000)
    client, much = sign_in("operator_kab"), {f"anggaran_{Fund.objects.get(kode='KAB').pk}": "450.000"}
    before = quick_answer("1705", Inputs.read(done(saved(client, **much)).inputs)).run["orang"]
    monkeypatch.setattr("jangkau.apps.planning.promises.GONE", [lambda region: [PAID]])
    plan = done(saved(client, **much))
    assert quick_answer("1705", Inputs.read(plan.inputs)).run["orang"] == before - 1
    rows = pl.read_parquet(plan.folder / "rencana.parquet").filter(pl.col("dana").is_not_null())
    assert (rows.height, PAID in rows["id_pekerja"]) == (before - 1, False)
    why = client.get(reverse("plan_why", args=[plan.pk]), {"orang": PAID}).content.decode()
    assert "meminta berhenti" in why


def test_whoever_is_promised_some_months_is_planned_from_the_month_after(promised, sign_in):
    Fund.objects.filter(kode="KAB").update(anggaran=450_000)
    client = sign_in("operator_kab")
    live = client.post(ADDRESS, asked(), headers={"HX-Request": "true"}).content.decode()
    assert "Sudah punya pembayar" in live
    plan = done(saved(client))
    assert plan.summary["dijanjikan"] == {"2027-03": 1}
    why = client.get(reverse("plan_why", args=[plan.pk]), {"orang": PAID}).content.decode()
    assert "dijanjikan sampai Maret 2027. Rencana dapat memuatnya mulai April 2027" in why
    page = client.get(reverse("plan", args=[plan.pk])).content.decode()
    assert "Rancang mulai April 2027" in page
    client.post(reverse("plan_follow", args=[plan.pk]), {"sampai": month_index("2027-03")})
    later = done(Plan.objects.exclude(pk=plan.pk).get())
    wanted = later.inputs["pengaturan"]
    assert (wanted["mulai"], wanted["bulan"]) == ("2027-04", 8)
    rows = pl.read_parquet(later.folder / "rencana.parquet").filter(pl.col("dana").is_not_null())
    assert set(rows["id_pekerja"]) == {PAID}
    verdicts = pl.read_parquet(later.folder / "kelayakan.parquet")
    others = verdicts.filter(pl.col("id_pekerja") != PAID)
    assert all("DI_LUAR_DAFTAR" in reasons for reasons in others["alasan"])
    spent = plan.summary["iuran"]
    assert next(row["anggaran"] for row in later.inputs["dana"] if row["kode"] == "KAB") == 400_000 - spent
    again = client.get(ADDRESS, {"dari": later.pk}).content.decode()
    assert "Hanya orang yang dinamai rencana" in again


def test_nothing_follows_where_nobody_is_promised(seluma, sign_in):
    client = sign_in("operator_kab")
    plan = done(saved(client))
    answer = client.post(reverse("plan_follow", args=[plan.pk]), {"sampai": "24327"}, follow=True).content.decode()
    assert "Tidak ada lagi orang yang bulan bebasnya mulai" in answer


def test_village_funds_are_chosen_by_kecamatan(seluma, sign_in):
    client = sign_in("operator_kab")
    page = client.get(ADDRESS).content.decode()
    assert 'name="desa" value="170501"' in page
    with_villages = client.post(ADDRESS, asked(desa="170501", simpan="1"))
    assert with_villages.status_code == 302
    assert [row["kode"] for row in Plan.objects.get().inputs["dana"]] == ["DESA", "KAB"]
    assert client.post(ADDRESS, asked(desa="170599")).status_code == 422


def saved(client, **more):
    answer = client.post(ADDRESS, asked(simpan="1", judul="Seluma 2027", **more))
    assert answer.status_code == 302, answer.content.decode()
    return Plan.objects.get(pk=int(answer.headers["Location"].split("/")[-2]))


def done(plan):
    run_job.call(plan.job.pk)
    plan.refresh_from_db()
    return plan


def test_a_saved_plan_is_worked_out_checked_and_shown(seluma, sign_in):
    client = sign_in("operator_kab")
    plan = saved(client)
    assert plan.state == PlanState.COMPUTING
    assert "Rencana sedang dihitung" in client.get(reverse("plan", args=[plan.pk])).content.decode()
    assert done(plan).state == PlanState.READY
    assert plan.checked_well
    assert plan.summary["orang"] == plan.summary["jkm"] == 1
    assert set(plan.snapshots) == {"penduduk", "peserta"}
    page = client.get(reverse("plan", args=[plan.pk])).content.decode()
    for words in ("Seluma 2027", "rancangan ke-1", "Dibanding cara sekarang", "Batas kemampuan anggaran", plan.sha256):
        assert words in page, words


def test_the_live_answer_is_what_the_saved_plan_comes_to(seluma, sign_in):
    client = sign_in("operator_kab")
    live = client.post(ADDRESS, asked(tiap="50"), headers={"HX-Request": "true"}).content.decode()
    plan = done(saved(client, tiap="50"))
    page = client.get(reverse("plan", args=[plan.pk])).content.decode()
    figures = live[live.index('<dl class="facts">') : live.index("</dl>")]
    assert figures in page


def test_the_order_of_points_decides_who_is_paid(seluma, sign_in):
    client = sign_in("operator_kab")
    paid = []
    for women in ("0", "500"):
        plan = done(saved(client, bobot_perempuan=women, bobot_kepala_keluarga="30"))
        rows = selectors.listed_rows(plan, full=True)
        paid.append({row[selectors.LISTED.index("nama")] for row in rows if row[selectors.LISTED.index("dana")]})
    assert paid == [{"AHMAD SURYADI"}, {"SITI AMINAH"}]
    assert [plan.number for plan in Plan.objects.order_by("number")] == [1, 2]


def test_recorded_targets_hold_where_they_are_ticked(seluma, sign_in):
    plan = done(saved(sign_in("operator_kab"), target_tercatat="on"))
    [row] = selectors_run(plan)["target"]
    assert (row["indikator"], row["kurang_orang"]) == ("perempuan", 0)


def selectors_run(plan):
    return outputs.read_json(plan.folder / "rencana.json")


def test_a_new_draft_begins_from_an_earlier_one(seluma, sign_in):
    client = sign_in("operator_kab")
    plan = done(saved(client, bulan="5", perempuan="40"))
    page = client.get(f"{ADDRESS}?dari={plan.pk}").content.decode()
    assert 'value="5" data-shows' in page
    assert 'name="perempuan" value="40.0"' in page
    assert "5 bulan: 2 orang" in page


def test_money_beyond_the_fund_is_refused_beside_its_field(seluma, sign_in):
    kab = Fund.objects.get(kode="KAB")
    answer = sign_in("operator_kab").post(ADDRESS, asked(simpan="1", **{f"anggaran_{kab.pk}": "250.001"}))
    assert answer.status_code == 422
    assert "Paling banyak 250.000." in answer.content.decode()
    assert not Plan.objects.exists()


@pytest.mark.parametrize(("field", "value"), NONSENSE)
def test_nonsense_is_told_and_nothing_saved(seluma, sign_in, field, value):
    answer = sign_in("operator_kab").post(ADDRESS, asked(simpan="1", **{field: value}))
    assert answer.status_code == 422
    assert "Perbaiki isian dahulu" in answer.content.decode()
    assert not Plan.objects.exists()


def test_a_plan_without_a_fund_is_refused(seluma, sign_in):
    answer = sign_in("operator_kab").post(ADDRESS, {"mulai": "2026-12", "bulan": "12", "simpan": "1"})
    assert "Pilih sedikitnya satu dana." in answer.content.decode()


def test_before_any_linkage_the_page_says_what_to_do(regions, sign_in):
    matched.registers()
    Fund.objects.create(kode="KAB", nama="K", jenis="APBD_KAB", anggaran=1, wilayah="1705")
    assert "jalankan pencocokan" in sign_in("operator_kab").get(ADDRESS).content.decode()


def test_the_province_plans_with_all_funds_a_kabupaten_with_its_own(seluma, sign_in):
    province = sign_in("pengelola").get("/rencana/baru/17/").content.decode()
    assert "Dana PROV" in province
    assert "Dana KAB" in province
    assert "Tiap wilayah di bawahnya" in province
    assert sign_in("operator_kab").get("/rencana/baru/17/").status_code == 404
    assert sign_in("operator_kab").get("/rencana/baru/1705012002/").status_code == 404


def test_a_decision_since_is_told_and_the_saved_plan_has_it(seluma, sign_in):
    client = sign_in("operator_kab")
    client.get(ADDRESS)
    link = matched.doubtful()
    Decision.objects.create(
        id_usulan=link.member.id_usulan, register=link.register, id_register=link.id_register, keputusan="tidak",
        region_code="1705", by=User.objects.get(username="operator_kab"), at=timezone.now(),
    )  # fmt: skip
    assert "putusan petugas yang belum masuk" in client.get(ADDRESS).content.decode()
    done(saved(client))
    assert "putusan petugas yang belum masuk" not in client.get(ADDRESS).content.decode()


def test_after_a_run_of_linkage_everything_is_ready_for_the_page(regions, settings):
    matched.registers()
    matched.niur(None)
    run_job.call(linkage.start(by=None).pk)
    [ready] = Path(settings.DATA).glob("dasar/*/*/*/siap.parquet")
    assert pl.read_parquet(ready).height == 2


def test_a_job_begun_again_after_a_crash_makes_the_same_plan(seluma, sign_in, monkeypatch):
    plan = saved(sign_in("operator_kab"))
    monkeypatch.setattr(actions, "sum_of", lambda folder: 1 / 0)
    run_job.call(plan.job.pk)
    plan.refresh_from_db()
    assert plan.state == PlanState.COMPUTING
    monkeypatch.undo()
    first = sum_of(plan.folder)
    Job.objects.filter(pk=plan.job.pk).update(state=State.WAITING)
    assert done(plan).sha256 == first
    before = {path.name: path.stat().st_mtime_ns for path in plan.folder.iterdir()}
    Job.objects.filter(pk=plan.job.pk).update(state=State.WAITING)
    done(plan)
    assert {path.name: path.stat().st_mtime_ns for path in plan.folder.iterdir()} == before


def test_a_plan_that_cannot_be_made_says_why(seluma, sign_in):
    client = sign_in("operator_kab")
    plan = saved(client, mulai="1990-01")
    assert done(plan).state == PlanState.FAILED
    assert "gagal dihitung" in client.get(reverse("plan", args=[plan.pk])).content.decode()
