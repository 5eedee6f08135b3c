"""What the public may ask: months of cover under a keyed sum of number and birth date, and how often was asked."""

from typing import ClassVar

from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """Months of cover published from the register known by `source`; the newest that is whole is answered from."""

    source = models.CharField(max_length=80, blank=True)
    as_of = models.DateField()
    whole = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {"as_of": "public", "source": "public"}

    def __str__(self) -> str:
        return self.as_of.isoformat()


class Cover(models.Model):
    """Months (index) from and to which somebody is covered; not who: `key` is a sum that only this site makes."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE)
    key = models.CharField(max_length=64)
    since = models.IntegerField()
    until = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "key"], name="cover_asked")]

    PRIVACY: ClassVar[dict[str, str]] = {"key": "identifier", "since": "personal", "until": "personal"}

    def __str__(self) -> str:
        return self.key[:8]


class Check(models.Model):
    """That somebody asked, from a place known by a sum of the day; not about whom, nor what was answered."""

    kind = models.CharField(max_length=8)
    place = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    PRIVACY: ClassVar[dict[str, str]] = {"kind": "public", "place": "personal"}

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Confidence(models.TextChoices):
    """How sure it is that an address holds, as facts are marked everywhere here."""

    HIGH = "tinggi", _("tinggi: dari kantor itu sendiri")
    MEDIUM = "sedang", _("sedang: satu sumber yang dapat dipercaya")
    LOW = "rendah", _("rendah: belum dipastikan")


class OfficeKind(models.TextChoices):
    """What can be done there."""

    INSURER = "bpjs", _("kantor BPJS Ketenagakerjaan")
    AGENT = "agen", _("agen pendaftaran dan pembayaran")
    LABOUR = "dinas", _("Dinas Tenaga Kerja")
    DISTRICT = "camat", _("kantor kecamatan")


def _between(least: float, most: float) -> list[BaseValidator]:
    """Within Indonesia, degrees."""
    return [MinValueValidator(least), MaxValueValidator(most)]


class Office(models.Model):
    """A place to go to, with where that is known from. None is shipped: an installation enters its own.

    With its point in degrees (both or neither) it is told how far it is from each kecamatan whose own point is known:
    that of an office which stands in it.
    """

    nama = models.CharField(_("nama"), max_length=120)
    jenis = models.CharField(_("jenis"), max_length=10, choices=OfficeKind.choices)
    kode_wilayah = models.CharField(_("kode kabupaten, kota, atau kecamatan"), max_length=10)
    alamat = models.CharField(_("alamat"), max_length=200)
    telepon = models.CharField(_("telepon"), max_length=40, blank=True)
    jam = models.CharField(_("jam buka"), max_length=80, blank=True)
    sumber = models.CharField(_("sumber"), max_length=200)
    per = models.DateField(_("keadaan per tanggal"))
    keyakinan = models.CharField(_("keyakinan"), max_length=10, choices=Confidence.choices)
    lintang = models.FloatField(_("lintang"), null=True, blank=True, validators=_between(-11.5, 6.5))
    bujur = models.FloatField(_("bujur"), null=True, blank=True, validators=_between(94, 142))
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["kode_wilayah", "jenis", "nama"]

    PRIVACY: ClassVar[dict[str, str]] = {
        "nama": "public", "kode_wilayah": "public", "alamat": "public", "telepon": "public", "jam": "public",
        "sumber": "public", "per": "public", "lintang": "public", "bujur": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.nama
