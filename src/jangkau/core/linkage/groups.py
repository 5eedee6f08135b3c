"""Groups of people whose errors are compared: nobody should be linked worse for a name, an age or a place."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.identity.names import normalise
from jangkau.core.identity.regions import region_exists, region_name
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.schema import Frame

# The name of each way to divide people, in the order shown.
WAYS = {
    "kelamin": "jenis kelamin",
    "usia": "usia",
    "kabupaten": "kabupaten/kota",
    "kata": "kata dalam nama",
    "asal": "asal nama",
}
AGES = ((0, "di bawah 18"), (18, "18-29"), (30, "30-44"), (45, "45-59"), (60, "60 ke atas"))
_SIDES = ("nama", "tanggal_lahir", "jenis_kelamin", "kode_desa")


def groups(usulan: Frame, persons: pl.DataFrame, penduduk: Frame | None, as_of: date | None) -> pl.DataFrame:
    """`id_usulan` and a text per way of WAYS (null: unknown) for every row of `persons` (id_usulan, nik).

    What the register says of the true person counts, the list where it is silent or not given (`penduduk` None).
    Ages are on `as_of`; without it they are unknown. The name's origin is told from both names.
    """
    rows = polars(usulan).select("id_usulan", *_SIDES).join(persons.select("id_usulan", benar="nik"), "id_usulan")
    rows = _with_resident(rows, penduduk)
    told = {name: pl.coalesce(f"{name}_r", name) for name in _SIDES}
    return rows.select(
        "id_usulan",
        kelamin=told["jenis_kelamin"].replace_strict({"L": "laki-laki", "P": "perempuan"}, default=None),
        usia=_age_band(told["tanggal_lahir"], as_of),
        kabupaten=told["kode_desa"].str.head(4).map_elements(_kabupaten, return_dtype=pl.String),
        kata=told["nama"].map_elements(_words, return_dtype=pl.String),
        asal=pl.concat_str("nama", "nama_r", separator=" ", ignore_nulls=True).map_elements(
            origin, return_dtype=pl.String
        ),
    )


def _with_resident(rows: pl.DataFrame, penduduk: Frame | None) -> pl.DataFrame:
    if penduduk is None:
        return rows.with_columns(pl.lit(None, rows.schema[name]).alias(f"{name}_r") for name in _SIDES)
    true = polars(penduduk).select(pl.col("nik").alias("benar"), *(pl.col(name).alias(f"{name}_r") for name in _SIDES))
    return rows.join(true, "benar", how="left", maintain_order="left")


def _age_band(birth: pl.Expr, as_of: date | None) -> pl.Expr:
    if as_of is None:
        return pl.lit(None, pl.String)
    day = birth.dt.month().cast(pl.Int32) * 100 + birth.dt.day().cast(pl.Int32)
    age = as_of.year - birth.dt.year() - (day > as_of.month * 100 + as_of.day).cast(pl.Int32)
    return pl.coalesce(pl.when(age >= start).then(pl.lit(name)) for start, name in reversed(AGES))


@cache
def _kabupaten(code: str) -> str:
    return f"{code} {region_name(code)}" if len(code) == 4 and region_exists(code) else code


def _words(name: str) -> str:
    count = len(normalise(name).split())
    return "satu kata" if count <= 1 else "dua kata" if count == 2 else "tiga kata atau lebih"


@cache
def origins() -> list[dict[str, Any]]:
    """The groups of names, from `asal_nama.yaml`."""
    text = (files("jangkau.core.linkage") / "asal_nama.yaml").read_text("utf-8")
    return [entry | {"kata": frozenset(entry["kata"])} for entry in load_yaml(text)]


def origin(names: str) -> str:
    """The group of a name: the first whose words stand in it, else `lainnya`."""
    words = frozenset(names.upper().replace(".", " ").split())
    return next((entry["nama"] for entry in origins() if words & entry["kata"]), "lainnya")
