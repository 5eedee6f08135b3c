"""Numbers that identify a person, made safe to show, so that a clerk can still compare them."""

DOT = "•"
SHOWN = 4
FEW = 3


def mask(value: str | None) -> str:
    """The first four digits (a NIK's kabupaten), the rest as dots; nothing for nothing."""
    return "" if not value else value[:SHOWN] + DOT * max(len(value) - SHOWN, 0)


def mask_pair(one: str | None, other: str | None) -> tuple[str, str]:
    """Both numbers masked so that one still sees where they differ: at most three different digits are shown."""
    if one and other and len(one) == len(other):
        different = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        if len(different) <= FEW:
            return _only(one, different), _only(other, different)
    return mask(one), mask(other)


def _only(value: str, places: list[int]) -> str:
    return "".join(digit if at in places or at < SHOWN else DOT for at, digit in enumerate(value))
