"""What of a cell may be seen where it is not being mended."""

import re

_LONG = re.compile(r"\d(?:[\s.,'’`*/-]?\d){8,}")


def veil(text: str) -> str:
    """Text in which every long number is veiled, also one with blanks or dots in it: the first four and last four
    digits stay, as in `mask_number`."""
    return _LONG.sub(_veiled, text)


def is_veiled(text: str) -> bool:
    """Whether anything of it would be veiled."""
    return _LONG.search(text) is not None


def _veiled(found: re.Match[str]) -> str:
    digits = [at for at, letter in enumerate(found.group()) if letter.isdigit()]
    hidden = set(digits[4:-4])
    return "".join("•" if at in hidden else letter for at, letter in enumerate(found.group()))
