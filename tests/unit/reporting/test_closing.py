"""The table that ends a run."""

from jangkau.core.reporting.closing import closing_table


def test_rows_for_a_head_of_department(make_run):
    rows = {row["ukuran"]: (row["nilai"], row["catatan"]) for row in closing_table(make_run())}
    assert rows == {
        "Daftar terbaca": ("3 berkas", "semua berkas terbaca"),
        "Baris orang": ("45", "5 baris ganda"),
        "Orang diusulkan": ("40", "40 ditemukan dalam data penduduk"),
        "Orang layak": ("30", "10 tidak; terbanyak 3: tidak bekerja: pelajar, pensiunan, atau tanpa pekerjaan"),
        "Orang dibayar": ("24", "12 bulan mulai Januari 2027"),
        "Iuran": ("Rp4.838.400", "dari anggaran Rp8.000.000, sisa Rp3.161.600"),
        "Cakupan sebelum": ("10,0%", "400 dari 4.000 orang, penduduk bekerja"),
        "Cakupan sesudah": ("10,6%", "424 dari 4.000 orang, penduduk bekerja"),
    }


def test_nothing_read_nothing_paid(make_run):
    rows = {row["ukuran"]: row["nilai"] for row in closing_table(make_run(0, 0, funds=[], workers=None))}
    assert rows["Orang dibayar"] == "0"
    assert rows["Iuran"] == "Rp0"
    assert rows["Cakupan sesudah"] == "400 orang"


def test_a_short_plan_says_so(make_run):
    run = make_run(bulan=2)
    run.ringkasan["peringatan"] = "Hanya 2 bulan."
    rows = {row["ukuran"]: (row["nilai"], row["catatan"]) for row in closing_table(run)}
    assert "terlalu pendek" in rows["Orang dibayar"][1]
    assert rows["Peringatan"] == ("2 bulan terlalu pendek", "Hanya 2 bulan.")
