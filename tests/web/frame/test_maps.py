"""Regions drawn in their borders, where those are loaded."""

from dataclasses import dataclass

import pytest

from jangkau.web.templatetags import maps


@dataclass(frozen=True)
class Area:
    code: str
    shade: str = "shade-1"


def square(code: str, west: float, south: float, kind: str = "Polygon") -> dict:
    ring = [[west, south], [west, south + 1], [west + 1, south + 1], [west + 1, south], [west, south]]
    rings = [[ring]] if kind == "MultiPolygon" else [ring]
    return {"properties": {"kode": code}, "geometry": {"type": kind, "coordinates": rings}}


@pytest.fixture
def borders(monkeypatch):
    features = [square("1701", 102, -4), square("1705", 103, -5, "MultiPolygon")]
    monkeypatch.setattr(maps, "features_below", lambda code: features if code == "17" else [])


def test_north_is_up_and_nothing_leaves_the_picture(borders):
    drawn = maps.region_map([Area("1701"), Area("1705")])
    paths = [path for _area, path in drawn["shapes"]]
    assert drawn["width"] == maps.WIDTH
    numbers = [[tuple(map(float, part.split())) for part in path[1:-1].split("L")] for path in paths]
    assert all(0 <= x <= drawn["width"] + 1 and 0 <= y <= drawn["height"] + 1 for ring in numbers for x, y in ring)
    assert min(y for _, y in numbers[0]) < min(y for _, y in numbers[1])
    assert min(x for x, _ in numbers[0]) < min(x for x, _ in numbers[1])


@pytest.mark.parametrize("areas", [[], [Area("1701"), Area("1702")], [Area("170101")]])
def test_no_map_where_a_border_is_missing(borders, areas):
    assert maps.region_map(areas) == {}
