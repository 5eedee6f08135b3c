"""What came from phones: every submission, its files, and the lists that they become."""

from pathlib import Path
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.field.models.forms import Device, FormVersion
from jangkau.apps.intake.models import ListFile
from jangkau.apps.registry.keeping import kept


class SubmissionState(models.TextChoices):
    """What became of a submission."""

    ACCEPTED = "diterima", _("diterima")
    QUARANTINE = "karantina", _("karantina")
    REPLACED = "diganti", _("diganti perbaikannya")
    REFUSED = "ditolak", _("tidak dipakai")


STANDING = (SubmissionState.ACCEPTED, SubmissionState.REPLACED)


class Batch(models.Model):
    """What one form brought from one desa in one day: a list like any other. `number` begins anew where the list of the
    day was withdrawn."""

    form_id = models.CharField(max_length=64)
    region_code = models.CharField(max_length=10)
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    file = models.OneToOneField(ListFile, null=True, on_delete=models.PROTECT, related_name="field_batch")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form_id", "region_code", "day", "number"], name="field_batch_once"),
        ]

    PRIVACY: ClassVar = {"form_id": "public", "region_code": "public", "day": "public"}

    def __str__(self) -> str:
        return f"{self.form_id} {self.region_code} {self.day}"


class Submission(models.Model):
    """One submission, known by its instance and the sum of its bytes: the same bytes are one row, however often they
    come; other bytes under the same instance wait in quarantine. The bytes are kept whatever becomes of it.

    `reason` is the code of why it is in quarantine. `row` are its cells as a row of a list, `line` its place there.
    `settled_at`: when background work has put it where it belongs; `proved_at`: when its photographs of work had
    become proofs of the person. `expected` names the files that it speaks of,
    `missing` counts those that have not come. `flags`: codes of core.field.quality, `|` between.
    """

    instance_id = models.CharField(max_length=200, db_index=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    receipt = models.CharField(max_length=9, unique=True)
    form_id = models.CharField(max_length=100, blank=True)
    version = models.CharField(max_length=60, blank=True)
    form_version = models.ForeignKey(FormVersion, null=True, on_delete=models.PROTECT, related_name="submissions")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="submissions")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="submissions")
    region_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=10, choices=SubmissionState.choices)
    reason = models.CharField(max_length=40, blank=True)
    deprecated_id = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    row = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    expected = models.JSONField(default=list)
    missing = models.PositiveSmallIntegerField(default=0)
    flags = models.CharField(max_length=80, blank=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="submissions")
    line = models.PositiveIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)
    proved_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instance_id", "sha256"], name="submission_once"),
            models.UniqueConstraint(
                fields=["instance_id"], condition=Q(state__in=["diterima", "diganti"]), name="submission_one_stands"
            ),
            models.UniqueConstraint(
                fields=["batch", "line"], condition=Q(state="diterima"), name="submission_one_a_line"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(settled_at=None, state="diterima"), name="submission_unsettled"),
            models.Index(fields=["state", "region_code"], name="submission_state"),
        ]

    PRIVACY: ClassVar = {
        "instance_id": "personal", "sha256": "personal", "receipt": "personal", "form_id": "public",
        "version": "public", "region_code": "public", "reason": "public", "deprecated_id": "personal",
        "lat": "sensitive", "lon": "sensitive", "accuracy": "public", "row": "identifier", "notes": "identifier",
        "expected": "personal", "flags": "public", "decision": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.receipt

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return kept(self.sha256)

    @property
    def marks(self) -> list[str]:
        """Its flags."""
        return self.flags.split("|") if self.flags else []


class Attachment(models.Model):
    """A file that came with a submission; the same name with other bytes is another row, and the newest is shown."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name", "sha256"], name="field_attachment_once"),
        ]

    PRIVACY: ClassVar = {"name": "personal", "sha256": "personal"}

    def __str__(self) -> str:
        return self.name
