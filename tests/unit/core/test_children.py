import os

import pytest

from jangkau.core.children import Child, ChildDied


def answers(child, count):
    try:
        return [child.next() for _ in range(count)]
    finally:
        child.close()


def test_items_are_answered_in_order():
    assert answers(Child("operator:itemgetter", 1, ["ab", "cd"]), 2) == ["b", "d"]


def test_a_child_that_dies_is_said():
    child = Child("operator:methodcaller", "missing", ["x"])
    with pytest.raises(ChildDied):
        answers(child, 1)


def test_a_killed_child_is_said():
    child = Child("operator:itemgetter", 0, [["x"]] * 3)
    assert child.next() == "x"
    os.kill(child._child.pid, 9)
    child._child.wait()
    with pytest.raises(ChildDied):
        answers(child, 10)
