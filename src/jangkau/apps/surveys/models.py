"""Surveys as they were imported."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job


class Measured(models.TextChoices):
    """What the column of values is."""

    COVERAGE = "cakupan", _("cakupan: 1 ya, 0 tidak")
    POVERTY = "kemiskinan", _("kemiskinan: pengeluaran per orang")


class SurveyState(models.TextChoices):
    """Where a survey is."""

    COMPUTING = "dihitung", _("sedang dihitung")
    FAILED = "gagal", _("gagal dihitung")
    DONE = "jadi", _("selesai")


class Survey(models.Model):
    """A file of weighted microdata and what was estimated from it. `columns`: which column says what; `told`: what
    the estimates leave out.

    The file is never shown or sent to anybody; `folder` holds it and the estimates (ANGKA).
    """

    region_code = models.CharField(max_length=10)
    title = models.CharField(_("nama survei"), max_length=120)
    source = models.CharField(_("sumber"), max_length=120)
    per = models.DateField()
    measured = models.CharField(max_length=12, choices=Measured.choices)
    line = models.FloatField(null=True)
    columns = models.JSONField(default=dict)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SurveyState.choices, default=SurveyState.COMPUTING)
    told = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {
        "region_code": "public", "title": "public", "source": "public", "per": "public", "line": "public",
        "columns": "public", "file_name": "public", "size": "public", "sha256": "public", "told": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> Path:
        """Where its file and its estimates are."""
        return Path(settings.DATA) / "survei" / str(self.pk)

    @property
    def microdata(self) -> Path:
        """The file as it came."""
        return self.folder / f"data{Path(self.file_name).suffix.lower()}"

    @property
    def figures(self) -> Path:
        """Its estimates."""
        return self.folder / "angka.parquet"
