"""What the estimate assumes: dated values with range, source and confidence, strictly read, and draws from them."""

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from jangkau.core.kernel.faults import not_yaml, placed
from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.mortality import mortality

Floats = NDArray[np.float64]
DEATHS = "pengali_kematian"
SHIFT = "pengali_pengeluaran"


class _Dated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    dari: str
    nilai: float = Field(ge=0)
    rendah: float = Field(ge=0)
    tinggi: float = Field(ge=0)
    rujukan: str = Field(min_length=3)
    keyakinan: Literal["tinggi", "sedang", "rendah"]

    @model_validator(mode="after")
    def _ordered(self) -> "_Dated":
        month_index(self.dari)
        if not self.rendah <= self.nilai <= self.tinggi:
            raise ValueError("harus rendah <= nilai <= tinggi")
        return self


class _Parameter(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    arti: str = Field(min_length=3)
    satuan: Literal["rupiah", "bagian", "orang", "tahun", "bulan", "kali"]
    nilai: tuple[_Dated, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> "_Parameter":
        starts = [month_index(value.dari) for value in self.nilai]
        if starts != sorted(set(starts)):
            raise ValueError("nilai harus urut menurut dari, tanpa kembar")
        if self.satuan == "bagian" and any(value.tinggi > 1 for value in self.nilai):
            raise ValueError("bagian ditulis antara 0 dan 1")
        return self


@dataclass(frozen=True)
class Parameter:
    """One assumption as it holds for a plan."""

    nama: str
    arti: str
    satuan: str
    nilai: float
    rendah: float
    tinggi: float
    dari: str
    rujukan: str
    keyakinan: str


@dataclass(frozen=True)
class Values:
    """A value of each assumption, or one a draw (a column): what the equations are fed with."""

    garis_miskin_ekstrem: Floats
    rasio_gini: Floats
    sebaran_pengeluaran: Floats
    anggota_keluarga: Floats
    bagian_pendapatan: Floats
    ketahanan: Floats
    lama_dampak: Floats
    biaya_kematian: Floats
    santunan_diterima: Floats
    kecelakaan_setahun: Floats
    kecelakaan_lama: Floats
    kecelakaan_biaya: Floats
    kecelakaan_diterima: Floats
    pengali_kematian: Floats
    pengali_pengeluaran: Floats


NAMES = tuple(field.name for field in fields(Values))
_POSITIVE = (
    "pengali_pengeluaran",
    "garis_miskin_ekstrem",
    "rasio_gini",
    "sebaran_pengeluaran",
    "lama_dampak",
    "kecelakaan_lama",
)


def parameters(start: int, own: Path | None = None) -> dict[str, Parameter]:
    """The assumptions for a plan that starts in a month (index), by name; an own file replaces what it names.

    A month before the first value takes the first: assumptions are about the world, not in force from a day.
    Raises PENGATURAN_SALAH.
    """
    if own is None:
        return from_text(start, b"", "")
    if not own.is_file():
        raise _wrong(own.name, "berkas itu tidak ada")
    return from_text(start, own.read_bytes(), own.name)


def from_text(start: int, own: bytes, name: str) -> dict[str, Parameter]:
    """`parameters` with the content of an own file of that name."""
    given = _shipped() | _read(own, name)
    found = {name: _at(name, parameter, start) for name, parameter in given.items()}
    return found | {DEATHS: _deaths()}


def central(known: dict[str, Parameter], **moved: float) -> Values:
    """Every assumption at its middle, but for those told otherwise."""
    return Values(**{name: np.array(moved.get(name, known[name].nilai)) for name in NAMES})


def draw(known: dict[str, Parameter], count: int, seed: int) -> Values:
    """Draws, one row each: triangles over the ranges, independent of one another; the same for the same seed."""
    rng = np.random.default_rng(seed)
    columns = {name: _triangle(rng, known[name], count)[:, None] for name in NAMES}
    return Values(**columns)


def _triangle(rng: np.random.Generator, known: Parameter, count: int) -> Floats:
    if known.rendah == known.tinggi:
        return np.full(count, known.nilai)
    return rng.triangular(known.rendah, known.nilai, known.tinggi, count)


@cache
def _shipped() -> dict[str, _Parameter]:
    content = (files("jangkau.core.impact") / "asumsi.yaml").read_bytes()
    return _read(content, "asumsi.yaml")


def _read(content: bytes, file: str) -> dict[str, _Parameter]:
    try:
        given = yaml.safe_load(content.decode("utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(file, not_yaml(error)) from None
    if not isinstance(given, dict):
        raise _wrong(file, "isinya harus nama asumsi lalu arti, satuan, nilai")
    return {str(name): _one(str(name), entry, file) for name, entry in given.items()}


def _one(name: str, entry: Any, file: str) -> _Parameter:
    if name not in NAMES or name == DEATHS:
        raise _wrong(file, f"asumsi {name} tidak dikenal; yang ada: {', '.join(n for n in NAMES if n != DEATHS)}")
    try:
        found = _Parameter.model_validate(entry)
    except ValidationError as error:
        raise _wrong(file, placed(error.errors()[0], name)) from None
    except Problem as problem:
        raise _wrong(file, f"{name}: {problem.pesan}") from None
    if name in _POSITIVE and any(value.rendah <= 0 for value in found.nilai):
        raise _wrong(file, f"{name}: harus lebih dari nol")
    if name == "rasio_gini" and any(value.tinggi >= 1 for value in found.nilai):
        raise _wrong(file, f"{name}: harus kurang dari satu")
    return found


def _at(name: str, parameter: _Parameter, start: int) -> Parameter:
    past = [value for value in parameter.nilai if month_index(value.dari) <= start]
    value = past[-1] if past else parameter.nilai[0]
    return Parameter(nama=name, arti=parameter.arti, satuan=parameter.satuan, **value.model_dump())


def _deaths() -> Parameter:
    known = mortality()
    words = "Kematian dibanding tabel penduduk menurut usia dan jenis kelamin"
    return Parameter(DEATHS, words, "kali", known.middle, known.low, known.high, "2022-01", known.source, "rendah")


def _wrong(file: str, cause: str) -> Problem:
    return Problem("PENGATURAN_SALAH", berkas=file, sebab=cause)


@cache
def places() -> pl.DataFrame:
    """Published poverty by region: `kode` (empty: the country), `garis_kemiskinan`, `persen_miskin`, source."""
    content = (files("jangkau.core.impact") / "wilayah.csv").read_bytes()
    return pl.read_csv(content, schema_overrides={"kode": pl.String}).with_columns(pl.col("kode").fill_null(""))


def place_of(code: str) -> tuple[float, float]:
    """Poverty line and percentage of poor, of one time, of the nearest region that has them: kabupaten, province,
    country.
    """
    known = {row["kode"]: (row["garis_kemiskinan"], row["persen_miskin"]) for row in places().iter_rows(named=True)}
    return next(known[code[:length]] for length in (4, 2, 0) if code[:length] in known)
