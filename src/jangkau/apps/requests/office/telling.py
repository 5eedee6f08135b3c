"""The desk hears of what arrives, and of what was left lying elsewhere."""

from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.requests.arrivals import on_arrival, on_withdrawal
from jangkau.apps.requests.desks import holders
from jangkau.apps.requests.models import Petition
from jangkau.core.kernel.formats import long_date


def tell_desk(petition: Petition, kind: str) -> None:
    """Whoever sits at the desk on which the petition lies is told, once for each desk."""
    link, key = reverse("petition", args=[petition.pk]), f"permintaan-{petition.pk}-{petition.level}"
    for user in User.objects.filter(pk__in=holders(petition.region_code, petition.level)):
        tell(kind, region_code=petition.region_code, link=link, key=key, to=user, batas=long_date(petition.due))


@on_arrival
def something_came(petition: Petition) -> None:
    """A new petition."""
    tell_desk(petition, "petition_new")


@on_withdrawal
def nothing_waits(petition: Petition) -> None:
    """Nobody need read of it any more."""
    for level in (10, 4, 2):
        settle(f"permintaan-{petition.pk}-{level}")
