"""A survey of a million rows with 500 domains: six measures with errors each, against the whole in one domain."""

import time

import numpy as np

from jangkau.core.statistics import Asked, Sample, survey
from jangkau.core.statistics.design import make_design

ROWS, DOMAINS = 1_000_000, 500
ASKED = Asked(("FGT0", "FGT1", "FGT2", "ARPT", "ARPR", "Gini"), 300_000)


def main():
    rng = np.random.default_rng(1)
    strata, units = rng.integers(0, 200, ROWS), rng.integers(0, 30_000, ROWS)
    sample = Sample(make_design(rng.uniform(10, 500, ROWS), strata, units, None), rng.lognormal(13, 0.7, ROWS))
    label = rng.integers(0, DOMAINS, ROWS)
    place = np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label))[:-1])
    for name, domains in (
        ("one domain", {"all": np.arange(ROWS)}),
        (f"{DOMAINS} domains", {str(at): rows for at, rows in enumerate(place)}),
    ):
        start = time.perf_counter()
        survey(sample, domains, ASKED)
        print(f"{ROWS:,} rows, {name:12} {time.perf_counter() - start:6.2f} s")


if __name__ == "__main__":
    main()
