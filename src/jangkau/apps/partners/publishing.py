"""The public list of sponsors: those who consent, as a table of its own, so that public pages read nothing else."""

from django.db import transaction
from django.utils import timezone

from jangkau.apps.partners.models import Pledge, PledgeState, Published
from jangkau.apps.partners.use import paid_for

_COUNTED = (PledgeState.RECEIVED, PledgeState.ENDED)


@transaction.atomic
def publish() -> int:
    """Write the list anew: sponsors who consent and whose money came in, by region. Returns how many rows stand.

    Small counts are left out.
    """
    found = Pledge.objects.filter(sponsor__public=True, state__in=_COUNTED).order_by("sponsor", "region_code")
    known = found.values_list("sponsor", "sponsor__nama", "sponsor__kind", "region_code").distinct()
    paid = paid_for({sponsor for sponsor, *_ in known})
    rows = []
    for sponsor, name, kind, region in known:
        people, months = paid.get((sponsor, region), (0, 0))
        about = {"region_code": region, "people": people, "months": months, "as_of": timezone.localdate()}
        rows.append(Published(nama=name, kind=kind, **about))
    Published.objects.all().delete()
    return len(Published.objects.bulk_create(rows))
