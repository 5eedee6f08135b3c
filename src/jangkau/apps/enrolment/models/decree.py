"""Decrees (surat keputusan) in versions, and the people they name."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models.membership import Enrolment
from jangkau.apps.planning.models import Plan
from jangkau.apps.registry.models import Fund


class DecreeState(models.TextChoices):
    """Where a version of a decree is."""

    DRAFT = "rancangan", _("rancangan")
    PROPOSED = "diusulkan", _("menunggu penetapan")
    IN_FORCE = "berlaku", _("berlaku")
    REPLACED = "diganti", _("diganti versi baru")
    REVOKED = "dicabut", _("dicabut")


class Decree(models.Model):
    """One version of a decree; versions of one decree share `series`. `sha256` is of the annex as it was decided.

    A version that `revokes` names nobody: in force, it ends the decree.
    """

    series = models.CharField(max_length=32, db_index=True)
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("nomor SK"), max_length=80, blank=True)
    date = models.DateField(_("tanggal SK"), null=True, blank=True)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="decrees")
    title = models.CharField(_("tentang"), max_length=200)
    region_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=10, choices=DecreeState.choices, default=DecreeState.DRAFT)
    revokes = models.BooleanField(_("mencabut"), default=False)
    sha256 = models.CharField(max_length=64, blank=True)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "version"], name="decree_version_once"),
            models.UniqueConstraint(
                fields=["series"], condition=models.Q(state=DecreeState.IN_FORCE), name="decree_in_force_once"
            ),
        ]

    PRIVACY: ClassVar = {
        "series": "public", "number": "public", "date": "public", "title": "public", "region_code": "public",
        "sha256": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.number or self.title


class DecreeLine(models.Model):
    """A person in a decree, paid by one fund for `months` months from month `first`; `price` is the first month's.

    The columns of identity are what stood in the annex. A handover between funds has one line a fund.
    """

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="lines")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="+")
    first = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    price = models.PositiveIntegerField()
    total = models.PositiveBigIntegerField()
    nama = models.CharField(max_length=200, null=True)
    nik = models.CharField(max_length=16, null=True)
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, null=True)
    kode_desa = models.CharField(max_length=10, null=True)
    pekerjaan = models.CharField(max_length=20, null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decree", "enrolment", "fund", "first"], name="decree_line_once"),
        ]

    PRIVACY: ClassVar = {
        "nama": "identifier", "nik": "identifier", "tanggal_lahir": "personal", "jenis_kelamin": "personal",
        "kode_desa": "personal", "pekerjaan": "personal", "total": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decree_id}/{self.pk}"


class DecreeFile(models.Model):
    """A file of a version (annex, list of changes) as it was decided; its bytes are kept by their sum."""

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["decree", "name"], name="decree_file_once")]

    PRIVACY: ClassVar = {"name": "public", "sha256": "public", "size": "public"}

    def __str__(self) -> str:
        return self.name


class Removal(models.Model):
    """A line of the version before that a new version leaves out, and why.

    `reason` is a reason of ending of the lifecycle; empty where the person only leaves the decree.
    """

    decree = models.ForeignKey(Decree, on_delete=models.PROTECT, related_name="removals")
    line = models.ForeignKey(DecreeLine, on_delete=models.PROTECT, related_name="removals")
    reason = models.CharField(_("alasan"), max_length=20, blank=True)
    why = models.CharField(_("keterangan"), max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["decree", "line"], name="removal_once")]

    PRIVACY: ClassVar = {"reason": "sensitive", "why": "sensitive"}

    def __str__(self) -> str:
        return f"{self.decree_id}/{self.line_id}"
