"""One list as a sheet: header, rows and subtotals, in the habits of one writer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from jangkau.core.synthetic import cells, surround
from jangkau.core.synthetic.cells import Cell
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.layout import Habit, Row, Sheet, Where

GROUPS = {
    "nik": "IDENTITAS", "nama": "IDENTITAS", "kk": "IDENTITAS", "ttl": "IDENTITAS", "tempat": "KELAHIRAN",
    "tgl": "KELAHIRAN", "alamat": "ALAMAT", "rtrw": "ALAMAT", "desa": "ALAMAT", "kecamatan": "ALAMAT",
    "waris": "AHLI WARIS", "waris_nik": "AHLI WARIS", "waris_hubungan": "AHLI WARIS",
}  # fmt: skip
UNDER_GROUP = {"waris": "Nama", "waris_nik": "NIK", "waris_hubungan": "Hubungan"}
SHORT_KIND = {"Desa": "Ds.", "Kelurahan": "Kel."}
MIXED_NIK, MIXED_DATE = 0.05, 0.06


def build(name: str, mentions: list[dict[str, Any]], habit: Habit, where: Where, rng: np.random.Generator) -> Sheet:
    """The sheet of one list; `mentions` carry their number in `_nomor` and get `_gaya`, the style of their NIK."""
    sheet = Sheet(name)
    surround.add_title(sheet, habit, where, rng)
    _header(sheet, habit)
    _body(sheet, mentions, habit, rng)
    if habit.groups or rng.random() < 0.15:
        surround.add_total(sheet, habit, len(mentions), rng)
    if habit.notes:
        surround.add_notes(sheet, habit, rng)
    if habit.signature:
        surround.add_signature(sheet, habit, where, rng)
    return sheet


def _header(sheet: Sheet, habit: Habit) -> None:
    names: Row = [habit.headers[c] for c in habit.columns]
    if habit.two_rows:
        _two_rows(sheet, habit, names)
    else:
        sheet.rows.append(habit.shifted(names))
    if habit.numbering:
        numbers: Row = [i + 1 for i in range(len(names))]
        sheet.rows.append(habit.shifted(numbers))


def _two_rows(sheet: Sheet, habit: Habit, names: Row) -> None:
    """Group names above, merged over their columns; columns of no group are merged downwards."""
    top: Row = []
    bottom: Row = []
    row = len(sheet.rows)
    group = [GROUPS.get(c, "") for c in habit.columns]
    for i, name in enumerate(names):
        same = bool(group[i]) and group.count(group[i]) > 1
        first = same and (i == 0 or group[i - 1] != group[i])
        top.append(group[i] if first else None if same else name)
        bottom.append(UNDER_GROUP.get(habit.columns[i], name) if same else None)
        last = i
        while first and last + 1 < len(names) and group[last + 1] == group[i]:
            last += 1
        if last > i:
            sheet.merges.append((row, i + habit.offset, row, last + habit.offset))
        elif not same:
            sheet.merges.append((row, i + habit.offset, row + 1, i + habit.offset))
    sheet.rows += [habit.shifted(top), habit.shifted(bottom)]


def _body(sheet: Sheet, mentions: list[dict[str, Any]], habit: Habit, rng: np.random.Generator) -> None:
    header = habit.shifted([habit.headers[c] for c in habit.columns])
    every = 0 if not habit.groups else max(3, len(mentions) // 3)
    draws = rng.random((len(mentions), 10)).tolist()
    runs: list[list[int]] = []
    place_before: int | None = None
    for i, (mention, u) in enumerate(zip(mentions, draws, strict=True)):
        if every and i % every == 0:
            _group_rows(sheet, habit, i, every)
        if habit.repeat_header and i and i % 25 == 0:
            sheet.rows.append(header)
        if habit.blanks and u[0] < 0.06:
            sheet.rows.append([])
        row = len(sheet.rows)
        hide_place = habit.merged_place and mention["_tempat"] == place_before and runs[-1][1] == row - 1
        place_before = mention["_tempat"]
        if hide_place:
            runs[-1][1] = row
        else:
            runs.append([row, row])
        sheet.ids[mention["_nomor"]] = row
        mention["_gaya"] = habit.nik if u[8] > MIXED_NIK else cells.draw_key(cells.NIK_STYLES, u[8] / MIXED_NIK)
        line = Line(mention, i + 1, habit, u, hide_place)
        sheet.rows.append(habit.shifted([CELLS[c](line) for c in habit.columns]))
    for place in [c for c in ("desa", "kecamatan") if c in habit.columns]:
        column = habit.columns.index(place) + habit.offset
        sheet.merges += [(first, column, last, column) for first, last in runs if last > first]


def _group_rows(sheet: Sheet, habit: Habit, i: int, every: int) -> None:
    if i:
        sheet.rows.append(habit.shifted(["", "Sub Total", every]))
    names = load("words")["dusun"]
    sheet.rows.append(habit.shifted([names[i // every % len(names)]]))


@dataclass(frozen=True)
class Line:
    """What a cell is made from: the mention, its place in the list, the writer's habit, uniform numbers."""

    mention: dict[str, Any]
    number: int
    habit: Habit
    u: list[float]
    hide_place: bool

    def text(self, key: str) -> str:
        """A text of the mention in the list's letter case."""
        return cells.cased(self.mention[key], self.habit.case)

    def name(self) -> str:
        """The name, now and then with a stray blank."""
        name = self.text("nama")
        return name if self.u[6] > 0.03 else name.replace(" ", "  ", 1) + " "

    def date_style(self) -> str:
        """The list's style; now and then another."""
        mixed = self.u[7] < MIXED_DATE
        return cells.draw_key(cells.DATE_STYLES, self.u[7] / MIXED_DATE) if mixed else self.habit.date

    def place(self, key: str) -> str | None:
        """The village or kecamatan; nothing where it stands in a merged cell above."""
        if self.hide_place:
            return None
        return f"{SHORT_KIND[self.mention['_jenis']]} {self.text(key)}" if self.prefixed(key) else self.text(key)

    def prefixed(self, key: str) -> bool:
        """Whether this list writes `Des.` or `Kel.` before a village."""
        return key == "desa" and self.habit.place_prefix

    def age(self) -> int | None:
        """Years, roughly, as a list has them."""
        born = self.mention["tanggal_lahir"]
        return None if born is None else 2026 - born.year

    def heir_nik(self) -> str:
        """A number of the heir."""
        day, month, year = 41 + int(self.u[3] * 28), 1 + int(self.u[4] * 12), 60 + int(self.u[5] * 39)
        return f"{self.mention['no_kk'][:6]}{day}{month:02d}{year}0002"

    def other(self) -> str:
        """The name of somebody else."""
        names: list[str] = load("words")["nama_lain"]
        return cells.cased(names[int(self.u[3] * len(names))], self.habit.case)

    def address(self) -> str:
        """A street or a hamlet."""
        street = ("Merdeka", "Raya Desa", "Poros", "Kebun")[int(self.u[3] * 4)]
        return f"Jl. {street}" if self.u[4] < 0.5 else f"Dusun {1 + int(self.u[3] * 4)}"


