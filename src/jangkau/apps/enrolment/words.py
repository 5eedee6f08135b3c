"""The lifecycle in the words of the screens, in the language of the reader; the core's own words are the Indonesian."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: dict[str, tuple[object, object]] = {
    "diusulkan": (_("diusulkan"), _("diusulkan rencana atau SK, belum diperiksa orangnya")),
    "terverifikasi": (_("terverifikasi"), _("orangnya pasti dan memenuhi syarat")),
    "ditetapkan": (_("ditetapkan"), _("namanya ada dalam SK yang berlaku")),
    "diajukan": (_("diajukan"), _("sudah diajukan ke BPJS Ketenagakerjaan, menunggu jawaban")),
    "diterima": (_("diterima"), _("BPJS Ketenagakerjaan menerima dan memberi nomor peserta (KPJ)")),
    "ditolak": (_("ditolak"), _("BPJS Ketenagakerjaan menolak; diperbaiki lalu diajukan lagi, atau diganti")),
    "ditagih": (_("ditagih"), _("iuran pertamanya ada dalam kode iuran, belum dibayar")),
    "dibayar": (_("dibayar"), _("iuran pertamanya dibayar; menunggu tercatat aktif")),
    "aktif": (_("aktif"), _("tercatat sebagai peserta aktif")),
    "tunggakan": (_("tunggakan"), _("ada bulan yang belum dibayar; keanggotaan masih berdiri")),
    "non-aktif": (_("non-aktif"), _("keanggotaan gugur karena tidak dibayar")),
    "selesai": (pgettext_lazy("keanggotaan", "selesai"), _("tidak lagi dibayar oleh program ini")),
}
REASONS: dict[str, tuple[object, object]] = {
    "meninggal": (_("meninggal"), _("meninggal dunia; ahli waris dibantu mengurus santunan")),
    "pindah": (_("pindah"), _("pindah ke luar wilayah program")),
    "formal": (_("formal"), _("menjadi pekerja penerima upah; iurannya dibayar pemberi kerja")),
    "usia": (_("usia"), _("melewati batas usia")),
    "menolak": (_("menolak"), _("tidak bersedia menjadi peserta")),
}


def state(code: str) -> str:
    """A state's name."""
    return str(STATES[code][0]) if code in STATES else code


def meaning(code: str, reason: str = "") -> str:
    """What a state means, or why a membership ended."""
    return str((REASONS.get(reason) or STATES[code])[1])
