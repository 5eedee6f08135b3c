"""One campaign as a user sees it: whom it reached, where to go next, what it changed; each part read when needed."""

from dataclasses import dataclass
from functools import cached_property

from jangkau.apps.accounts.models import User
from jangkau.apps.outreach import selectors
from jangkau.apps.outreach.gathered import Gathered, gathered
from jangkau.apps.outreach.models import Campaign, OutreachEvent, Score
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.month import month_of
from jangkau.core.outreach import reach
from jangkau.core.outreach.effect import MONTHS, Effect, Village, effect
from jangkau.core.outreach.questions import Answers, added

CHOICES = (1, 3, 6)  # months before and after that may be asked for


@dataclass(frozen=True)
class Line:
    """A village with its name and kecamatan."""

    name: str
    above: str
    reach: reach.Reach


@dataclass(frozen=True)
class Look:
    """A campaign within the user's regions."""

    user: User
    campaign: Campaign
    months: int = MONTHS

    @cached_property
    def areas(self) -> list[str]:
        """The regions looked at."""
        return selectors.areas(self.user, self.campaign)

    @cached_property
    def gathered(self) -> Gathered | None:
        """What is counted from; None before it is made."""
        return gathered()

    @cached_property
    def _workers(self) -> dict[str, tuple[int, int]]:
        return self.gathered.uncovered(self.areas, self.campaign.tags) if self.gathered else {}

    @cached_property
    def uncovered(self) -> dict[str, int]:
        """Uncovered workers of the campaign's occupations by village."""
        return {code: uncovered for code, (_workers, uncovered) in self._workers.items()}

    @cached_property
    def workers(self) -> int:
        """All of them, covered or not."""
        return sum(workers for workers, _uncovered in self._workers.values())

    @cached_property
    def sessions(self) -> list[reach.Session]:
        """Its events to which somebody came."""
        held = selectors.held(selectors.events(self.user, self.campaign)).order_by("on", "pk")
        return [reach.Session(e.region_code, month_of(e.on), e.came, e.uncovered) for e in held if e.came]

    @cached_property
    def villages(self) -> list[reach.Reach]:
        """Every village: who came, who is uncovered."""
        return reach.reach(self.sessions, self.uncovered)

    @cached_property
    def waiting(self) -> list[reach.Reach]:
        """Villages that have not been reached yet, most uncovered people first."""
        return reach.next_villages(self.villages)

    @cached_property
    def steps(self) -> list[reach.Step]:
        """Month by month."""
        return reach.progress(self.sessions, self.uncovered)

    @property
    def came(self) -> int:
        """Everybody who came."""
        return sum(village.came for village in self.villages)

    @property
    def reached(self) -> int:
        """Of these the uncovered."""
        return sum(village.reached for village in self.villages)

    @property
    def unasked(self) -> int:
        """Who came where nobody was asked."""
        return sum(village.unasked for village in self.villages)

    @property
    def whole(self) -> int:
        """Everybody uncovered."""
        return sum(self.uncovered.values())

    @property
    def share(self) -> float | None:
        """Percent of the uncovered who were reached; None where there is nobody or it is not counted."""
        return 100 * self.reached / self.whole if self.whole else None

    @property
    def visited(self) -> int:
        """Villages with an event."""
        return sum(village.events > 0 for village in self.villages)

    def named(self, villages: list[reach.Reach]) -> list[Line]:
        """These with their names, asked for at once."""
        codes = {village.village for village in villages} | {village.village[:6] for village in villages}
        names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        return [Line(names.get(v.village, v.village), names.get(v.village[:6], ""), v) for v in villages]

    @cached_property
    def effect(self) -> Effect | None:
        """What it changed; villages where another campaign held events are nobody to compare with. None before there is
        something to count from."""
        if self.gathered is None:
            return None
        first: dict[str, int] = {}
        for session in self.sessions:
            first.setdefault(session.village, session.month)
        elsewhere = selectors.held(OutreachEvent.objects.exclude(campaign=self.campaign))
        others = set(elsewhere.values_list("region_code", flat=True)) - set(first)
        joined = self.gathered.joined(self.areas, self.campaign.tags)
        villages = [
            Village(code, workers, joined.get(code, {}), first.get(code))
            for code, (workers, _uncovered) in self._workers.items() if code not in others
        ]  # fmt: skip
        return effect(villages, self.gathered.known, self.months)

    @cached_property
    def scores(self) -> dict[str, Answers]:
        """By question how many knew it, all events together."""
        found: dict[str, list[Answers]] = {}
        for one in Score.objects.filter(event__in=selectors.held(selectors.events(self.user, self.campaign))):
            found.setdefault(one.question, []).append(one.answers)
        return {code: added(parts) for code, parts in found.items()}
