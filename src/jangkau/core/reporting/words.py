"""Codes as the words that officials read; a code never reaches the page."""

import re
from datetime import date

from jangkau.core.kernel.formats import long_date, number, percent
from jangkau.core.kernel.problems import kind
from jangkau.core.reporting.figures import Coverage

IDENTITY = "BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan"
REASONS = {
    "NIK_TIDAK_DITEMUKAN": "NIK tidak ada dalam data penduduk",
    "PERLU_TINJAUAN": "perlu diputuskan petugas: pasangan datanya belum pasti",
    "MENINGGAL": "sudah meninggal",
    "USIA_KURANG": "belum cukup umur",
    "USIA_LEBIH": "umur melewati batas",
    "SUDAH_AKTIF": "sudah aktif sebagai peserta",
    "APARATUR": "ASN, TNI, atau Polri",
    "BUKAN_PEKERJA": "tidak bekerja: pelajar, pensiunan, atau tanpa pekerjaan",
    "DI_LUAR_WILAYAH": "penduduk provinsi lain",
    "SUDAH_BERHENTI": "menolak, meminta berhenti, atau meninggal menurut keanggotaannya",
    "DI_LUAR_DAFTAR": "rencana ini hanya untuk orang yang dinamainya",
    "SUDAH_DIJANJIKAN": "iurannya sudah dijanjikan dana lain dalam bulan rencana ini",
}
FUND_KINDS = {
    "APBD_PROV": "APBD provinsi",
    "APBD_KAB": "APBD kabupaten/kota",
    "DBH_SAWIT": "DBH Sawit",
    "DBH_CHT": "DBH Cukai Hasil Tembakau",
    "DANA_DESA": "Dana Desa",
    "CSR": "CSR",
    "ZAKAT": "Zakat",
    "DONATUR": "Donatur",
}
LEVELS = {"GALAT": "harus diperbaiki", "PERINGATAN": "perlu dilihat"}
_QUOTED_FIRST, _QUOTED, _PLACE = re.compile(r"^'\{[^}]*\}'"), re.compile(r" '\{[^}]*\}'"), re.compile(r"\{[^}]*\}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def reason(code: str) -> str:
    """A reason of the verdict in words."""
    return REASONS.get(code, code.replace("_", " ").lower())


def problem(code: str) -> tuple[str, str]:
    """What is wrong and what to do, without the details of one row."""
    try:
        entry = kind(code)
    except KeyError:
        return code.replace("_", " ").capitalize(), ""
    return _plain(entry.pesan), _plain(entry.saran)


def _plain(template: str) -> str:
    """A message without the details of one row."""
    text = _QUOTED.sub("", _QUOTED_FIRST.sub("Isi sel", template))
    return _PLACE.sub("…", text).replace("….", "…")


def source(text: str) -> str:
    """A source with its days written out."""
    return _DAY.sub(lambda found: long_date(date.fromisoformat(found[0])), text)


def short_name(name: str) -> str:
    """A kabupaten without that word; a kota keeps it."""
    return name.removeprefix("Kabupaten ").removeprefix("Kab. ")


def share(part: int, whole: int | None) -> str:
    """`8.940 dari 21.300 orang (42,0%)`, or the count alone where the whole is unknown."""
    if not whole:
        return f"{number(part)} orang"
    return f"{number(part)} dari {number(whole)} orang ({percent(100 * part / whole)})"


def denominator(coverage: Coverage) -> str:
    """The denominator's name in words."""
    return coverage.nama_penyebut.replace("_", " ") or "penyebut belum ada"
