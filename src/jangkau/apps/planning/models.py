"""Plans as they were made."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage.models import LinkRun


class PlanState(models.TextChoices):
    """Where a plan is between being asked for and being carried out."""

    COMPUTING = "dihitung", _("sedang dihitung")
    FAILED = "gagal", _("gagal dihitung")
    READY = "jadi", _("rancangan")
    PROPOSED = "diusulkan", _("diusulkan")
    APPROVED = "disetujui", _("disetujui")
    REFUSED = "ditolak", _("ditolak")
    WITHDRAWN = "ditarik", _("ditarik")


class Plan(models.Model):
    """A plan for a region, made once and never edited: a change makes another with the next `number` of the region.

    `inputs` is what it was asked for (settings, funds, targets); `summary` what it came to, for lists; `sha256` the sum
    over the files of its `folder`. An approved plan is frozen: `checked` is what its last check found.
    """

    region_code = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    title = models.CharField(_("judul"), max_length=120)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.COMPUTING, db_index=True)
    inputs = models.JSONField(default=dict)
    snapshots = models.JSONField(default=dict)
    run = models.ForeignKey(LinkRun, null=True, on_delete=models.PROTECT, related_name="plans")
    law_version = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    checked = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["region_code", "number"], name="plan_number")]

    PRIVACY: ClassVar[dict[str, str]] = {
        "region_code": "public", "title": "public", "inputs": "public", "snapshots": "public",
        "law_version": "public", "sha256": "public", "summary": "public", "reason": "public", "checked": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.region_code} ke-{self.number}"

    @property
    def folder(self) -> Path:
        """Where the tables and `rencana.json` of this plan are, as `jangkau verify` reads them."""
        return Path(settings.DATA) / "rencana" / str(self.pk)

    @property
    def done(self) -> bool:
        """Whether it has been worked out."""
        return self.state not in {PlanState.COMPUTING, PlanState.FAILED}

    @property
    def frozen(self) -> bool:
        """Whether it is approved and so may be carried out."""
        return self.state == PlanState.APPROVED

    @property
    def checked_at(self) -> datetime | None:
        """When it was last checked."""
        text = self.checked.get("pada")
        return datetime.fromisoformat(text) if text else None

    @property
    def checked_well(self) -> bool | None:
        """Whether its last check found nothing wrong; None where it was never checked."""
        found: list[Any] | None = self.checked.get("temuan")
        return None if found is None else not found
