"""Companies, the lists of workers they gave, and what was done to clear things up."""

from pathlib import Path
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.keeping import kept
from jangkau.core.partners import duty
from jangkau.core.tables import common


class CompanyState(models.TextChoices):
    """How far a company is registered, as the registers tell; the last two say what is not known yet."""

    REGISTERED = duty.REGISTERED, _("terdaftar")
    PART = duty.PART, _("terdaftar sebagian, perlu diklarifikasi")
    NOT = duty.NOT, _("belum terdaftar, perlu diklarifikasi")
    UNKNOWN = "", _("belum diperiksa")


class Verdict(models.TextChoices):
    """What a person found out about the findings."""

    NONE = "", _("belum diklarifikasi")
    CLEARED = "jelas", _("sudah dijelaskan")
    MENDED = "dibenahi", _("sudah dibenahi")
    PROVEN = "terbukti", _("terbukti")


class Company(models.Model):
    """A company by its numbers. `findings` and `members` are those of the last check, by the member register of
    `as_of`; `verdict` is a person's, and is taken back when a check finds something else.
    """

    nama = models.CharField(_("nama"), max_length=160)
    npp = models.CharField(_("NPP"), max_length=20, null=True, unique=True)
    nib = models.CharField(_("NIB"), max_length=13, null=True, unique=True)
    npwp = models.CharField(_("NPWP"), max_length=16, null=True, unique=True)
    region_code = models.CharField(max_length=10, db_index=True)
    alamat = models.CharField(_("alamat"), max_length=200, blank=True)
    skala = models.CharField(_("skala"), max_length=10, blank=True, choices=[(s, s) for s in common.SCALES])
    sektor = models.CharField(_("sektor"), max_length=60, blank=True)
    stated = models.PositiveIntegerField(null=True)
    programmes = models.CharField(max_length=40, null=True)
    state = models.CharField(max_length=10, choices=CompanyState.choices, default="", blank=True, db_index=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default="", blank=True)
    members = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    as_of = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["nama", "id"]

    PRIVACY: ClassVar = {
        "nama": "public", "npp": "identifier", "nib": "identifier", "npwp": "identifier", "region_code": "public",
        "alamat": "personal", "sektor": "public", "programmes": "public", "findings": "sensitive", "as_of": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    @property
    def compliant(self) -> bool:
        """Whether it has active members and nobody has proven that it falls short: what permit offices are told."""
        return self.state not in ("", CompanyState.NOT) and self.verdict != Verdict.PROVEN


class EmployeeCount(models.Model):
    """Residents of a kecamatan (`region_code`) who are employed by what the population register of `as_of` calls their
    work, of one group: how many are members by an employer, otherwise, or nowhere. Written anew with each register."""

    region_code = models.CharField(max_length=10, db_index=True)
    group = models.CharField(max_length=10)
    by_employer = models.PositiveIntegerField()
    otherwise = models.PositiveIntegerField()
    nowhere = models.PositiveIntegerField()
    as_of = models.DateField()

    class Meta:
        ordering: ClassVar = ["region_code", "group"]

    PRIVACY: ClassVar = {"region_code": "public", "group": "public", "as_of": "public"}

    def __str__(self) -> str:
        return f"{self.region_code} {self.group}"


class UnlistedNumber(models.Model):
    """A company number of the member register that no company here has, with how many active members it has, and the
    kabupaten where most of them live."""

    npp = models.CharField(max_length=20, unique=True)
    region_code = models.CharField(max_length=10, db_index=True)
    members = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-members", "npp"]

    PRIVACY: ClassVar = {"npp": "identifier", "region_code": "public"}

    def __str__(self) -> str:
        return self.npp


class WorkerList(models.Model):
    """A list of workers that a company gave; the bytes are kept closed, `counts` are all that is read from it."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="lists")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {"name": "public", "sha256": "public", "counts": "public", "problem": "public"}

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return kept(self.sha256)


class Contact(models.TextChoices):
    """How a company was spoken to."""

    LETTER = "surat", _("surat")
    CALL = "telepon", _("telepon")
    VISIT = "kunjungan", _("kunjungan")


class Outcome(models.TextChoices):
    """What came of it."""

    WAITING = "", _("menunggu jawaban")
    SILENT = "diam", _("tidak menjawab")
    CLEARED = Verdict.CLEARED.value, Verdict.CLEARED.label
    MENDED = Verdict.MENDED.value, Verdict.MENDED.label
    PROVEN = Verdict.PROVEN.value, Verdict.PROVEN.label


class FollowUp(models.Model):
    """One step of clearing up: by letter, call or visit, with the day until which an answer is due.

    `said` is what a letter says: the findings of that day.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(_("cara"), max_length=10, choices=Contact.choices)
    number = models.CharField(_("nomor surat"), max_length=60, blank=True)
    on = models.DateField(_("tanggal"))
    due = models.DateField(_("dijawab paling lambat"))
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    said = models.JSONField(default=list)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome.choices, default="", blank=True)
    closed_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]

    PRIVACY: ClassVar = {
        "number": "public", "on": "public", "due": "public", "note": "personal", "said": "sensitive",
        "closed_on": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.company_id} {self.on}"

    @property
    def region_code(self) -> str:
        """Where the company is."""
        return self.company.region_code
