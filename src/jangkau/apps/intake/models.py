"""What was sent, what was read from it, what is wrong with it, and what was mended."""

from pathlib import Path
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.keeping import kept


class Original(models.Model):
    """The bytes of a file as they came, kept once under their sha256 and never changed."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    PRIVACY: ClassVar = {"sha256": "public"}

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> Path:
        """Where the bytes are."""
        return kept(self.sha256)


class Shipment(models.Model):
    """Files sent at once. `meant` is the desa or kecamatan that the sender chose, or empty; `region_code` is where
    the sender may act. `notes`: what became of files that gave no list of their own, as [name, words]."""

    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=10, db_index=True)
    meant = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    notes = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {"region_code": "public", "meant": "public", "notes": "public"}

    def __str__(self) -> str:
        return str(self.pk)


class FileKind(models.TextChoices):
    """A village's list, or an Excel of problems that comes back mended."""

    LIST = "daftar", _("daftar")
    RETURN = "perbaikan", _("perbaikan")


class FileState(models.TextChoices):
    """Where a file is."""

    WAITING = "menunggu", _("menunggu dibaca")
    READ = "terbaca", _("terbaca")
    FAILED = "gagal", _("tidak terbaca")
    REPLACED = "diganti", _("diganti yang baru")
    WITHDRAWN = "dicabut", _("dicabut")


class ListFile(models.Model):
    """One file of a shipment, by the name it was sent under. Its rows count only while it is `terbaca`.

    `per` is the date it is read as of; `villages` are the desa that its rows name; `headings` are
    [sheet, row, texts]; `problem` says why it could not be read, `outcome` what a returned Excel did.
    """

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="files")
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, choices=FileKind.choices, default=FileKind.LIST)
    region_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.WAITING, db_index=True)
    per = models.DateField(null=True)
    read_at = models.DateTimeField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    villages = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    problem = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="replaces")
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "per": "public",
        "name": "personal", "region_code": "public", "headings": "personal", "villages": "public", "problem": "public",
        "outcome": "public", "reason": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Its name in id_usulan: unique even where two villages both send `daftar.xlsx`."""
        return f"{self.pk}/{self.name}"


class ProposalRow(models.Model):
    """One row of a list: its cells, mends included, and what is read from them (the columns of USULAN_BACA).

    `id_usulan` is file key, sheet and row, and stays whatever is mended. `person` is false for a row that names nobody
    (yet). `region_code` lies within the file's region. `fingerprint` changes whenever anything read changes.
    """

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="rows")
    id_usulan = models.TextField(unique=True)
    lembar = models.CharField(max_length=120, blank=True)
    baris = models.PositiveIntegerField()
    block = models.PositiveSmallIntegerField(default=0)
    person = models.BooleanField(default=True)
    region_code = models.CharField(max_length=10, db_index=True)
    raw = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=32)
    nik = models.CharField(max_length=16, null=True)
    nik_dugaan = models.CharField(max_length=32, null=True)
    nama = models.CharField(max_length=200, null=True)
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, null=True)
    kode_desa = models.CharField(max_length=10, null=True)
    kode_wilayah = models.CharField(max_length=10, null=True)
    pekerjaan = models.CharField(max_length=20, null=True)
    status_kerja = models.CharField(max_length=20, null=True)
    penghasilan = models.BigIntegerField(null=True)
    no_hp = models.CharField(max_length=20, null=True)
    no_kk = models.CharField(max_length=16, null=True)

    class Meta:
        ordering: ClassVar = ["file", "lembar", "baris", "block"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "lembar", "baris", "block"], name="intake_row_once"),
        ]

    PRIVACY: ClassVar = {
        "lembar": "public",
        "id_usulan": "personal", "region_code": "public", "raw": "identifier", "fingerprint": "personal",
        "nik": "identifier", "nik_dugaan": "identifier", "nama": "identifier", "tanggal_lahir": "personal",
        "jenis_kelamin": "personal", "kode_desa": "personal", "kode_wilayah": "personal", "pekerjaan": "personal",
        "status_kerja": "personal", "penghasilan": "sensitive", "no_hp": "personal", "no_kk": "identifier",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.lembar}#{self.baris}"


class RowProblem(models.Model):
    """Something wrong with a file, a sheet, a row or a cell, in the words of the catalogue; `settled_at` once it is
    no longer so."""

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="problems")
    row = models.ForeignKey(ProposalRow, null=True, on_delete=models.CASCADE, related_name="problems")
    lembar = models.CharField(max_length=120, blank=True)
    baris = models.PositiveIntegerField(null=True)
    kolom = models.CharField(max_length=4, blank=True)
    kode = models.CharField(max_length=40, db_index=True)
    tingkat = models.CharField(max_length=10)
    pesan = models.TextField()
    saran = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["file", "lembar", "baris", "kolom", "id"]
        indexes: ClassVar = [models.Index(fields=["file", "settled_at"], name="intake_problem_open")]

    PRIVACY: ClassVar = {
        "kode": "public",
        "kolom": "public",
        "lembar": "public",
        "tingkat": "public",
        "pesan": "identifier",
        "saran": "public",
    }

    def __str__(self) -> str:
        return f"{self.kode} {self.lembar}#{self.baris}"


class MendState(models.TextChoices):
    """Whether a mend holds."""

    HOLDS = "berlaku", _("berlaku")
    UNDONE = "batal", _("dibatalkan")
    CLASH = "bentrok", _("menunggu keputusan")
    REFUSED = "ditolak", _("tidak dipakai")


class Mend(models.Model):
    """One cell given other content; the last that holds is what is read, the bytes as sent stay as they are.

    `source` is the returned Excel it came with. A `baris` beyond the sheet's own rows is a row that was added.
    """

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="mends")
    lembar = models.CharField(max_length=120, blank=True)
    baris = models.PositiveIntegerField()
    kolom = models.CharField(max_length=4)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=MendState.choices, default=MendState.HOLDS)
    source = models.ForeignKey(ListFile, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["file", "lembar", "baris"], name="intake_mend_cell")]

    PRIVACY: ClassVar = {"kolom": "public", "lembar": "public", "before": "identifier", "after": "identifier"}

    def __str__(self) -> str:
        return f"{self.lembar}#{self.baris}{self.kolom}"
