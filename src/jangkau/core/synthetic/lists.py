"""Who is proposed, on which list, and what is written of each: one row a mention.

A list is a number: the main list of a village, its second list, or a department's list of a kabupaten.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.synthetic import faults
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.names import draw_names
from jangkau.core.synthetic.places import Places
from jangkau.core.synthetic.registers import family_numbers, strangers

PROPOSED = 0.113
NO_LIST = 0.04
SECOND_LIST = 0.18
DEPARTMENT = 0.03
TWICE_IN_LIST = 0.022
TWICE_ACROSS = 0.02
INVENTED = 0.022
# Cumulated shares of wrong numbers.
NIK_FAULTS = (
    (0.035, "NIK_KOSONG"), (0.048, "NIK_15_ANGKA"), (0.062, "NIK_SALAH_ANGKA"), (0.069, "NIK_TERTUKAR"),
    (0.080, "NIK_KELUARGA"), (0.084, "NIK_HURUF_O"), (0.086, "NIK_ISIAN_PALSU"),
    (0.091, "NIK_LAMA"), (0.093, "NIK_ISI_KK"),
)  # fmt: skip
FORMER_REGIONS = ("160305", "130512", "331207", "180211")
# What a list says of a person's work -> where its words stand.
SAYINGS = {
    "APARATUR": "aparatur", "PELAJAR": "pelajar", "PENSIUNAN": "pensiunan", "MENGANGGUR": "menganggur",
    "DIAM": "kosong",
}  # fmt: skip
# The draws that decide whether a fault happens: number, name, title, date wrong or missing, sex.
FAULT_DRAWS = (0, 3, 6, 7, 8, 9)
# Share of the proposals by kind of person; the rest of the kinds is never proposed.
KINDS = {
    "biasa": 0.80, "anggota": 0.06, "meninggal": 0.02, "pindah": 0.014, "muda": 0.013, "tua": 0.04, "aparatur": 0.014,
    "pelajar": 0.014, "pensiunan": 0.008,
}  # fmt: skip


@dataclass(frozen=True)
class ListNumbers:
    """Numbers of the lists of a province."""

    villages: int

    def second(self, village: Any) -> Any:
        """A village's second list."""
        return village + self.villages

    def department(self, regency: Any) -> Any:
        """The department's list of a kabupaten, by its place in `Places.regencies`."""
        return regency + 2 * self.villages

    def village(self, number: int) -> int | None:
        """The village of a list; None for a department's."""
        return number % self.villages if number < 2 * self.villages else None


def make_mentions(
    people: pl.DataFrame, members: pl.DataFrame, places: Places, per: date, rng: np.random.Generator, *, faults: float
) -> pl.DataFrame:
    """One row a line of a list, in list order, with the values as written (see `_written`).

    `faults` multiplies the shares of human errors.
    """
    chosen = _choose(people, members, places, rng)
    persons = pl.concat([_persons(people, chosen), _invented(len(chosen), people, places, per, rng)], how="diagonal")
    persons = persons.with_columns(_work(persons, rng), _money(len(persons), rng), _phones(len(persons), rng))
    mentions = _on_lists(persons, places, rng)
    return _written(mentions, people, rng, faults)


def _choose(people: pl.DataFrame, members: pl.DataFrame, places: Places, rng: np.random.Generator) -> np.ndarray:
    """Person numbers: in each village the ones with the smallest keys."""
    kind = _kinds(people, members)
    count = np.bincount(kind, minlength=len(KINDS) + 1)
    weight = np.r_[0.0, list(KINDS.values())] / np.maximum(count, 1)
    with np.errstate(divide="ignore"):
        key = rng.exponential(size=len(people)) / weight[kind]
    village = people["_desa"].to_numpy()
    factor = rng.lognormal(-0.06, 0.35, len(places.villages)) * (rng.random(len(places.villages)) >= NO_LIST)
    wanted = np.floor(PROPOSED / (1 - NO_LIST) * places.population * factor + rng.random(len(factor)) * (factor > 0))
    order = np.lexsort((key, village))
    start = np.r_[0, np.cumsum(places.population)[:-1]]
    rank = np.arange(len(order)) - start[village[order]]
    return np.sort(order[(rank < wanted[village[order]]) & np.isfinite(key[order])])


