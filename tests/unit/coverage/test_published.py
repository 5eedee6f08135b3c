"""Published figures stand side by side; targets stay unknown where nobody named them."""

from datetime import date

import polars as pl
import pytest
from counted import PER, measured, member, members, table, workers

from jangkau.core.coverage import Inputs, against, conflicts, published, targets, with_breaks
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.registers import TARGET

ALL = polars(published())
YEARS = (date(2024, 11, 1), date(2025, 12, 31))


def of(wilayah: str, indikator: str = "cakupan") -> pl.DataFrame:
    return ALL.filter(wilayah=wilayah, indikator=indikator, potongan="")


def test_the_figures_of_the_officials_are_there_with_their_day():
    told = dict(of("17").select("per", "nilai").filter(pl.col("nilai") != 22.5).rows())
    assert list(told.values()) == [37, 41.84, 27.16, 27.39, 35]
    assert of("1704")["nilai"].to_list() == [75]
    assert of("1707")["nilai"].to_list() == [17]
    assert of("1702")["nilai"].to_list() == [40]


def test_the_segments_add_up_to_the_members_of_that_day():
    parts = ALL.filter(indikator="peserta_aktif", wilayah="17", potongan="segmen", per=date(2024, 12, 31))
    assert parts["pembilang"].sum() == of("17", "peserta_aktif").filter(per=date(2024, 12, 31))["pembilang"].item()


def test_where_both_sides_are_stated_the_percentage_follows_from_them():
    both = ALL.filter(pl.col("pembilang").is_not_null(), pl.col("penyebut").is_not_null())
    off = both.filter((100 * pl.col("pembilang") / pl.col("penyebut") - pl.col("nilai")).abs() > 0.5)
    assert len(both) >= 4
    assert not len(off)


def test_what_a_source_does_not_state_is_empty():
    first = of("17").row(0, named=True)
    assert (first["pembilang"], first["penyebut"], first["nama_penyebut"], first["sumber_penyebut"]) == (None,) * 4
    with pytest.raises(Problem, match="satuan"):
        published([{"indikator": "x", "wilayah": "17", "per": PER, "nama_pembilang": "x", "sumber": "x"}])


def test_conflicts_stand_side_by_side_with_what_differs():
    found = polars(conflicts(published(), *YEARS)).filter(indikator="cakupan", wilayah="17")
    assert found["nilai"].to_list() == [37, 41.84, 27.16, 27.39, 22.5, 35]
    assert found["kelompok"].n_unique() == found["beda"].n_unique() == 1
    assert found["beda"][0] == "arti pembilang, pembilang, arti penyebut, penyebut, sumber, tanggal"


def test_a_series_is_no_conflict_with_itself_and_agreement_is_none():
    before = date(2026, 10, 31)
    people = members(member(1), member(2, mulai="2026-11"))
    ours = measured(Inputs({before: members(member(1)), PER: people}, angkatan_kerja=workers(SEMUA=10)))
    assert not len(conflicts(frame(ours), before, PER))
    told = {
        "indikator": "cakupan",
        "wilayah": "17",
        "per": PER,
        "satuan": "persen",
        "nama_pembilang": "x",
        "sumber": "y",
    }
    for value, rows in ((20.001, 0), (30.0, 2)):
        theirs = polars(published([told | {"nilai": value}]))
        found = polars(conflicts(frame(pl.concat([ours, theirs])), before, PER))
        assert len(found) == rows
        assert found["asal"].n_unique() == rows


def test_no_line_is_drawn_across_a_break():
    line = polars(with_breaks(published())).filter(indikator="cakupan", wilayah="17").head(4)
    assert line["rangkaian"].to_list() == [0, 0, 1, 1]
    assert "penyebut" in line["putus"][2]
    same = polars(with_breaks(published())).filter(indikator="peserta_aktif", wilayah="17", potongan="")
    assert same["rangkaian"].to_list() == [0] * 4


def test_unknown_years_of_a_target_stay_unknown():
    told = polars(targets()).filter(seri="RPJMN")
    assert dict(told.select("tahun", "persen").rows()) == {
        2025: 32.15,
        2026: 34.99,
        2027: None,
        2028: None,
        2029: 43.92,
    }


def test_a_figure_is_set_against_every_series_of_its_year_and_region():
    found = polars(against(published(), targets()))
    last = found.filter(wilayah="17", per=date(2025, 12, 11), nilai=35.0)
    assert dict(last.select("seri", "selisih").rows()) == {"BENGKULU": -13.0, "RPJMN": 2.85, "UCJ": -17.15}
    assert not last["sepadan"].any()
    assert found.filter(wilayah="00", per=date(2025, 4, 30), seri="UCJ")["sepadan"].item()
    assert set(found.filter(wilayah="1709")["seri"]) == {"BENGKULU", "RPJMN", "UCJ"}


def test_own_targets_stand_beside_the_others_and_an_unknown_one_has_no_distance():
    own = table(TARGET, [
        {"wilayah": "17", "indikator": "cakupan", "tahun": 2026, "persen": None, "nama_penyebut": "Bekerja"},
        {"wilayah": "1701", "indikator": "cakupan", "tahun": 2026, "persen": 50.0, "nama_penyebut": "Bekerja"},
    ])  # fmt: skip
    ours = measured(Inputs({PER: members(member(1))}, angkatan_kerja=workers(SEMUA=4)))
    found = polars(against(frame(ours), targets(own))).filter(seri="SENDIRI")
    assert found.filter(wilayah="17").select("target", "selisih", "sepadan").row(0) == (None, None, True)
    assert set(found.filter(pl.col("wilayah_target") == "1701")["wilayah"]) == {"1701"}
