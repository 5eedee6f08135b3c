"""Persons, the rows that name them, their links to registers, and what clerks decided."""

import json
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.models import Job
from jangkau.core.tables import common

PAIRED = (*common.REGISTERS, common.PROPOSALS)  # what a proposal makes a pair with: a register row, another proposal


def _choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in words]


class LinkRun(models.Model):
    """One run over all effective rows: with which snapshots and model, and what it came to. `counts` holds rows,
    persons, links by register and decision, and how many rows were searched for anew."""

    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    snapshots = models.JSONField(default=dict)
    model_version = models.CharField(max_length=80)
    thresholds = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {"snapshots": "public", "model_version": "public", "thresholds": "public", "counts": "public"}

    def __str__(self) -> str:
        return f"{self.pk}"


class PersonState(models.TextChoices):
    """Whether a person still stands."""

    HERE = "ada", _("ada")
    MERGED = "digabung", _("digabung dengan orang lain")
    GONE = "hilang", _("usulannya dicabut")


class Person(models.Model):
    """A distinct person proposed: the columns of PEKERJA, and where the proposing list has its region.

    `id` is a number of `id_pekerja`, which follows from the row that named the person first, so that it stays between
    runs. A person that became part of another points to it and keeps what was known. `layak`, `alasan` (codes, `|`
    between) and `poin` are the last run's; empty where a decision since then may have changed them.
    """

    id = models.BigIntegerField(primary_key=True)
    id_pekerja = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=PersonState.choices, default=PersonState.HERE)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    region_code = models.CharField(max_length=10, db_index=True)
    nik = models.CharField(max_length=16, null=True, db_index=True)
    nik_balik = models.CharField(max_length=16, null=True, db_index=True)
    nama = models.CharField(max_length=200, null=True)
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, null=True)
    kode_desa = models.CharField(max_length=10, null=True)
    pekerjaan = models.CharField(max_length=20, null=True)
    desil = models.PositiveSmallIntegerField(null=True)
    disabilitas = models.PositiveSmallIntegerField(null=True)
    hubungan = models.CharField(max_length=20, null=True)
    status_tautan = models.CharField(max_length=10, choices=_choices(common.DECISIONS), default="tidak")
    layak = models.BooleanField(null=True)
    alasan = models.CharField(max_length=200, blank=True, db_default="")
    poin = models.IntegerField(null=True)
    rincian_poin = models.TextField(blank=True, db_default="")

    PRIVACY: ClassVar = {
        "id_pekerja": "personal", "region_code": "public", "nik": "identifier", "nik_balik": "identifier",
        "nama": "identifier", "tanggal_lahir": "personal", "jenis_kelamin": "personal", "kode_desa": "personal",
        "pekerjaan": "personal", "desil": "sensitive", "disabilitas": "sensitive", "hubungan": "personal",
        "status_tautan": "personal", "layak": "personal", "alasan": "sensitive", "poin": "sensitive",
        "rincian_poin": "sensitive",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.id_pekerja

    @property
    def reasons(self) -> list[str]:
        """Codes of why the person may not be enrolled."""
        return self.alasan.split("|") if self.alasan else []

    @property
    def parts(self) -> dict[str, int]:
        """The points by what gives them."""
        return dict(json.loads(self.rincian_poin)) if self.rincian_poin else {}


class Member(models.Model):
    """A proposal row as it was linked, and whom it names. `sidik` is the print that decisions on it carry."""

    id = models.BigIntegerField(primary_key=True)
    id_usulan = models.TextField(unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="members")
    region_code = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=32)
    sidik = models.CharField(max_length=20)

    PRIVACY: ClassVar = {
        "id_usulan": "personal", "region_code": "public", "fingerprint": "personal", "sidik": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.id_usulan


class Turn(models.TextChoices):
    """Who should look at a pair next: anyone; a second clerk who does not know of the first; a third, as two differ."""

    NONE = "", "-"
    FIRST = "pertama", _("belum diputus")
    SECOND = "kedua", _("dinilai sekali lagi")
    THIRD = "ketiga", _("dua petugas berbeda")


class Link(models.Model):
    """A row and a register row that are the same person or may be: TAUTAN, without what is out of the question.

    `isi` is what the register row says and `bukti` the evidence in bits; both are kept where a clerk has to look, and
    `tanda` is a print of them. Between runs also two rows that a clerk decided on: `register` is then PROPOSALS and
    `id_register` the other's `id_usulan`.
    `urutan` is its place in review, `ganda` whether two clerks look at it. Whoever has it on screen holds it until
    `held_until`.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="links")
    register = models.CharField(max_length=20, choices=_choices(PAIRED))
    id_register = models.TextField()
    peluang = models.FloatField()
    keputusan = models.CharField(max_length=10, choices=_choices(common.DECISIONS))
    cara = models.CharField(max_length=10, choices=_choices(common.WAYS))
    region_code = models.CharField(max_length=10)
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.NONE, blank=True)
    urutan = models.PositiveIntegerField(null=True)
    ganda = models.BooleanField(default=False)
    isi = models.JSONField(null=True)
    bukti = models.JSONField(null=True)
    tanda = models.CharField(max_length=16, blank=True)
    held_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "register", "id_register"], name="link_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "urutan"], name="link_queue", condition=~models.Q(turn="")),
            models.Index(fields=["register", "id_register"], name="link_register_row"),
        ]

    PRIVACY: ClassVar = {
        "id_register": "identifier", "peluang": "personal", "keputusan": "personal", "cara": "public",
        "region_code": "public", "isi": "identifier", "bukti": "personal", "tanda": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.register} {self.pk}"


class Decision(models.Model):
    """What a clerk said of a pair, by the key and columns of TINJAUAN; it outlives runs, rows and links.

    `before` is what its effect changed, to be restored; `run` the first run that knew of it, after which the effect is
    the run's own. An undone decision stays on record.
    """

    id_usulan = models.TextField(db_index=True)
    register = models.CharField(max_length=20, choices=_choices(PAIRED))
    id_register = models.TextField()
    keputusan = models.CharField(max_length=10, choices=[("cocok", _("orang yang sama")), ("tidak", _("orang lain"))])
    peluang = models.FloatField(null=True)
    sidik = models.CharField(max_length=20, blank=True)
    region_code = models.CharField(max_length=10, db_index=True)
    turn = models.CharField(max_length=10, choices=Turn.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seconds = models.FloatField(null=True)
    before = models.JSONField(default=dict)
    run = models.ForeignKey(LinkRun, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["by", "at"], name="decision_pace")]

    PRIVACY: ClassVar = {
        "seconds": "public",
        "id_usulan": "personal", "id_register": "identifier", "keputusan": "personal", "peluang": "personal",
        "sidik": "personal", "region_code": "public", "reason": "personal", "before": "identifier",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pk} {self.keputusan}"


class PersonWord(models.Model):
    """A word of a person's names as it sounds, or two of them, in the region of the person: what search asks."""

    pk = models.CompositePrimaryKey("word", "region_code", "person_id")
    word = models.CharField(max_length=60)
    region_code = models.CharField(max_length=10)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")

    PRIVACY: ClassVar = {"word": "identifier", "region_code": "public"}

    def __str__(self) -> str:
        return self.word


class WordCount(models.Model):
    """How many persons a word has, so that the rarest word leads a search."""

    word = models.CharField(max_length=60, primary_key=True)
    persons = models.PositiveIntegerField()

    PRIVACY: ClassVar = {"word": "public"}

    def __str__(self) -> str:
        return self.word
