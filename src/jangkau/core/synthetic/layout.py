"""What a sheet is, which place it is about, and the habits of the person who makes it."""

from dataclasses import dataclass, field

import numpy as np

from jangkau.core.synthetic import cells
from jangkau.core.synthetic.cells import Cell
from jangkau.core.synthetic.data import load

Row = list[Cell]
HEADER_STYLES = {"biasa": 80.0, "besar": 7.0, "kecil": 4.0, "bintang": 3.0, "titik_dua": 2.0, "renggang": 4.0}


@dataclass
class Sheet:
    """Cells as they will be written; `ids` gives the row index of each mention."""

    name: str
    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Where:
    """The place a list is about, and which of its names the title shows; `kind` is Desa or Kelurahan."""

    village: str
    district: str
    regency: str
    in_title: tuple[str, ...] = ()
    kind: str = "Desa"


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
    letterhead: bool
    two_rows: bool
    numbering: bool
    groups: bool
    repeat_header: bool
    blanks: bool
    signature: bool
    notes: bool
    offset: int
    merged_place: bool
    joint: float
    place_prefix: bool

    def shifted(self, row: Row) -> Row:
        """The row behind this writer's empty columns on the left."""
        return [None] * self.offset + row


def draw_habit(rng: np.random.Generator, *, plain: bool, place_columns: tuple[str, ...]) -> Habit:
    """A writer's habits; `plain` for CSV, which has no merged cells."""
    u = rng.random(40).tolist()
    columns = _columns(u, place_columns)
    if u[29] < 0.12:
        columns = [columns[i] for i in rng.permutation(len(columns))]
    sexes = load("words")["jk"]
    return Habit(
        columns=columns,
        headers=_headers(columns, u, rng, plain),
        nik=cells.draw_key(cells.NIK_STYLES, u[0]),
        date=cells.draw_key(cells.DATE_STYLES, u[1]),
        income=cells.draw_key(cells.INCOME_STYLES, u[2]),
        case=cells.draw_key({"besar": 6, "judul": 4, "kecil": 0.5}, u[3]),
        sex=sexes[int(u[4] ** 1.8 * len(sexes))],
        title=u[5] < 0.6,
        letterhead=u[30] < 0.1,
        two_rows=not plain and u[6] < 0.14 and u[29] >= 0.12,
        numbering=u[7] < 0.2,
        groups=u[8] < 0.12,
        repeat_header=u[9] < 0.04,
        blanks=u[10] < 0.2,
        signature=u[11] < 0.4,
        notes=u[31] < 0.15,
        offset=1 if u[12] < 0.08 else 0,
        merged_place=not plain and u[13] < 0.4,
        joint=u[27],
        place_prefix=u[32] < 0.12,
    )


def _headers(columns: list[str], u: list[float], rng: np.random.Generator, plain: bool) -> dict[str, str]:
    """The name of each column in this writer's words."""
    words, style = load("words")["kepala"], cells.draw_key(HEADER_STYLES, u[33])
    chosen = {c: words[c][int(h**1.3 * len(words[c]))] for c, h in zip(columns, rng.random(len(columns)), strict=True)}
    headers = {c: _decorated(name, style) for c, name in chosen.items()}
    if not plain and u[28] < 0.06:
        headers = {c: name.replace(" ", "\n", 1) for c, name in headers.items()}
    return headers


def _decorated(name: str, style: str) -> str:
    return {
        "besar": name.upper(), "kecil": name.lower(), "bintang": f"{name} *)", "titik_dua": f"{name} :",
        "renggang": f" {name.replace(' ', '  ')} ",
    }.get(style, name)  # fmt: skip


def _columns(u: list[float], place_columns: tuple[str, ...]) -> list[str]:
    """Which columns, in the usual order."""
    birth = ["ttl"] if u[14] < 0.4 else ["tempat", "tgl"] if u[14] < 0.7 else ["tgl"]
    identity = ["nama", "nik"] if u[15] < 0.55 else ["nik", "nama"]
    heir = ["waris", "waris_nik", "waris_hubungan"] if u[34] < 0.4 else ["waris"]
    optional = (
        (["no"], u[16] < 0.88), (["kk"], u[17] < 0.18), (identity, True), (birth, True), (["umur"], u[35] < 0.08),
        (["jk"], u[18] < 0.75), (["ibu"], u[19] < 0.07), (["alamat"], u[20] < 0.5), (["rtrw"], u[21] < 0.35),
        (list(place_columns), True), (["pekerjaan"], u[22] < 0.97), (["penghasilan"], u[23] < 0.6),
        (["hp"], u[24] < 0.6), (heir, u[25] < 0.1), (["ket"], u[26] < 0.2),
    )  # fmt: skip
    return [column for names, there in optional if there for column in names]
