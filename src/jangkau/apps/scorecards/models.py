"""Instruments, the cards that regions fill with them, what an evaluator says, and what was agreed after."""

from functools import lru_cache
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.proofs.files import TYPES, Kept
from jangkau.core.kernel.semester import Semester
from jangkau.core.scorecard import Answer as Told
from jangkau.core.scorecard import Instrument as Form
from jangkau.core.scorecard import read


@lru_cache(maxsize=64)
def _form(text: str) -> Form:
    return read(text)


class Instrument(models.Model):
    """One version of an instrument as it was uploaded; never changed."""

    code = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=600)
    official = models.BooleanField(default=False)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["code", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="instrument_once")]

    PRIVACY: ClassVar = {"code": "public", "version": "public", "title": "public", "text": "public", "sha256": "public"}

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def form(self) -> Form:
        """Its content."""
        return _form(self.text)


class State(models.TextChoices):
    """Where a card is."""

    FILLING = "diisi", _("sedang diisi")
    SENT = "dikirim", _("menunggu penilaian")
    BACK = "kembali", _("dikembalikan untuk diperbaiki")
    CLOSED = "ditutup", _("ditutup")


OPEN = (State.FILLING, State.BACK)


class Card(models.Model):
    """An instrument filled by a region for a semester; `number` counts its versions, of which one may be open.

    A closed card is frozen: `frozen` holds what it said, `hash` the sha256 of that.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="cards")
    region_code = models.CharField(max_length=10, db_index=True)
    semester = models.CharField(max_length=6)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.FILLING)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    conclusion = models.TextField(blank=True)
    frozen = models.JSONField(null=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-semester", "region_code", "instrument", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instrument", "region_code", "semester", "number"], name="card_once"),
            models.UniqueConstraint(
                fields=["instrument", "region_code", "semester"], condition=~models.Q(state="ditutup"),
                name="card_open_once",
            ),
        ]  # fmt: skip

    PRIVACY: ClassVar = {
        "region_code": "public", "semester": "public", "conclusion": "public", "frozen": "public", "hash": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"KN-{self.pk:05}"

    @property
    def half(self) -> Semester:
        """Its semester."""
        return Semester.read(self.semester)

    @property
    def editable(self) -> bool:
        """Whether it is being filled."""
        return self.state in OPEN


class Answer(models.Model):
    """The answer to a question as it stands; its history is in the audit log. `source`: the figure behind it."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=20)
    value = models.JSONField()
    note = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "code"], name="card_answer_once")]

    PRIVACY: ClassVar = {"code": "public", "value": "public", "note": "public", "source": "public"}

    def __str__(self) -> str:
        return f"{self.card_id} {self.code}"

    @property
    def told(self) -> Told:
        """As the core reads it."""
        return Told.read(self.value)


class Evidence(models.Model):
    """A file that shows what an answer says. Removed from a card that is open, its bytes stay kept."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="evidence")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media = models.CharField(max_length=3, choices=[(name, name) for name in TYPES])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["card", "code", "sha256"], name="card_evidence_once")]

    PRIVACY: ClassVar = {"code": "public", "name": "public", "sha256": "public"}

    def __str__(self) -> str:
        return f"{self.card_id} {self.code} {self.name}"

    @property
    def file(self) -> Kept:
        """Its bytes."""
        return Kept(self.sha256, self.size, self.media)


class Comment(models.Model):
    """What the evaluator asks of a question (`judge`), and what the region says to it; `answered` closes a question."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="comments")
    code = models.CharField(max_length=20)
    text = models.TextField()
    judge = models.BooleanField()
    answered = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]

    PRIVACY: ClassVar = {"code": "public", "text": "public"}

    def __str__(self) -> str:
        return f"{self.card_id} {self.code}"


class Judgement(models.Model):
    """The evaluator's share of the points of a question, in percent, where it differs from the answer's; and why."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="judgements")
    code = models.CharField(max_length=20)
    percent = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card", "code"], name="judgement_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="judgement_percent"),
        ]

    PRIVACY: ClassVar = {"code": "public", "reason": "public"}

    def __str__(self) -> str:
        return f"{self.card_id} {self.code} {self.percent}"


class Step(models.TextChoices):
    """Where a follow-up is: recommended, agreed with owner and date, done, or given up."""

    ADVISED = "saran", _("rekomendasi")
    AGREED = "disepakati", _("disepakati")
    DONE = "selesai", _("selesai")
    DROPPED = "batal", _("dibatalkan")


class FollowUp(models.Model):
    """What the evaluator recommends and the region agrees to do: who (an office), until when, and what came of it."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="follow_ups")
    code = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    owner = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=Step.choices, default=Step.ADVISED)
    outcome = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="follow_up_due")]

    PRIVACY: ClassVar = {
        "code": "public", "text": "public", "owner": "public", "due": "public", "outcome": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"TL-{self.pk:05}"

    @property
    def overdue(self) -> bool:
        """Whether its date has passed while it is not done."""
        return self.state == Step.AGREED and self.due is not None and self.due < timezone.localdate()
