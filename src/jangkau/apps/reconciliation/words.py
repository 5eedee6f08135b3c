"""Findings in the words of the screens: what each kind means, what to do about it, and what the registers say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jangkau.apps.regions.selectors import path_name
from jangkau.core.enrolment.findings import NAMES
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.month import first_day, month_index


@dataclass(frozen=True)
class Words:
    """A kind of finding: its name, what to do, and how it is marked (good, look, harm)."""

    label: object
    advice: object
    tone: str = "look"


KINDS: dict[str, Words] = {
    "meninggal": Words(
        gettext_lazy("Meninggal"),
        gettext_lazy("Hentikan, minta kembali iuran sesudah bulan kematian, dan bantu ahli warisnya."), "harm",
    ),
    "menjadi_formal": Words(
        gettext_lazy("Menjadi pekerja formal"), gettext_lazy("Hentikan: iurannya dibayar pemberi kerja."), "look"
    ),
    "dibayar_lain": Words(
        gettext_lazy("Dibayar pihak lain juga"),
        gettext_lazy("Lepas bulan yang sama, minta kembali yang terlanjur dibayar."), "harm",
    ),
    "pindah": Words(
        gettext_lazy("Pindah"), gettext_lazy("Hentikan, atau serahkan ke dana di tempat yang baru."), "look"
    ),
    "usia_lewat": Words(
        gettext_lazy("Melewati batas usia"),
        gettext_lazy("Hentikan mulai bulan itu; tanyakan dahulu bila sudah lama menjadi peserta."), "look",
    ),
    "belum_tercatat": Words(
        gettext_lazy("Belum tercatat, masih wajar"), gettext_lazy("Tunggu register berikutnya."), "look"
    ),
    "menunggu": Words(gettext_lazy("Menunggu pembayaran pertama"), gettext_lazy("Tidak ada yang perlu dilakukan."), ""),
    "tidak_dikenal": Words(
        gettext_lazy("Tidak ada di register peserta"),
        gettext_lazy("Tanyakan kepada BPJS Ketenagakerjaan dengan bukti bayarnya sebelum membayar lagi."), "harm",
    ),
    "lapse": Words(
        gettext_lazy("Berhenti (non-aktif)"),
        gettext_lazy("Bayar lagi sebagai pendaftaran baru, atau hentikan bila tidak diteruskan."), "harm",
    ),
    "kpj_berbeda": Words(
        gettext_lazy("Nomor peserta berbeda"), gettext_lazy("Perbaiki nomor pesertanya sebelum kiriman berikut.")
    ),
    "menunggak": Words(gettext_lazy("Menunggak"), gettext_lazy("Bayar bulan yang tertinggal sebelum berhenti.")),
    "aktif": Words(gettext_lazy("Aktif"), gettext_lazy("Tidak ada yang perlu dilakukan."), "good"),
}  # fmt: skip
assert tuple(KINDS) == NAMES


Told = dict[str, Any]


def month_name(index: int | str) -> str:
    """A month, as an index or as YYYY-MM, as "Maret 2027" in the language of the page."""
    return date_format(first_day(month_index(index) if isinstance(index, str) else index), "F Y")


def said(kind: str, evidence: dict[str, Any]) -> str:
    """What the registers say about a finding, in a sentence or two."""
    told: Told = {name: month_name(value) if _is_month(value) else value for name, value in evidence.items()}
    sentences = [_SENTENCES[kind](told)] if kind in _SENTENCES else []
    unseen = told.get("bulan_tidak_tercatat")
    if unseen and kind not in {"belum_tercatat", "tidak_dikenal"}:
        sentences.append(
            ngettext(
                "%(n)s bulan yang kita bayar tidak tercatat.", "%(n)s bulan yang kita bayar tidak tercatat.", unseen
            )
            % {"n": number(unseen)}
        )
    if told.get("calon"):
        sentences.append(
            _("%(n)s baris bernama dan bertanggal lahir sama (KPJ %(kpj)s); belum tentu orangnya.")
            % {"n": number(told["calon"]), "kpj": told["calon_kpj"]}
        )
    return " ".join(sentences)


def _is_month(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 7 and value[4] == "-"


def _place(code: str) -> str:
    """The names of a place; of another province only its code is known."""
    name = path_name(code)
    return name if name.upper() != name.lower() else _("wilayah %(code)s") % {"code": code}


def _standing(told: dict[str, Any]) -> str:
    if "akhir" not in told:
        return _("Tidak tercatat pernah dibayar.")
    return _("Tercatat dibayar sampai %(akhir)s oleh %(pembayar)s.") % {"pembayar": "–", **told}


_SENTENCES: dict[str, Callable[[Told], str]] = {
    "meninggal": lambda told: _("Meninggal %(wafat)s menurut register penduduk.") % told,
    "menjadi_formal": lambda told: (
        _("Aktif sebagai %(formal_segmen)s sejak %(formal_sejak)s, KPJ %(formal_kpj)s.") % told
    ),
    "dibayar_lain": lambda told: (
        _("%(bulan_ganda)s bulan tercatat dibayar %(lain_pembayar)s, KPJ %(lain_kpj)s.") % told
    ),
    "pindah": lambda told: _("Kini tinggal di %(desa)s.") % {"desa": _place(told["desa_kini"])},
    "usia_lewat": lambda told: _("Melewati batas usia mendaftar sejak %(usia_lewat_sejak)s.") % told,
    "belum_tercatat": lambda told: (
        _("%(bulan_tidak_tercatat)s bulan yang baru kita bayar belum tercatat.") % told
    ),
    "tidak_dikenal": lambda told: _("Tidak ada baris dengan nomor peserta atau NIK-nya."),
    "lapse": _standing,
    "menunggak": _standing,
    "kpj_berbeda": lambda told: _("Tercatat dengan KPJ %(kpj_register)s.") % told,
}  # fmt: skip
