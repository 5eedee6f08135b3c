"""Sponsors, what they pledge, and what the public is told of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.registry.models import Fund
from jangkau.core.partners import pledge as core
from jangkau.core.partners.closing import stepped


class SponsorKind(models.TextChoices):
    """What the sponsor's money is, by the kinds of fund."""

    CSR = "CSR", _("CSR perusahaan")
    ZAKAT = "ZAKAT", _("Zakat")
    DONOR = "DONATUR", _("Donatur")


class Sponsor(models.Model):
    """Whoever pays for others. `users` see this sponsor's pledges; `public` is the consent to be named to all."""

    nama = models.CharField(_("nama"), max_length=100)
    kind = models.CharField(_("jenis dana"), max_length=10, choices=SponsorKind.choices)
    region_code = models.CharField(max_length=10, db_index=True)
    contact = models.CharField(_("penghubung"), max_length=120, blank=True)
    users = models.ManyToManyField(User, blank=True, related_name="sponsors", verbose_name=_("pengguna"))
    public = models.BooleanField(default=False)
    consent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    consent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["nama", "id"]

    PRIVACY: ClassVar = {"nama": "public", "region_code": "public", "contact": "personal"}

    def __str__(self) -> str:
        return self.nama


class PledgeState(models.TextChoices):
    """Where a pledge is; which step follows which says `jangkau.core.partners.pledge.STEPS`."""

    PROMISED = core.PROMISED, _("janji")
    AGREED = core.AGREED, _("disetujui")
    RECEIVED = core.RECEIVED, _("dana masuk")
    ENDED = core.ENDED, _("berakhir")
    REFUSED = core.REFUSED, _("ditolak")


class Pledge(models.Model):
    """People to be paid for, for how many months from `first` (a month index), where and on which conditions.

    `amount` is what it costs at most; `received` what came in. `fund` stands closed from the approval and is opened
    with the money.
    """

    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="pledges")
    region_code = models.CharField(max_length=10, db_index=True)
    people = models.PositiveIntegerField(_("orang"))
    months = models.PositiveSmallIntegerField(_("bulan tiap orang"))
    first = models.PositiveIntegerField()
    jobs = models.CharField(max_length=200, blank=True)
    conditions = models.CharField(_("syarat lain"), max_length=200, blank=True)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=PledgeState.choices, default=PledgeState.PROMISED, db_index=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    received = models.BigIntegerField(null=True)
    received_on = models.DateField(null=True)
    reference = models.CharField(max_length=80, blank=True)
    fund = models.OneToOneField(Fund, null=True, on_delete=models.PROTECT, related_name="pledge")
    renews = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="renewal")

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "region_code": "public", "first": "public", "jobs": "public", "conditions": "public", "amount": "public",
        "reason": "personal", "received": "public", "received_on": "public", "reference": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.sponsor} {self.pk}"

    @property
    def terms(self) -> core.Terms:
        """As the core knows them."""
        jobs = tuple(job for job in self.jobs.split("|") if job)
        return core.Terms(self.sponsor.kind, self.people, self.months, self.first, self.region_code, jobs,
                          self.conditions)  # fmt: skip

    @property
    def last(self) -> int:
        """The last month."""
        return self.terms.last

    @property
    def receipt_number(self) -> str:
        """On the receipt."""
        return f"TT/{self.pk}/{self.received_on:%Y}" if self.received_on else ""


class Telling(models.Model):
    """What is told from a day of a month on of the people behind `about` (a pledge, a sponsor in a region, a group).

    `counts` are exact, as they were when last a whole step had come or gone; `shown` is in which of `steps` they are.
    """

    about = models.CharField(max_length=40)
    month = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    steps = models.JSONField(default=dict)
    as_of = models.DateField()

    class Meta:
        ordering: ClassVar = ["about", "month"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["about", "month"], name="told_once_a_month")]

    PRIVACY: ClassVar = {"about": "public", "counts": "sensitive", "steps": "public", "as_of": "public"}

    def __str__(self) -> str:
        return f"{self.about} {self.month}"

    @property
    def shown(self) -> dict[str, int]:
        """The counts as they are shown; those below their first step are left out."""
        told = {name: stepped(count, self.steps[name]) for name, count in self.counts.items()}
        return {name: count for name, count in told.items() if count is not None}


class Published(models.Model):
    """A sponsor as everybody may see it; `people` is empty where the count is small."""

    nama = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=SponsorKind.choices)
    region_code = models.CharField(max_length=10)
    people = models.PositiveIntegerField(null=True)
    months = models.PositiveIntegerField(null=True)
    as_of = models.DateField()

    class Meta:
        ordering: ClassVar = ["nama", "id"]

    PRIVACY: ClassVar = {"nama": "public", "region_code": "public", "as_of": "public"}

    def __str__(self) -> str:
        return self.nama
