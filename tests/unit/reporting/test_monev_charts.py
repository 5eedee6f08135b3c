"""The specifications of monitoring: what they promise before anything is drawn."""

from datetime import date

import pytest

from jangkau.core.reporting import monev_map, monev_ranking, monev_waterfall
from jangkau.core.reporting.monev_look import NARROW, WIDE, themed
from jangkau.core.reporting.monev_trend import Break, Point, Trend, trend


def test_colours_become_variables_and_ids_are_the_pictures_own() -> None:
    svg = '<svg class="marks" width="9" height="9"><rect width="9" height="9" fill="white"/><g id="a" role="x"><path fill="#0b6470" clip-path="url(#a)"/></g></svg>'  # noqa: E501
    told = themed(svg, "Judul <1>", "isi & isi")
    assert 'fill="var(--accent)"' in told
    assert 'aria-label="Judul &lt;1&gt;"' in told
    assert "isi &amp; isi" in told
    assert 'id="a"' not in told
    assert 'role="x"' not in told
    assert 'width="9"' not in told


@pytest.mark.parametrize("values", [[0.0], [3.1, 99.9], [12.0, 12.5], [0.0, 237_960.0], []])
def test_the_five_steps_of_a_map_are_equal_round_and_hold_every_value(values: list[float]) -> None:
    limits = monev_map.bounds(values)
    sizes = {round(b - a, 6) for a, b in zip(limits, limits[1:], strict=False)}
    assert len(sizes) == 1
    (size,) = sizes
    assert all(limits[0] - size <= value < limits[-1] + size for value in values)


def test_a_waterfall_that_does_not_add_up_is_not_drawn() -> None:
    with pytest.raises(ValueError, match="add up"):
        monev_waterfall.waterfall(("a", 10), [monev_waterfall.Step("baru", 5)], ("b", 16), WIDE)


def test_an_unknown_region_has_no_bar_and_says_so() -> None:
    spec = monev_ranking.ranking([monev_ranking.Bar("Kaur", None), monev_ranking.Bar("Seluma", 10.0)], [], NARROW)
    assert [row["kata"] for row in spec["data"]["values"]] == ["?", "10,0"]
    assert spec["data"]["values"][0]["rincian"] == "belum diketahui"


def test_no_line_is_drawn_across_a_break() -> None:
    points = [Point(date(2025, month, 1), 30.0 + month) for month in (1, 3, 6, 9)]
    spec = trend(Trend(points, [Break(date(2025, 6, 1), "terputus")]), WIDE)
    lines = [
        layer for layer in spec["layer"] if isinstance(layer.get("mark"), dict) and layer["mark"]["type"] == "line"
    ]
    assert [len(line["data"]["values"]) for line in lines] == [2, 2]


def test_breaks_of_neighbouring_months_do_not_write_over_each_other() -> None:
    points = [Point(date(2025, month, 1), 30.0 + month) for month in range(1, 12)]
    told = Trend(points, [Break(date(2025, month, 1), "cara lain") for month in (5, 6, 7, 11)])
    (words,) = [layer for layer in trend(told, WIDE)["layer"] if layer["mark"].get("y") == -12]
    assert [row["kata"] for row in words["data"]["values"]] == ["cara lain"] * 3


def test_tiles_lie_where_the_regions_lie_or_in_the_order_given() -> None:
    known = ["1701", "1702", "1703", "1704", "1705", "1706", "1707", "1708", "1709", "1771"]
    laid = monev_map.laid(known)
    assert len(set(laid.values())) == len(known)
    north, south = laid["1706"], laid["1704"]
    assert north[1] < south[1]
    assert north[0] < south[0]
    assert monev_map.laid([*known, "1799"]) == monev_map.laid(["3301", "3302"]) == {}
    spec = monev_map.tiles(
        [monev_map.Area(f"330{n}", "Kabupaten Panjang Sekali", 3.0 * n) for n in range(1, 6)], NARROW
    )
    rows = spec["data"]["values"]
    assert [(row["kolom"], row["lajur"]) for row in rows] == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)]
    assert rows[0]["nama"] == "Kabupaten\nPanjang Sekali"
