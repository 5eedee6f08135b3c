"""A card as a workbook or CSV: a row a question."""

from collections.abc import Iterator
from typing import IO

from jangkau.apps.audit.exports import Cell, csv_lines, xlsx_file
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.scorecards.models import Card
from jangkau.apps.scorecards.sight import Line, Sight
from jangkau.core.scorecard.score import SectionMark

COLUMNS = (
    "Instrumen", "Versi", "Wilayah", "Nama wilayah", "Semester", "Versi kartu", "Keadaan", "Bagian", "Soal",
    "Pertanyaan", "Jawaban", "Catatan", "Sumber angka", "Keadaan soal", "Poin", "Poin mungkin",
    "Poin menurut jawaban", "Alasan evaluator", "Bukti", "Bukti kurang", "Komentar",
)  # fmt: skip


def name(card: Card) -> str:
    """What the file is called."""
    return f"kartu-{card.instrument.code}-{card.region_code}-{card.semester}-v{card.number}".lower()


def as_xlsx(seen: Sight) -> IO[bytes]:
    """An open xlsx file at its beginning; it is gone when closed."""
    return xlsx_file("Kartu nilai", [COLUMNS], _rows(seen), [_total(seen)])


def as_csv(seen: Sight) -> Iterator[str]:
    """CSV, line by line: the questions only."""
    return csv_lines([COLUMNS], _rows(seen))


def _rows(seen: Sight) -> Iterator[tuple[Cell, ...]]:
    for section, lines in seen.sections:
        for line in lines:
            yield (*_head(seen.card), *_cells(section, line))


def _head(card: Card) -> tuple[Cell, ...]:
    return (
        card.instrument.code, card.instrument.version, card.region_code, region_name(card.region_code), card.semester,
        card.number, str(card.get_state_display()),
    )  # fmt: skip


def _cells(section: SectionMark, line: Line) -> tuple[Cell, ...]:
    mark, answer = line.mark, line.answer
    return (
        section.section.judul, mark.question.kode, mark.question.tanya, line.words, answer.note if answer else "",
        answer.source if answer else "", mark.state.replace("_", " "), round(mark.points, 4), round(mark.possible, 4),
        round(mark.possible * mark.own, 4), line.judgement.reason if line.judgement else "",
        "; ".join(f"{row.name} ({row.sha256[:12]})" for row in line.evidence), "ya" if mark.evidence_missing else "",
        " | ".join(comment.text for comment in line.comments),
    )  # fmt: skip


def _total(seen: Sight) -> tuple[Cell, ...]:
    result = seen.result
    empty = ("",) * 6
    return (*_head(seen.card), "Jumlah", *empty, round(result.points, 4), round(result.possible, 4), None, result.band)
