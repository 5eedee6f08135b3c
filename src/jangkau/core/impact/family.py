"""One family, month by month, with and without cover: the same equations, for a household that someone describes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.impact.cover import death_benefit, wage_paid
from jangkau.core.impact.equations import consumption, published
from jangkau.core.impact.model import Model
from jangkau.core.impact.parameters import Parameter, central, place_of
from jangkau.core.impact.words import MEANING, caveats
from jangkau.core.kernel.month import month_text
from jangkau.core.law.benefits import DEATH, UNABLE
from jangkau.core.law.book import Book


@dataclass(frozen=True)
class Household:
    """A worker's family: region code, decile 1-10, people with the worker, consumption where it is known, and the
    survey's model where there is one.
    """

    region: str
    decile: int
    people: int
    consumption: float | None = None  # rupiah a person a month
    model: Model | None = None


@dataclass(frozen=True)
class Event:
    """DEATH or UNABLE in a month (index), after so many months paid in a row."""

    kind: str
    month: int
    paid: int = 12


def family(home: Household, event: Event, known: dict[str, Parameter], book: Book) -> dict[str, Any]:
    """Rupiah a person in each month with and without cover, beside the extreme line: `bulan`, `tanpa`, `dengan`.

    A death is followed over `lama_dampak` years, an accident until work goes on and two months more. Raises
    LawUndefinedOn.
    """
    each = home.consumption or _median(home, known)
    middle = {name: parameter.nilai for name, parameter in known.items()}
    rows = (
        _death(home, event, each, middle, book) if event.kind == DEATH else _accident(home, event, each, middle, book)
    )
    line = middle["garis_miskin_ekstrem"]
    below = {side: sum(row[side] < line for row in rows) for side in ("tanpa", "dengan")}
    return {
        "garis": line,
        "semula": each,
        "bulan": rows,
        "bulan_di_bawah_garis": below,
        "arti": MEANING,
        "catatan": caveats(surveyed=home.model is not None),
    }


def _median(home: Household, known: dict[str, Parameter]) -> float:
    if home.model:
        x = home.model.terms(np.array([float(home.decile)]), np.array([float(home.people)]), [home.region[:4]])
        return float(np.exp(home.model.middle(x)[0]))
    line, poor = place_of(home.region)
    cell = published(*(np.array(part) for part in (line, poor / 100, float(home.decile), float(home.people))))
    return float(np.exp(consumption(central(known), cell)))


def _death(home: Household, event: Event, each: float, v: dict[str, float], book: Book) -> list[dict[str, Any]]:
    left = home.people - 1
    if left < 1:
        return []
    without = each * home.people * (1 - v["bagian_pendapatan"] * (1 - v["ketahanan"])) / left
    months = round(12 * v["lama_dampak"])
    due = death_benefit(event.month, event.paid, book)
    benefit = max(due - v["biaya_kematian"], 0) / (12 * v["lama_dampak"] * left)
    return [_month(event.month + at, without, without + benefit) for at in range(months)]


def _accident(home: Household, event: Event, each: float, v: dict[str, float], book: Book) -> list[dict[str, Any]]:
    lasting = v["kecelakaan_lama"]
    lost = (1 - v["ketahanan"]) * v["bagian_pendapatan"] * each * home.people
    bill = (1 - v["ketahanan"]) * v["kecelakaan_biaya"] / lasting
    without = max(each - (lost + bill) / home.people, 0.05 * each)
    covered = each - max(lost - wage_paid(event.month, book), 0) / home.people
    hurt = [_month(event.month + at, without, covered) for at in range(max(1, round(lasting)))]
    return [*hurt, *(_month(event.month + len(hurt) + at, each, each) for at in range(2))]


def _month(month: int, without: float, covered: float) -> dict[str, Any]:
    return {"bulan": month_text(month), "tanpa": round(without), "dengan": round(covered)}


EVENTS = {"MENINGGAL": DEATH, "KECELAKAAN": UNABLE}
