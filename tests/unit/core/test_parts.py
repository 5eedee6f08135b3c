from jangkau.core.kernel.parts import parts


def test_parts_are_in_order_and_whole() -> None:
    assert [list(part) for part in parts(range(5), 2)] == [[0, 1], [2, 3], [4]]
    assert list(parts([1, 2], 2)) == [[1, 2]]
    assert list(parts([], 3)) == []
