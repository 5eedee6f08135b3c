"""Coverage along the budgets: the newly covered come on top of the state before."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.coverage import along
from jangkau.core.tables.results import CAKUPAN

BEFORE = {
    "wilayah": "52", "nama": "Nusa", "segmen": "SEMUA", "keadaan": "sebelum", "pembilang": 40, "persen": 20.0,
    "nama_penyebut": "pekerja", "per": date(2027, 1, 1), "sumber_pembilang": "peserta", "sumber_penyebut": "BPS",
}  # fmt: skip


@pytest.mark.parametrize(("workers", "share"), [(200, 25.0), (None, None), (0, None)])
def test_people_covered_over_workers(workers, share):
    other = {**BEFORE, "segmen": "BPU", "pembilang": 7, "penyebut": None}
    cakupan = CAKUPAN.conform(pl.DataFrame([{**BEFORE, "penyebut": workers}, other]))
    line = nw.from_native(pl.DataFrame({"persen_anggaran": [100], "baru": [10]}), eager_only=True)
    row = along(line, cakupan, "52").rows(named=True)[0]
    assert (row["pembilang"], row["penyebut"], row["persen"], row["nama_penyebut"]) == (50, workers, share, "pekerja")
