"""What the public pages rest on: while it stays the same, so do they."""

from collections.abc import Hashable

from django.db.models import Count, Max
from django.utils import timezone

from jangkau.apps.opendata.models import KNOWN
from jangkau.apps.opendata.models import Edition as OpenEdition
from jangkau.apps.portal.models import Edition, Office
from jangkau.apps.regions.models import Region


def state() -> Hashable:
    """The day (and with it the law), the cover answered from, open data, offices, regions: four questions."""
    told = OpenEdition.objects.filter(state__in=KNOWN).aggregate(Count("pk"), Max("published_at"), Max("withdrawn_at"))
    offices = Office.objects.aggregate(Count("pk"), Max("changed_at"))
    newest = Edition.objects.filter(whole=True).values_list("pk", flat=True).first()
    return timezone.localdate(), newest, *told.values(), *offices.values(), Region.objects.count()
