"""An independent check of a finished plan. It reads the tables of OUT and shares no code with the planner.

Every rule of a plan is checked again from the tables: who, by whom, when, at what price, within what money. The bound
is recomputed from the certificate's fund prices alone: whatever those prices are, no plan can exceed it.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.planning.verify_arrays import Audit, Proof, audit, bound, cheapest
from jangkau.core.planning.verify_facts import Facts, Ints, Rows, place_of, read_facts, read_rows
from jangkau.core.planning.verify_search import Claim, better_plan
from jangkau.core.planning.verify_targets import Goals

_TABLES = ("pekerja", "kelayakan", "usulan", "tautan", "rencana")
_KEYS = {
    "tujuan",
    "batas",
    "selisih_persen",
    "layak",
    "orang",
    "iuran",
    "bulan",
    "dana",
    "wilayah",
    "benih",
    "sertifikat",
}
_PROOF = {"cara", "batas_harga", "skala", "harga", "ambang", "masukan"}
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, pl.exceptions.PolarsError)


def verify(folder: Path, book: Book | None = None) -> list[dict[str, str]]:
    """What is wrong with the plan in OUT: kode, pesan, saran of each finding; an empty list says it holds.

    Raises BERKAS_TIDAK_ADA where OUT is not whole, BERKAS_RUSAK where a file of it cannot be read.
    """
    for name in (*(f"{name}.parquet" for name in _TABLES), "rencana.json"):
        if not (folder / name).is_file():
            raise Problem("BERKAS_TIDAK_ADA", berkas=name)
    tables = {name: _table(folder / f"{name}.parquet") for name in _TABLES}
    try:
        run = dict(json.loads((folder / "rencana.json").read_text("utf-8")))
    except (ValueError, TypeError):
        raise Problem("BERKAS_RUSAK", berkas="rencana.json", sebab="bukan JSON") from None
    return check(tables, run, book or Book.load())


def _table(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except pl.exceptions.PolarsError as error:
        raise Problem("BERKAS_RUSAK", berkas=path.name, sebab=type(error).__name__) from None


def check(tables: dict[str, pl.DataFrame], run: dict[str, Any], book: Book) -> list[dict[str, str]]:
    """`verify` on tables already read and the content of rencana.json."""
    missing = sorted(_KEYS - run.keys()) + sorted(_PROOF - dict(run.get("sertifikat") or {}).keys())
    if missing:
        return _told(_wrong(f"rencana.json tidak memuat {', '.join(missing)}", wrong=True))
    plan = tables["rencana"]
    paid, unpaid = (plan.filter(test) for test in (pl.col("dana").is_not_null(), pl.col("dana").is_null()))
    try:
        facts = read_facts(tables, run["sertifikat"]["masukan"], book)
        goals = Goals(facts, tables, run["sertifikat"].get("target") or [])
        facts, counts = goals.part(facts)
        rows, strange = read_rows(facts, paid, run["sertifikat"]["masukan"]["mulai"])
        seen = audit(facts, rows)
        findings = [
            *_changed("orang, dana atau bulan di luar rencana", strange),
            *_rules(seen),
            *_people(facts, tables, paid, unpaid),
            *_lots(facts, seen, run["benih"]),
            *_said(facts, seen, run, paid),
            *_groups(facts, seen, plan, run["sertifikat"]["ambang"]),
            *_goals(goals, seen, run.get("target") or []),
            *_proof(facts, rows, run, goals, counts),
        ]
    except (*_UNREADABLE, Problem) as error:
        return _told(_wrong(f"isi rencana.json atau tabel tidak dapat dibaca ({type(error).__name__})", wrong=True))
    return _told(findings)


def _told(findings: list[Problem]) -> list[dict[str, str]]:
    return [{"kode": p.kind.kode, "pesan": p.pesan, "saran": p.saran} for p in findings]


def _changed(what: str, count: int) -> list[Problem]:
    return [Problem("RENCANA_BERUBAH", apa=what, banyak=count)] if count else []


def _wrong(what: str, wrong: bool) -> list[Problem]:
    return [Problem("SERTIFIKAT_SALAH", apa=what)] if wrong else []


# ---- the rows of the plan ------------------------------------------------------------------------------------


def _rules(seen: Audit) -> list[Problem]:
    """Month by month: allowed, valid, priced by the law, each month once; nobody passed over."""
    return [
        *_changed("dana membayar orang yang tidak boleh dibayarnya", seen.forbidden),
        *_changed("dana membayar di luar masa berlakunya", seen.closed),
        *_changed("bulan seseorang kurang, lebih atau dibayar dua kali", seen.broken),
        *_changed("iuran berbeda dari ketentuan", seen.mispriced),
        *_changed("orang dilewati oleh orang berpoin lebih rendah dengan dana yang sama", seen.passed_over),
    ]


def _people(facts: Facts, tables: dict[str, pl.DataFrame], paid: pl.DataFrame, unpaid: pl.DataFrame) -> list[Problem]:
    """Every eligible person once, nobody else; points as in kelayakan; cutoffs that divide paid from unpaid."""
    plan, people = tables["rencana"], facts.people.select("id_pekerja", "poin")
    strangers = plan.join(people, on="id_pekerja", how="anti").height
    missing = people.join(plan, on="id_pekerja", how="anti").height
    both = unpaid.join(paid, on="id_pekerja", how="semi").height + unpaid.height - unpaid["id_pekerja"].n_unique()
    points = (
        plan.join(people, on="id_pekerja", how="inner").filter(pl.col("poin").ne_missing(pl.col("poin_right"))).height
    )
    money = unpaid.filter((pl.col("jumlah_bulan") != 0) | (pl.col("iuran_total") != 0)).height
    below = paid.filter(pl.col("poin") < pl.col("ambang")).height
    above = unpaid.filter(pl.col("poin") > pl.col("ambang")).height
    split = tables["kelayakan"].filter(pl.col("layak") != (pl.col("alasan").list.len() == 0)).height
    return [
        *_changed("orang yang tidak layak ada di rencana", strangers),
        *_changed("orang yang layak tidak ada di rencana", missing),
        *_changed("satu orang tercatat dibayar dan tidak dibayar", both),
        *_changed("poin berbeda dari kelayakan", points),
        *_changed("iuran pada orang yang tidak terpilih", money),
        *_changed("poin tidak sesuai ambang", below + above),
        *_changed("putusan layak tidak sesuai alasannya", split),
    ]


def _lots(facts: Facts, seen: Audit, seed: int | str) -> list[Problem]:
    """Of people who stand alike, those with the smallest sha256 of `seed|id_pekerja` are paid."""
    names = facts.people["id_pekerja"].gather(seen.drawn).to_list()
    tickets = np.array([hashlib.sha256(f"{seed}|{name}".encode()).hexdigest() for name in names], "S64")
    order = np.lexsort((tickets, seen.cell))
    cell, paid = seen.cell[order], seen.paid[seen.drawn[order]]
    late = paid[1:] & ~paid[:-1] & (cell[1:] == cell[:-1])
    return _changed("pemenang undian bukan yang bernomor undian terkecil", int(late.sum()))


# ---- what rencana.json says ----------------------------------------------------------------------------------


def _said(facts: Facts, seen: Audit, run: dict[str, Any], paid: pl.DataFrame) -> list[Problem]:
    """The sums of rencana.json against those of the rows."""
    given, people = run["sertifikat"]["masukan"], int(seen.paid.sum())
    differs = [
        (facts.points[seen.paid].sum() != run["tujuan"], "jumlah poin berbeda dari tujuan"),
        (people != run["orang"], "banyak orang berbeda dari ringkasan"),
        (len(facts.points) != run["layak"], "banyak orang layak berbeda dari ringkasan"),
        (int(seen.spent.sum()) != run["iuran"], "jumlah iuran berbeda dari ringkasan"),
        (run["bulan"] != given["bulan"], "banyak bulan berbeda dari masukan rencana"),
        (_regions(facts, seen, paid) != run["wilayah"], "ringkasan wilayah berbeda dari rencana"),
    ]
    wrong = [finding for differ, words in differs for finding in _changed(words, int(differ))]
    return [*wrong, *_budgets(facts, seen.spent, run)]


def _regions(facts: Facts, seen: Audit, paid: pl.DataFrame) -> list[dict[str, Any]]:
    """Eligible, paid, points and rupiah by kabupaten."""
    chosen = {"terpilih": pl.Series(seen.paid), "poin": pl.Series(facts.points * seen.paid)}
    people = facts.people.select("id_pekerja", "kode_desa").with_columns(pl.lit(1).alias("layak"), **chosen)
    bills = paid.join(people, on="id_pekerja", how="inner").group_by("kode_desa").agg(pl.col("iuran_total").sum())
    heads = people.group_by("kode_desa").agg(pl.col("layak", "terpilih", "poin").sum().cast(pl.Int64))
    both = heads.join(bills.rename({"iuran_total": "iuran"}), on="kode_desa", how="left", nulls_equal=True)
    kabupaten = both.group_by(wilayah=pl.col("kode_desa").str.slice(0, 4))
    sums = pl.col("layak", "terpilih", "poin", "iuran").sum()
    return kabupaten.agg(sums).sort("wilayah").to_dicts()


def _budgets(facts: Facts, spent: Ints, run: dict[str, Any]) -> list[Problem]:
    budget, said = facts.budgets.tolist(), {row["kode"]: row for row in run["dana"]}
    told = [said.get(code, {}) for code in facts.codes]
    pairs = zip(told, spent.tolist(), budget, strict=True)
    differs = sum((t.get("anggaran"), t.get("terpakai"), t.get("sisa")) != (b, s, b - s) for t, s, b in pairs)
    return [
        *_changed("dana terpakai melebihi anggaran", int((spent > facts.budgets).sum())),
        *_changed("anggaran, terpakai atau sisa dana berbeda dari ringkasan", differs + abs(len(said) - len(told))),
    ]


def _groups(facts: Facts, seen: Audit, plan: pl.DataFrame, said: list[dict[str, Any]]) -> list[Problem]:
    """Cutoffs of the certificate: funds, eligible, paid and cutoff of each group of people who stand alike."""
    place = place_of(plan, "id_pekerja", facts.people["id_pekerja"])
    known = place.is_not_null() & plan["ambang"].is_not_null()
    cutoff = np.full(len(facts.trait), -1)
    cutoff[place.filter(known).to_numpy()] = plan["ambang"].filter(known).to_numpy()
    people = pl.DataFrame({"trait": facts.trait, "ambang": cutoff, "paid": seen.paid})
    groups = people.filter(pl.col("ambang") >= 0).group_by("trait", "ambang").agg(pl.len(), pl.col("paid").sum())
    ends = np.searchsorted(facts.pair_trait, np.arange(len(facts.kind) + 1)).tolist()
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for trait, cut, eligible, paid in groups.iter_rows():
        funds = "|".join(facts.codes[at] for at in facts.pair_fund[ends[trait] : ends[trait + 1]].tolist())
        _add(found, (funds, cut), eligible, paid)
    told: dict[tuple[str, int], tuple[int, int]] = {}
    for row in said:
        _add(told, (row["dana"], row["ambang"]), row["layak"], row["terpilih"])
    return _wrong("kelompok, jumlah orang atau ambang di sertifikat berbeda dari rencana", found != told)


def _add(sums: dict[tuple[str, int], tuple[int, int]], key: tuple[str, int], eligible: int, paid: int) -> None:
    before = sums.get(key, (0, 0))
    sums[key] = (before[0] + eligible, before[1] + paid)


# ---- the certificate -----------------------------------------------------------------------------------------


def _goals(goals: Goals, seen: Audit, told: list[dict[str, Any]]) -> list[Problem]:
    return [finding for words in goals.wrong(seen.paid, told) for finding in _wrong(words, wrong=True)]


def _proof(facts: Facts, rows: Rows, run: dict[str, Any], goals: Goals, counts: Ints) -> list[Problem]:
    proof, goal, limit = run["sertifikat"], run["tujuan"], run["batas"]
    prices = [proof["harga"].get(code, -1) for code in facts.codes]
    numbers = [*prices, proof["skala"], proof["batas_harga"], limit]
    if any(type(number) is not int for number in numbers) or min(prices, default=0) < 0 or proof["skala"] < 1:
        return _wrong("harga dana bukan bilangan bulat nol ke atas", wrong=True)
    whole = [facts.codes.index(code) for code in proof.get("utuh") or []]
    plain = Proof(prices, proof["skala"], [], goals.worth(counts), goals.debt())
    computed = bound(facts, rows, replace(plain, whole=whole))
    if computed is None:
        return _wrong("satu orang ada di dua dana yang dihitung utuh", wrong=True)
    searched = proof["cara"] == "pencarian"
    told = {row["kode"]: row.get("harga") for row in run["dana"]}
    a_million = {code: round(int(price) / proof["skala"] * 1_000_000, 6) for code, price in proof["harga"].items()}
    gap = round(100 * (limit - goal) / limit, 6) if limit else 0.0
    return [
        *_wrong(
            f"batas menurut harga dana {computed}, tertulis {proof['batas_harga']}", computed != proof["batas_harga"]
        ),
        *_wrong("batas tidak sama dengan yang dibuktikan", limit != (goal if searched else computed)),
        *_wrong("tujuan melebihi batas", goal > min(limit, computed)),
        *_wrong("pencarian menemukan rencana yang lebih baik", searched and _better(facts, rows, plain, goals, goal)),
        *_wrong("selisih salah hitung", gap != run["selisih_persen"]),
        *_wrong("harga dana di ringkasan berbeda dari sertifikat", told != a_million),
    ]


def _better(facts: Facts, rows: Rows, proof: Proof, goals: Goals, goal: int) -> bool:
    """Whether a search that starts from these prices finds more points than `goal` for people who reach the targets."""
    counts = goals.part(facts)[1]
    limit, step = bound(facts, rows, proof) or 0, max(int(np.gcd.reduce(facts.points)), 1)
    cost = cheapest(facts, proof.prices) - proof.bonus
    return better_plan(facts, Claim(goal, counts, goals.owed, cost, (limit + step - goal) * proof.scale, proof.scale))
