"""From weights to probabilities to the three decisions."""

from math import log2

import narwhals as nw

from jangkau.core.linkage.model import Model, Thresholds
from jangkau.core.tables.schema import Frame

# A register of a few rows says nothing about how rare an agreement is; the prior never pretends it does.
FEWEST = 20_000
KEPT = 5
LEAST = 1e-4
# Bits (log2 of the odds) by which one person's claim must exceed another's on the same register row.
MARGIN = 3.0
_SUREST = 1 - 1e-9


def floor(model: Model, register: str, size: int, chance: float = LEAST) -> float:
    """The weight below which a pair cannot reach a probability, by default the least that is worth keeping."""
    return (log2(chance / (1 - chance)) - prior(model, register, size)) / model.slope


def prior(model: Model, register: str, size: int) -> float:
    """Prior odds, in bits, that one given row of the register is the person against the person being in no row."""
    found = model.found[register]
    return log2(found / (1 - found)) - log2(max(size, FEWEST))


def posterior(scored: Frame, model: Model, register: str, size: int, *, rival: bool = True) -> Frame:
    """`scored` (l, r, bobot) with `peluang`, the probability that l and r are one person.

    `rival`: at most one r is the person, so that candidates share one probability and ties come out undecided.
    """
    bits = nw.col("bobot") * model.slope + prior(model, register, size)
    odds = scored.sort("l", "r").with_columns(nasib=nw.lit(2.0) ** bits.clip(-60, 60))
    total = nw.col("nasib").sum().over("l") if rival else nw.col("nasib")
    return odds.with_columns(peluang=nw.col("nasib") / (1 + total)).drop("nasib")


def doubtful(chances: Frame, thresholds: Thresholds) -> Frame:
    """`chances` (l, peluang, asing, pinjam, tanding) where no name speaks for the pair (`asing`): a clerk decides.

    Number, date and village are what relatives, neighbours and borrowed cards share: a wrong person's contribution
    is worse than a look. Likewise where the number may be borrowed (`pinjam`) and is not outweighed by the name; the
    clerk then sees the relative of that name (`tanding`) as well.
    """
    capped = nw.when("asing").then(_open(thresholds)).otherwise(nw.col("peluang"))
    chances = chances.with_columns(ditahan=nw.col("pinjam") & (nw.col("peluang") >= thresholds.tinjau))
    shown = nw.col("tanding") & nw.col("ditahan").any().over("l")
    told = nw.when("ditahan").then(nw.lit(thresholds.open)).otherwise(capped)
    lifted = nw.when(shown).then(told.clip(lower_bound=thresholds.rest)).otherwise(told)
    return chances.with_columns(peluang=lifted).drop("ditahan")


def _open(thresholds: Thresholds) -> nw.Expr:
    return nw.col("peluang").clip(upper_bound=thresholds.open)


def contested(claims: Frame, persons: Frame, *, single: bool, margin: float = MARGIN) -> Frame:
    """The pairs (l, r) of `claims` (l, r, peluang) that another claim keeps from being settled.

    `claims`: pairs that are sure by themselves; `persons` (l, orang). A claim is a pair of person and register row.
    A row keeps the person whose claim exceeds its other claims by `margin` bits; `single`: and that has no such
    claim on another row, since the register holds a person once. Every other claim is contested.
    """
    known = claims.select("l", "r", "peluang").join(persons.select("l", "orang"), on="l")
    # Most claims meet no other.
    known = known.filter(nw.col("r").is_duplicated() | nw.col("orang").is_duplicated())
    known = known.with_columns(nw.col("peluang").clip(upper_bound=_SUREST))
    odds = nw.col("peluang") / (1 - nw.col("peluang"))
    all_claims = known.group_by("orang", "r").agg(nw.col("peluang").max()).with_columns(bit=odds.log(base=2))
    won = all_claims
    for side in ("r", "orang") if single else ("r",):
        won = won.join(_leading(all_claims, side, margin), on=["orang", "r"], how="semi")
    return known.join(won, on=["orang", "r"], how="anti").select("l", "r").sort("l", "r")


