"""Writing the ledger. Every function posts all it is asked to or nothing, in the caller's transaction.

The accounts of the fund are locked first, in one order, so that writers wait for one another; what the database holds
(`holding`) catches whatever passes these checks all the same.
"""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, QuerySet, Sum

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Account, AccountKind, Batch, Decree, Entry, EntryKind, Journal, PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE, MonthState
from jangkau.apps.registry.models import Fund
from jangkau.core.enrolment.ledger import RULES
from jangkau.core.kernel.formats import number, rupiah
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.parts import parts
from jangkau.core.kernel.problems import Problem

AT_ONCE = 2_000
Months = QuerySet[PersonMonth]


def accounts(fund: Fund) -> dict[str, Account]:
    """The accounts of a fund by kind, locked until the end of the transaction; made where there are none yet."""
    Account.objects.bulk_create([Account(fund=fund, kind=kind) for kind in AccountKind], ignore_conflicts=True)
    return {account.kind: account for account in Account.objects.select_for_update().filter(fund=fund).order_by("id")}


@transaction.atomic
def budget(fund: Fund, *, by: User | None) -> Journal | None:
    """The ledger's budget of a fund becomes what the fund's register says; None where it is that already.

    Raises DANA_TERIKAT where more is promised, billed or paid than the lower budget allows.
    """
    held = accounts(fund)
    change = fund.anggaran + held[AccountKind.BUDGET].balance  # the budget stands in credit, below zero
    if change == 0:
        return None
    free = held[AccountKind.FREE].balance
    if free + change < 0:
        raise Problem("DANA_TERIKAT", dana=fund.nama, terikat=rupiah(fund.anggaran - change - free))
    kind = EntryKind.BUDGET if change > 0 else EntryKind.CUT
    journal = Journal.objects.create(kind=kind, by=by, fund=fund, amount=abs(change), rows=1)
    debit, credit = (held[side] for side in (RULES[kind].debit, RULES[kind].credit))
    Entry.objects.create(journal=journal, kind=kind, debit=debit, credit=credit, amount=abs(change))
    return journal


@transaction.atomic
def commit(months: Sequence[PersonMonth], *, decree: Decree, by: User | None) -> list[Journal]:
    """Promise person-months (unsaved) to the people of a decree.

    Raises BULAN_SUDAH_DIBAYAR where a fund pays one of them already, DANA_KURANG where a fund has too little left.
    """
    funds = {month.fund_id: month.fund for month in months}
    for key in sorted(funds):
        budget(funds[key], by=by)
    _unpaid(months)
    try:
        with transaction.atomic():
            made = PersonMonth.objects.bulk_create(months, batch_size=AT_ONCE)
    except IntegrityError:
        raise Problem("BULAN_SUDAH_DIBAYAR", banyak="beberapa", contoh="") from None
    first, last = made[0].pk, made[-1].pk
    fresh = PersonMonth.objects.filter(decree=decree, state=MonthState.NEW, pk__range=(first, last))
    return _post(EntryKind.COMMIT, fresh, by=by, decree=decree)


def promise_again(gone: Months, *, by: User | None) -> list[Journal]:
    """Promise months anew that were let go, by the decrees that promised them. Raises what `commit` raises."""
    journals: list[Journal] = []
    for decree in Decree.objects.filter(pk__in=gone.values("decree")).order_by("pk"):
        again = list(gone.filter(decree=decree).select_related("fund").order_by("month"))
        for month in again:
            month.pk, month.state = None, MonthState.NEW
            month._state.adding = True
        journals += commit(again, decree=decree, by=by)
    return journals


def bill(months: Months, *, batch: Batch, by: User | None) -> list[Journal]:
    """The insurer has billed promised person-months. Raises BUKU_KEADAAN."""
    return _post(EntryKind.BILL, months, by=by, batch=batch)


def unbill(months: Months, *, batch: Batch, by: User | None, note: str = "") -> list[Journal]:
    """A bill is taken back; the person-months are promised as before. Raises BUKU_KEADAAN."""
    return _post(EntryKind.UNBILL, months, by=by, batch=batch, note=note)


