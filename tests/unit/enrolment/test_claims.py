"""Deaths among the covered against a person-by-person reading; heirs, papers and clocks."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.engine import polars
from jangkau.core.enrolment.case_states import data, states, step
from jangkau.core.enrolment.claims import clock, deaths, heirs, paid_months, papers, stages
from jangkau.core.kernel.month import month_index, month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.benefits import DEATH, DISABLED, UNABLE, WORK_DEATH
from jangkau.core.law.book import Book
from jangkau.core.law.claims import Event, claim, years_after
from jangkau.core.law.membership import STATES, status_of

BOOK, TODAY = Book.load(), date(2026, 11, 22)
M = month_index


def died(*rows):
    return pl.DataFrame(rows, schema={"orang": pl.String, "tanggal_meninggal": pl.Date}, orient="row")


def paid(**months):
    rows = [(who, month, "BPU") for who, found in months.items() for month in found]
    return pl.DataFrame(rows, schema={"orang": pl.String, "bulan": pl.Int64, "segmen": pl.String}, orient="row")


def one(day, months):
    return polars(deaths(died(("a", day)), paid(a=months), TODAY)).row(0, named=True)


def test_heirs_of_a_covered_member_are_visited_and_months_after_the_death_counted():
    found = one(date(2026, 8, 10), range(M("2026-05"), M("2026-12") + 1))
    assert (found["status"], found["penuh"], found["kunjungi"]) == ("aktif", True, True)
    assert (found["terdaftar"], found["bulan_dibayar"], found["sesudah"]) == (M("2026-05"), 4, 4)
    assert found["kedaluwarsa"] == date(2031, 8, 10)
    assert found["sisa_hari"] == (date(2031, 8, 10) - TODAY).days


def test_who_had_lapsed_or_enrolled_after_the_death_is_not_visited():
    assert one(date(2026, 8, 10), range(M("2026-01"), M("2026-04")))["status"] == "non-aktif"
    late = one(date(2026, 8, 10), [M("2026-09")])
    assert (late["status"], late["kunjungi"], late["sesudah"], late["terdaftar"]) == ("belum", False, 1, None)


def test_the_last_day_to_claim_still_counts():
    months = range(M("2021-01"), M("2021-12"))
    assert one(date(2021, 11, 22), months)["kunjungi"]
    assert not one(date(2021, 11, 21), months)["kunjungi"]


def test_an_impossible_date_and_a_death_before_the_deadline_was_known_are_left_out():
    rows = died(("a", date(2027, 1, 1)), ("a", None), ("b", date(2015, 1, 1)), ("c", date(2026, 5, 1)))
    months = range(M("2014-01"), M("2026-06"))
    assert polars(deaths(rows, paid(a=months, b=months), TODAY)).is_empty()


def test_of_two_dates_the_first_holds():
    found = deaths(died(("a", date(2026, 8, 2)), ("a", date(2026, 7, 2))), paid(a=[M("2026-07")]), TODAY)
    assert polars(found)["tanggal_meninggal"].to_list() == [date(2026, 7, 2)]


_months = st.lists(st.integers(M("2023-01"), M("2026-12")), max_size=30)


@settings(max_examples=tries(60), deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.dates(date(2021, 6, 1), date(2026, 12, 31)), _months)))
def test_all_at_once_is_as_one_by_one(people):
    rows = died(*((who, day) for who, (day, _) in people.items()))
    found = polars(deaths(rows, paid(**{who: months for who, (_, months) in people.items()}), TODAY, BOOK))
    told = {row["orang"]: row for row in found.iter_rows(named=True)}
    assert set(told) == {who for who, (day, months) in people.items() if months and day <= TODAY}
    for who, row in told.items():
        day, months = people[who]
        line = status_of(months, month_of(day), "BPU", BOOK)
        state = STATES[line.state[0, -1]] if line.state.shape[1] else "belum"
        assert row["status"] == state
        assert row["penuh"] == bool(line.waited[0, -1] if line.waited.shape[1] else False)
        starts = line.months(0, line.registration == line.registration[0, -1:])
        assert row["terdaftar"] == (starts[0] if state != "belum" else None)
        assert row["bulan_dibayar"] == len({month for month in months if month <= month_of(day)})
        assert row["sesudah"] == len({month for month in months if month > month_of(day)})
        assert row["kedaluwarsa"] == years_after(day, 5)
        assert row["kunjungi"] == (state in ("aktif", "tunggakan") and years_after(day, 5) >= TODAY)


def test_the_order_of_rows_does_not_matter():
    rows, months = died(("a", date(2026, 5, 1)), ("b", date(2026, 4, 1))), paid(a=[M("2026-05")], b=[M("2026-04")])
    one, other = deaths(rows, months, TODAY), deaths(rows.reverse(), months.reverse(), TODAY)
    assert polars(one).equals(polars(other))


def test_member_rows_become_months_and_unreadable_or_endless_ones_do_no_harm():
    rows = pl.DataFrame(
        [("a", "PU", "2026-01", "2026-03"), ("a", None, "kosong", "2026-03"), ("b", None, "1990-01", "2015-08"),
         ("c", "BPU", "2026-10", "9999-12"), ("d", "BPU", "2026-05", "2026-04"), (None, "BPU", "2026-01", "2026-02")],
        schema=["orang", "segmen", "mulai", "dibayar_sampai"], orient="row",
    )  # fmt: skip
    found = polars(paid_months(rows, TODAY, BOOK))
    count = dict(found.group_by("orang").len().iter_rows())
    assert count == {"a": 3, "b": 2, "c": M("2026-11") + 36 - M("2026-10") + 1}
    assert found.filter(orang="b")["segmen"].unique().to_list() == ["BPU"]


def resident(nik, relation, born, kk="K1", death=None):
    return {"nik": nik, "no_kk": kk, "nama": f"ORANG {nik}", "hubungan": relation, "jenis_kelamin": "P",
            "tanggal_lahir": born, "kode_desa": "1705012002", "tanggal_meninggal": death}  # fmt: skip


HOUSE = pl.DataFrame(
    [resident("1", "KEPALA", date(1970, 1, 1)), resident("2", "PASANGAN", date(1972, 1, 1)),
     resident("3", "ANAK", date(2010, 1, 1)), resident("4", "ANAK", date(2004, 1, 1)),
     resident("5", "LAIN", date(1950, 1, 1)), resident("6", "ANAK", date(2000, 1, 1), death=date(2020, 1, 1)),
     resident("7", "KEPALA", date(1980, 1, 1), kk="K2"), resident("8", None, None)],
    schema_overrides={"tanggal_lahir": pl.Date, "tanggal_meninggal": pl.Date},
)  # fmt: skip


@pytest.mark.parametrize(
    ("dead", "expected"),
    [
        ("1", [("2", "pasangan"), ("4", "anak"), ("3", "anak"), ("5", "serumah"), ("8", "serumah")]),
        ("2", [("1", "pasangan"), ("4", "anak"), ("3", "anak"), ("5", "serumah"), ("8", "serumah")]),
        ("3", [("1", "orang tua"), ("2", "orang tua"), ("4", "saudara"), ("5", "serumah"), ("8", "serumah")]),
        ("7", []),
        ("9", []),
    ],
)
def test_whom_to_visit_is_the_living_household_nearest_first(dead, expected):
    assert polars(heirs(HOUSE, [dead])).select("nik", "hubungan").rows() == expected


def test_stages_of_school_follow_age_and_end_before_twenty_three():
    day = date(2026, 6, 1)
    births = [date(2022, 1, 1), date(2013, 6, 2), date(2010, 6, 1), date(2004, 1, 1), date(2003, 1, 1), None]
    assert stages(births, day) == ("TK", "SD", "SMA", "PT")
    assert stages([date(2027, 1, 1)], day) == ()


@pytest.mark.parametrize("kind", [DEATH, WORK_DEATH, DISABLED, UNABLE])
def test_every_paper_of_the_law_says_who_brings_it_and_from_where(kind):
    found = claim(Event(kind, TODAY, paid=(month_of(TODAY),), wage=1_000_000, children=("SD",)), BOOK)
    told = papers(Event(kind, TODAY, wage=1_000_000, children=("SD",)), BOOK)
    assert [paper.name for paper in told] == list(found.papers)
    assert all(paper.who and paper.where and paper.confidence in ("tinggi", "sedang", "rendah") for paper in told)
    assert (kind == UNABLE) == ("akta kelahiran anak" not in found.papers)


def test_the_clock_runs_two_days_and_knows_late():
    happened = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    running = clock(happened, book=BOOK)
    assert running.deadline == happened + timedelta(hours=48)
    assert not running.late(happened + timedelta(hours=48))
    assert running.late(happened + timedelta(hours=48, seconds=1))
    assert running.left(happened + timedelta(hours=50)) == timedelta(hours=-2)
    told = clock(happened, happened + timedelta(hours=47), BOOK)
    assert not told.late(happened + timedelta(days=30))


def test_states_are_reachable_and_lead_only_to_states():
    known = states()
    assert all(after in known for state in known.values() for after in state.to)
    reached, fresh = set(), {"dilaporkan"}
    while fresh:
        reached |= fresh
        fresh = {after for name in fresh for after in known[name].to} - reached
    assert reached == set(known)
    assert {state.name for state in known.values() if state.final} == {"dibayar", "kedaluwarsa", "batal"}


def test_a_step_that_is_not_drawn_is_refused_with_the_ways_open():
    step("dilaporkan", "diperiksa", today=TODAY)
    with pytest.raises(Problem, match="berkas dikumpulkan") as refused:
        step("diperiksa", "dibayar", day=TODAY, today=TODAY)
    assert refused.value.kind.kode == "KLAIM_LANGKAH"
    with pytest.raises(Problem, match="kasus ini selesai"):
        step("dibayar", "diajukan", day=TODAY, today=TODAY)


@pytest.mark.parametrize(
    ("more", "kode"),
    [
        ({"reason": "", "day": TODAY}, "KLAIM_ALASAN"),
        ({"reason": "kurang bukti kerja"}, "KLAIM_TANGGAL"),
        ({"reason": "kurang bukti kerja", "day": TODAY + timedelta(days=1)}, "KLAIM_TANGGAL"),
    ],
)
def test_a_refusal_says_why_and_when(more, kode):
    with pytest.raises(Problem) as refused:
        step("diajukan", "ditolak", **more, today=TODAY)
    assert refused.value.kind.kode == kode


def test_relations_are_those_of_the_register():
    from jangkau.core.tables.common import RELATIONS

    assert set(data()["kerabat"]) == set(RELATIONS)
    assert {word for to in data()["kerabat"].values() for word in to.values()} <= set(data()["urutan_kunjungan"])
