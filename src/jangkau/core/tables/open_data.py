"""Figures as the public may have them."""

import narwhals as nw

from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Column, Privacy, Table

OPEN, CLOSED = "terbit", "ditutup"
_KEPT = (
    "indikator", "wilayah", "potongan", "kelas", "per", "pembilang", "penyebut", "nilai", "satuan", "nama_pembilang",
    "nama_penyebut", "sumber_pembilang", "sumber_penyebut", "versi",
)  # fmt: skip
_OF_FIGURES = {column.name: column for column in ANGKA.columns}

TERBUKA = Table(
    "terbuka",
    "indikator, wilayah, potongan dan tanggal",
    (
        *(_OF_FIGURES[name] for name in _KEPT),
        Column(
            "status", nw.String(), "terbit, atau ditutup agar tidak membuka keterangan tentang orang", Privacy.PUBLIC,
            required=True, choices=(OPEN, CLOSED),
        ),
    ),
    key=("indikator", "wilayah", "potongan", "kelas", "per"),
)  # fmt: skip

_DECIDED = (
    Column("cetak_pembilang", nw.Int64(), "angka dengan nama yang sama tetapi direvisi", Privacy.PUBLIC, required=True),
    Column("cetak_penyebut", nw.Int64(), "sama, untuk penyebut", Privacy.PUBLIC, required=True),
    Column("buka_pembilang", nw.Boolean(), "pembilang diterbitkan", Privacy.PUBLIC, required=True),
    Column("buka_penyebut", nw.Boolean(), "penyebut diterbitkan", Privacy.PUBLIC, required=True),
)

# What an edition was made from, kept so that the next one can be protected together with it; never public.
EDISI = Table("edisi", TERBUKA.row, (*(_OF_FIGURES[name] for name in _KEPT), *_DECIDED), TERBUKA.key)
