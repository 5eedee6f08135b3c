"""One list as a sheet: title, header, rows, subtotals, signatures, in the habits of one writer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jangkau.core.synthetic import cells
from jangkau.core.synthetic.cells import Cell
from jangkau.core.synthetic.data import load

Row = list[Cell]
GROUPS = {
    "nik": "IDENTITAS", "nama": "IDENTITAS", "kk": "IDENTITAS", "ttl": "IDENTITAS", "tempat": "KELAHIRAN",
    "tgl": "KELAHIRAN", "alamat": "ALAMAT", "rtrw": "ALAMAT", "desa": "ALAMAT", "kecamatan": "ALAMAT",
}  # fmt: skip


@dataclass
class Sheet:
    """Cells as they will be written; `ids` gives the row index of each mention."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Habit:
    """How one writer makes lists."""

    columns: list[str]
    headers: dict[str, str]
    nik: str
    date: str
    income: str
    case: str
    sex: dict[str, str]
    title: bool
    two_rows: bool
    numbering: bool
    groups: bool
    repeat_header: bool
    blanks: bool
    signature: bool
    offset: int
    merged_place: bool
    joint: float


@dataclass(frozen=True)
class Where:
    """The place a list is about, and which of its names the title shows."""

    village: str
    district: str
    regency: str
    in_title: tuple[str, ...] = ()


def draw_habit(rng: np.random.Generator, *, plain: bool, place_columns: tuple[str, ...]) -> Habit:
    """A writer's habits; `plain` for CSV, which has no merged cells."""
    u = rng.random(32).tolist()
    columns = _columns(u, place_columns)
    headers = {c: _one(load("words")["kepala"][c], h) for c, h in zip(columns, rng.random(len(columns)), strict=True)}
    if not plain and u[28] < 0.06:
        headers = {c: name.replace(" ", "\n", 1) for c, name in headers.items()}
    return Habit(
        columns=columns,
        headers=headers,
        nik=cells.draw_key(cells.NIK_STYLES, u[0]),
        date=cells.draw_key(cells.DATE_STYLES, u[1]),
        income=cells.draw_key(cells.INCOME_STYLES, u[2]),
        case=cells.draw_key({"besar": 6, "judul": 4, "kecil": 0.5}, u[3]),
        sex=load("words")["jk"][int(u[4] ** 1.8 * 6)],
        title=u[5] < 0.6,
        two_rows=not plain and u[6] < 0.14,
        numbering=u[7] < 0.2,
        groups=u[8] < 0.12,
        repeat_header=u[9] < 0.04,
        blanks=u[10] < 0.2,
        signature=u[11] < 0.4,
        offset=1 if u[12] < 0.08 else 0,
        merged_place=not plain and u[13] < 0.4,
        joint=u[27],
    )


def _one(options: list[str], u: float) -> str:
    return options[int(u**1.5 * len(options))]


def _columns(u: list[float], place_columns: tuple[str, ...]) -> list[str]:
    """Which columns, in which order."""
    birth = ["ttl"] if u[14] < 0.4 else ["tempat", "tgl"] if u[14] < 0.7 else ["tgl"]
    identity = ["nama", "nik"] if u[15] < 0.55 else ["nik", "nama"]
    optional = (
        (["no"], u[16] < 0.88), (["kk"] if u[17] < 0.18 else [], True), (identity, True), (birth, True),
        (["jk"], u[18] < 0.75), (["ibu"], u[19] < 0.07), (["alamat"], u[20] < 0.5), (["rtrw"], u[21] < 0.35),
        (list(place_columns), True), (["pekerjaan"], u[22] < 0.97), (["penghasilan"], u[23] < 0.6),
        (["hp"], u[24] < 0.6), (["waris"], u[25] < 0.06), (["ket"], u[26] < 0.2),
    )  # fmt: skip
    return [column for names, there in optional if there for column in names]


def build(name: str, mentions: list[dict[str, Any]], habit: Habit, where: Where, rng: np.random.Generator) -> Sheet:
    """The sheet of one list; `mentions` carry their number in `_nomor`."""
    sheet = Sheet(name)
    _title(sheet, habit, where, rng)
    _header(sheet, habit)
    _body(sheet, mentions, habit, rng)
    if habit.groups or rng.random() < 0.15:
        sheet.rows.append(_shifted(habit, ["", "JUMLAH", f"{len(mentions)} orang"]))
    if habit.signature:
        _signature(sheet, habit, where, rng)
    return sheet


