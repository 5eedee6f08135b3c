"""Every measure asked for, of every domain."""

from dataclasses import dataclass

import numpy as np

from jangkau.core.statistics import measures as m
from jangkau.core.statistics.design import Floats, Ints

POVERTY = ("FGT0", "FGT1", "FGT2")
RELATIVE = ("ARPT", "ARPR", "Gini")
PLAIN = ("Rerata", "Total", "Rasio")
MEASURES = (*POVERTY, *RELATIVE, *PLAIN)
NORMAL = 1.959963984540054  # of a 95 % interval


@dataclass(frozen=True)
class Asked:
    """Which measures: `line` for FGT, `share` of the median for ARPT and ARPR, `divisor` for Rasio, `quantiles`."""

    measures: tuple[str, ...]
    line: float | None = None
    share: float = 0.6
    divisor: Floats | None = None
    quantiles: tuple[float, ...] = ()


def survey(sample: m.Sample, domains: dict[str, Ints], asked: Asked) -> dict[str, dict[str, m.Estimate]]:
    """Estimates by domain (label -> its rows) and measure; a quantile is named `Q25`.

    What a domain cannot tell, because nobody with weight is in it or all its values are one, is NaN.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        known = sample.known
        cut = m.threshold(sample, known, asked.share) if _people(sample, known) and "ARPR" in asked.measures else None
        return {label: _domain(sample, rows, cut, asked) for label, rows in domains.items()}


def _domain(sample: m.Sample, rows: Ints, cut: m.Threshold | None, asked: Asked) -> dict[str, m.Estimate]:
    rows = rows[~np.isnan(sample.value[rows])]
    names = (*asked.measures, *(f"Q{100 * share:g}" for share in asked.quantiles))
    if not _people(sample, rows):
        return dict.fromkeys(names, m.Estimate(float("nan"), float("nan")))
    found = {name: _measure(name, sample, rows, cut, asked) for name in asked.measures}
    return found | {f"Q{100 * share:g}": m.quantile(sample, rows, share) for share in asked.quantiles}


def _measure(name: str, sample: m.Sample, rows: Ints, cut: m.Threshold | None, asked: Asked) -> m.Estimate:
    if name in POVERTY and asked.line is not None:
        return m.fgt(sample, rows, asked.line, POVERTY.index(name))
    if name == "ARPR" and cut is not None:
        return m.rate(sample, rows, cut)
    if name == "Rasio" and asked.divisor is not None:
        return m.ratio(sample, rows, asked.divisor)
    if name == "ARPT":
        return m.threshold(sample, rows, asked.share).estimate
    plain = {"Gini": m.gini, "Rerata": m.mean, "Total": m.total}
    return plain[name](sample, rows)


def _people(sample: m.Sample, rows: Ints) -> bool:
    return bool(sample.design.weight[rows].sum() > 0)
