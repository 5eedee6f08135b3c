"""Notices to users."""

from typing import ClassVar

from django.db import models

from jangkau.apps.accounts.models import User
from jangkau.apps.notices.kinds import said


class Notice(models.Model):
    """One thing one user is told, once for each `key`; `values` fill the words of its kind and name no person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    region_code = models.CharField(max_length=10, blank=True)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=200)
    key = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["user"], name="notice_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["key"], name="notice_key"),
        ]

    PRIVACY: ClassVar = {
        "kind": "public", "region_code": "public", "values": "public", "link": "public", "key": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def words(self) -> str:
        """What it says."""
        return said(self.kind, self.values)
