"""Working people of the population register, by where they live: the one denominator that reaches down to a desa.

Numerators are the same people, found among the members by their NIK, so a share never leaves 0 to 100.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jangkau.core.coverage.ages import UNKNOWN, Ints, ages, band_names, band_of_age, day_number, day_numbers
from jangkau.core.coverage.catalogue import Parameters
from jangkau.core.coverage.figures import rolled
from jangkau.core.coverage.panel import Panel
from jangkau.core.engine import polars
from jangkau.core.identity.occupation import classify
from jangkau.core.tables.schema import Frame

Cells = NDArray[np.int64]
FORMAL = ("PU", "JAKON")  # segments whose active members have an employer, and are not called vulnerable
VULNERABLE, ACTIVE, FULL, LEFT_OUT = 1, 2, 4, 8
FLAGS = 16
NEVER = 99_999_999
_COUNTED = ("nik", "kode_desa", "tanggal_lahir", "tanggal_meninggal", "jenis_kelamin", "pekerjaan")
NUMBER = pl.col("nik").cast(pl.Int64, strict=False)  # a NIK never begins with 0, and numbers meet faster


@dataclass(frozen=True)
class Residents:
    """Working residents; birth and death as yyyymmdd.

    `cells`: for no cut and each cut the place of each in a grid of region x class x flags, flags apart (of `umur` the
    class too, since it goes by the date); `regions` and `names` tell the grid's first two sides.
    """

    born: Ints
    died: Ints
    poor: NDArray[np.bool_]  # in a decile that is called vulnerable, and no official
    cells: dict[str, Cells]
    regions: dict[str, list[str]]
    names: dict[str, list[str]]
    of_person: Ints  # which resident each person of the panel is; -1 is none


def residents(
    penduduk: Frame, kesejahteraan: Frame | None, panel: Panel, provinsi: str, choice: Parameters
) -> Residents:
    """The working people of PENDUDUK in the province, with their decile where KESEJAHTERAAN has their NIK."""
    rows = _workers(penduduk, kesejahteraan, provinsi)
    decile = rows["desil"].fill_null(0).cast(pl.Int64).to_numpy()
    tags, tag = _coded(rows["tanda"])
    sex = rows["jenis_kelamin"].replace_strict(["L", "P"], [0, 1], default=2, return_dtype=pl.Int64).to_numpy()
    names = {
        "": [""], "jenis_kelamin": ["L", "P", UNKNOWN], "desil": [UNKNOWN, *(str(n) for n in range(1, 11))],
        "pekerjaan": tags, "umur": band_names(choice.umur),
    }  # fmt: skip
    nobody = np.zeros_like(sex)
    classes = {"": nobody, "jenis_kelamin": sex, "desil": decile, "pekerjaan": tag, "umur": nobody}
    villages, village = _coded(rows["kode_desa"])
    above, part = np.unique([code[:6] for code in villages], return_inverse=True)
    district = part[village]
    numbered = rows.select("nik").with_row_index("penduduk")
    found = panel.people.select(NUMBER).join(numbered, on="nik", how="left", maintain_order="left")["penduduk"]
    return Residents(
        day_numbers(rows["tanggal_lahir"]),
        day_numbers(rows["tanggal_meninggal"], NEVER),
        (decile > 0) & (decile <= choice.desil_rentan) & ~rows["aparatur"].to_numpy(),
        {cut: ((district if cut else village) * len(names[cut]) + classes[cut]) * FLAGS for cut in names},
        {cut: above.tolist() if cut else villages for cut in names},
        names,
        found.cast(pl.Int32).fill_null(-1).to_numpy(),
    )


def _workers(penduduk: Frame, kesejahteraan: Frame | None, provinsi: str, *more: str) -> pl.DataFrame:
    """The working people by NIK, with what is counted of them and `more` of PENDUDUK."""
    working = _working(polars(penduduk.select(*_COUNTED, *more)), provinsi).with_columns(NUMBER)
    return working.join(_deciles(kesejahteraan), on="nik", how="left")


def workers(penduduk: Frame, kesejahteraan: Frame | None, panel: Panel, provinsi: str) -> pl.DataFrame:
    """The same people by name: `nik`, `nama`, `kode_desa`, dates, sex, `tanda`, `aparatur`, `desil`, and `orang`, whom
    they are in the panel."""
    columns = ["nik", "nama", "kode_desa", "tanggal_lahir", "tanggal_meninggal", "jenis_kelamin", "tanda", "aparatur"]
    rows = _workers(penduduk, kesejahteraan, provinsi, "nama").select(*columns, "desil")
    known = panel.people.select(NUMBER, "orang").drop_nulls("nik")
    return rows.join(known, on="nik", how="left", maintain_order="left").with_columns(pl.col("nik").cast(pl.String))


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
    return rows.with_columns(aparatur=pl.col("keadaan") == "APARATUR", tanda=pl.col("tanda").fill_null("LAIN"))


def _deciles(kesejahteraan: Frame | None) -> pl.DataFrame:
    """One decile a NIK: the poorest where rows disagree."""
    if kesejahteraan is None:
        return pl.DataFrame(schema={"nik": pl.Int64, "desil": pl.Int64})
    known = (
        polars(kesejahteraan.select("nik", "desil"))
        .with_columns(NUMBER)
        .drop_nulls()
        .filter(pl.col("desil").is_between(1, 10))
    )
    return known.group_by("nik").agg(pl.col("desil").min())


def _coded(values: pl.Series) -> tuple[list[str], Cells]:
    names = values.unique().sort()
    codes = values.replace_strict(names, pl.Series(range(len(names)), dtype=pl.Int64), return_dtype=pl.Int64)
    return names.to_list(), codes.cast(pl.Int64).to_numpy()


def count(known: Residents, panel: Panel, choice: Parameters) -> pl.DataFrame:
    """Working residents at every date: `per`, `wilayah`, `potongan`, `kelas`, and how many they are (`pekerja`), are
    active (`aktif`), have the full death benefit (`penuh`, null where the law is not known), are vulnerable (`rentan`)
    and active (`rentan_aktif`). Uncut for all levels of region, cut down to the kecamatan; empty classes are left out.
    """
    rows = pl.concat(part for per, grids in _grids(known, panel, choice) for part in _at(known, panel, per, grids))
    uncut = pl.col("potongan") == ""
    return pl.concat([rolled(rows.filter(uncut), (2, 4, 6, 10)), rolled(rows.filter(~uncut), (2, 4, 6))])


def _grids(known: Residents, panel: Panel, choice: Parameters) -> Iterator[tuple[date, dict[str, Cells]]]:
    """At each date the people in each place of each grid: those of the date before, less and plus who changed."""
    sizes = {cut: len(known.regions[cut]) * len(names) * FLAGS for cut, names in known.names.items()}
    grids = {cut: np.zeros(size, np.int64) for cut, size in sizes.items()}
    before = None
    for per in panel.dates:
        state = states(known, panel, per, choice)
        if before is None:
            changes = [(1, np.arange(len(state)), state)]
        else:
            which = np.flatnonzero(state != before)
            changes = [(1, which, state[which]), (-1, which, before[which])]
        for sign, which, moved in changes:
            flags = moved % FLAGS
            for cut, size in sizes.items():
                apart = moved if cut == "umur" else flags
                grids[cut] += sign * np.bincount(known.cells[cut][which] + apart, minlength=size)
        yield per, grids
        before = state


def _at(known: Residents, panel: Panel, per: date, grids: dict[str, Cells]) -> Iterator[pl.DataFrame]:
    """One date: uncut by desa, and each cut by kecamatan."""
    law = panel.rows[per]["penuh"].null_count() == 0
    for cut, names in known.names.items():
        cells = grids[cut].reshape(len(known.regions[cut]), len(names), FLAGS)
        yield _told(known.regions[cut], names, cells, law=law).with_columns(per=pl.lit(per), potongan=pl.lit(cut))


def _told(regions: list[str], names: list[str], cells: Cells, *, law: bool) -> pl.DataFrame:
    """People by region, class and flags as rows."""

    def people(*flags: int) -> Cells:
        every = [bits for bits in range(LEFT_OUT) if all(bits & flag for flag in flags)]
        return np.asarray(cells[:, :, every].sum(axis=2)).ravel()

    size = len(regions) * len(names)
    rows = pl.DataFrame(
        {
            "wilayah": [region for region in regions for _ in names],
            "kelas": names * len(regions),
            "pekerja": people(),
            "aktif": people(ACTIVE),
            "penuh": pl.Series(people(FULL)) if law else pl.repeat(None, size, dtype=pl.Int64, eager=True),
            "rentan": people(VULNERABLE),
            "rentan_aktif": people(VULNERABLE, ACTIVE),
        },
        schema_overrides={"wilayah": pl.String, "kelas": pl.String},
    )
    return rows.filter(pl.col("pekerja") > 0)


def states(known: Residents, panel: Panel, per: date, choice: Parameters) -> NDArray[np.int16]:
    """What holds of each resident at a date: flags, and FLAGS times the class of age."""
    rows = panel.rows[per]
    which = known.of_person[rows["orang"].to_numpy()]
    found = which >= 0
    formal = np.isin(np.arange(len(panel.words["segmen"])), [panel.code("segmen", segment) for segment in FORMAL])
    of_age = (band_of_age(per, choice.umur) * FLAGS).astype(np.int16)
    of_age[: choice.usia_kerja] |= LEFT_OUT
    state = of_age[np.maximum(ages(known.born, per), 0)]
    state[known.died <= day_number(per)] |= LEFT_OUT
    state |= known.poor.view(np.int8) * np.int8(VULNERABLE)
    state[which[found & formal[rows["segmen"].to_numpy()]]] &= ~VULNERABLE
    state[which[found]] |= ACTIVE
    state[which[found & rows["penuh"].fill_null(value=False).to_numpy()]] |= FULL
    return state