def pay(months: Months, *, batch: Batch, by: User | None) -> list[Journal]:
    """Billed person-months are paid. Raises BUKU_KEADAAN."""
    return _post(EntryKind.PAY, months, by=by, batch=batch)


def release(months: Months, *, by: User | None, note: str = "") -> list[Journal]:
    """Promised person-months will not be paid: the money is free again. Raises BUKU_KEADAAN."""
    return _post(EntryKind.RELEASE, months, by=by, note=note)


def refund(months: Months, *, by: User | None, note: str = "") -> list[Journal]:
    """Paid person-months have come back to the fund. Raises BUKU_KEADAAN."""
    return _post(EntryKind.REFUND, months, by=by, note=note)


def _unpaid(months: Sequence[PersonMonth]) -> None:
    """Raises BULAN_SUDAH_DIBAYAR, with an example, where any is paid by a fund already or named twice."""
    wanted = {(month.person_id, month.month) for month in months}
    people = sorted({person for person, _ in wanted})
    taken = []
    for part in parts(people, AT_ONCE):
        some = PersonMonth.objects.filter(state__in=LIVE, person__in=part)
        pairs = some.values_list("person_id", "month", "fund__nama")
        taken += [(month, fund) for person, month, fund in pairs if (person, month) in wanted]
    if taken or len(wanted) < len(months):
        month, fund = min(taken) if taken else (months[0].month, "")
        raise Problem(
            "BULAN_SUDAH_DIBAYAR",
            banyak=number(len(taken) or len(months) - len(wanted)),
            contoh=f" (misalnya {month_text(month)} oleh {fund})" if taken else "",
        )


@transaction.atomic
def _post(kind: EntryKind, months: Months, *, by: User | None, note: str = "", **about: Any) -> list[Journal]:
    """One journal a fund, one entry a person-month, each at its rate."""
    parts: list[Any] = list(
        months.order_by().values("fund").annotate(rows=Count("pk"), amount=Sum("rate")).order_by("fund")
    )
    funds = Fund.objects.in_bulk([part["fund"] for part in parts])
    journals = []
    for part in parts:
        fund = funds[part["fund"]]
        held = accounts(fund)
        own = months.filter(fund=fund)
        _may(kind, own, part, held[RULES[kind].credit], fund)
        head = Journal(kind=kind, by=by, fund=fund, note=note, rows=part["rows"], amount=part["amount"], **about)
        head.save(force_insert=True)
        _entries(head, own, held)
        journals.append(head)
    return journals


def _may(kind: EntryKind, months: Months, part: dict[str, Any], credit: Account, fund: Fund) -> None:
    """Raises BUKU_KEADAAN where a person-month is elsewhere, DANA_KURANG where the money is short."""
    before = MonthState(str(RULES[kind].before))
    elsewhere = months.exclude(state=before).count()
    if elsewhere:
        words = before.label
        raise Problem("BUKU_KEADAAN", banyak=number(elsewhere), langkah=EntryKind(kind).label, keadaan=words)
    if credit.balance < part["amount"]:
        short = {"perlu": rupiah(part["amount"]), "sisa": rupiah(credit.balance)}
        raise Problem("DANA_KURANG", dana=fund.nama, kurang=rupiah(part["amount"] - credit.balance), **short)


def _entries(journal: Journal, months: Months, held: dict[str, Account]) -> None:
    """The entries of a journal in one statement, so that a hundred thousand take seconds."""
    rule = RULES[journal.kind]
    columns = months.order_by().values("rate", "pk", "law_version", "decree")
    sql, given = columns.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrolment_entry (journal_id, kind, debit_id, credit_id, amount, month_id, law_version, "
            f"decree_id) SELECT %s, %s, %s, %s, m.* FROM ({sql}) m",
            [journal.pk, journal.kind, held[rule.debit].pk, held[rule.credit].pk, *given],
        )
