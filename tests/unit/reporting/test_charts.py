"""Charts as data and as pictures."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from jangkau.core.reporting.charts import RED, MonthsRow, Pair, draw, dumbbell, months_against_people
from jangkau.core.reporting.line import budget_line, line_section, write_line
from jangkau.core.reporting.report import report_data, write_report

ROWS = [MonthsRow(m, 120_000 // m, max(0, m - 3) * (120_000 // m)) for m in range(1, 13)]


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_regions_stand_highest_first_with_indonesian_numbers():
    found = words(draw(dumbbell([Pair("Kaur", 10, 12.5), Pair("Seluma", 20, 30.25)], percent=True)))
    assert found.index("Seluma") < found.index("Kaur")
    assert {"12,5", "30,2"} <= set(found)


def test_counts_carry_no_percent_sign():
    assert "%" not in "".join(words(draw(dumbbell([Pair("Kaur", 1_000, 1_250)], percent=False))))


@pytest.mark.parametrize("value", [1.0, 99.0])
def test_the_line_of_the_whole_is_named_inside_the_picture(value):
    spec = dumbbell([Pair("A", 0.0, 100.0), Pair("B", 5.0, 6.0)], percent=True, whole=("provinsi", value))
    (text,) = [layer for layer in spec["layer"] if layer.get("encoding", {}).get("text", {}).get("field") == "nama"]
    assert text["mark"]["align"] == ("right" if value > 60 else "left")


def test_months_without_full_benefit_are_written_as_a_red_zero():
    spec = months_against_people(ROWS, chosen=12, wait=3)
    values = spec["vconcat"][1]["data"]["values"]
    assert [(v["label"], v["tulisan"]) for v in values[:3]] == [("0", RED)] * 3
    assert all(v["tulisan"] != RED for v in values[3:])
    assert "10.000 orang × 12 bulan" in words(draw(spec))


def test_a_short_horizon_has_only_the_red_side():
    spec = months_against_people(ROWS[:3], chosen=3, wait=3)
    areas = [layer for layer in spec["vconcat"][0]["layer"] if layer.get("mark", {}).get("type") == "area"]
    assert [area["mark"]["line"]["color"] for area in areas] == [RED]


def test_same_data_same_picture():
    spec = months_against_people(ROWS, chosen=6, wait=3)
    assert draw(spec) == draw(spec)


def test_the_line_of_budgets_marks_todays_money_with_its_coverage(tmp_path):
    rows = [{"persen_anggaran": share, "orang": 10 * share, "persen": share / 4} for share in range(0, 201, 5)]
    write_line(rows, tmp_path / "garis.svg")
    picture = (tmp_path / "garis.svg").read_text("utf-8")
    assert "rencana ini: 1.000 orang, cakupan 25,0%" in picture
    unknown = [{**row, "persen": None} for row in rows]
    assert "cakupan" not in str(budget_line(unknown))


LINE = [
    {
        "persen_anggaran": share, "anggaran": share * 1000, "orang": share * 3, "poin": share * 30, "batas": share * 31,
        "iuran": share * 900, "perkiraan": False, "pembilang": 1000 + share * 3, "penyebut": 2000,
        "persen": (1000 + share * 3) / 20, "nama_penyebut": "P",
    }
    for share in range(0, 201, 10)
]  # fmt: skip


def test_the_line_of_budgets_stands_in_the_report_with_its_table(make_run, tmp_path):
    run = replace(make_run(), garis=tuple(LINE))
    section = report_data(run)["garis"]
    assert section["judul"] == "Dengan uang 150%, 150 orang lagi dibayar."
    assert section["baris"][5] == ["100", "100.000", "300", "3.000", "1.300", "65,0%"]
    assert [row[0] for row in section["baris"]] == [str(share) for share in range(0, 201, 20)]
    write_report(run, tmp_path / "laporan.pdf")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "laporan.pdf").pages).split())
    assert "Garis anggaran" in text
    assert "Orang terlindungi" in text
    assert report_data(make_run())["garis"] is None


def test_the_line_in_the_report_says_what_is_an_estimate_and_what_more_money_cannot_buy():
    flat = [{**row, "orang": 7, "perkiraan": True} for row in LINE]
    section = line_section(flat, targets=True)
    assert "tidak ada orang lagi" in section["judul"]
    assert "±" in section["baris"][1][2]
    assert "taksiran" in section["sumber"]
    assert "tanpa target" in section["sumber"]
