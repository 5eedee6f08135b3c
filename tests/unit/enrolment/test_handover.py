"""Handing people to the next fund, and money to the next people."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.findings import KINDS
from jangkau.core.enrolment.handover import handover, replacements
from jangkau.core.enrolment.lifecycle import REASONS
from jangkau.core.kernel.month import month_index
from jangkau.core.tables.registers import DANA

NOV = month_index("2026-11")
FUNDS = DANA.conform(
    frame(
        pl.DataFrame(
            {"kode": ["BAZ", "KAB"], "jenis": ["ZAKAT", "APBD_KAB"], "tarif": [None, "AUTO"], "anggaran": [0, 0]}
        )
    )
)
PEOPLE = frame(
    pl.DataFrame(
        {"id": [1], "pekerjaan": ["TANI"], "penghasilan": [None]},
        {"penghasilan": pl.Int64} | {"id": pl.Int64, "pekerjaan": pl.String},
    )
)


def months(*rows: tuple[int, str, str]) -> object:
    table = pl.DataFrame(
        [{"id": 1, "bulan": m, "dana": fund, "iuran": 8_400, "keadaan": state} for m, fund, state in rows]
    )
    return frame(table)


def test_the_next_fund_takes_exactly_the_months_let_go_at_its_own_price() -> None:
    paid = [
        (NOV - 1, "BAZ", "dibayar"),
        (NOV, "BAZ", "dibayar"),
        (NOV + 1, "BAZ", "komitmen"),
        (NOV + 2, "BAZ", "ditagih"),
    ]
    rows = polars(handover(months(*paid), PEOPLE, FUNDS, "KAB", NOV + 1)).rows(named=True)
    assert [(r["bulan"], r["dana"], r["iuran"], r["iuran_baru"], r["celah"]) for r in rows] == [
        (NOV + 1, "BAZ", 8_400, 16_800, 0), (NOV + 2, "BAZ", 8_400, 16_800, 0),
    ]  # fmt: skip


def test_a_gap_that_was_there_already_is_told() -> None:
    table = polars(handover(months((NOV - 3, "BAZ", "dibayar"), (NOV, "BAZ", "komitmen")), PEOPLE, FUNDS, "KAB", NOV))
    assert table["celah"].to_list() == [2]


def test_a_fund_takes_nothing_from_itself_and_nothing_already_paid() -> None:
    table = handover(months((NOV, "KAB", "komitmen"), (NOV + 1, "BAZ", "dibayar")), PEOPLE, FUNDS, "KAB", NOV)
    assert not len(table)


free = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.integers(1, 6), st.sampled_from([8_400, 16_800])), max_size=6)
queue = st.lists(st.tuples(st.sampled_from(["A", "B"]), st.sampled_from([8_400, 16_800])), max_size=8)


@given(free, queue)
def test_nobody_is_called_twice_and_no_fund_pays_more_than_was_let_go(free: list, queue: list) -> None:
    places = [{"id": n, "dana": d, "mulai": NOV, "bulan": m, "rupiah": m * each} for n, (d, m, each) in enumerate(free)]
    people = [{"id_pekerja": f"p{n % 5}", "dana": d, "urutan": n, "iuran": each} for n, (d, each) in enumerate(queue)]
    got = polars(
        replacements(_table(places, "id dana mulai bulan rupiah"), _table(people, "id_pekerja dana urutan iuran"))
    )
    assert got["id_pekerja"].n_unique() == got.height
    assert got["id"].n_unique() == got.height
    paid = {row["id"]: row["bulan"] * row["iuran"] for row in got.rows(named=True)}
    assert all(paid[place["id"]] <= place["rupiah"] for place in places if place["id"] in paid)


def test_the_first_in_order_is_called_first() -> None:
    places = _table([{"id": 1, "dana": "A", "mulai": NOV, "bulan": 3, "rupiah": 50_400}], "id dana mulai bulan rupiah")
    people = [{"id_pekerja": p, "dana": "A", "urutan": n, "iuran": 16_800} for p, n in (("late", 2), ("next", 1))]
    rows = polars(replacements(places, _table(people, "id_pekerja dana urutan iuran"))).rows(named=True)
    assert rows == [{"id": 1, "dana": "A", "id_pekerja": "next", "mulai": NOV, "bulan": 3, "iuran": 16_800}]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.reason], ids=lambda kind: kind.name)
def test_a_finding_that_ends_an_enrolment_names_a_reason_of_the_lifecycle(kind: object) -> None:
    assert kind.reason in REASONS


def _table(rows: list[dict], names: str) -> object:
    types = {name: pl.String if name in ("dana", "id_pekerja") else pl.Int64 for name in names.split()}
    return frame(pl.DataFrame(rows, schema=types))
