"""One person looked up in the population while somebody waits: at the counter, in the API, on the command line.

The same guard, blocks, weights, probabilities and learned curve as for a list: a person is a list of one row. What a
run takes from the rest of a list and from decisions on its rows is not there to be known: see ALONE.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.engine import frame
from jangkau.core.linkage.alone import Alone, chances, decided
from jangkau.core.linkage.blocks import NIK, candidates
from jangkau.core.linkage.keys import Rule
from jangkau.core.linkage.model import Model, load
from jangkau.core.linkage.plain_sql import Row
from jangkau.core.linkage.prepare import Prepared, prepare_one
from jangkau.core.linkage.search import BY_NIK, limits
from jangkau.core.linkage.side import Side
from jangkau.core.tables.schema import Frame

REGISTER = "penduduk"
_FIELDS = {
    "nik": pl.String, "nik_dugaan": pl.String, "no_kk": pl.String, "nama": pl.String, "tanggal_lahir": pl.Date,
    "jenis_kelamin": pl.String, "kode_wilayah": pl.String, "no_hp": pl.String,
}  # fmt: skip
WHOLE_NIK = 16
ALONE = (
    "Peluang ini dari keterangan satu orang saja. Dalam satu daftar, jangkau run juga memakai usulan lain, seberapa "
    "banyak isinya yang terdaftar, dan keputusan petugas atas barisnya, sehingga peluangnya di sana dapat lain."
)


@dataclass(frozen=True)
class Person:
    """What is known of somebody; `nik`: the digits as far as they were read, `kode_wilayah`: as far as it is known."""

    nama: str | None = None
    nik: str | None = None
    tanggal_lahir: date | None = None
    jenis_kelamin: str | None = None
    kode_wilayah: str | None = None
    no_kk: str | None = None
    no_hp: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A resident that the person may be. `tingkat`: level of each comparison, empty where the NIK settled it."""

    nik: str
    peluang: float
    keputusan: str
    cara: str
    tingkat: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


class Counter:
    """Answers questions about one person at a time from a prepared population.

    Opened once, it answers any number of questions; nothing in it changes, so that threads may share one. A population
    that was replaced on disk is seen by a new Counter only.
    """

    def __init__(self, population: Prepared, model: Model | None = None) -> None:
        self._population = population
        self._ids = population.side.rows["id"]
        self._model = population.census.model(model or load())
        self._alone = Alone(self._model)

    def find(self, person: Person) -> list[Candidate]:
        """The residents that the person may be, the most probable first; at most one is `cocok`."""
        asked = prepare_one(row_of(person), self._population.census)
        exact = [pair["r"] for pair in self._pairs(asked, only=NIK) if self._alone.believed(pair)]
        if exact:
            return self._told(dict.fromkeys(exact, BY_NIK), "nik", {})
        size = len(self._population.side)
        weighed = self._alone.weigh(self._pairs(asked), limits(self._model, REGISTER, size))
        likely = chances(weighed, self._model, REGISTER, size).tolist()
        found = {candidate.r: chance for candidate, chance in zip(weighed, likely, strict=True)}
        return self._told(found, "model", {candidate.r: candidate.tingkat for candidate in weighed})

    def _pairs(self, asked: Side, only: Rule | None = None) -> list[Row]:
        """The pairs that blocks bring, with the columns of both sides."""
        found = candidates(asked, np.zeros(1, dtype=np.int32), self._population.index, only)
        if not len(found):
            return []
        known = asked.rows.select(pl.col(name).alias(f"{name}_l") for name in self._alone.left).row(0, named=True)
        rows = self._population.side.take(found.right, self._alone.right, "_r").rows(named=True)
        return [{**known, **row, "r": r} for row, r in zip(rows, found.right.tolist(), strict=True)]

    def _told(self, found: dict[int, float], cara: str, levels: dict[int, dict[str, int]]) -> list[Candidate]:
        made = []
        for record, chance, decision in decided(found, self._model.thresholds):
            told = {
                comparison.name: comparison.levels[number].label
                for comparison in self._model.comparisons
                if (number := levels.get(record, {}).get(comparison.name, -1)) >= 0
            }
            made.append(Candidate(self._ids[record], round(chance, 6), decision, cara, told))
        return made


def row_of(person: Person) -> Frame:
    """A list of this one person."""
    known = asdict(person)
    whole = known["nik"] is not None and len(known["nik"]) == WHOLE_NIK
    known |= {"nik": known["nik"] if whole else None, "nik_dugaan": known["nik"]}
    return frame(pl.DataFrame([known], schema=_FIELDS))
