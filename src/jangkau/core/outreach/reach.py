"""Whom outreach reached: people who came and were not covered, beside all who are not covered, by area and work."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jangkau.core.kernel.problems import Problem

Place = tuple[str, str]  # code of an area, code of an occupation


@dataclass(frozen=True)
class Session:
    """One event: people who came, and of them those who said they were not covered yet (None: not asked).

    `right_before` and `right_after`: of `asked` people, how many answered the questions well before and after.
    """

    area: str
    occupation: str
    came: int
    uncovered: int | None = None
    asked: int = 0
    right_before: int = 0
    right_after: int = 0

    def __post_init__(self) -> None:
        parts = (self.uncovered or 0, self.asked)
        if min(self.came, *parts, self.right_before, self.right_after) < 0 or max(parts) > self.came:
            raise Problem("SOSIALISASI_HADIR", hadir=self.came)
        if max(self.right_before, self.right_after) > self.asked:
            raise Problem("SOSIALISASI_JAWAB", ditanya=self.asked)


@dataclass(frozen=True)
class Reach:
    """An area and work: `reached` of `uncovered` people, at most all of them; `unasked` who came to events where
    nobody was asked whether covered, and who therefore count for nothing; gain in right answers, of `asked` people.
    """

    area: str
    occupation: str
    events: int
    came: int
    unasked: int
    reached: int
    uncovered: int
    asked: int
    right_before: int
    right_after: int

    @property
    def share(self) -> float | None:
        """Percent of the uncovered; None where there is nobody to reach."""
        return 100 * self.reached / self.uncovered if self.uncovered else None


def reach(sessions: Sequence[Session], uncovered: Mapping[Place, int]) -> list[Reach]:
    """Each place with somebody uncovered or an event, in order of area and occupation.

    Who comes twice counts twice, so that a share is the most that can have been reached; it never passes all.
    """
    held: dict[Place, list[Session]] = {}
    for session in sessions:
        held.setdefault((session.area, session.occupation), []).append(session)
    return [_place(place, held.get(place, []), uncovered.get(place, 0)) for place in sorted({*held, *uncovered})]


def _place(place: Place, events: list[Session], uncovered: int) -> Reach:
    sums: Counter[str] = Counter()
    for event in events:
        sums.update(
            came=event.came, reached=event.uncovered or 0, unasked=event.came if event.uncovered is None else 0,
            asked=event.asked, right_before=event.right_before, right_after=event.right_after,
        )  # fmt: skip
    return Reach(
        *place, len(events), sums["came"], sums["unasked"], min(sums["reached"], uncovered), uncovered,
        sums["asked"], sums["right_before"], sums["right_after"],
    )  # fmt: skip
