"""What the ledger holds for a person: months paid and promised, and the way there."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jangkau.apps.enrolment import words
from jangkau.apps.enrolment.models import DecreeLine, DecreeState, Entry, EntryKind, MonthState, PersonMonth, Step
from jangkau.apps.linkage.models import Person
from jangkau.apps.people.moment import Moment
from jangkau.apps.people.months import Membership, letter_of, month_name
from jangkau.core.enrolment import lifecycle

_IN_FORCE = (DecreeState.IN_FORCE, DecreeState.REPLACED, DecreeState.REVOKED)


def own_months(person: Person) -> tuple[list[Membership], dict[int, str]]:
    """The months that funds have paid, as runs of one payer; and the payer of months promised or billed."""
    found = PersonMonth.objects.filter(person=person).order_by("month").values_list("month", "fund__jenis", "state")
    paid = {month: letter_of(kind) for month, kind, state in found if state == MonthState.PAID}
    waiting = {MonthState.COMMITTED, MonthState.BILLED}
    promised = {month: letter_of(kind) for month, kind, state in found if state in waiting}
    return [Membership("", "BPU", payer, first, last, 0) for payer, first, last in _runs(paid)], promised


def _runs(months: dict[int, str]) -> Iterable[tuple[str, int, int]]:
    """Months one after another with one payer: payer, first, last."""
    for (payer, _place), run in groupby(enumerate(months), lambda at: (months[at[1]], at[1] - at[0])):
        held = [month for _at, month in run]
        yield payer, held[0], held[-1]


def way(person: Person) -> list[Moment]:
    """Decrees, steps and payments, in the words of the lifecycle."""
    own = Q(enrolment__person=person)
    return [*_decrees(own), *_steps(own), *_payments(person)]


def _decrees(own: Q) -> list[Moment]:
    lines = DecreeLine.objects.filter(own, decree__state__in=_IN_FORCE).select_related("decree", "fund")
    text = _("%(decree)s, %(fund)s: %(first)s sampai %(last)s.")
    return [
        Moment(line.decree.date or timezone.localdate(line.decree.created_at), _("Namanya ada dalam SK"), text % {
            "decree": line.decree, "fund": line.fund.nama, "first": month_name(line.first),
            "last": month_name(line.first + line.months - 1)})
        for line in lines
    ]  # fmt: skip


def _steps(own: Q) -> list[Moment]:
    return [
        Moment(timezone.localdate(step.at), _("Kepesertaan: %(state)s") % {"state": words.state(step.after)},
               " ".join(filter(None, [_words(step), step.why, f"({step.by})" if step.by else ""])),
               harm=lifecycle.STATES[step.after].tone == "harm")
        for step in Step.objects.filter(own).select_related("by")
    ]  # fmt: skip


def _words(step: Step) -> str:
    told = words.meaning(step.after, step.reason)
    return f"{told[:1].upper()}{told[1:]}."


def _payments(person: Person) -> list[Moment]:
    kinds = {EntryKind.PAY: _("Iuran dibayar"), EntryKind.REFUND: _("Iuran dikembalikan")}
    entries = Entry.objects.filter(month__person=person, kind__in=kinds).select_related("journal__fund", "month")
    found = []
    for journal, part in groupby(entries.order_by("journal", "month__month"), lambda entry: entry.journal):
        months = [entry.month.month for entry in part if entry.month]
        text = _("%(fund)s, %(first)s sampai %(last)s: %(n)s bulan.") % {
            "fund": journal.fund.nama, "first": month_name(months[0]), "last": month_name(months[-1]), "n": len(months)
        }  # fmt: skip
        found.append(Moment(timezone.localdate(journal.at), kinds[EntryKind(journal.kind)], text))
    return found
