"""What else the money could do, at province scale: 24 lengths, 41 budgets, targets, the most even plan, a transfer.

    .venv/bin/python benchmarks/planning_explore.py [--people 100000 1000000] [--funds 29 1250]

A year with discounts and funds of part of the year, so nothing is a pure flow. Seconds of one run; the plan itself,
from frames to the solved plan, stands first. Gaps are to the bound that each plan's own prices prove.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import planning_speed as base
import polars as pl

from jangkau.core.kernel.formats import number
from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.explore.frontier import Reached, frontier
from jangkau.core.planning.explore.lives import cover
from jangkau.core.planning.explore.months import LONGEST, Own, months_against_people
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.targets.aim import aim
from jangkau.core.planning.targets.read import Target

MONTHS, SEED = 12, 11
TARGETS = [
    Target("61", "perempuan", None, 5_500, "terpilih"),
    Target("61", "disabilitas", None, 7_000, "layak"),
    Target("61", "lanjutan", None, 6_000, "layak"),
    Target("61", "miskin_ekstrem", None, 5_000, "layak"),
]


def people(count: int) -> pl.DataFrame:
    """The crowd of planning_speed with sex, birth and disability."""
    draw = np.random.default_rng(SEED)
    return base.people(count, SEED).with_columns(
        jenis_kelamin=pl.Series(np.where(draw.random(count) < 0.5, "L", "P")),
        tanggal_lahir=pl.date(pl.Series(draw.integers(1963, 2008, count)), 1, 1),
        disabilitas=pl.Series((draw.random(count) < 0.03).astype(np.int64)),
        tanpa_tunggu=pl.col("lanjutan"),
    )


def timed(name: str, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    print(f"  {name:<28}{time.perf_counter() - start:>8.2f} s", end="", flush=True)
    return result


def gap(points: int, bound: int) -> str:
    return f"   selisih {100 * (bound - points) / max(bound, 1):.4f} %"


def explore(built: Built, answer: Answer, book: Book) -> None:
    settings, paid = base.settings_for(MONTHS), np.zeros(built.people.height, bool)
    own = Own(answer.points, answer.bound, 0, np.zeros(0, np.int64))
    law = cover(settings.start, LONGEST, book)
    rows = timed("24 lama pembayaran", lambda: months_against_people(built, settings, book, law, own))
    worst = max(rows, key=lambda row: (row["batas"] - row["poin"]) / max(row["batas"], 1))
    print(gap(worst["poin"], worst["batas"]), "terbesar" + (", perkiraan" if worst["perkiraan"] else ""))
    reached = Reached(answer.points, answer.bound, 0, paid)
    line = timed("garis anggaran", lambda: frontier(built, 1, reached, built.people["lanjutan"].to_numpy()))
    print(f"   {len(line)} anggaran", gap(line[-1]["poin"], line[-1]["batas"]))
    budgets = built.case.budgets.copy()
    budgets[:2] += np.array([-1, 1]) * min(10**9, int(budgets[0]))
    moved = timed("memindahkan Rp1 miliar", lambda: solve(replace(built.case, budgets=budgets)))
    print(gap(moved.points, moved.bound))
    for name, aims, even in (("empat target", TARGETS, None), ("kabupaten serata mungkin", [], "kabupaten")):
        aimed = timed(name, lambda a=aims, e=even: aim(built, a, settings.model_copy(update={"pemerataan": e})))
        print(gap(aimed.met.answer.points, aimed.met.answer.bound))


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument("--funds", type=int, nargs="*", default=[base.FEW, base.MANY])
    asked = options.parse_args()
    book = Book.load()
    for count in asked.people:
        crowd = people(count)
        for many in asked.funds:
            rows = read_funds(nw.from_native(base.funds(many, count, MONTHS, SEED, mixed=True)))
            print(f"{number(count)} orang, {number(len(rows))} dana")
            built = timed("susun", lambda r=rows, c=crowd: build(c, r, base.settings_for(MONTHS), book))
            print()
            answer = timed("rencana", lambda b=built: solve(b.case))
            print(gap(answer.points, answer.bound))
            explore(built, answer, book)


if __name__ == "__main__":
    main()
