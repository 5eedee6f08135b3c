"""The insurer's members: who is insured, by whom paid, up to which month, with the register's own faults."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.registers import spoil, strangers
from jangkau.core.tables.registers import PESERTA

DAY_ONE = 2014 * 12


def make_members(
    people: pl.DataFrame, province: str, per: date, rng: np.random.Generator, *, faults: float
) -> pl.DataFrame:
    """PESERTA's columns, and `_orang` (the person behind a row; null for people in no population register)."""
    rules = load("programme")
    people = _regency_pull(people, rules["beda_kabupaten"], rng)
    rows = [_segment(people, segment, rules, rng) for segment in rules["segmen"]]
    second = rows[1].sample(fraction=rules["ganda"], seed=int(rng.integers(2**31)))
    joined = pl.concat([*rows, _second_job(second, rules, rng)]).with_row_index("_baris")
    known = joined.join(people.select("_orang", "nik", "nama", "tanggal_lahir", "jenis_kelamin", "_asal"), "_orang")
    faulty = spoil(known.sort("_baris"), people, {k: v * faults for k, v in rules["cacat_peserta"].items()}, rng)
    every = pl.concat([faulty, _outsiders(faulty, province, per, rules, rng)], how="diagonal_relaxed")
    every = every.with_columns(pl.col("_asal").str.slice(0, 4).alias("kode_wilayah"), _numbers(len(every), rng))
    return every.select(*PESERTA.names, "_orang").sort("kpj")


def _segment(people: pl.DataFrame, segment: str, rules: dict[str, Any], rng: np.random.Generator) -> pl.DataFrame:
    """Members of one segment: the active, then the lapsed."""
    share = rules["segmen"][segment]
    active, lapsed = (round(share[k] * len(people)) for k in ("aktif", "lewat"))
    chosen = _choose(people, rules["minat"][segment], active + lapsed, rng)
    is_active = np.zeros(len(chosen), dtype=bool)
    is_active[rng.permutation(len(chosen))[:active]] = True
    return _membership(chosen, segment, is_active, rules, rng)


def _regency_pull(people: pl.DataFrame, spread: float, rng: np.random.Generator) -> pl.DataFrame:
    """`people` with `_tarikan`, how much more or less its kabupaten enrols than others."""
    regency = pl.col("_asal").str.slice(0, 4)
    codes = people.select(regency.unique().sort())["_asal"].to_list()
    pull = dict(zip(codes, rng.lognormal(0, spread, len(codes)).tolist(), strict=True))
    return people.with_columns(regency.replace_strict(pull, return_dtype=pl.Float64).alias("_tarikan"))


def _choose(people: pl.DataFrame, interest: dict[str, float], count: int, rng: np.random.Generator) -> pl.DataFrame:
    """`count` people of working age, by weight, without repeats."""
    weight = (
        pl.when(pl.col("pekerjaan").is_in([k for k in interest if " " in k]))
        .then(pl.col("pekerjaan").replace_strict(interest, default=0.0, return_dtype=pl.Float64))
        .otherwise(pl.col("_tag").replace_strict(interest, default=interest["lain"], return_dtype=pl.Float64))
    )
    usable = (pl.col("_usia").is_between(18, 66)) & ~pl.col("pekerjaan").is_in(load("jobs")["aparatur"])
    key = people.select(weight.alias("w") * pl.col("_tarikan") * usable.cast(pl.Float64))["w"].to_numpy()
    with np.errstate(divide="ignore"):
        order = rng.exponential(size=len(key)) / key
    count = min(count, int((key > 0).sum()))
    picked = np.sort(np.argpartition(order, max(0, count - 1))[:count])
    return people.select(pl.col("_orang", "_tag").gather(pl.Series(picked)))


def _payers(segment: str, count: int, rules: dict[str, Any], rng: np.random.Generator) -> np.ndarray:
    if segment == "PMI":
        return np.full(count, "SENDIRI", dtype=object)
    if segment != "BPU":
        return np.full(count, "PEMBERI_KERJA", dtype=object)
    return draw(rules["pembayar_bpu"], count, rng)


def draw(weights: dict[str, float], count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` keys by weight."""
    share = np.array(list(weights.values()), dtype=float)
    return rng.choice(np.array(list(weights), dtype=object), size=count, p=share / share.sum())


def _membership(
    who: pl.DataFrame, segment: str, active: np.ndarray, rules: dict[str, Any], rng: np.random.Generator
) -> pl.DataFrame:
    n = len(who)
    payer = _payers(segment, n, rules, rng)
    subsidised = ~np.isin(payer, ["SENDIRI", "PEMBERI_KERJA"])
    paid = np.where(active, draw(rules["sampai_aktif"], n, rng), draw(rules["sampai_lewat"], n, rng))
    paid = np.where(active & subsidised, draw(rules["sampai_subsidi"], n, rng), paid)
    until = np.array([int(m[:4]) * 12 + int(m[5:]) - 1 for m in paid])
    length = 3 + (rng.exponential(26, n)).astype(np.int64)
    start = np.maximum(until - length, DAY_ONE)
    employers = pl.Series([f"{segment}{e:06d}" for e in rng.integers(0, n // 25 + 2, n)], dtype=pl.String)
    sector = np.where(segment == "PU", rng.choice(rules["sektor_pu"], n), who["_tag"].to_numpy())
    wage = np.where(segment == "PU", 1_800_000 + 50_000 * rng.integers(0, 90, n), 1_000_000)
    return pl.DataFrame(
        {
            "_orang": who["_orang"],
            "segmen": pl.Series([segment] * n, dtype=pl.String),
            "npp": employers.set(pl.Series(payer != "PEMBERI_KERJA"), None),
            "pembayar": pl.Series(payer.tolist(), dtype=pl.String),
            "sektor": pl.Series(sector.tolist(), dtype=pl.String),
            "upah": pl.Series(wage, dtype=pl.Int64),
            "mulai": pl.Series([f"{m // 12}-{m % 12 + 1:02d}" for m in start], dtype=pl.String),
            "dibayar_sampai": pl.Series(paid.tolist(), dtype=pl.String),
        }
    )  # fmt: skip


def _second_job(first: pl.DataFrame, rules: dict[str, Any], rng: np.random.Generator) -> pl.DataFrame:
    """An older membership, in another segment and mostly lapsed, of people who have one already."""
    who = first.select("_orang", pl.col("sektor").alias("_tag"))
    return _membership(who, "JAKON", rng.random(len(who)) < 0.3, rules, rng)


def _outsiders(
    rows: pl.DataFrame, province: str, per: date, rules: dict[str, Any], rng: np.random.Generator
) -> pl.DataFrame:
    """Memberships of people in no population register."""
    count = max(1, round(len(rows) * rules["luar_register"]))
    like = rows.sample(count, seed=int(rng.integers(2**31)))
    people = strangers(count, like["_asal"], province, per, rng)
    return pl.concat(
        [like.drop("_orang", "_baris", "nik", "nama", "tanggal_lahir", "jenis_kelamin"), people], how="horizontal"
    )


def _numbers(count: int, rng: np.random.Generator) -> pl.Series:
    """Unique member numbers of 11 digits."""
    stride = 80_000_000_000 // max(1, count)
    base = 10_000_000_000 + rng.permutation(count) * stride
    return pl.Series("kpj", base + rng.integers(0, stride, count)).cast(pl.String)
