"""Whom a figure is made of: the list behind it, as a file too, and a NIK in full for a reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, require
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.exports import Cell, csv_lines, xlsx_file
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.audit.reveal import reveal
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.forms import BehindForm
from jangkau.apps.monitoring.listing import ABOVE, REST, Line, Listing, People, listing
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.moves import NAMES, Moves
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import region_name
from jangkau.core.coverage import indicators
from jangkau.core.coverage.behind import Asked, Moved

PER_PAGE = 50
MOVED = "perubahan-"  # and a step, where the code of an indicator stands


@dataclass(frozen=True)
class Behind:
    """A figure asked for, or a step of a change, and the rows behind it (`whole`); None where they are not kept."""

    counting: Counting
    kode: str
    nama: str
    back: str
    asked: Asked | Moved
    row: dict[str, Any]
    bagian: str
    whole: Listing | None


def found(request: HttpRequest, region: str, code: str) -> Behind:
    """The figure asked for, with its rows. 404 where it is not, or the user may see no person of the region."""
    assert isinstance(request.user, User)
    require(request, "monev.people", region)
    counting, form = reading.newest(), BehindForm(request.GET)
    if counting is None or not form.is_valid():
        raise Http404
    told = form.cleaned_data
    if code.startswith(MOVED):
        return _moved(request.user, counting, region, code, told)
    indicator = indicators().get(code)
    if indicator is None:
        raise Http404
    row = _figure(reading.of_region(counting, region, code), told)
    asked = Asked(code, region, row["per"], row["potongan"], row["kelas"])
    back, whole = reverse("monev_figure", args=[region, code]), listing(request.user, counting, asked)
    return Behind(counting, code, indicator.nama, back, asked, row, told["bagian"], whole)


def _moved(user: User, counting: Counting, region: str, code: str, told: dict[str, Any]) -> Behind:
    """A step of the change between two snapshots. 404 where nothing was counted of it."""
    moves = Moves(user, counting, region, told["sejak"], told["sampai"], told["segmen"])
    step = next((line for line in moves.lines if MOVED + line["langkah"] == code), None)
    if step is None or moves.span is None:
        raise Http404
    since, until = moves.span
    asked = Moved(step["langkah"], region, since, until, moves.group)
    row = {
        "indikator": code, "per": until, "nilai": step["orang"], "satuan": "orang", "pembilang": step["orang"],
        "penyebut": None, "nama_pembilang": str(step["arti"]).rstrip("."), "sejak": since,
        "nama_penyebut": None, "kelas": NAMES[moves.group],
        "potongan": _("segmen"), "sumber_pembilang": f"register/peserta {since.isoformat()} – {until.isoformat()}",
    }  # fmt: skip
    query = urlencode({"sejak": since, "sampai": until, "segmen": moves.group})
    back, name = f"{reverse('monev_moves', args=[region])}?{query}", _("Perubahan peserta")
    return Behind(counting, code, f"{name}: {step['nama']}", back, asked, row, "", listing(user, counting, asked))


def _figure(rows: pl.DataFrame, told: dict[str, Any]) -> dict[str, Any]:
    """The one of the day and class asked for; the newest day where none is."""
    rows = rows.filter(potongan=told["potong"], kelas=told["kelas"])
    rows = rows.filter(pl.col("per") == told["per"]) if told["per"] else rows.sort("per").tail(1)
    if len(rows) != 1:
        raise Http404
    return rows.row(0, named=True)


@needs("monev.people")
def people(request: HttpRequest, region: str, code: str) -> HttpResponse:
    """The people or rows behind a figure, a page at a time."""
    shown = found(request, region, code)
    chosen = shown.whole.part(shown.bagian) if shown.whole is not None else None
    pages = Paginator(range(chosen.counts[1] if chosen else 0), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    first = (page.number - 1) * PER_PAGE
    lines = list(chosen.lines(first, first + PER_PAGE)) if chosen else []
    context = {
        "region": Region.objects.get(code=region), "shown": shown, "row": shown.row, "page": page, "lines": lines,
        "head": chosen.head if chosen else [], "query": _query(request), "parts": _parts(shown),
        "now": chosen is not None and not isinstance(chosen, People),
        "may_reveal": allowed(request.user, "people.reveal", region),
    }  # fmt: skip
    return render(request, "monitoring/people.html", context)


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _parts(shown: Behind) -> list[tuple[str, str, int]]:
    """What may be chosen: everything, the numerator, or the rest of the denominator; with how many each is."""
    above, every = shown.whole.counts if shown.whole is not None else (0, 0)
    if above == every:
        return []
    return [("", _("Semua"), every), (ABOVE, _("Terhitung di pembilang"), above),
            (REST, _("Hanya di penyebut"), every - above)]  # fmt: skip


@needs("monev.people")
def people_file(request: HttpRequest, region: str, code: str, kind: str) -> HttpResponseBase:
    """The list as CSV or xlsx, numbers masked; the download is an event of the log."""
    shown = found(request, region, code)
    if shown.whole is None or kind not in {"csv", "xlsx"}:
        raise Http404
    chosen = shown.whole.part(shown.bagian)
    assert isinstance(request.user, User)
    asked = {name: str(value) for name, value in vars(shown.asked).items() if value}
    told = asked | {"jenis": kind, "bagian": shown.bagian, "baris": chosen.counts[1]}
    record("monev.people", by=request.user, thing=shown.counting, region_code=region, after=told)
    head: list[list[Cell]] = [[_("Nama"), "NIK", *chosen.head, _("Di pembilang")]]
    name = f"orang-{region}-{code}-{shown.row['per'].isoformat()}"
    if kind == "xlsx":
        return FileResponse(
            xlsx_file("Orang", head, _cells(chosen.lines())), as_attachment=True, filename=f"{name}.xlsx"
        )
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    lines = csv_lines(head, _cells(chosen.lines()))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _cells(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [line.nama, mask_number(line.nik), *line.cells, _("ya") if line.counted else _("tidak")]


@needs("people.reveal")
@require_POST
def reveal_person(request: HttpRequest, region: str, code: str, nomor: int) -> HttpResponse:
    """The NIK of one person of the list in full, with a reason that is kept."""
    require(request, "people.reveal", region)
    shown = found(request, region, code)
    rows = shown.whole.rows.filter(nomor=nomor) if isinstance(shown.whole, People) else None
    if rows is None or len(rows) != 1:
        raise Http404
    place = region_name(region)
    what = {"orang": nomor, "angka": code, "per": shown.row["per"].isoformat(), "wilayah": place}
    back = f"{reverse('monev_people', args=[region, code])}?{_query(request)}"
    return reveal(request, shown.counting, "nik", back=back, number=rows["nik"][0] or "", told=what)
