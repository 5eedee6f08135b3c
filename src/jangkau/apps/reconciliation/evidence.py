"""What registers say about a finding, kept with it: few words, numbers masked, months as YYYY-MM."""

from typing import Any

from jangkau.apps.audit.masking import mask_number
from jangkau.core.kernel.month import month_text

_NUMBERS = ("kpj_register", "formal_kpj", "lain_kpj", "calon_kpj")
_MONTHS = ("awal", "akhir", "dibayar_kita", "wafat", "formal_sejak", "usia_lewat_sejak")
_PLAIN = (
    "status", "cara", "pembayar", "desa_kini", "formal_segmen", "lain_pembayar", "bulan_ganda",
    "bulan_tidak_tercatat", "calon",
)  # fmt: skip
_OF_KIND = {
    "meninggal": {"wafat"},
    "pindah": {"desa_kini"},
    "usia_lewat": {"usia_lewat_sejak"},
}


def evidence(row: dict[str, Any]) -> dict[str, Any]:
    """The evidence of one row of TEMUAN; what says nothing is left out.

    Death, home and age are facts of the population register: they stand only where they are what was found.
    """
    held = {row["jenis"], *row["juga"].split("|")}
    hidden = {name for kind, names in _OF_KIND.items() if kind not in held for name in names}
    told: dict[str, Any] = {name: mask_number(row[name]) for name in _NUMBERS if row[name]}
    told |= {name: month_text(row[name]) for name in _MONTHS if row[name] is not None}
    told |= {name: row[name] for name in _PLAIN if row[name]}
    return {name: value for name, value in told.items() if name not in hidden}