CELLS: dict[str, Callable[[Line], Cell]] = {
    "no": lambda line: line.number,
    "nik": lambda line: cells.nik_cell(line.mention["tulis_nik"], line.mention["_gaya"]),
    "kk": lambda line: str(line.mention["no_kk"]),
    "nama": Line.name,
    "tgl": lambda line: cells.date_cell(line.mention["tanggal_lahir"], line.date_style()),
    "ttl": lambda line: cells.birth_text(
        line.text("tempat"), line.mention["tanggal_lahir"], line.date_style(), line.habit.joint
    ),
    "tempat": lambda line: line.text("tempat"),
    "jk": lambda line: line.habit.sex[line.mention["jenis_kelamin"]],
    "desa": lambda line: line.place("desa"),
    "kecamatan": lambda line: line.place("kecamatan"),
    "pekerjaan": lambda line: line.text("kata"),
    "penghasilan": lambda line: cells.income_cell(line.mention["penghasilan"], line.u[1], line.habit.income),
    "hp": lambda line: cells.phone_cell(line.mention["no_hp"], line.u[2]),
    "alamat": Line.address,
    "rtrw": lambda line: f"{1 + int(line.u[3] * 9):03d}/{1 + int(line.u[4] * 4):03d}",
    "ibu": Line.other,
    "waris": Line.other,
    "waris_nik": Line.heir_nik,
    "waris_hubungan": lambda line: ("Istri", "Suami", "Anak", "Orang tua")[int(line.u[3] * 4)],
    "umur": Line.age,
    "ket": lambda line: ("", "", "baru", "½ hari", "usulan tambahan")[int(line.u[5] * 5)],
}
