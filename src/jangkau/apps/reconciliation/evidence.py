"""What registers say about a finding, kept with it as JSON: few words, numbers masked, months as YYYY-MM.

Written as text by whole columns: a hundred thousand findings come at once.
"""

import polars as pl

from jangkau.apps.audit.masking import mask_number

_NUMBERS = ("kpj_register", "formal_kpj", "lain_kpj", "calon_kpj")
_MONTHS = ("awal", "akhir", "dibayar_kita", "wafat", "formal_sejak", "usia_lewat_sejak")
_WORDS = ("status", "cara", "pembayar", "desa_kini", "formal_segmen", "lain_pembayar")
_COUNTS = ("bulan_ganda", "bulan_tidak_tercatat", "calon")
_OF_KIND = {"wafat": "meninggal", "desa_kini": "pindah", "usia_lewat_sejak": "usia_lewat"}
_UNSAFE = r'["\\\x00-\x1f]'


def evidence() -> pl.Expr:
    """The evidence of each row of TEMUAN as the text of a JSON object; what says nothing is left out.

    Death, home and age are facts of the population register: they stand only where they are what was found.
    """
    parts = [
        *(_quoted(name, pl.col(name).map_elements(mask_number, return_dtype=pl.String)) for name in _NUMBERS),
        *(_quoted(name, _month(name)) for name in _MONTHS),
        *(_quoted(name, pl.col(name).str.replace_all(_UNSAFE, "")) for name in _WORDS),
        *(pl.when(pl.col(name) > 0).then(pl.format(f'"{name}": {{}}', pl.col(name))) for name in _COUNTS),
    ]
    inside = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    return pl.concat_str(pl.lit("{"), inside, pl.lit("}"))


def _quoted(name: str, text: pl.Expr) -> pl.Expr:
    told = pl.format(f'"{name}": "{{}}"', text)
    if name not in _OF_KIND:
        return told
    held = pl.format("|{}|{}|", "jenis", "juga").str.contains(f"|{_OF_KIND[name]}|", literal=True)
    return pl.when(held).then(told)


def _month(name: str) -> pl.Expr:
    year, month = (pl.col(name) // 12).cast(pl.String), (pl.col(name) % 12 + 1).cast(pl.String).str.zfill(2)
    return pl.format("{}-{}", year, month)


def listed(name: str) -> pl.Expr:
    """A column of lists of months as the text of a JSON list."""
    months = pl.col(name).cast(pl.List(pl.String)).list.join(", ").fill_null("")
    return pl.concat_str(pl.lit("["), months, pl.lit("]"))
