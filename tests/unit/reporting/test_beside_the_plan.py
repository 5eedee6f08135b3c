"""The cash calendar and the habits of offices, in the report and in the closing table."""

from jangkau.core.reporting.closing import closing_table
from jangkau.core.reporting.figures import Figures
from jangkau.core.reporting.tables import cash_table, compared_table

HABIT = {"cara": "tiap dana memilih sendiri", "poin": 900, "orang": 18, "ganda": 7, "rupiah": 1, "terbuang": 800_000}
KAS = {
    "bulan": [
        {"bulan": "2027-01", "orang": 24, "iuran": 403_200, "iuran_sekaligus": 806_400},
        {"bulan": "2027-02", "orang": 24, "iuran": 403_200, "iuran_sekaligus": 0},
    ],
    "henti": [
        {"kelompok": "RENCANA", "bulan": "2027-06", "orang": 24, "jembatan_sebulan": 403_200, "jembatan": 1_209_600},
        {"kelompok": "LANJUTAN", "bulan": "2027-01", "orang": 2, "jembatan_sebulan": 33_600, "jembatan": 100_800},
        {"kelompok": "LANJUTAN", "bulan": "2027-03", "orang": 1, "jembatan_sebulan": 16_800, "jembatan": 50_400},
    ],
}


def told(make_run, **more):
    run = make_run()
    run.ringkasan.update(more)
    return run


def test_every_month_of_the_calendar_is_a_row_with_what_is_left(make_run):
    block = cash_table(Figures(told(make_run, kas=KAS)))
    assert block["baris"] == [
        ["Januari 2027", "24", "403.200", "806.400", "7.596.800"],
        ["Februari 2027", "24", "403.200", "0", "7.193.600"],
    ]
    assert "24 orang yang dibayar rencana ini berhenti Juni 2027 bila tidak ada yang meneruskan" in block["catatan"]
    assert "3 peserta lanjutan" in block["catatan"]
    assert "antara Januari 2027 dan Maret 2027" in block["catatan"]
    assert "satu bulan lagi Rp50.400, semua bulan tunggakannya Rp151.200" in block["catatan"]


def test_no_calendar_no_table(make_run):
    assert cash_table(Figures(make_run())) is None
    assert cash_table(Figures(make_run(0, 0, funds=[]))) is None


def test_habits_stand_beside_the_plan_with_double_payments_and_waste(make_run):
    block = compared_table(Figures(told(make_run, pembanding={"dana_saling_tidak_tahu": HABIT})))
    assert block["baris"] == [
        ["Rencana ini", "24", "1.200", "0", "0"],
        ["Tiap dana memilih sendiri", "18", "900", "7", "800.000"],
    ]


def test_the_closing_table_shows_the_numbers_of_both_sides(make_run):
    rows = {row["ukuran"]: row for row in closing_table(told(make_run, pembanding={"dana_saling_tidak_tahu": HABIT}))}
    row = rows["Dibanding dana saling tidak tahu"]
    assert row["nilai"] == "+300 poin"
    both = "1.200 poin, 24 orang; cara itu 900 poin, 18 orang, 7 dibayar ganda, Rp800.000 terbuang"
    assert row["catatan"] == both
