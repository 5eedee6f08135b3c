"""Working people of the population register, by where they live: the one denominator that reaches down to a desa.

Numerators are the same people, found among the members by their NIK, so a share never leaves 0 to 100.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.coverage.ages import NO_DAY, UNKNOWN, Ints, ages, band_names, bands, day_number, day_numbers
from jangkau.core.coverage.catalogue import Parameters
from jangkau.core.coverage.panel import Panel
from jangkau.core.engine import polars
from jangkau.core.identity.occupation import classify
from jangkau.core.identity.regions import LEVELS
from jangkau.core.tables.schema import Frame

Cells = NDArray[np.int64]
FORMAL = ("PU", "JAKON")  # segments whose active members have an employer, and are not called vulnerable
VULNERABLE, ACTIVE, FULL = 1, 2, 4
NEVER = 99_999_999
_SEXES = ("L", "P", UNKNOWN)


@dataclass(frozen=True)
class Residents:
    """Working residents: `place` into `codes`; birth and death as yyyymmdd; classes as places into `names`."""

    codes: list[str]
    place: Ints
    born: Ints
    died: Ints
    decile: Ints  # 0 is unknown
    official: NDArray[np.bool_]
    classes: dict[str, Ints]
    names: dict[str, list[str]]
    of_person: Ints  # which resident each person of the panel is; -1 is none


def residents(
    penduduk: Frame, kesejahteraan: Frame | None, panel: Panel, provinsi: str, choice: Parameters
) -> Residents:
    """The working people of PENDUDUK in the province, with their decile where KESEJAHTERAAN has their NIK."""
    rows = _working(polars(penduduk), provinsi)
    rows = rows.join(_deciles(kesejahteraan), on="nik", how="left", maintain_order="left")
    codes, place = _coded(rows["kode_desa"])
    tags, tag = _coded(rows["tanda"])
    sexes = rows["jenis_kelamin"].fill_null(UNKNOWN).replace_strict(list(_SEXES), [0, 1, 2], default=2)
    decile = rows["desil"].fill_null(0).cast(pl.Int32).to_numpy()
    numbered = rows.select("nik").with_row_index("penduduk")
    found = panel.people.select("nik").join(numbered, on="nik", how="left", maintain_order="left")["penduduk"]
    return Residents(
        codes, place, day_numbers(rows["tanggal_lahir"]), day_numbers(rows["tanggal_meninggal"], NEVER), decile,
        rows["aparatur"].to_numpy(),
        {"jenis_kelamin": sexes.cast(pl.Int32).to_numpy(), "desil": decile, "pekerjaan": tag},
        {
            "jenis_kelamin": list(_SEXES), "desil": [UNKNOWN, *(str(n) for n in range(1, 11))], "pekerjaan": tags,
            "umur": band_names(choice.umur),
        },
        found.cast(pl.Int32).fill_null(-1).to_numpy(),
    )  # fmt: skip


def _working(penduduk: pl.DataFrame, provinsi: str) -> pl.DataFrame:
    """Residents whose words say that they work, with `tanda` and `aparatur`; each word is read once."""
    words = penduduk["pekerjaan"].drop_nulls().unique()
    read = [classify(word) for word in words]
    known = pl.DataFrame(
        {"pekerjaan": words, "tanda": [r.tag for r in read], "keadaan": [r.status for r in read]},
        schema={"pekerjaan": pl.String, "tanda": pl.String, "keadaan": pl.String},
    )
    here = penduduk.filter(pl.col("kode_desa").str.starts_with(provinsi))
    rows = here.join(known, on="pekerjaan", how="inner").filter(pl.col("keadaan").is_in(["BEKERJA", "APARATUR"]))
    return rows.sort("nik").with_columns(
        aparatur=pl.col("keadaan") == "APARATUR", tanda=pl.col("tanda").fill_null("LAIN")
    )


def _deciles(kesejahteraan: Frame | None) -> pl.DataFrame:
    """One decile a NIK: the poorest where rows disagree."""
    if kesejahteraan is None:
        return pl.DataFrame(schema={"nik": pl.String, "desil": pl.Int64})
    known = polars(kesejahteraan.select("nik", "desil")).drop_nulls().filter(pl.col("desil").is_between(1, 10))
    return known.group_by("nik").agg(pl.col("desil").min())


def _coded(values: pl.Series) -> tuple[list[str], Ints]:
    names = values.unique().sort()
    codes = values.replace_strict(names, pl.Series(range(len(names)), dtype=pl.Int32), return_dtype=pl.Int32)
    return names.to_list(), codes.to_numpy()


def count(known: Residents, panel: Panel, choice: Parameters) -> pl.DataFrame:
    """Working residents at every date: `per`, `wilayah`, `potongan`, `kelas`, and how many they are (`pekerja`), are
    active (`aktif`), have the full death benefit (`penuh`, null where the law is not known), are vulnerable (`rentan`)
    and active (`rentan_aktif`). Uncut for all levels of region, cut down to the kecamatan; empty classes are left out.
    """
    parts = [part for per in panel.dates for part in _at(known, panel, per, choice)]
    return pl.concat(_levels(pl.concat(parts))) if parts else pl.DataFrame()


def _at(known: Residents, panel: Panel, per: date, choice: Parameters) -> Iterator[pl.DataFrame]:
    """One date: uncut by desa, and each cut by kecamatan."""
    old_enough = (ages(known.born, per) >= choice.usia_kerja) | (known.born == NO_DAY)
    counted = (known.died > day_number(per)) & old_enough
    flags = _flags(known, panel, per, choice)[counted]
    place = known.place[counted]
    told = partial(_told, per, law=panel.rows[per]["penuh"].null_count() == 0)
    yield told("", known.codes, [""], _cells(place, len(known.codes), np.zeros_like(place), 1, flags))
    codes = sorted({code[:6] for code in known.codes})
    above = np.searchsorted(codes, [code[:6] for code in known.codes]).astype(np.int32)[place]
    for cut, classes in {**known.classes, "umur": bands(known.born, per, choice.umur)}.items():
        names = known.names[cut]
        yield told(cut, codes, names, _cells(above, len(codes), classes[counted], len(names), flags))


def _told(per: date, cut: str, codes: list[str], names: list[str], cells: Cells, *, law: bool) -> pl.DataFrame:
    """Cells (code x class x flags) as rows."""

    def people(*flags: int) -> Cells:
        every = [bits for bits in range(8) if all(bits & flag for flag in flags)]
        return np.asarray(cells[:, :, every].sum(axis=2)).ravel()

    rows = pl.DataFrame(
        {
            "wilayah": np.repeat(codes, len(names)),
            "kelas": np.tile(names, len(codes)),
            "pekerja": people(),
            "aktif": people(ACTIVE),
            "penuh": pl.Series(people(FULL)) if law else pl.Series([None] * len(codes) * len(names), dtype=pl.Int64),
            "rentan": people(VULNERABLE),
            "rentan_aktif": people(VULNERABLE, ACTIVE),
        }
    )
    return rows.filter(pl.col("pekerja") > 0).with_columns(per=pl.lit(per), potongan=pl.lit(cut))


def _levels(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows summed for every level of region that they reach."""
    for length, level in LEVELS.items():
        reached = rows.filter(pl.col("wilayah").str.len_chars() >= length)
        reached = reached if level != "desa" else reached.filter(pl.col("potongan") == "")
        keys = ["per", pl.col("wilayah").str.slice(0, length), "potongan", "kelas"]
        known = pl.col("penuh").is_not_null().all()
        sums = pl.col("pekerja", "aktif", "rentan", "rentan_aktif").sum()
        yield reached.group_by(keys).agg(sums, pl.when(known).then(pl.col("penuh").sum()).alias("penuh"))


def _flags(known: Residents, panel: Panel, per: date, choice: Parameters) -> Ints:
    rows = panel.rows[per]
    which = known.of_person[rows["orang"].to_numpy()]
    found = which >= 0
    flags = np.zeros(len(known.place), np.int32)
    flags[which[found]] |= ACTIVE
    flags[which[found & rows["penuh"].fill_null(value=False).to_numpy()]] |= FULL
    formal = np.zeros(len(known.place), np.bool_)
    formal[which[found & rows["segmen"].cast(pl.String).is_in(FORMAL).fill_null(value=False).to_numpy()]] = True
    poor = (known.decile > 0) & (known.decile <= choice.desil_rentan)
    return flags | np.where(poor & ~known.official & ~formal, VULNERABLE, 0).astype(np.int32)


def _cells(place: Ints, places: int, kelas: Ints, classes: int, flags: Ints) -> Cells:
    cell = (place * classes + kelas) * 8 + flags
    return np.bincount(cell, minlength=places * classes * 8).reshape(places, classes, 8)
