"""Linkage on provinces of another make than the synthetic one: decisions against the truth, and how fast.

`python benchmarks/linkage_quality.py [PEOPLE] [SEED]`; noise 2 doubles the rate of every kind of damage.
"""

import resource
import sys
import time

import narwhals as nw
from linkage_tools import world as world_maker

from jangkau.core.linkage import link
from jangkau.core.linkage.evaluate import evaluate


def frame(native):
    return nw.from_native(native, eager_only=True)


def main(people: int, seed: int) -> None:
    for noise in (1.0, 2.0):
        world = world_maker.make(people, seed, noise=noise)
        since = time.perf_counter()
        linked = link(*map(frame, (world.usulan, world.penduduk, world.peserta, world.kesejahteraan)), None)
        seconds = time.perf_counter() - since
        print(f"noise {noise:g}: {len(world.usulan)} proposals x {len(world.penduduk)} residents in {seconds:.1f} s")
        for register in ("penduduk", "peserta", "kesejahteraan"):
            score = evaluate(linked.tautan, register, frame(world.truth["usulan"]), frame(world.truth[register]))
            print(
                f"  {register:14} F1 {score.f1:.4f}  precision {score.precision:.4f}  recall {score.recall:.4f}  "
                f"review {100 * score.review:.2f} %"
            )
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main(*[int(text) for text in sys.argv[1:]] or (100_000, 4321))
