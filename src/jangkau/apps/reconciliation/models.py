"""Reconciliations with what they found and what was decided; the lapse radar."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models import Decree, Enrolment
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.models import Fund, Snapshot


class Reconciliation(models.Model):
    """Our books beside one snapshot of the members. `counts`: kecamatan -> finding -> people, also those without a row.

    `population` is the snapshot of the population that deaths and moves were read from; `steps` how many enrolments
    took a step because of it.
    """

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="reconciliation")
    population = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    steps = models.PositiveIntegerField(default=0)
    done = models.BooleanField(default=False)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ran_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-month", "-id"]

    PRIVACY: ClassVar = {"counts": "public"}

    def __str__(self) -> str:
        return f"{self.month}"


class Decision(models.TextChoices):
    """What was decided about a finding."""

    OPEN = "", _("belum diputuskan")
    STOP = "hentikan", _("dihentikan")
    LATER = "tunda", _("ditunda")


class Finding(models.Model):
    """The main finding about one enrolment; not of those that are active or wait for their first payment.

    `kind` is a name of `jangkau.core.enrolment.findings`, `also` the others that held. `evidence` is what the registers
    say, numbers masked. `release`, `refund`: months (indexes) that stopping lets go, and that are to be asked back,
    with their rupiah. `left` is the state before the decision and `released` the person-months that it let go, so
    that it can be undone.
    """

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="findings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="findings")
    region_code = models.CharField(max_length=10, db_index=True)
    fund = models.ForeignKey(Fund, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    also = models.CharField(max_length=120, blank=True)
    evidence = models.JSONField(default=dict)
    release = models.JSONField(default=list)
    release_amount = models.BigIntegerField(default=0)
    refund = models.JSONField(default=list)
    refund_amount = models.BigIntegerField(default=0)
    decision = models.CharField(max_length=10, blank=True, default=Decision.OPEN, choices=Decision.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    left = models.CharField(max_length=15, blank=True)
    released = models.JSONField(default=list)
    refunded = models.JSONField(default=list)
    refunded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    refunded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["region_code", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reconciliation", "enrolment"], name="finding_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["reconciliation", "kind", "decision"], name="finding_kind")]

    PRIVACY: ClassVar = {
        "region_code": "public", "kind": "sensitive", "also": "sensitive", "evidence": "sensitive",
        "release": "personal", "release_amount": "personal", "refund": "personal", "refund_amount": "personal",
        "left": "personal", "released": "personal", "refunded": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reconciliation_id}/{self.enrolment_id}"

    @property
    def open(self) -> bool:
        """Whether nothing final has been decided."""
        return self.decision != Decision.STOP

    @property
    def to_refund(self) -> bool:
        """Whether money is to be asked back that has not come back yet."""
        return bool(self.refund) and self.refunded_at is None


class Radar(models.Model):
    """The radar as worked out last: from which month, after which journal of the ledger."""

    month = models.PositiveIntegerField()
    journal = models.BigIntegerField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    PRIVACY: ClassVar[dict[str, str]] = {"journal": "public"}

    def __str__(self) -> str:
        return f"{self.month}"


class Bridge(models.Model):
    """What one to twelve months after the last cost, in rupiah: `costs[0]` one month, `costs[11]` all twelve."""

    costs = models.JSONField()

    PRIVACY: ClassVar[dict[str, str]] = {"costs": "public"}

    def __str__(self) -> str:
        return f"{self.pk}"

    def of(self, months: int) -> int:
        """The price of so many months."""
        costs: list[Any] = self.costs
        return int(costs[months - 1])


class Lapse(models.Model):
    """An enrolment that ends within twelve months if nobody pays on: last month paid, first month out."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="lapse")
    region_code = models.CharField(max_length=10, db_index=True)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField()
    ends = models.PositiveIntegerField(db_index=True)
    loses_full = models.BooleanField()
    bridge = models.ForeignKey(Bridge, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["ends", "region_code", "id"]

    PRIVACY: ClassVar = {"region_code": "public"}

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.ends}"


class HandoverState(models.TextChoices):
    """Where a handover is."""

    PROPOSED = "diusulkan", _("menunggu persetujuan")
    APPROVED = "disetujui", _("disetujui")
    REFUSED = "ditolak", _("ditolak")


class Handover(models.Model):
    """One fund pays on where another stops: its promised months from month `first` in a region, by a decree.

    Nothing moves before another person approves it; `decree` is then the decree that names the people with the new
    fund, and `people`, `months`, `released`, `committed` say what moved.
    """

    source = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", verbose_name=_("dari dana"))
    target = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+", verbose_name=_("ke dana"))
    region_code = models.CharField(_("wilayah"), max_length=10)
    first = models.PositiveIntegerField()
    number = models.CharField(_("nomor SK"), max_length=80)
    date = models.DateField(_("tanggal SK"))
    state = models.CharField(max_length=10, choices=HandoverState.choices, default=HandoverState.PROPOSED)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    decree = models.ForeignKey(Decree, null=True, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(default=0)
    months = models.PositiveIntegerField(default=0)
    released = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "region_code": "public", "number": "public", "date": "public", "reason": "public", "released": "public",
        "committed": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.number
