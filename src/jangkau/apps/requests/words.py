"""Answers in plain words, by what was asked. None says anything of a person; a note of the desk may."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jangkau.apps.requests.models import Did, Kind

CONSENT = _(
    "Saya setuju data ini dipakai untuk memeriksa dan menjawab permintaan ini. "
    "Saya boleh menarik persetujuan ini kapan saja."
)


@dataclass(frozen=True)
class Answer:
    """What the desk chooses (`label`) and what the person reads (`words`)."""

    label: object
    words: object


_MORE = Answer(
    _("data kurang, minta datang"),
    _("Data belum cukup untuk diperiksa. Bawa KTP dan KK ke kantor desa. Tidak dipungut biaya."),
)
ANSWERS: dict[str, dict[str, Answer]] = {
    Kind.JOIN: {
        "diusulkan": Answer(
            _("sudah dimasukkan ke daftar usulan"),
            _("Nama Anda ada di daftar usulan. Ini belum perlindungan. Tunggu SK pemerintah daerah."),
        ),
        "terlindungi": Answer(
            _("sudah menjadi peserta"), _("Sudah ada kepesertaan. Lihat sampai bulan apa di halaman Cek kepesertaan.")
        ),
        "syarat": Answer(
            _("belum memenuhi syarat"),
            _("Belum dapat diusulkan. Syaratnya bekerja, punya NIK, dan belum lewat batas usia. Lihat Tanya jawab."),
        ),
        "desa_lain": Answer(
            _("tinggal di desa lain"), _("Ajukan di desa tempat tinggal menurut KTP. Pilih desa itu di halaman ini.")
        ),
        "kurang": _MORE,
    },
    Kind.WRONG: {
        "dibetulkan": Answer(_("sudah dibetulkan"), _("Data sudah dibetulkan. Cek lagi sesudah tujuh hari.")),
        "dukcapil": Answer(
            _("diurus di Dukcapil"),
            _("Data itu dari Dinas Dukcapil. Bawa KTP dan KK ke sana. Sesudah itu beri tahu kantor desa."),
        ),
        "sesuai": Answer(_("sudah sesuai"), _("Sudah diperiksa. Data kami sama dengan KTP dan KK.")),
        "kurang": _MORE,
    },
    Kind.STOP: {
        "dihentikan": Answer(
            _("sudah dihentikan"),
            _("Nama sudah dikeluarkan. Data tidak dipakai lagi. Perlindungan habis sesudah bulan yang dibayar."),
        ),
        "tidak_ada": Answer(
            _("tidak ada di daftar"), _("Nama itu tidak ada di daftar kami. Tidak ada yang perlu dihentikan.")
        ),
        "tidak_jadi": Answer(_("tidak jadi berhenti"), _("Anda tidak jadi berhenti. Tidak ada yang berubah.")),
        "kurang": _MORE,
    },
}  # fmt: skip
# Why somebody who is on a list is not taken in: plain words for codes of `jangkau.core.eligibility`.
REASONS = {
    "NIK_TIDAK_DITEMUKAN": _("NIK belum ditemukan di data Dukcapil. Bawa KTP dan KK ke kantor desa."),
    "MENINGGAL": _("Di data Dukcapil tercatat meninggal. Bila keliru, bawa KTP ke Dukcapil."),
    "USIA_KURANG": _("Umur belum cukup menurut aturan program."),
    "USIA_LEBIH": _("Umur sudah lewat batas program."),
    "APARATUR": _("Tercatat sebagai pegawai negeri, TNI, atau Polri. Perlindungannya lain."),
    "BUKAN_PEKERJA": _("Tercatat tidak bekerja. Bila bekerja, kirim permintaan: ada yang salah."),
    "DI_LUAR_WILAYAH": _("Alamat di KTP di luar daerah ini. Ajukan di daerah itu."),
}
# The way of a name from the request to cover, as steps that lie behind once any of theirs is told.
PATH: tuple[tuple[object, frozenset[str]], ...] = (
    (_("Permintaan diterima"), frozenset({Did.RECEIVED})),
    (_("Ada di daftar usulan"), frozenset({Did.LISTED, Did.FOUND, Did.LOOKED, Did.UNFIT})),
    (_("Diperiksa, memenuhi syarat"), frozenset({Did.FIT})),
    (_("Masuk rencana"), frozenset({Did.PLANNED})),
    (_("Ditetapkan dalam SK"), frozenset({Did.DECREED, Did.SENT, Did.TURNED})),
    (_("Diterima BPJS Ketenagakerjaan"), frozenset({Did.TAKEN})),
    (_("Terlindungi"), frozenset({Did.MEMBER, Did.LAPSED, Did.OVER})),
)
FOLLOWED = frozenset(Did) - {
    Did.RECEIVED, Did.LISTED, Did.FOUND, Did.MENDED, Did.STOPPED, Did.RAISED, Did.LATE, Did.NOTED, Did.ANSWERED,
    Did.WITHDRAWN,
}  # fmt: skip
# An answer that may be given only after the desk has done what it says.
AFTER = {"diusulkan": ("dimasukkan", "ditemukan"), "dihentikan": ("dihentikan",),
         "dibetulkan": ("dibetulkan", "dicatat")}  # fmt: skip
DESKS = {10: _("kantor desa"), 4: _("kabupaten atau kota"), 2: _("provinsi")}
ABOUT = {
    "nama": _("nama"), "lahir": _("tanggal lahir"), "pekerjaan": _("pekerjaan"), "alamat": _("alamat atau desa"),
    "jawaban": _("jawaban Cek kepesertaan"), "lain": _("yang lain"),
}  # fmt: skip


def words_of(kind: str, code: str) -> object:
    """The words of an answer; nothing for a code that there is not any more."""
    answer = ANSWERS[kind].get(code)
    return answer.words if answer else ""


def way(told: list[str]) -> list[tuple[object, bool]]:
    """The steps of PATH, and whether each lies behind: up to the one that was told last, since a step may be undone."""
    places = [at for did in told for at, (_words, dids) in enumerate(PATH) if did in dids]
    here = places[-1] if places else 0
    return [(words, at <= here) for at, (words, _dids) in enumerate(PATH)]
