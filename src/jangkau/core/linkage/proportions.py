"""Shares with their uncertainty: k of n, an interval, and whether two shares differ by more than chance."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """`k` of `n`. Without cases (`n` 0) nothing is known: the value is None and the interval is everything."""

    k: int
    n: int

    @property
    def value(self) -> float | None:
        """k / n."""
        return self.k / self.n if self.n else None

    def interval(self, level: float = LEVEL) -> tuple[float, float]:
        """The score interval (Wilson 1927): honest also for few cases and for shares near 0 and 1."""
        if not self.n:
            return 0.0, 1.0
        z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
        share = self.k / self.n
        middle = (share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = sqrt(z2 * (share * (1 - share) / self.n + z2 / (4 * self.n**2))) / (1 + z2 / self.n)
        return (0.0 if self.k == 0 else middle - half), (1.0 if self.k == self.n else middle + half)

    def as_dict(self) -> dict[str, float | int | None]:
        """For JSON: numerator, denominator, value and 95 % interval."""
        low, high = self.interval()
        return {"pembilang": self.k, "penyebut": self.n, "nilai": self.value, "bawah": low, "atas": high}


def difference(one: Share, other: Share, level: float = LEVEL) -> tuple[float, float]:
    """Interval of `one` minus `other` from their score intervals (Newcombe 1998, method 10)."""
    if one.value is None or other.value is None:
        return -1.0, 1.0
    (low1, high1), (low2, high2) = one.interval(level), other.interval(level)
    gap = one.value - other.value
    down = sqrt((one.value - low1) ** 2 + (high2 - other.value) ** 2)
    up = sqrt((high1 - one.value) ** 2 + (other.value - low2) ** 2)
    return gap - down, gap + up
