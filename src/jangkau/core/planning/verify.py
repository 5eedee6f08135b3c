"""An independent check of a finished plan. It reads the tables of OUT and shares no code with the planner.

Every rule of a plan is checked again from the tables: who, by whom, when, at what price, within what money. The bound
is recomputed from the certificate's fund prices alone: whatever those prices are, no plan can exceed it.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.planning.verify_facts import Facts, Ints, place_of, read_facts

_TABLES = ("pekerja", "kelayakan", "usulan", "tautan", "rencana")
_KEYS = {"tujuan", "batas", "selisih_persen", "orang", "dana", "wilayah", "sertifikat"}
_PROOF = {"cara", "batas_harga", "skala", "harga", "masukan"}
_FAR = np.iinfo(np.int64).max // 4


def verify(folder: Path, book: Book | None = None) -> list[dict[str, str]]:
    """What is wrong with the plan in OUT: kode, pesan, saran of each finding; an empty list says it holds.

    Raises BERKAS_TIDAK_ADA where OUT is not whole.
    """
    for name in (*(f"{name}.parquet" for name in _TABLES), "rencana.json"):
        if not (folder / name).is_file():
            raise Problem("BERKAS_TIDAK_ADA", berkas=name)
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in _TABLES}
    return check(tables, json.loads((folder / "rencana.json").read_text("utf-8")), book or Book.load())


def check(tables: dict[str, pl.DataFrame], run: dict[str, Any], book: Book) -> list[dict[str, str]]:
    """`verify` on tables already read and the content of rencana.json."""
    missing = sorted(_KEYS - run.keys()) + sorted(_PROOF - run.get("sertifikat", {}).keys())
    if missing:
        return _told(_wrong(f"rencana.json tidak memuat {', '.join(missing)}", wrong=True))
    facts = read_facts(tables, run["sertifikat"]["masukan"], book)
    findings = _rows(facts, tables, run) + _money(facts, tables["rencana"], run) + _proof(facts, tables["rencana"], run)
    return _told(findings)


def _told(findings: list[Problem]) -> list[dict[str, str]]:
    return [{"kode": p.kind.kode, "pesan": p.pesan, "saran": p.saran} for p in findings]


def _changed(what: str, count: int) -> list[Problem]:
    return [Problem("RENCANA_BERUBAH", apa=what, banyak=count)] if count else []


def _wrong(what: str, wrong: bool) -> list[Problem]:
    return [Problem("SERTIFIKAT_SALAH", apa=what)] if wrong else []


# ---- the rows of the plan ------------------------------------------------------------------------------------


def _rows(facts: Facts, tables: dict[str, pl.DataFrame], run: dict[str, Any]) -> list[Problem]:
    """Every eligible person once, nobody else; points as in kelayakan; cutoffs that divide paid from unpaid."""
    plan, people = tables["rencana"], facts.people
    paid = plan.filter(pl.col("dana").is_not_null())
    unpaid = plan.filter(pl.col("dana").is_null())
    strangers = plan.join(people, on="id_pekerja", how="anti").height
    missing = people.join(plan, on="id_pekerja", how="anti").height
    both = unpaid.join(paid, on="id_pekerja", how="semi").height + unpaid.height - unpaid["id_pekerja"].n_unique()
    points = plan.join(people, on="id_pekerja", how="inner").filter(pl.col("poin") != pl.col("poin_right")).height
    money = unpaid.filter((pl.col("jumlah_bulan") != 0) | (pl.col("iuran_total") != 0)).height
    below = (
        paid.filter(pl.col("poin") < pl.col("ambang")).height + unpaid.filter(pl.col("poin") > pl.col("ambang")).height
    )
    reached = paid.unique("id_pekerja")
    return [
        *_changed("orang yang tidak layak ada di rencana", strangers),
        *_changed("orang yang layak tidak ada di rencana", missing),
        *_changed("satu orang tercatat dibayar dan tidak dibayar", both),
        *_changed("poin berbeda dari kelayakan", points),
        *_changed("iuran pada orang yang tidak terpilih", money),
        *_changed("poin tidak sesuai ambang", below),
        *_changed("jumlah poin berbeda dari tujuan", int(reached["poin"].sum() != run["tujuan"])),
        *_changed("banyak orang berbeda dari ringkasan", int(reached.height != run["orang"])),
        *_changed("putusan layak tidak sesuai alasannya", _split(tables["kelayakan"])),
        *_changed("ringkasan wilayah berbeda dari rencana", int(_regions(people, paid) != run["wilayah"])),
    ]


def _split(kelayakan: pl.DataFrame) -> int:
    """Verdicts that contradict their own reasons."""
    return kelayakan.filter(pl.col("layak") != (pl.col("alasan").list.len() == 0)).height


def _regions(people: pl.DataFrame, paid: pl.DataFrame) -> list[dict[str, Any]]:
    """Eligible, paid, points and rupiah by kabupaten."""
    bills = paid.group_by("id_pekerja").agg(pl.col("iuran_total").sum())
    chosen = pl.col("iuran_total").is_not_null()
    rows = people.join(bills, on="id_pekerja", how="left").group_by(
        pl.col("kode_desa").str.slice(0, 4).alias("wilayah")
    )
    counts = rows.agg(
        layak=pl.len(),
        terpilih=chosen.sum(),
        poin=pl.col("poin").filter(chosen).sum(),
        iuran=pl.col("iuran_total").sum(),
    )
    return counts.sort("wilayah").to_dicts()


def _money(facts: Facts, plan: pl.DataFrame, run: dict[str, Any]) -> list[Problem]:
    """Month by month: allowed, valid, priced by the law, each month once, within every fund's money."""
    paid = plan.filter(pl.col("dana").is_not_null())
    place = place_of(paid, "id_pekerja", facts.people["id_pekerja"])
    fund = place_of(paid.rename({"dana": "kode"}), "kode", facts.funds["kode"])
    start, span = month_index(run["sertifikat"]["masukan"]["mulai"]), facts.valid.shape[1]
    begins = np.array([month_index(text) if text else -1 for text in paid["bulan_mulai"]], np.int64) - start
    length = paid["jumlah_bulan"].to_numpy()
    outside = (begins < 0) | (length < 1) | (begins + length > span) | (place.is_null() | fund.is_null()).to_numpy()
    if outside.any():
        return _changed("orang, dana atau bulan di luar rencana", int(outside.sum()))
    row = np.repeat(np.arange(len(length)), length)
    month = np.arange(len(row)) - np.repeat(np.cumsum(length) - length, length) + begins[row]
    at, by = place.to_numpy().astype(np.int64)[row], fund.to_numpy().astype(np.int64)[row]
    price = facts.rupiah[facts.payer[by], facts.kind[facts.trait[at]], month]
    total = np.bincount(row, price, len(length))
    first = price[np.cumsum(length) - length]
    priced = (total == paid["iuran_total"].to_numpy()) & (first == paid["iuran_per_bulan"].to_numpy())
    times = np.bincount(at * span + month, minlength=facts.people.height * span).reshape(-1, span)
    whole = (times == 1).all(axis=1) | (times == 0).all(axis=1)
    return [
        *_changed("dana membayar orang yang tidak boleh dibayarnya", int((~facts.allowed[facts.trait[at], by]).sum())),
        *_changed("dana membayar di luar masa berlakunya", int((~facts.valid[by, month]).sum())),
        *_changed("bulan seseorang kurang, lebih atau dibayar dua kali", int((~whole).sum())),
        *_changed("iuran berbeda dari ketentuan", int((~priced).sum())),
        *_budgets(facts, np.bincount(by, price, facts.funds.height).astype(np.int64), run),
    ]