def _kinds(people: pl.DataFrame, members: pl.DataFrame) -> np.ndarray:
    """0 for never proposed, else the place in KINDS from 1."""
    jobs = load("jobs")
    age, card, dead = pl.col("_usia"), pl.col("pekerjaan"), pl.col("tanggal_meninggal").is_not_null()
    active = members.filter(pl.col("dibayar_sampai") >= "2026-08")["_orang"].drop_nulls()
    tests = {
        "meninggal": dead & age.is_between(18, 80),
        "muda": ~dead & age.is_between(14, 17),
        "tua": ~dead & age.is_between(65, 82),
        "pindah": ~dead & age.is_between(18, 64) & (pl.col("kode_desa") != pl.col("_asal")),
        "aparatur": ~dead & age.is_between(18, 64) & card.is_in(jobs["aparatur"]),
        "pelajar": ~dead & age.is_between(18, 30) & (card == "PELAJAR/MAHASISWA"),
        "pensiunan": ~dead & (card == "PENSIUNAN"),
        "anggota": ~dead & age.is_between(18, 64) & pl.col("_orang").is_in(active.implode()),
        "biasa": ~dead & age.is_between(18, 64),
    }
    number = {kind: i + 1 for i, kind in enumerate(KINDS)}
    chain: Any = pl.when(pl.lit(False)).then(0)
    for kind, test in tests.items():
        chain = chain.when(test).then(number[kind])
    return people.select(chain.otherwise(0).alias("k"))["k"].to_numpy()


def _persons(people: pl.DataFrame, chosen: np.ndarray) -> pl.DataFrame:
    here = people.select(pl.all().gather(pl.Series(chosen)))
    return here.select(
        pl.col("_orang").cast(pl.Int64), "nik", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "_tag",
        pl.col("pekerjaan").alias("_kartu"), "_budaya", "_desa",
    )  # fmt: skip


def _invented(count: int, people: pl.DataFrame, places: Places, per: date, rng: np.random.Generator) -> pl.DataFrame:
    """People of no register: they get a key of their own in `_semu`."""
    n = max(2, round(count * INVENTED))
    village = rng.integers(0, len(places.villages), n)
    codes = pl.Series(places.villages).gather(pl.Series(village))
    frame = strangers(n, codes, places.province, per, rng).drop("kode_desa")
    tags = rng.choice(["TANI", "SAWIT", "DAGANG", "BANGUNAN", "LAIN", "NELAYAN"], n)
    return frame.with_columns(
        pl.Series("_tag", tags.tolist(), dtype=pl.String),
        pl.lit("").alias("_kartu"),
        pl.Series("_desa", village),
        pl.lit(0, dtype=pl.Int64).alias("_budaya"),
        pl.Series("_semu", [f"SEMU{i:06d}" for i in range(n)], dtype=pl.String),
        (codes.str.slice(0, 6) + "01011500" + pl.Series(range(10, n + 10)).cast(pl.String).str.slice(-2)).alias(
            "no_kk"
        ),
    )


