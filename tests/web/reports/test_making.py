"""Reports made: with the data of the day, once, unchanging; withdrawn, never deleted."""

from datetime import UTC, date, datetime

import monitored
import narwhals as nw
import polars as pl
import pytest
import reported
from openpyxl import load_workbook

from jangkau.apps.audit.models import Event
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.models import Counting, Figure
from jangkau.apps.reports import actions
from jangkau.apps.reports.material import changed, material
from jangkau.apps.reports.models import Kind, Report, ReportState
from jangkau.core.coverage import funnel
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.reporting.semester_figures import Picked
from jangkau.core.reporting.semester_pictures import pictures
from jangkau.core.reporting.semester_tables import forecast_table


@pytest.fixture
def maker(regions, user, settings, tmp_path):
    settings.DATA = tmp_path
    reported.two_countings()
    return user("pengelola")


def test_a_report_has_the_figures_of_its_region_and_the_sum_of_every_document(maker):
    made = reported.a_report(maker, kinds=tuple(Kind.values))
    assert made.state == ReportState.READY
    first = made.figures[0]
    assert (first["indikator"], first["pembilang"], first["penyebut"], first["per"]) == (
        "cakupan", 168, 400, "2026-06-30"
    )  # fmt: skip
    assert set(made.files) == set(Kind.values)
    for kind, kept in made.files.items():
        path = actions.document(made, kind)
        assert (path.stat().st_size, len(kept["sha256"])) == (kept["besar"], 64)
        assert not path.stat().st_mode & 0o222
    assert len(made.inputs_sha256) == 64
    assert Event.objects.filter(tindakan="reports.made", id_benda=str(made.pk)).exists()


def test_the_same_data_gives_the_next_number_and_the_same_print(maker):
    first, again = reported.a_report(maker), reported.a_report(maker)
    assert (first.number, again.number) == (1, 2)
    assert first.inputs_sha256 == again.inputs_sha256
    reported.counting(date(2026, 6, 30), 0.5)
    later = reported.a_report(maker)
    assert later.inputs_sha256 != first.inputs_sha256
    first.refresh_from_db()
    assert first.figures[0]["pembilang"] == 168


def test_a_province_and_its_children_in_one_job(maker):
    made = actions.ask(["17", "1704", "1705"], reported.HALF, ["excel"], by=maker)
    assert Job.objects.count() == 1
    reported.work()
    assert set(Report.objects.values_list("region_code", "state")) == {(r.region_code, "jadi") for r in made}
    sheet = load_workbook(actions.document(Report.objects.get(region_code="17"), "excel"))
    rows = [[cell.value for cell in row][:4] for row in sheet["Cakupan kepesertaan menurut kab"].iter_rows(min_row=4)]
    assert rows[0] == ["Kaur", 600, 180, 252]


def test_work_killed_half_way_goes_on_with_what_is_left(maker, monkeypatch):
    made = actions.ask(["1704", "1705"], reported.HALF, ["excel"], by=maker)
    real, calls = actions.write_semester, []

    def dying(*given):
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError
        return real(*given)

    monkeypatch.setattr(actions, "write_semester", dying)
    reported.work()
    assert [Report.objects.get(pk=r.pk).state for r in made] == ["jadi", "dibuat"]
    first = Report.objects.get(pk=made[0].pk)
    Job.objects.update(state=State.WAITING)
    run_job.call(Job.objects.get().pk)
    assert len(calls) == 3
    assert {r.state for r in Report.objects.all()} == {"jadi"}
    assert Report.objects.get(pk=made[0].pk).made_at == first.made_at


def test_a_region_without_data_has_a_report_that_says_so(maker):
    made = reported.a_report(maker, region="1705012002", kinds=("ringkas",))
    assert (made.state, made.figures) == ("jadi", [])


def test_a_semester_before_all_data_uses_none_of_it(maker):
    made = reported.a_report(maker, half=reported.HALF.before.before)
    assert made.figures == []


