"""Who comes in the place of those who were stopped: the next in line for the months that were let go."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.decrees.waiting import Queue
from jangkau.apps.enrolment.models import Decree, PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.linkage.models import Person
from jangkau.apps.reconciliation.models import Decision, Reconciliation
from jangkau.apps.reconciliation.selectors import findings
from jangkau.apps.registry.models import Fund
from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.handover import replacements
from jangkau.core.enrolment.rates import Paid, price
from jangkau.core.kernel.parts import parts

AT_ONCE = 2_000


@dataclass(frozen=True)
class Substitute:
    """A person for months of a fund that somebody else no longer needs; a new version of the decree names him."""

    person: Person
    fund: Fund
    decree: Decree
    first: int
    months: int
    rate: int


def substitutes(made: Reconciliation, user: User) -> list[Substitute]:
    """The next in line of each decree and fund, by the plan's points, for the months let go in the user's regions."""
    stopped = findings(user, made).filter(decision=Decision.STOP).values_list("released", flat=True)
    groups = _places([key for keys in stopped for key in keys])
    pairs = sorted({(group["decree"], group["fund"]) for group in groups})
    found: list[Substitute] = []
    for decree, fund in ((Decree.objects.get(pk=d), Fund.objects.get(pk=f)) for d, f in pairs):
        own = [group for group in groups if (group["decree"], group["fund"]) == (decree.pk, fund.pk)]
        taken = {one.person.pk for one in found}
        found += _matched(decree, fund, own, Queue(decree, fund).next(len(own), taken))
    return found


def _places(keys: list[int]) -> list[dict[str, Any]]:
    """The months let go that nobody pays again, by decree, fund and membership: first, how many, rupiah."""
    found: dict[tuple[int, int, int], dict[str, Any]] = {}
    for part in parts(keys, AT_ONCE):
        again = PersonMonth.objects.filter(person=OuterRef("person"), month=OuterRef("month"), state__in=LIVE)
        gone = PersonMonth.objects.filter(~Exists(again), pk__in=part).order_by("month", "pk")
        for decree, fund, enrolment, month, rate in gone.values_list("decree", "fund", "enrolment", "month", "rate"):
            new = {"decree": decree, "fund": fund, "enrolment": enrolment, "first": month, "n": 0, "sum": 0}
            place = found.setdefault((decree, fund, enrolment), new)
            place["first"], place["n"], place["sum"] = min(place["first"], month), place["n"] + 1, place["sum"] + rate
    return [found[key] for key in sorted(found)]


def _matched(decree: Decree, fund: Fund, free: list[dict[str, Any]], people: list[Person]) -> list[Substitute]:
    first = min(group["first"] for group in free)
    rates = [price(Paid(fund.jenis, fund.tarif, one.pekerjaan, first, 1, 0, 0))[0] for one in people]
    places = pl.DataFrame(
        [(one["enrolment"], fund.kode, one["first"], one["n"], one["sum"]) for one in free],
        {"id": pl.Int64, "dana": pl.String, "mulai": pl.Int64, "bulan": pl.Int64, "rupiah": pl.Int64}, orient="row",
    )  # fmt: skip
    queue = pl.DataFrame(
        [(str(at), fund.kode, at, rate) for at, rate in enumerate(rates)],
        {"id_pekerja": pl.String, "dana": pl.String, "urutan": pl.Int64, "iuran": pl.Int64}, orient="row",
    )  # fmt: skip
    rows = polars(replacements(frame(places), frame(queue))).sort(pl.col("id_pekerja").cast(pl.Int64))
    return [
        Substitute(people[int(row["id_pekerja"])], fund, decree, row["mulai"], row["bulan"], row["iuran"])
        for row in rows.iter_rows(named=True)
    ]
