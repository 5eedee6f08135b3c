"""The public list of sponsors: those who consent, as a table of its own, so that public pages read nothing else."""

from django.db import transaction
from django.utils import timezone

from jangkau.apps.partners.models import Pledge, PledgeState, Published
from jangkau.apps.partners.use import of_sponsor

_COUNTED = (PledgeState.RECEIVED, PledgeState.ENDED)


@transaction.atomic
def publish() -> int:
    """Write the list anew: sponsors who consent and whose money came in, by region. Returns how many rows stand.

    Counts are those told this month, in steps (`jangkau.apps.partners.use`); consent given
    and taken back shows no more.
    """
    found = Pledge.objects.filter(sponsor__public=True, state__in=_COUNTED).order_by("sponsor", "region_code")
    known = found.values_list("sponsor", "sponsor__nama", "sponsor__kind", "region_code").distinct()
    rows = []
    for sponsor, name, kind, region in known:
        people, months, on = of_sponsor(sponsor, region)
        about = {"region_code": region, "people": people, "months": months, "as_of": on or timezone.localdate()}
        rows.append(Published(nama=name, kind=kind, **about))
    Published.objects.all().delete()
    return len(Published.objects.bulk_create(rows))
