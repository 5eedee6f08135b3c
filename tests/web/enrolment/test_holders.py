"""Nobody who has a payer already is planned again for the same months."""

from collections.abc import Callable

import polars as pl

from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.decrees.waiting import Queue
from jangkau.apps.enrolment.models import Decree, Enrolment, PersonMonth
from jangkau.apps.planning.basis import HELD, without
from jangkau.apps.planning.promises import bound, gone, held, left
from jangkau.core.tables.settings import Settings

from .conftest import FIRST, RATE, make_people, person_months


def plan_of(start: str, months: int) -> Settings:
    return Settings.model_validate({"provinsi": "17", "per": "2026-11-22", "mulai": start, "bulan": months})


def test_promised_months_hold_a_person_for_plans_that_touch_them(decree: Callable[..., Decree]) -> None:
    made = decree(people=2, months=3)
    ledger.commit(person_months(made), decree=made, by=None)
    assert held("1705", plan_of("2027-03", 12)) == {"P1": FIRST + 2, "P2": FIRST + 2}
    assert held("1705", plan_of("2027-04", 12)) == {}
    assert held("1704", plan_of("2027-03", 12)) == {}
    ledger.release(PersonMonth.objects.filter(person=1), by=None)
    assert held("17", plan_of("2026-12", 2)) == {"P2": FIRST + 2}


def test_money_in_the_ledger_is_told_to_plans(decree: Callable[..., Decree]) -> None:
    made = decree(people=2, months=3, anggaran=1_000_000)
    fund = made.lines.first().fund
    assert bound([fund])[fund.pk] == 0
    ledger.commit(person_months(made), decree=made, by=None)
    assert left(fund, bound([fund])) == 1_000_000 - 6 * RATE
    ledger.release(PersonMonth.objects.filter(person=1), by=None)
    assert left(fund, bound([fund])) == 1_000_000 - 3 * RATE


def test_who_is_held_is_not_eligible_and_told_why() -> None:
    verdicts = pl.DataFrame(
        {"id_pekerja": ["P1", "P2", "P3"], "layak": [True, True, False], "alasan": [[], [], ["MENINGGAL"]]}
    )
    out = without(verdicts, pl.col("id_pekerja").is_in(["P1", "P3"]), HELD)
    assert out["layak"].to_list() == [False, True, False]
    assert out["alasan"].to_list() == [[HELD], [], ["MENINGGAL", HELD]]
    assert without(verdicts, pl.lit(value=False), HELD)["layak"].to_list() == [True, True, False]


def test_who_refused_or_died_is_neither_planned_nor_next_in_line(decree: Callable[..., Decree]) -> None:
    made, people = decree(people=1), make_people(5, 10)
    for person, reason in zip(people, ("menolak", "meninggal", "pindah", "menolak"), strict=False):
        Enrolment.objects.create(person=person, region_code="1705012002", state="selesai", reason=reason)
    Enrolment.objects.create(person=people[3], region_code="1705012002", state="selesai", reason="formal")
    assert (gone("1705"), gone("1704")) == ({"P10", "P11"}, frozenset())
    queue = Queue(made, made.lines.get().fund).next(10)
    assert {person.id_pekerja for person in queue} == {"P12", "P13", "P14"}
