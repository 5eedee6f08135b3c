"""Open data of several indicators: subtracting one table from another finds no small count, nor over two editions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from tries import tries

from jangkau.core.coverage import indicators, ties
from jangkau.core.disclosure import Rules, make
from jangkau.core.tables.figures import ANGKA

RULES = Rules()
FIRST, SECOND = date(2026, 10, 31), date(2026, 11, 30)
REGIONS, LEAVES = ("17", "1701", "1702", "1703"), ("1701", "1702", "1703")
ALL, FORMAL, INFORMAL = "cakupan", "cakupan_formal", "cakupan_informal"
Who = dict[str, np.ndarray]
Cell = tuple[str, str, str, date]  # what is counted, region, class, date


def people(seed: int, size: int) -> Who:
    """Workers of three kabupaten: segment of a membership, vulnerable or not, safe or not; each at one date."""
    rng = np.random.default_rng(seed)
    segment = rng.choice(["", "PU", "BPU", "JAKON"], size, p=[0.4, 0.3, 0.26, 0.04])
    return {
        "region": rng.choice(LEAVES, size, p=[0.5, 0.3, 0.2]), "segment": segment,
        "poor": rng.random(size) < 0.85, "safe": rng.random(size) < 0.9,
    }  # fmt: skip


def counts(who: Who, per: date, before: Who | None = None) -> dict[Cell, float]:
    """Every count that the tables hold."""
    active, told = who["segment"] != "", {}
    groups = {
        "aktif": active, "formal": np.isin(who["segment"], ["PU", "JAKON"]), "informal": who["segment"] == "BPU",
        "pekerja": np.ones_like(active), "bekerja aktif": active, "rentan": who["poor"],
        "rentan aktif": who["poor"] & active, "penuh": who["safe"] & active,
    }  # fmt: skip
    if before is not None:
        was = before["segment"] != ""
        groups |= {"tadinya": was, "berhenti": was & ~active}
    for region in REGIONS:
        here = np.char.startswith(who["region"], region)
        told |= {(name, region, "", per): float((which & here).sum()) for name, which in groups.items()}
        for kelas in ("PU", "BPU", "JAKON"):
            told["aktif", region, kelas, per] = float(((who["segment"] == kelas) & here).sum())
            if before is not None:
                told["tadinya", region, kelas, per] = float(((before["segment"] == kelas) & here).sum())
                told["berhenti", region, kelas, per] = float(
                    ((before["segment"] == kelas) & here & ~active).sum()
                )  # fmt: skip
    return told


TABLES = {  # indicator -> numerator, denominator
    "peserta_aktif": ("aktif", ""), "cakupan_formal": ("formal", ""), "cakupan_informal": ("informal", ""),
    "cakupan_warga": ("bekerja aktif", "pekerja"), "cakupan_rentan": ("rentan aktif", "rentan"),
    "perlindungan_penuh_warga": ("penuh", "pekerja"), "lapse": ("berhenti", "tadinya"),
}  # fmt: skip


def tables(told: dict[Cell, float], per: date) -> pl.DataFrame:
    rows = []
    for code, (above, below) in TABLES.items():
        known = indicators()[code]
        for (name, region, kelas, day), value in told.items():
            if name != above or day != per:
                continue
            whole = told[below, region, kelas, per] if below else None
            rows.append({
                "indikator": code, "wilayah": region, "potongan": "segmen" if kelas else "", "kelas": kelas,
                "per": per, "pembilang": value, "penyebut": whole, "nilai": None, "satuan": "persen",
                "nama_pembilang": known.pembilang, "sumber_pembilang": f"peserta {per}", "versi": "1",
                "nama_penyebut": known.penyebut if below else None, "asal": "dihitung",
                "sumber_penyebut": f"register {per}" if below else None,
            })  # fmt: skip
    return ANGKA.conform(pl.DataFrame(rows, infer_schema_length=None)).to_native()


def published(editions: Iterable[pl.DataFrame]) -> dict[Cell, float]:
    """What the public reads, by what it counts."""
    told: dict[Cell, float] = {}
    for row in pl.concat(editions).rows(named=True):
        sides = zip(TABLES[row["indikator"]], (row["pembilang"], row["penyebut"]), strict=True)
        for name, value in sides:
            if name and value is not None:
                told[name, row["wilayah"], row["kelas"], row["per"]] = value
    return told


@dataclass(frozen=True)
class Spreadsheet:
    """All an attacker may write down: sums that hold exactly, parts that fit into wholes, and what is published."""

    cells: list[Cell]
    equal: np.ndarray
    less: np.ndarray

    @staticmethod
    def of(true: dict[Cell, float]) -> "Spreadsheet":
        cells, place = list(true), {cell: n for n, cell in enumerate(true)}
        equal, less = [], []

        def row(*terms: tuple[float, Cell]) -> np.ndarray | None:
            if any(cell not in place for _, cell in terms):
                return None
            line = np.zeros(len(cells))
            for sign, cell in terms:
                line[place[cell]] += sign
            return line

        for name, region, kelas, per in cells:
            head = (1, (name, region, kelas, per))
            if region == "17":
                equal.append(row(head, *((-1, (name, leaf, kelas, per)) for leaf in LEAVES)))
            if not kelas:
                equal.append(row(head, *((-1, (name, region, k, per)) for k in ("PU", "BPU", "JAKON"))))
            for part, whole in (("bekerja aktif", "pekerja"), ("rentan", "pekerja"), ("rentan aktif", "rentan"),
                                ("rentan aktif", "bekerja aktif"), ("penuh", "bekerja aktif"),
                                ("berhenti", "tadinya")):  # fmt: skip
                if name == whole:
                    less.append(row((1, (part, region, kelas, per)), (-1, (whole, region, kelas, per))))
            if name == "pekerja":
                either = ((1, "rentan"), (1, "bekerja aktif"), (-1, "rentan aktif"), (-1, "pekerja"))
                less.append(row(*((sign, (what, region, kelas, per)) for sign, what in either)))
        for region in REGIONS:
            for per in (FIRST, SECOND):
                parts = {"aktif": ("formal", "informal")}
                equal += [row((1, (w, region, "", per)), *((-1, (p, region, "", per)) for p in ps))
                          for w, ps in parts.items()]  # fmt: skip
                for group, classes in (("formal", ("PU", "JAKON")), ("informal", ("BPU",))):
                    equal.append(
                        row((1, (group, region, "", per)), *((-1, ("aktif", region, k, per)) for k in classes))
                    )
            for kelas in ("", "PU", "BPU", "JAKON"):
                equal.append(row((1, ("tadinya", region, kelas, SECOND)), (-1, ("aktif", region, kelas, FIRST))))
        kept = [np.array([line for line in lines if line is not None]) for lines in (equal, less)]
        return Spreadsheet(cells, *kept)

    def interval(self, aim: np.ndarray, known: dict[Cell, float]) -> tuple[float, float]:
        bounds = [(known[cell], known[cell]) if cell in known else (0, None) for cell in self.cells]
        told = {"A_eq": self.equal, "b_eq": np.zeros(len(self.equal)), "A_ub": self.less,
                "b_ub": np.zeros(len(self.less)), "bounds": bounds}  # fmt: skip
        ends = [linprog(sign * aim, **told) for sign in (1, -1)]
        return ends[0].fun, -ends[1].fun if ends[1].status == 0 else np.inf


RESTS = (
    (("pekerja", "rentan"), ()), (("bekerja aktif", "rentan aktif"), ()), (("bekerja aktif", "penuh"), ()),
    (("aktif", "formal"), ()), (("pekerja", "rentan", "bekerja aktif"), ("rentan aktif",)),
)  # fmt: skip


def exposed(true: dict[Cell, float], known: dict[Cell, float]) -> list[tuple[str, float, float, float]]:
    """Small counts, small rests of one table in another and of two in a third, that the attacker pins."""
    sheet, found = Spreadsheet.of(true), []
    aims = {str(cell): {cell: 1.0} for cell in true}
    for (whole, *less), more in RESTS:
        signs = {whole: 1.0} | dict.fromkeys(less, -1.0) | dict.fromkeys(more, 1.0)
        spots = [cell[1:] for cell in true if all((name, *cell[1:]) in true for name in signs) and cell[0] == whole]
        aims |= {f"{signs} {spot}": {(name, *spot): sign for name, sign in signs.items()} for spot in spots}
    for words, terms in aims.items():
        value = sum(sign * true[cell] for cell, sign in terms.items())
        if not 0 < value < RULES.ambang:
            continue
        aim = np.array([terms.get(cell, 0.0) for cell in sheet.cells])
        low, high = sheet.interval(aim, known)
        if high < RULES.ambang - 1e-6 or high - low < RULES.lebar - 1e-6:
            found.append((words, value, low, high))
    return found


@settings(max_examples=tries(4), deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([60, 200, 900]))
def test_no_table_subtracted_from_another_tells_of_a_few(seed: int, size: int) -> None:
    told = counts(people(seed, size), FIRST)
    edition = make(tables(told, FIRST), [], RULES, ties=ties())
    assert exposed(told, published([edition.public])) == []


@settings(max_examples=tries(3), deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([200, 900]))
def test_nor_does_a_later_edition_with_the_months_before(seed: int, size: int) -> None:
    who = people(seed, size)
    first = counts(who, FIRST)
    rng = np.random.default_rng(seed)
    moved = np.where(rng.random(size) < 0.1, "", np.where(rng.random(size) < 0.05, "PU", who["segment"]))
    later = who | {"segment": moved}
    second = counts(later, SECOND, before=who)
    one = make(tables(first, FIRST), [], RULES, ties=ties())
    two = make(tables(second, SECOND), [one.kept], RULES, ties=ties())
    assert exposed(first | second, published([one.public, two.public])) == []


def test_without_what_the_indicators_say_of_one_another_the_attack_succeeds() -> None:
    """Each table alone is safe; a few construction workers are what is formal and no wage earner."""
    found = [exposed(told, published([make(tables(told, FIRST), [], RULES).public]))
             for told in (counts(people(seed, 200), FIRST) for seed in range(4))]  # fmt: skip
    assert any(found)
