"""Planning: the optimum beside person-level HiGHS (through scipy), and a province from Parquet to checked plan files.

    .venv/bin/python benchmarks/planning_speed.py [--people 10000 100000] [--files 100000 1000000]

1,500 villages, six occupations, 40 classes of points, money for about three tenths of full cover, 29 funds or one more
for each of 1,221 villages. First table: one price and one month; the person-level linear programme is integral there,
so both must reach the same objective to the unit. HiGHS is given the finished matrix; ours is timed from frames to the
solved, proven plan. Second table: ours alone, a process of its own each, from Parquet to rencana.parquet and
rencana.json: the plan and its proof (clock, and processor time of all threads: the clock alone says little on a busy
machine), the check of its arrays, and with `--whole` the plan with all that it is compared with.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl
from scipy import sparse
from scipy.optimize import linprog

from jangkau.core import outputs
from jangkau.core.law.book import Book
from jangkau.core.planning import draft, plan
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.funds import read_funds
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.verify_arrays import Proof, audit, bound
from jangkau.core.planning.verify_facts import read_facts, read_rows
from jangkau.core.tables import results as t
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.settings import Settings

PRICE = 16_800
JOBS = ("TANI", "ANGKUTAN", "DAGANG", "SAWIT", "NELAYAN", "JASA")
VILLAGES, FEW, MANY = 1_500, 29, 1_250


def village(at: int) -> str:
    return f"61{at % 10 + 1:02d}{at // 100 + 1:02d}{2000 + at % 100:04d}"


def people(count: int, seed: int) -> pl.DataFrame:
    """Workers of 10 kabupaten and 1,500 villages, points in steps of five."""
    draw = np.random.default_rng(seed)
    codes = pl.Series([village(at) for at in range(VILLAGES)])
    return pl.DataFrame(
        {
            "id_pekerja": [f"P{at:07d}" for at in range(count)],
            "kode_desa": codes.gather(draw.integers(0, VILLAGES, count)),
            "pekerjaan": pl.Series(JOBS).gather(draw.integers(0, len(JOBS), count)),
            "desil": draw.integers(1, 11, count),
            "terdaftar": draw.random(count) < 0.2,
            "lanjutan": draw.random(count) < 0.1,
            "penghasilan": pl.Series([None] * count, dtype=pl.Int64),
            "poin": draw.integers(0, 40, count) * 5,
        }
    )


def funds(many: int, count: int, months: int, seed: int, *, mixed: bool) -> pl.DataFrame:
    """Funds worth three tenths of what full cover costs; `mixed`: discounts and funds of part of the year."""
    draw = np.random.default_rng(seed)
    rows = [("PROV", "APBD_PROV", "61", "", ""), ("SAWIT", "DBH_SAWIT", "61", "SAWIT", "belum_terdaftar")]
    rows += [(f"KAB{k:02d}", "APBD_KAB", f"61{k:02d}", "", "") for k in range(1, 11)]
    rows += [(f"CSR{k:02d}", "CSR", f"61{k:02d}", "SAWIT|TANI|ANGKUTAN", "") for k in range(1, 11)]
    rows += [(f"ZIS{k}", "ZAKAT", f"61{k:02d}", "", f"desil<={k}") for k in range(1, 8)]
    share = (draw.pareto(1.5, FEW) + 0.2) / (2 if many > FEW else 1)
    part = mixed & (draw.random(FEW) < 0.3)
    own = [village(at) for at in sorted(draw.permutation(VILLAGES)[: many - FEW].tolist())]
    rows += [(f"DD{code}", "DANA_DESA", code, "", "") for code in own]
    local = draw.pareto(1.5, len(own)) + 0.2
    share = np.concatenate([share / share.sum() * (0.5 if own else 1), local / max(local.sum(), 1) * 0.5])
    table: dict[str, Any] = {
        name: [row[at] for row in rows] for at, name in enumerate(("kode", "jenis", "wilayah", "pekerjaan", "syarat"))
    }
    ends = ["2027-06" if at < FEW and part[at] else None for at in range(len(rows))]
    money = (share * 0.3 * count * months * PRICE).astype(np.int64)
    table |= {"anggaran": money, "berlaku_dari": None, "berlaku_sampai": ends, "nama": table["kode"]}
    frame = pl.DataFrame({**table, "tarif": "AUTO" if mixed else "PENUH", "sumber": None})
    return frame.select(DANA.names).cast({n: pl.String for n in DANA.names if n != "anggaran"})


def settings_for(months: int) -> Settings:
    return Settings(provinsi="61", per=date(2026, 11, 22), mulai="2027-01", bulan=months, benih=1)


# ---- beside HiGHS ---------------------------------------------------------------------------------------------


def ours(crowd: pl.DataFrame, dana: pl.DataFrame, book: Book) -> tuple[float, Built, Answer]:
    start = time.perf_counter()
    built = build(crowd, read_funds(nw.from_native(dana)), settings_for(1), book)
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
    place = (case.arc_fund[arc], np.arange(len(arc)))
    money = sparse.csr_array((np.ones(len(arc)), place), shape=(case.funds, len(arc)))
    room = np.concatenate([np.ones(len(known)), case.budgets // PRICE])
    start = time.perf_counter()
    found = linprog(
        -points[person].astype(float), A_ub=sparse.vstack([once, money]), b_ub=room, bounds=(0, 1), method="highs"
    )
    return time.perf_counter() - start, round(-found.fun)


def beside_highs(counts: list[int], seed: int) -> int:
    book, wrong = Book.load(), 0
    print("satu harga, satu bulan, dari bingkai data sampai rencana terbukti")
    print("     orang    dana         kami     HiGHS per orang     rasio  tujuan")
    for count in counts:
        for many in (FEW, MANY):
            crowd, dana = people(count, seed), funds(many, count, 1, seed, mixed=False)
            mine, built, answer = ours(crowd, dana, book)
            theirs, points = person_level(built)
            same = points == answer.points == answer.bound
            wrong += not same
            words = f"sama, {points}" if same else f"BEDA: {answer.points}, HiGHS {points}, batas {answer.bound}"
            print(
                f"{count:>10} {many:>7} {mine:>10.3f} s {theirs:>17.3f} s {theirs / mine:>8.1f}x  {words}", flush=True
            )
    return wrong


# ---- from Parquet to files ------------------------------------------------------------------------------------


def one_run(folder: Path, *, whole: bool) -> dict[str, Any]:
    """Parquet in `folder` to plan files there; seconds, peak memory, and what the plan came to."""
    book, settings = Book.load(), settings_for(12)
    nw.from_native(pl.DataFrame()).to_native()  # what Python reads once in a process is not the plan's
    start, busy = time.perf_counter(), time.process_time()
    crowd, dana = (nw.from_native(pl.read_parquet(folder / name)) for name in ("orang.parquet", "dana.parquet"))
    if whole:
        made = plan(crowd, dana, settings, book)
        rencana, run = made.rencana, made.ringkasan
        del made
    else:
        drawn = draft(crowd, dana, settings, book)
        rencana, run = drawn.rencana, {**drawn.ringkasan, "sertifikat": drawn.sertifikat}
        del drawn
    del crowd
    outputs.write_parquet(rencana, t.RENCANA, folder)
    outputs.write_json(run, folder / "rencana.json")
    taken, work = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = {key: run[key] for key in ("tujuan", "batas", "selisih_persen", "orang")}
    return {"detik": taken, "prosesor": work, "mb": peak, **told, **({} if whole else check(folder, book))}


def check(folder: Path, book: Book) -> dict[str, Any]:
    """The checker's arrays, read first and not timed; then the check of them."""
    crowd = pl.read_parquet(folder / "orang.parquet")
    run = json.loads((folder / "rencana.json").read_text("utf-8"))
    proof, paid = run["sertifikat"], pl.read_parquet(folder / "rencana.parquet").filter(pl.col("dana").is_not_null())
    ids = "a#" + pl.col("id_pekerja")
    linked = crowd.filter("terdaftar").select(id_usulan=ids, register=pl.lit("peserta"), keputusan=pl.lit("cocok"))
    tables = {
        "pekerja": crowd,
        "kelayakan": crowd.select("id_pekerja", "poin", layak=True, alasan=pl.lit([], pl.List(pl.String))),
        "usulan": crowd.select("id_pekerja", "penghasilan", id_usulan=ids, berkas=None, lembar=None, baris=1),
        "tautan": linked,
    }
    facts = read_facts(tables, proof["masukan"], book)
    rows, _ = read_rows(facts, paid, proof["masukan"]["mulai"])
    start = time.perf_counter()
    seen = audit(facts, rows)
    prices, whole = [proof["harga"][code] for code in facts.codes], [facts.codes.index(code) for code in proof["utuh"]]
    proven = bound(facts, rows, Proof(prices, proof["skala"], whole, np.zeros(len(facts.kind), np.int64), 0))
    taken = time.perf_counter() - start
    faults = seen.forbidden + seen.closed + seen.broken + seen.mispriced + seen.passed_over
    return {"periksa": taken, "sah": faults == 0 and proven == run["batas"]}


