"""A piece of background work."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User

SILENT_AFTER = timedelta(seconds=40)


class State(models.TextChoices):
    """Where a job is."""

    WAITING = "antre", _("menunggu giliran")
    RUNNING = "jalan", _("sedang berjalan")
    DONE = "selesai", _("selesai")
    FAILED = "gagal", _("gagal")
    CANCELLED = "batal", _("dibatalkan")


class Job(models.Model):
    """Work of a `kind` with its arguments; how far it is, and what came of it."""

    kind = models.CharField(max_length=30, db_index=True)
    args = models.JSONField(default=dict)
    region_code = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    step = models.CharField(max_length=120, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    result = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heartbeat = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "kind": "public",
        "region_code": "public",
        "args": "public",
        "result": "public",
        "problem": "public",
        "step": "public",
    }

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def alive(self) -> bool:
        """Waiting or running."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def silent(self) -> bool:
        """Said to run, but its worker has given no sign: the worker has died."""
        return self.state == State.RUNNING and (self.heartbeat or self.created_at) < timezone.now() - SILENT_AFTER

    @property
    def percent(self) -> int | None:
        """Share of the present step, where its total is known."""
        return min(100, 100 * self.done // self.total) if self.total else None
