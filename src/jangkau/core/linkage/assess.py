"""Everything that `jangkau link evaluate` says of a run: rates, reliability, errors by kind and by group."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem, kind
from jangkau.core.linkage.evaluate import evaluate, judge, outcomes, reliability
from jangkau.core.linkage.evaluate_people import gathered
from jangkau.core.linkage.groups import WAYS, groups
from jangkau.core.linkage.kinds import KINDS, kinds
from jangkau.core.linkage.proportions import LEVEL, Share, difference
from jangkau.core.linkage.truth import Truth
from jangkau.core.tables.schema import Frame

# What can go badly for a row, and of which rows it is a share.
HARMS = {"salah": "baris", "terlewat": "ada", "tinjau": "baris"}
Report = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """USULAN, TAUTAN and MASALAH of OUT; PENDUDUK and the as-of date where the workspace is at hand."""

    usulan: Frame
    tautan: Frame
    masalah: Frame
    penduduk: Frame | None = None
    per: date | None = None


def assess(run: Run, truth: Truth, register: str = "penduduk") -> Report:
    """The report, ready for JSON; kinds and groups are those of `register`. Raises KEBENARAN_ASING."""
    said = polars(run.usulan).select("id_usulan", "id_pekerja")
    notes = [*truth.catatan, *_coverage(said, truth)]
    scored = {name: (frame(part.proposals), frame(part.rows)) for name, part in truth.registers.items()}
    report: Report = {
        "register": {name: evaluate(run.tautan, name, *sides).as_dict() for name, sides in scored.items()},
        "keandalan": {name: _bands(judge(run.tautan, name, *sides)) for name, sides in scored.items()},
        "orang": gathered(said.join(truth.usulan.select("id_usulan", "orang"), "id_usulan")).as_dict(),
        "rincian": register,
    }
    if register in scored:
        rows = outcomes(run.tautan, register, *scored[register])
        report |= {"jenis": _by_kind(run, truth, rows), "kelompok": _by_group(run, truth, rows)}
    return report | {"catatan": notes}


def _coverage(said: pl.DataFrame, truth: Truth) -> list[str]:
    """How far the truth and the run speak of the same rows."""
    known = pl.concat([part.proposals.select("id_usulan") for part in truth.registers.values()]).unique()
    absent = known.join(said, "id_usulan", how="anti").height
    silent = said.join(known, "id_usulan", how="anti").height
    if absent == len(known):
        raise Problem("KEBENARAN_ASING", jumlah=len(known))
    counts = {"KEBENARAN_SEBAGIAN_ASING": (absent, len(known)), "KEBENARAN_TANPA_JAWABAN": (silent, len(said))}
    return [kind(code).pesan.format(jumlah=count, semua=whole) for code, (count, whole) in counts.items() if count]


def _bands(judged: pl.DataFrame) -> list[Report]:
    return reliability(judged).to_dicts()


def _by_kind(run: Run, truth: Truth, rows: pl.DataFrame) -> list[Report]:
    """Kinds that the truth names, else those told by comparing with the register; none where neither is at hand."""
    named = truth.usulan.select("id_usulan", "jenis")
    if named["jenis"].null_count() == len(named):
        if run.penduduk is None:
            return []
        named = kinds(run.usulan, run.masalah, truth.usulan.select("id_usulan", "nik"), run.penduduk)
    named = named.with_columns(pl.col("jenis").fill_null([])).with_columns(
        jenis=pl.when(pl.col("jenis").list.len() > 0).then("jenis").otherwise(pl.lit(["TANPA_KESALAHAN"]))
    )
    counted = _tally(rows.join(named.explode("jenis"), "id_usulan"), "jenis")
    return [{"jenis": name, "arti": KINDS.get(name, name), **shares} for name, shares in counted.items()]


def _by_group(run: Run, truth: Truth, rows: pl.DataFrame) -> list[Report]:
    """Every group of every way to divide people, and where it fares worse than all others beyond chance."""
    parts = groups(run.usulan, truth.usulan.select("id_usulan", "nik"), run.penduduk, run.per)
    joined = rows.join(parts, "id_usulan")
    counted = {way: _counts(joined.drop_nulls(way), way) for way in WAYS}
    asked = sum(len(found) for found in counted.values() if len(found) > 1) * len(HARMS)
    level = 1 - (1 - LEVEL) / max(asked, 1)
    return [
        {"menurut": way, "kelompok": row[way], **_shares(row), "lebih_buruk": _worse(row, found, level)}
        for way, found in counted.items()
        for row in found.to_dicts()
    ]


def _tally(rows: pl.DataFrame, column: str) -> dict[str, Report]:
    counted = _counts(rows, column).sort("baris", column, descending=[True, False])
    return {row[column]: _shares(row) for row in counted.to_dicts()}


def _counts(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Rows per value: all, those in the register, and those that each harm befell."""
    lost = pl.col("ada") & ~pl.col("benar") & ~pl.col("tinjau")
    found = (pl.col("benar").sum(), pl.col("salah").sum(), lost.sum().alias("terlewat"), pl.col("tinjau").sum())
    return rows.group_by(column).agg(pl.len().alias("baris"), pl.col("ada").sum(), *found).sort(column)


def _shares(row: dict[str, Any]) -> Report:
    harms = {harm: Share(row[harm], row[whole]).as_dict() for harm, whole in HARMS.items()}
    return {"baris": row["baris"], "ditemukan": Share(row["benar"], row["ada"]).as_dict(), **harms}


def _worse(row: dict[str, Any], every: pl.DataFrame, level: float) -> list[str]:
    """The harms that befall this group more often than the others taken together, at a corrected level."""
    total = every.sum()
    worse = []
    for harm, whole in HARMS.items():
        mine = Share(row[harm], row[whole])
        rest = Share(total[harm][0] - mine.k, total[whole][0] - mine.n)
        if difference(mine, rest, level)[0] > 0:
            worse.append(harm)
    return worse
