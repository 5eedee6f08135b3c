"""Groups of people who work alike: cooperatives, fishers, mosques, markets."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import Shipment


class GroupKind(models.TextChoices):
    """What kind of group."""

    COOPERATIVE = "koperasi", _("koperasi")
    FISHERS = "nelayan", _("kelompok nelayan")
    FARMERS = "tani", _("kelompok tani")
    WORSHIP = "ibadah", _("masjid atau rumah ibadah")
    MARKET = "pasar", _("perkumpulan pedagang pasar")
    OTHER = "lain", _("kelompok lain")


class Group(models.Model):
    """A group, and the person who speaks for it. `users` are liaisons who sign in: they see this group and no other."""

    nama = models.CharField(_("nama"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=10, choices=GroupKind.choices)
    region_code = models.CharField(max_length=10, db_index=True)
    liaison = models.CharField(_("penghubung"), max_length=100)
    phone = models.CharField(_("nomor HP penghubung"), max_length=20, blank=True)
    users = models.ManyToManyField(User, blank=True, related_name="groups_of", verbose_name=_("akun penghubung"))
    shipments = models.ManyToManyField(Shipment, blank=True, related_name="groups")
    closed = models.BooleanField(_("tidak aktif lagi"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["nama", "id"]

    PRIVACY: ClassVar = {"nama": "public", "region_code": "public", "liaison": "personal", "phone": "personal"}

    def __str__(self) -> str:
        return self.nama
