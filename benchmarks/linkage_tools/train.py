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
from jangkau.core.linkage import linker, model, train
from jangkau.core.linkage.normalise import connection
from jangkau.core.synthetic import generate
from jangkau.core.workspace import open_workspace

TARGET = Path(model.__file__).with_name("model.json")


def main(version: str, province: str = "32", scale: float = 0.004, seed: int = 2024) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        generate(workspace, province, scale, seed)
        brought = open_workspace(workspace)
        proposals = read_folder(brought.usulan, Regions.load(province), brought.settings).usulan
    data = json.loads(TARGET.read_text("utf-8"))
    before = model.parse(data | {"parameter": data["awal"]})
    with connection(2, "3GB") as con:
        search = linker.prepare(con, frame(proposals), {"penduduk": brought.penduduk}, before)
        learned = train.train(con, "usulan", "penduduk", search.model)
    data["versi"] = version
    for comparison, levels in learned.items():
        if comparison != "tempat":
            data["parameter"][comparison] = {k: [float(f"{m:.3g}"), float(f"{u:.3g}")] for k, (m, u) in levels.items()}
    text = re.sub(r"\[\s+(\S+),\s+(\S+)\s+\]", r"[\1, \2]", json.dumps(data, indent=2, ensure_ascii=False))
    TARGET.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
