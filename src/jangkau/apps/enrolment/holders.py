"""What plans are told of memberships and the ledger: whose months and which money are promised, and who is gone."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, Max, OuterRef, Sum

from jangkau.apps.enrolment.models import Account, AccountKind, Enrolment, PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.enrolment.models.membership import OVER
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.promises import BOOKS, GONE
from jangkau.core.enrolment.lifecycle import FOR_GOOD

BOUND = (AccountKind.COMMITTED, AccountKind.BILLED, AccountKind.PAID)


class Ledger:
    """The ledger as `jangkau.apps.planning.promises.Book`."""

    def people(self, region: str, months: range) -> Mapping[str, int]:
        """Whoever has a payer in one of the months, with the last month that is promised or paid."""
        inside = PersonMonth.objects.filter(state__in=LIVE, person__region_code__startswith=region)
        held = inside.filter(month__in=months).values("person")
        rows = PersonMonth.objects.filter(state__in=LIVE, person__in=held).order_by()
        return dict(rows.values_list("person__id_pekerja").annotate(last=Max("month")))

    def money(self, funds: Iterable[int]) -> Mapping[int, int]:
        """What is promised, billed and paid of each fund that has accounts."""
        rows = Account.objects.filter(fund__in=list(funds), kind__in=BOUND).order_by()
        return dict(rows.values_list("fund").annotate(sum=Sum("balance")))

    def of_plan(self, plan: Plan) -> Mapping[str, int]:
        """What decrees of the plan have promised by fund, whatever has become of it since."""
        rows = PersonMonth.objects.filter(decree__plan=plan).order_by()
        return dict(rows.values_list("fund__kode").annotate(sum=Sum("rate")))


def gone(region: str) -> Iterable[str]:
    """Whose last membership ended for good."""
    later = Enrolment.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    ended = Enrolment.objects.filter(state=OVER, reason__in=FOR_GOOD, person__region_code__startswith=region)
    return ended.filter(~Exists(later)).values_list("person__id_pekerja", flat=True)


BOOKS.append(Ledger())
GONE.append(gone)
