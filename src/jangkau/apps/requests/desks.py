"""On whose desk a petition lies, and until when."""

from datetime import date, timedelta

from django.conf import settings

from jangkau.apps.accounts.models import Assignment
from jangkau.apps.accounts.roles import PERMISSIONS

LEVELS = (10, 4, 2)
_AT = {10: (10, 6), 4: (4,), 2: (2,)}  # a kecamatan's clerks sit at the desk of its villages
ANSWER = "requests.answer"


def holders(region_code: str, level: int) -> list[int]:
    """Keys of the users at that desk of the region."""
    places = [region_code[:length] for length in _AT[level]]
    held = Assignment.objects.filter(role__in=PERMISSIONS[ANSWER], region_code__in=places, user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))


def first_desk(region_code: str, below: int = 11) -> int:
    """The lowest desk under `below` at which anybody sits; the province's where there is nobody at all."""
    return next((level for level in LEVELS if level < below and holders(region_code, level)), LEVELS[-1])


def last_day(what: str, since: date) -> date:
    """The last day to answer: days by the kind asked, `naik` for a desk that it was raised to."""
    return since + timedelta(days=settings.JANGKAU_REQUEST_DAYS[what])
