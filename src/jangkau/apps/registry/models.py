"""Snapshots of registers; versions of settings; funds; targets."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.keeping import kept
from jangkau.core.tables import common


class Kind(models.TextChoices):
    """A register, by the name of its declared table."""

    PENDUDUK = "penduduk", _("Penduduk")
    PESERTA = "peserta", _("Peserta BPJS Ketenagakerjaan")
    KESEJAHTERAAN = "kesejahteraan", _("Data kesejahteraan")
    ANGKATAN_KERJA = "angkatan_kerja", _("Angkatan kerja (penyebut)")


class SnapshotState(models.TextChoices):
    """Where a snapshot is between arriving and being used."""

    CHECKING = "diperiksa", _("sedang diperiksa")
    READY = "siap", _("siap dipakai")
    REFUSED = "ditolak", _("ditolak")


class Snapshot(models.Model):
    """A register as it was on a date; its rows are a Parquet file that is never edited."""

    kind = models.CharField(_("register"), max_length=20, choices=Kind.choices, db_index=True)
    as_of = models.DateField(_("keadaan per tanggal"))
    source = models.CharField(_("sumber"), max_length=200)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=SnapshotState.choices, default=SnapshotState.CHECKING)
    rows = models.PositiveIntegerField(null=True)
    notes = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-as_of", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "sha256", "as_of"], name="snapshot_once")]

    PRIVACY: ClassVar[dict[str, str]] = {
        "as_of": "public",
        "sha256": "public",
        "size": "public",
        "source": "public",
        "file_name": "public",
        "notes": "public",
    }

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of}"

    @property
    def folder(self) -> Path:
        """Where its checked rows are, and what is prepared from them."""
        return Path(settings.DATA) / "register" / self.kind / str(self.pk)

    @property
    def original(self) -> Path:
        """The bytes as they came."""
        return kept(self.sha256)

    @property
    def path(self) -> Path:
        """The checked rows."""
        return self.folder / f"{self.kind}.parquet"


class Programme(models.Model):
    """One version of the programme's settings; the newest holds. `values` is `jangkau.core` Settings as JSON."""

    values = models.JSONField()
    note = models.CharField(_("sebab perubahan"), max_length=200, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {"values": "public", "note": "public"}

    def __str__(self) -> str:
        return f"{self.pk}"


class Fund(models.Model):
    """A fund that pays contributions; the fields are those of `dana.csv`."""

    kode = models.CharField(_("kode"), max_length=40, unique=True)
    nama = models.CharField(_("nama"), max_length=120)
    jenis = models.CharField(_("jenis"), max_length=20, choices=[(kind, kind) for kind in common.FUND_KINDS])
    anggaran = models.BigIntegerField(_("anggaran, rupiah"))
    wilayah = models.CharField(_("kode wilayah yang boleh dibayar"), max_length=10)
    pekerjaan = models.CharField(_("pekerjaan yang boleh dibayar"), max_length=200, blank=True)
    syarat = models.CharField(_("syarat lain"), max_length=200, blank=True)
    berlaku_dari = models.CharField(_("bulan pertama"), max_length=7, blank=True)
    berlaku_sampai = models.CharField(_("bulan terakhir"), max_length=7, blank=True)
    tarif = models.CharField(max_length=10, default="AUTO", choices=[(t, t) for t in ("AUTO", "PENUH", "DISKON")])
    sumber = models.CharField(_("sumber"), max_length=200, blank=True)
    closed = models.BooleanField(_("ditutup"), default=False)

    class Meta:
        ordering: ClassVar = ["wilayah", "kode"]

    PRIVACY: ClassVar[dict[str, str]] = {
        "anggaran": "public",
        "berlaku_dari": "public",
        "berlaku_sampai": "public",
        "kode": "public",
        "pekerjaan": "public",
        "syarat": "public",
        "wilayah": "public",
        "nama": "public",
        "sumber": "public",
    }

    def __str__(self) -> str:
        return self.nama

    @property
    def region_code(self) -> str:
        """The region it may pay in."""
        return self.wilayah


class Target(models.Model):
    """A target; the fields are those of `target.csv`."""

    wilayah = models.CharField(_("kode wilayah"), max_length=10)
    indikator = models.CharField(_("indikator"), max_length=60)
    tahun = models.PositiveSmallIntegerField(_("tahun"), null=True, blank=True)
    persen = models.FloatField(_("persen"), null=True, blank=True)
    jumlah = models.PositiveIntegerField(_("orang"), null=True, blank=True)
    nama_penyebut = models.CharField(_("penyebut"), max_length=80, blank=True)
    sumber = models.CharField(_("sumber"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["wilayah", "indikator", "tahun"]

    PRIVACY: ClassVar[dict[str, str]] = {
        "indikator": "public",
        "nama_penyebut": "public",
        "persen": "public",
        "wilayah": "public",
        "sumber": "public",
    }

    def __str__(self) -> str:
        return f"{self.indikator} {self.wilayah}"

    @property
    def region_code(self) -> str:
        """The region it is for."""
        return self.wilayah
