"""What all formats say of an edition, and one dataset of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.id"
LICENCE_TEXT = (
    "Lisensi Creative Commons Atribusi 4.0 Internasional (CC BY 4.0). "
    "Anda boleh menyalin, mengubah, dan memakai data ini untuk keperluan apa pun, asal menyebut sumbernya."
)
SOURCE = "Jangkau, sistem perlindungan pekerja daerah"
CLOSED_TEXT = (
    "Angka yang ditutup tidak terbit karena dapat membuka keterangan tentang orang, langsung atau dengan pengurangan. "
    "Angka yang ditutup bukan nol."
)
CUT_NAMES = {
    "segmen": "segmen", "jenis_kelamin": "jenis kelamin", "umur": "umur", "desil": "desil", "sektor": "sektor",
    "pekerjaan": "pekerjaan", "pembayar": "pembayar", "dana": "dana",
}  # fmt: skip
MEASURES = {"pembilang": "Pembilang", "penyebut": "Penyebut", "nilai": "Nilai"}
ALL = "_T"  # SDMX's code of a total


@dataclass(frozen=True)
class About:
    """An edition: `terms` indicator -> its entry in the catalogue of indicators; `regions` code -> name."""

    number: int
    title: str
    day: date
    terms: Mapping[str, Mapping[str, Any]]
    regions: Mapping[str, str]

    def name(self, code: str) -> str:
        """The name of an indicator."""
        return str(self.terms.get(code, {}).get("nama", code))


@dataclass(frozen=True)
class Dataset:
    """The figures of one indicator (TERBUKA)."""

    code: str
    rows: pl.DataFrame
    about: About

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.about.name(self.code)

    @property
    def definition(self) -> str:
        """What it means."""
        return str(self.about.terms.get(self.code, {}).get("definisi", ""))

    @property
    def unit(self) -> str:
        """Unit of its value."""
        return str(self.rows["satuan"][0])

    @cached_property
    def region_names(self) -> pl.Series:
        """Of each row the name of its region."""
        return pl.Series([self.about.regions.get(code, code) for code in self.rows["wilayah"]], dtype=pl.String)

    @cached_property
    def classes(self) -> dict[str, str]:
        """Code of a class, everyone first -> its name. Codes hold what SDMX allows and differ from one another."""
        pairs = self.rows.select("potongan", "kelas").unique().sort("potongan", "kelas").rows()
        return {
            class_code(cut, kelas): f"{CUT_NAMES.get(cut, cut)}: {kelas}" if cut else "semua" for cut, kelas in pairs
        }

    @cached_property
    def coded(self) -> pl.DataFrame:
        """The rows with `kelas_kode` and one column a measure, sorted."""
        pairs = self.rows.select("potongan", "kelas").rows()
        codes = pl.Series([class_code(cut, kelas) for cut, kelas in pairs], dtype=pl.String)
        return self.rows.with_columns(kelas_kode=codes).sort("wilayah", "kelas_kode", "per")

    @property
    def measures(self) -> dict[str, str]:
        """The measures that it has: a plain count has no denominator and its value is the count."""
        has_whole = self.rows["nama_penyebut"].null_count() < len(self.rows)
        return MEASURES if has_whole else {name: MEASURES[name] for name in ("pembilang", "nilai")}


def class_code(cut: str, kelas: str) -> str:
    """A class as a code of letters, digits and underscores: (umur, 65+) -> UMUR_65PLUS; everyone is _T."""
    if not cut:
        return ALL
    told = f"{cut}_{kelas}".replace("+", "PLUS").replace("<", "LT").replace(">", "GT")
    return re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found[0]):X}", told).upper()
