"""A small made-up province for figures: members, residents and welfare by a few words each."""

from datetime import date
from typing import Any

import polars as pl

from jangkau.core.coverage import Inputs, measure
from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.law.book import Book
from jangkau.core.tables.registers import ANGKATAN_KERJA, KESEJAHTERAAN, PENDUDUK, PESERTA
from jangkau.core.tables.schema import Table
from jangkau.core.tables.settings import Settings

PER = date(2026, 11, 30)
SETTINGS = Settings(provinsi="17", per=PER, mulai="2026-12")
DESA = "1701012001"


def table(declared: Table, rows: list[dict[str, Any]]) -> Any:
    if not rows:
        return declared.empty()
    kinds = {"String": pl.String, "Date": pl.Date, "Int64": pl.Int64, "Float64": pl.Float64}
    native = {name: kinds[str(kind)] for name, kind in declared.schema.items()}
    return declared.conform(pl.DataFrame(rows, schema_overrides=native))


def nik(number: int, born: date = date(1990, 5, 5)) -> str:
    return f"170101{born.day:02d}{born.month:02d}{born.year % 100:02d}{number:04d}"


def member(number: int, **facts: Any) -> dict[str, Any]:
    """Member `number`, an adult of Bengkulu Selatan who has paid for long and up to PER."""
    usual = {"kode_wilayah": "1701", "segmen": "BPU", "mulai": "2025-06", "dibayar_sampai": "2026-11"}
    return {"kpj": f"K{number}", "nik": nik(number), **usual, **facts}


def resident(number: int, **facts: Any) -> dict[str, Any]:
    usual = {"tanggal_lahir": date(1990, 5, 5), "jenis_kelamin": "L", "kode_desa": DESA, "pekerjaan": "Petani"}
    return {"nik": nik(number), **usual, **facts}


def workers(**counts: int) -> Any:
    rows = [
        {"wilayah": "17", "nama_penyebut": "Bekerja", "segmen": s, "jumlah": n, "tahun": 2025, "sumber": "BPS"}
        for s, n in counts.items()
    ]
    return table(ANGKATAN_KERJA, rows)


def members(*rows: dict[str, Any]) -> Any:
    return table(PESERTA, list(rows))


def population(*rows: dict[str, Any]) -> Any:
    return table(PENDUDUK, list(rows))


def welfare(**deciles: int) -> Any:
    """Decile by resident, named `n1`, `n2`, ..."""
    return table(KESEJAHTERAAN, [{"id_individu": n, "nik": nik(int(n[1:])), "desil": d} for n, d in deciles.items()])


def measured(inputs: Inputs, settings: Settings = SETTINGS) -> pl.DataFrame:
    return polars(measure(inputs, settings, Regions.load("17"), Book.load()))


def figure(
    found: pl.DataFrame, indikator: str, wilayah: str = "17", kelas: str = "", per: date = PER
) -> tuple[Any, Any]:
    """Numerator and denominator of one figure; the only one of its kind."""
    rows = found.filter(indikator=indikator, wilayah=wilayah, kelas=kelas, per=per)
    return rows.select("pembilang", "penyebut").row(0) if len(rows) == 1 else (f"{len(rows)} rows", None)
