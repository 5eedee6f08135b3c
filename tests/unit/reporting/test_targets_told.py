"""Targets in the report and the closing table."""

import pytest

from jangkau.core.reporting.closing import closing_table
from jangkau.core.reporting.figures import Figures
from jangkau.core.reporting.report import write_report
from jangkau.core.reporting.targets import targets_table

ROW = {
    "wilayah": "6201", "indikator": "miskin_ekstrem", "diminta": "1.200 orang", "perlu_orang": 1200,
    "tercapai_orang": 1000, "kurang_orang": 200, "kurang_rupiah": 40_320_000, "poin_tambahan": 12.5,
    "kalimat": "Kurang 200 orang.",
}  # fmt: skip


@pytest.fixture
def run(make_run):
    made = make_run()
    made.ringkasan["target"] = [ROW, {**ROW, "indikator": "perempuan", "kurang_orang": 0}]
    return made


def test_each_target_is_a_row_and_what_is_missing_stands_below(run, tmp_path):
    block = targets_table(Figures(run))
    first = ["Miskin ekstrem", "Contoh 1", "1.200 orang", "1.200", "1.000", "200", "40.320.000", "12,5"]
    assert block["baris"][0] == first
    assert block["catatan"] == "Kurang 200 orang."
    write_report(run, tmp_path / "laporan.pdf")
    assert (tmp_path / "laporan.pdf").stat().st_size > 10_000


def test_the_closing_table_counts_targets_reached(run):
    rows = {row["ukuran"]: (row["nilai"], row["catatan"]) for row in closing_table(run)}
    assert rows["Target"] == ("1 dari 2 tercapai", "1 belum, tertulis di bawah")
    assert rows["Target belum tercapai"] == ("Contoh 1", "Kurang 200 orang.")


def test_very_many_targets_that_are_missed_are_counted(run):
    run.ringkasan["target"] = [ROW] * 12
    told = [row["nilai"] for row in closing_table(run) if row["ukuran"] == "Target belum tercapai"]
    assert len(told) == 10
    (whole,) = [row for row in closing_table(run) if row["ukuran"] == "Target"]
    assert "10 dari 12" in whole["catatan"]


def test_without_targets_nothing_is_said(make_run):
    assert targets_table(Figures(make_run())) is None
    assert "Target" not in {row["ukuran"] for row in closing_table(make_run())}
