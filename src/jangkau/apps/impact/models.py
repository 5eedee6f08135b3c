"""Estimates as they were made, and the assumptions and survey models that the programme has given."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.planning.models import Plan


class BasisKind(models.TextChoices):
    """What a file of the programme replaces."""

    ASSUMPTIONS = "asumsi", _("asumsi")
    SURVEY = "survei", _("model pengeluaran dari survei")


class Basis(models.Model):
    """A file of assumptions, or a survey's model: the newest of a kind that is not withdrawn is in use."""

    kind = models.CharField(max_length=10, choices=BasisKind.choices)
    name = models.CharField(max_length=120)
    content = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {"name": "public", "content": "public"}

    def __str__(self) -> str:
        return self.name


class Estimate(models.Model):
    """What was expected of a plan, once for each `key` (its files, registers, assumptions, draws). Never edited."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="estimates")
    key = models.CharField(max_length=64)
    result = models.JSONField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "key"], name="estimate_once")]

    PRIVACY: ClassVar[dict[str, str]] = {"key": "public", "result": "public"}

    def __str__(self) -> str:
        return f"{self.plan} {self.key[:8]}"
