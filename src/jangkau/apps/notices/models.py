"""Notices to users."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

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


class Choice(models.Model):
    """How one user wants to be told through one channel; without a row, e-mail goes to the address of the account."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=20)
    address = models.CharField(max_length=200, blank=True)
    on = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "channel"], name="channel_choice_once")]

    PRIVACY: ClassVar = {"channel": "public", "address": "identifier", "on": "public"}

    def __str__(self) -> str:
        return f"{self.user_id} {self.channel}"


class DeliveryState(models.TextChoices):
    """Where a message is."""

    WAITING = "antre", _("menunggu dikirim")
    SENT = "terkirim", _("terkirim")
    GIVEN_UP = "gagal", _("tidak terkirim")


class Delivery(models.Model):
    """A message to one user through one channel, once for each `key`; `next_at` is when it is tried (again)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    short = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "key"], name="delivery_once")]
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(state="antre")),
        ]

    PRIVACY: ClassVar = {"channel": "public", "key": "public", "subject": "public", "text": "public", "short": "public"}

    def __str__(self) -> str:
        return f"{self.channel} {self.pk}"
