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
Chances = dict[int, tuple[float, float]]


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
class Through:
    """A resident in between: the chances that the proposal and the row of the register are this resident, and both."""

    penduduk: str
    usulan: float
    baris: float

    @property
    def bersama(self) -> float:
        """That both are."""
        return self.usulan * self.baris

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return vars(self) | {"bersama": self.bersama}


@dataclass(frozen=True)
class Why:
    """A row of TAUTAN explained.

    `langkah`: one comparison; or two, by way of the strongest of the residents in `lewat`, whose chances add up.
    """

    id_usulan: str
    register: str
    id_register: str
    peluang: float
    keputusan: str
    langkah: tuple[Comparison, ...]
    lewat: tuple[Through, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        steps, between = ([part.as_dict() for part in parts] for parts in (self.langkah, self.lewat))
        return vars(self) | {"langkah": steps, "lewat": between}


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
    answer = (
        why_all([link], proposal, registers, model, reveal=reveal, engine=engine)[0] if len(proposal) == 1 else None
    )
    if answer is None:
        raise Problem("TAUTAN_BERUBAH", usulan=link["id_usulan"])
    return answer


def why_all(
    links: list[dict[str, Any]],
    proposals: Frame,
    registers: dict[str, Frame],
    model: Model,
    *,
    reveal: bool = False,
    engine: Engine = here,
    least: float = 0.0,
) -> list[Why | None]:
    """The explanation of each row of TAUTAN, in their order; None where the rows are not those that were linked.

    `proposals`: the rows of USULAN_BACA that the links name. Ways over residents less likely than `least` are not
    looked at.
    """
    sides = {name: by_key(frame, KEYS[name]) for name, frame in registers.items()}
    rows = {"usulan": proposals, **sides}
    places = {name: _places(data, [link for link in links if link["register"] == name], KEYS[name])
              for name, data in sides.items()}  # fmt: skip
    lines = {name: at for at, name in enumerate(proposals["id_usulan"].to_list())}
    with engine(proposals, sides, model) as search:
        ways = _Ways(search, places, least)
        steps = [_steps(ways, link, lines.get(link["id_usulan"]), places[link["register"]]) for link in links]
        between = [ways.between(*_ends(some)) if len(some) > 1 else {} for some in steps]
    told = zip(links, steps, between, strict=True)
    return [_why(link, some, chances, rows, model, reveal=reveal) for link, some, chances in told]


def _places(data: Frame, links: list[dict[str, Any]], key: str) -> dict[str, int]:
    """Where the register rows of these links stand."""
    asked = {link["id_register"] for link in links}
    keys = data[key].to_native()
    found = keys.is_in(list(asked)).arg_true().to_list()
    return {keys[at]: at for at in found}


def _why(
    link: dict[str, Any],
    steps: "list[_Step]",
    chances: Chances,
    rows: dict[str, Frame],
    model: Model,
    *,
    reveal: bool,
) -> Why | None:
    if not steps:
        return None
    register = link["register"]
    if len(steps) == 1:
        own = taught(steps[0].bukti, model.curves.get(register, ()), model.thresholds)
        steps = [replace(steps[0], bukti=settled(own, link["peluang"], link["cara"]))]
    return Why(
        link["id_usulan"],
        register,
        link["id_register"] if reveal or KEYS[register] != "nik" else mask(link["id_register"]),
        link["peluang"],
        link["keputusan"],
        tuple(_comparison(rows, step, reveal=reveal) for step in steps),
        _through(chances, rows["penduduk"], reveal=reveal),
    )


def _through(chances: Chances, penduduk: Frame, *, reveal: bool) -> tuple[Through, ...]:
    """The residents of `chances`, the likeliest first."""
    told = [Through(penduduk["nik"][q], *both) for q, both in sorted(chances.items())]
    ranked = sorted(told, key=lambda one: -one.bersama)
    return tuple(one if reveal else replace(one, penduduk=mask(one.penduduk)) for one in ranked)


@dataclass(frozen=True)
class _Step:
    """A waterfall with the table and row of both its sides."""

    kiri: str
    baris_kiri: int
    kanan: str
    baris_kanan: int
    bukti: Waterfall


class _Ways:
    """The waterfalls between the proposals, the register rows asked about, and the residents between them."""

    def __init__(self, search: Search, places: dict[str, dict[str, int]], least: float) -> None:
        self._search, self._places, self._least = search, places, least
        self._direct: dict[str, Found] = {}
        self._owners: dict[str, Found] = {}
        self.people = explain(search, "usulan", "penduduk", "penduduk", least)
        self.residents: dict[int, list[int]] = {}
        for line, resident in self.people:
            self.residents.setdefault(line, []).append(resident)

    def owners(self, register: str) -> Found:
        """Rows of a register that are asked about, and residents."""
        if register not in self._owners:
            rids = from_columns({"rid": sorted(self._places[register].values())})
            self._search.keep(register, "baris", rids.with_columns(nw.col("rid").cast(nw.Int32())))
            self._owners[register] = explain(self._search, "baris", "penduduk", "penduduk", self._least)
        return self._owners[register]

    def between(self, line: int, register: str, place: int) -> Chances:
        """The residents that both a proposal and a row of a register may be, with the chance of either."""
        owners = self.owners(register)
        return {
            q: (self.people[line, q].peluang, owners[place, q].peluang)
            for q in self.residents.get(line, [])
            if (place, q) in owners
        }

    def direct(self, register: str) -> Found:
        """Proposals and rows of a register without a resident between them."""
        if register not in self._direct:
            self._direct[register] = explain(self._search, "usulan", register, register, self._least)
        return self._direct[register]


def _steps(ways: _Ways, link: dict[str, Any], line: int | None, places: dict[str, int]) -> list[_Step]:
    """The waterfalls that lead from a proposal to a register row; none where there is no way."""
    register, place = link["register"], places.get(link["id_register"])
    if line is None or place is None:
        return []
    steps = _found(ways, register, line, place)
    if not steps and link["cara"] == BY_CLERK:
        return [_Step("usulan", line, register, place, Waterfall(BY_CLERK, ()))]
    return steps


def _ends(steps: list[_Step]) -> tuple[int, str, int]:
    """The proposal, and the register row, that two steps lead from and to."""
    first, second = steps
    return first.baris_kiri, second.kiri, second.baris_kiri


def _found(ways: _Ways, register: str, line: int, place: int) -> list[_Step]:
    people = ways.people
    if register == "penduduk":
        return [_Step("usulan", line, register, place, people[line, place])] if (line, place) in people else []
    if shared := ways.between(line, register, place):
        best = max(shared, key=lambda q: (shared[q][0] * shared[q][1], -q))
        first = _Step("usulan", line, "penduduk", best, people[line, best])
        return [first, _Step(register, place, "penduduk", best, ways.owners(register)[place, best])]
    direct = ways.direct(register)
    return [_Step("usulan", line, register, place, direct[line, place])] if (line, place) in direct else []


def _comparison(rows: dict[str, Frame], step: _Step, *, reveal: bool) -> Comparison:
    one = rows[step.kiri][[step.baris_kiri]].rows(named=True)[0]
    other = rows[step.kanan][[step.baris_kanan]].rows(named=True)[0]
    return Comparison(step.kiri, step.kanan, values(one, other, reveal=reveal), step.bukti)
