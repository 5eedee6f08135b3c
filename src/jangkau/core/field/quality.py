"""What a supervisor looks at first among submissions of one desa: signs, no verdicts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from statistics import median

# What a sign may be, in the order in which they are shown: the same NIK twice, outside the border, far from the others,
# faster than usual, two at once, a clock that cannot be, a weak point, none.
MARKS = ("GANDA", "LUAR", "JAUH", "CEPAT", "TUMPANG", "JAM", "LEMAH", "TANPA")
FAR_KM, FAR_SPREADS, WEAK_METRES = 5.0, 6.0, 100.0
FEWEST, FASTEST, FAST_SHARE = 5, 2.0, 1 / 3
CLOCK = timedelta(days=1)
Ring = Sequence[tuple[float, float]]  # (lon, lat), closed or not


@dataclass(frozen=True)
class Visit:
    """One submission as a supervisor sees it; times with their zone."""

    key: int
    who: str
    nik: str
    received: datetime
    started: datetime | None = None
    ended: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None

    @property
    def minutes(self) -> float | None:
        """How long it took."""
        return (self.ended - self.started).total_seconds() / 60 if self.started and self.ended else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        return (self.lat, self.lon) if self.lat is not None and self.lon is not None else None


def marks(visits: Sequence[Visit], border: Sequence[Ring] = ()) -> Mapping[int, tuple[str, ...]]:
    """The codes of MARKS of each visit of a desa, by key; `border`: the rings of the desa, where known."""
    found: dict[int, set[str]] = {visit.key: set() for visit in visits}
    shared = Counter(visit.nik for visit in visits if visit.nik)
    far, fast = _far(visits), _fast(visits)
    for visit in visits:
        signs = {
            "GANDA": shared[visit.nik] > 1, "JAUH": visit.key in far, "CEPAT": visit.key in fast, "JAM": _clock(visit),
            "TANPA": visit.point is None, "LEMAH": (visit.accuracy or 0) > WEAK_METRES,
            "LUAR": bool(border) and visit.point is not None and not inside(visit.point, border),
        }  # fmt: skip
        found[visit.key] |= {code for code, holds in signs.items() if holds}
    for key in _overlapping(visits):
        found[key].add("TUMPANG")
    return {key: tuple(code for code in MARKS if code in codes) for key, codes in found.items()}


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two points (latitude, longitude) over the round earth."""
    lat, lat2 = radians(one[0]), radians(other[0])
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


def inside(point: tuple[float, float], rings: Sequence[Ring]) -> bool:
    """Whether a point (latitude, longitude) lies within rings: an odd number of borders to its east."""
    lat, lon = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
                crossed += 1
    return crossed % 2 == 1


def _far(visits: Sequence[Visit]) -> set[int]:
    """Far from the middle of the others, compared with how far apart these are."""
    points = {visit.key: visit.point for visit in visits if visit.point}
    if len(points) < FEWEST:
        return set()
    middle = (median(p[0] for p in points.values()), median(p[1] for p in points.values()))
    ways = {key: kilometres(point, middle) for key, point in points.items()}
    limit = max(FAR_KM, FAR_SPREADS * median(ways.values()))
    return {key for key, way in ways.items() if way > limit}


def _fast(visits: Sequence[Visit]) -> set[int]:
    times = {visit.key: visit.minutes for visit in visits if visit.minutes is not None and visit.minutes >= 0}
    usual = median(times.values()) if len(times) >= FEWEST else 0.0
    return {key for key, minutes in times.items() if minutes < max(FASTEST, usual * FAST_SHARE)}


def _clock(visit: Visit) -> bool:
    backwards = bool(visit.started and visit.ended and visit.ended < visit.started)
    return backwards or bool(visit.ended and visit.ended > visit.received + CLOCK)


def _overlapping(visits: Sequence[Visit]) -> set[int]:
    """Begun before the same enumerator's earlier one had ended."""
    found = set[int]()
    timed = [(v.who, v.started, v.ended, v.key) for v in visits if v.started and v.ended and v.ended >= v.started]
    timed.sort()
    for (who, _start, end, key), (who2, start2, _end2, key2) in pairwise(timed):
        if who == who2 and start2 < end:
            found |= {key, key2}
    return found
