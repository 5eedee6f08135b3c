"""What plans are told of the ledger: whose months and which money are promised."""

from collections.abc import Iterable, Mapping

from django.db.models import Max, Sum

from jangkau.apps.enrolment.models import Account, AccountKind, PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.promises import BOOKS

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


BOOKS.append(Ledger())
