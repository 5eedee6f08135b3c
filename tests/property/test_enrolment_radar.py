"""The lapse radar against a slow walk through each person's months."""

from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.radar import radar, totals
from jangkau.core.kernel.month import month_index
from jangkau.core.law.contributions import contributions
from jangkau.core.tables.reconciliation import BRIDGES
from jangkau.core.tables.registers import DANA

NOW = month_index("2026-10")
FUNDS = {"PROV": ("APBD_PROV", None), "CSR": ("CSR", "AUTO"), "BAZ": ("ZAKAT", "PENUH")}
people = st.lists(
    st.tuples(
        st.dictionaries(st.integers(NOW - 20, NOW + 15), st.sampled_from(list(FUNDS)), max_size=14),
        st.sampled_from(["ANGKUTAN", "TANI", None]),
        st.sampled_from([None, 900_000, 2_000_000]),
    ),
    min_size=1,
    max_size=5,
)


def asked(who: list[Any], as_of: int) -> pl.DataFrame:
    persons = [
        {"id": at, "kode_desa": f"17010120{at:02}", "pekerjaan": job, "penghasilan": income}
        for at, (_, job, income) in enumerate(who)
    ]
    types = {"id": pl.Int64, "kode_desa": pl.String, "pekerjaan": pl.String, "penghasilan": pl.Int64}
    rows = [(at, m, fund) for at, (held, _, _) in enumerate(who) for m, fund in held.items()]
    months = pl.DataFrame(rows, {"id": pl.Int64, "bulan": pl.Int64, "dana": pl.String}, orient="row")
    funds = pl.DataFrame(
        [{"kode": c, "jenis": k, "tarif": rate, "anggaran": 0} for c, (k, rate) in FUNDS.items()],
        schema={"kode": pl.String, "jenis": pl.String, "tarif": pl.String, "anggaran": pl.Int64},
    )
    return polars(radar(frame(pl.DataFrame(persons, types)), frame(months), DANA.conform(frame(funds)), as_of))


def walk(held: dict[int, str], as_of: int) -> tuple[int, int, bool] | None:
    """Last month paid, first month out, and whether a full death benefit is lost: month by month."""
    last, in_a_row, earned, member = min(held), 0, False, True
    for month in range(min(held), as_of + 13):
        if member and month - last > 3:  # over after three unpaid months, even where somebody pays in this one
            if month > as_of:
                return last, month, earned
            member = False
        if month in held:
            if not member:
                in_a_row, earned, member = 0, False, True
            in_a_row = in_a_row + 1 if last == month - 1 else 1
            last, earned = month, earned or in_a_row >= 3
    return None


def bridge(fund: str, job: str | None, income: int | None, last: int, many: int) -> int:
    kind, rate = FUNDS[fund]
    rows = [
        {"bulan": last + n, "pembayar": kind, "tarif": rate, "sektor": job, "penghasilan": income}
        for n in range(1, many + 1)
    ]
    types = {"bulan": pl.Int64, "pembayar": pl.String, "tarif": pl.String, "sektor": pl.String, "penghasilan": pl.Int64}
    return int(polars(contributions(frame(pl.DataFrame(rows, types))))["total"].sum())


@settings(max_examples=tries(60), deadline=None)
@given(people, st.integers(NOW - 6, NOW + 6))
def test_endings_and_bridges_are_those_of_a_walk_through_the_months(who: list[Any], as_of: int) -> None:
    got = {row["id"]: row for row in asked(who, as_of).to_dicts()}
    for at, (held, job, income) in enumerate(who):
        want = walk(held, as_of) if min(held, default=as_of + 13) <= as_of + 12 else None
        if want is None:
            assert at not in got
            continue
        row = got.pop(at)
        assert (row["terakhir"], row["henti"], row["hilang_penuh"]) == want
        assert row["dana"] == held[want[0]]
        for many in (1, 5, 12):
            assert row[BRIDGES[many - 1]] == bridge(row["dana"], job, income, want[0], many)
    assert not got


def test_a_relief_that_ends_makes_the_later_months_dearer() -> None:
    row = asked(
        [({month_index("2026-09") - n: "CSR" for n in range(3)}, "TANI", None)], month_index("2026-10")
    ).to_dicts()[0]
    assert [row[name] for name in BRIDGES[:4]] == [8_400, 16_800, 25_200, 42_000]  # from January 2027 in full


def test_totals_add_up_by_fund_and_month() -> None:
    who = [({NOW - n: "PROV" for n in range(many)}, "TANI", None) for many in (2, 3, 5)]
    table = totals(frame(asked(who, NOW)), ["dana", "henti"])
    assert table.select("dana", "henti", "orang", "hilang_penuh", "jembatan_3").rows() == [
        ("PROV", NOW + 4, 3, 2, 3 * 3 * 16_800)
    ]
