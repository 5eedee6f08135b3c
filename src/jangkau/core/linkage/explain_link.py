"""Why a row of TAUTAN says what it says: a waterfall, or two where the population stands between list and register."""

from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw

from jangkau.core.engine import from_columns, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.clerks import BY_CLERK
from jangkau.core.linkage.explain import Bar, Waterfall, explain, settled, taught, title
from jangkau.core.linkage.linker import KEYS, Engine, by_key, here
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.search import Search
from jangkau.core.linkage.shown import Values, values
from jangkau.core.tables.mask import mask
from jangkau.core.tables.schema import Frame

Found = dict[tuple[int, int], Waterfall]


@dataclass(frozen=True)
class Comparison:
    """One comparison of two rows: which tables they are of, the values, the evidence."""

    kiri: str
    kanan: str
    nilai: Values
    bukti: Waterfall

    def rows(self) -> list[tuple[Bar, tuple[str, str]]]:
        """Every bar with the values behind it; what a settled number leaves uncounted stands below it."""
        known = {bar.kode: bar for bar in self.bukti.bars}
        seen = [(bar, self.nilai.get(bar.kode.removesuffix("_sama"), ("", ""))) for bar in self.bukti.bars]
        if self.bukti.cara == "model" or not self.bukti.bars:
            return seen
        rest = [(name, pair) for name, pair in self.nilai.items() if any(pair) and f"{name}_sama" not in known]
        return seen + [(Bar(name, title(name), "dilihat, tidak dihitung", 0.0), pair) for name, pair in rest]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        nilai = {name: {"kiri": one, "kanan": other} for name, (one, other) in self.nilai.items()}
        return {"kiri": self.kiri, "kanan": self.kanan, "nilai": nilai, **self.bukti.as_dict()}


@dataclass(frozen=True)
class Why:
    """A row of TAUTAN explained. With two steps the probability is that of both, over every resident in between."""

    id_usulan: str
    register: str
    id_register: str
    peluang: float
    keputusan: str
    langkah: tuple[Comparison, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return vars(self) | {"langkah": [step.as_dict() for step in self.langkah]}


def pick(tautan: Frame, id_usulan: str, register: str, id_register: str | None) -> dict[str, Any]:
    """The row of TAUTAN asked for, the most probable one without `id_register`. Raises TAUTAN_TIDAK_ADA."""
    rows = polars(tautan).filter(id_usulan=id_usulan, register=register)
    chosen = rows.filter(id_register=id_register) if id_register else rows.sort("peluang", descending=True)
    if chosen.is_empty():
        raise Problem("TAUTAN_TIDAK_ADA", usulan=id_usulan, register=register, jumlah=len(rows))
    return chosen.row(0, named=True)


def why(
    link: dict[str, Any],
    proposal: Frame,
    registers: dict[str, Frame],
    model: Model,
    *,
    reveal: bool,
    engine: Engine = here,
) -> Why:
    """The explanation of one row of TAUTAN. `proposal`: its row of USULAN_BACA; `registers`: `penduduk` and its own.

    `engine`: where the search runs, which changes nothing.
    Numbers are masked unless `reveal`. Raises TAUTAN_BERUBAH where the rows are not those that were linked.
    """
    register = link["register"]
    sides = {name: by_key(frame, KEYS[name]) for name, frame in registers.items()}
    place = sides[register][KEYS[register]].to_native().index_of(link["id_register"])
    if place is None or len(proposal) != 1:
        raise Problem("TAUTAN_BERUBAH", usulan=link["id_usulan"])
    with engine(proposal, sides, model) as search:
        steps = list(_steps(search, register, place))
    if not steps and link["cara"] == BY_CLERK:
        steps = [_Step("usulan", 0, register, place, Waterfall(BY_CLERK, ()))]
    if not steps:
        raise Problem("TAUTAN_BERUBAH", usulan=link["id_usulan"])
    if len(steps) == 1:
        own = taught(steps[0].bukti, model.curves.get(register, ()), model.thresholds)
        steps = [replace(steps[0], bukti=settled(own, link["peluang"], link["cara"]))]
    rows = {"usulan": proposal, **sides}
    return Why(
        link["id_usulan"],
        register,
        link["id_register"] if reveal or KEYS[register] != "nik" else mask(link["id_register"]),
        link["peluang"],
        link["keputusan"],
        tuple(_comparison(rows, step, reveal=reveal) for step in steps),
    )


@dataclass(frozen=True)
class _Step:
    """A waterfall with the table and row of both its sides."""

    kiri: str
    baris_kiri: int
    kanan: str
    baris_kanan: int
    bukti: Waterfall


def _steps(search: Search, register: str, place: int) -> list[_Step]:
    """The waterfalls that lead from the one proposal to row `place` of a register; none where there is no way."""
    people = explain(search, "usulan", "penduduk", "penduduk")
    if register == "penduduk":
        return [_Step("usulan", 0, "penduduk", place, people[0, place])] if (0, place) in people else []
    search.keep(register, "baris", from_columns({"rid": [place]}).with_columns(nw.col("rid").cast(nw.Int32())))
    owners = explain(search, "baris", "penduduk", "penduduk")
    shared = [q for _, q in people if (place, q) in owners]
    if shared:
        best = max(shared, key=lambda q: (people[0, q].peluang * owners[place, q].peluang, -q))
        first = _Step("usulan", 0, "penduduk", best, people[0, best])
        return [first, _Step(register, place, "penduduk", best, owners[place, best])]
    direct = explain(search, "usulan", register, register)
    return [_Step("usulan", 0, register, place, direct[0, place])] if (0, place) in direct else []


def _comparison(rows: dict[str, Frame], step: _Step, *, reveal: bool) -> Comparison:
    one = rows[step.kiri][[step.baris_kiri]].rows(named=True)[0]
    other = rows[step.kanan][[step.baris_kanan]].rows(named=True)[0]
    return Comparison(step.kiri, step.kanan, values(one, other, reveal=reveal), step.bukti)
