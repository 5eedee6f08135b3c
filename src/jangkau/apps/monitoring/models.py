"""Figures as they were counted, figures typed in from a document, and the borders of regions."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.proofs.files import Kept
from jangkau.core.coverage import indicators
from jangkau.core.tables.figures import CUTS, UNITS


class Counting(models.Model):
    """One counting of every figure, never changed: `inputs` is the sum of what it was made from (`parts`), its rows
    (ANGKA) lie as Parquet in `folder`, `sha256` is the sum over those files, `per` the newest day it tells of."""

    inputs = models.CharField(max_length=64, unique=True)
    parts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    per = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "inputs": "public", "parts": "public", "sha256": "public", "rows": "public", "per": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.inputs[:12]

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return place(self.inputs)


def place(inputs: str) -> Path:
    """Where the files of a counting from these inputs are."""
    return Path(settings.DATA) / "hitungan" / inputs[:16]


def file_of(length: int) -> str:
    """The file of the regions whose codes are so long."""
    return f"angka-{length:02}.parquet"


def _indicator_choices() -> list[tuple[str, str]]:
    return [(known.kode, known.nama) for known in indicators().values()]


class Figure(models.Model):
    """A figure that somebody typed in from a document; the fields are those of ANGKA. Withdrawn, never deleted."""

    indikator = models.CharField(_("indikator"), max_length=60, choices=_indicator_choices)
    wilayah = models.CharField(_("kode wilayah"), max_length=10, db_index=True)
    potongan = models.CharField(_("dipotong menurut"), max_length=20, blank=True, choices=[(c, c) for c in CUTS if c])
    kelas = models.CharField(_("kelas"), max_length=60, blank=True)
    per = models.DateField(_("keadaan per tanggal"))
    pembilang = models.FloatField(_("pembilang"), null=True, blank=True)
    penyebut = models.FloatField(_("penyebut"), null=True, blank=True)
    nilai = models.FloatField(_("nilai, seperti tertulis"), null=True, blank=True)
    satuan = models.CharField(_("satuan"), max_length=12, choices=[(unit, unit) for unit in UNITS], default="persen")
    galat_baku = models.FloatField(_("galat baku"), null=True, blank=True)
    bawah = models.FloatField(_("batas bawah"), null=True, blank=True)
    atas = models.FloatField(_("batas atas"), null=True, blank=True)
    nama_pembilang = models.CharField(_("yang dihitung"), max_length=160)
    nama_penyebut = models.CharField(_("dibagi apa"), max_length=160, blank=True)
    sumber_pembilang = models.CharField(_("sumber pembilang"), max_length=200)
    sumber_penyebut = models.CharField(_("sumber penyebut"), max_length=200, blank=True)
    versi = models.CharField(_("versi definisi"), max_length=40)
    keyakinan = models.CharField(
        _("keyakinan"), max_length=1, blank=True,
        choices=[("H", _("kuat")), ("M", _("sedang")), ("L", _("lemah"))],
    )  # fmt: skip
    catatan = models.CharField(_("catatan"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(default=0)
    media = models.CharField(max_length=3)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(_("sebab ditarik"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-per", "-id"]

    PRIVACY: ClassVar = dict.fromkeys(
        ("indikator", "wilayah", "potongan", "kelas", "per", "pembilang", "penyebut", "nilai", "satuan", "galat_baku",
         "bawah", "atas", "nama_pembilang", "nama_penyebut", "sumber_pembilang", "sumber_penyebut", "versi",
         "keyakinan", "catatan", "sha256", "size", "media", "reason"), "public",
    )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indikator} {self.wilayah} {self.per}"

    @property
    def region_code(self) -> str:
        """The region it is of."""
        return self.wilayah

    @property
    def file(self) -> Kept:
        """The document it stands in."""
        return Kept(self.sha256, self.size, self.media)


class Borders(models.Model):
    """The borders of regions of one level, checked: the file as it came (`original`), and as it is drawn (`sha256`)."""

    level = models.CharField(_("tingkat"), max_length=10, db_index=True)
    original = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    regions = models.PositiveIntegerField()
    source = models.CharField(_("sumber"), max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "level": "public", "original": "public", "sha256": "public", "regions": "public", "source": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.level
