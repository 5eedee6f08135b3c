"""Learning from review decisions: isotonic recalibration, guarded against few, biased and contradicting labels.

Pairs are reviewed because their probability is in doubt, some probabilities more often than others. Each label
therefore weighs as many pairs as it stands for: the pairs of its band of probability over the labels there (inverse
selection probability).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.problems import kind
from jangkau.core.linkage.calibrate import Numbers, Points, curved, held
from jangkau.core.linkage.labels import KEY, Labels, gather
from jangkau.core.linkage.model import Thresholds
from jangkau.core.linkage.proportions import Share
from jangkau.core.linkage.thresholds import redecide
from jangkau.core.tables.common import PROPOSALS

LABELS = 100
EACH = 20
BANDS = 4
IN_BAND = 8
QUARREL = 0.1
# What is known already weighs as much as this many labels.
PRIOR = 20
FOLDS = 5


@dataclass(frozen=True)
class Lesson:
    """What the labels of one register teach: a curve, or the reason (code and words) why none."""

    register: str
    curve: Points
    refused: str
    report: dict[str, Any]


def learn(pairs: pl.DataFrame, decisions: pl.DataFrame, thresholds: Thresholds) -> list[Lesson]:
    """A lesson per register in `decisions` (TINJAUAN).

    `pairs`: the pairs that the model decided (see `thresholds.open_pairs`), with the probabilities that clerks saw.
    Registers with too few labels, labels on one side, labels that leave part of the review band out, that contradict
    each other, or that prove no gain on labels kept aside, teach nothing.
    """
    return [_lesson(gather(pairs, decisions, register), pairs, thresholds) for register in _registers(decisions)]


def _registers(decisions: pl.DataFrame) -> list[str]:
    """Those of registers: of two proposals no probability was shown."""
    known = decisions.drop_nulls("keputusan").filter(pl.col("register") != PROPOSALS)
    return sorted(known["register"].unique().to_list())


def _lesson(labels: Labels, pairs: pl.DataFrame, thresholds: Thresholds) -> Lesson:
    mine = pairs.filter(register=labels.register, cara="model")
    known = labels.rows.filter(~pl.Series(held(labels.rows["peluang"].to_numpy(), thresholds)))
    every = _population(mine, known)
    edges = _edges(every, thresholds)
    banded = known.with_columns(pita=pl.Series(np.searchsorted(edges, known["peluang"].to_numpy(), "right")))
    banded = banded.filter(pl.col("pita").is_between(1, BANDS))
    weights = _weights(every, banded["pita"].to_numpy(), edges)
    reason = _too_few(labels, banded)
    stated, truth = banded["peluang"].to_numpy(), banded["benar"].cast(pl.Float64).to_numpy()
    curve = [] if reason else fit(stated, truth, weights)
    if not reason and not gains(stated, truth, weights):
        reason, curve = kind("BELAJAR_TANPA_GUNA").pesan.format(register=labels.register), []
    report: dict[str, Any] = {"label": banded.height, "dibuang": labels.dropped + labels.rows.height - banded.height}
    report |= {"pita": _bands(banded, edges, curve), "berubah": _changes(mine, curve, thresholds)}
    return Lesson(labels.register, curve, reason, report)


def _population(mine: pl.DataFrame, known: pl.DataFrame) -> Numbers:
    """The chances of all pairs that the labels stand for: those labelled and those still open."""
    rest = mine.join(known, left_on=["l", "register", "r"], right_on=KEY, how="anti")
    return np.concatenate([rest["peluang"].to_numpy(), known["peluang"].to_numpy()])


def _edges(chances: Numbers, thresholds: Thresholds) -> Numbers:
    """Bounds of bands that hold equally many of the pairs in review."""
    inside = chances[(chances >= thresholds.tinjau) & (chances < thresholds.cocok)]
    parts = np.linspace(0, 1, BANDS + 1)[1:-1]
    cuts = np.quantile(inside, parts) if len(inside) else parts
    return np.array([thresholds.tinjau, *cuts, thresholds.cocok])


def _weights(chances: Numbers, bands: np.ndarray[Any, Any], edges: Numbers) -> Numbers:
    """Pairs of the band over labels of the band, on average 1."""
    pairs = np.bincount(np.searchsorted(edges, chances, "right"), minlength=BANDS + 2)
    labels = np.bincount(bands, minlength=BANDS + 2)
    each = pairs[bands] / labels[bands]
    return np.asarray(each / each.mean()) if len(each) else each


def _too_few(labels: Labels, banded: pl.DataFrame) -> str:
    """Why these labels cannot teach, or nothing."""
    yes = int(banded["benar"].sum())
    fewest = min(banded.filter(pita=band).height for band in range(1, BANDS + 1))
    counts = {"jumlah": banded.height, "cocok": yes, "tidak": banded.height - yes, "register": labels.register}
    if labels.quarrels.value is not None and labels.quarrels.value > QUARREL:
        k, n = labels.quarrels.k, labels.quarrels.n
        return kind("BELAJAR_BERTENTANGAN").pesan.format(jumlah=k, semua=n, **{"register": labels.register})
    if banded.height < LABELS:
        return kind("BELAJAR_SEDIKIT").pesan.format(perlu=LABELS, **counts)
    if min(yes, banded.height - yes) < EACH:
        return kind("BELAJAR_SEPIHAK").pesan.format(perlu=EACH, **counts)
    if fewest < IN_BAND:
        return kind("BELAJAR_BOLONG").pesan.format(perlu=IN_BAND, ada=fewest, pita=BANDS, **counts)
    return ""


def fit(stated: Numbers, truth: Numbers, weights: Numbers) -> list[tuple[float, float]]:
    """The rising curve (stated, real) nearest to the labels, drawn a little towards what was stated.

    Isotonic regression (Barlow et al. 1972) by pool-adjacent-violators; points lie in the middle of each level.
    """
    order = np.argsort(stated, kind="stable")
    x, y, w = stated[order], truth[order], weights[order]
    pull = PRIOR / len(x)
    from scipy.optimize import isotonic_regression  # reading a model asks for none

    level = isotonic_regression((y + pull * x) / (1 + pull), weights=w).x
    least = 1 / (len(x) + 2)
    starts = np.flatnonzero(np.r_[True, np.diff(level) > 0])
    middles = [float(np.average(x[a:b], weights=w[a:b])) for a, b in zip(starts, [*starts[1:], len(x)], strict=True)]
    points = dict(zip(np.round(middles, 6).tolist(), np.clip(level[starts], least, 1 - least).tolist(), strict=True))
    return [(middle, float(value)) for middle, value in points.items()]


def gains(stated: Numbers, truth: Numbers, weights: Numbers) -> bool:
    """Whether a curve fitted without a label foretells that label better, beyond its own standard error."""
    order = np.argsort(stated, kind="stable")
    fold = np.empty(len(stated), dtype=np.int64)
    fold[order] = np.arange(len(stated)) % FOLDS
    gain = np.zeros(len(stated))
    for part in range(FOLDS):
        kept, aside = fold != part, fold == part
        curve = fit(stated[kept], truth[kept], weights[kept])
        gain[aside] = _loss(stated[aside], truth[aside]) - _loss(curved(stated[aside], curve), truth[aside])
    gain *= weights
    return bool(gain.mean() > gain.std(ddof=1) / np.sqrt(len(gain)))


def _loss(chances: Numbers, truth: Numbers) -> Numbers:
    safe = np.clip(chances, 1e-6, 1 - 1e-6)
    return np.asarray(-np.log(np.where(truth > 0.5, safe, 1 - safe)))


def _bands(banded: pl.DataFrame, edges: Numbers, curve: Points) -> list[dict[str, Any]]:
    """Per band what was stated, what the clerks found, and what will be stated."""
    rows = []
    for band in range(1, BANDS + 1):
        inside = banded.filter(pita=band)
        stated = inside["peluang"].to_numpy()
        share = Share(int(inside["benar"].sum()), inside.height)
        means = {"ditulis": stated, "menjadi": curved(stated, curve)}
        rows.append({
            "dari": float(edges[band - 1]), "sampai": float(edges[band]), "nyata": share.as_dict(),
            **{name: float(each.mean()) if len(each) else None for name, each in means.items()},
        })  # fmt: skip
    return rows


def _changes(mine: pl.DataFrame, curve: Points, thresholds: Thresholds) -> dict[str, int]:
    """How many pairs of this run would be decided otherwise: `tinjau > cocok` and so on."""
    chances = mine["peluang"].to_numpy()
    free = ~held(chances, thresholds)
    moved = mine.with_columns(peluang=pl.Series(np.where(free, curved(chances, curve), chances)))
    both = redecide(mine, thresholds).join(redecide(moved, thresholds), on=["l", "r", "register"], suffix="_baru")
    changed = both.filter(pl.col("keputusan") != pl.col("keputusan_baru"))
    counted = changed.group_by("keputusan", "keputusan_baru").len().sort("keputusan", "keputusan_baru")
    return {f"{old} > {new}": count for old, new, count in counted.iter_rows()}
