"""Why a person is paid, or not, and what would have changed it: from what OUT records, for any person proposed."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import polars as pl

from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.problems import Problem, kind
from jangkau.core.law.membership import waiting_months
from jangkau.core.planning.build import NO_FUND, NOT_ALL_MONTHS
from jangkau.core.planning.explain import words
from jangkau.core.planning.explain.lottery import draw_of
from jangkau.core.planning.explain.places import places
from jangkau.core.planning.explain.record import Record
from jangkau.core.planning.explain.replan import EnoughTried, Replan
from jangkau.core.planning.explain.standing import Standing, standings
from jangkau.core.planning.targets.aim import EVEN

PAID, NOT_PAID, NOT_ELIGIBLE = "DIBAYAR", "TIDAK_DIBAYAR", "TIDAK_LAYAK"
MOST_WORK = 600_000.0  # two to three seconds
Answer = dict[str, Any]


def why(record: Record, who: str, *, changes: bool = True, most: float = MOST_WORK) -> Answer:
    """Everything about one person (`id_pekerja` or `id_usulan`), with `kalimat`, the same in plain Indonesian.

    No name, NIK or other person stands in it. `perubahan` lists what would have changed the outcome; its amounts
    of points, rupiah and months have each been tried in a new plan that does pay the person and meets the targets, if
    there are any; of all funds the one that needs least is named. `perubahan_lengkap` is False where more work than
    `most` would be needed to look at everything. Without `changes` nothing is looked for and no new plan made.
    Raises ORANG_TIDAK_ADA, BERKAS_RUSAK.
    """
    person = _person(record, who)
    verdict = record.kelayakan.row(by_predicate=pl.col("id_pekerja") == person, named=True)
    rows = record.rencana.filter(pl.col("id_pekerja") == person)
    answer: Answer = {
        "id_pekerja": person,
        "id_usulan": record.usulan.filter(pl.col("id_pekerja") == person)["id_usulan"].sort().to_list(),
        "status": _status(verdict, rows),
        "poin": verdict["poin"],
        "rincian_poin": json.loads(verdict["rincian_poin"]),
        "alasan": [_reason(code) for code in verdict["alasan"]],
        "tinjauan": _undecided(record, person),
    }
    if answer["status"] != NOT_ELIGIBLE:
        answer |= _in_plan(record, person, rows, most=most if changes and answer["status"] == NOT_PAID else None)
        if told := record.run.get("target"):
            even = any(row["indikator"] == EVEN for row in told)
            said = [words.TARGETS, *([words.EVEN] if even and answer["perubahan"] else [])]
            return {**answer, "kalimat": [*words.sentences(answer), *said]}
    return {**answer, "kalimat": words.sentences(answer)}


def _person(record: Record, who: str) -> str:
    found = record.pekerja.filter(pl.col("id_pekerja") == who)["id_pekerja"].to_list()
    found += record.usulan.filter(pl.col("id_usulan") == who)["id_pekerja"].to_list()
    if not found:
        raise Problem("ORANG_TIDAK_ADA", id=who)
    return str(found[0])


def _reason(code: str) -> dict[str, str]:
    entry = kind(code)
    return {"kode": code, "pesan": entry.pesan, "saran": entry.saran}


def _status(verdict: dict[str, Any], rows: pl.DataFrame) -> str:
    if not verdict["layak"]:
        return NOT_ELIGIBLE
    return PAID if rows["dana"].drop_nulls().len() else NOT_PAID


def _undecided(record: Record, person: str) -> list[dict[str, Any]]:
    """Links of this person that still wait for a clerk, by register."""
    mine = record.usulan.filter(pl.col("id_pekerja") == person).select("id_usulan")
    links = record.tautan.join(mine, on="id_usulan", how="semi").filter(pl.col("keputusan") == "tinjau")
    counted = links.group_by("register").agg(pasangan=pl.col("id_register").n_unique().cast(pl.Int64))
    return [{**row, "arti": words.REVIEWS[row["register"]]} for row in counted.sort("register").to_dicts()]


def _in_plan(record: Record, person: str, rows: pl.DataFrame, *, most: float | None) -> Answer:
    settings, built = record.settings, record.built
    at = int(built.people["id_pekerja"].search_sorted(person))
    months = range(settings.start, settings.start + settings.bulan)
    stands = standings(built.people.row(at, named=True), record.funds, months)
    draw = draw_of(record, at)
    found, whole = ([], True) if most is None else _changes(record, at, stands, rows["ambang"][0], most)
    payers = rows.filter(pl.col("dana").is_not_null()).sort("bulan_mulai")
    return {
        "ambang": rows["ambang"][0],
        "bulan": settings.bulan,
        "pembayar": payers.select("dana", "bulan_mulai", "jumlah_bulan", "iuran_total").to_dicts(),
        "dana": [_fund(record, stand, int(rows["poin"][0])) for stand in stands if stand.near],
        "dana_wilayah_lain": sum(not stand.near for stand in stands),
        "undian": asdict(draw) if draw else None,
        "perubahan": found,
        "perubahan_lengkap": whole,
    }


def _fund(record: Record, stand: Standing, own: int) -> Answer:
    """One fund of this person's place: whether it may pay, its money, and whom it pays instead."""
    used = next(row for row in record.run["dana"] if row["kode"] == stand.fund.code)
    paid = record.paid_rows.filter(pl.col("dana") == stand.fund.code).unique("id_pekerja")
    return {
        "kode": stand.fund.code,
        "nama": stand.fund.name,
        "boleh": stand.allowed,
        "gagal": [asdict(failure) for failure in stand.fails],
        "bulan_berlaku": [month_text(month) for month in stand.months],
        "anggaran": used["anggaran"],
        "terpakai": used["terpakai"],
        "sisa": used["sisa"],
        **asdict(places(paid["poin"], own)),
    }


def _changes(
    record: Record, at: int, stands: list[Standing], cutoff: int | None, most: float
) -> tuple[list[Answer], bool]:
    """What would have changed it: rules of funds that fail first, then points, months and rupiah that were tried; and
    whether everything could be tried.
    """
    found: list[Answer] = [
        {"dana": stand.fund.code, **asdict(stand.fails[0])}
        for stand in stands
        if stand.near and len(stand.fails) == 1 and stand.fails[0].jenis in ("SYARAT", "PEKERJAAN")
    ]
    replan = Replan(record, at, most)
    try:
        for change in _tried(replan, stands, cutoff or 0):
            found = [old for old in found if old["jenis"] != change["jenis"] or "tambah" not in old] + [change]
    except EnoughTried:
        return found, False
    return found, True


def _tried(replan: Replan, stands: list[Standing], cutoff: int) -> Iterator[Answer]:
    """Points, months and rupiah that do pay the person; of each kind the last is the best: funds by less and less."""
    record, payable = replan.record, replan.u not in (NO_FUND, NOT_ALL_MONTHS)
    points = replan.points_needed(cutoff) if payable else None
    if points:
        yield {"jenis": "POIN", "tambah": points}
    months = replan.months_needed(waiting_months(record.settings.start, "BPU", record.book) + 1)
    if months:
        yield {"jenis": "BULAN", "bulan": months}
    usable = sorted((stand for stand in stands if stand.allowed), key=lambda s: (-len(s.months), -len(s.fund.area)))
    least: int | None = None
    for stand in usable if payable else []:
        rupiah = replan.money_needed(stand.at, less_than=least)
        if rupiah:
            least = rupiah
            yield {"jenis": "RUPIAH", "dana": stand.fund.code, "tambah": rupiah}
