"""The ledger: accounts of a fund, journals, entries, and the person-months that entries move.

Every entry has one debit and one credit, so that it balances by its form. What the database itself holds, on SQLite and
on PostgreSQL, is in `jangkau.apps.enrolment.holding`: balances follow entries, entries are never changed, and a
person-month is paid once by one payer.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models.batch import Batch
from jangkau.apps.enrolment.models.decree import Decree, DecreeLine
from jangkau.apps.enrolment.models.membership import Enrolment
from jangkau.apps.linkage.models import Person
from jangkau.apps.registry.models import Fund


class MonthState(models.TextChoices):
    """Where the money of a person-month is."""

    NEW = "baru", _("belum dibukukan")
    COMMITTED = "komitmen", _("dijanjikan")
    BILLED = "ditagih", _("ditagih")
    PAID = "dibayar", _("dibayar")
    RELEASED = "lepas", _("dilepas")
    REFUNDED = "kembali", _("dikembalikan")


LIVE = (MonthState.NEW, MonthState.COMMITTED, MonthState.BILLED, MonthState.PAID)


class PersonMonth(models.Model):
    """One month (index) of one person, by one payer, with the rate in rupiah, the law's version and the decree then.

    Its state is changed by entries alone.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="paid_months")
    month = models.PositiveIntegerField()
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", db_index=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="paid_months")
    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(DecreeLine, on_delete=models.PROTECT, related_name="paid_months")
    rate = models.PositiveIntegerField()
    law_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=MonthState.choices, default=MonthState.NEW)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "month"], condition=models.Q(state__in=LIVE), name="person_month_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "month"], name="person_month_fund")]

    PRIVACY: ClassVar = {"month": "personal", "state": "personal", "rate": "public", "law_version": "public"}

    def __str__(self) -> str:
        return f"{self.person_id} {self.month}"


class AccountKind(models.TextChoices):
    """The accounts of a fund. What the fund has been given (`anggaran`) stands against the four others."""

    BUDGET = "anggaran", _("Anggaran")
    FREE = "tersedia", _("Tersedia")
    COMMITTED = "komitmen", _("Dijanjikan (SK)")
    BILLED = "ditagih", _("Ditagih")
    PAID = "dibayar", _("Dibayar")


class Account(models.Model):
    """One account of a fund; its balance (rupiah, debit positive) is kept by the database as entries come."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    balance = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "kind"], name="account_once"),
            models.CheckConstraint(
                condition=models.Q(kind=AccountKind.BUDGET) | models.Q(balance__gte=0), name="account_not_below_zero"
            ),
        ]

    PRIVACY: ClassVar = {"balance": "public"}

    def __str__(self) -> str:
        return f"{self.fund_id} {self.kind}"


class EntryKind(models.TextChoices):
    """What an entry does."""

    BUDGET = "anggaran", _("Anggaran bertambah")
    CUT = "pengurangan", _("Anggaran berkurang")
    COMMIT = "komitmen", _("Dijanjikan dengan SK")
    BILL = "tagih", _("Ditagih BPJS Ketenagakerjaan")
    PAY = "bayar", _("Dibayar")
    RELEASE = "lepas", _("Dilepas, tidak jadi dibayar")
    UNBILL = "batal_tagih", _("Tagihan dibatalkan")
    REFUND = "kembali", _("Dikembalikan ke dana")


class Journal(models.Model):
    """What was done in one go: its entries' sum and number stand with it."""

    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="journals")
    decree = models.ForeignKey(Decree, null=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    amount = models.BigIntegerField()
    rows = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {"amount": "public", "rows": "public", "note": "public"}

    def __str__(self) -> str:
        return f"{self.pk}"


class Entry(models.Model):
    """An amount (rupiah, above zero) from one account to another. Of a person-month it is the rate, and the law's
    version and the decree stand with it."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    month = models.ForeignKey(PersonMonth, null=True, on_delete=models.PROTECT, related_name="entries", db_index=False)
    law_version = models.CharField(max_length=20, blank=True)
    decree = models.ForeignKey(Decree, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="entry_above_zero")]
        indexes: ClassVar = [
            models.Index(fields=["month", "id"], name="entry_of_month"),  # its last entry at once
            models.Index(fields=["journal", "id"], name="entry_of_journal"),  # its entries from any one on
        ]

    PRIVACY: ClassVar = {"amount": "public", "law_version": "public"}

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.pk}"