def test_a_document_that_was_changed_is_refused(maker):
    made = reported.a_report(maker)
    path = made.folder / made.files["excel"]["nama"]
    path.chmod(0o644)
    path.write_bytes(b"lain")
    with pytest.raises(Problem, match="tidak lagi sama"):
        actions.document(made, "excel")


def test_a_withdrawn_report_stays_with_its_reason(maker):
    made = reported.a_report(maker)
    actions.withdraw(made, "Penyebut salah tahun", by=maker)
    made.refresh_from_db()
    assert (made.state, made.reason, made.withdrawn_by) == ("ditarik", "Penyebut salah tahun", maker)
    assert actions.document(made, "excel").is_file()
    with pytest.raises(Problem, match="dapat ditarik"):
        actions.withdraw(made, "lagi", by=maker)


def test_counts_of_few_people_are_left_out_and_what_was_typed_is_in(maker):
    reported.counting(date(2026, 6, 30), 0.005)
    assert material("1705", reported.HALF, date(2026, 7, 3), date(2026, 6, 30)).angka.filter(
        nw.col("wilayah") == "1705", nw.col("per") == date(2026, 6, 30)
    )["pembilang"].to_list() == [None, None]
    Figure.objects.create(
        indikator="cakupan", wilayah="1705", per=date(2026, 6, 1), nilai=55.0, nama_pembilang="peserta aktif",
        sumber_pembilang="Siaran pers", versi="terbit", by=maker,
    )  # fmt: skip
    kept = material("1705", reported.HALF, date(2026, 7, 3), date(2026, 6, 30)).angka
    assert kept.filter(nw.col("asal") == "diketik")["nilai"].to_list() == [55.0]


def test_the_material_tells_of_nothing_after_its_last_day(maker):
    part = material("17", reported.HALF, date(2026, 7, 3), date(2026, 3, 31))
    assert part.months == "sampai 31 Maret 2026"
    assert part.nama == "Provinsi Bengkulu"
    assert [code for code, _ in part.bagian] == ["1704", "1705"]


def test_change_funnel_and_forecast_stand_in_the_report_closed_where_few(maker):
    since, until = date(2025, 12, 31), date(2026, 6, 30)
    steps = [("awal", 180), ("baru", 80), ("lapse", -6), ("meninggal", -2), ("akhir", 252)]
    moved = [("1705", "SEMUA", step, abs(n), n, since, until) for step, n in steps]
    told = [(until, "1705", step, n) for step, n in (("baris", 400), ("orang", 380), ("klaim", 2))]
    path = funnel(frame(pl.DataFrame(told, ["per", "wilayah", "tahap", "jumlah"], orient="row")), "17")
    ahead = monitored.row("cakupan", "1705", date(2026, 12, 31), 270, 400, asal="ramalan", bawah=60.0, atas=75.0)
    tried = {"wilayah": ["1705"], "jarak": [1], "banyak": [7], "galat": [2.1], "condong": [0.0]}
    beside = {reading.STEPS: polars(path), reading.TRIED: pl.DataFrame(tried),
              reading.AHEAD: pl.DataFrame([ahead], schema=reading.SCHEMA)}  # fmt: skip
    monitored.counting(reading.angka(reading.newest()).rows(named=True), "ef" * 32, moved, beside)
    Counting.objects.update(created_at=datetime(2026, 6, 30, 12, tzinfo=UTC))
    known = material("1705", reported.HALF, until, until)
    assert [(move.sebab, move.orang) for move in known.perubahan.langkah] == [
        ("Peserta baru", 80), ("Langkah dengan sedikit orang, digabung", -8)
    ]  # fmt: skip
    assert [stage.jumlah for stage in known.corong] == [400, 380]
    assert "terlalu sedikit" in known.catatan[0]
    shown = {part["kepala"]: part for part in pictures(Picked(known))}
    assert {"Apa yang mengubahnya", "Dari daftar sampai klaim"} <= {*shown}
    assert "meleset rata-rata 2,1%" in str(forecast_table(Picked(known)).baris)
    assert changed("1704", reported.HALF.before.last, until) is None
