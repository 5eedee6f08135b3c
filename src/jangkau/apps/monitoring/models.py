"""Coverage as it was counted."""

from typing import ClassVar

from django.db import models


class Coverage(models.Model):
    """One counting: which registers and settings it was made from, and its rows (CAKUPAN, state `sebelum`)."""

    inputs = models.CharField(max_length=120, unique=True)
    rows = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar[dict[str, str]] = {"inputs": "public", "rows": "public"}

    def __str__(self) -> str:
        return self.inputs
