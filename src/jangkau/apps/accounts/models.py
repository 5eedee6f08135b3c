"""Users and their assignments."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.roles import Role


class User(AbstractUser):
    """A person who signs in."""

    nama = models.CharField(_("nama"), max_length=120, blank=True)
    held: "list[Assignment] | None" = None  # assignments, once read

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    PRIVACY: ClassVar = {
        "username": "personal", "nama": "personal", "email": "personal", "password": "identifier",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.nama or self.username

    def get_full_name(self) -> str:
        """The name shown."""
        return str(self)


class Assignment(models.Model):
    """A user's role within a region: a code of 2, 4, 6 or 10 digits, and everything below it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region_code = models.CharField(_("wilayah"), max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "region_code"], name="assignment_once"),
        ]

    PRIVACY: ClassVar = {"role": "personal", "region_code": "personal"}

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region_code}"