def _budgets(facts: Facts, spent: Ints, run: dict[str, Any]) -> list[Problem]:
    budget = facts.funds["anggaran"].to_numpy()
    said = {row["kode"]: row for row in run["dana"]}
    told = [said.get(code, {}) for code in facts.funds["kode"]]
    pairs = zip(told, spent.tolist(), budget.tolist(), strict=True)
    differs = sum((t.get("anggaran"), t.get("terpakai"), t.get("sisa")) != (b, s, b - s) for t, s, b in pairs)
    return [
        *_changed("dana terpakai melebihi anggaran", int((spent > budget).sum())),
        *_changed("anggaran, terpakai atau sisa dana berbeda dari ringkasan", differs + abs(len(said) - len(told))),
    ]


# ---- the certificate -----------------------------------------------------------------------------------------


def _proof(facts: Facts, plan: pl.DataFrame, run: dict[str, Any]) -> list[Problem]:
    proof, goal, bound = run["sertifikat"], run["tujuan"], run["batas"]
    prices = np.array([proof["harga"].get(code, -1) for code in facts.funds["kode"]], object)
    if len(prices) and (min(prices) < 0 or proof["skala"] < 1):
        return _wrong("harga dana kurang dari nol", wrong=True)
    computed = _bound(facts, prices, proof["skala"])
    searched = proof["cara"] == "pencarian"
    told = {row["kode"]: row.get("harga") for row in run["dana"]}
    a_million = {code: round(int(price) / proof["skala"] * 1_000_000, 6) for code, price in proof["harga"].items()}
    gap = round(100 * (bound - goal) / bound, 6) if bound else 0.0
    return [
        *_wrong(
            f"batas menurut harga dana {computed}, tertulis {proof['batas_harga']}", computed != proof["batas_harga"]
        ),
        *_wrong("batas tidak sama dengan yang dibuktikan", bound != (goal if searched else computed)),
        *_wrong("tujuan melebihi batas", goal > min(bound, computed)),
        *_wrong("selisih salah hitung", gap != run["selisih_persen"]),
        *_wrong("harga dana di ringkasan berbeda dari sertifikat", told != a_million),
    ]


