"""How often two clerks who did not know of each other said the same of a pair."""

from dataclasses import dataclass

from django.db.models import Q

from jangkau.apps.linkage.decisions import Pair, pair_of
from jangkau.apps.linkage.models import Decision, Turn

RECENT = 1000
GROUPS = 10
FEWEST = 5  # pairs in a group that a trend is drawn of


@dataclass(frozen=True)
class Agreement:
    """Of `pairs` looked at twice, `same` were judged alike; `trend`: the share in each of the last ten groups."""

    pairs: int
    same: int
    kappa: float | None
    trend: tuple[float, ...]

    @property
    def percent(self) -> float:
        """The share judged alike."""
        return 100 * self.same / self.pairs if self.pairs else 0.0

    @property
    def points(self) -> str:
        """The trend as a line of 90 by 30."""
        return " ".join(f"{at * 10},{30 - 0.3 * share:.1f}" for at, share in enumerate(self.trend))


def agreement(where: Q) -> Agreement:
    """Of the last pairs, within `where`, that two clerks judged without knowing of each other."""
    seconds = list(Decision.objects.filter(where, turn=Turn.SECOND).order_by("-pk")[:RECENT])[::-1]
    firsts = _firsts(seconds)
    both = [(firsts[pair_of(word)], word.keputusan) for word in seconds if pair_of(word) in firsts]
    return Agreement(len(both), sum(a == b for a, b in both), kappa(both), _trend([a == b for a, b in both]))


def _firsts(seconds: list[Decision]) -> dict[Pair, str]:
    """What the first clerk said of each of these pairs; taken back or not, it was said."""
    rows = {word.id_usulan for word in seconds}
    found = Decision.objects.filter(id_usulan__in=rows, turn=Turn.FIRST).order_by("pk")
    return {pair_of(word): word.keputusan for word in found}


def kappa(both: list[tuple[str, str]]) -> float | None:
    """Agreement beyond chance (Cohen 1960): 1 always, 0 as often as chance alone; None where chance explains all."""
    if not both:
        return None
    total = len(both)
    observed = sum(a == b for a, b in both) / total
    words = {word for pair in both for word in pair}
    shares = [(sum(a == w for a, _ in both) / total, sum(b == w for _, b in both) / total) for w in words]
    expected = sum(one * other for one, other in shares)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def _trend(same: list[bool]) -> tuple[float, ...]:
    size = len(same) // GROUPS
    if size < FEWEST:
        return ()
    tail = same[len(same) - size * GROUPS :]
    return tuple(100 * sum(tail[at * size : (at + 1) * size]) / size for at in range(GROUPS))
