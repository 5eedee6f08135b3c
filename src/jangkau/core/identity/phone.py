"""Phone numbers as officials type them."""

import re
import unicodedata

_NOT_DIGIT = re.compile(r"\D")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
_FLOAT = re.compile(r"\.0+$")
_BETWEEN = re.compile(r"[/;,&|\n]|\bdan\b|\batau\b", re.IGNORECASE)
SHORTEST, LONGEST = 10, 13
LONGEST_TEXT = 200


def normalise_phone(text: str) -> str | None:
    """The first mobile number of a cell as `08...` (10-13 digits), or None.

    Takes +62, 62, 0062, a lost leading 0, blanks, dots, dashes, `.0`, and several numbers in one cell.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).strip()
    for part in [*_BETWEEN.split(text), text]:
        number = _mobile(part)
        if number:
            return number
    return None


def _mobile(part: str) -> str | None:
    part = part.strip()
    if _SCIENTIFIC.fullmatch(part):
        return None
    digits = _NOT_DIGIT.sub("", _FLOAT.sub("", part).translate(str.maketrans("Oo", "00")))
    digits = re.sub(r"^(?:00)?62(?:\(?0\)?)?(?=8)", "0", digits)
    digits = f"0{digits}" if digits.startswith("8") else digits
    plausible = digits.startswith("08") and SHORTEST <= len(digits) <= LONGEST and len(set(digits[4:])) > 1
    return digits if plausible else None
