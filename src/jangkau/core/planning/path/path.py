"""From where coverage stands to a target by a year: the cheapest mix, its waterfall, its range, what it rests on."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jangkau.core.law.book import Book
from jangkau.core.planning.instance import Floats
from jangkau.core.planning.path import prices
from jangkau.core.planning.path.assumptions import Assumption, published
from jangkau.core.planning.path.model import Group, Mix, cheapest

GROUPS = {
    "PDS": "Perusahaan daftar sebagian",
    "FORMAL_BELUM": "Formal belum terdaftar",
    "INFORMAL_MAMPU": "Informal mampu",
    "RENTAN": "Pekerja rentan",
}
Known = dict[str, Assumption]
_ASKED = "Isi {nama} di jalur.yaml: {arti} ({satuan}). Tanpa itu kelompok {kelompok} tidak dihitung."


@dataclass(frozen=True)
class Base:
    """Where coverage stands: people protected over workers on a day (`bulan` is its month index), with its sources."""

    pembilang: int
    penyebut: int
    nama_penyebut: str
    bulan: int
    sumber: str
    wilayah: str = ""


def path_to_target(base: Base, known: Known, percent: float, year: int, book: Book) -> dict[str, Any]:
    """The cheapest mix that reaches a percentage of workers by the end of a year, for the government's money.

    Every figure of `rentang` takes all assumptions at the good or the bad end of their ranges; `kepekaan` one at a
    time. Groups whose figures nobody told are left out and asked for in `diminta`. Raises LawUndefinedOn.
    """
    task = _Task(base, percent, year, book)
    asked = [_question(known[name]) for code in GROUPS for name in _missing(code, known)]
    mix, groups = task.solve(known)
    return {
        "target_persen": percent,
        "tahun": year,
        "dasar": {**vars(base), "persen": 100 * base.pembilang / base.penyebut},
        **task.told(known, mix, groups),
        "rentang": {end: task.short_told(_all_at(known, end)) for end in ("baik", "buruk")},
        "kepekaan": task.sensitivity(known),
        "asumsi": [assumption.as_dict() for assumption in known.values()],
        "diminta": asked,
        "acuan": published(base.wilayah),
        "catatan": sorted({note for group in GROUPS for note in task.notes(group, known)}),
    }


@dataclass(frozen=True)
class _Task:
    base: Base
    percent: float
    year: int
    book: Book
    asked: dict[tuple[str, float, int], prices.Bill] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The years in which people can be registered."""
        return range(self.base.bulan // 12 + 1, self.year + 1)

    def workers(self, known: Known) -> Floats:
        """The denominator at the end of each year."""
        return self.base.penyebut * (1 + _value(known, "penyebut.pertumbuhan")) ** self._elapsed

    def remaining(self, known: Known) -> Floats:
        """Members of today who are still active at the end of each year."""
        return self.base.pembilang * _value(known, "peserta_lama.bertahan") ** self._elapsed

    def solve(self, known: Known) -> tuple[Mix, list[Group]]:
        """The cheapest mix under these assumptions."""
        groups = [self._group(code, known) for code in GROUPS if not _missing(code, known)]
        start = self.base.pembilang / self.base.penyebut
        straight = start + (self.percent / 100 - start) * self._elapsed / len(self.years)
        share = np.where(self._elapsed == len(self.years), 1.0, _value(known, "umum.lurus")) * straight
        goals = share * self.workers(known) - self.remaining(known)
        return cheapest(groups, goals, _value(known, "umum.bulan_tahun_pertama")), groups

    @property
    def _elapsed(self) -> Floats:
        return np.arange(1, len(self.years) + 1, dtype=np.float64)

    def bill(self, code: str, known: Known, year: int) -> prices.Bill:
        """Rupiah a month by payer for one person of a group; the law is asked once for each."""
        depends = {"RENTAN": "RENTAN.pemerintah", "INFORMAL_MAMPU": None}.get(code, f"{code}.upah")
        key = (code, _value(known, depends) if depends else 0.0, year)
        if key not in self.asked:
            self.asked[key] = self._ask(*key)
        return self.asked[key]

    def _ask(self, code: str, amount: float, year: int) -> prices.Bill:
        if code == "RENTAN":
            return prices.vulnerable(amount, year, self.book)
        if code == "INFORMAL_MAMPU":
            return prices.informal(year, self.book)
        return prices.formal(amount, year, self.base.bulan, self.book)

    def notes(self, code: str, known: Known) -> set[str]:
        """What had to stand in for a law that is not known yet."""
        if _missing(code, known):
            return set()
        return {bill.note for bill in (self.bill(code, known, year) for year in self.years) if bill.note}

    def _group(self, code: str, known: Known) -> Group:
        bills = [[self.bill(code, known, year).by.get(payer, 0.0) for payer in prices.PAYERS] for year in self.years]
        people, ramp, stay, reach = (
            _value(known, f"{code}.{name}") for name in ("orang", "laju", "bertahan", "jangkau")
        )
        return Group(code, people, ramp, stay, reach, np.array(bills).reshape(len(self.years), len(prices.PAYERS)))

    def told(self, known: Known, mix: Mix, groups: list[Group]) -> dict[str, Any]:
        """The mix in numbers: result, waterfall, groups, years, costs."""
        workers, remaining, added = self.workers(known), self.remaining(known), mix.active.sum(axis=0)
        steps = [("Kini", self.base.pembilang), ("Peserta lama berhenti", remaining[-1] - self.base.pembilang)]
        steps += [(GROUPS[g.code], float(mix.active[at, -1])) for at, g in enumerate(groups)]
        yearly = [
            {
                "tahun": year,
                **_reached(remaining[at] + added[at], workers[at]),
                **_by_payer(mix.cost[:, at].sum(axis=0)),
            }
            for at, year in enumerate(self.years)
        ]
        return {
            "tercapai": mix.short < 0.5,
            "kurang": round(mix.short),
            "hasil": _reached(remaining[-1] + added[-1], workers[-1]),
            "air_terjun": [{"langkah": name, "orang": round(float(people))} for name, people in steps],
            "kelompok": [self._group_told(at, group, mix) for at, group in enumerate(groups)],
            "biaya": _by_payer(mix.cost.sum(axis=(0, 1))),
            "tahunan": yearly,
        }

    def _group_told(self, at: int, group: Group, mix: Mix) -> dict[str, Any]:
        return {
            "kode": group.code,
            "nama": GROUPS[group.code],
            "orang": round(group.people),
            "baru": {str(year): round(float(n)) for year, n in zip(self.years, mix.new[at], strict=True)},
            "aktif": round(float(mix.active[at, -1])),
            "biaya": _by_payer(mix.cost[at].sum(axis=0)),
            "iuran_sebulan": _by_payer(group.bills[-1]),
        }

    def short_told(self, known: Known) -> dict[str, Any]:
        """Government's rupiah and the percentage reached."""
        mix, _ = self.solve(known)
        reached = _reached(self.remaining(known)[-1] + mix.active[:, -1].sum(), self.workers(known)[-1])
        return {"pemerintah": round(float(mix.cost[..., 0].sum())), **reached, "kurang": round(mix.short)}

    def sensitivity(self, known: Known) -> list[dict[str, Any]]:
        """Each assumption alone at both ends of its range; what moves the result most first."""
        rows = [
            {"nama": name, **{end: self.short_told({**known, name: a.at(end)}) for end in ("baik", "buruk")}}
            for name, a in known.items()
            if a.nilai is not None and a.rendah != a.tinggi
        ]
        moved = [row for row in rows if row["baik"] != row["buruk"]]
        return sorted(moved, key=lambda row: (-abs(row["buruk"]["kurang"] - row["baik"]["kurang"]), -_spread(row)))


def _spread(row: dict[str, Any]) -> int:
    return abs(int(row["buruk"]["pemerintah"]) - int(row["baik"]["pemerintah"]))


def _value(known: Known, name: str) -> float:
    value = known[name].nilai
    if value is None:
        raise ValueError(name)
    return value


def _missing(code: str, known: Known) -> list[str]:
    return [name for name, assumption in known.items() if name.startswith(f"{code}.") and assumption.nilai is None]


def _question(assumption: Assumption) -> str:
    group = GROUPS[assumption.nama.split(".")[0]]
    return _ASKED.format(nama=assumption.nama, arti=assumption.arti, satuan=assumption.satuan, kelompok=group)


def _all_at(known: Known, end: str) -> Known:
    return {name: a if a.nilai is None else a.at(end) for name, a in known.items()}


def _by_payer(rupiah: Floats) -> dict[str, int]:
    """Rupiah by payer; with no group at all nobody pays."""
    amounts = np.zeros(len(prices.PAYERS))
    amounts[: len(rupiah)] = rupiah
    return {payer: round(float(value)) for payer, value in zip(prices.PAYERS, amounts, strict=True)}


def _reached(people: float, workers: float) -> dict[str, float]:
    return {
        "pembilang": round(people),
        "penyebut": round(workers),
        "persen": round(100 * float(people) / float(workers), 4),
    }
