"""A person's membership that public money starts, and every step it takes."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.models import Person

OVER = "selesai"


class Enrolment(models.Model):
    """One membership of a person; its state is a word of `jangkau.core.enrolment.lifecycle`.

    A person has at most one that is not over. `region_code` is where the person lives as it is opened.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    region_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(_("keadaan"), max_length=15, default="diusulkan")
    reason = models.CharField(_("sebab selesai"), max_length=20, blank=True)
    kpj = models.CharField(_("nomor peserta (KPJ)"), max_length=20, blank=True, db_index=True)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=~models.Q(state=OVER), name="enrolment_open_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "region_code"], name="enrolment_state")]

    PRIVACY: ClassVar = {"region_code": "personal", "state": "personal", "reason": "sensitive", "kpj": "identifier"}

    def __str__(self) -> str:
        return f"{self.pk}"


class Step(models.Model):
    """A step that a membership took: never changed, never deleted."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=15)
    after = models.CharField(max_length=15)
    reason = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    batch = models.ForeignKey("enrolment.Batch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    PRIVACY: ClassVar = {"before": "personal", "after": "personal", "reason": "sensitive", "why": "sensitive"}

    def __str__(self) -> str:
        return f"{self.before} > {self.after}"


class ReopeningState(models.TextChoices):
    """Where a request to reopen is."""

    WAITING = "menunggu", _("menunggu penyetuju")
    OPENED = "dibuka", _("dibuka lagi")
    REFUSED = "ditolak", _("tidak dibuka")


class Reopening(models.Model):
    """A request to reopen a membership that was ended by mistake: asked by one person, decided by another."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="reopenings")
    state = models.CharField(max_length=10, choices=ReopeningState.choices, default=ReopeningState.WAITING)
    why = models.CharField(_("sebab"), max_length=200)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(_("keterangan putusan"), max_length=200, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(state=ReopeningState.WAITING), name="reopening_waits_once"
            ),
        ]

    PRIVACY: ClassVar = {"why": "sensitive", "answer": "sensitive"}

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.pk}"
