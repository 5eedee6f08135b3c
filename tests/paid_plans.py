"""Small plans as the tables of OUT have them."""

from datetime import date

import polars as pl

from jangkau.core.engine import frame
from jangkau.core.impact.exposure import exposure
from jangkau.core.law.book import Book

BOOK = Book.load()


def person(name, *, sex="L", born=date(1976, 5, 1), decile=1, village="1701012001", nik=None):
    return {
        "id_pekerja": name, "nik": nik or name, "nama": name, "tanggal_lahir": born, "jenis_kelamin": sex,
        "kode_desa": village, "pekerjaan": "TANI", "desil": decile, "disabilitas": None, "hubungan": None,
        "status_tautan": "cocok",
    }  # fmt: skip


def paid(name, fund="A", first="2026-12", months=12, total=201_600, points=50):
    return {
        "id_pekerja": name, "dana": fund, "bulan_mulai": first, "jumlah_bulan": months, "iuran_per_bulan": 16_800,
        "iuran_total": total, "poin": points, "ambang": 10, "keterangan": "terpilih",
    }  # fmt: skip


PEKERJA = {
    "id_pekerja": pl.String, "nik": pl.String, "nama": pl.String, "tanggal_lahir": pl.Date, "jenis_kelamin": pl.String,
    "kode_desa": pl.String, "pekerjaan": pl.String, "desil": pl.Int64, "disabilitas": pl.Int64, "hubungan": pl.String,
    "status_tautan": pl.String,
}  # fmt: skip
RENCANA = {
    "id_pekerja": pl.String, "dana": pl.String, "bulan_mulai": pl.String, "jumlah_bulan": pl.Int64,
    "iuran_per_bulan": pl.Int64, "iuran_total": pl.Int64, "poin": pl.Int64, "ambang": pl.Int64, "keterangan": pl.String,
}  # fmt: skip


def tables(people, rows):
    return pl.DataFrame(people, PEKERJA, orient="row"), pl.DataFrame(rows, RENCANA, orient="row")


def exposed(people, rows, sizes=None):
    return exposure(*map(frame, tables(people, rows)), BOOK, sizes)


def crowd():
    """Twelve people of both sexes, several deciles and regions, one whose decile and birth nobody knows."""
    people = [
        person(
            f"p{at}", sex="LP"[at % 2], born=date(1965 + 3 * at, 1, 9), decile=1 + at % 4, village=f"170{1 + at % 9}01"
        )
        for at in range(11)
    ]
    people.append(person("p99", sex=None, born=None, decile=None, village=None))
    rows = [paid(p["id_pekerja"], months=6 + at % 7, total=16_800 * (6 + at % 7)) for at, p in enumerate(people)]
    return people, rows


def written(folder, people, rows):
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in zip(("pekerja", "rencana"), tables(people, rows), strict=True):
        table.write_parquet(folder / f"{name}.parquet")
    return folder
