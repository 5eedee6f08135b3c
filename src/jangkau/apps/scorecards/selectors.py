"""Asking for cards and their scores; what reports and figures take from them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, within
from jangkau.apps.scorecards.models import OPEN, Answer, Card, Comment, Evidence, FollowUp, Judgement, State, Step
from jangkau.core.kernel.semester import Semester
from jangkau.core.reporting.semester_input import FollowUp as Agreed
from jangkau.core.reporting.semester_input import Mark as SectionScore
from jangkau.core.reporting.semester_input import Score
from jangkau.core.scorecard import Result, duties, score
from jangkau.core.tables.schema import Frame

VIEW, FILL, JUDGE = "scorecards.view", "scorecards.fill", "scorecards.judge"
SOON = timedelta(days=14)  # before a follow-up is due


def cards(user: User, asked: Mapping[str, str]) -> "QuerySet[Card]":
    """Cards of the user's regions, narrowed by `wilayah`, `semester`, `instrumen` (code) and `keadaan`."""
    found = Card.objects.filter(within(user, VIEW)).select_related("instrument")
    names = {"wilayah": "region_code__startswith", "semester": "semester", "instrumen": "instrument__code",
             "keadaan": "state"}  # fmt: skip
    return found.filter(**{names[name]: value for name, value in asked.items() if value and name in names})


def result(card: Card) -> Result:
    """The score of one card."""
    return results([card])[card.pk]


def results(given: Iterable[Card]) -> dict[int, Result]:
    """The scores of cards, in three queries for any number of them."""
    wanted = list(given)
    pks = [card.pk for card in wanted]
    answers: dict[int, dict[str, Any]] = defaultdict(dict)
    files: dict[int, set[str]] = defaultdict(set)
    judged: dict[int, dict[str, float]] = defaultdict(dict)
    for answer in Answer.objects.filter(card__in=pks):
        answers[answer.card_id][answer.code] = answer.told
    for pk, code in Evidence.objects.filter(card__in=pks).values_list("card", "code"):
        files[pk].add(code)
    for pk, code, percent in Judgement.objects.filter(card__in=pks).values_list("card", "code", "percent"):
        judged[pk][code] = percent / 100
    return {
        card.pk: score(
            card.instrument.form,
            answers[card.pk],
            start=card.half.first,
            evidence=files[card.pk],
            judged=judged[card.pk],
        )
        for card in wanted
    }


def standing(found: "QuerySet[Card]") -> list[Card]:
    """Of each region, semester and instrument (whatever its version) the newest closed card, else the newest."""
    best: dict[tuple[str, str, str], Card] = {}
    for card in found.select_related("instrument").order_by("number", "pk"):
        key = (card.region_code, card.semester, card.instrument.code)
        known = best.get(key)
        if known is None or card.state == State.CLOSED or known.state != State.CLOSED:
            best[key] = card
    return list(best.values())


@dataclass(frozen=True)
class Standing:
    """A card of a region and semester as reports take it: frozen or still open, its score, and what follows."""

    card: Card
    result: Result
    follow_ups: list[FollowUp]

    @property
    def frozen(self) -> bool:
        """Whether it is closed."""
        return self.card.state == State.CLOSED


def of_region(region: str, semester: Semester) -> list[Standing]:
    """The cards of a region itself in a semester, one an instrument."""
    found = standing(Card.objects.filter(region_code=region, semester=str(semester)))
    scores = results(found)
    agreed: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in FollowUp.objects.filter(card__in=found):
        agreed[follow_up.card_id].append(follow_up)
    return [Standing(card, scores[card.pk], agreed[card.pk]) for card in found]


def rapor(region: str, semester: Semester) -> tuple[Score, ...]:
    """The cards of a region as the semester report takes them, beside the semester before."""
    before = {one.card.instrument.code: one.result.percent for one in of_region(region, semester.before)}
    return tuple(_score(one, before.get(one.card.instrument.code)) for one in of_region(region, semester))


def _score(one: Standing, before: float | None) -> Score:
    note = "" if one.frozen else "Kartu ini belum ditutup, jadi nilainya masih dapat berubah."
    form = one.card.instrument.form
    return Score(
        instrumen=f"{form.judul}, versi {form.versi}" + ("" if form.resmi else " (bukan instrumen resmi)"),
        bagian=tuple(SectionScore(s.section.judul, s.points, s.possible) for s in one.result.sections if s.possible),
        pita=one.result.band, sebelumnya=before, catatan=note,
        tindak_lanjut=tuple(
            Agreed(f.text, f.owner, f.due, str(f.get_state_display()), f.state == Step.DONE)
            for f in one.follow_ups if f.state != Step.DROPPED
        ),
    )  # fmt: skip


def met_duties(until: date) -> Frame:
    """Duties of every region by its cards of semesters begun by a day: what the indicator of duties is counted from."""
    found = [card for card in standing(Card.objects.all()) if card.half.first <= until]
    scores = results(found)
    return duties([(card.region_code, min(card.half.last, until), scores[card.pk]) for card in found])


def follow_ups(user: User) -> "QuerySet[FollowUp]":
    """Follow-ups of the user's regions; those to be done first, by date."""
    return FollowUp.objects.filter(within(user, VIEW, "card__region_code")).select_related("card__instrument")


def waiting(user: User) -> dict[str, int]:
    """What waits for the user: cards to fill, comments to answer, recommendations to take on, dates, cards to judge."""
    counts = {"isi": 0, "komentar": 0, "saran": 0, "lewat": 0, "dekat": 0, "nilai": 0}
    if allowed(user, FILL):
        own = Card.objects.filter(within(user, FILL))
        unanswered = Comment.objects.filter(card=OuterRef("pk"), judge=True, answered=False)
        counts["isi"] = own.filter(state__in=OPEN).count()
        counts["komentar"] = own.filter(Exists(unanswered)).count()
        counts.update(_due(user))
    if allowed(user, JUDGE):
        counts["nilai"] = Card.objects.filter(within(user, JUDGE), state=State.SENT).count()
    return counts


def _due(user: User) -> dict[str, int]:
    today = timezone.localdate()
    own = FollowUp.objects.filter(within(user, FILL, "card__region_code"))
    agreed = Q(state=Step.AGREED)
    return {
        "saran": own.filter(state=Step.ADVISED).count(),
        "lewat": own.filter(agreed, due__lt=today).count(),
        "dekat": own.filter(agreed, due__gte=today, due__lte=today + SOON).count(),
    }
