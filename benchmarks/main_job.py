"""The main job on unseen synthetic provinces: what it read, matched and decided against the truth, and how fast.

`python benchmarks/main_job.py [SCALE] [SEED] [PROVINCE]`; without arguments scale 0.1 on three provinces.
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from jangkau.core import pipeline
from jangkau.core.planning.verify import verify
from jangkau.core.synthetic import generate, score


class Clock:
    """Remembers how long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._since = "", time.perf_counter()

    def step(self, name: str, total: int | None = None) -> None:
        now = time.perf_counter()
        if self._name:
            self.seconds[self._name] = self.seconds.get(self._name, 0) + now - self._since
        self._name, self._since = name, now

    def advance(self, count: int = 1) -> None:
        pass


def measure(province: str, scale: float, seed: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "ws", Path(place) / "out"
        started = time.perf_counter()
        counts = generate(folder, province, scale, seed)
        print(f"province {province} scale {scale} seed {seed}: {counts}, made in {time.perf_counter() - started:.1f} s")
        clock, started = Clock(), time.perf_counter()
        pipeline.run(folder, out, clock)
        clock.step("end")
        memory = (
            max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1e6
        )
        print(f"  run {time.perf_counter() - started:.1f} s, largest process {memory:.2f} GB")
        print("  " + ", ".join(f"{name} {seconds:.1f}" for name, seconds in clock.seconds.items()))
        print("  " + ", ".join(f"{name} {value:.4f}" for name, value in score(out, folder / "truth").items()))
        plan = json.loads((out / "rencana.json").read_text())
        print(f"  plan {plan['tujuan']} points, bound {plan['batas']}, gap {plan['selisih_persen']} %")
        print(f"  verify: {verify(out) or 'sound'}")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given:
        measure(given[2] if len(given) > 2 else "17", float(given[0]), int(given[1]) if len(given) > 1 else 11)
    else:
        for province, seed in (("17", 101), ("62", 102), ("75", 103)):
            measure(province, 0.1, seed)
