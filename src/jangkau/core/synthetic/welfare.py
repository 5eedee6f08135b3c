"""The welfare register: about half of the people, poorer households first, with old addresses and its own faults."""

from datetime import date

import numpy as np
import polars as pl

from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.registers import spoil, strangers
from jangkau.core.tables.registers import KESEJAHTERAAN

POOR_WORK = ("TANI", "SAWIT", "NELAYAN", "BANGUNAN", "LAIN", "ART", "TEMBAKAU")


def make_welfare(
    people: pl.DataFrame, province: str, per: date, rng: np.random.Generator, *, faults: float
) -> pl.DataFrame:
    """KESEJAHTERAAN's columns, and `_orang` (null for people in no population register)."""
    rules = load("programme")
    decile = _deciles(people, rng)
    listed = rng.random(len(decile)) < np.array(rules["terdata"])[decile - 1]
    home = people["_rumah"].to_numpy()
    here = people.with_columns(pl.Series("desil", decile[home], dtype=pl.Int64)).filter(
        pl.Series(listed[home]) & (pl.Series(rng.random(len(people))) < 0.98)
    )
    here = here.filter(pl.col("tanggal_meninggal").is_null() | (pl.Series(rng.random(len(here))) < 0.3))
    kept = here.select(
        "_orang", "nik", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "desil", "_usia", kode_desa="_asal"
    )
    faulty = spoil(kept, people, {k: v * faults for k, v in rules["cacat_sejahtera"].items()}, rng)
    count = max(1, round(len(faulty) * rules["luar_register"] / 3))
    like = faulty.sample(count, seed=int(rng.integers(2**31)))
    others = strangers(count, like["kode_desa"], province, per, rng).with_columns(
        like["no_kk"], like["desil"], like["_usia"]
    )
    every = pl.concat([faulty, others], how="diagonal_relaxed")
    every = every.with_columns(_disabled(every["_usia"], rng), _identifiers(len(every), rng))
    return every.select(*KESEJAHTERAAN.names, "_orang").sort("id_individu")


def _deciles(people: pl.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Decile of each household by a hidden score: size, the head's work, chance."""
    score = people.group_by("_rumah", maintain_order=True).agg(
        pl.len().alias("n"), pl.col("_tag").first().is_in(POOR_WORK).alias("miskin")
    )
    hidden = rng.normal(size=len(score)) - 0.12 * score["n"].to_numpy() - 0.5 * score["miskin"].to_numpy()
    return 1 + np.argsort(np.argsort(hidden)) * 10 // len(score)


def _disabled(age: pl.Series, rng: np.random.Generator) -> pl.Series:
    rates = load("programme")["disabilitas"]
    chance = np.array(list(rates.values()))[np.searchsorted(list(rates), age.to_numpy(), side="right") - 1]
    return pl.Series("disabilitas", (rng.random(len(age)) < chance).astype(np.int64))


def _identifiers(count: int, rng: np.random.Generator) -> pl.Series:
    number = rng.permutation(count)
    return pl.Series("id_individu", number).cast(pl.String).str.zfill(9).str.replace("^", "IDV").alias("id_individu")
