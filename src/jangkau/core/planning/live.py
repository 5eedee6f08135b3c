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

FEW_ARCS, MANY_ARCS = 150, 2_000


@dataclass(frozen=True)
class Live:
    """`ringkasan`: as in rencana.json, with `target` where targets were aimed at. `bulan_orang`: months, people.

    `wilayah`: eligible and paid people by region. `perlu`: months until a new member has the full death benefit.
    `tepat`: it is the plan itself, not a quick one near the best. `bertarget`: no target was left out.
    """

    ringkasan: dict[str, Any]
    bulan_orang: list[dict[str, Any]]
    wilayah: list[dict[str, Any]]
    perlu: int
    tepat: bool
    bertarget: bool


def live(
    people: Any, funds: list[Fund], targets: list[Target], settings: Settings, book: Book, *, digits: int = 4
) -> Live:
    """What `plan` would come to for persons (as `persons` gives them): exactly so where the instance is small or has
    targets; near it where it is larger; without targets where it is very large.

    `digits` of kode_desa say what a region is. Raises what `plan` raises.
    """
    built = build(people, funds, settings, book)
    size, wanted = len(built.case.arc_node), bool(targets or settings.pemerataan)
    aimed = aim(built, targets, settings) if size <= MANY_ARCS else None
    exact = size <= FEW_ARCS or aimed is not None
    built, answer = _answer(built, aimed, exact=exact)
    dealt = (deal if size <= MANY_ARCS else schedule)(built, answer.solution, settings.benih)
    law = cover(settings.start, max(LONGEST, settings.bulan), book)
    told = summary(built, answer, dealt, settings=settings, book=book, law=law)
    if aimed:
        told["target"] = tell(aimed, dealt.taken)
    paid = np.zeros(built.people.height, bool)
    paid[dealt.taken] = True
    rows = sketch(built, settings, book, law, Own(paid, answer.prices / answer.scale), plain=size > FEW_ARCS)
    whole = aimed is not None or not wanted
    return Live(told, rows, regions(built, dealt, digits), law.needed, exact, whole)


def _answer(built: Built, aimed: Aimed | None, *, exact: bool) -> tuple[Built, Answer]:
    if aimed:
        return aimed.built, aimed.met.answer
    if exact:
        return built, solve(built.case)
    near = quick(built.case)
    return built, Answer(near.plan, near.prices, near.scale, near.points, near.bound, near.bound, searched=False)
