"""The answer while a plan is being built, beside the plan worked out in full, in one run.

    .venv/bin/python benchmarks/planning_live.py [--people 30000 100000] [--funds 29 154]

`live` is what the page asks for at each change (plan, months against people, regions), the best of three. `penuh` is
the plan that is saved, without cash and habits. With many funds the live answer is a quick one; its points
beside those of the full plan say how near it comes.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import narwhals as nw
import planning_explore as crowd
import planning_speed as base
import polars as pl

from jangkau.core.kernel.formats import number
from jangkau.core.law.book import Book
from jangkau.core.planning import draft, persons
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.live import live


def best(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """Seconds of the fastest of so many runs, and its result."""
    taken, found = [], None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return min(taken), found


def compare(everyone: pl.DataFrame, many: int, book: Book) -> None:
    """One line: both ways, seconds and points."""
    dana = base.funds(many, len(everyone), crowd.MONTHS, crowd.SEED, mixed=True)
    settings = base.settings_for(crowd.MONTHS)
    ready, read = persons(nw.from_native(everyone)), read_funds(nw.from_native(dana))
    quick, told = best(lambda: live(ready, read, [], settings, book), 3)
    whole, plan = best(lambda: draft(nw.from_native(everyone), nw.from_native(dana), settings, book), 1)
    near = 100 * told.ringkasan["tujuan"] / max(plan.ringkasan["tujuan"], 1)
    columns = (
        f"{number(len(everyone)):>9}{many:>6}{number(quick, 2):>7} s{number(whole, 2):>7} s{number(near, 3):>16} %"
    )
    print(columns + ("" if told.tepat else "  cepat"))


def main() -> None:
    """Print a line for each size."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="+", default=[30_000])
    options.add_argument("--funds", type=int, nargs="+", default=[29, 154])
    asked, book = options.parse_args(), Book.load()
    print(f"{'orang':>9}{'dana':>6}{'live':>9}{'penuh':>9}{'poin live/penuh':>18}")
    for count in asked.people:
        everyone = crowd.people(count)
        for many in asked.funds:
            compare(everyone, many, book)


if __name__ == "__main__":
    main()
