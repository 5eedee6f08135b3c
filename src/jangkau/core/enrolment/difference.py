"""What a new version of a decree changes: who left and why, who came in whose place, and what it does to the money."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from jangkau.core.engine import polars
from jangkau.core.enrolment.decree import IDENTITY, Heading
from jangkau.core.kernel.formats import long_date, number, rupiah, short_month
from jangkau.core.pdf import compile_pdf
from jangkau.core.sheet import Writer, workbook
from jangkau.core.tables.schema import Frame

_LINE = ("id_pekerja", "dana", "bulan_mulai", "jumlah_bulan", "iuran_total")
_HEADINGS = ("Nama", "NIK", "Desa/kelurahan", "Dana", "Bulan mulai", "Jumlah bulan", "Jumlah iuran (Rp)")


@dataclass(frozen=True)
class Row:
    """A line that left or came, with the words that say why or for whom."""

    nama: str
    nik: str
    desa: str
    dana: str
    bulan_mulai: str
    jumlah_bulan: int
    iuran_total: int
    sebab: str

    @property
    def cells(self) -> tuple[Any, ...]:
        """What both files show, in the order of the headings, then the reason."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class FundMoney:
    """Rupiah of one fund before and after."""

    nama: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """Rupiah more, or less where negative."""
        return self.after - self.before


@dataclass(frozen=True)
class Difference:
    """Two versions compared; a person paid otherwise than before stands in both lists."""

    left: list[Row]
    came: list[Row]
    money: list[FundMoney]

    @property
    def change(self) -> int:
        """Rupiah more over all funds, or less."""
        return sum(fund.change for fund in self.money)


def difference(before: Frame, after: Frame, why: Mapping[str, str], instead: Mapping[str, str]) -> Difference:
    """The lines of `before` that are not in `after`, the other way round, and the money of each fund.

    In: two versions as `roster.named` gives them. `why`: id_pekerja of who left -> reason; `instead`: id_pekerja of who
    came -> id_pekerja of whose place it is. Both lists are in the order of a decree.
    """
    old, new = polars(before), polars(after)
    names = dict(zip(old["id_pekerja"], old["nama"], strict=True))
    kept = set(old["id_pekerja"]) & set(new["id_pekerja"])
    places = {came: f"menggantikan {names[left] or 'tanpa nama'}" for came, left in instead.items() if left in names}
    other = dict.fromkeys(kept, "dibayar lain dari sebelumnya")
    left = _rows(old.join(new, on=_LINE, how="anti", nulls_equal=True, maintain_order="left"), {**other, **why})
    came = _rows(new.join(old, on=_LINE, how="anti", nulls_equal=True, maintain_order="left"), {**other, **places})
    return Difference(left, came, _money(old, new))


def _rows(lines: pl.DataFrame, words: Mapping[str, str]) -> list[Row]:
    return [
        Row(
            line["nama"] or "–", line["nik"] or "–", line["desa"] or "–", line["nama_dana"], line["bulan_mulai"],
            line["jumlah_bulan"], line["iuran_total"], words.get(line["id_pekerja"], "–"),
        )
        for line in lines.iter_rows(named=True)
    ]  # fmt: skip


def _money(old: pl.DataFrame, new: pl.DataFrame) -> list[FundMoney]:
    sums = [dict(frame.group_by("nama_dana").agg(pl.col("iuran_total").sum()).iter_rows()) for frame in (old, new)]
    return [FundMoney(name, sums[0].get(name, 0), sums[1].get(name, 0)) for name in sorted({*sums[0], *sums[1]})]


def write_difference(found: Difference, heading: Heading, title: str, stem: Path) -> list[Path]:
    """`<stem>.xlsx` and `<stem>.pdf`; the same difference gives the same bytes."""
    paths = [stem.with_suffix(".xlsx"), stem.with_suffix(".pdf")]
    _write_workbook(found, heading, title, paths[0])
    template = (files("jangkau.core.enrolment") / "perubahan.typ").read_text("utf-8")
    paths[1].write_bytes(compile_pdf(template, _pdf_data(found, heading, title), heading.per))
    return paths


def _write_workbook(found: Difference, heading: Heading, title: str, path: Path) -> None:
    with workbook(path, heading.per, title) as book:
        for name, rows, word in (("Keluar", found.left, "Sebab"), ("Masuk", found.came, "Keterangan")):
            sheet = book.add_worksheet(name)
            writer = Writer(book, sheet)
            writer.write([f"{title}: {name.lower()} {number(len(rows))} baris"], "judul")
            writer.write((*_HEADINGS, word), "kepala")
            for row in rows:
                writer.write(row.cells)
            sheet.set_column(0, 0, 30)
            sheet.set_column(1, 7, 18)
        writer = Writer(book, book.add_worksheet("Uang"))
        writer.write(["Dana", "Sebelum", "Sesudah", "Selisih"], "kepala")
        for fund in found.money:
            writer.write([fund.nama, fund.before, fund.after, fund.change])
        totals = (sum(fund.before for fund in found.money), sum(fund.after for fund in found.money), found.change)
        writer.write(["Jumlah", *totals], "jumlah")


def _pdf_data(found: Difference, heading: Heading, title: str) -> dict[str, Any]:
    day = f", {long_date(heading.tanggal)}" if heading.tanggal else ""
    money = [[fund.nama, rupiah(fund.before), rupiah(fund.after), rupiah(fund.change)] for fund in found.money]
    return {
        "judul": title,
        "lingkup": f"{heading.nomor}{day}",
        "kaki": IDENTITY,
        "kepala": _HEADINGS,
        "bagian": [
            {"nama": f"Keluar: {number(len(found.left))} baris", "kata": "Sebab", "baris": _texts(found.left)},
            {"nama": f"Masuk: {number(len(found.came))} baris", "kata": "Keterangan", "baris": _texts(found.came)},
        ],
        "uang": money,
        "jumlah": rupiah(found.change),
    }


def _texts(rows: list[Row]) -> list[list[str]]:
    return [
        [r.nama, r.nik, r.desa, r.dana, short_month(r.bulan_mulai), str(r.jumlah_bulan), number(r.iuran_total), r.sebab]
        for r in rows
    ]
