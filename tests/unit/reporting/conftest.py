"""A run by hand: every table as the stages declare it, small enough to count with a pencil."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from jangkau.core.law.book import Book
from jangkau.core.reporting.figures import Run
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.results import CAKUPAN, KELAYAKAN, MASALAH, PEKERJA, RENCANA, USULAN
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import Settings

MakeRun = Callable[..., Run]
PER = date(2026, 11, 22)


def table(declared: Table, rows: list[dict[str, Any]]) -> Frame:
    columns = {name: [row.get(name) for row in rows] for name in declared.names}
    return declared.conform(pl.DataFrame(columns, strict=False))


def coverage_rows(code: str, name: str, before: int, after: int, workers: int | None) -> list[dict[str, Any]]:
    row = {"wilayah": code, "nama": name, "segmen": "SEMUA", "penyebut": workers, "nama_penyebut": "penduduk bekerja"}
    row |= {"per": PER, "sumber_penyebut": "BPS Sakernas, tahun 2025" if workers else None}
    return [
        {
            **row,
            "keadaan": state,
            "pembilang": count,
            "persen": round(100 * count / workers, 4) if workers else None,
            "sumber_pembilang": "data peserta",
        }
        for state, count in (("sebelum", before), ("sesudah", after))
    ]


def months(budget_people: int, last: int = 24, wait: int = 3) -> list[dict[str, Any]]:
    rows = [(m, budget_people // m) for m in range(1, last + 1)]
    return [
        {
            "bulan": m,
            "orang": n,
            "orang_jkm_penuh": n if m > wait else 0,
            "bulan_terlindung": n * max(0, m - wait),
            "iuran": n * m * 16_800,
        }
        for m, n in rows
    ]


@pytest.fixture
def make_run() -> MakeRun:
    """`people` proposed, of whom `refused` for reasons and `paid` by two funds in turn; the rest wait for money."""

    def make(
        people: int = 40,
        paid: int = 24,
        *,
        bulan: int = 12,
        kabupaten: int = 4,
        workers: int | None = 1000,
        funds: list[dict[str, Any]] | None = None,
        problems: list[dict[str, Any]] | None = None,
        name: str = "Kalimantan Tengah",
        **changes: Any,
    ) -> Run:
        reasons = (["USIA_LEBIH"], ["NIK_TIDAK_DITEMUKAN", "BUKAN_PEKERJA"], ["PERLU_TINJAUAN"], ["SUDAH_AKTIF"])
        refused = [reasons[i % 4] for i in range(min(10, people - paid))]
        verdicts = [[]] * (people - len(refused)) + refused
        ids = [f"P{i:06d}" for i in range(people)]
        money = [
            {"kode": "APBD", "nama": "APBD Provinsi", "jenis": "APBD_PROV", "anggaran": 5_000_000},
            {"kode": "CSR", "nama": "CSR PT Contoh", "jenis": "CSR", "anggaran": 3_000_000},
        ]
        money = money if funds is None else funds
        first = {"bulan_mulai": "2027-01", "jumlah_bulan": bulan, "iuran_per_bulan": 16_800}
        plan = [
            {"id_pekerja": ids[i], "poin": 50, "keterangan": "-"}
            | ({"dana": money[i % len(money)]["kode"], **first, "iuran_total": 16_800 * bulan} if i < paid else {})
            for i in range(people - len(refused))
        ]
        regions = [(f"62{i + 1:02d}", f"Kabupaten Contoh {i + 1}") for i in range(kabupaten)]
        coverage = coverage_rows("62", name, 100 * kabupaten, 100 * kabupaten + paid, workers and workers * kabupaten)
        for at, (code, place) in enumerate(regions):
            new = paid // kabupaten + (paid % kabupaten if at == 0 else 0)
            coverage += coverage_rows(code, place, 100 + at, 100 + at + new, workers)
        parts: dict[str, Any] = {
            "wilayah": f"Provinsi {name}",
            "settings": Settings(provinsi="62", per=PER, mulai="2027-01", bulan=bulan),
            "book": Book.load(),
            "usulan": table(
                USULAN,
                [
                    {
                        "id_usulan": f"{i % 3}.xlsx#A#{i}",
                        "id_pekerja": ids[i % people],
                        "berkas": f"{i % 3}.xlsx",
                        "lembar": "A",
                        "baris": i,
                    }
                    for i in range(people + 5 if people else 0)
                ],
            ),
            "masalah": table(MASALAH, problems or []),
            "pekerja": table(
                PEKERJA,
                [
                    {"id_pekerja": i, "nama": "Sulaiman Contoh", "nik": "6201011001900001", "status_tautan": "cocok"}
                    for i in ids
                ],
            ),
            "kelayakan": KELAYAKAN.check(
                pl.DataFrame(
                    {
                        "id_pekerja": ids,
                        "layak": [not codes for codes in verdicts],
                        "alasan": verdicts,
                        "poin": [50] * people,
                        "rincian_poin": ["{}"] * people,
                    },
                    schema={
                        "id_pekerja": pl.String,
                        "layak": pl.Boolean,
                        "alasan": pl.List(pl.String),
                        "poin": pl.Int64,
                        "rincian_poin": pl.String,
                    },
                )
            ),
            "rencana": table(RENCANA, plan),
            "dana": table(DANA, money),
            "cakupan": table(CAKUPAN, coverage),
            "ringkasan": {"tujuan": 1200, "batas": 1210, "bulan_orang": months(paid * bulan)},
        }
        return Run(**{**parts, **changes})

    return make
