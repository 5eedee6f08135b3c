"""Telling partners of people: once a month, in steps, so that no two looks give a person away (ADR 33)."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from jangkau.apps.partners.models import Telling
from jangkau.core.kernel.month import month_of
from jangkau.core.partners.closing import retold


def newest(names: Iterable[str]) -> dict[str, Telling]:
    """What is told of each now."""
    return {told.about: told for told in Telling.objects.filter(about__in=list(names)).order_by("month")}


def told_in(month: int) -> set[str]:
    """Of what the month has been told."""
    return set(Telling.objects.filter(month=month).values_list("about", flat=True))


@transaction.atomic
def tell(about: str, now: Mapping[str, int], steps: Mapping[str, int], today: date) -> None:
    """Tell this month; a count that has not moved by a whole step stays as it was told.

    In: counts by name, of which `orang` are the people. Nothing is told before they are a step.
    """
    last = newest([about]).get(about)
    if last is None and now["orang"] < steps["orang"]:
        return
    before, every = (last.counts, last.steps | dict(steps)) if last else ({}, dict(steps))
    kept = {"counts": retold(now, before, every), "steps": every, "as_of": today}
    Telling.objects.get_or_create(about=about, month=month_of(today), defaults=kept)
