"""Forms, the phones that fill them in, and who is to fill in how many where."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User


class FormState(models.TextChoices):
    """Where a version of a form is."""

    DRAFT = "draf", _("draf")
    OPEN = "terbuka", _("terbuka")
    CLOSED = "ditutup", _("ditutup")


class FormVersion(models.Model):
    """A version of a form; its content never changes. Phones are shown the newest open one of each form, and what was
    filled in with an older one that is still open is accepted.

    `xlsx` and `xform` are sums of bytes that are kept; `model` is a core FormModel; `files`: name -> [sha256, md5] of
    lists that were uploaded with it.
    """

    form_id = models.CharField(max_length=64)
    version = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    xlsx = models.CharField(max_length=64)
    xform = models.CharField(max_length=64)
    md5 = models.CharField(max_length=32)
    model = models.JSONField()
    files = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=FormState.choices, default=FormState.DRAFT)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["form_id", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["form_id", "version"], name="form_version_once")]

    PRIVACY: ClassVar = dict.fromkeys(
        ("form_id", "version", "title", "xlsx", "xform", "md5", "model", "files"), "public"
    )

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Device(models.Model):
    """A phone that may fetch forms and send submissions, for one enumerator or, without one, for a desa.

    Of its token only sha256 is kept; `ha1` is what Digest needs instead of a password (user name, realm, token).
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="devices")
    nama = models.CharField(_("nama perangkat"), max_length=80)
    region_code = models.CharField(max_length=10, db_index=True)
    username = models.CharField(max_length=20, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    ha1 = models.CharField(max_length=32)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {
        "nama": "personal", "region_code": "public", "username": "personal", "sha256": "identifier",
        "ha1": "identifier",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    @property
    def area(self) -> str:
        """The region whose lists it carries and whose people it may register: its kecamatan, or a wider one."""
        return self.region_code[:6]


class Task(models.Model):
    """A desa given to an enumerator: how many of which form, until when."""

    form_id = models.CharField(max_length=64)
    region_code = models.CharField(max_length=10, db_index=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="field_tasks")
    target = models.PositiveIntegerField(_("sasaran"))
    due = models.DateField(_("sampai tanggal"), null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["region_code", "form_id", "id"]

    PRIVACY: ClassVar = {"form_id": "public", "region_code": "public", "due": "public"}

    def __str__(self) -> str:
        return f"{self.form_id} {self.region_code}"


class Lookup(models.Model):
    """A phone asked whether somebody is covered; whom, is not kept."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="lookups")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    known = models.BooleanField()

    PRIVACY: ClassVar[dict[str, str]] = {}

    def __str__(self) -> str:
        return f"{self.pk}"
