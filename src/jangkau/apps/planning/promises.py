"""What is promised already: months of people and money of funds, as the ledger of a room above says; and who is gone.

Those rooms import this one, so they put their answers into `BOOKS` and `GONE` as they start.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from jangkau.apps.planning.models import Plan
from jangkau.apps.registry.models import Fund
from jangkau.core.tables.settings import Settings


class Book(Protocol):
    """What a ledger answers."""

    def people(self, region: str, months: range) -> Mapping[str, int]:
        """`id_pekerja` of everyone of a region who has a payer in any of the months, and their last paid month."""

    def money(self, funds: Iterable[int]) -> Mapping[int, int]:
        """Fund (key) -> rupiah promised, billed or paid."""

    def of_plan(self, plan: Plan) -> Mapping[str, int]:
        """Fund (code) -> rupiah that decrees of the plan have brought into the ledger."""


BOOKS: list[Book] = []
GONE: list[Callable[[str], Iterable[str]]] = []


def held(region: str, settings: Settings) -> dict[str, int]:
    """Who has a payer in any month of the plan already, so that nobody is planned twice; with their last paid month."""
    months = range(settings.start, settings.start + settings.bulan)
    found: dict[str, int] = {}
    for book in BOOKS:
        for key, last in book.people(region, months).items():
            found[key] = max(last, found.get(key, last))
    return dict(sorted(found.items()))


def gone(region: str) -> frozenset[str]:
    """`id_pekerja` of those of a region who are not taken in again: they refused, or died."""
    return frozenset(key for told in GONE for key in told(region))


def bound(funds: Iterable[Fund]) -> Counter[int]:
    """Fund (key) -> rupiah of its budget that the ledger has promised, billed or paid; zero where it knows none."""
    keys = [fund.pk for fund in funds]
    return sum((Counter(dict(book.money(keys))) for book in BOOKS), Counter())


def left(fund: Fund, taken: Mapping[int, int]) -> int:
    """The rupiah of a fund's budget that are promised to nobody; `taken` as `bound` tells."""
    return max(0, fund.anggaran - taken.get(fund.pk, 0))


def decreed(plan: Plan) -> Counter[str]:
    """Fund (code) -> rupiah of an approved plan that stand in the ledger by its decrees."""
    return sum((Counter(dict(book.of_plan(plan))) for book in BOOKS), Counter())
