"""Campaigns, what they hand out, their events with counts of who came, and messages that an office wrote itself."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import Shipment
from jangkau.apps.proofs.files import Kept
from jangkau.core.outreach.messages import Template
from jangkau.core.outreach.questions import Answers


class Campaign(models.Model):
    """Telling workers of some occupations (`jobs`, tags with | between, empty for all) in an area for a time.

    `questions`: codes of the bank (`bank`, its version) that are asked before and after events. It has no money.
    """

    nama = models.CharField(_("nama"), max_length=120)
    region_code = models.CharField(max_length=10, db_index=True)
    jobs = models.CharField(max_length=120, blank=True)
    first = models.DateField(_("mulai"))
    last = models.DateField(_("sampai"))
    target = models.PositiveIntegerField(_("orang yang ingin dijangkau"))
    questions = models.CharField(max_length=200, blank=True)
    bank = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-last", "-id"]

    PRIVACY: ClassVar = {
        "nama": "public", "region_code": "public", "jobs": "public", "first": "public", "last": "public",
        "questions": "public", "bank": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.nama

    @property
    def tags(self) -> list[str]:
        """The occupations; none stands for all."""
        return self.jobs.split("|") if self.jobs else []

    @property
    def asked(self) -> list[str]:
        """The codes of its questions."""
        return self.questions.split("|") if self.questions else []


class MaterialKind(models.TextChoices):
    """What is handed out or read."""

    LEAFLET = "selebaran", _("selebaran")
    POSTER = "poster", _("poster")
    MESSAGE = "pesan", _("pesan")
    OTHER = "lain", _("bahan lain")


class Material(models.Model):
    """A material of a campaign in the version that was used: `what` is the occupation of a sheet or the code of a
    message, `version` the law of its numbers or the version of its words."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("jenis"), max_length=10, choices=MaterialKind.choices)
    what = models.CharField(max_length=40, blank=True)
    nama = models.CharField(_("nama"), max_length=120)
    version = models.CharField(_("versi"), max_length=60)
    copies = models.PositiveIntegerField(_("lembar"), default=0)

    class Meta:
        ordering: ClassVar = ["kind", "nama", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "kind", "nama", "version"], name="material_once")
        ]

    PRIVACY: ClassVar = {"kind": "public", "what": "public", "nama": "public", "version": "public"}

    def __str__(self) -> str:
        return f"{self.nama} ({self.version})"


class OutreachEvent(models.Model):
    """A meeting in one village. `women` and `men` are who came, None until it is recorded; `uncovered` is who of them
    said that they are not covered, None where nobody was asked. Nobody who came is named here."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="events")
    region_code = models.CharField(max_length=10, db_index=True)
    place = models.CharField(_("tempat"), max_length=120)
    on = models.DateField(_("tanggal"), db_index=True)
    speaker = models.CharField(_("pembicara"), max_length=120, blank=True)
    women = models.PositiveIntegerField(_("perempuan yang hadir"), null=True)
    men = models.PositiveIntegerField(_("laki-laki yang hadir"), null=True)
    uncovered = models.PositiveIntegerField(_("di antaranya belum terlindungi"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    cancelled = models.CharField(_("sebab batal"), max_length=200, blank=True)
    materials = models.ManyToManyField(
        Material, blank=True, related_name="events", verbose_name=_("bahan yang dipakai")
    )
    shipments = models.ManyToManyField(Shipment, blank=True, related_name="outreach_events")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]

    PRIVACY: ClassVar = {
        "region_code": "public", "place": "public", "on": "public", "speaker": "personal", "note": "personal",
        "cancelled": "public", "recorded_at": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.place} {self.on.isoformat()}"

    @property
    def came(self) -> int | None:
        """How many came; None until it is recorded."""
        return None if self.women is None or self.men is None else self.women + self.men


class Score(models.Model):
    """How many knew the answer of one question at an event before and after it, of how many who answered."""

    event = models.ForeignKey(OutreachEvent, on_delete=models.CASCADE, related_name="scores")
    question = models.CharField(max_length=20)
    asked_before = models.PositiveIntegerField(default=0)
    right_before = models.PositiveIntegerField(default=0)
    asked_after = models.PositiveIntegerField(default=0)
    right_after = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "question"], name="score_once")]

    PRIVACY: ClassVar = {"question": "public"}

    def __str__(self) -> str:
        return f"{self.event_id} {self.question}"

    @property
    def answers(self) -> Answers:
        """Its counts."""
        return Answers(self.asked_before, self.right_before, self.asked_after, self.right_after)


class Photo(models.Model):
    """A photograph of an event; a wrong one is withdrawn and no longer shown."""

    event = models.ForeignKey(OutreachEvent, on_delete=models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media = models.CharField(max_length=3)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]

    PRIVACY: ClassVar = {"sha256": "personal", "media": "public", "withdrawn_at": "public"}

    def __str__(self) -> str:
        return f"{self.event_id} {self.pk}"

    @property
    def region_code(self) -> str:
        """Where the event was."""
        return self.event.region_code

    @property
    def file(self) -> Kept:
        """Its bytes."""
        return Kept(self.sha256, self.size, self.media)


class Channel(models.TextChoices):
    """Where a message is said."""

    SMS = "sms", _("SMS")
    CHAT = "wa", _("WhatsApp")
    TALK = "ceramah", _("pertemuan")
    SHEET = "selebaran", _("selebaran")


class Words(models.Model):
    """One version of a message that an office wrote; never changed, a change is another version."""

    code = models.SlugField(_("kode"), max_length=20)
    version = models.PositiveIntegerField()
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel.choices)
    title = models.CharField(_("judul"), max_length=80)
    text = models.TextField(_("isi"), max_length=4_000)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="words_once")]

    PRIVACY: ClassVar = {"code": "public", "channel": "public", "title": "public", "text": "public"}

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def template(self) -> Template:
        """The message as the core knows it."""
        return Template(self.code, self.version, self.channel, self.title, self.text)
