"""Which decisions hold, and how they are told to the core."""

from collections import defaultdict
from collections.abc import Iterable

import polars as pl
from django.utils import timezone

from jangkau.apps.linkage.models import Decision
from jangkau.core.engine import frame
from jangkau.core.tables.registers import TINJAUAN
from jangkau.core.tables.schema import Frame

Pair = tuple[str, str, str]
ENOUGH = 3  # the third word settles what two see differently


def pair_of(decision: Decision) -> Pair:
    """The key of the pair decided."""
    return (decision.id_usulan, decision.register, decision.id_register)


def turned(pair: Pair) -> Pair:
    """The same two proposals seen from the other; of a register row nothing is the key of."""
    return (pair[2], pair[1], pair[0])


def standing(pair: Pair) -> list[Decision]:
    """What clerks said of a pair and did not take back, in order."""
    usulan, register, row = pair
    found = Decision.objects.filter(id_usulan=usulan, register=register, id_register=row, undone_at=None)
    return list(found.select_related("by"))


def verdict(words: Iterable[Decision]) -> Decision | None:
    """The decision that holds: the only one, the one two agree on, or the last of three; None where two differ."""
    said = list(words)
    if not said:
        return None
    if len(said) == 2 and said[0].keputusan != said[1].keputusan:
        return None
    return said[-1]


def tinjauan() -> tuple[Frame, list[int]]:
    """What holds today as TINJAUAN, and the ids of every decision that was looked at."""
    by_pair: dict[Pair, list[Decision]] = defaultdict(list)
    known = Decision.objects.filter(undone_at=None).select_related("by").order_by("id")
    for decision in known:
        by_pair[pair_of(decision)].append(decision)
    held = [word for words in by_pair.values() if (word := verdict(words))]
    rows = [_row(decision) for decision in sorted(held, key=lambda decision: decision.pk)]
    table = pl.DataFrame(rows, schema=dict.fromkeys(TINJAUAN.names, pl.String) | {"peluang": pl.Float64})
    return TINJAUAN.conform(frame(table)), [decision.pk for words in by_pair.values() for decision in words]


def _row(decision: Decision) -> dict[str, object]:
    at = timezone.localtime(decision.at).isoformat(timespec="microseconds")
    return {
        "id_usulan": decision.id_usulan, "register": decision.register, "id_register": decision.id_register,
        "keputusan": decision.keputusan, "oleh": decision.by.username, "waktu": at,
        "peluang": decision.peluang, "sidik": decision.sidik or None,
    }  # fmt: skip
