"""A small province of its own: people, funds, settings, and the tables of OUT made from them."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.law.book import Book
from jangkau.core.planning import Draft, Plan, Record, draft, persons, plan
from jangkau.core.tables.registers import DANA, TARGET
from jangkau.core.tables.settings import Settings

PEOPLE = {
    "id_pekerja": pl.String, "kode_desa": pl.String, "pekerjaan": pl.String, "desil": pl.Int64,
    "terdaftar": pl.Boolean, "lanjutan": pl.Boolean, "penghasilan": pl.Int64, "poin": pl.Int64,
    "jenis_kelamin": pl.String, "tanggal_lahir": pl.Date, "disabilitas": pl.Int64, "tanpa_tunggu": pl.Boolean,
}  # fmt: skip
PERSON = {
    "kode_desa": "6301012001", "pekerjaan": "TANI", "desil": 1, "terdaftar": False, "lanjutan": False,
    "penghasilan": None, "poin": 10,
}  # fmt: skip
FUND = {"kode": "A", "jenis": "APBD_KAB", "anggaran": 10**9, "wilayah": "63"}


class World:
    """People and funds told by their differences from PERSON and FUND; three months from July 2027 unless said."""

    def __init__(self, people: list[dict[str, Any]], funds: list[dict[str, Any]], **settings: Any) -> None:
        rows = [{**PERSON, "id_pekerja": f"P{at:03d}", **person} for at, person in enumerate(people)]
        self.people = pl.DataFrame(rows, schema=PEOPLE)
        schema = {name: pl.Int64 if name == "anggaran" else pl.String for name in DANA.names}
        self.funds = pl.DataFrame([{**FUND, **fund} for fund in funds], schema=schema)
        given = {"provinsi": "63", "per": date(2027, 6, 1), "mulai": "2027-07", "bulan": 3, "benih": 5}
        self.settings = Settings(**{**given, **settings})

        self.target = TARGET.empty()

    def aims(self, *rows: dict[str, Any]) -> "World":
        """The same world with targets."""
        types = {"tahun": pl.Int64, "persen": pl.Float64, "jumlah": pl.Int64}
        schema = {name: types.get(name, pl.String) for name in TARGET.names}
        self.target = TARGET.conform(pl.DataFrame([{"wilayah": "63", **row} for row in rows], schema=schema))
        return self

    def _given(self, book: Book) -> tuple[Any, ...]:
        return nw.from_native(self.people), nw.from_native(self.funds), self.settings, book, self.target

    def plan(self, book: Book) -> Plan:
        """The plan and all it is compared with: twenty-four lengths, so for tests of these alone."""
        return plan(*self._given(book))

    def draft(self, book: Book) -> Draft:
        """The plan and its proof."""
        return draft(*self._given(book))

    def rows(self, book: Book) -> list[dict[str, Any]]:
        return self.draft(book).rencana.to_native().to_dicts()

    def paid(self, book: Book) -> dict[str, list[tuple[str, str, int]]]:
        """Person -> (fund, first month, months) of each row."""
        result: dict[str, list[tuple[str, str, int]]] = {}
        for row in self.rows(book):
            if row["dana"]:
                result.setdefault(row["id_pekerja"], []).append((row["dana"], row["bulan_mulai"], row["jumlah_bulan"]))
        return result

    def out(self, book: Book) -> tuple[dict[str, pl.DataFrame], dict[str, Any]]:
        """The tables that `verify` reads, and rencana.json as it comes back from disk."""
        drawn = self.draft(book)
        run = {**drawn.ringkasan, "sertifikat": drawn.sertifikat}
        return self.tables(drawn.rencana.to_native()), json.loads(json.dumps(run))

    def tables(self, rencana: pl.DataFrame) -> dict[str, pl.DataFrame]:
        """The tables of OUT around a plan."""
        ids = self.people["id_pekerja"]
        usulan = self.people.select(
            "id_pekerja", "penghasilan", id_usulan="a.csv##" + ids, berkas=pl.lit("a.csv"), lembar=pl.lit(""),
            baris=pl.int_range(pl.len()),
        )  # fmt: skip
        linked = self.people.filter("terdaftar").select(
            id_usulan="a.csv##" + pl.col("id_pekerja"), register=pl.lit("peserta"), id_register="id_pekerja",
            keputusan=pl.lit("cocok"),
        )  # fmt: skip
        return {
            "pekerja": self.people.select(
                "id_pekerja", "kode_desa", "pekerjaan", "desil", "jenis_kelamin", "disabilitas"
            ),
            "kelayakan": self.people.select(
                "id_pekerja",
                "poin",
                layak=pl.lit(True),
                alasan=pl.lit([], dtype=pl.List(pl.String)),
                rincian_poin=pl.when("lanjutan").then(pl.lit('{"lanjutan":0}')).otherwise(pl.lit("{}")),
            ),
            "usulan": usulan,
            "tautan": linked,
            "rencana": rencana,
        }

    def record(self, book: Book) -> Record:
        """A finished run, to be asked about."""
        tables, run = self.out(book)
        return Record(**tables, people=persons(nw.from_native(self.people)), run=run, book=book)


@pytest.fixture(scope="session")
def book() -> Book:
    return Book.load()


@pytest.fixture(scope="session")
def world() -> Callable[..., World]:
    return World
