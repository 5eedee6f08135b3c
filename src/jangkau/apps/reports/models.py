"""Reports as they were made, and when they are made by themselves."""

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.core.kernel.semester import Semester


class ReportState(models.TextChoices):
    """Where a report is between being asked for and being withdrawn."""

    COMPUTING = "dibuat", _("sedang dibuat")
    FAILED = "gagal", _("gagal dibuat")
    READY = "jadi", _("jadi")
    WITHDRAWN = "ditarik", _("ditarik")


class Kind(models.TextChoices):
    """The documents of a report."""

    REPORT = "laporan", _("Laporan semester (PDF)")
    EXCEL = "excel", _("Tabel (Excel)")
    BRIEF = "ringkas", _("Ringkasan dua halaman (PDF)")
    POSTER = "poster", _("Poster satu salindia (PDF)")


class Every(models.TextChoices):
    """How often a schedule makes reports."""

    MONTH = "bulan", _("tiap bulan")
    SEMESTER = "semester", _("tiap semester")


class Schedule(models.Model):
    """Reports of a region (and the regions directly below it) once for each period that has ended since `since`.

    A stopped schedule keeps its reports; `followers` are told when new ones are there.
    """

    region_code = models.CharField(max_length=10)
    children = models.BooleanField(_("juga tiap wilayah di bawahnya"), default=False)
    every = models.CharField(_("berapa kali"), max_length=10, choices=Every.choices, default=Every.SEMESTER)
    kinds = models.JSONField(default=list)
    since = models.DateField(_("mulai"))
    stopped_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    followers = models.ManyToManyField(User, related_name="+")

    class Meta:
        ordering: ClassVar = ["region_code", "every", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "every"], condition=models.Q(stopped_at=None), name="report_schedule_once"
            )
        ]

    PRIVACY: ClassVar[dict[str, str]] = {"region_code": "public", "kinds": "public", "since": "public"}

    def __str__(self) -> str:
        return f"{self.region_code} {self.every}"


class Report(models.Model):
    """The documents of one region and semester, made once and never changed: data that moved on make the next `number`.

    `frozen_on` is the day on which the data stood still, `until` the last day that it tells of, `inputs_sha256` the
    print of all it was made from, `files` kind -> name, sha256 and size, `figures` its key numbers. A scheduled one has
    the `period` (a month or semester) that it was made for: one for each schedule, region and period.
    """

    region_code = models.CharField(max_length=10)
    semester = models.CharField(max_length=6)
    number = models.PositiveIntegerField()
    kinds = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.COMPUTING, db_index=True)
    until = models.DateField(null=True)
    frozen_on = models.DateField(null=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    files = models.JSONField(default=dict)
    figures = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    schedule = models.ForeignKey(Schedule, null=True, on_delete=models.PROTECT, related_name="reports")
    period = models.CharField(max_length=7, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "semester", "number"], name="report_number"),
            models.UniqueConstraint(
                fields=["schedule", "region_code", "period"],
                condition=models.Q(schedule__isnull=False),
                name="report_once_a_period",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "semester"], name="report_of_region")]

    PRIVACY: ClassVar[dict[str, str]] = {
        "region_code": "public", "semester": "public", "kinds": "public", "inputs_sha256": "public", "files": "public",
        "figures": "public", "problem": "public", "note": "public", "period": "public", "reason": "public",
        "frozen_on": "public", "until": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.region_code} {self.semester} ke-{self.number}"

    @property
    def folder(self) -> Path:
        """Where its documents are."""
        return Path(settings.DATA) / "laporan" / str(self.pk)

    @property
    def half(self) -> Semester:
        """Its semester."""
        return Semester.read(self.semester)

    @property
    def last(self) -> date:
        """The last day that it tells of."""
        return min(self.until or self.half.last, self.half.last)

    @property
    def partial(self) -> bool:
        """Whether it tells of a part of the semester only."""
        return self.last < self.half.last

    @property
    def kept(self) -> bool:
        """Whether its documents are there."""
        return self.state in {ReportState.READY, ReportState.WITHDRAWN}

    @property
    def numbers(self) -> list[dict[str, Any]]:
        """Its key numbers, their days as dates."""
        return [{**row, "per": date.fromisoformat(row["per"])} for row in self.figures]
