"""The people behind a figure are as many as the figure says, in every region, class and date."""

from datetime import date

import counted as c
import polars as pl
import pytest

from jangkau.core.coverage import Inputs, indicators, parameters, read_panel, whereabouts
from jangkau.core.coverage.behind import (
    GROUPS,
    MEMBERS,
    RESIDENTS,
    Asked,
    Moved,
    behind,
    behind_change,
    keep,
    kept_change,
    kept_days,
)
from jangkau.core.law.book import Book

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
SIX_LATER = (date(2026, 11, 30), date(2026, 12, 31))


def snapshot(until: str, *numbers: int):
    rows = [
        c.member(n, dibayar_sampai=until, kode_wilayah=("1701", "1704")[n % 2], segmen=("BPU", "PU", "PMI")[n % 3],
                 pembayar="APBD_KAB" if n % 2 else None, nama=f"Nama {n}", tanggal_lahir=date(1980 + n, 1, 1))
        for n in numbers
    ]  # fmt: skip
    twice = c.member(numbers[0], kpj="K999", kode_wilayah="1704", segmen="PU", dibayar_sampai=until)
    return c.members(*rows, twice, c.member(50, nik=None, nama="Tanpa Nomor", dibayar_sampai=until))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    at = zip((MAY, JUNE, *SIX_LATER), ("2026-05", "2026-06", "2026-10", "2026-12"), strict=True)
    who = (range(1, 8), range(3, 12), range(4, 15), range(6, 12))
    potret = {per: snapshot(until, *numbers) for (per, until), numbers in zip(at, who, strict=True)}
    desa = ("1701012001", "1704012001")
    people = [c.resident(n, kode_desa=desa[n % 2], nama=f"Warga {n}", jenis_kelamin="LP"[n % 2],
                         pekerjaan="PNS" if n == 5 else "Petani") for n in range(1, 20)]  # fmt: skip
    welfare = c.welfare(**{f"n{n}": n % 10 + 1 for n in range(1, 15)})
    given = Inputs(potret=potret, penduduk=c.population(*people), kesejahteraan=welfare)
    folder = tmp_path_factory.mktemp("orang")
    panel = read_panel(potret, "17", Book.load(), parameters().bayar_menyusul)
    known = whereabouts(panel, potret, panel.dates, provinsi="17", book=Book.load(), penduduk=given.penduduk)
    keep(folder, panel, known, given.penduduk, given.kesejahteraan, "17")
    return folder, c.measured(given)


def listed(folder, row) -> pl.DataFrame | None:
    asked = Asked(row["indikator"], row["wilayah"], row["per"], row["potongan"], row["kelas"])
    return behind(folder, asked, "17", parameters())


def test_as_many_people_stand_behind_every_figure_as_it_says(world):
    folder, found = world
    rows = found.filter(pl.col("indikator").is_in([*MEMBERS, *RESIDENTS]) & pl.col("pembilang").is_not_null())
    assert {*rows["indikator"]} == {*MEMBERS, *RESIDENTS} - {"keberlanjutan_12"}
    for row in rows.iter_rows(named=True):
        people = listed(folder, row)
        whole = (
            row["pembilang"]
            if indicators()[row["indikator"]].penyebut == "" or row["indikator"] in GROUPS
            else row["penyebut"]
        )
        told = (people.filter("pembilang").height, people.height, people["nomor"].n_unique())
        assert told == (row["pembilang"], whole, whole), row


def test_as_many_people_stand_behind_every_step_between_any_two_days(world):
    folder = world[0]
    days = kept_days(folder)
    taken = set()
    for since, until in [(days[0], days[1]), (days[0], days[3]), (days[1], days[2])]:
        told = kept_change(folder, since, until, "17", ["1701", "1704"])
        for place, group, step, people, _change in told.filter(pl.col("orang") > 0).rows():
            found = behind_change(folder, Moved(step, place, since, until, group), "17")
            assert found["nomor"].to_list() == found["nomor"].unique().sort().to_list()
            assert (len(found), found["pembilang"].all()) == (people, True), (place, group, step)
            taken.add(step)
    assert {"awal", "akhir", "baru", "lainnya"} <= taken


def test_who_left_is_told_as_they_were_and_days_that_were_not_kept_tell_nothing(world):
    gone = behind_change(world[0], Moved("lainnya", "17", MAY, JUNE), "17")
    assert {*gone["akhir"]} == {2026 * 12 + 4}
    assert behind_change(world[0], Moved("baru", "17", MAY, date(2026, 7, 31)), "17") is None
    assert kept_change(world[0], date(2020, 1, 1), JUNE, "17", []) is None


def test_they_come_in_the_order_of_their_names_with_what_is_known(world):
    people = listed(
        world[0], {"indikator": "peserta_aktif", "wilayah": "1701", "per": MAY, "potongan": "", "kelas": ""}
    )
    assert people["nama"].to_list() == ["Nama 2", "Nama 4", "Nama 6", "Tanpa Nomor"]
    assert people.row(0, named=True) | {"nomor": 0} == {
        "nomor": 0, "nik": c.nik(2), "nama": "Nama 2", "tanggal_lahir": date(1982, 1, 1), "wilayah": "1701",
        "segmen": "PMI", "pembayar": None, "mulai": 2025 * 12 + 5, "akhir": 2026 * 12 + 4, "pembilang": True,
    }  # fmt: skip


def test_what_is_not_made_of_people_and_days_without_a_snapshot_have_none(world, tmp_path):
    nothing = {"wilayah": "17", "per": MAY, "potongan": "", "kelas": ""}
    assert listed(world[0], nothing | {"indikator": "klaim_jatuh"}) is None
    assert listed(world[0], nothing | {"indikator": "cakupan_warga", "per": date(2020, 1, 1)}) is None
    assert listed(tmp_path, nothing | {"indikator": "cakupan"}) is None
