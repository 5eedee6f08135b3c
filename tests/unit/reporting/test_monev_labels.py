"""Words in a chart: none covers another, a point or a line, and what must be said is said."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.reporting.monev_labels import Box, Ground, Label, in_one_line, placed

GROUND = Ground((0, 100), (0, 50), 500, 240)
PLACES = st.tuples(st.floats(0, 100), st.floats(0, 50))
LABELS = st.lists(st.tuples(PLACES, st.sampled_from(["37,2", "target 35,0", "perkiraan 38,8"])), max_size=14)


def _box(row: dict[str, object]) -> Box:
    x, y = GROUND.pixel(float(str(row["x"])), float(str(row["y"])))
    return Box(x, y, len(str(row["kata"])) * 7.4 / 2 - 0.01, 7 - 0.01)


@given(LABELS, st.lists(PLACES, max_size=8))
def test_words_cover_neither_each_other_nor_a_line(drawn: list[tuple[tuple[float, float], str]],
                                                   line: list[tuple[float, float]]) -> None:  # fmt: skip
    rows = placed([Label(x, y, kata, "#000") for (x, y), kata in drawn], [line], GROUND)
    boxes = [_box(row) for row in rows]
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert not any(box.meets(Box(*GROUND.pixel(*point), 4, 4)) for box in boxes for point in line)
    assert all(GROUND.holds(box) for box in boxes)


def test_what_must_be_said_may_cover_a_line_but_the_rest_is_left_out() -> None:
    thick = [[(x, y) for x in range(0, 101, 2)] for y in range(0, 51, 2)]
    labels = [Label(50, 25, "37,2", "#000", needed=True), Label(20, 10, "41,8", "#000")]
    assert [row["kata"] for row in placed(labels, thick, GROUND)] == ["37,2"]


def test_of_words_in_one_line_that_meet_the_first_stays_and_none_leaves_the_field() -> None:
    rows = in_one_line([Label(100, 50, "deret terputus", "#000"), Label(99, 50, "lain", "#000"),
                        Label(10, 50, "lain", "#000")], GROUND)  # fmt: skip
    assert [row["kata"] for row in rows] == ["deret terputus", "lain"]
    assert rows[0]["x"] < 100
    assert rows[1]["x"] == 10
