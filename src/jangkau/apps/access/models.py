"""Tokens of programs."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.roles import Role


class ApiToken(models.Model):
    """What lets a program do, in one region, what one role of its owner may. The text itself is not kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    nama = models.CharField(_("dipakai untuk"), max_length=80)
    start = models.CharField(max_length=12)
    sha256 = models.CharField(max_length=64, unique=True)
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region_code = models.CharField(_("wilayah"), max_length=10)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "nama": "personal", "start": "personal", "sha256": "identifier", "role": "personal", "region_code": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.start}…"

    @property
    def alive(self) -> bool:
        """Neither revoked nor past its day."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Sent(models.Model):
    """A request that a program marked with a key of its own, and what it was answered."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    answer = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="sent_once")]

    PRIVACY: ClassVar = {"key": "public", "sha256": "public", "answer": "public"}

    def __str__(self) -> str:
        return self.key