def _leading(claims: Frame, side: str, margin: float) -> Frame:
    """The claims (bit) that exceed by `margin` every other claim of their register row, or of their person."""
    top = claims.with_columns(puncak=nw.col("bit").max().over(side))
    below = nw.when(nw.col("bit") < nw.col("puncak")).then("bit")
    top = top.with_columns(sama=(nw.col("bit") == nw.col("puncak")).cast(nw.Int32()), bawah=below)
    rivals = top.with_columns(nw.col("sama").sum().over(side), nw.col("bawah").max().over(side))
    ahead = nw.col("bawah").is_null() | (nw.col("puncak") - nw.col("bawah") >= margin)
    best = (nw.col("bit") == nw.col("puncak")) & (nw.col("sama") == 1) & ahead
    return rivals.filter(best).select("orang", "r")


def decide(pairs: Frame, thresholds: Thresholds, *, single: bool) -> Frame:
    """Pairs (l, r, peluang, cara) with `keputusan`, the best few of each l, sorted by l and falling probability.

    `single`: only the best r of an l may be the same person.
    """
    ranked = pairs.sort("l", "peluang", "r", descending=[False, True, False])
    ranked = ranked.with_columns(urut=nw.lit(1)).with_columns(nw.col("urut").cum_sum().over("l"))
    sure = nw.col("peluang") >= thresholds.cocok
    best = nw.col("urut") == 1
    settled = (sure & best).any().over("l") if single else sure
    decision = (
        nw.when(sure & best if single else sure)
        .then(nw.lit("cocok"))
        .when((nw.col("peluang") >= thresholds.tinjau) & ~settled)
        .then(nw.lit("tinjau"))
        .otherwise(nw.lit("tidak"))
    )
    kept = (nw.col("urut") <= KEPT) | (nw.col("keputusan") != "tidak") | (nw.col("cara") == "petugas")
    return ranked.with_columns(keputusan=decision).filter(kept).drop("urut")


def settle(pairs: Frame, lost: Frame, thresholds: Thresholds, *, single: bool) -> Frame:
    """`decide`, with the pairs in `lost` (l, r) left to a clerk who has not yet decided them."""
    marked = pairs.join(lost.with_columns(kalah=nw.lit(True)), on=["l", "r"], how="left")
    open_again = nw.col("kalah").fill_null(False) & (nw.col("cara") != "petugas")
    chance = nw.when(open_again).then(_open(thresholds)).otherwise(nw.col("peluang"))
    return decide(marked.with_columns(peluang=chance).drop("kalah"), thresholds, single=single)


def strongest(pairs: Frame) -> Frame:
    """Each pair (l, r) once, with its best chance."""
    best = pairs.sort("l", "r", "peluang", descending=[False, False, True])
    return best.unique(["l", "r"], keep="first", maintain_order=True)


def compose(first: Frame, second: Frame) -> Frame:
    """Pairs (l, r) through a person in the middle: l -> q from `first`, r -> q from `second` (its l is r, its r is q).

    A pair is settled by NIK when both of its steps are.
    """
    steps = first.join(second.rename({"l": "baris", "peluang": "p2", "cara": "c2"}), on="r")
    both = (nw.col("cara") == "nik") & (nw.col("c2") == "nik")
    steps = steps.with_columns(peluang=nw.col("peluang") * nw.col("p2"), lewat=both.cast(nw.Int8()))
    joined = steps.sort("l", "baris", "r").group_by("l", "baris").agg(nw.col("peluang").sum(), nw.col("lewat").max())
    cara = nw.when(nw.col("lewat") == 1).then(nw.lit("nik")).otherwise(nw.lit("model"))
    return joined.select("l", nw.col("baris").alias("r"), nw.col("peluang").clip(0, 1), cara=cara).sort("l", "r")
