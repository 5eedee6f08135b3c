"""Which campaigns and events a user sees, and what waits for the user in them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, scope, within, within_codes
from jangkau.apps.outreach.models import Campaign, OutreachEvent, Words
from jangkau.core.outreach.messages import Template, templates

LEVELS = (2, 4, 6, 10)


def campaigns(user: User) -> QuerySet[Campaign]:
    """Campaigns in the user's regions, and those of a region above that reach into them."""
    codes = scope(user, "outreach.view")
    above = {code[:length] for code in codes for length in LEVELS if length < len(code)}
    return Campaign.objects.filter(within_codes(codes) | Q(region_code__in=above))


def areas(user: User, campaign: Campaign) -> list[str]:
    """The regions of a campaign that the user sees: all of it, or the user's part of it."""
    place, codes = campaign.region_code, scope(user, "outreach.view")
    if any(place.startswith(code) for code in codes):
        return [place]
    return sorted({code for code in codes if code.startswith(place)})


def events(user: User, campaign: Campaign) -> QuerySet[OutreachEvent]:
    """The events of a campaign that the user sees."""
    return campaign.events.filter(within_codes(areas(user, campaign)))


def held(found: QuerySet[OutreachEvent]) -> QuerySet[OutreachEvent]:
    """Of these, the events that took place and were recorded."""
    return found.filter(cancelled="", women__isnull=False)


def open_events(user: User, today: date | None = None) -> QuerySet[OutreachEvent]:
    """Events that are over and whose attendance nobody has recorded, where the user may do it."""
    past = OutreachEvent.objects.filter(on__lt=today or timezone.localdate(), women=None, cancelled="")
    return past.filter(within(user, "outreach.record")).select_related("campaign").order_by("on", "pk")


def waiting(user: User) -> int:
    """How many events wait for their attendance."""
    return open_events(user).count() if allowed(user, "outreach.record") else 0


def all_words() -> dict[tuple[str, int], Template]:
    """Every message by code and version: those of this release, and those that offices wrote."""
    known = {(template.code, template.version): template for template in templates()}
    return known | {(words.code, words.version): words.template for words in Words.objects.all()}


def newest_words() -> dict[str, Template]:
    """The newest version of each message, in the order of their titles."""
    newest: dict[str, Template] = {}
    for (code, _version), template in sorted(all_words().items()):
        newest[code] = template
    return dict(sorted(newest.items(), key=lambda item: (item[1].title, item[0])))
