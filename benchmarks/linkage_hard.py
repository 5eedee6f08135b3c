"""What clerks write that hurts, kind by kind: found, wrong, left to a clerk, missed.

`python benchmarks/linkage_hard.py [RESIDENTS] [SEED] [ROWS A KIND]`
"""

import sys
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).with_name("linkage_tools")))
import hard

from jangkau.core.engine import frame
from jangkau.core.linkage import link


def main(people: int = 60_000, seed: int = 7, each: int = 400) -> None:
    world, kinds = hard.make(people, seed, each)
    linked = link(*map(frame, (world.usulan, world.penduduk, world.peserta, world.kesejahteraan)), None)
    links = linked.tautan.to_native().filter(pl.col("register") == "penduduk")
    settled = dict(links.filter(keputusan="cocok").select("id_usulan", "id_register").rows())
    looked = links.filter(keputusan="tinjau").group_by("id_usulan").agg("id_register")
    open_ = {key: set(found) for key, found in looked.rows()}
    told: dict[str, list[int]] = {}
    for key, true in world.truth["usulan"].rows():
        counts = told.setdefault(kinds[key], [0] * 6)
        counts[0] += 1
        found = settled.get(key)
        counts[1] += found == true
        counts[2] += found not in (None, true)
        counts[3] += found is None and true in open_.get(key, ())
        counts[4] += found is None and key in open_ and true not in open_[key]
        counts[5] += found is None and key not in open_
    print(f"{'kind':16}{'rows':>6}{'right':>8}{'wrong':>8}{'look':>8}{'look-':>8}{'none':>8}")
    for kind, counts in told.items():
        rows, *parts = counts
        print(f"{kind:16}{rows:6}" + "".join(f"{100 * part / rows:8.2f}" for part in parts))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
