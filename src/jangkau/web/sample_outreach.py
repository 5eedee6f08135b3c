"""What a demo shows of outreach: a campaign of a kabupaten with events in some of its villages, one still to record."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.outreach import actions
from jangkau.apps.outreach.gathered import gather, gathered
from jangkau.apps.outreach.models import Campaign, OutreachEvent
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.month import first_day, month_of
from jangkau.core.kernel.progress import Progress
from jangkau.core.outreach.questions import Answers, version

NAME, EVENTS, BACK = "Kenali perlindungan kerja", 12, 5
_ASKED = "beda|tunggu|beasiswa"
_MATERIALS = (("selebaran:TANI", 600), ("poster:DAGANG", 40), ("pesan:undangan", 300))


def show_outreach(place: str, desa: str, progress: Progress, *, by: User) -> int:
    """A campaign of the kabupaten `place`, made once, with an event in `desa` that waits; returns how many events."""
    if not Campaign.objects.filter(nama=NAME).exists():
        progress.step("Mencatat sosialisasi contoh")
        gather(progress)
        _campaign(place, desa, by)
    return OutreachEvent.objects.count()


def _campaign(place: str, desa: str, by: User) -> None:
    today = timezone.localdate()
    start = first_day(month_of(today) - BACK)
    campaign = actions.keep_campaign(
        Campaign(nama=NAME, region_code=place, first=start, last=today + timedelta(days=60), target=600,
                 questions=_ASKED, bank=version()), by=by,
    )  # fmt: skip
    materials = [
        actions.add_material(campaign, {"bahan": what, "copies": copies}, by=by) for what, copies in _MATERIALS
    ]
    for at, code in enumerate(_villages(place).exclude(code=desa).values_list("code", flat=True)[:EVENTS]):
        event = OutreachEvent(
            campaign=campaign, region_code=code, place="Balai desa", speaker="Penyuluh Contoh",
            on=first_day(month_of(start) + at % 3) + timedelta(days=9),
        )  # fmt: skip
        _held(actions.keep_event(event, materials, by=by), at, by)
    waiting = OutreachEvent(
        campaign=campaign, region_code=desa, place="Balai desa", on=max(start, today - timedelta(days=3)),
        speaker="Petugas BPJS Ketenagakerjaan",
    )  # fmt: skip
    actions.keep_event(waiting, materials[:1], by=by)


def _villages(place: str) -> "QuerySet[Region]":
    """Villages of the kabupaten, those with most workers first where they are counted."""
    known = gathered()
    found = Region.objects.filter(code__startswith=place, level__in=("desa", "kelurahan"))
    counted = known.uncovered([place], []) if known else {}
    most = sorted(counted, key=lambda code: (-counted[code][1], code))[: EVENTS + 1]
    return found.filter(code__in=most) if most else found


def _held(event: OutreachEvent, at: int, by: User) -> None:
    """It took place; at one of them nobody was asked whether covered."""
    women, men = 14 + at % 5, 11 + at % 4
    uncovered = None if at == 3 else women + men - 6
    actions.attend(event, {"women": women, "men": men, "uncovered": uncovered, "note": ""}, by=by)
    asked = {code: Answers(women, 3 + at % 3 + n, women, 10 + at % 3) for n, code in enumerate(_ASKED.split("|"))}
    actions.score(event, asked, by=by)
