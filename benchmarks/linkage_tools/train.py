"""Train the linkage model on a synthetic province and write model.json.

`python benchmarks/linkage_tools/train.py VERSION`. Training starts from the reasoned values that the file keeps as
`awal`, so that the same version of the code gives the same model.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

from jangkau.core.engine import frame
from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read_folder
from jangkau.core.linkage import model, train
from jangkau.core.linkage.prepare import prepare_list, prepare_population
from jangkau.core.synthetic import generate
from jangkau.core.workspace import open_workspace

TARGET = Path(model.__file__).with_name("model.json")


# The data and the care it is learned with; written into the model.
PROVINCE, SCALE, SEED = "32", 0.004, 2024
LEARNING = {"max_pairs": 2e7, "seed": 1, "trust": 0.5}


def main(version: str) -> None:
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
    splink = train.splink_linker(train.tables_here(chosen, listed, population.side), chosen)
    learned = train.train(splink, chosen, **LEARNING)
    data["versi"] = version
    data["latihan"] = train.described(f"provinsi buatan {PROVINCE}, skala {SCALE}, benih {SEED}", **LEARNING)
    for comparison, levels in learned.items():
        if comparison != "tempat":
            data["parameter"][comparison] = {k: [float(f"{m:.3g}"), float(f"{u:.3g}")] for k, (m, u) in levels.items()}
    text = re.sub(r"\[\s+(\S+),\s+(\S+)\s+\]", r"[\1, \2]", json.dumps(data, indent=2, ensure_ascii=False))
    TARGET.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