def _work(persons: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    """What the lists say of a person: BEKERJA, APARATUR, PELAJAR, PENSIUNAN, MENGANGGUR or DIAM."""
    jobs, u = load("jobs"), pl.Series("u", rng.random(len(persons)))
    card = pl.col("_kartu")
    said = (
        pl.when(card.is_in(jobs["aparatur"]) & (u < 0.5)).then(pl.lit("APARATUR"))
        .when((card == "PELAJAR/MAHASISWA") & (u < 0.6)).then(pl.lit("PELAJAR"))
        .when((card == "PENSIUNAN") & (u < 0.5)).then(pl.lit("PENSIUNAN"))
        .when(u > 0.99).then(pl.lit("MENGANGGUR"))
        .when(u > 0.96).then(pl.lit("DIAM"))
        .otherwise(pl.lit("BEKERJA"))
    )  # fmt: skip
    return persons.select(said.alias("_kata"))["_kata"]


def _money(count: int, rng: np.random.Generator) -> pl.Series:
    amount = np.round(rng.lognormal(14.05, 0.4, count) / 50_000).astype(np.int64) * 50_000
    return pl.Series("penghasilan", np.clip(amount, 300_000, 6_000_000))


def _phones(count: int, rng: np.random.Generator) -> pl.Series:
    head = rng.choice(["0812", "0813", "0821", "0822", "0852", "0853", "0878", "0895", "0831", "0857"], count)
    tail = rng.integers(10**6, 10**8, count)
    numbers = [f"{h}{t}" if h else None for h, t in zip(head, tail, strict=True)]
    return pl.Series("no_hp", numbers, dtype=pl.String).set(pl.Series(rng.random(count) < 0.3), None)


def _on_lists(persons: pl.DataFrame, places: Places, rng: np.random.Generator) -> pl.DataFrame:
    """The persons on their lists, some twice on one list and some on two, shuffled inside each list."""
    lists = ListNumbers(len(places.villages))
    n, village = len(persons), persons["_desa"].to_numpy()
    regency = {code: i for i, code in enumerate(places.regencies)}
    department = lists.department(np.array([regency[code[:4]] for code in places.villages])[village])
    has_second = (rng.random(len(places.villages)) < SECOND_LIST)[village]
    u = rng.random((n, 3))
    number = np.where(has_second & (u[:, 0] < 0.4), lists.second(village), village)
    number = np.where(u[:, 1] < DEPARTMENT, department, number)
    first = persons.with_columns(pl.Series("_daftar", number), pl.lit("").alias("_ulang"))
    neighbour = np.minimum(village + 1, len(places.villages) - 1)
    other = np.where(number != department, np.where(rng.random(n) < 0.6, department, neighbour), village)
    again = first.filter(pl.Series(u[:, 2] < TWICE_IN_LIST)).with_columns(pl.lit("GANDA_DALAM_DAFTAR").alias("_ulang"))
    across = first.with_columns(pl.Series("_daftar", other), pl.lit("GANDA_ANTAR_DAFTAR").alias("_ulang"))
    every = pl.concat([first, again, across.filter(pl.Series(u[:, 2] > 1 - TWICE_ACROSS))])
    every = every.with_columns(pl.Series("_acak", rng.random(len(every))))
    is_department = pl.when(pl.col("_daftar") >= 2 * len(places.villages)).then("_desa").otherwise(0)
    return every.sort("_daftar", is_department, "_acak").drop("_acak")


def _written(mentions: pl.DataFrame, people: pl.DataFrame, rng: np.random.Generator, often: float) -> pl.DataFrame:
    """The mention's values with human faults, and `jebakan`, the codes of what was done.

    `nik` is the true number (null for the invented), `tulis_nik` the number meant to stand on paper (null: blank),
    `nama`, `tanggal_lahir`, `jenis_kelamin`, `pekerjaan` (tag), `kata` (the word), as they stand there.
    """
    relatives = family_numbers(people, mentions["_orang"])
    u = rng.random((len(mentions), 16))
    u[:, list(FAULT_DRAWS)] /= often
    fathers = draw_names(
        mentions["_budaya"].to_numpy(), np.zeros(len(mentions), dtype=bool), np.full(len(mentions), 60),
        np.zeros(len(mentions), dtype=np.int64), rng,
    ).to_list()  # fmt: skip
    rows = mentions.to_dicts()
    for row, draws, relative, father in zip(rows, u.tolist(), relatives, fathers, strict=True):
        hits = [row["_ulang"]] if row["_ulang"] else []
        row["tulis_nik"] = _write_nik(row, relative, draws, hits)
        _write_name(row, father, draws, hits)
        _write_birth(row, draws, hits)
        _write_work(row, draws)
        if row["_semu"]:
            hits.append("TIDAK_ADA_ORANG")
            row["nik"] = None
        row["jebakan"] = hits
    return pl.DataFrame(rows, schema_overrides={"jebakan": pl.List(pl.String)}, infer_schema_length=None)


def _write_nik(row: dict[str, Any], relative: str | None, u: list[float], hits: list[str]) -> str | None:
    """The number meant to stand on paper; `relative` is the one of somebody in the same household."""
    nik: str = row["nik"]
    code = next((code for limit, code in NIK_FAULTS if u[0] < limit), None)
    if code is None:
        return nik
    written: str | None = {
        "NIK_KOSONG": None,
        "NIK_15_ANGKA": faults.short_number(nik, u[1], u[2]),
        "NIK_SALAH_ANGKA": faults.wrong_digit(nik, u[1], u[2]),
        "NIK_TERTUKAR": faults.transposed(nik, u[1], u[2]),
        "NIK_KELUARGA": relative or nik,
        "NIK_HURUF_O": nik.replace("0", "O", 1 + int(u[1] * 3)),
        "NIK_ISIAN_PALSU": ("0" * 16, "1" * 16, nik[:6] + "0" * 10)[int(u[1] * 3)],
        "NIK_LAMA": f"{FORMER_REGIONS[int(u[1] * 4)]}{nik[6:12]}{1 + int(u[2] * 9):04d}",
        "NIK_ISI_KK": row["no_kk"],
    }[code]
    if written != nik:
        hits.append(code)
    return written


def _write_name(row: dict[str, Any], father: str, u: list[float], hits: list[str]) -> None:
    name = row["nama"]
    if u[3] < 0.17:
        name, code = faults.wrong_name(name, u[3] / 0.17, u[4], u[5])
        hits.extend([code] if code else [])
    sex = row["jenis_kelamin"]
    if u[6] < 0.03:
        name = faults.TITLES_BEFORE[sex][int(u[4] * 5) % len(faults.TITLES_BEFORE[sex])] + name
        hits.append("NAMA_GELAR")
    elif u[6] < 0.045:
        name += faults.TITLES_AFTER[int(u[4] * 6)]
        hits.append("NAMA_GELAR")
    elif u[6] < 0.075:
        name += (" BIN " if sex == "L" else " BINTI ") + father.rsplit(maxsplit=1)[-1]
        hits.append("NAMA_BIN")
    row["nama"] = name


def _write_birth(row: dict[str, Any], u: list[float], hits: list[str]) -> None:
    if u[7] < 0.045:
        row["tanggal_lahir"], code = faults.wrong_date(row["tanggal_lahir"], u[7] / 0.045, u[13])
        hits.append(code)
    elif u[8] < 0.015:
        row["tanggal_lahir"] = None
        hits.append("TANGGAL_KOSONG")
    if u[9] < 0.006:
        row["jenis_kelamin"] = "P" if row["jenis_kelamin"] == "L" else "L"
        hits.append("JK_SALAH")


def _write_work(row: dict[str, Any], u: list[float]) -> None:
    """The word for the work, its tag and the list's statement; a line in thirty is silent."""
    words, said = load("words"), row["_kata"]
    if u[10] < 0.03:
        said = "DIAM"
    choices = words["pekerjaan"][row["_tag"]] if said == "BEKERJA" else words[SAYINGS[said]]
    row["kata"] = choices[int(u[11] ** 1.7 * len(choices))]
    row["pekerjaan"] = row["_tag"] if said == "BEKERJA" else None
    row["status_kerja"] = {"BEKERJA": "BEKERJA", "APARATUR": "APARATUR", "DIAM": None}.get(said, "BUKAN_PEKERJA")
    if u[12] < 0.2:
        row["penghasilan"] = None
