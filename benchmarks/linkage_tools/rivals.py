"""Splink with its library's levels, and recordlinkage, over the same list and register as ours, both normalised.

Each answers the best register row of every list row, as pairs (l, r), with the candidates it looked at.
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise_frame

SURE = 0.5
# Rules of both rivals: every pair that shares one of these.
RULES = (("nik",), ("lahir", "awal"), ("lahir", "desa"), ("bunyi", "kec"), ("bunyi", "tahun"), ("awal", "desa"))
TRAINED_ON = (("nik",), ("lahir", "awal"))


@dataclass(frozen=True)
class Answer:
    """`found`: l, r, one row an l; `candidates`: l, r of every pair compared; seconds of comparing them alone."""

    found: pl.DataFrame
    candidates: pl.DataFrame
    menilai: float


def plain(folder: Path, name: str) -> pl.DataFrame:
    """A list with the columns that rules and comparisons ask for, texts as texts."""
    rows = polars(normalise_frame(frame(pl.read_parquet(folder / f"{name}.parquet")), "nama"))
    return rows.with_row_index("rid").select(
        pl.col("rid").cast(pl.Int64), pl.col("nik"), pl.col("tanggal_lahir").cast(pl.String).alias("lahir"),
        pl.col("tanggal_lahir").dt.year().cast(pl.String).alias("tahun"), pl.col("jenis_kelamin").alias("jk"),
        pl.col("nama_baku").alias("nama"), pl.col("nama_bunyi").alias("bunyi"), pl.col("kata_pertama").alias("awal"),
        pl.col("kode_desa").alias("desa"), pl.col("kode_desa").str.head(6).alias("kec"),
    )  # fmt: skip


def splink(left: pl.DataFrame, right: pl.DataFrame) -> Answer:
    """Everything scored by Splink: its library's comparisons, its own training and prediction."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    warnings.filterwarnings("ignore")
    settings = SettingsCreator(
        link_type="link_only",
        unique_id_column_name="rid",
        comparisons=[
            cl.DamerauLevenshteinAtThresholds("nik", [1, 2]),
            cl.NameComparison("nama").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("lahir", input_is_string=True),
            cl.ExactMatch("jk"),
            cl.ExactMatch("desa").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
    )
    api = DuckDBAPI()
    sides = {"daftar": left, "penduduk": right}
    tables = [api.register(side.to_arrow(), dataset_display_name=name) for name, side in sides.items()]
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("nik")], recall=0.8)
    # Left to itself it draws on and on until every level is seen often, and equal numbers never are among strangers:
    # 16 of 18 seconds of processor at 2,000 x 20,000 rows.
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1, min_count_per_level=None, num_chunks=1)
    for rule in TRAINED_ON:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    since = time.perf_counter()
    scored = pl.DataFrame(pl.from_arrow(linker.inference.predict().as_pyarrow_table()))
    pairs = scored.select(pl.col("rid_l").alias("l"), pl.col("rid_r").alias("r"), peluang="match_probability")
    return Answer(best(pairs.filter(pl.col("peluang") >= SURE)), pairs.select("l", "r"), time.perf_counter() - since)


def recordlinkage(left: pl.DataFrame, right: pl.DataFrame) -> Answer:
    """recordlinkage's blocks, similarities and ECM, which learns without labels."""
    import recordlinkage as rl

    warnings.filterwarnings("ignore")
    one, other = (side.to_pandas().set_index("rid") for side in (left, right))
    index = rl.Index()
    for rule in RULES:
        index.block(list(rule))
    candidates = index.index(one, other)
    since = time.perf_counter()
    compare = rl.Compare()
    compare.string("nama", "nama", method="jarowinkler", threshold=0.9, label="nama")
    for column in ("nik", "lahir", "jk", "desa"):
        compare.exact(column, column, label=column)
    features = compare.compute(candidates, one, other)
    chances = rl.ECMClassifier(binarize=0.5)
    chances.fit(features)
    told = chances.prob(features)
    asked = pl.DataFrame({
        "l": candidates.get_level_values(0).to_numpy(), "r": candidates.get_level_values(1).to_numpy(),
        "peluang": told.to_numpy(),
    })  # fmt: skip
    return Answer(best(asked.filter(pl.col("peluang") >= SURE)), asked.select("l", "r"), time.perf_counter() - since)


def best(pairs: pl.DataFrame) -> pl.DataFrame:
    """The likeliest r of each l."""
    return pairs.sort("peluang", "r", descending=[True, False]).unique("l", keep="first").select("l", "r")
