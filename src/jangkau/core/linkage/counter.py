"""One person looked up in the population while somebody waits: at the counter, in the API, on the command line.

The same guard, blocks, weights, probabilities and learned curve as for a list: a person is a list of one row. What a
run takes from the rest of a list and from decisions on its rows is not there to be known: see ALONE.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.linkage.calibrate import calibrate
from jangkau.core.linkage.decide import decide
from jangkau.core.linkage.model import Model, load
from jangkau.core.linkage.prepare import Prepared, prepare_list
from jangkau.core.linkage.search import Search, part_of
from jangkau.core.linkage.shelf import population_part
from jangkau.core.tables.schema import Frame

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
    """Answers questions about one person at a time from a prepared population."""

    def __init__(self, population: Prepared, model: Model | None = None) -> None:
        self._census = population.census
        self._ids = population.side.rows["id"]
        self._search = Search({"penduduk": population_part(population)}, population.census.model(model or load()))

    def find(self, person: Person) -> list[Candidate]:
        """The residents that the person may be, the most probable first; at most one is `cocok`."""
        search = self._search
        search.parts["orang"] = part_of(prepare_list(_row(person), self._census, asked=True))
        exact = search.by_nik("orang", "penduduk")
        told = pl.DataFrame()
        if exact.is_empty():
            told = search.levels("orang", "penduduk", "penduduk")
            exact = self._taught(search.judge(told, "penduduk", "penduduk"))
        decided = polars(decide(exact, search.model.thresholds, single=True))
        levels = {row["r"]: row for row in told.to_dicts()}
        return [self._candidate(row, levels.get(row["r"], {})) for row in decided.to_dicts()]

    def _taught(self, pairs: Frame) -> Frame:
        """`pairs` with what review decisions taught the model about such probabilities."""
        model = self._search.model
        return calibrate(pairs, model.curves.get("penduduk", ()), model.thresholds, single=True)

    def _candidate(self, row: dict[str, Any], levels: dict[str, Any]) -> Candidate:
        told = {}
        for comparison in self._search.model.comparisons:
            number = levels.get(f"t_{comparison.name}", -1)
            if number >= 0:
                told[comparison.name] = comparison.levels[number].label
        return Candidate(self._ids[row["r"]], round(row["peluang"], 6), row["keputusan"], row["cara"], told)


def _row(person: Person) -> Frame:
    known = asdict(person)
    whole = known["nik"] is not None and len(known["nik"]) == WHOLE_NIK
    known |= {"nik": known["nik"] if whole else None, "nik_dugaan": known["nik"]}
    return frame(pl.DataFrame([known], schema=_FIELDS))
