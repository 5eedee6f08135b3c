"""One person looked up in the population while somebody waits: at the counter, in the API, on the command line.

The same guard, blocks, weights, probabilities and learned curve as for a list: a person is a list of one row. What a
run takes from the rest of a list and from decisions on its rows is not there to be known: see ALONE.
"""

from dataclasses import asdict, dataclass
from typing import Any

from jangkau.core.linkage.alone import Alone, chances, decided
from jangkau.core.linkage.blocks import NIK, RULES, met
from jangkau.core.linkage.keys import Keys, Rule
from jangkau.core.linkage.model import Model, load
from jangkau.core.linkage.person import Person, Values, keys, values
from jangkau.core.linkage.plain_sql import Row
from jangkau.core.linkage.prepare import Prepared
from jangkau.core.linkage.search import BY_NIK, limits

ONLY_NIK = (NIK,)
REGISTER = "penduduk"
ALONE = (
    "Peluang ini dari keterangan satu orang saja. Dalam satu daftar, jangkau run juga memakai usulan lain, seberapa "
    "banyak isinya yang terdaftar, dan keputusan petugas atas barisnya, sehingga peluangnya di sana dapat lain."
)


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
        self._common = frozenset(population.census.common)
        self._ids = population.side.rows["id"]
        self._model = population.census.model(model or load())
        self._alone = Alone(self._model)

    def find(self, person: Person) -> list[Candidate]:
        """The residents that the person may be, the most probable first; at most one is `cocok`."""
        known = values(person, self._common)
        asked = keys(known)
        exact = [pair["r"] for pair in self._pairs(known, asked, ONLY_NIK) if self._alone.believed(pair)]
        if exact:
            return self._told(dict.fromkeys(exact, BY_NIK), "nik", {})
        size = len(self._population.side)
        weighed = self._alone.weigh(self._pairs(known, asked, RULES), limits(self._model, REGISTER, size))
        likely = chances(weighed, self._model, REGISTER, size).tolist()
        found = {candidate.r: chance for candidate, chance in zip(weighed, likely, strict=True)}
        return self._told(found, "model", {candidate.r: candidate.tingkat for candidate in weighed})

    def _pairs(self, known: Values, asked: Keys, rules: tuple[Rule, ...]) -> list[Row]:
        """The pairs that blocks bring, with the columns of both sides."""
        found = met(asked, self._population.index, rules).right
        if not len(found):
            return []
        left = {f"{name}_l": known[name] for name in self._alone.left}
        rows = self._population.side.take(found, self._alone.right, "_r").rows(named=True)
        return [{**left, **row, "r": r} for row, r in zip(rows, found.tolist(), strict=True)]

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
