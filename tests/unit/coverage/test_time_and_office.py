"""Figures over time (who stays, who stops) and of the office's own work."""

from datetime import date

import polars as pl
from counted import PER, figure, measured, member, members, table

from jangkau.core.coverage import Inputs
from jangkau.core.engine import frame
from jangkau.core.tables.registers import DANA

APRIL, MAY, OCTOBER = date(2026, 4, 30), date(2026, 5, 31), date(2026, 10, 31)


def active(*numbers: int, until: str, **facts: str):
    return members(*(member(number, dibayar_sampai=until, **facts) for number in numbers))


def dated(**columns: list[object]) -> object:
    return frame(pl.DataFrame({"per": [PER] * len(columns["wilayah"]), **columns}))


def test_of_the_newly_active_the_share_that_stays_half_a_year():
    may = members(*(member(n, dibayar_sampai="2026-05", pembayar="CSR" if n > 2 else "SENDIRI") for n in range(1, 6)))
    given = Inputs({APRIL: active(1, until="2026-04"), MAY: may, PER: active(1, 2, 3, until="2026-11")})
    found = measured(given)
    assert figure(found, "keberlanjutan_6") == (2, 4)
    assert figure(found, "keberlanjutan_6", kelas="CSR") == (1, 3)
    assert found.filter(indikator="keberlanjutan_12")["nilai"].to_list() == [None]


def test_without_the_snapshot_before_nobody_can_be_called_new():
    found = measured(Inputs({MAY: active(1, until="2026-05"), PER: active(1, until="2026-11")}))
    assert figure(found, "keberlanjutan_6") == (None, None)


def test_lapse_is_who_was_active_a_month_ago_and_is_no_longer():
    given = {OCTOBER: active(1, 2, 3, 4, until="2026-08"), PER: active(1, 9, until="2026-11")}
    found = measured(Inputs(given))
    assert figure(found, "lapse") == (3, 4)
    assert figure(measured(Inputs({MAY: given[OCTOBER], PER: given[PER]})), "lapse") == (None, None)


def test_money_is_counted_where_the_fund_is_and_months_where_the_people_are():
    ledger = dated(
        wilayah=["1701012001", "1702012001", "1701012001", "1701012001"],
        dana=["P", "P", "K", "K"],
        keadaan=["dibayar", "komitmen", "ditagih", "lepas"],
        bulan=[6, 6, 3, 9],
        rupiah=[100, 100, 50, 150],
    )
    funds = table(DANA, [
        {"kode": "P", "jenis": "APBD_PROV", "anggaran": 1000, "wilayah": "17"},
        {"kode": "K", "jenis": "APBD_KAB", "anggaran": 200, "wilayah": "1701"},
        {"kode": "T", "jenis": "APBD_KAB", "anggaran": 300, "wilayah": "1709"},
    ])  # fmt: skip
    found = measured(Inputs(bulan_orang=ledger, dana=funds))
    assert figure(found, "anggaran_dijanjikan") == (250, 1500)
    assert figure(found, "anggaran_terserap") == (100, 1500)
    assert figure(found, "anggaran_dijanjikan", "1701") == (50, 200)
    assert figure(found, "anggaran_dijanjikan", "1709", kelas="T") == (0, 300)
    assert figure(found, "bulan_orang_didanai", "1701") == (9, None)
    assert figure(found, "bulan_orang_didanai", "1701012001", kelas="P") == (6, None)
    assert figure(found, "bulan_orang_dibayar") == (6, None)


def test_claims_rows_and_duties():
    found = measured(
        Inputs(
            klaim=dated(wilayah=["1701012001", "1702"], jatuh=[4, 1], dibayar=[1, 1]),
            baris=dated(
                wilayah=["1701012001", "1701022001"],
                baris=[10, 10],
                nik_sah=[9, 6],
                bermasalah=[2, 0],
                diperbaiki=[1, 0],
            ),  # fmt: skip
            kewajiban=dated(
                wilayah=["17", "17", "1701"], kewajiban=["K01", "K02", "K01"], terpenuhi=[True, None, None]
            ),
        )
    )
    assert figure(found, "klaim_dibayar") == (2, 5)
    assert figure(found, "klaim_jatuh", "1701") == (4, None)
    assert figure(found, "nik_sah") == (15, 20)
    assert figure(found, "baris_diperbaiki") == (1, 2)
    assert found.filter(indikator="baris_diperbaiki", wilayah="170102")["nilai"].to_list() == [None]
    assert figure(found, "kewajiban_dipenuhi") == (1, 1)
    assert figure(found, "kewajiban_dipenuhi", "1701") == (None, None)
    told = found.filter(indikator="kewajiban_dipenuhi")["catatan"].unique().to_list()
    assert told == ["1 kewajiban belum dijawab"]
