"""What stands around a list: letterhead, title, totals, notes, signatures."""

import numpy as np

from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.layout import Habit, Row, Sheet, Where


def add_title(sheet: Sheet, habit: Habit, where: Where, rng: np.random.Generator) -> None:
    """Letterhead, title lines and the names of the place that the title shows."""
    if not (habit.title or where.in_title):
        return
    titles = load("words")["judul"]
    lines = _letterhead(where) if habit.letterhead else []
    lines += titles[int(rng.integers(len(titles)))] + _place_lines(where, float(rng.random()))
    width = len(habit.columns) + habit.offset
    for line in lines:
        if rng.random() < 0.5 and width > 2:
            sheet.merges.append((len(sheet.rows), habit.offset, len(sheet.rows), width - 1))
        sheet.rows.append(habit.shifted([line]))
    if rng.random() < 0.7:
        sheet.rows.append([])


def _letterhead(where: Where) -> list[str]:
    return [f"PEMERINTAH {where.regency.upper()}", "Alamat : Jl. Lintas Barat No. 21 Telp. (0736) 21345", ""]


def _place_lines(where: Where, u: float) -> list[str]:
    """`DESA X KECAMATAN Y`, or a line each, or `Desa X, Kec. Y`."""
    regency = where.regency.removeprefix("Kabupaten ")
    words = {"desa": where.village, "kecamatan": where.district, "kabupaten": regency}
    labels = {"desa": where.kind, "kecamatan": "Kecamatan", "kabupaten": "Kabupaten"}
    short = {"desa": "Desa" if where.kind == "Desa" else "Kel.", "kecamatan": "Kec.", "kabupaten": "Kab."}
    if regency.startswith("Kota "):
        labels["kabupaten"], short["kabupaten"] = "Kabupaten/Kota", ""
    if not where.in_title:
        return []
    if u < 0.45:
        joined = [where.regency if p == "kabupaten" else f"{labels[p]} {words[p]}" for p in where.in_title]
        return [" ".join(joined).upper()]
    if u < 0.85:
        return [f"{labels[p]} : {words[p]}" for p in where.in_title]
    return [", ".join(f"{short[p]} {words[p]}".strip() for p in where.in_title)]


def add_total(sheet: Sheet, habit: Habit, count: int, rng: np.random.Generator) -> None:
    """The line under the list that counts it."""
    totals: tuple[Row, ...] = (
        ["", "JUMLAH", f"{count} orang"],
        ["Jumlah", count],
        ["", f"TOTAL : {count} ORANG"],
        ["", "Jumlah Total", "", count],
    )
    sheet.rows.append(habit.shifted(totals[int(rng.integers(len(totals)))]))


def add_notes(sheet: Sheet, habit: Habit, rng: np.random.Generator) -> None:
    """Remarks under the list."""
    notes = load("words")["catatan"]
    sheet.rows.append([])
    sheet.rows += [habit.shifted([line]) for line in notes[int(rng.integers(len(notes)))]]


def add_signature(sheet: Sheet, habit: Habit, where: Where, rng: np.random.Generator) -> None:
    """Who signs, to the right."""
    words = load("words")
    block = words["tanda_tangan"][int(rng.integers(len(words["tanda_tangan"])))]
    official = words["nama_lain"][int(rng.integers(len(words["nama_lain"])))]
    column = max(1, len(habit.columns) - 3)
    sheet.rows += [[], []]
    for line in block:
        text = line.format(desa=where.village, kecamatan=where.district, pejabat=official)
        sheet.rows.append(habit.shifted([*[None] * column, text]))