def _bound(facts: Facts, prices: Any, scale: int) -> int:
    """Weak duality in whole numbers: money at these prices, and what each person is worth above the cheapest months.

    Budgets are rounded down to what prices can add up to, and points to their common step: no plan falls between.
    """
    points = facts.people["poin"].to_numpy()
    cost, unit = _cheapest(facts, prices)
    reached = np.array([c < _FAR for c in cost], bool)[facts.trait]
    money = sum(
        int(p) * (int(b) // int(g) * int(g)) for p, b, g in zip(prices, facts.funds["anggaran"], unit, strict=True) if g
    )
    top = int(points.max(initial=0)) + 1
    pairs, count = np.unique(facts.trait[reached] * top + points[reached], return_counts=True)
    traits, worth = pairs // top, pairs % top
    over = sum(max(0, int(w) * scale - int(cost[t])) * int(n) for t, w, n in zip(traits, worth, count, strict=True))
    step = int(np.gcd.reduce(points[reached])) if reached.any() else 1
    return (money + over) // scale // max(step, 1) * max(step, 1)


def _cheapest(facts: Facts, prices: Any) -> tuple[Any, Ints]:
    """Cheapest price of all months by trait (_FAR where some month has no fund), and the gcd of each fund's prices."""
    top = int(max(prices, default=0)) * int(facts.rupiah.max(initial=0)) * facts.valid.shape[1]
    kind = np.int64 if top < _FAR // facts.valid.shape[1] else object
    priced = prices.astype(kind)
    cost = np.zeros(len(facts.kind), kind)
    for month in range(facts.valid.shape[1]):
        cost = np.minimum(cost + _month(facts, priced, month), _FAR)
    unit = np.zeros(facts.funds.height, np.int64)
    payable = facts.allowed & (cost < _FAR)[:, None]
    for s in range(facts.funds.height):
        kinds = np.unique(facts.kind[payable[:, s]])
        unit[s] = np.gcd.reduce(facts.rupiah[facts.payer[s], kinds][:, facts.valid[s]].reshape(-1))
    return cost, unit


def _month(facts: Facts, prices: Any, month: int) -> Any:
    bill = facts.rupiah[facts.payer, :, month].T.astype(prices.dtype) * prices
    best = np.full(len(facts.kind), _FAR, prices.dtype)
    for s in np.flatnonzero(facts.valid[:, month]):
        mine = facts.allowed[:, s]
        best[mine] = np.minimum(best[mine], bill[facts.kind[mine], s])
    return best
