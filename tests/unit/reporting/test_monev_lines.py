"""Lines over months."""

from jangkau.core.reporting.monev_lines import Series, lines
from jangkau.core.reporting.monev_look import NARROW, WIDE

TWO = [Series("desa dijangkau", [("−1", 1.0), ("0", 4.0)]), Series("desa lain", [("−1", 1.0), ("0", 1.5)])]


def test_every_line_is_named_has_its_points_and_a_colour_of_its_own():
    body = lines(TWO, WIDE, "orang", "0")["layer"]
    assert [(row["garis"], row["y"]) for row in body[0]["data"]["values"]] == [
        ("desa dijangkau", 1.0), ("desa dijangkau", 4.0), ("desa lain", 1.0), ("desa lain", 1.5),
    ]  # fmt: skip
    scale = body[0]["encoding"]["color"]["scale"]
    assert scale["domain"] == ["desa dijangkau", "desa lain"]
    assert len(set(scale["range"])) == 2
    assert body[1]["data"]["values"] == [{"x": "0"}]


def test_a_narrow_chart_has_its_legend_below_one_another_and_fewer_labels():
    many = [Series("a", [(str(at), 1.0) for at in range(9)])]
    narrow, wide = (lines(many, width, "orang")["layer"][0]["encoding"] for width in (NARROW, WIDE))
    assert len(narrow["x"]["axis"]["values"]) < len(wide["x"]["axis"]["values"]) == 9
    assert narrow["color"]["legend"]["columns"] == 1
