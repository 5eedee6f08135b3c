"""Cases: a death or accident of somebody covered, from the report to the insurer's answer.

No model of this app holds money: what the law says is due is worked out when it is shown, and goes from the insurer to
the account of the heirs.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs.files import TYPES, Kept
from jangkau.core.enrolment.case_states import FIRST, State, states
from jangkau.core.law.benefits import DEATH, DISABLED, UNABLE, WORK_DEATH


class Happening(models.TextChoices):
    """What happened, as the law names it."""

    DEATH = DEATH, _("meninggal, bukan karena kerja")
    WORK_DEATH = WORK_DEATH, _("meninggal karena kecelakaan kerja")
    ACCIDENT = UNABLE, _("kecelakaan kerja")
    DISABLED = DISABLED, _("cacat total tetap karena kecelakaan kerja")


COVERED = ("aktif", "tunggakan")
DEATHS = (Happening.DEATH, Happening.WORK_DEATH)
AT_WORK = (Happening.WORK_DEATH, Happening.ACCIDENT, Happening.DISABLED)
_STATES = [(name, state.words) for name, state in states().items()]


class Source(models.TextChoices):
    """How the case became known."""

    REGISTER = "register", _("register penduduk")
    REPORT = "laporan", _("laporan petugas")


class Case(models.Model):
    """One event of one person. `who` is the NIK, else the number of the person.

    `paid`, `status`, `registered` (month), `full` and `after` (months paid after the event) are what was known of the
    membership on `studied`; `expires` is the last day to claim, `report_by` the last moment to report an accident, and
    `told_at` when it was reported to the insurer. `register_day` is the day of death by the register.
    """

    who = models.CharField(max_length=20, db_index=True)
    nik = models.CharField(max_length=16, blank=True)
    nama = models.CharField(max_length=200)
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, blank=True)
    region_code = models.CharField(max_length=10, db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="cases")
    happening = models.CharField(_("peristiwa"), max_length=20, choices=Happening.choices)
    day = models.DateField(_("tanggal kejadian"))
    time = models.TimeField(_("jam kejadian"), null=True)
    place = models.CharField(_("tempat dan kejadian"), max_length=300, blank=True)
    months_unable = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=10, choices=Source.choices)
    state = models.CharField(max_length=12, choices=_STATES, default=FIRST)
    kpj = models.CharField(max_length=20, blank=True)
    segment = models.CharField(max_length=10, default="BPU")
    wage_base = models.PositiveIntegerField(default=0)
    paid = models.JSONField(default=list)
    status = models.CharField(max_length=10, default="belum")
    full = models.BooleanField(default=False)
    registered = models.PositiveIntegerField(null=True)
    after = models.PositiveSmallIntegerField(default=0)
    studied = models.DateField()
    register_day = models.DateField(null=True)
    expires = models.DateField()
    report_by = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["who"], name="case_of_death_once",
                condition=models.Q(happening__in=[DEATH, WORK_DEATH]) & ~models.Q(state="batal"),
            ),
            models.UniqueConstraint(
                fields=["who", "day"], condition=~models.Q(state="batal"), name="case_of_day_once"
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["region_code", "state"], name="case_place_state")]

    PRIVACY: ClassVar = {
        "who": "identifier", "nik": "identifier", "nama": "identifier", "tanggal_lahir": "personal",
        "jenis_kelamin": "personal", "region_code": "public", "happening": "sensitive", "day": "sensitive",
        "time": "sensitive", "place": "sensitive", "months_unable": "sensitive", "source": "public",
        "state": "personal", "kpj": "identifier", "segment": "personal", "wage_base": "sensitive", "paid": "personal",
        "status": "personal", "full": "personal", "registered": "personal", "after": "personal", "studied": "public",
        "register_day": "sensitive", "expires": "personal", "report_by": "personal", "told_at": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"K-{self.pk:05}"

    @property
    def death(self) -> bool:
        """Whether somebody died."""
        return self.happening in DEATHS

    @property
    def at_work(self) -> bool:
        """Whether it came from work."""
        return self.happening in AT_WORK

    @property
    def covered(self) -> bool:
        """Whether the membership stood that day."""
        return self.status in COVERED

    @property
    def stands(self) -> State:
        """The state with its words and ways."""
        return states()[self.state]

    @property
    def days_left(self) -> int:
        """Days left to claim; below zero once it is too late."""
        return (self.expires - timezone.localdate()).days

    @property
    def dates_differ(self) -> date | None:
        """The day by the register, where it is another one."""
        return self.register_day if self.register_day and self.register_day != self.day else None


class Heir(models.Model):
    """A living member of the household, to be visited; `relation` is what they are to the person of the case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="heirs")
    nik = models.CharField(max_length=16)
    nama = models.CharField(max_length=200)
    relation = models.CharField(max_length=20)
    jenis_kelamin = models.CharField(max_length=1, blank=True)
    tanggal_lahir = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "nik"], name="heir_once")]

    PRIVACY: ClassVar = {
        "nik": "identifier", "nama": "identifier", "relation": "personal", "jenis_kelamin": "personal",
        "tanggal_lahir": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.relation}"


class CaseStep(models.Model):
    """What was done with a case, in order; never changed. `day` is the date the step speaks of."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    day = models.DateField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["id"]

    PRIVACY: ClassVar = {
        "before": "personal", "after": "personal", "reason": "sensitive", "note": "sensitive", "day": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case_id} {self.after}"

    @property
    def words(self) -> str:
        """What came of it; the same state again is a note."""
        return states()[self.after].words if self.before != self.after else ""


class CasePaper(models.Model):
    """A paper that the family has brought, named as in the law; the file is optional."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    media = models.CharField(max_length=3, blank=True, choices=[(name, name) for name in TYPES])
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="paper_once")]

    PRIVACY: ClassVar = {"name": "personal", "sha256": "personal", "size": "public", "media": "public"}

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"

    @property
    def file(self) -> Kept | None:
        """Its bytes, where a file came with it."""
        return Kept(self.sha256, self.size, self.media) if self.sha256 else None
