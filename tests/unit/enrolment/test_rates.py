"""The months of a line cost what the law says and add up to the line."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.enrolment.rates import Paid, monthly, price
from jangkau.core.kernel.month import month_index
from jangkau.core.law.contributions import contributions

JANUARY = month_index("2026-01")


def by_law(payer: str, sector: str, first: int, months: int) -> list[int]:
    rows = {"bulan": list(range(first, first + months)), "pembayar": [payer] * months, "sektor": [sector] * months}
    return contributions(pl.DataFrame(rows))["total"].to_list()


@settings(deadline=None, max_examples=tries(30))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["APBD_PROV", "CSR", "DBH_SAWIT"]), st.sampled_from(["TANI", "ANGKUTAN"]),
            st.integers(JANUARY, JANUARY + 20), st.integers(1, 14),
        ),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_months_of_the_lowest_base_are_those_of_the_law(asked):
    rates = {one: by_law(*one) for one in asked}
    lines = [Paid(k, "AUTO", s, f, m, rates[k, s, f, m][0], sum(rates[k, s, f, m])) for k, s, f, m in asked]
    assert monthly(lines) == {line: rates[line.jenis, line.pekerjaan, line.first, line.months] for line in lines}
    assert all(price(line) == monthly(lines)[line] for line in lines)


@settings(deadline=None, max_examples=tries(40))
@given(st.integers(1, 60_000), st.integers(1, 14), st.integers(0, 500_000))
def test_whatever_a_line_costs_its_months_add_up_to_it(first_price, months, more):
    line = Paid("APBD_PROV", "AUTO", "ANGKUTAN", JANUARY, months, first_price, first_price * months + more)
    found = monthly([line])[line]
    assert len(found) == months
    assert sum(found) == line.total


def test_equal_months_stay_equal_where_the_base_is_an_income():
    line = Paid("APBD_PROV", "PENUH", None, JANUARY, 3, 22_050, 66_150)
    assert monthly([line])[line] == [22_050] * 3


def test_no_lines_cost_nothing():
    assert monthly([]) == {}
