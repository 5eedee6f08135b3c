"""Proof of work of a person."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs.files import TYPES, Kept


class Kind(models.TextChoices):
    """What shows the work."""

    PHOTO = "foto", _("foto sedang bekerja, bertanggal")
    VILLAGE = "desa", _("surat keterangan desa")
    CARD = "kartu", _("kartu tani atau kartu nelayan")
    BUYER = "pembeli", _("surat pengumpul atau pembeli")
    OTHER = "lain", _("lain")


class Proof(models.Model):
    """One paper or photograph; `date` is the day it shows. A wrong one is withdrawn and stays on record."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proofs")
    region_code = models.CharField(max_length=10)
    kind = models.CharField(_("jenis bukti"), max_length=10, choices=Kind.choices)
    date = models.DateField(_("tanggal pada bukti"))
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media = models.CharField(max_length=3, choices=[(name, name) for name in TYPES])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["date", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "sha256"], condition=models.Q(withdrawn_at=None), name="proof_once"
            ),
        ]

    PRIVACY: ClassVar = {
        "region_code": "public", "kind": "personal", "date": "personal", "sha256": "personal", "size": "public",
        "media": "public", "reason": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def file(self) -> Kept:
        """Its bytes."""
        return Kept(self.sha256, self.size, self.media)
