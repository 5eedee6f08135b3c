"""What only a whole column shows."""

from datetime import date

import pytest

from tests.unit.intake.grid import records

BIRTHS = [(5, 5, 1990), (6, 7, 1985), (1, 2, 1978), (15, 12, 2000), (10, 11, 1970)]


def drawing(heading: str, style: str, births: list[tuple[int, int, int]]) -> str:
    rows = [
        f"{n}|ORANG {'ABCDE'[n]}|170101{day:02}{month:02}{year % 100:02}000{n + 1}|"
        + style.format(d=day, m=month, y=year)
        for n, (day, month, year) in enumerate(births)
    ]
    return "\n".join([f"No|Nama|NIK|{heading}", *rows])


def dates(text: str) -> list[date | None]:
    return [record.values["tanggal_lahir"] for record in records(text)]


TRUE = [date(year, month, day) for day, month, year in BIRTHS]


def test_the_heading_says_month_first() -> None:
    assert dates(drawing("Tanggal Lahir (mm/dd/yyyy)", "{m}/{d}/{y}", BIRTHS[:3])) == TRUE[:3]


def test_a_heading_that_no_row_obeys() -> None:
    assert dates(drawing("Tanggal Lahir (mm/dd/yyyy)", "{d}/{m}/{y}", BIRTHS)) == TRUE
    assert dates(drawing("Tanggal Lahir (mm/dd/yyyy)", "{d}/{m}/{y}", BIRTHS[:3])) == TRUE[:3]


def test_dates_and_nik_show_month_first() -> None:
    assert dates(drawing("Tgl Lahir", "{m}/{d}/{y}", BIRTHS)) == TRUE


def test_day_first_unless_shown() -> None:
    swapped = [date(1990, 5, 5), date(1985, 6, 7), date(1978, 1, 2)]
    assert dates(drawing("Tgl Lahir", "{m}/{d}/{y}", BIRTHS[:3])) == swapped  # no date here needs the month first
    assert dates(drawing("Tgl Lahir", "{d}/{m}/{y}", BIRTHS)) == TRUE


@pytest.mark.parametrize(("last", "kept"), [("0", False), ("1", True)])
def test_nik_text_cut_before_it_became_text(last: str, kept: bool) -> None:
    rows = [
        f"{n}|ORANG {name}|17010105059{n}000{last}" for n, name in enumerate(["SATU", "DUA", "TIGA", "EMPAT", "LIMA"])
    ]
    found = records("\n".join(["No|Nama|NIK", *rows[:4], "5|LIMA|1701010505940010"]))
    assert [record.values["nik"] is not None for record in found[:4]] == [kept] * 4
    if not kept:
        assert found[0].values["nik_dugaan"] is not None
        assert "NIK_DIGIT_HILANG" in [kode for _, kode, _ in found[0].problems]


def test_ditto_with_a_dot() -> None:
    rows = ["1|SATU|1701010505900001|Petani", "2|DUA|1701010505910001|Sda.", "3|TIGA|1701010505920001|idem."]
    found = records("\n".join(["No|Nama|NIK|Pekerjaan", *rows]))
    assert [record.values["pekerjaan"] for record in found] == ["TANI"] * 3


def test_ages_under_l_and_p_tell_the_sex() -> None:
    rows = ["1|SATU|1701010505900001|36||Petani", "2|DUA|1701014505910001||35|Petani"]
    found = records("\n".join(["No|Nama|NIK|Umur||Pekerjaan", "|||L|P|", *rows]))
    assert [record.values["jenis_kelamin"] for record in found] == ["L", "P"]


def test_income_in_the_unit_of_its_heading() -> None:
    rows = ["1|SATU|1701010505900001|1500", "2|DUA|1701010505910001|1.000", "3|TIGA|1701010505920001|Rp 900.000"]
    found = records("\n".join(["No|Nama|NIK|Penghasilan (ribu rupiah)", *rows]))
    assert [record.values["penghasilan"] for record in found] == [1_500_000, 1_000_000, 900_000]
    plain = records("\n".join(["No|Nama|NIK|Penghasilan", rows[0]]))
    assert plain[0].values["penghasilan"] is None


def test_plain_headings_among_many_unknown_ones() -> None:
    unknown = "|".join(f"Kolom {n}" for n in range(300))
    found = records(f"Nama|NIK|Desa|{unknown}\nSATU|1701010505900001|Batu Ampar|{'1|' * 299}1")
    assert [(record.values["nama"], record.values["nik"]) for record in found] == [("SATU", "1701010505900001")]
