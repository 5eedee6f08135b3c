"""The trial balance, and whether balances are what the entries say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from jangkau.apps.enrolment.models import Account, AccountKind, Entry, MonthState, PersonMonth
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.formats import rupiah

_OF_MONTHS = {
    AccountKind.COMMITTED: MonthState.COMMITTED,
    AccountKind.BILLED: MonthState.BILLED,
    AccountKind.PAID: MonthState.PAID,
}


@dataclass(frozen=True)
class Row:
    """One fund of the trial balance, in rupiah. `asked` is the budget that the register of funds names."""

    fund: Fund
    budget: int
    free: int
    committed: int
    billed: int
    paid: int

    @property
    def difference(self) -> int:
        """Zero in a ledger that balances."""
        return self.budget - self.free - self.committed - self.billed - self.paid

    @property
    def unposted(self) -> int:
        """What the fund's register says more (or less) than the ledger."""
        return self.fund.anggaran - self.budget


def trial_balance(funds: Iterable[Fund]) -> list[Row]:
    """A row a fund, by its code; a fund without entries has zeros."""
    known = {fund.pk: fund for fund in funds}
    held: dict[int, dict[str, int]] = {key: {} for key in known}
    for fund, kind, balance in Account.objects.filter(fund__in=known).values_list("fund", "kind", "balance"):
        held[fund][kind] = balance
    return [_row(fund, held[fund.pk]) for fund in sorted(known.values(), key=lambda fund: fund.kode)]


def _row(fund: Fund, held: dict[str, int]) -> Row:
    others = (held.get(kind, 0) for kind in AccountKind if kind != AccountKind.BUDGET)
    return Row(fund, -held.get(AccountKind.BUDGET, 0), *others)


def totals(rows: Iterable[Row]) -> Row:
    """All rows as one."""
    held = list(rows)
    sums = (sum(getattr(row, name) for row in held) for name in ("budget", "free", "committed", "billed", "paid"))
    return Row(Fund(nama="Jumlah", anggaran=sum(row.fund.anggaran for row in held)), *sums)


def verify(funds: QuerySet[Fund]) -> list[str]:
    """Every fault of these funds in words: a balance that is not the sum of its entries, an account that is not the sum
    of its person-months. Empty where all is well."""
    sums: dict[int, int] = {}
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, amount in Entry.objects.order_by().values_list(side).annotate(Sum("amount")):
            sums[account] = sums.get(account, 0) + sign * amount
    found = PersonMonth.objects.order_by().values("fund", "state").annotate(amount=Sum("rate"))
    months = {(row["fund"], row["state"]): row["amount"] for row in found}
    faults = []
    for account in Account.objects.filter(fund__in=funds).select_related("fund"):
        faults += _faults(account, sums.get(account.pk, 0), months)
    return faults


def _faults(account: Account, entries: int, months: dict[tuple[int, str], int]) -> list[str]:
    name, faults = f"{account.fund.nama}, {account.get_kind_display()}", []
    if account.balance != entries:
        faults.append(f"{name}: saldo {rupiah(account.balance)}, jumlah baris buku {rupiah(entries)}.")
    state = _OF_MONTHS.get(AccountKind(account.kind))
    if state and account.balance != months.get((account.fund_id, state), 0):
        told = rupiah(months.get((account.fund_id, state), 0))
        faults.append(f"{name}: saldo {rupiah(account.balance)}, jumlah bulan orang {told}.")
    return faults
