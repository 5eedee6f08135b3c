"""A tiny plan by hand: two kabupaten, two funds, one person handed over from the first fund to the second."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from jangkau.core.enrolment import roster
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.results import PEKERJA, RENCANA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

Rows = list[Mapping[str, Any]]


@pytest.fixture
def settings() -> Settings:
    return Settings(provinsi="62", per=date(2026, 11, 22), mulai="2027-01", bulan=12)


def person(number: int, village: str = "6201012001", **changes: Any) -> dict[str, Any]:
    return {
        "id_pekerja": f"P{number:06d}",
        "nik": f"620101{10 + number % 18:02d}0190{number:04d}",
        "nama": f"Orang {number} Contoh",
        "tanggal_lahir": date(1990, 1, 10),
        "jenis_kelamin": "L",
        "kode_desa": village,
        "pekerjaan": "TANI",
        "status_tautan": "cocok",
        **changes,
    }


def paid(number: int, fund: str | None, **changes: Any) -> dict[str, Any]:
    row = {"id_pekerja": f"P{number:06d}", "dana": fund, "poin": 10, "keterangan": "terpilih"}
    months = {"bulan_mulai": "2027-01", "jumlah_bulan": 12, "iuran_per_bulan": 16_800, "iuran_total": 201_600}
    return {**row, **(months if fund else {}), **changes}


def fund(code: str, name: str | None = None) -> dict[str, Any]:
    return {"kode": code, "nama": name, "jenis": "APBD_PROV", "anggaran": 10_000_000, "tarif": "AUTO"}


def place(code: str) -> str:
    return {"6201": "Kotawaringin Barat", "6202": "Kotawaringin Timur"}.get(code, f"Tempat {code}")


@pytest.fixture
def make_people() -> Callable[..., Frame]:
    """Roster of given people, payments and funds."""

    def make(people: Rows, payments: Rows, funds: Rows, usulan: Frame | None = None) -> Frame:
        frames = [
            table.conform(pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame(schema=empty))
            for table, rows in ((PEKERJA, people), (RENCANA, payments), (DANA, funds))
            for empty in [dict.fromkeys(table.names, pl.Null)]
        ]
        return roster(*frames, place, usulan)

    return make
