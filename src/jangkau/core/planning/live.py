"""The answer while a plan is being built: what it would come to, in about a second for tens of thousands of people."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.explore.lives import cover
from jangkau.core.planning.explore.months import LONGEST
from jangkau.core.planning.explore.quick import quick
from jangkau.core.planning.explore.sketch import Own, sketch
from jangkau.core.planning.funds import Fund
from jangkau.core.planning.schedule import deal, schedule
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.summary import regions, summary
from jangkau.core.planning.targets.aim import Aimed, aim, tell
from jangkau.core.planning.targets.read import Target
from jangkau.core.tables.settings import Settings

MANY_ARCS = 2_000


@dataclass(frozen=True)
class Live:
    """`ringkasan`: as in rencana.json, with `target` where targets were aimed at. `bulan_orang`: months, people.

    `wilayah`: eligible and paid people by region. `perlu`: months until a new member has the full death benefit.
    `besar`: the instance is large, so the plan is a quick one near the best, without targets.
    """

    ringkasan: dict[str, Any]
    bulan_orang: list[dict[str, Any]]
    wilayah: list[dict[str, Any]]
    perlu: int
    besar: bool


def live(
    people: Any, funds: list[Fund], targets: list[Target], settings: Settings, book: Book, *, digits: int = 4
) -> Live:
    """What `plan` would come to for persons (as `persons` gives them): exactly so where the instance is small.

    `digits` of kode_desa say what a region is.
    Raises what `plan` raises.
    """
    built = build(people, funds, settings, book)
    large = len(built.case.arc_node) > MANY_ARCS
    aimed = None if large else aim(built, targets, settings)
    built, answer = _answer(built, aimed, large=large)
    dealt = (schedule if large else deal)(built, answer.solution, settings.benih)
    law = cover(settings.start, max(LONGEST, settings.bulan), book)
    told = summary(built, answer, dealt, settings=settings, book=book, law=law)
    if aimed:
        told["target"] = tell(aimed, dealt.taken)
    paid = np.zeros(built.people.height, bool)
    paid[dealt.taken] = True
    rows = sketch(built, settings, book, law, Own(paid), plain=large)
    return Live(told, rows, regions(built, dealt, digits), law.needed, large)


def _answer(built: Built, aimed: Aimed | None, *, large: bool) -> tuple[Built, Answer]:
    if aimed:
        return aimed.built, aimed.met.answer
    if not large:
        return built, solve(built.case)
    near = quick(built.case)
    return built, Answer(near.plan, near.prices, near.scale, near.points, near.bound, near.bound, searched=False)
