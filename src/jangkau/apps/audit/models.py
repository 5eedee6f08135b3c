"""The audit log and the end of its chain."""

from typing import ClassVar

from django.db import models

from jangkau.apps.accounts.models import User


class Event(models.Model):
    """One thing done; never changed, never deleted. `hash` covers the row and the `hash` of the row before it."""

    nomor = models.BigIntegerField(primary_key=True)
    waktu = models.DateTimeField()
    oleh = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=True)
    nama_pelaku = models.CharField(max_length=150)
    dari = models.CharField(max_length=60, blank=True)
    tindakan = models.CharField(max_length=60, db_index=True)
    benda = models.CharField(max_length=60, blank=True)
    id_benda = models.CharField(max_length=200, blank=True)
    region_code = models.CharField(max_length=10, blank=True, db_index=True)
    sebelum = models.JSONField(default=dict)
    sesudah = models.JSONField(default=dict)
    alasan = models.TextField(blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-nomor"]
        indexes: ClassVar = [models.Index(fields=["benda", "id_benda"], name="audit_thing")]

    PRIVACY: ClassVar = {
        "benda": "public", "hash": "public", "region_code": "public", "tindakan": "public",
        "nama_pelaku": "personal", "dari": "personal", "id_benda": "personal",
        "sebelum": "personal", "sesudah": "personal", "alasan": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.nomor} {self.tindakan}"


class Head(models.Model):
    """The end of the chain, one row, locked by whoever adds to it."""

    nomor = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    PRIVACY: ClassVar = {"nomor": "public", "hash": "public"}

    def __str__(self) -> str:
        return str(self.nomor)
