"""The plan beside person-level HiGHS (through scipy), same people, same funds, one run.

    .venv/bin/python benchmarks/planning_speed.py [--people 1000 10000] [--large 100000]

One price and one month: the person-level linear programme is integral there, so both must reach the same objective to
the unit. HiGHS is given the finished matrix; ours is timed from frames to the solved, proven plan. The second table is
ours alone: a year with discounts, funds of part of the year and handovers, with the gap to its proven bound.
"""

import argparse
import sys
import time
from datetime import date

import narwhals as nw
import numpy as np
import polars as pl
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core.law.book import Book
from jangkau.core.planning import plan
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.tables.common import OCCUPATIONS
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.settings import Settings

PRICE = 16_800


def people(count: int, seed: int) -> pl.DataFrame:
    """Workers of 10 kabupaten and 1,500 villages, points in steps of five."""
    draw = np.random.default_rng(seed)
    village = draw.integers(0, 1500, count)
    return pl.DataFrame(
        {
            "id_pekerja": [f"P{at:07d}" for at in range(count)],
            "kode_desa": [f"61{v % 10 + 1:02d}{v // 100 + 1:02d}{2000 + v % 100:04d}" for v in village.tolist()],
            "pekerjaan": [OCCUPATIONS[at] for at in draw.integers(0, len(OCCUPATIONS), count).tolist()],
            "desil": draw.integers(1, 11, count),
            "terdaftar": draw.random(count) < 0.2,
            "lanjutan": draw.random(count) < 0.1,
            "penghasilan": pl.Series([None] * count, dtype=pl.Int64),
            "poin": draw.integers(0, 40, count) * 5,
        }
    )


def funds(count: int, months: int, seed: int, *, mixed: bool) -> pl.DataFrame:
    """29 funds worth three tenths of what full cover costs; `mixed`: discounts and funds of part of the year."""
    draw = np.random.default_rng(seed)
    rows = [("PROV", "APBD_PROV", "61", "", ""), ("SAWIT", "DBH_SAWIT", "61", "SAWIT", "belum_terdaftar")]
    rows += [(f"KAB{k:02d}", "APBD_KAB", f"61{k:02d}", "", "") for k in range(1, 11)]
    rows += [(f"CSR{k:02d}", "CSR", f"61{k:02d}", "SAWIT|TANI|ANGKUTAN", "") for k in range(1, 11)]
    rows += [(f"ZIS{k}", "ZAKAT", f"61{k:02d}", "", f"desil<={k}") for k in range(1, 8)]
    share = draw.pareto(1.5, len(rows)) + 0.2
    money = (share / share.sum() * 0.3 * count * months * PRICE).astype(np.int64)
    part = mixed & (draw.random(len(rows)) < 0.3)
    table = {
        name: [row[at] for row in rows] for at, name in enumerate(("kode", "jenis", "wilayah", "pekerjaan", "syarat"))
    }
    table |= {"anggaran": money, "berlaku_dari": None, "berlaku_sampai": ["2027-06" if p else None for p in part]}
    frame = pl.DataFrame({**table, "nama": table["kode"], "tarif": "AUTO" if mixed else "PENUH", "sumber": None})
    return frame.select(DANA.names).cast({n: pl.String for n in DANA.names if n != "anggaran"})


def ours(crowd: pl.DataFrame, dana: pl.DataFrame, settings: Settings, book: Book) -> tuple[float, Built, Answer]:
    start = time.perf_counter()
    built = build(crowd, read_funds(nw.from_native(dana)), settings, book)
    answer = solve(built.case)
    return time.perf_counter() - start, built, answer


def person_level(built: Built) -> tuple[float, int]:
    """One variable for every person and fund that may pay."""
    case = built.case
    known = np.flatnonzero(built.signature >= 0)
    u = built.signature[known]
    count = np.diff(case.node_arcs)[u]
    person = np.repeat(np.arange(len(known)), count)
    arc = np.arange(len(person)) + np.repeat(case.node_arcs[u] - np.cumsum(count) + count, count)
    points = built.people["poin"].to_numpy()[known]
    once = sparse.csr_array((np.ones(len(person)), (person, np.arange(len(person)))))
    money = sparse.csr_array(
        (np.ones(len(arc)), (case.arc_fund[arc], np.arange(len(arc)))), shape=(case.funds, len(arc))
    )
    rows = sparse.vstack([once, money])
    room = np.concatenate([np.ones(len(known)), case.budgets // PRICE])
    start = time.perf_counter()
    found = linprog(-points[person].astype(float), A_ub=rows, b_ub=room, bounds=(0, 1), method="highs")
    return time.perf_counter() - start, round(-found.fun)


def settings_for(months: int) -> Settings:
    return Settings(provinsi="61", per=date(2026, 11, 22), mulai="2027-01", bulan=months, benih=1)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="*", default=[1000, 10_000])
    options.add_argument("--large", type=int, nargs="*", default=[25_000, 100_000])
    options.add_argument("--seed", type=int, default=11)
    asked = options.parse_args()
    book, wrong = Book.load(), 0
    print("satu harga, satu bulan      kami     HiGHS per orang   rasio   tujuan")
    for count in asked.people:
        dana = funds(count, 1, asked.seed, mixed=False)
        mine, built, answer = ours(people(count, asked.seed), dana, settings_for(1), book)
        theirs, points = person_level(built)
        same = points == answer.points == answer.bound
        wrong += not same
        words = "sama" if same else f"BEDA: {answer.points}, HiGHS {points}, batas {answer.bound}"
        print(f"{count:>10} orang {mine:>16.3f} s {theirs:>14.3f} s {theirs / mine:>8.1f}x  {words}")
    print("setahun, harga campur       susun    seluruh rencana   selisih dari batas")
    for count in [*asked.people, *asked.large]:
        crowd, dana = people(count, asked.seed), funds(count, 12, asked.seed, mixed=True)
        mine, _, answer = ours(crowd, dana, settings_for(12), book)
        start = time.perf_counter()
        plan(nw.from_native(crowd), nw.from_native(dana), settings_for(12), book)
        whole, gap = time.perf_counter() - start, 100 * (answer.bound - answer.points) / max(answer.bound, 1)
        print(f"{count:>10} orang {mine:>16.3f} s {whole:>14.3f} s {gap:>12.4f} %")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
