"""What is sent to the insurer, and what it answers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.models.decree import DecreeLine
from jangkau.apps.enrolment.models.membership import Enrolment
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.models import Fund


class BatchState(models.TextChoices):
    """Where a batch is."""

    MADE = "disusun", _("disusun")
    SENT = "diajukan", _("diajukan ke BPJS Ketenagakerjaan")
    ANSWERED = "dijawab", _("dijawab")
    BILLED = "ditagih", _("ditagih")
    PAID = "dibayar", _("dibayar")
    CANCELLED = "batal", _("dibatalkan")


class Batch(models.Model):
    """People of one fund, sent together to be enrolled or renewed for `months` months from month `month`.

    `mapping` is the columns as sent, `sha256` of the file as sent; `follows` the batch whose refused it repeats.
    """

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="batches")
    month = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField(default=1)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    region_code = models.CharField(max_length=10, db_index=True)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.MADE)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    mapping = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    billing_code = models.CharField(_("kode iuran"), max_length=40, blank=True)
    billed = models.BigIntegerField(_("jumlah tagihan, rupiah"), null=True)
    billed_at = models.DateTimeField(null=True)
    paid_on = models.DateField(_("tanggal bayar"), null=True)
    billing_note = models.CharField(_("sebab selisih"), max_length=200, blank=True)
    proof_number = models.CharField(_("nomor bukti"), max_length=60, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "year", "number"], name="batch_number_once"),
            models.UniqueConstraint(
                fields=["billing_code"], condition=~models.Q(billing_code=""), name="billing_code_once"
            ),
        ]

    PRIVACY: ClassVar = {
        "region_code": "public", "mapping": "public", "sha256": "public", "billing_code": "public",
        "billed": "public", "billing_note": "public", "proof_number": "public", "proof_sha256": "public",
        "proof_name": "public", "paid_on": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.fund.kode} {self.year}/{self.number}"


class AnswerState(models.TextChoices):
    """Where an acknowledgement file is."""

    READING = "dibaca", _("sedang dibaca")
    READ = "selesai", _("selesai dibaca")
    REFUSED = "ditolak", _("tidak dapat dibaca")


class Answer(models.Model):
    """An acknowledgement file of the insurer; `notes` keeps rows that belong to nobody we sent, masked."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="answers")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    issued_on = models.DateField(_("tanggal jawaban"), null=True)
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.READING)
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "sha256"], name="answer_once")]

    PRIVACY: ClassVar = {
        "sha256": "public",
        "file_name": "public",
        "size": "public",
        "counts": "public",
        "notes": "personal",
        "issued_on": "public",
    }

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.pk}"


class BatchLine(models.Model):
    """A person in a batch: row `row` of the file as sent, with its signature; and what the insurer said of it.

    `nik` and `nama` are as sent. `code` is our reason code of a refusal, `raw_code` the insurer's own. `doubt` is the
    code of what a person must decide; `decided_by` is who did, and later answers change nothing then.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="batch_lines")
    line = models.ForeignKey(DecreeLine, on_delete=models.PROTECT, related_name="batch_lines")
    row = models.PositiveIntegerField()
    signature = models.CharField(max_length=64)
    first = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField()
    nik = models.CharField(max_length=16, blank=True)
    nama = models.CharField(max_length=200, blank=True)
    answer = models.CharField(
        max_length=12, blank=True,
        choices=[("diterima", _("diterima")), ("ditolak", _("ditolak")), ("bertentangan", _("bertentangan"))],
    )  # fmt: skip
    code = models.CharField(max_length=40, blank=True)
    raw_code = models.CharField(max_length=200, blank=True)
    kpj = models.CharField(max_length=20, blank=True)
    doubt = models.CharField(max_length=40, blank=True)
    answered_by = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["row"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "row"], name="batch_row_once"),
            models.UniqueConstraint(fields=["batch", "line"], name="batch_person_once"),
        ]

    PRIVACY: ClassVar = {
        "signature": "personal", "nik": "identifier", "nama": "identifier", "doubt": "personal",
        "answer": "personal", "code": "sensitive", "raw_code": "sensitive",
        "kpj": "identifier", "amount": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.row}"


class AnswerRow(models.Model):
    """One row of an acknowledgement as it was read; `line` is the row sent that it is about, null where that is not
    certain. `nik` is veiled: the file itself is kept."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="rows")
    line = models.ForeignKey(BatchLine, null=True, on_delete=models.PROTECT, related_name="answers")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    nik = models.CharField(max_length=16, blank=True)
    nama = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    code = models.CharField(max_length=40, blank=True)
    raw_code = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    kpj = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "sheet", "row"], name="answer_row_once")]
        indexes: ClassVar = [models.Index(fields=["answer", "problem"], name="answer_problem")]

    PRIVACY: ClassVar = {
        "sheet": "public", "nik": "personal", "nama": "identifier", "verdict": "personal", "code": "sensitive",
        "raw_code": "sensitive", "remark": "sensitive", "kpj": "identifier", "day": "public", "problem": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.answer_id}/{self.row}"


class MappingKind(models.TextChoices):
    """Which file a mapping is for."""

    UPLOAD = "unggah", _("Berkas yang diajukan")
    ANSWER = "jawaban", _("Jawaban BPJS Ketenagakerjaan")


class Mapping(models.Model):
    """One version of a mapping (YAML); the newest of its kind holds."""

    kind = models.CharField(max_length=10, choices=MappingKind.choices)
    text = models.TextField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    PRIVACY: ClassVar = {"text": "public"}

    def __str__(self) -> str:
        return self.kind
