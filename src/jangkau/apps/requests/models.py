"""What was asked, by whom, with which consent, and every step since."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User


class Kind(models.TextChoices):
    """What is asked."""

    JOIN = "masuk", _("Nama saya seharusnya ada di daftar")
    WRONG = "salah", _("Ada yang salah")
    STOP = "berhenti", _("Saya ingin berhenti")


class State(models.TextChoices):
    """Where a petition is."""

    WAITING = "menunggu", _("menunggu")
    WORKED = "diurus", _("sedang diurus")
    ANSWERED = "dijawab", _("dijawab")
    WITHDRAWN = "ditarik", _("ditarik pemohon")


OPEN = (State.WAITING, State.WORKED)


class Petition(models.Model):
    """One request. `code_sum` is a keyed sum of the receipt code, which only the person has.

    `level`: length of the region code of the desk it lies on (10 desa, 4 kabupaten, 2 province); `due` is that desk's
    last day. What tells who it is is emptied when it is withdrawn, and once its time of keeping is over.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    code_sum = models.CharField(max_length=64, unique=True)
    region_code = models.CharField(max_length=10, db_index=True)
    level = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due = models.DateField()
    nama = models.CharField(max_length=100, blank=True)
    nik = models.CharField(max_length=16, blank=True)
    no_kk = models.CharField(max_length=16, blank=True)
    tanggal_lahir = models.DateField(null=True)
    jenis_kelamin = models.CharField(max_length=1, blank=True)
    pekerjaan = models.CharField(max_length=20, blank=True)
    no_hp = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=500, blank=True)
    shipment = models.ForeignKey("intake.Shipment", null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["state", "level", "region_code"], name="petition_desk")]

    PRIVACY: ClassVar = {
        "code_sum": "identifier", "region_code": "public", "due": "public", "nama": "identifier", "nik": "identifier",
        "no_kk": "identifier", "tanggal_lahir": "personal", "jenis_kelamin": "personal", "pekerjaan": "personal",
        "no_hp": "personal", "about": "personal", "text": "sensitive",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"M-{self.pk:05}"

    @property
    def open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in OPEN

    @property
    def late(self) -> bool:
        """Whether the desk it lies on has let its last day pass."""
        return self.open and self.due < timezone.localdate()


class Consent(models.Model):
    """What the person agreed to, word for word, and when that was taken back (UU 27/2022 art. 22, 24, 40)."""

    petition = models.OneToOneField(Petition, on_delete=models.CASCADE, related_name="consent")
    words = models.TextField()
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar = {"words": "public"}

    def __str__(self) -> str:
        return f"{self.petition_id}"


class Did(models.TextChoices):
    """What happened with a petition, in the words that the person reads."""

    RECEIVED = "diterima", _("Permintaan diterima.")
    LISTED = "dimasukkan", _("Nama dimasukkan ke daftar usulan desa.")
    FOUND = "ditemukan", _("Nama ditemukan di daftar usulan.")
    MENDED = "dibetulkan", _("Data di daftar dibetulkan.")
    STOPPED = "dihentikan", _("Nama dikeluarkan dari daftar. Kepesertaan dihentikan.")
    RAISED = "diteruskan", _("Diteruskan ke kantor di atasnya.")
    LATE = "lewat", _("Belum dijawab pada waktunya. Diteruskan ke kantor di atasnya.")
    NOTED = "dicatat", _("Petugas mencatat kemajuan.")
    ANSWERED = "dijawab", _("Dijawab.")
    WITHDRAWN = "ditarik", _("Ditarik oleh pemohon. Data diri dihapus.")
    LOOKED = "diperiksa", _("Data sedang diperiksa petugas.")
    UNFIT = "belum_syarat", _("Belum memenuhi syarat program.")
    FIT = "layak", _("Sudah diperiksa. Memenuhi syarat.")
    PLANNED = "direncanakan", _("Masuk rencana pemerintah daerah. Belum ditetapkan.")
    DECREED = "ditetapkan", _("Ditetapkan dalam SK pemerintah daerah.")
    SENT = "diajukan", _("Didaftarkan ke BPJS Ketenagakerjaan.")
    TURNED = "dikembalikan", _("BPJS Ketenagakerjaan belum menerima. Petugas membetulkan datanya.")
    TAKEN = "bernomor", _("Diterima BPJS Ketenagakerjaan. Menunggu iuran pertama dibayar.")
    MEMBER = "peserta", _("Terlindungi.")
    LAPSED = "menunggak", _("Ada iuran yang belum dibayar.")
    OVER = "selesai", _("Tidak lagi dibayar program ini.")


class PetitionStep(models.Model):
    """A step, never changed. `answer` is the code of a plain answer; `note` is read only with the birth date; `level`
    and `due` are those of the desk from then on."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="steps")
    did = models.CharField(max_length=12, choices=Did.choices)
    answer = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=10)
    due: "models.DateField[date | None, date | None]" = models.DateField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]

    PRIVACY: ClassVar = {"answer": "public", "note": "sensitive", "due": "public"}

    def __str__(self) -> str:
        return f"{self.petition_id} {self.did}"


class Refusal(models.Model):
    """That whoever has the NIK of this keyed sum asked to stop: kept so that no list takes them in again, long after
    who asked is forgotten. Gone once a desk puts them on a list because they ask to join."""

    key = models.CharField(max_length=64, unique=True)
    region_code = models.CharField(max_length=10, db_index=True)
    at = models.DateTimeField(default=timezone.now)

    PRIVACY: ClassVar = {"key": "identifier", "region_code": "public"}

    def __str__(self) -> str:
        return self.key[:8]
