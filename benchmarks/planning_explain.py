"""Why-not answers and the habits of offices that a plan is measured against, at the size of a province.

    .venv/bin/python benchmarks/planning_explain.py [--people 100000] [--crowd 1000000] [--seed 11]

The first table asks of people who are not paid; beside each answer stands the time of one new plan, which an answer
that knew no theory would need for every amount it tries. The second table plays the four habits.
"""

import argparse
import sys
import time

import narwhals as nw
import numpy as np
import polars as pl
from planning_speed import funds, people, settings_for

from jangkau.core.law.book import Book
from jangkau.core.planning import Record, persons, plan, why
from jangkau.core.planning.baselines import baselines
from jangkau.core.planning.build import build
from jangkau.core.planning.funds import read_funds

ASKED, FUNDS = 5, (29, 1250)


def record(crowd: pl.DataFrame, dana: pl.DataFrame, months: int, book: Book) -> tuple[Record, float]:
    """A finished plan as OUT records it, and the seconds that its plan took."""
    settings = settings_for(months)
    start = time.perf_counter()
    made = plan(nw.from_native(crowd), nw.from_native(dana), settings, book)
    seconds = time.perf_counter() - start
    ids = crowd["id_pekerja"]
    tables = {
        "usulan": pl.DataFrame({"id_usulan": "a.csv##" + ids, "id_pekerja": ids}),
        "tautan": pl.DataFrame(schema=dict.fromkeys(("id_usulan", "register", "id_register", "keputusan"), pl.String)),
        "pekerja": crowd.select("id_pekerja"),
        "kelayakan": crowd.select(
            "id_pekerja", "poin", layak=pl.lit(True), alasan=pl.lit([], dtype=pl.List(pl.String)),
            rincian_poin=pl.lit("{}"),
        ),
    }  # fmt: skip
    return Record(
        **tables, rencana=made.rencana.to_native(), people=persons(nw.from_native(crowd)), run=made.ringkasan, book=book
    ), seconds


def ask(count: int, months: int, seed: int, *, mixed: bool, book: Book) -> None:
    found, seconds = record(people(count, seed), funds(FUNDS[0], count, months, seed, mixed=mixed), months, book)
    unpaid = found.rencana.filter(pl.col("dana").is_null())["id_pekerja"]
    chosen = unpaid.gather(np.random.default_rng(seed).integers(0, unpaid.len(), ASKED)).to_list()
    times = []
    for who in chosen:
        start = time.perf_counter()
        why(found, who)
        times.append(time.perf_counter() - start)
    kind = "harga campur, setahun" if mixed else "satu harga"
    print(f"{count:>10} {kind:>22} {times[0]:>14.3f} s {np.median(times[1:]):>12.3f} s {seconds:>14.3f} s")


def habits(many: int, count: int, seed: int, *, mixed: bool, book: Book) -> None:
    dana, crowd = funds(many, count, 12, seed, mixed=mixed), people(count, seed)
    built = build(persons(nw.from_native(crowd)), read_funds(nw.from_native(dana)), settings_for(12), book)
    start = time.perf_counter()
    baselines(built)
    seconds = time.perf_counter() - start
    print(f"{count:>10} {many:>6} dana {'harga campur' if mixed else 'satu harga':>14} {seconds:>10.3f} s")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--crowd", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument("--seed", type=int, default=11)
    asked = options.parse_args()
    book = Book.load()
    print("mengapa                            jawaban pertama   berikutnya   seluruh rencana")
    for count in asked.people:
        ask(count, 1, asked.seed, mixed=False, book=book)
        ask(count, 12, asked.seed, mixed=True, book=book)
    print("pembanding: empat cara")
    for count in asked.crowd:
        for many in FUNDS:
            for mixed in (False, True):
                habits(many, count, asked.seed, mixed=mixed, book=book)
    return 0


if __name__ == "__main__":
    sys.exit(main())
