"""The picture of a path: what it says and that every bar begins where the one before it ended."""

import pytest

from jangkau.core.reporting.path_chart import draw_path, path_chart, waterfall

PATH = {
    "target_persen": 60.0, "tahun": 2029, "tercapai": True, "kurang": 0,
    "dasar": {"persen": 37.1, "nama_penyebut": "pekerja"},
    "hasil": {"pembilang": 20_700, "penyebut": 34_500, "persen": 60.0},
    "air_terjun": [
        {"langkah": "Kini", "orang": 12_800}, {"langkah": "Peserta lama berhenti", "orang": -1_800},
        {"langkah": "Pekerja rentan", "orang": 9_700},
    ],
    "biaya": {"pemerintah": 2_300_000_000},
    "rentang": {
        "baik": {"pemerintah": 300_000_000, "persen": 60.0},
        "buruk": {"pemerintah": 3_900_000_000, "persen": 51.2},
    },
}  # fmt: skip


def test_every_bar_begins_where_the_one_before_ended():
    rows = waterfall(PATH)
    ends = [(row["awal"], row["akhir"]) for row in rows]
    assert ends == [(0, 12_800), (12_800, 11_000), (11_000, 20_700), (0, 20_700)]
    assert [row["label"] for row in rows] == ["12.800 (37,1%)", "−1.800", "+9.700", "20.700 (60,0%)"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "60,0% pada 2029 dapat dicapai"),
        ({"tercapai": False, "kurang": 1234}, "60,0% pada 2029 kurang 1.234 orang"),
    ],
)
def test_the_picture_says_what_was_found(change, words):
    svg = draw_path({**PATH, **change})
    assert svg.startswith("<svg")
    assert words in svg
    assert "target 60,0%: 20.700 orang" in svg
    assert "Rp2,3 miliar" in svg


def test_the_same_path_is_the_same_picture():
    assert draw_path(PATH) == draw_path(PATH)


def test_both_ends_of_the_assumptions_are_told_with_the_share_they_reach():
    under = path_chart(PATH)["title"]["subtitle"]
    words = "Bila semua asumsi baik: Rp300 juta (60,0%); bila semua buruk: Rp3,9 miliar (51,2%)."
    assert words in [line.replace("\N{NO-BREAK SPACE}", " ") for line in under]
