from datetime import date

import opened
import polars as pl
import pytest
from pydantic import ValidationError

from jangkau.core.disclosure import Rules, make
from jangkau.core.disclosure.attack import attack
from jangkau.core.disclosure.protect import protect
from jangkau.core.kernel.problems import Problem

FLAT = ("17", "1701", "1702", "1703")
RULES = Rules()


def flat(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int], **told: object) -> pl.DataFrame:
    """One class only, so that everyone and the class are the same count in two places."""
    counts = {(region, "k"): pair for region, pair in zip(FLAT[1:], (one, two, three), strict=True)}
    covered, people = ({key: pair[side] for key, pair in counts.items()} for side in (0, 1))
    table = opened.figures(covered, people, FLAT, **told)  # type: ignore[arg-type]
    return table.filter(pl.col("potongan") == "")


def shown(edition, side: str = "pembilang") -> dict[str, float | None]:
    return dict(zip(edition.public["wilayah"], edition.public[side], strict=True))


def test_a_small_count_takes_one_more_with_it_and_the_total_stays() -> None:
    edition = make(flat((2, 100), (40, 100), (60, 100)), [], RULES)
    assert shown(edition) == {"17": 102, "1701": None, "1702": None, "1703": 60}
    assert shown(edition, "penyebut") == {"17": 300, "1701": 100, "1702": 100, "1703": 100}
    assert edition.public["nilai"].null_count() == 2
    assert edition.public["status"].to_list() == ["terbit", "ditutup", "ditutup", "terbit"]


def test_nobody_and_all_but_a_few_are_closed_too() -> None:
    edition = make(flat((0, 100), (98, 100), (60, 100)), [], RULES)
    assert shown(edition)["1701"] is None
    assert shown(edition)["1702"] is None
    told = edition.summary.filter(pl.col("tingkat") == "kabupaten").row(0, named=True)
    assert (told["nol"], told["sisa"]) == (1, 1)
    assert shown(make(flat((0, 100), (70, 100), (60, 100)), [], Rules(nol=False)))["1701"] == 0


def test_nobody_within_nobody_tells_about_nobody() -> None:
    edition = make(flat((0, 0), (70, 100), (60, 100)), [], RULES)
    assert edition.public["status"].unique().to_list() == ["terbit"]


def test_a_large_table_is_published_whole() -> None:
    edition = make(flat((50, 100), (70, 100), (60, 100)), [], RULES)
    assert edition.public["pembilang"].null_count() == 0
    assert edition.attack.tried == 0


def test_a_small_change_between_two_editions_is_closed() -> None:
    before = make(flat((50, 100), (70, 100), (60, 100)), [], RULES)
    later = flat((52, 100), (70, 100), (80, 100), per=date(2027, 6, 30))
    assert shown(make(later, [], RULES))["1701"] == 52
    edition = make(later, [before.kept], RULES)
    assert shown(edition) == {"17": 202, "1701": None, "1702": None, "1703": 80}
    assert edition.summary["selisih"].sum() == 1


def test_what_was_closed_stays_closed_and_what_was_published_stays() -> None:
    first = make(flat((2, 100), (40, 100), (60, 100)), [], RULES)
    again = make(flat((2, 100), (40, 100), (60, 100)), [first.kept], RULES)
    assert again.public.equals(first.public)


def test_a_revised_count_is_protected_against_the_one_before() -> None:
    first = make(flat((50, 100), (70, 100), (60, 100)), [], RULES)
    revised = make(flat((51, 100), (70, 100), (60, 100)), [first.kept], RULES)
    assert shown(revised)["1701"] is None
    assert revised.kept["cetak_pembilang"].unique().to_list() == [1]
    assert revised.kept["cetak_penyebut"].unique().to_list() == [0]


def test_a_new_cut_is_protected_within_the_totals_already_published() -> None:
    covered, people = {("1701", "a"): 3, ("1701", "b"): 40}, {("1701", "a"): 60, ("1701", "b"): 60}
    whole = opened.figures(covered, people, ("17", "1701"))
    first = make(whole.filter(pl.col("potongan") == ""), [], RULES)
    edition = make(whole, [first.kept], RULES)
    assert edition.public.filter(pl.col("potongan") == "")["pembilang"].to_list() == [43, 43]
    assert edition.public.filter(pl.col("potongan") != "")["pembilang"].null_count() == 4


def test_counts_that_two_indicators_share_are_closed_in_both() -> None:
    table = flat((2, 100), (40, 100), (60, 100))
    named = {"indikator": pl.lit("aktif"), "nama_penyebut": pl.lit(None, pl.String), "satuan": pl.lit("orang")}
    alone = table.with_columns(penyebut=None, nilai="pembilang", sumber_penyebut=pl.lit(None, pl.String), **named)
    edition = make(pl.concat([table, alone.select(table.columns)]), [], RULES)
    for _, own in edition.public.group_by("indikator"):
        assert own.filter(pl.col("wilayah") == "1701")["pembilang"].to_list() == [None]


def test_the_attacker_finds_what_is_only_closed_by_itself() -> None:
    cells = opened.cells(flat((2, 100), (40, 100), (60, 100)))
    pattern = protect(cells, RULES)
    assert attack(cells, pattern.closed, RULES).held
    found = attack(cells, pattern.small > 0, RULES)
    assert not found.held
    assert found.narrowest < 1


def test_money_is_published_of_the_budget_only_and_estimates_not_at_all() -> None:
    table = flat((50, 100), (70, 100), (60, 100)).with_columns(satuan=pl.lit("rupiah"), penyebut=None)
    village = table.with_columns(wilayah=pl.col("wilayah") + "0101")
    survey = table.with_columns(indikator=pl.lit("survei"), asal=pl.lit("survei"))
    village = village.filter(pl.col("wilayah").str.len_chars() > 6)
    edition = make(pl.concat([table, village, survey]), [], RULES)
    assert edition.public["wilayah"].to_list() == list(FLAT)
    assert edition.public["indikator"].unique().to_list() == ["cakupan"]


def test_people_without_a_village_do_not_upset_the_sums() -> None:
    table = flat((2, 100), (40, 100), (60, 100))
    more = table.with_columns(pl.when(pl.col("wilayah") == "17").then(107).otherwise("pembilang").alias("pembilang"))
    assert shown(make(more, [], RULES))["17"] == 107


def test_nothing_to_publish_is_said() -> None:
    with pytest.raises(Problem, match="TERBUKA_KOSONG"):
        make(flat((1, 2), (3, 4), (5, 6)).clear(), [], RULES)


def test_stricter_rules_leave_alone_what_is_public_already() -> None:
    before = make(flat((6, 100), (70, 100), (60, 100)), [], RULES)
    later = flat((30, 100), (90, 100), (95, 200), per=date(2027, 6, 30))
    edition = make(later, [before.kept], Rules(ambang=10, lebar=10))
    assert edition.attack.held
    with pytest.raises(ValidationError):
        Rules(ambang=5, lebar=6)
