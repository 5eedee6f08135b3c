"""Receipt codes: ten signs that can be read aloud, of which the last shows a slip of the tongue.

Nineteen signs that neither look nor sound alike in Indonesian; 19^9 codes (38 bits). The signs, weighted 1 to 10, come
to 0 modulo 19, so that one wrong sign, or two that changed places, never give another code (ISO 7064 does the same).
"""

import re

from jangkau.apps.portal.sums import keyed

SIGNS = "23456789AFKLMRTUWXY"
_BASE, _LENGTH = len(SIGNS), 9


def code_of(*told: object) -> str:
    """The code of what was told: the same words the same code, so that a form sent twice is one request."""
    number = int(keyed("kode", "\x1f".join(map(str, told))), 16)
    signs = [number // _BASE**place % _BASE for place in range(_LENGTH)]
    return _shown([*signs, _last(signs)])


def read(text: str) -> str | None:
    """The code as it is shown, from however somebody wrote it; None for what is no code."""
    clean = re.sub(r"[\s.\-]", "", text).upper()
    if len(clean) != _LENGTH + 1 or not set(clean) <= set(SIGNS):
        return None
    signs = [SIGNS.index(sign) for sign in clean]
    return _shown(signs) if _last(signs[:-1]) == signs[-1] else None


def sum_of(code: str) -> str:
    """What is kept of a code."""
    return keyed("tanda", code)


def _last(signs: list[int]) -> int:
    """The sign with which the weighted sum is 0."""
    total = sum(weight * sign for weight, sign in enumerate(signs, 1))
    return -total * pow(_LENGTH + 1, -1, _BASE) % _BASE


def _shown(signs: list[int]) -> str:
    text = "".join(SIGNS[sign] for sign in signs)
    return f"{text[:5]}-{text[5:]}"
