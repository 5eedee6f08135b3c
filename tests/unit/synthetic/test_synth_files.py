"""Sheets and writers: rows keep their place, formats hold the same cells, bytes repeat."""

import csv
import hashlib
from datetime import date

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from jangkau.core.synthetic import layout, sheets, writers
from jangkau.core.synthetic.layout import Sheet, Where

MENTION = {
    "_nomor": 0, "_tempat": 3, "_jenis": "Desa", "desa": "Air Manjunto", "kecamatan": "Air Dikit", "tempat": "Curup",
    "nama": "SITI NUR",
    "tulis_nik": "1706024708860012", "no_kk": "1706020101150001", "tanggal_lahir": date(1986, 8, 7),
    "jenis_kelamin": "P", "kata": "Pedagang", "penghasilan": 1_500_000, "no_hp": "081234567890",
}  # fmt: skip
WHERE = Where("Air Manjunto", "Air Dikit", "Kabupaten Mukomuko", ("desa", "kecamatan"))
SHEET = Sheet(
    "Usulan",
    [["DAFTAR <A&B>"], [], ["NIK", "Nama", "Lahir"], [1706024708860012, "=SITI", date(1986, 8, 7)]],
    [(0, 0, 0, 2)],
)


def mentions(count):
    return [{**MENTION, "_nomor": i, "nama": f"NAMA {i}", "_tempat": i // 3} for i in range(count)]


@pytest.mark.parametrize("seed", range(40))
def test_every_mention_has_its_row(seed):
    rng = np.random.default_rng(seed)
    plain = bool(seed % 2)
    habit = layout.draw_habit(rng, plain=plain, place_columns=("desa", "kecamatan"))
    sheet = sheets.build("Usulan", mentions(30), habit, WHERE, rng)
    name = habit.columns.index("nama") + habit.offset
    assert sorted(sheet.ids) == list(range(30))
    for number, row in sheet.ids.items():
        assert " ".join(sheet.rows[row][name].split()).upper() == f"NAMA {number}"
    assert not (plain and any(first != last for first, _, last, _ in sheet.merges))


@pytest.mark.parametrize("seed", range(40))
def test_merged_ranges_do_not_overlap_and_hide_nothing(seed):
    rng = np.random.default_rng(seed)
    habit = layout.draw_habit(rng, plain=False, place_columns=("desa",))
    sheet = sheets.build("Usulan", mentions(12), habit, WHERE, rng)
    seen = set()
    for r0, c0, r1, c1 in sheet.merges:
        inside = {(r, c) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
        assert not inside & seen
        seen |= inside
        for r, c in inside - {(r0, c0)}:
            assert len(sheet.rows[r]) <= c or sheet.rows[r][c] in (None, "")


def test_the_title_names_the_place():
    rng = np.random.default_rng(0)
    habit = layout.draw_habit(rng, plain=True, place_columns=())
    sheet = sheets.build("Usulan", mentions(2), habit, WHERE, rng)
    top = " ".join(str(cell) for row in sheet.rows[:6] for cell in row).upper()
    assert "AIR MANJUNTO" in top
    assert "AIR DIKIT" in top


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_workbooks_hold_the_cells_and_repeat_byte_for_byte(tmp_path, kind):
    digests = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{kind}"
        getattr(writers, f"write_{kind}")(path, [SHEET, Sheet("Kosong")])
        digests.append(hashlib.sha256(path.read_bytes()).hexdigest())
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Usulan").to_python(skip_empty_area=False)
        assert rows[0][0] == "DAFTAR <A&B>"
        assert rows[3] == [1706024708860012.0, "=SITI", date(1986, 8, 7)]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), (";", "cp1252")])
def test_csv_has_one_line_a_row(tmp_path, delimiter, encoding):
    path = tmp_path / "a.csv"
    sheet = Sheet("x", [["USULAN – 2027"], [], ["a;b", "c,d", 3], [1.706024e15, date(1986, 8, 7), None]])
    writers.write_csv(path, [sheet], delimiter=delimiter, encoding=encoding)
    rows = list(csv.reader(path.read_bytes().decode(encoding).splitlines(), delimiter=delimiter))
    assert rows[0][0] == "USULAN – 2027"
    assert rows[2] == ["a;b", "c,d", "3"]
    assert rows[3] == ["1.70602E+15", "07/08/1986", ""]
