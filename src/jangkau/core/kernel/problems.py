"""The one catalogue of everything that can be wrong: code, words, level, HTTP status, exit code.

Each room keeps its own entries in `catalogue/<room>.yaml`. A problem found in data becomes a row of the
`masalah` table; a problem that stops the work is raised as `Problem`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from jangkau.core.kernel.yaml_text import load_yaml

Level = Literal["GALAT", "PERINGATAN"]


@dataclass(frozen=True)
class Kind:
    """One entry of the catalogue; `pesan` and `saran` are templates with `{name}` places."""

    kode: str
    tingkat: Level
    pesan: str
    saran: str
    http: int = 422
    keluar: int = 1


class Problem(Exception):
    """Work that cannot go on, said in plain Indonesian: what failed and what to do."""

    def __init__(self, kode: str, **details: object) -> None:
        self.kind = kind(kode)
        self.pesan = self.kind.pesan.format(**details)
        self.saran = self.kind.saran.format(**details)
        super().__init__(f"{kode}: {self.pesan} {self.saran}".strip())


@cache
def catalogue() -> dict[str, Kind]:
    """Every kind by code. Raises ValueError where two rooms claim one code."""
    kinds: dict[str, Kind] = {}
    folder = files("jangkau.core.kernel") / "catalogue"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        for kode, entry in (load_yaml(file.read_text("utf-8")) or {}).items():
            if kode in kinds:
                raise ValueError(f"{kode} is declared twice, again in {file.name}")
            kinds[kode] = Kind(kode=kode, **entry)
    return kinds


def kind(kode: str) -> Kind:
    """The entry of a code. Raises KeyError for a code that no room declared."""
    return catalogue()[kode]
