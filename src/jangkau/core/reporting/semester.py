"""The half year of a region as documents: report, workbook, two-page brief and poster, all from one material."""

from pathlib import Path
from typing import Any

from jangkau.core.kernel.formats import long_date, number
from jangkau.core.kernel.semester import KINDS
from jangkau.core.reporting.dress import dressed_pdf
from jangkau.core.reporting.semester_decisions import decisions
from jangkau.core.reporting.semester_excel import write_workbook
from jangkau.core.reporting.semester_figures import Figure, Picked
from jangkau.core.reporting.semester_input import Material
from jangkau.core.reporting.semester_pictures import pictures
from jangkau.core.reporting.semester_sections import children_section
from jangkau.core.reporting.semester_tables import ORIGIN, definitions_table, tables
from jangkau.core.reporting.semester_words import inside, sentences, short, warning
from jangkau.core.reporting.words import IDENTITY, source

ENDINGS = {"laporan": ".pdf", "excel": ".xlsx", "ringkas": "-ringkas.pdf", "poster": "-poster.pdf"}
_TEMPLATES = {"laporan": "semester.typ", "ringkas": "semester_ringkas.typ", "poster": "semester_poster.typ"}
_TILES = 4
_APART = {"Angka utama", "Sumber"}  # printed in their own places


def write_semester(material: Material, folder: Path, kinds: tuple[str, ...] = KINDS) -> dict[str, Path]:
    """The documents asked for, in `folder`: kind -> file. The same material gives the same bytes.

    The PDFs are tagged (PDF/UA-1) and Indonesian, and name no person. Names: `laporan-1705-2026-1.pdf` and its like.
    """
    picked = Picked(material)
    data: dict[str, Any] = semester_data(picked) if set(kinds) & set(_TEMPLATES) else {}
    folder.mkdir(parents=True, exist_ok=True)
    return {kind: _write(kind, picked, data, folder) for kind in kinds}


def key_numbers(material: Material) -> list[dict[str, Any]]:
    """The newest figure of every indicator as plain data, to keep beside a report and compare with another's."""
    p = Picked(material)
    found = [figure for code in p.own if (figure := p.now(code))]
    return [
        {
            "indikator": f.indikator, "nama": p.defined(f.indikator).nama, "angka": f.shown, "nilai": f.nilai,
            "satuan": f.satuan, "pembilang": f.pembilang, "penyebut": f.penyebut, 
            "nama_penyebut": f.nama_penyebut or "",
            "per": f.per.isoformat(), "versi": f.versi, "asal": f.asal,
        }
        for f in found
    ]  # fmt: skip


def file_name(kind: str, region: str, semester: object) -> str:
    """The name of one document."""
    return f"laporan-{region}-{semester}{ENDINGS[kind]}"


def _write(kind: str, picked: Picked, data: dict[str, Any], folder: Path) -> Path:
    material = picked.material
    path = folder / file_name(kind, material.wilayah, material.semester)
    if kind == "excel":
        write_workbook(picked, path)
    else:
        path.write_bytes(dressed_pdf(_TEMPLATES[kind], data, material.beku))
    return path


def semester_data(p: Picked) -> dict[str, Any]:
    """Everything that the templates print, in words. A rich text is a list: plain, bold, plain, bold ..."""
    m = p.material
    whole = [grid.printed() for grid in tables(p)]
    by_title = {grid["judul"]: grid for grid in whole}
    children, parts = children_section(p), pictures(p)
    shown = {*_APART, *(part["tabel"]["judul"] for part in (children, *parts) if part)}
    return {
        "judul": "Perlindungan pekerja",
        "wilayah": m.nama,
        "jenis": "Laporan semester",
        "masa": f"{m.semester.name}: {m.months}",
        "semester": m.semester.name,
        "kenal": IDENTITY,
        "kaki": f"{IDENTITY} · {m.nama} · beku {long_date(m.beku)} · sidik {m.sidik[:8]}",
        "sidik": m.sidik,
        "beku": long_date(m.beku),
        "kalimat": sentences(p),
        "peringatan": warning(p),
        "utama": cover_figure(p),
        "angka": key_figures(p),
        "angka_ringkas": key_figures(p)[:_TILES],
        "ubin": [_below(row) for row in key_figures(p)[:_TILES]],
        "putusan": decisions(p),
        "bagian": children,
        "grafik": parts,
        "tabel": [grid for grid in whole if grid["judul"] not in shown],
        "definisi": definitions_table(p).printed(),
        "sumber": by_title.get("Sumber"),
        "catatan": list(m.catatan),
    }


def cover_figure(p: Picked) -> dict[str, str] | None:
    """The one figure of the cover with what it rests on; None where nothing is known."""
    now = p.now(p.main or "")
    if now is None:
        return None
    parts = f"{number(now.pembilang)} dari {number(now.penyebut)}" if now.pembilang and now.penyebut else ""
    below = f" dari {inside(now.nama_penyebut)}" if now.nama_penyebut else ""
    before = p.before(p.main or "")
    old = f"{long_date(before.per)}: {short(before)}" if before and now.comparable(before) else ""
    return {
        "angka": now.shown if now.nilai is not None else f"{number(now.pembilang or 0)} orang",
        "jumlah": parts or "pembilang atau penyebut tidak diketahui",
        "arti": f"{now.nama_pembilang}{below}",
        "sumber": f"{long_date(now.per)} · {source(now.sumber_pembilang)}",
        "semula": old,
    }


def key_figures(p: Picked) -> list[list[str]]:
    """Rows of: measure, figure, numerator, denominator, source and date."""
    return [_key_row(p, figure) for code in p.own if (figure := p.now(code))]


def _key_row(p: Picked, f: Figure) -> list[str]:
    part = "tidak disebut sumbernya" if f.pembilang is None else f"{number(f.pembilang)} {inside(f.nama_pembilang)}"
    whole = f"{number(f.penyebut)} {inside(f.nama_penyebut or '')}" if f.penyebut else _without(f)
    sources = "; ".join(filter(None, (f.sumber_pembilang, f.sumber_penyebut)))
    origin = "" if f.asal == "dihitung" else f" ({ORIGIN[f.asal]})"
    shown = f.shown if f.nilai is not None else "tidak diketahui"
    return [p.defined(f.indikator).nama, shown, part, whole.strip(), f"{long_date(f.per)}{origin}. {source(sources)}."]


def _below(row: list[str]) -> list[str]:
    """A row of key figures for a tile: measure, figure, and both counts in one line."""
    joined = f"{row[2]} dari {row[3]}" if row[3][:1].isdigit() else row[2]
    return [row[0], row[1], joined]


def _without(figure: Figure) -> str:
    return "belum diketahui" if figure.satuan == "persen" else "Tidak ada; ini jumlah"