def in_own_process(folder: Path, *, whole: bool) -> dict[str, Any]:
    words = [sys.executable, __file__, "--child", str(folder), *(["--whole"] if whole else [])]
    return dict(json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout))


def from_parquet(counts: list[int], seed: int, *, whole: bool) -> int:
    wrong = 0
    print("setahun, dari Parquet sampai rencana.parquet dan rencana.json")
    print("     orang    dana  harga       rencana+bukti  prosesor    memori   pemeriksaan      selisih  perbandingan")
    for count in counts:
        for many in (FEW, MANY):
            for mixed in (False, True):
                with tempfile.TemporaryDirectory() as place:
                    folder = Path(place)
                    people(count, seed).write_parquet(folder / "orang.parquet")
                    funds(many, count, 12, seed, mixed=mixed).write_parquet(folder / "dana.parquet")
                    mine = in_own_process(folder, whole=False)
                    rest = f"{in_own_process(folder, whole=True)['detik']:>12.2f} s" if whole else ""
                wrong += not mine["sah"]
                name = f"{count:>10} {many:>7}  {'campur' if mixed else 'satu  '}"
                plan_ = f"{mine['detik']:>14.3f} s {mine['prosesor']:>9.3f} s {mine['mb']:>6} MB"
                proof = f"{mine['periksa'] * 1000:>10.0f} ms {mine['selisih_persen']:>10.4f} %"
                print(f"{name} {plan_} {proof} {rest}{'' if mine['sah'] else ' TIDAK SAH'}", flush=True)
    return wrong


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, nargs="*", default=[10_000, 100_000])
    options.add_argument("--files", type=int, nargs="*", default=[100_000, 1_000_000])
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--child", type=Path)
    options.add_argument("--whole", action="store_true")
    asked = options.parse_args()
    if asked.child:
        print(json.dumps(one_run(asked.child, whole=asked.whole)))
        return 0
    wrong = beside_highs(asked.people, asked.seed) if asked.people else 0
    return bool(wrong + from_parquet(asked.files, asked.seed, whole=asked.whole))


if __name__ == "__main__":
    sys.exit(main())
