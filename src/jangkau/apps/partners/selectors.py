"""Which partners and pledges a user sees, and what waits for the user in them."""

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, assignments, within, within_codes
from jangkau.apps.accounts.roles import PERMISSIONS, Role
from jangkau.apps.partners.companies import late
from jangkau.apps.partners.models import FollowUp, Group, Pledge, PledgeState, Sponsor
from jangkau.core.kernel.month import month_of

SOON_MONTHS = 2


_GUESTS = {Role.SPONSOR, Role.PENGHUBUNG}  # see what is theirs, whatever else is in their region


def office_codes(user: User, permission: str = "pledges.view") -> list[str]:
    """Regions in which the user sees as an office does: not those where only as a sponsor or liaison."""
    roles = PERMISSIONS[permission] - _GUESTS
    return [held.region_code for held in assignments(user) if held.role in roles]


def groups(user: User) -> QuerySet[Group]:
    """The groups of the user's regions, and those that the user is the liaison of."""
    own = Q(users=user) if allowed(user, "groups.view") else Q(pk__in=[])
    return Group.objects.filter(Q(pk__in=Group.objects.filter(own)) | within_codes(office_codes(user, "groups.view")))


def sponsors(user: User) -> QuerySet[Sponsor]:
    """The sponsors of the user's regions, and those that the user is of."""
    own = Q(users=user) if allowed(user, "pledges.view") else Q(pk__in=[])
    return Sponsor.objects.filter(Q(pk__in=Sponsor.objects.filter(own)) | within_codes(office_codes(user)))


def pledges(user: User) -> QuerySet[Pledge]:
    """The pledges of the user's regions, and of the sponsors that the user is of."""
    own = Q(sponsor__in=Sponsor.objects.filter(users=user)) if allowed(user, "pledges.view") else Q(pk__in=[])
    return Pledge.objects.filter(own | within_codes(office_codes(user))).select_related("sponsor", "fund")


def to_decide(user: User) -> QuerySet[Pledge]:
    """Pledges that wait for the user's word."""
    waiting = Pledge.objects.filter(within(user, "pledges.approve"), state=PledgeState.PROMISED)
    return waiting.exclude(made_by=user)


def to_receive(user: User) -> QuerySet[Pledge]:
    """Pledges that are agreed to and whose money has not come."""
    return Pledge.objects.filter(within(user, "pledges.receive"), state=PledgeState.AGREED)


def ending(user: User) -> QuerySet[Pledge]:
    """Pledges that pay now, which the user may renew, with a last month this month or in the next two."""
    running = pledges(user).filter(state=PledgeState.RECEIVED, renewal=None)
    return running.filter(first__lte=month_of(timezone.localdate()) + SOON_MONTHS + 1 - F("months"))


def unanswered(user: User) -> QuerySet[FollowUp]:
    """Steps to clear up a company whose answer is overdue, in the user's regions."""
    return late(timezone.localdate()).filter(within(user, "companies.edit", "company__region_code"))


def waiting(user: User) -> int:
    """How many pledges wait for the user."""
    count = to_decide(user).count() if allowed(user, "pledges.approve") else 0
    return count + (to_receive(user).count() if allowed(user, "pledges.receive") else 0)
