"""The ledger balances to the rupiah, and the database holds it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import (
    Account,
    AccountKind,
    Batch,
    Decree,
    Entry,
    EntryKind,
    Journal,
    MonthState,
    PersonMonth,
    Step,
)
from jangkau.apps.enrolment.trial import trial_balance, verify
from jangkau.apps.registry.models import Fund
from jangkau.core.enrolment.ledger import RULES
from jangkau.core.kernel.problems import Problem

from .conftest import FIRST, RATE, make_decree, person_months

Make = Callable[..., Decree]


def balances(fund: Fund) -> dict[str, int]:
    return dict(Account.objects.filter(fund=fund).values_list("kind", "balance"))


def committed(made: Decree) -> Fund:
    ledger.commit(person_months(made), decree=made, by=None)
    return made.lines.first().fund


def batch_of(fund: Fund) -> Batch:
    return Batch.objects.create(fund=fund, month=FIRST, year=2027, number=Batch.objects.count() + 1, region_code="1705")


def test_money_moves_from_free_to_paid_and_back(decree: Make) -> None:
    fund = committed(decree(people=3, months=3))
    batch, january = batch_of(fund), PersonMonth.objects.filter(month=FIRST)
    assert balances(fund) == {
        "anggaran": -10_000_000, "tersedia": 10_000_000 - 9 * RATE, "komitmen": 9 * RATE, "ditagih": 0, "dibayar": 0,
    }  # fmt: skip
    ledger.bill(january, batch=batch, by=None)
    ledger.pay(january, batch=batch, by=None)
    ledger.refund(january.filter(person=1), by=None)
    ledger.release(PersonMonth.objects.filter(month=FIRST + 2), by=None)
    assert balances(fund) == {
        "anggaran": -10_000_000, "tersedia": 10_000_000 - 5 * RATE, "komitmen": 3 * RATE, "ditagih": 0,
        "dibayar": 2 * RATE,
    }  # fmt: skip
    states = PersonMonth.objects.order_by("month", "person").values_list("state", flat=True)
    assert list(states) == ["kembali", "dibayar", "dibayar", *["komitmen"] * 3, *["lepas"] * 3]
    assert verify(Fund.objects.all()) == []


def test_a_journal_says_how_much_and_how_many(decree: Make) -> None:
    committed(decree(people=3, months=2))
    journal = Journal.objects.get(kind=EntryKind.COMMIT)
    assert (journal.rows, journal.amount) == (6, 6 * RATE)
    entry = journal.entries.first()
    assert (entry.amount, entry.law_version, entry.decree_id) == (RATE, "uji", journal.decree_id)


def test_a_bill_taken_back_leaves_the_promise(decree: Make) -> None:
    fund = committed(decree(people=2, months=1))
    batch, months = batch_of(fund), PersonMonth.objects.all()
    ledger.bill(months, batch=batch, by=None)
    ledger.unbill(months, batch=batch, by=None)
    assert balances(fund)["komitmen"] == 2 * RATE
    assert set(months.values_list("state", flat=True)) == {"komitmen"}
    assert verify(Fund.objects.all()) == []


def test_a_fund_that_is_short_promises_nothing(decree: Make) -> None:
    made = decree(people=3, months=3, anggaran=9 * RATE - 1)
    with pytest.raises(Problem, match="DANA_KURANG.*kurang Rp1:"):
        ledger.commit(person_months(made), decree=made, by=None)
    assert not PersonMonth.objects.exists()
    assert verify(Fund.objects.all()) == []


def test_a_person_month_has_one_payer(decree: Make) -> None:
    first = decree(people=2)
    committed(first)
    rival = make_decree(Fund.objects.create(kode="B", nama="B", jenis="CSR", anggaran=10**7, wilayah="1705"), [])
    months = person_months(first)
    for month in months:
        month.fund, month.decree = Fund.objects.get(kode="B"), rival
    with pytest.raises(Problem, match=r"BULAN_SUDAH_DIBAYAR.*2027-01 oleh Dana SELUMA"):
        ledger.commit(months, decree=rival, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():  # the database alone
        months[0].save()


def test_a_released_month_may_be_paid_by_another(decree: Make) -> None:
    first = decree(people=1, months=1)
    fund = committed(first)
    ledger.release(PersonMonth.objects.all(), by=None)
    committed(first)
    assert balances(fund)["komitmen"] == RATE
    assert sorted(PersonMonth.objects.values_list("state", flat=True)) == ["komitmen", "lepas"]


def test_a_step_out_of_order_is_refused_in_words(decree: Make) -> None:
    fund = committed(decree(people=2, months=1))
    with pytest.raises(Problem, match="BUKU_KEADAAN: 2 bulan.*Dibayar.*ditagih"):
        ledger.pay(PersonMonth.objects.all(), batch=batch_of(fund), by=None)
    assert verify(Fund.objects.all()) == []


def test_a_budget_follows_its_fund_but_not_below_what_is_promised(decree: Make) -> None:
    fund = committed(decree(people=1, months=2))
    fund.anggaran = 2 * RATE
    ledger.budget(fund, by=None)
    assert balances(fund)["tersedia"] == 0
    assert ledger.budget(fund, by=None) is None
    fund.anggaran = 2 * RATE - 1
    with pytest.raises(Problem, match=r"DANA_TERIKAT.*Rp33\.600"):
        ledger.budget(fund, by=None)


@pytest.mark.parametrize("kind", list(RULES))
def test_the_database_refuses_an_entry_against_its_rule(decree: Make, kind: str) -> None:
    """Whatever the program does: wrong accounts, wrong amount, or a person-month that is elsewhere."""
    fund = committed(decree(people=1, months=1))
    held = {account.kind: account for account in Account.objects.filter(fund=fund)}
    month, journal = PersonMonth.objects.get(), Journal.objects.first()
    rule = RULES[kind]
    right = {"debit": held[rule.debit], "credit": held[rule.credit], "amount": RATE, "month": rule.before and month}
    swapped = right | {"debit": right["credit"], "credit": right["debit"]}
    wrong = [
        swapped,
        right | {"month": None if rule.before else month},
        right | {"amount": RATE + 1} if rule.before else swapped,
    ]
    if rule.before != "komitmen" and rule.before:
        wrong.append(right)
    for values in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Entry.objects.create(journal=journal, kind=kind, **values)
    assert verify(Fund.objects.all()) == []


def test_the_database_refuses_money_that_is_not_there(decree: Make) -> None:
    fund = committed(decree(people=1, months=1, anggaran=RATE))
    held = {account.kind: account for account in Account.objects.filter(fund=fund)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            journal=Journal.objects.first(),
            kind="pengurangan",
            amount=1,
            debit=held["anggaran"],
            credit=held["tersedia"],
        )


@pytest.mark.parametrize("model", [Entry, Journal, Step])
def test_what_is_written_stays(decree: Make, model) -> None:
    made = decree(people=1, months=1)
    committed(made)
    Step.objects.create(enrolment=made.lines.first().enrolment, before="a", after="b")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(id=9_999)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    "values", [{"rate": 1}, {"month": 1}, {"state": "dibayar"}, {"law_version": "x"}, {"person": 2}]
)
def test_a_person_month_changes_by_entries_alone(decree: Make, values: dict) -> None:
    committed(decree(people=2, months=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonMonth.objects.filter(person=1).update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        PersonMonth.objects.all()._raw_delete("default")


def test_the_trial_balance_is_zero_and_names_every_fund(decree: Make) -> None:
    committed(decree(people=2, months=1))
    committed(decree(people=2, months=1, kode="B"))
    rows = trial_balance(Fund.objects.all())
    assert [row.fund.kode for row in rows] == ["B", "SELUMA"]
    assert all(row.difference == 0 for row in rows)
    assert rows[0].committed == 2 * RATE


def test_verify_tells_a_balance_that_was_tampered_with(decree: Make) -> None:
    fund = committed(decree(people=1, months=1))
    Account.objects.filter(fund=fund, kind=AccountKind.FREE).update(balance=1)
    assert any("Dana SELUMA" in fault for fault in verify(Fund.objects.all()))


def test_twenty_writers_at_once_take_a_fund_to_zero_and_not_below(transactional_db: None, decree: Make) -> None:
    """A fund with money for seven; twenty ask for one month each at the same time, on connections of their own."""
    made = decree(people=20, months=1, anggaran=7 * RATE)
    months = person_months(made)

    def one(month: PersonMonth) -> str:
        try:
            ledger.commit([month], decree=made, by=None)
            return "paid"
        except Problem as problem:
            return problem.kind.kode
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        outcomes = sorted(pool.map(one, months))
    assert outcomes == [*["DANA_KURANG"] * 13, *["paid"] * 7]
    fund = made.lines.first().fund
    assert balances(fund)["tersedia"] == 0
    assert PersonMonth.objects.filter(state=MonthState.COMMITTED).aggregate(all=Sum("rate"))["all"] == 7 * RATE
    assert verify(Fund.objects.all()) == []


def test_twenty_writers_pay_one_person_month_once(transactional_db: None, decree: Make) -> None:
    made = decree(people=1, months=1)

    def one(_: int) -> str:
        try:
            ledger.commit(person_months(made), decree=made, by=None)
            return "paid"
        except Problem as problem:
            return problem.kind.kode
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(one, range(20))) == [*["BULAN_SUDAH_DIBAYAR"] * 19, "paid"]
    assert verify(Fund.objects.all()) == []


def test_a_second_migration_puts_the_triggers_back(decree: Make) -> None:
    from jangkau.apps.enrolment.holding import hold

    hold(connection)
    committed(decree(people=1, months=1))
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(amount=1)
