"""12 months of contributions for a million people: ours beside openfisca-core, same rules, same rows, one run.

    .venv/bin/python benchmarks/law_contributions.py [--people 1000000] [--rounds 3]

Both are timed from arrays and columns in memory to twelve totals a person, parameters already loaded, and must agree to
the rupiah. The rules are those of BPU (brackets, JHT, the relief by sector, month and payer) and PU (risk, caps, scale,
JKP); times are the median of the rounds, on the wall and of processor (a busy machine stretches the wall).
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from jangkau.core.kernel.month import month_index, month_text
from jangkau.core.law.book import Book, plain
from jangkau.core.law.contributions import schedule
from jangkau.core.law.words import PAYERS, SCALES, SECTORS

MONTHS = range(month_index("2026-01"), month_index("2027-01"))
LIMIT_SECONDS = 0.5
Person = Entity("person", "people", "a person", "")


def people(count: int, seed: int = 1) -> pl.DataFrame:
    """A mixed population: four in five self-employed, the rest wage earners."""
    draw = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "segmen": draw.choice(["BPU", "PU"], count, p=[0.8, 0.2]),
            "pembayar": draw.choice(PAYERS, count),
            "sektor": draw.choice(SECTORS, count),
            "penghasilan": draw.integers(0, 8_000_000, count),
            "jht": draw.random(count) < 0.2,
            "upah": draw.integers(1_000_000, 15_000_000, count),
            "kelas_risiko": draw.integers(1, 6, count),
            "skala": draw.choice(SCALES, count),
        }
    )


def parameter_tree(book: Book) -> ParameterNode:
    """Our own parameters as an OpenFisca tree, so that both count by the same law."""
    root: dict[str, Any] = {}
    for name in book.parameters:
        if name.split(".")[0] in ("bpu", "pu") and book[name].form in ("angka", "peta", "jenjang"):
            group, leaf = name.split(".")
            root.setdefault(group, {})[leaf] = _leaf(book, name)
    return ParameterNode("", data=root)


def _leaf(book: Book, name: str) -> dict[str, Any]:
    values = [(value.since.isoformat(), plain(value.content)) for value in book[name].values]
    if book[name].form == "angka":
        return {"values": {since: {"value": content} for since, content in values}}
    if book[name].form == "peta":
        keys = values[-1][1]
        return {f"k{key}": {"values": {since: {"value": _code(c.get(key, 0))} for since, c in values}} for key in keys}
    since, steps = values[0]
    brackets = [{"threshold": {since: {"value": low}}, "amount": {since: {"value": amount}}} for low, amount in steps]
    return {"brackets": brackets, "metadata": {"type": "single_amount"}}


def _code(value: Any) -> Any:
    return SCALES.index(value) if isinstance(value, str) else value


def half_up(amount: Any) -> Any:
    return np.floor(amount + 0.5 + 1e-9)


def _input(name: str) -> type[Variable]:
    body = {"value_type": int, "entity": Person, "definition_period": periods.ETERNITY, "label": name}
    return type(name, (Variable,), body)


class iuran(Variable):
    value_type = int
    entity = Person
    definition_period = periods.MONTH
    label = "contribution of a month"

    def formula(person, period, parameters):
        law, last = parameters(period.start), parameters(period.stop)
        return np.where(person("is_pu", period) == 1, _pu(person, period, last), _bpu(person, period, law))


def _bpu(person: Any, period: Any, law: Any) -> Any:
    base = law.bpu.dasar_upah.calc(person("penghasilan", period))
    transport = person("sektor", period) == SECTORS.index("ANGKUTAN")
    relief = np.where(transport, law.bpu.keringanan.kANGKUTAN, law.bpu.keringanan.kSELAINNYA)
    due = np.where(np.isin(person("pembayar", period), ENTITLED), 1 - relief / 100, 1.0)
    jht = np.where(person("jht", period) == 1, half_up(base * law.bpu.jht / 100), 0)
    return half_up(half_up(base * law.bpu.jkk / 100) * due) + half_up(law.bpu.jkm * due) + jht


def _pu(person: Any, period: Any, law: Any) -> Any:
    wage = person("upah", period).astype(np.float64)
    scale = person("skala", period)
    rates = np.array([getattr(law.pu.jkk, f"k{risk}") for risk in range(1, 6)])
    jkk = half_up(wage * rates[person("kelas_risiko", period) - 1] / 100)
    jkm = half_up(wage * law.pu.jkm / 100)
    jht_rate = law.pu.jht.kPEMBERI_KERJA + law.pu.jht.kPEKERJA
    jht = np.where(scale >= law.pu.skala_wajib.kJHT, half_up(wage * jht_rate / 100), 0)
    jp_rate = law.pu.jp.kPEMBERI_KERJA + law.pu.jp.kPEKERJA
    capped = np.minimum(wage, law.pu.jp_batas_upah)
    jp = np.where(scale >= law.pu.skala_wajib.kJP, half_up(capped * jp_rate / 100), 0)
    return jkk + jkm + jht + jp


ENTITLED = [PAYERS.index(payer) for payer in ("SENDIRI", "PEMBERI_KERJA", "CSR", "ZAKAT", "DONATUR")]


def openfisca(table: pl.DataFrame, book: Book) -> Callable[[], Any]:
    """A run of OpenFisca over the same rows: a fresh simulation each time, its cache empty."""
    system = TaxBenefitSystem([Person])
    system.parameters = parameter_tree(book)
    columns = {
        "is_pu": (table["segmen"] == "PU").cast(pl.Int32).to_numpy(),
        "pembayar": table["pembayar"].cast(pl.Enum(PAYERS)).to_physical().cast(pl.Int32).to_numpy(),
        "sektor": table["sektor"].cast(pl.Enum(SECTORS)).to_physical().cast(pl.Int32).to_numpy(),
        "skala": table["skala"].cast(pl.Enum(SCALES)).to_physical().cast(pl.Int32).to_numpy(),
        "jht": table["jht"].cast(pl.Int32).to_numpy(),
        **{name: table[name].cast(pl.Int32).to_numpy() for name in ("penghasilan", "upah", "kelas_risiko")},
    }
    system.add_variables(*(_input(name) for name in columns), iuran)

    def run() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, count=table.height)
        for name, column in columns.items():
            simulation.set_input(name, periods.ETERNITY, column)
        return np.stack([simulation.calculate("iuran", month_text(month)) for month in MONTHS])

    return run


def timed(run: Callable[[], Any], rounds: int) -> tuple[float, float, Any]:
    """Median seconds on the wall and of processor, and the last result."""
    wall, processor, result = [], [], None
    for _ in range(rounds):
        start, busy = time.perf_counter(), time.process_time()
        result = run()
        wall.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    return statistics.median(wall), statistics.median(processor), result


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    book, table = Book.load(), people(asked.people)
    mine, my_cpu, got = timed(lambda: schedule(table, MONTHS, book), asked.rounds)
    theirs, their_cpu, want = timed(openfisca(table, book), asked.rounds)
    assert (got == want).all(), "the two disagree"
    print(
        json.dumps(
            {
                "people": asked.people,
                "months": len(MONTHS),
                "jangkau_seconds": round(mine, 3),
                "openfisca_seconds": round(theirs, 3),
                "openfisca_over_jangkau": round(theirs / mine, 1),
                "jangkau_cpu_seconds": round(my_cpu, 3),
                "openfisca_cpu_seconds": round(their_cpu, 3),
                "openfisca_over_jangkau_cpu": round(their_cpu / my_cpu, 1),
                "limit_seconds": LIMIT_SECONDS,
                "within_limit": mine <= LIMIT_SECONDS,
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
