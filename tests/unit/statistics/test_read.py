"""A survey file as offices have it: what is read, what is refused and in which words."""

import numpy as np
import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.statistics import Columns, Lonely, read_microdata


def written(tmp_path, text, name="survei.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_missing_values_stay_in_the_design_and_are_counted(tmp_path):
    data = read_microdata(written(tmp_path, "y,psu\n1,a\nNA,b\n,c\n4,d\n"), Columns("y", psu="psu"))
    assert (data.no_value, len(data.sample.design.stratum), list(data.sample.known)) == (2, 4, [0, 3])


def test_semicolons_and_decimal_commas(tmp_path):
    data = read_microdata(written(tmp_path, "\ufeffy;w\n1,5;2\n-0,25;1\n"), Columns("y", "w"))
    assert list(data.sample.value) == [1.5, -0.25]
    assert (
        list(read_microdata(written(tmp_path, "y;w\n1,234;1\n1,5;1\n0,125;1\n"), Columns("y")).sample.value)[0] == 1.234
    )


def test_a_file_as_r_writes_it(tmp_path):
    text = '"","stype","pw","awards","api00"\n"1","E",44.21,TRUE,1e+05\n"2","H",44.21,FALSE,NA\n'
    data = read_microdata(written(tmp_path, text), Columns("awards", "pw", "stype"), Lonely.CENTRE)
    assert list(data.sample.value) == [1, 0]
    assert read_microdata(written(tmp_path, text), Columns("api00", "pw")).sample.value[0] == 100_000
    pl.DataFrame({"y": [True, None, False]}).write_parquet(tmp_path / "s.parquet")
    assert read_microdata(tmp_path / "s.parquet", Columns("y")).sample.value[[0, 2]].tolist() == [1, 0]


def test_points_that_could_be_thousands_are_told(tmp_path):
    assert read_microdata(written(tmp_path, "y\n950.000\n1.250\n"), Columns("y")).pointed == ("y",)
    assert read_microdata(written(tmp_path, "y\n950.000\n1.25\n"), Columns("y")).pointed == ()


def test_parquet_and_numbers_as_domains_in_order(tmp_path):
    pl.DataFrame({"y": [1.0, 2, 3], "kab": [10, 9, None]}).write_parquet(tmp_path / "s.parquet")
    data = read_microdata(tmp_path / "s.parquet", Columns("y", by="kab"))
    assert (list(data.domains), data.no_domain) == (["9", "10"], 1)


def test_the_name_column_of_a_file_saved_by_r_does_no_harm(tmp_path):
    data = read_microdata(written(tmp_path, '"","y"\n"1",4\n"2",5\n'), Columns("y"))
    assert list(data.sample.value) == [4, 5]


@pytest.mark.parametrize(
    ("text", "columns", "code", "words"),
    [
        ("y,w\n1,1\n2,2\n", Columns("z"), "SURVEI_KOLOM", "Yang ada: y, w."),
        ("y,w\n", Columns("y"), "SURVEI_TANPA_BARIS", "survei.csv"),
        ("y\nseribu\n2\n", Columns("y"), "SURVEI_ANGKA", "baris data ke-1: 'seribu'"),
        ("y;w\n2;1\n1.234.567;1\n", Columns("y"), "SURVEI_ANGKA", "baris data ke-2"),
        ("y;w\n1,234;1\n", Columns("y"), "SURVEI_ANGKA", "'1,234'"),
        ("y\ninf\n2\n", Columns("y"), "SURVEI_ANGKA", "baris data ke-1"),
        ("y,w\n1,1\n2,\n", Columns("y", "w"), "SURVEI_KOSONG", "kolom w"),
        ("y,w\n1,1\n2,-1\n", Columns("y", "w"), "SURVEI_BOBOT", "1 di bawah nol"),
        ("y,w\n1,0\n2,0\n", Columns("y", "w"), "SURVEI_BOBOT", "semuanya nol"),
        ("y,h\n1,a\n2,\n", Columns("y", strata="h"), "SURVEI_KOSONG", "kolom h"),
        ("y,k\n1,\n2,\n", Columns("y", by="k"), "SURVEI_KOSONG", "kolom k"),
        ("", Columns("y"), "BERKAS_RUSAK", "survei.csv"),
    ],
)
def test_refused_with_words(tmp_path, text, columns, code, words):
    with pytest.raises(Problem) as caught:
        read_microdata(written(tmp_path, text), columns)
    assert caught.value.kind.kode == code
    assert words in f"{caught.value.pesan} {caught.value.saran}"


def test_the_same_whatever_the_row_order(tmp_path):
    rows = [f"{value},{value % 3},{value % 2}" for value in range(1, 13)]
    one, other = (
        read_microdata(written(tmp_path, "\n".join(["y,psu,kab", *lines]), name), Columns("y", psu="psu", by="kab"))
        for lines, name in ((rows, "a.csv"), (rows[::-1], "b.csv"))
    )
    assert list(one.domains) == list(other.domains)
    assert np.bincount(one.sample.design.psu).tolist() == np.bincount(other.sample.design.psu).tolist()
