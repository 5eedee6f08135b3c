"""Half years."""

from datetime import date

import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.semester import Semester


def test_a_semester_knows_its_days_and_names():
    one = Semester.read(" 2026-1 ")
    assert (one.first, one.last) == (date(2026, 1, 1), date(2026, 6, 30))
    assert (one.name, one.months) == ("Semester I 2026", "Januari sampai Juni 2026")
    assert str(one.before) == "2025-2"
    assert one.before.last == date(2025, 12, 31)
    assert Semester(2026, 2).name == "Semester II 2026"
    assert Semester.of(date(2026, 7, 1)).before == one


@pytest.mark.parametrize("text", ["2026", "2026-3", "26-1", "2026-01", "", "0000-1"])
def test_anything_else_is_refused(text):
    with pytest.raises(Problem, match="semester"):
        Semester.read(text)
