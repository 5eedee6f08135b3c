"""Linkage on Spark beside one machine: what each step costs a million rows, and what that makes for a nation.

`python benchmarks/linkage_spark.py [PEOPLE ...]`: the same list and registers through both engines, the results
compared, then processor seconds and shuffled bytes of each step. What grows from the first size to the last is the
cost of a million rows.
"""

import os
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from linkage_quality import frame
from linkage_tools import world as world_maker

from jangkau.core.linkage import link
from jangkau.core.linkage.spark import Options, prepare, search, session

TICKS = os.sysconf("SC_CLK_TCK")
# A nation in millions of rows: the population; members of the insurer; the welfare register; proposals.
NATION = {"penduduk": 280, "peserta": 60, "kesejahteraan": 280, "usulan": 20}
# What a cluster adds to processor time measured on one machine: network, stragglers, spills, retries.
OVERHEAD = (1.3, 3.0)


SEEN: dict[int, float] = {}


def cpu() -> float:
    """Processor seconds of this process and all below it, Java and its Python workers; those that ended count too."""
    waiting = [os.getpid()]
    while waiting:
        pid = waiting.pop()
        try:
            user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
            SEEN[pid] = (int(user) + int(system)) / TICKS
            waiting += [
                int(p) for t in Path(f"/proc/{pid}/task").iterdir() for p in (t / "children").read_text().split()
            ]
        except OSError:
            continue
    return sum(SEEN.values())


class Steps:
    """Time, processor time and shuffled bytes by step; a step within a step counts once, for the inner one."""

    def __init__(self, spark):
        self.executors = spark.sparkContext._jsc.sc().statusStore()
        self.spent = defaultdict(lambda: [0.0, 0.0, 0.0])
        self.open = []

    def now(self):
        shuffled = self.executors.executorList(True).apply(0).totalShuffleWrite()
        return time.perf_counter(), cpu(), shuffled / 1e6

    @contextmanager
    def step(self, name):
        self.charge()
        self.open.append(name)
        try:
            yield
        finally:
            self.charge()
            self.open.pop()

    def charge(self):
        now = self.now()
        if self.open:
            for at, (new, old) in enumerate(zip(now, self.last, strict=True)):
                self.spent[self.open[-1]][at] += new - old
        self.last = now

    def watch(self, owner, name, label):
        plain = getattr(owner, name)

        @wraps(plain)
        def timed(*args, **kwargs):
            with self.step(label):
                return plain(*args, **kwargs)

        setattr(owner, name, timed)
        return owner, name, plain


WATCHED = (
    (prepare, "_named", "names"), (prepare, "prepare", "words, frequencies"), (search.SparkSearch, "_keyed", "keys"),
    (search.SparkSearch, "by_nik", "NIK pass"), (search.SparkSearch, "candidates", "blocks"),
    (search.SparkSearch, "by_model", "blocks"), (search.SparkSearch, "_weigh", "weights"),
    (search.SparkSearch, "each", "decisions"), (search.SparkSearch, "size", "counts"),
)  # fmt: skip


def measure(people: int) -> tuple[int, dict[str, list[float]]]:
    """Rows in all, and what each step spent on Spark."""
    world = world_maker.make(people, 4321)
    frames = [frame(part) for part in (world.usulan, world.penduduk, world.peserta, world.kesejahteraan)]
    since, before = time.perf_counter(), cpu()
    one = link(*frames, None)
    here = (time.perf_counter() - since, cpu() - before)
    since = time.perf_counter()
    other, steps = on_spark(frames)
    wall = time.perf_counter() - since
    same = one.tautan.to_native().equals(other.tautan.to_native())
    rows = dict(zip(("usulan", "penduduk", "peserta", "kesejahteraan"), map(len, frames), strict=True))
    print(", ".join(f"{name} {n:,}" for name, n in rows.items()), "- same links" if same else "- LINKS DIFFER")
    print(f"  one machine {here[0]:7.1f} s wall {here[1]:7.1f} s processor")
    print(f"  Spark       {wall:7.1f} s wall {sum(busy for _, busy, _ in steps.values()):7.1f} s processor")
    for name, (seconds, busy, mega) in sorted(steps.items(), key=lambda item: -item[1][1]):
        print(f"    {name:20} {seconds:7.1f} s wall {busy:7.1f} s processor {mega:8.1f} MB shuffled", flush=True)
    return sum(rows.values()), steps


def on_spark(frames):
    with session.opened(Options.read(os.environ)) as work:
        steps = Steps(work.spark)
        undo = [steps.watch(*what) for what in WATCHED]

        @contextmanager
        def engine(rows, registers, model):
            yield prepare.prepare(work, rows, registers, model)

        with steps.step("driver"):
            linked = link(*frames, None, engine=engine)
        for owner, name, plain in undo:
            setattr(owner, name, plain)
    return linked, dict(steps.spent)


def project(small, large) -> None:
    """The cost that grows with the rows, as the difference of two sizes: what starts Java and compiles is paid once."""
    millions = (large[0] - small[0]) / 1e6
    nation = sum(NATION.values())
    print("a million rows more:")
    total = [0.0, 0.0]
    for name, (_, busy, mega) in large[1].items():
        more = [
            (new - old) / millions for new, old in zip((busy, mega), small[1].get(name, [0, 0, 0])[1:], strict=True)
        ]
        total = [one + two for one, two in zip(total, more, strict=True)]
        print(f"    {name:20} {more[0]:7.1f} s processor {more[1]:8.1f} MB shuffled")
    low, high = (total[0] * nation * factor / 3600 for factor in OVERHEAD)
    print(f"  together             {total[0]:7.1f} s processor {total[1]:8.1f} MB shuffled")
    print(f"  {nation} million rows: {low:.0f} - {high:.0f} processor hours, {total[1] * nation / 1e6:.2f} TB shuffled")


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]] or [30_000, 120_000]
    spent = [measure(size) for size in sizes]
    project(spent[0], spent[-1])
