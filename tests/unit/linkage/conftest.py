import importlib.util
import sys
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK, PESERTA
from jangkau.core.tables.results import USULAN_BACA

BORN = date(1980, 5, 17)
VILLAGE = "3302012001"


def frame(table, rows):
    schema = dict(table.schema)
    native = {nw.String(): pl.String, nw.Int64(): pl.Int64, nw.Date(): pl.Date}
    full = [{name: row.get(name) for name in table.names} for row in rows]
    return nw.from_native(pl.DataFrame(full, schema={n: native[d] for n, d in schema.items()}), eager_only=True)


class Small:
    """A workspace of a few rows, spelled out by the test."""

    def usulan(self, *rows):
        base = {"berkas": "a.xlsx", "lembar": "S", "kode_desa": VILLAGE, "kode_wilayah": VILLAGE}
        made = [base | {"baris": at, "id_usulan": f"a.xlsx#S#{at}"} | row for at, row in enumerate(rows, 2)]
        return frame(USULAN_BACA, made)

    def penduduk(self, *rows):
        return frame(PENDUDUK, [{"kode_desa": VILLAGE} | row for row in rows])

    def peserta(self, *rows):
        return frame(PESERTA, [{"kode_wilayah": VILLAGE[:4]} | row for row in rows])

    def kesejahteraan(self, *rows):
        return frame(KESEJAHTERAAN, [{"kode_desa": VILLAGE} | row for row in rows])


@pytest.fixture
def small():
    return Small()


@pytest.fixture(scope="session")
def world():
    """A small province of another make than the synthetic one, with truth."""
    path = Path(__file__).parents[3] / "benchmarks" / "linkage_tools" / "world.py"
    spec = importlib.util.spec_from_file_location("linkage_world", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["linkage_world"] = module
    spec.loader.exec_module(module)
    return module.make(6000, seed=99)
