"""The problems of a list, one line for each cell or row to look at, in the order of the sheet."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from jangkau.apps.intake.models import ListFile, Mend, MendState, ProposalRow, RowProblem
from jangkau.core.intake.sheets import letter, number

PER_PAGE = 50


@dataclass
class Line:
    """A cell (or, without `kolom`, a row) with what is wrong with it, and the mend that holds in it."""

    row: ProposalRow
    kolom: str
    title: str
    problems: list[RowProblem] = field(default_factory=list)
    mend: Mend | None = None

    @property
    def content(self) -> str:
        """What stands in the cell now."""
        at = number(self.kolom)
        return self.row.raw[at] if 0 <= at < len(self.row.raw) else ""

    @property
    def anchor(self) -> str:
        """Its name in the page."""
        return f"b{self.row.pk}{self.kolom}"


def lines(file: ListFile, kode: str = "", page: str | int = 1) -> tuple[Page, list[Line]]:  # type: ignore[type-arg]
    """One page of the open problems that have a row: the page of (row, column), and their lines."""
    open_now = file.problems.filter(settled_at=None, row__isnull=False)
    if kode:
        open_now = open_now.filter(kode=kode)
    keys = list(dict.fromkeys(open_now.values_list("row_id", "kolom")))
    shown = Paginator(keys, PER_PAGE).get_page(page)
    return shown, lines_of(file, list(shown.object_list))


def lines_of(file: ListFile, keys: list[tuple[int, str]]) -> list[Line]:
    """The lines of these (row, column), in their order; a cell without problems has an empty list of them."""
    rows = file.rows.in_bulk([row for row, _ in keys])
    made = {(pk, kolom): Line(rows[pk], kolom, title(file, rows[pk], kolom)) for pk, kolom in keys if pk in rows}
    for problem in file.problems.filter(settled_at=None, row__in=rows):
        if line := made.get((problem.row_id or 0, problem.kolom)):
            line.problems.append(problem)
    mends = holding(file, rows.values())
    for line in made.values():
        line.mend = mends.get((line.row.lembar, line.row.baris, line.kolom))
    return list(made.values())


def holding(file: ListFile, rows: "object") -> dict[tuple[str, int, str], Mend]:
    """The mend that holds in each mended cell of these rows."""
    numbers = {row.baris for row in rows}  # type: ignore[attr-defined]
    found = file.mends.filter(state=MendState.HOLDS, baris__in=numbers).select_related("by").order_by("pk")
    return {(mend.lembar, mend.baris, mend.kolom): mend for mend in found}


def title(file: ListFile, row: ProposalRow, kolom: str) -> str:
    """What stands above a column, or its letter."""
    texts = heading(file, row)
    at = number(kolom)
    return (texts[at] if 0 <= at < len(texts) else "") or kolom


def heading(file: ListFile, row: ProposalRow) -> list[str]:
    """The texts of the heading that a row stands under."""
    own = [texts for lembar, first, texts in file.headings if lembar == row.lembar and first <= row.baris]
    return own[-1] if own else []


def cells(file: ListFile, row: ProposalRow) -> list[Line]:
    """Every cell of a row, empty ones under a heading too."""
    width = max(len(row.raw), len(heading(file, row)))
    return lines_of(file, [(row.pk, letter(at)) for at in range(width)])


def as_sent(file: ListFile, row: ProposalRow) -> dict[str, str]:
    """What stood in the cells of a row that were mended since, by column."""
    sent: dict[str, str] = defaultdict(str)
    for mend in file.mends.filter(lembar=row.lembar, baris=row.baris, state=MendState.HOLDS).order_by("-pk"):
        sent[mend.kolom] = mend.before
    return dict(sent)
