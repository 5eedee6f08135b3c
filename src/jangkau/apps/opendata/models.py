"""Editions of open data."""

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job


class EditionState(models.TextChoices):
    """Where an edition is between being asked for and being read by everybody."""

    COMPUTING = "dihitung", _("sedang dibuat")
    FAILED = "gagal", _("gagal dibuat")
    READY = "jadi", _("rancangan")
    PROPOSED = "diusulkan", _("diusulkan")
    PUBLISHED = "terbit", _("terbit")
    REFUSED = "ditolak", _("ditolak")
    WITHDRAWN = "dicabut", _("dicabut")


# What has been public once stays known: later editions are protected together with these.
KNOWN = (EditionState.PUBLISHED, EditionState.WITHDRAWN)


class Edition(models.Model):
    """Tables made once and never edited. `choice`: what they were asked for; `after`: numbers of the editions that were
    known when they were made; `files`: of each public file its size and sum; `summary`: what is closed and why, and
    what the attack found; `sha256` the sum over all files of its folder.
    """

    region_code = models.CharField(max_length=10)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(_("judul"), max_length=120)
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.COMPUTING, db_index=True)
    choice = models.JSONField(default=dict)
    after = models.JSONField(default=list)
    files = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]

    PRIVACY: ClassVar[dict[str, str]] = {
        "region_code": "public", "title": "public", "choice": "public", "after": "public", "files": "public",
        "summary": "public", "sha256": "public", "reason": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"edisi {self.number}"

    @property
    def folder(self) -> Path:
        """Where its files are: `terbit/` for everybody, `simpan/` with all counts for the next edition only."""
        return Path(settings.DATA) / "terbuka" / str(self.pk)

    @property
    def public(self) -> Path:
        """The files for everybody."""
        return self.folder / "terbit"

    @property
    def done(self) -> bool:
        """Whether its tables exist."""
        return self.state not in {EditionState.COMPUTING, EditionState.FAILED}

    @property
    def datasets(self) -> list[dict[str, Any]]:
        """What it holds, by indicator."""
        found: list[dict[str, Any]] = self.summary.get("kumpulan", [])
        return found
