"""Reports made: with the data of the day, once, unchanging; withdrawn, never deleted."""

from datetime import date

import narwhals as nw
import pytest
import reported
from openpyxl import load_workbook

from jangkau.apps.audit.models import Event
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.monitoring.models import Figure
from jangkau.apps.reports import actions
from jangkau.apps.reports.material import material
from jangkau.apps.reports.models import Kind, Report, ReportState
from jangkau.core.kernel.problems import Problem


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
