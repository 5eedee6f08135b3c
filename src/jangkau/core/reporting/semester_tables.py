"""The tables of a semester report, once: their cells are numbers and dates, written out by the PDF and by Excel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from jangkau.core.kernel.formats import long_date, number, percent
from jangkau.core.reporting.semester_decisions import follow_ups, overdue
from jangkau.core.reporting.semester_figures import COUNTED, SAID, Figure, Picked
from jangkau.core.reporting.semester_input import Goal, Stage
from jangkau.core.reporting.semester_words import gap_people
from jangkau.core.reporting.words import short_name, source
from jangkau.core.sheet import Percent

Cell = str | int | float | Percent | date | None
Row = tuple[Cell, ...]
ORIGIN = {
    "dihitung": "hitungan sendiri", "survei": "survei", "terbit": "terbit", "diketik": "diketik", "ramalan": "ramalan",
}  # fmt: skip
CUT = {
    "segmen": "Segmen", "jenis_kelamin": "Jenis kelamin", "umur": "Umur", "desil": "Desil", "sektor": "Sektor",
    "pekerjaan": "Pekerjaan", "pembayar": "Pembayar", "dana": "Dana",
}  # fmt: skip
_BETTER = {"naik": "lebih tinggi lebih baik", "turun": "lebih rendah lebih baik"}
_BLANK = ("", None)
CLASSES = {("jenis_kelamin", "L"): "laki-laki", ("jenis_kelamin", "P"): "perempuan"}


@dataclass(frozen=True)
class Grid:
    """A table: `kiri` are the columns of text, `kosong` is what stands where it has no rows."""

    judul: str
    kolom: tuple[str, ...]
    baris: tuple[Row, ...]
    kiri: tuple[int, ...] = (0,)
    jumlah: Row | None = None
    catatan: str = ""
    kosong: str = ""

    def printed(self) -> dict[str, Any]:
        """The table for a template, every cell as text; a column without a single cell is left out."""
        shown = [
            at for at in range(len(self.kolom)) if not self.baris or any(row[at] not in _BLANK for row in self.baris)
        ]
        cells = [[written(row[at]) for at in shown] for row in self.baris]
        total = [written(self.jumlah[at]) for at in shown] if self.jumlah else None
        left = [place for place, at in enumerate(shown) if at in self.kiri]
        return {
            "judul": self.judul, "kolom": [self.kolom[at] for at in shown], "kiri": left, "jumlah": total,
            "baris": cells, "catatan": self.catatan, "kosong": self.kosong,
            "lebar": [_weight([row[at] for row in cells]) for at in range(len(shown))],
        }  # fmt: skip


def _weight(texts: list[str]) -> int:
    """How much of the room a column of text asks for: less than its longest text, within bounds."""
    return int(10.0 * float(min(200, max(14, max(map(len, texts), default=0)))) ** 0.7)


def written(cell: Cell) -> str:
    """A cell as Indonesians write it."""
    if cell is None:
        return "–"
    if isinstance(cell, Percent):
        return percent(float(cell))
    if isinstance(cell, date):
        return long_date(cell)
    if isinstance(cell, str):
        return cell
    return number(cell, 1 if isinstance(cell, float) else 0)


def value(figure: Figure | None) -> Cell:
    """The value of a figure as a cell."""
    if figure is None or figure.nilai is None:
        return None
    if figure.satuan == "persen":
        return Percent(figure.nilai)
    return figure.nilai if figure.satuan in {"bulan", "poin"} else round(figure.nilai)


def count(number_of: float | None) -> int | None:
    """A number of people as a whole number."""
    return None if number_of is None else round(number_of)


def tables(p: Picked) -> list[Grid]:
    """Every table that has something to show, in the order of the report."""
    makers: Sequence[Callable[[Picked], Grid | None]] = (
        key_table, children_table, series_table, change_table, funnel_table, funds_table, cuts_table,
        beside_table, goals_table, forecast_table, score_table, follow_table, sources_table,
    )  # fmt: skip
    return [grid for maker in makers if (grid := maker(p)) is not None]


def key_table(p: Picked) -> Grid:
    """The newest figure of every indicator, with what it rests on."""
    found = [figure for code in p.own if (figure := p.now(code))]
    rows = tuple(
        (
            p.defined(f.indikator).nama, value(f), f.satuan, count(f.pembilang), f.nama_pembilang, count(f.penyebut),
            f.nama_penyebut, f.per, ORIGIN[f.asal], source(f.sumber_pembilang), source(f.sumber_penyebut or ""),
            f.keyakinan or "",
        )
        for f in found
    )  # fmt: skip
    columns = (
        "Ukuran", "Angka", "Satuan", "Pembilang", "Yang dihitung", "Penyebut", "Dibagi apa", "Per", "Asal",
        "Sumber pembilang", "Sumber penyebut", "Keyakinan",
    )  # fmt: skip
    return Grid("Angka utama", columns, rows, (0, 2, 4, 6, 8, 9, 10, 11), kosong="Belum ada angka.")


def children_table(p: Picked) -> Grid | None:
    """The main figure of every part of the region, before and now, the region itself as the last row."""
    if p.main is None or not any(now for _, _, now in p.children(p.main)):
        return None
    now = p.now(p.main)
    alike = p.full and now and (p.full.nama_penyebut or "").lower() == now.nama_pembilang.lower()
    full = p.full.indikator if p.full and alike else None
    rows = [
        _child(short_name(name), before, now, p.now(full, place) if full else None)
        for (place, name), (_, before, now) in zip(p.material.bagian, p.children(p.main), strict=True)
    ]
    whole = _child(p.material.nama, p.before(p.main), now, p.full)
    columns = ("Wilayah", "Penyebut", "Semula", "Kini", "Berubah", "Semula (%)", "Kini (%)", "Manfaat penuh")
    width = len(columns) - (0 if full else 1)
    return Grid(
        f"{p.defined(p.main).nama} menurut {p.material.sebutan_bagian}",
        columns[:width], tuple(row[:width] for row in rows), (0,), whole[:width],
        "Semula: hitungan terakhir sebelum semester ini. Garis datar: tidak ada angka.",
    )  # fmt: skip


def _child(name: str, before: Figure | None, now: Figure | None, full: Figure | None) -> Row:
    old = before if before and now and now.comparable(before) else None
    known = old and now and old.pembilang is not None and now.pembilang is not None
    change = round((now.pembilang or 0) - (old.pembilang or 0)) if known and now and old else None
    counts = (count(f.pembilang) if f else None for f in (old, now))
    return (
        name, count(now.penyebut) if now else None, *counts, change, value(old), value(now),
        count(full.pembilang) if full else None,
    )  # fmt: skip


def series_table(p: Picked) -> Grid | None:
    """The main figure over time; a break is said in its row."""
    rows = p.series(p.main or "")
    if len(rows) < 2:
        return None
    marks = ["", *("" if b.comparable(a) else "deret putus: definisi atau penyebut lain" for a, b in pairwise(rows))]
    cells = tuple(
        (f.per, value(f), count(f.pembilang), count(f.penyebut), f.nama_penyebut, mark)
        for f, mark in zip(rows, marks, strict=True)
    )
    columns = ("Per", "Angka", "Pembilang", "Penyebut", "Dibagi apa", "Tanda")
    return Grid("Perjalanan angka", columns, cells, (0, 4, 5))


def change_table(p: Picked) -> Grid | None:
    """What moved the number of people covered; the steps add up exactly."""
    change = p.material.perubahan
    if change is None:
        return None
    rows = (
        (f"Terlindungi {long_date(change.dari)}", change.awal),
        *((move.sebab, move.orang) for move in change.langkah),
    )
    total = (f"Terlindungi {long_date(change.sampai)}", change.akhir)
    return Grid("Apa yang mengubahnya", ("Sebab", "Orang"), rows, (0,), total, change.sumber)


def funnel_table(p: Picked) -> Grid | None:
    """From the list to the claim; each stage also as a share of the first that counts the same thing."""
    stages = p.material.corong
    if not stages:
        return None
    first = {stage.satuan: stage for stage in reversed(stages)}
    rows = tuple((s.nama, s.jumlah, s.satuan, _of_first(s, first[s.satuan])) for s in stages)
    columns = ("Tahap", "Jumlah", "Satuan", "Dari tahap pertama")
    return Grid("Dari daftar sampai klaim", columns, rows, (0, 2))


def _of_first(stage: Stage, first: Stage) -> Percent | None:
    return None if stage is first or not first.jumlah else Percent(100 * stage.jumlah / first.jumlah)


def funds_table(p: Picked) -> Grid | None:
    """Rupiah by where they are, and the months that each fund pays."""
    funds = p.material.dana
    if funds is None:
        return None
    rows = tuple(
        (f.nama, f.anggaran, f.dijanjikan, f.ditagih, f.dibayar, f.sisa, f.orang, f.bulan_orang, f.bulan) for f in funds
    )
    sums = tuple(sum(row[at] for row in rows) for at in range(1, 8))  # type: ignore[misc]
    columns = ("Dana", "Anggaran", "Dijanjikan", "Ditagih", "Dibayar", "Sisa", "Orang", "Bulan orang", "Bulan")
    note = "Rupiah. Bulan: rata-rata bulan tiap orang. Orang yang dibayar dua dana terhitung pada keduanya."
    return Grid("Dana", columns, rows, (0,), ("Jumlah", *sums, None), note, "Belum ada dana tercatat di wilayah ini.")


def cuts_table(p: Picked) -> Grid | None:
    """The main figure by segment, sex, age and the other cuts."""
    rows = tuple(
        (CUT.get(cut, cut), CLASSES.get((cut, f.kelas), f.kelas.replace("_", " ")), count(f.pembilang),
         count(f.penyebut), value(f))
        for cut, figures in p.cuts(p.main or "") for f in figures
    )  # fmt: skip
    columns = ("Menurut", "Kelompok", "Pembilang", "Penyebut", "Angka")
    return Grid("Menurut kelompok", columns, rows, (0, 1)) if rows else None


def beside_table(p: Picked) -> Grid | None:
    """Our figure beside what was published, side by side; nothing is averaged. Only what this report defines."""
    known = {d.kode for d in p.material.definisi}
    rows = tuple(
        (p.defined(code).nama, value(f), count(f.pembilang), count(f.penyebut), f.per, _whose(f), f.catatan or "")
        for code in p.codes if p.published(code) and code in known for f in [*_own(p, code), *p.published(code)]
    )  # fmt: skip
    columns = ("Ukuran", "Angka", "Pembilang", "Penyebut", "Per", "Sumber", "Catatan")
    note = "Angka dari sumber berlainan memakai penyebut berlainan; tidak satu pun dirata-ratakan."
    return Grid("Angka berdampingan", columns, rows, (0, 5, 6), None, note) if rows else None


def _whose(figure: Figure) -> str:
    words = source(figure.sumber_pembilang)
    return f"Hitungan sendiri: {words}" if figure.asal in COUNTED else words


def _own(p: Picked, code: str) -> list[Figure]:
    own = p.now(code)
    return [own] if own and own.asal in COUNTED else []


def goals_table(p: Picked) -> Grid | None:
    """Targets of the year beside what is reached; what is unknown stays so."""
    year = p.semester.tahun
    rows = tuple(
        (p.defined(g.indikator).nama, g.deret, _asked(g), g.penyebut, value(now), gap_people(g, now) if now else None,
         g.sumber)
        for g in p.material.target if g.tahun == year for now in (p.now(g.indikator),)
    )  # fmt: skip
    columns = ("Ukuran", "Deret", "Target", "Dari", "Kini", "Kurang (orang)", "Sumber")
    return Grid(f"Target {year}", columns, rows, (0, 1, 3, 6)) if rows else None


def _asked(goal: Goal) -> Cell:
    if not goal.known:
        return "belum diketahui"
    return goal.orang if goal.nilai is None else Percent(goal.nilai)


def forecast_table(p: Picked) -> Grid | None:
    """What is expected, with its interval."""
    rows = tuple((f.per, value(f), _end(f, f.bawah), _end(f, f.atas), f.catatan or "") for f in p.forecast(p.foreseen))
    columns = ("Per", "Perkiraan", "Paling rendah", "Paling tinggi", "Catatan")
    note = f"{p.defined(p.foreseen).nama}." if p.foreseen != p.main else ""
    return Grid("Perkiraan ke depan", columns, rows, (0, 4), None, note) if rows else None


def _end(figure: Figure, end: float | None) -> Cell:
    if end is None:
        return None
    return Percent(end) if figure.satuan == "persen" else round(end)


def score_table(p: Picked) -> Grid | None:
    """Points of every section of the scorecards."""
    rows = tuple(
        (s.instrumen, m.bagian, float(m.nilai), float(m.maksimum),
         Percent(100 * m.nilai / m.maksimum) if m.maksimum else None)
        for s in p.material.rapor for m in s.bagian
    )  # fmt: skip
    notes = " ".join(_score_words(s.instrumen, s.persen, s.sebelumnya, s.pita) for s in p.material.rapor)
    columns = ("Instrumen", "Bagian", "Nilai", "Paling tinggi", "Nilai (%)")
    return Grid("Rapor", columns, rows, (0, 1), None, notes) if rows else None


def _score_words(name: str, share: float | None, before: float | None, band: str) -> str:
    old = f", semester sebelumnya {percent(before)} dari nilai tertinggi" if before is not None else ""
    return f"{name}: {percent(share)} dari nilai tertinggi{f', {band}' if band else ''}{old}."


def follow_table(p: Picked) -> Grid | None:
    """What was agreed with the region, and what of it is late."""
    if not p.material.rapor:
        return None
    rows = tuple(
        (step.isi, step.oleh, step.batas, f"{step.keadaan}, lewat batas" if overdue(step, p) else step.keadaan)
        for step in follow_ups(p)
    )
    columns = ("Yang disepakati", "Oleh", "Batas", "Keadaan")
    return Grid("Tindak lanjut", columns, rows, (0, 1, 2, 3), kosong="Belum ada tindak lanjut yang disepakati.")


def definitions_table(p: Picked) -> Grid:
    """What every indicator of the report means."""
    rows = tuple(
        (d.nama, d.arti, d.satuan, _BETTER.get(d.arah, "netral"), d.sumber, d.versi)
        for d in map(p.defined, p.own)
    )  # fmt: skip
    columns = ("Ukuran", "Arti", "Satuan", "Arah", "Dasar", "Versi")
    return Grid("Definisi", columns, rows, tuple(range(6)), kosong="Belum ada ukuran.")


def sources_table(p: Picked) -> Grid | None:
    """Every source of a figure of the region in the report, once, with the indicators that rest on it."""
    used: dict[tuple[str, str], list[str]] = {}
    for code in p.codes:
        own = p.now(code)
        for f in filter(None, (own, p.before(code), *p.published(code))):
            kept = ", terbit" if f.asal in SAID else ""
            for kind, words in (("pembilang", f.sumber_pembilang), ("penyebut", f.sumber_penyebut)):
                if words:
                    used.setdefault((source(words), kind + kept), []).append(p.defined(code).nama)
    rows = tuple((words, kind, "; ".join(dict.fromkeys(names))) for (words, kind), names in sorted(used.items()))
    return Grid("Sumber", ("Sumber", "Dipakai sebagai", "Untuk ukuran"), rows, (0, 1, 2)) if rows else None
