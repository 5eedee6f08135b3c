"""Between two dates everybody who came or went has one reason, and the reasons add up."""

from datetime import date
from typing import Any

import polars as pl
from counted import PER, member, members, nik, population, resident
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.coverage import change, funnel, read_panel, whereabouts
from jangkau.core.coverage.change import JOINED, veiled
from jangkau.core.engine import frame, polars
from jangkau.core.law.book import Book

APRIL, MAY = date(2026, 4, 30), date(2026, 5, 31)
LAPSED = {"dibayar_sampai": "2026-05"}


def changed(before: Any, now: Any, earlier: Any = None, homes: Any = None) -> pl.DataFrame:
    potret = {MAY: before, PER: now} | ({APRIL: earlier} if earlier is not None else {})
    panel = read_panel(potret, "17", Book.load(), 1)
    known = whereabouts(panel, potret, (MAY, PER), provinsi="17", book=Book.load(), penduduk=homes)
    return polars(change(panel, known, MAY, PER, provinsi="17", kabupaten=["1701", "1702"]))


def steps(found: pl.DataFrame, wilayah: str = "17", segmen: str = "SEMUA") -> dict[str, int]:
    rows = found.filter(pl.col("orang") != 0, wilayah=wilayah, segmen=segmen)
    return dict(rows.select("langkah", "perubahan").rows())


def active(*numbers: int, **facts: Any) -> list[dict[str, Any]]:
    return [member(n, **({"dibayar_sampai": "2026-05"} | facts)) for n in numbers]


def test_each_who_left_has_the_first_reason_that_holds():
    before = members(*active(1, 2, 3, 4, 5, 6))
    now = members(
        member(1), member(2, **LAPSED), member(3, kode_wilayah="3171"), member(4, **LAPSED), member(5, **LAPSED),
    )  # fmt: skip
    homes = population(
        resident(4, tanggal_meninggal=date(2026, 7, 1)), resident(5, kode_desa="1801012001"), resident(2)
    )
    told = {"awal": 6, "lapse": -1, "keluar_provinsi": -2, "meninggal": -1, "lainnya": -1, "akhir": 1}
    assert steps(changed(before, now, homes=homes)) == told


def test_who_comes_is_new_or_was_there_before():
    before = members(*active(1), *active(2, dibayar_sampai="2025-12"))
    now = members(member(1), member(2), member(3), member(4))
    earlier = members(*active(3, dibayar_sampai="2026-04"))
    assert steps(changed(before, now, earlier)) == {"awal": 1, "baru": 1, "kembali": 2, "akhir": 4}


def test_turning_formal_changes_nothing_in_the_whole_and_is_told():
    found = changed(members(*active(1, 2)), members(member(1, segmen="PU"), member(2)))
    assert steps(found) == {"awal": 2, "formalisasi": 0, "akhir": 2}
    assert steps(found, segmen="FORMAL") == {"formalisasi": 1, "akhir": 1}
    assert steps(found, segmen="INFORMAL") == {"awal": 2, "formalisasi": -1, "akhir": 1}


def test_moving_between_kabupaten_is_no_loss_of_the_province():
    found = changed(members(*active(1)), members(member(1, kode_wilayah="1702")))
    assert steps(found) == {"awal": 1, "akhir": 1}
    assert steps(found, "1701") == {"awal": 1, "pindah_keluar": -1}
    assert steps(found, "1702") == {"pindah_masuk": 1, "akhir": 1}


PLACE, SEGMENT = st.sampled_from(["1701", "1702", "17", "3171"]), st.sampled_from(["PU", "BPU", None])
ROW = st.tuples(st.integers(1, 4), PLACE, SEGMENT, st.booleans())


@settings(max_examples=tries(12), deadline=None)
@given(st.lists(ROW, max_size=7), st.lists(ROW, max_size=7), st.sets(st.integers(1, 4)))
def test_it_sums_exactly_everywhere(before, now, dead):
    def register(rows: list[Any], until: str) -> Any:
        facts = ("nik", "kode_wilayah", "segmen", "dibayar_sampai")
        told = [(nik(who), place, segment, until if alive else "2025-01") for who, place, segment, alive in rows]
        return members(*(member(n, **dict(zip(facts, row, strict=True))) for n, row in enumerate(told)))

    homes = population(*(resident(n, tanggal_meninggal=date(2026, 8, 1)) for n in dead))
    found = changed(register(before, "2026-05"), register(now, "2026-11"), homes=homes)
    ends = pl.col("langkah") == "akhir"
    sums = found.group_by("wilayah", "segmen").agg(
        akhir=pl.col("perubahan").filter(ends).sum(), jumlah=pl.col("perubahan").filter(~ends).sum()
    )
    assert sums.filter(pl.col("akhir") != pl.col("jumlah")).is_empty()
    whole = found.filter(wilayah="17", segmen="SEMUA", langkah="akhir")["orang"].item()
    assert whole == len({who for who, place, _, alive in now if alive and place.startswith("17")})


def test_the_funnel_sums_upwards_and_a_step_that_nobody_counted_is_unknown():
    counts = frame(
        pl.DataFrame(
            {
                "per": [PER] * 5,
                "wilayah": ["1701012001", "1701012001", "1702012001", "1701012001", "1701012001"],
                "tahap": ["baris", "orang", "orang", "layak", "aktif"],
                "jumlah": [12, 8, 2, 4, 1],
            }
        )
    )
    found = polars(funnel(counts, "17"))
    whole = found.filter(wilayah="17")
    known = whole.drop_nulls("jumlah")
    assert whole["tahap"].to_list()[:2] == ["baris", "orang"]
    assert len(whole) == 10
    assert known.select("tahap", "jumlah", "bagian").rows() == [
        ("baris", 12, None), ("orang", 10, None), ("layak", 4, 40.0), ("aktif", 1, None)
    ]  # fmt: skip
    assert found.filter(wilayah="1702", tahap="layak")["jumlah"].to_list() == [0]


def shown(*counts: int) -> pl.DataFrame:
    """A step from 100 for each of `counts`, veiled below 5."""
    names = ("baru", "kembali", "lapse", "meninggal")[: len(counts)]
    signs = [-n if name in {"lapse", "meninggal"} else n for name, n in zip(names, counts, strict=True)]
    rows = [("awal", 100, 100), *zip(names, counts, signs, strict=True), ("akhir", 100 + sum(signs), 100 + sum(signs))]
    return veiled(pl.DataFrame(rows, ["langkah", "orang", "perubahan"], orient="row"), 5)


@settings(max_examples=tries(30), deadline=None)
@given(st.lists(st.integers(0, 9), max_size=4))
def test_steps_of_a_few_are_put_together_and_it_still_adds_up(counts):
    told = shown(*counts)
    middle = told.filter(~pl.col("langkah").is_in(["awal", "akhir"]), pl.col("orang") > 0)
    assert not len(middle) or middle["orang"].min() >= 5
    if len(told):
        assert 100 + told.filter(~pl.col("langkah").is_in(["awal", "akhir"]))["perubahan"].sum() == told["orang"][-1]


def test_what_is_put_together_hides_at_least_two():
    assert shown(3, 40, 20, 2).select("langkah", "perubahan").rows() == [
        ("awal", 100), ("kembali", 40), ("lapse", -20), (JOINED, 1), ("akhir", 121)
    ]  # fmt: skip
    assert shown(3, 40)["langkah"].to_list() == ["awal", JOINED, "akhir"]
    assert shown(3).is_empty()
