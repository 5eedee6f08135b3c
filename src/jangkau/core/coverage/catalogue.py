"""The indicators as declared in `indikator.yaml`: what is counted, over what, for whom, from where, which way is up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jangkau.core.identity.regions import LEVELS
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.tables.figures import Tie

PUBLISHED = "terbit:"  # a denominator out of ANGKATAN_KERJA, followed by its segment
DIRECTIONS = ("naik", "turun", "netral")


@dataclass(frozen=True)
class Parameters:
    """The choices that definitions leave to the programme."""

    desil_rentan: int
    usia_kerja: int
    umur: tuple[int, ...]
    bayar_menyusul: int
    klaim_bulan: int

    @staticmethod
    def read(told: Mapping[str, Any]) -> "Parameters":
        """From YAML, whose lists become tuples."""
        values: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in told.items()}
        return Parameters(**values)


@dataclass(frozen=True)
class Indicator:
    """One indicator. `penyebut` is empty for a plain count; `potongan` are its cuts, down to `tingkat_potongan`."""

    kode: str
    nama: str
    definisi: str
    pembilang: str
    satuan: str
    segmen: str
    sumber: tuple[str, ...]
    frekuensi: str
    arah: str
    versi: str
    tingkat: str
    penyebut: str = ""
    potongan: tuple[str, ...] = ()
    tingkat_potongan: str = ""

    @property
    def lengths(self) -> tuple[int, ...]:
        """Lengths of the region codes that it is counted for, the province first."""
        return _down_to(self.tingkat)

    @property
    def cut_lengths(self) -> tuple[int, ...]:
        """Lengths of the region codes for which it is cut."""
        return _down_to(self.tingkat_potongan or self.tingkat)


def _down_to(level: str) -> tuple[int, ...]:
    names = list(LEVELS.values())
    return tuple(list(LEVELS)[: names.index(level) + 1])


@cache
def _told() -> dict[str, Any]:
    text = (files("jangkau.core.coverage") / "indikator.yaml").read_text("utf-8")
    return dict(load_yaml(text))


@cache
def parameters() -> Parameters:
    """The choices of this release."""
    return Parameters.read(_told()["parameter"])


@cache
def indicators(chosen: Parameters | None = None) -> dict[str, Indicator]:
    """Every indicator by code, in the order of the list; `{desil_rentan}` and the like in its words are filled in."""
    values = vars(chosen or parameters())
    return {entry["kode"]: _indicator(entry, values) for entry in _told()["indikator"]}


@cache
def ties(chosen: Parameters | None = None) -> tuple[Tie, ...]:
    """Which counts of the indicators tell of one another."""
    values = vars(chosen or parameters())
    return tuple(_tie(entry, values) for entry in _told()["kaitan"])


def _tie(entry: dict[str, Any], values: Mapping[str, Any]) -> Tie:
    kind = next(name for name in ("bagian", "termasuk", "sama", "irisan") if name in entry)
    names = tuple(name.format(**values) for name in entry[kind])
    facts = (entry.get("potongan", ""), tuple(entry.get("kelas", ())), entry.get("bulan", 0))
    return Tie(entry["seluruh"].format(**values), kind, names, *facts)


def _indicator(entry: dict[str, Any], values: Mapping[str, Any]) -> Indicator:
    def said(value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value.format(**values)

    return Indicator(**{name: said(value) for name, value in entry.items()})
