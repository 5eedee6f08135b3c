"""Figures from registers: who is counted, over whom, and what stays unknown."""

from datetime import date

import polars as pl
from counted import DESA, PER, SETTINGS, figure, measured, member, members, nik, population, resident, welfare, workers
from polars.testing import assert_frame_equal

from jangkau.core.coverage import Inputs, coverage
from jangkau.core.engine import polars
from jangkau.core.law.book import Book
from jangkau.core.tables import results as t

UNTIL = {"mulai": "2026-09", "dibayar_sampai": "2026-11"}


def test_coverage_is_members_over_the_published_workers():
    people = members(
        member(1), member(2, segmen="PU"), member(3, dibayar_sampai="2026-07"), member(4, kode_wilayah="1702")
    )
    found = measured(Inputs({PER: people}, angkatan_kerja=workers(SEMUA=12, INFORMAL=8)))
    assert figure(found, "cakupan") == (3, 12)
    assert figure(found, "cakupan_informal") == (2, 8)
    assert figure(found, "cakupan_formal") == (1, None)
    assert figure(found, "cakupan", "1702") == (1, None)
    assert found.filter(indikator="cakupan", wilayah="17")["nilai"].item() == 25.0


def test_without_registers_everything_is_unknown_and_nothing_is_zero():
    found = measured(Inputs())
    assert found["pembilang"].null_count() == found["nilai"].null_count() == len(found)
    note = found.filter(indikator="cakupan_warga")["catatan"].item()
    assert note == "belum diketahui: belum ada register/peserta, register/penduduk"
    assert found["wilayah"].unique().to_list() == ["17"]


def test_a_kabupaten_without_members_has_zero_since_the_register_was_there():
    found = measured(Inputs({PER: members(member(1))}))
    assert figure(found, "cakupan", "1709") == (0, None)


def test_one_date_alone_counts_the_people_that_the_coverage_table_counts():
    same = {"nama": "Siti Aminah", "tanggal_lahir": date(1990, 5, 5)}
    people = members(
        member(1, **same), member(2, nik=None, segmen="PU", **same), member(3, kode_wilayah="1703"),
        member(4, nik=nik(3), segmen="JAKON"), member(5, nik=None, nama="Siti Aminah"), member(6, segmen=None),
        member(7, kode_wilayah="17"),
    )  # fmt: skip
    kab = [("1701", "A"), ("1702", "B"), ("1703", "C")]
    empty = {name: getattr(t, name.upper()).empty() for name in ("pekerja", "usulan", "tautan", "rencana")}
    told = polars(
        coverage(people, workers(SEMUA=9), **empty, regions=kab, settings=SETTINGS, book=Book.load(), nama_provinsi="")
    ).filter(pl.col("keadaan") == "sebelum")
    found = measured(Inputs({PER: people}))
    for code, segment in {"cakupan": "SEMUA", "cakupan_formal": "FORMAL", "cakupan_informal": "INFORMAL"}.items():
        for region in ("17", "1701", "1702", "1703"):
            assert figure(found, code, region)[0] == told.filter(wilayah=region, segmen=segment)["pembilang"].item()


def test_residents_are_counted_where_they_live_down_to_the_desa():
    homes = population(
        resident(1), resident(2, kode_desa="1701022001"), resident(3, pekerjaan="Pelajar/Mahasiswa"),
        resident(4, tanggal_meninggal=date(2026, 11, 1)), resident(5, tanggal_lahir=date(2014, 1, 1)),
        resident(6, kode_desa="1802012001"),
    )  # fmt: skip
    people = members(member(1, kode_wilayah="1709"), member(4), member(3))
    found = measured(Inputs({PER: people}, penduduk=homes))
    assert figure(found, "cakupan_warga") == (1, 2)
    assert figure(found, "cakupan_warga", DESA) == (1, 1)
    assert figure(found, "cakupan_warga", "170102") == (0, 1)
    assert figure(found, "cakupan_warga", kelas="TANI") == (1, 2)
    assert not len(found.filter(indikator="cakupan_warga", potongan="desil"))


def test_the_vulnerable_are_poor_workers_without_an_employer():
    homes = population(resident(1), resident(2), resident(3), resident(4, pekerjaan="PNS"), resident(5))
    people = members(member(1), member(2, segmen="PU"))
    found = measured(Inputs({PER: people}, penduduk=homes, kesejahteraan=welfare(n1=1, n2=1, n3=4, n4=1, n5=5)))
    assert figure(found, "cakupan_rentan") == (1, 2)
    assert figure(found, "cakupan_rentan", kelas="4") == (0, 1)
    assert figure(found, "cakupan_warga", kelas="1") == (2, 3)


def test_full_protection_waits_three_months_and_asks_that_nothing_is_owed():
    people = members(
        member(1), member(2, mulai="2026-10"), member(3, mulai="2026-09"), member(4, mulai="2026-08"),
        member(5, mulai="2026-10", segmen="PU"), member(6, dibayar_sampai="2026-10"),
        member(7, dibayar_sampai="2026-09"),
    )  # fmt: skip
    found = measured(Inputs({PER: people}))
    assert figure(found, "perlindungan_penuh") == (4, 7)
    assert figure(found, "perlindungan_penuh", kelas="BPU") == (3, 6)


def test_before_the_law_tells_of_the_wait_full_protection_is_unknown():
    early = date(2024, 12, 31)
    found = measured(Inputs({early: members(member(1, mulai="2020-01", dibayar_sampai="2024-12"))}))
    assert figure(found, "peserta_aktif", per=early) == (1, None)
    assert figure(found, "perlindungan_penuh", per=early) == (None, 1)


def test_a_person_is_the_same_at_every_date_however_the_rows_lie():
    same = {"nama": "Siti Aminah", "tanggal_lahir": date(1990, 5, 5)}
    now = members(member(1, nik=None, **same), member(2, nama="Budi"), member(3, segmen="PU"))
    before = members(member(1, **same, **{"dibayar_sampai": "2026-10"}))
    given = Inputs({PER: now, date(2026, 10, 31): lambda: before}, penduduk=population(resident(1)))
    found = measured(given)
    assert figure(found, "cakupan_warga") == figure(found, "cakupan_warga", per=date(2026, 10, 31)) == (1, 1)
    turned = Inputs({date(2026, 10, 31): before, PER: now[::-1]}, penduduk=population(resident(1)))
    assert_frame_equal(found, measured(turned))
