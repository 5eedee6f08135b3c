"""What of a cell may be seen where it is not being mended."""

import re
from difflib import SequenceMatcher

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


def veil_pair(one: str, other: str) -> tuple[str, str]:
    """Both veiled, but with the digits in which they differ open: enough to choose between the two."""
    open_one, open_other = set[int](), set[int]()
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            open_one.update(range(a, b))
            open_other.update(range(c, d))
    return _opened(one, open_one), _opened(other, open_other)


def _opened(text: str, places: set[int]) -> str:
    return "".join(text[at] if at in places else letter for at, letter in enumerate(veil(text)))
