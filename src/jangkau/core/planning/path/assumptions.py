"""Named assumptions with unit, range, source and confidence: shipped ones, the workspace's figures, jalur.yaml."""

from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jangkau.core.kernel.faults import not_yaml, placed
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.yaml_text import load_yaml

FILE = "jalur.yaml"
_NOTHING = "tertulis di jalur.yaml tanpa sumber"


@dataclass(frozen=True)
class Assumption:
    """One number that the path rests on; `nilai` None means that nobody has told it."""

    nama: str
    arti: str
    satuan: str
    baik: Literal["rendah", "tinggi"]
    nilai: float | None = None
    rendah: float | None = None
    tinggi: float | None = None
    sumber: str = ""
    keyakinan: Literal["tinggi", "sedang", "rendah"] = "rendah"

    def at(self, end: str) -> "Assumption":
        """The same with its value moved to the good (`baik`) or bad (`buruk`) end of its range."""
        low = (self.baik == "rendah") == (end == "baik")
        return replace(self, nilai=self.rendah if low else self.tinggi)

    def told(self, value: float, source: str, confidence: Literal["tinggi", "sedang", "rendah"]) -> "Assumption":
        """The same with a known figure, which has no range of its own."""
        return replace(self, nilai=value, rendah=value, tinggi=value, sumber=source, keyakinan=confidence)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    nilai: float = Field(ge=0)
    rendah: float | None = Field(None, ge=0)
    tinggi: float | None = Field(None, ge=0)
    sumber: str = _NOTHING
    keyakinan: Literal["tinggi", "sedang", "rendah"] = "rendah"


@cache
def shipped() -> dict[str, Assumption]:
    """The assumptions of this release, by name."""
    text = (files("jangkau.core.planning.path") / "asumsi.yaml").read_text("utf-8")
    return {name: Assumption(nama=name, **entry) for name, entry in load_yaml(text).items()}


def published(province: str) -> list[dict[str, Any]]:
    """Targets and figures that others published, for the country and a province: each its own indicator."""
    text = (files("jangkau.core.planning.path") / "acuan.yaml").read_text("utf-8")
    return [row for row in load_yaml(text) if row["wilayah"] in ("", province)]


def read_assumptions(folder: Path, figures: dict[str, tuple[float, str]]) -> dict[str, Assumption]:
    """Every assumption: the release's, overlaid by figures of the workspace (name -> value, source), then by its
    jalur.yaml (`asumsi:` name -> nilai, rendah, tinggi, sumber, keyakinan). Raises PENGATURAN_SALAH naming the entry.

    All unregistered formal workers of the figures are FORMAL_BELUM but for PDS; informal ones INFORMAL_MAMPU but for
    RENTAN, whose number must be known for that.
    """
    known, written = dict(shipped()), _written(folder / FILE)
    for name, (value, source) in figures.items():
        known[name] = known[name].told(value, source, "sedang")
    for name, entry in written.items():
        if name not in known:
            raise _wrong(f"asumsi {name} tidak dikenal; yang ada: {', '.join(known)}")
        known[name] = _overlaid(known[name], entry)
    for whole, part in (("FORMAL_BELUM.orang", "PDS.orang"), ("INFORMAL_MAMPU.orang", "RENTAN.orang")):
        if whole not in written:
            known[whole] = _without(known[whole], known[part])
    return known


def _without(whole: Assumption, part: Assumption) -> Assumption:
    """The whole less a part that is a group of its own. Of informal workers, all are vulnerable or able: a part that
    nobody told leaves the rest unknown.
    """
    if whole.nilai is None or (part.nilai is None and part.nama == "RENTAN.orang"):
        return shipped()[whole.nama]
    if part.nilai is None:
        return whole
    return whole.told(max(0.0, whole.nilai - part.nilai), f"{whole.sumber}, tanpa {part.nama}", whole.keyakinan)


def _written(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = yaml.safe_load(path.read_text("utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(not_yaml(error)) from None
    found = content.get("asumsi", {}) if isinstance(content, dict) else None
    if not isinstance(found, dict):
        raise _wrong("isinya harus 'asumsi:' lalu nama dan nilai")
    return {str(name): entry for name, entry in found.items()}


def _overlaid(known: Assumption, given: Any) -> Assumption:
    try:
        entry = _Entry.model_validate(given if isinstance(given, dict) else {"nilai": given})
    except ValidationError as error:
        raise _wrong(placed(error.errors()[0], known.nama)) from None
    low = entry.nilai if entry.rendah is None else entry.rendah
    high = entry.nilai if entry.tinggi is None else entry.tinggi
    if not low <= entry.nilai <= high:
        raise _wrong(f"{known.nama}: harus rendah <= nilai <= tinggi")
    if known.satuan == "bagian" and high > 1:
        raise _wrong(f"{known.nama}: bagian ditulis antara 0 dan 1")
    return replace(known, nilai=entry.nilai, rendah=low, tinggi=high, sumber=entry.sumber, keyakinan=entry.keyakinan)


def _wrong(cause: str) -> Problem:
    return Problem("PENGATURAN_SALAH", berkas=FILE, sebab=cause)
