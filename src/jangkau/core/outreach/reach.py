"""Whom outreach reached: people who came and were not covered, beside all who are not covered, village by village."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jangkau.core.kernel.problems import Problem


@dataclass(frozen=True)
class Session:
    """One event in a village: its month (index), people who came, and of them those who said that they were not covered
    yet (None: not asked). Raises SOSIALISASI_HADIR for counts that cannot be.
    """

    village: str
    month: int
    came: int
    uncovered: int | None = None

    def __post_init__(self) -> None:
        if min(self.came, self.uncovered or 0) < 0 or (self.uncovered or 0) > self.came:
            raise Problem("SOSIALISASI_HADIR", hadir=self.came)


@dataclass(frozen=True)
class Reach:
    """A village: `reached` of `uncovered` people, at most all of them; `unasked` came to events where nobody was asked
    whether covered, and count for nothing.
    """

    village: str
    events: int
    came: int
    unasked: int
    reached: int
    uncovered: int

    @property
    def share(self) -> float | None:
        """Percent of the uncovered; None where there is nobody to reach."""
        return 100 * self.reached / self.uncovered if self.uncovered else None


@dataclass(frozen=True)
class Step:
    """How far outreach had come by the end of a month, counted from its beginning."""

    month: int
    events: int
    villages: int
    came: int
    reached: int


def reach(sessions: Sequence[Session], uncovered: Mapping[str, int]) -> list[Reach]:
    """Each village with somebody uncovered or an event, by its code.

    Who comes twice counts twice, so that a share is the most that can have been reached; it never passes all.
    """
    held: dict[str, list[Session]] = {}
    for session in sessions:
        held.setdefault(session.village, []).append(session)
    return [_village(code, held.get(code, []), uncovered.get(code, 0)) for code in sorted({*held, *uncovered})]


def _village(code: str, events: Sequence[Session], uncovered: int) -> Reach:
    sums: Counter[str] = Counter()
    for event in events:
        unasked = event.came if event.uncovered is None else 0
        sums.update(came=event.came, reached=event.uncovered or 0, unasked=unasked)
    return Reach(code, len(events), sums["came"], sums["unasked"], min(sums["reached"], uncovered), uncovered)


def next_villages(found: Sequence[Reach]) -> list[Reach]:
    """Villages without an event and with somebody uncovered, most of them first."""
    waiting = [village for village in found if not village.events and village.uncovered]
    return sorted(waiting, key=lambda village: (-village.uncovered, village.village))


def progress(sessions: Sequence[Session], uncovered: Mapping[str, int]) -> list[Step]:
    """Month by month from the first event to the last, months without one among them."""
    if not sessions:
        return []
    months = [session.month for session in sessions]
    return [_step(month, sessions, uncovered) for month in range(min(months), max(months) + 1)]


def _step(month: int, sessions: Sequence[Session], uncovered: Mapping[str, int]) -> Step:
    past = [session for session in sessions if session.month <= month]
    held = [village for village in reach(past, uncovered) if village.events]
    return Step(month, len(past), len(held), sum(v.came for v in held), sum(v.reached for v in held))
