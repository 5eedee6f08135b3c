"""Regions."""

from typing import ClassVar

from django.db import models


class Region(models.Model):
    """Province, kabupaten/kota, kecamatan or desa/kelurahan, by Kemendagri code (digits only)."""

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=10, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        ordering: ClassVar = ["code"]

    PRIVACY: ClassVar = {"code": "public", "name": "public", "level": "public"}

    def __str__(self) -> str:
        return self.name

    @property
    def region_code(self) -> str:
        """Its own code: a region lies in itself."""
        return self.code
