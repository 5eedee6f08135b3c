"""Who is paid by which fund for which months: the plan, its proof, and its independent check."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.law.book import Book
from jangkau.core.planning.build import Built, build
from jangkau.core.planning.cash import cash_calendar
from jangkau.core.planning.explain import Record, lotteries, why
from jangkau.core.planning.explore.frontier import Reached
from jangkau.core.planning.explore.frontier import frontier as budget_line
from jangkau.core.planning.explore.lives import cover
from jangkau.core.planning.explore.months import LONGEST
from jangkau.core.planning.explore.transfer import transfer
from jangkau.core.planning.funds import fund_problems, read_funds
from jangkau.core.planning.path import Base, path_to_target, read_assumptions
from jangkau.core.planning.rows import plan_rows
from jangkau.core.planning.schedule import Schedule, deal
from jangkau.core.planning.solve import Answer, solve
from jangkau.core.planning.summary import certificate, comparisons, summary
from jangkau.core.planning.targets.aim import aim, tell
from jangkau.core.planning.targets.read import read_targets, target_problems
from jangkau.core.tables.registers import DANA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

__all__ = [
    "Base", "Draft", "Plan", "Record", "draft", "frontier", "fund_problems", "lotteries", "path_to_target", "persons",
    "plan", "read_assumptions", "target_problems", "transfer", "why",
]  # fmt: skip

_PEOPLE = {
    "id_pekerja": pl.String, "kode_desa": pl.String, "pekerjaan": pl.String, "desil": pl.Int64,
    "terdaftar": pl.Boolean, "lanjutan": pl.Boolean, "penghasilan": pl.Int64, "poin": pl.Int64,
}  # fmt: skip
_ABOUT = {
    "jenis_kelamin": pl.String, "tanggal_lahir": pl.Date, "disabilitas": pl.Int64, "tanpa_tunggu": pl.Boolean,
    "akhir": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """RENCANA, KAS, HENTI, and the content of `rencana.json` but for `sidik_masukan`."""

    rencana: Frame
    kas: Frame
    henti: Frame
    ringkasan: dict[str, Any]


def plan(people: Frame, dana: Frame, settings: Settings, book: Book, target: Frame | None = None) -> Plan:
    """The plan with the most priority points, then the most people, that the funds' money and rules allow.

    `people`: one row per eligible person: id_pekerja, kode_desa, pekerjaan (tag), desil, terdaftar, lanjutan,
    penghasilan (rupiah a month), poin; optional, for benefits and targets: jenis_kelamin, tanggal_lahir, disabilitas,
    tanpa_tunggu (full death benefit from the first month; else as lanjutan), akhir (last month paid so far, an index).
    `dana`: DANA. `target`: TARGET, whose rows for people are reached as far as money and people allow.
    Everyone paid is paid for all `settings.bulan` months, each month by one fund.
    Ties at a cutoff are settled by a lottery seeded by `benih`. Row order changes nothing.
    Raises SYARAT_DANA, PEKERJAAN_DANA, ANGGARAN_DANA, POIN_SALAH, BULAN_SALAH, LawUndefinedOn.
    """
    drawn = draft(people, dana, settings, book, target)
    built, law = drawn.built, cover(settings.start, LONGEST, book)
    cash = cash_calendar(built, drawn.dealt, settings, book)
    told = {**drawn.ringkasan, **comparisons(built, drawn.answer, drawn.dealt, settings=settings, book=book, law=law)}
    if "target" in told:
        rows = told["bulan_orang"]
        told["bulan_orang"] = [{**row, "memuat_target": row["bulan"] == settings.bulan} for row in rows]
    return Plan(drawn.rencana, cash.kas, cash.henti, {**told, "kas": cash.ringkasan, "sertifikat": drawn.sertifikat})


@dataclass(frozen=True)
class Draft:
    """The plan and its proof alone: RENCANA, sums and certificate for `rencana.json`, and what they were made of."""

    built: Built
    answer: Answer
    dealt: Schedule
    rencana: Frame
    ringkasan: dict[str, Any]
    sertifikat: dict[str, Any]


def draft(people: Frame, dana: Frame, settings: Settings, book: Book, target: Frame | None = None) -> Draft:
    """`plan` without what the plan is compared with (months against people, habits, cash): a second for a million."""
    dana = DANA.conform(dana)
    built = build(persons(people), read_funds(dana), settings, book)
    aimed = aim(built, [] if target is None else read_targets(target, settings), settings)
    built, answer = (aimed.built, aimed.met.answer) if aimed else (built, solve(built.case))
    dealt = deal(built, answer.solution, settings.benih)
    law = cover(settings.start, LONGEST, book)
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(certificate, built, answer, dana, settings)
        told = summary(built, answer, dealt, settings=settings, book=book, law=law)
        rows = plan_rows(built, answer, dealt, settings, law.needed)
    proof = proving.result()
    if aimed:
        told["target"], proof["target"] = tell(aimed, dealt.taken), aimed.certificate()
    return Draft(built, answer, dealt, rows, told, proof)


def persons(people: Frame) -> pl.DataFrame:
    """The columns that planning knows; what nobody told is null."""
    given = polars(people)
    unknown = [pl.lit(None, dtype).alias(name) for name, dtype in _ABOUT.items() if name not in given.columns]
    types = _PEOPLE | _ABOUT
    known = given.with_columns(unknown).select(pl.col(name).cast(dtype) for name, dtype in types.items())
    return known.with_columns(pl.coalesce("tanpa_tunggu", "lanjutan"))


def frontier(record: Record, newly_covered: pl.Series) -> list[dict[str, Any]]:
    """The line of budgets of a finished run. `newly_covered`: id_pekerja of those whom paying would newly cover."""
    run, people = record.run, record.built.people
    own = None if run.get("target") else Reached(run["tujuan"], run["batas"], run["iuran"], record.is_paid)
    new = people["id_pekerja"].is_in(newly_covered.implode()).to_numpy()
    return budget_line(record.built, record.settings.benih, own, new)
