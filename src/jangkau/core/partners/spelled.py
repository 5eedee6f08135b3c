"""Amounts in words, as receipts have them."""

_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_STEPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"), (100, "ratus"))
_ONE = {100: "seratus", 1_000: "seribu"}


def spelled(value: int) -> str:
    """11.250 -> sebelas ribu dua ratus lima puluh; 0 is nol, and what is below it begins with minus."""
    if value < 0:
        return f"minus {spelled(-value)}"
    return " ".join(_words(value)) or "nol"


def _words(value: int) -> list[str]:
    if value < len(_ONES):
        return [_ONES[value]] if value else []
    if value < 20:
        return [_ONES[value - 10], "belas"]
    if value < 100:
        return [_ONES[value // 10], "puluh", *_words(value % 10)]
    size, name = next(step for step in _STEPS if value >= step[0])
    count, rest = divmod(value, size)
    head = [_ONE[size]] if count == 1 and size in _ONE else [*_words(count), name]
    return [*head, *_words(rest)]
