"""The pictures of the half year: their title is their finding, their words hold every number drawn."""

from datetime import date

import half_years as h
import pytest

from jangkau.core.reporting.semester_figures import Picked
from jangkau.core.reporting.semester_input import Change, Move
from jangkau.core.reporting.semester_pictures import change_section, ranked, trend_section
from jangkau.core.reporting.semester_sections import children_section


def of(*rows, **given):
    return Picked(h.material(angka=h.frame(list(rows)), **given))


def test_the_line_says_where_it_went_with_both_counts():
    part = trend_section(Picked(h.material()))
    assert part["judul"] == "Naik dari 30,1% menjadi 42,0%."
    assert "31 Desember 2025: 30,1% (6.420 dari 21.300); 30 Juni 2026: 42,0% (8.940 dari 21.300)" in part["anak"]
    assert "perkiraan" in part["gambar"]


@pytest.mark.parametrize(("part", "verb"), [(9000, "Turun dari 42,3%"), (8940, "Tetap 42,0%")])
def test_a_fall_and_a_standstill(part, verb):
    assert trend_section(of(h.figure(per=h.BEFORE, part=part), h.figure()))["judul"].startswith(verb)


def test_a_broken_line_is_not_called_a_rise():
    part = trend_section(of(h.figure(per=h.BEFORE, part=6420, versi="0"), h.figure()))
    assert part["judul"] == "Kini 42,0%; angka yang lama dihitung dengan cara lain."


def test_one_day_is_no_line():
    assert trend_section(of(h.figure())) is None


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((Move("Baru", 5), Move("Lapse", -2)), "Bertambah 3 orang: baru 5, lapse 2."),
        ((Move("Lapse", -2),), "Berkurang 2 orang: lapse 2."),
        ((Move("Baru", 2), Move("Lapse", -2)), "Sama banyaknya: baru 2, lapse 2."),
        ((Move("Baru", 0),), "Tidak ada yang berubah."),
    ],
)
def test_the_stairs_name_the_largest_cause_of_each_way(steps, words):
    change = Change(h.BEFORE, h.NOW, 10, 10 + sum(move.orang for move in steps), steps)
    assert change_section(Picked(h.material(perubahan=change)))["judul"] == words


def test_parts_without_an_earlier_day_are_bars_with_their_counts():
    p = of(h.figure(), h.figure("170501", part=7, whole=10), h.figure("170502", date(2026, 5, 31), 1, 4))
    assert "7 dari 10" in ranked(p)
    part = children_section(p)
    assert part["gambar"] == ranked(p)
    assert part["sebelum"] == ""
    assert part["judul"] == "Tertinggi Muara Baru, 70,0%. Terendah Tanjung Harapan, 25,0%."
