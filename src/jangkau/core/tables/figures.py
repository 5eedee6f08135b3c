"""Figures: each a numerator over a denominator, with what it means, where it comes from and when."""

from dataclasses import dataclass

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table

# What a figure is cut by; empty is everyone.
CUTS = ("", "segmen", "jenis_kelamin", "umur", "desil", "sektor", "pekerjaan", "pembayar", "dana")
ORIGINS = ("dihitung", "terbit", "diketik", "survei", "ramalan")
UNITS = ("persen", "orang", "bulan", "rupiah", "klaim", "kewajiban", "baris", "poin")


def _text(name: str, meaning: str, *, required: bool = False, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, nw.String(), meaning, Privacy.PUBLIC, required=required, choices=choices)


def _real(name: str, meaning: str) -> Column:
    return Column(name, nw.Float64(), meaning, Privacy.PUBLIC)


ANGKA = Table(
    "angka",
    "indikator, wilayah, potongan, tanggal dan asal",
    (
        _text("indikator", "kode indikator dalam daftar indikator", required=True),
        c.AREA,
        _text("potongan", "dipotong menurut apa; kosong berarti semua", required=True, choices=CUTS),
        _text("kelas", "kelas potongan itu; kosong berarti semua", required=True),
        Column("per", nw.Date(), "tanggal yang digambarkan", Privacy.PUBLIC, required=True),
        _real("pembilang", "pembilang, atau jumlahnya bila tanpa penyebut; kosong bila sumber tidak menyebutnya"),
        _real("penyebut", "penyebut; kosong bila tidak diketahui atau tidak ada"),
        _real("nilai", "pembilang dibagi penyebut dalam satuannya, atau seperti terbit; kosong bila tidak diketahui"),
        _text("satuan", "satuan nilai", required=True, choices=UNITS),
        _real("galat_baku", "galat baku nilai, dalam satuannya; kosong bila bukan perkiraan"),
        _real("bawah", "batas bawah selang"),
        _real("atas", "batas atas selang"),
        _text("nama_pembilang", "apa yang dihitung", required=True),
        _text("nama_penyebut", "dibagi apa"),
        _text("sumber_pembilang", "asal pembilang, dengan tanggalnya", required=True),
        _text("sumber_penyebut", "asal penyebut, dengan tahunnya"),
        _text("versi", "versi definisi indikator", required=True),
        _text("asal", "bagaimana angka ini ada", required=True, choices=ORIGINS),
        _text("keyakinan", "seberapa kuat sumbernya: H, M atau L; kosong bila dihitung", choices=("H", "M", "L")),
        _text("catatan", "hal yang perlu dibaca bersama angka ini"),
    ),
    key=("indikator", "wilayah", "potongan", "kelas", "per", "asal", "sumber_pembilang"),
)


@dataclass(frozen=True)
class Tie:
    """Counts of other names that tell of one another, region by region and class by class.

    `jenis`: `bagian` (together about the whole), `termasuk` (each is a part of it), `sama` (the same, `bulan` months
    before), `irisan` (two parts, and those who are in both: so it is known who is in neither). `kelas`: the parts are
    these classes of `potongan`, the whole is of everyone.
    """

    seluruh: str
    jenis: str
    nama: tuple[str, ...]
    potongan: str = ""
    kelas: tuple[str, ...] = ()
    bulan: int = 0
