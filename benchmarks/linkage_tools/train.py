"""Train the linkage model on a synthetic province and write model.json.

`python benchmarks/linkage_tools/train.py VERSION [duckdb|spark]`. Training starts from the reasoned values that the
file keeps as `awal`, so that the same version of the code gives the same model. On Spark the settings and rules are the
same; random pairs are drawn anew there, so u differs a little.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splink import Linker

from jangkau.core.engine import frame
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder
from jangkau.core.linkage import model, train
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.linkage.score import columns
from jangkau.core.linkage.side import Side
from jangkau.core.linkage.spark.session import Options, opened
from jangkau.core.linkage.spark.splinked import tables_on_spark
from jangkau.core.synthetic import generate
from jangkau.core.workspace import open_workspace

TARGET = Path(model.__file__).with_name("model.json")


# The data and the care it is learned with; written into the model.
PROVINCE, SCALE, SEED = "32", 0.004, 2024
LEARNING = {"max_pairs": 2e7, "seed": 1, "trust": 0.5}


@contextmanager
def linker(engine: str, chosen: model.Model, *sides: Side) -> Iterator[Linker]:
    """Splink over these lists, on one machine or on Spark."""
    if engine == "duckdb":
        yield train.splink_linker(train.tables_here(chosen, *sides), chosen)
        return
    with opened(Options.read(os.environ)) as work:
        # Spark knows no two columns of one name, and Splink adds the frequencies of values itself
        tables = {f"daftar{at}": work.frame(side.table(columns(chosen)).to_arrow()) for at, side in enumerate(sides)}
        yield train.splink_linker(tables_on_spark(work, **tables), chosen, "spark")


def main(version: str, engine: str = "duckdb") -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        generate(workspace, PROVINCE, SCALE, SEED)
        brought = open_workspace(workspace)
        proposals = read_folder(brought.usulan, Regions.load(PROVINCE), brought.settings).usulan
    data = json.loads(TARGET.read_text("utf-8"))
    before = model.parse(data | {"parameter": data["awal"]})
    population = prepare_population(brought.penduduk)
    chosen = population.census.model(before)
    listed = prepare_list(frame(proposals), population.census)
    with linker(engine, chosen, listed, population.side) as splink:
        learned = train.train(splink, chosen, **LEARNING)
    data["versi"] = version
    data["latihan"] = train.described(f"provinsi buatan {PROVINCE}, skala {SCALE}, benih {SEED}", **LEARNING)
    for comparison, levels in learned.items():
        if comparison != "tempat":
            data["parameter"][comparison] = {k: [float(f"{m:.3g}"), float(f"{u:.3g}")] for k, (m, u) in levels.items()}
    text = re.sub(r"\[\s+(\S+),\s+(\S+)\s+\]", r"[\1, \2]", json.dumps(data, indent=2, ensure_ascii=False))
    TARGET.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