def _shifted(habit: Habit, row: Row) -> Row:
    return [None] * habit.offset + row


def _title(sheet: Sheet, habit: Habit, where: Where, rng: np.random.Generator) -> None:
    if not (habit.title or where.in_title):
        return
    lines = list(load("words")["judul"][int(rng.integers(5))])
    shown = {"desa": f"DESA {where.village}", "kecamatan": f"KECAMATAN {where.district}", "kabupaten": where.regency}
    parts = [shown[part].upper() for part in where.in_title]
    if parts and rng.random() < 0.5:
        lines.append(" ".join(parts))
    elif parts:
        regency = where.regency.removeprefix("Kabupaten ")
        words = {"desa": where.village, "kecamatan": where.district, "kabupaten": regency}
        lines += [f"{part.capitalize()} : {words[part]}" for part in where.in_title]
    width = len(habit.columns) + habit.offset
    for line in lines:
        if rng.random() < 0.5 and width > 2:
            sheet.merges.append((len(sheet.rows), habit.offset, len(sheet.rows), width - 1))
        sheet.rows.append(_shifted(habit, [line]))
    if rng.random() < 0.7:
        sheet.rows.append([])


def _header(sheet: Sheet, habit: Habit) -> None:
    names: Row = [habit.headers[c] for c in habit.columns]
    if habit.two_rows:
        _two_rows(sheet, habit, names)
    else:
        sheet.rows.append(_shifted(habit, names))
    if habit.numbering:
        numbers: Row = [i + 1 for i in range(len(names))]
        sheet.rows.append(_shifted(habit, numbers))


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
        bottom.append(name if same else None)
        last = i
        while first and last + 1 < len(names) and group[last + 1] == group[i]:
            last += 1
        if last > i:
            sheet.merges.append((row, i + habit.offset, row, last + habit.offset))
        elif not same:
            sheet.merges.append((row, i + habit.offset, row + 1, i + habit.offset))
    sheet.rows += [_shifted(habit, top), _shifted(habit, bottom)]


def _body(sheet: Sheet, mentions: list[dict[str, Any]], habit: Habit, rng: np.random.Generator) -> None:
    header = _shifted(habit, [habit.headers[c] for c in habit.columns])
    every = 0 if not habit.groups else max(3, len(mentions) // 3)
    draws = rng.random((len(mentions), 8)).tolist()
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
        line = Line(mention, i + 1, habit, u, hide_place)
        sheet.rows.append(_shifted(habit, [CELLS[c](line) for c in habit.columns]))
    for place in [c for c in ("desa", "kecamatan") if c in habit.columns]:
        column = habit.columns.index(place) + habit.offset
        sheet.merges += [(first, column, last, column) for first, last in runs if last > first]


def _group_rows(sheet: Sheet, habit: Habit, i: int, every: int) -> None:
    if i:
        sheet.rows.append(_shifted(habit, ["", "Sub Total", every]))
    names = load("words")["dusun"]
    sheet.rows.append(_shifted(habit, [names[i // every % len(names)]]))


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
        return self.habit.date if self.u[7] > 0.06 else cells.draw_key(cells.DATE_STYLES, self.u[7] / 0.06)

    def place(self, key: str) -> str | None:
        """The village or kecamatan; nothing where it stands in a merged cell above."""
        return None if self.hide_place else self.text(key)

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
    "nik": lambda line: cells.nik_cell(line.mention["tulis_nik"], line.habit.nik),
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
    "ket": lambda line: ("", "", "baru", "½ hari", "usulan tambahan")[int(line.u[5] * 5)],
}


def _signature(sheet: Sheet, habit: Habit, where: Where, rng: np.random.Generator) -> None:
    words = load("words")
    block = words["tanda_tangan"][int(rng.integers(len(words["tanda_tangan"])))]
    official = words["nama_lain"][int(rng.integers(len(words["nama_lain"])))]
    column = max(1, len(habit.columns) - 3)
    sheet.rows += [[], []]
    for line in block:
        text = line.format(desa=where.village, kecamatan=where.district, pejabat=official)
        sheet.rows.append([*[None] * (column + habit.offset), text])
