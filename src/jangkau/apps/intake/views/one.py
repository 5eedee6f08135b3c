"""One list: what is wrong with it, what was read from it, its bytes, and whether it counts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs
from jangkau.apps.audit.actions import record
from jangkau.apps.intake import grid, listing
from jangkau.apps.intake.actions import mend, shelf
from jangkau.apps.intake.actions.hand_back import workbook
from jangkau.apps.intake.forms import ReasonForm
from jangkau.apps.intake.models import FileKind, FileState, ListFile, Mend, MendState
from jangkau.apps.intake.sight import veil_pair
from jangkau.apps.intake.views.lists import excel
from jangkau.apps.regions.selectors import region_name
from jangkau.core.kernel.formats import number
from jangkau.core.kernel.problems import catalogue

ROWS_PER_PAGE, LATEST = 100, 20


def _list(request: HttpRequest, permission: str, pk: int) -> ListFile:
    rows = ListFile.objects.select_related("shipment__by", "original", "replaced_by")
    return find(request, rows, permission, pk=pk)


@needs("intake.view")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The problems of a list in a table where cells are mended, its clashes, and its latest mends."""
    file, kode = _list(request, "intake.view", pk), request.GET.get("jenis", "")
    kode = kode if kode in catalogue() else ""
    page, lines = grid.lines(file, kode, request.GET.get("halaman", 1))
    kinds = listing.kinds(ListFile.objects.filter(pk=pk))
    context = {
        "file": file, "page": page, "lines": lines, "kinds": kinds, "kode": kode,
        "chosen": next((found for found in kinds if found.kode == kode), None),
        "whole": file.problems.filter(settled_at=None, row=None), "clashes": _clashes(file),
        "mends": file.mends.exclude(state=MendState.CLASH).select_related("by", "source").order_by("-pk")[:LATEST],
        "earlier": listing.earlier([file]).get(file.pk, []), "replaces": file.replaces.all(),
        "may_mend": _may(request, "intake.mend", file) and file.state == FileState.READ,
        "may_shelve": _may(request, "intake.upload", file), "may_fetch": _may(request, "intake.original", file),
        "asked": f"jenis={kode}",
        "may_undo": file.kind == FileKind.RETURN and allowed(request.user, "intake.mend", file.region_code)
        and Mend.objects.filter(source=file, state=MendState.HOLDS).exists(),
    }  # fmt: skip
    return render(request, "intake/list.html", context)


def _may(request: HttpRequest, permission: str, file: ListFile) -> bool:
    return file.kind == FileKind.LIST and allowed(request.user, permission, file.region_code)


def _clashes(file: ListFile) -> list[tuple[Mend, str, str]]:
    """Clashes that wait, with what stands in the cell and what the returned Excel says, only differing digits open."""
    waiting = list(file.mends.filter(state=MendState.CLASH).select_related("by"))
    rows = {(row.lembar, row.baris): row for row in file.rows.filter(baris__in=[m.baris for m in waiting], block=0)}
    found = []
    for clash in waiting:
        row = rows.get((clash.lembar, clash.baris))
        found.append((clash, *veil_pair(mend.content_of(row, clash.kolom) if row else "", clash.after)))
    return found


@needs("intake.view")
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with what was read from it."""
    file = _list(request, "intake.view", pk)
    page = Paginator(file.rows.all(), ROWS_PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "intake/rows.html", {"file": file, "page": page})


@needs("intake.original")
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bytes as they were sent; each download is written down."""
    assert isinstance(request.user, User)
    file = _list(request, "intake.original", pk)
    content = file.original.path.open("rb")
    record("intake.original", by=request.user, thing=file, after={"sha256": file.original.sha256})
    name = file.name.rsplit("/", 1)[-1]
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")


@needs("intake.mend")
@require_GET
def hand_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The Excel with the rows to mend, for the village."""
    assert isinstance(request.user, User)
    file = _list(request, "intake.mend", pk)
    if file.kind != FileKind.LIST or file.state != FileState.READ:
        messages.warning(request, _("Hanya daftar yang terbaca dan berlaku yang punya Excel perbaikan."))
        return redirect("intake_list", pk)
    return excel(workbook([file], by=request.user), f"masalah-{slugify(region_name(file.region_code))}-{pk}.xlsx")


@needs("intake.upload")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A list counts no more, for a reason."""
    assert isinstance(request.user, User)
    file, form = _list(request, "intake.upload", pk), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shelf.withdraw(file, form.cleaned_data["alasan"], by=request.user)
        messages.success(request, _("Daftar dicabut. Isinya tetap tersimpan dan dapat dikembalikan."))
        return redirect("intake_list", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/withdraw.html", {"file": file, "form": form}, status=status)


@needs("intake.upload")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """A list counts again."""
    assert isinstance(request.user, User)
    shelf.restore(_list(request, "intake.upload", pk), by=request.user)
    messages.success(request, _("Daftar berlaku lagi."))
    return redirect("intake_list", pk)


@needs("intake.mend")
@require_POST
def undo_return(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a returned Excel did is taken back."""
    assert isinstance(request.user, User)
    file = find(request, ListFile.objects.filter(kind=FileKind.RETURN), "intake.mend", pk=pk)
    count = mend.undo_return(file, by=request.user)
    messages.success(request, _("%(n)s sel kembali seperti sebelum Excel ini.") % {"n": number(count)})
    return redirect("intake_list", pk)


@needs("intake.upload")
@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that could not be read is tried once more."""
    assert isinstance(request.user, User)
    file = _list(request, "intake.upload", pk)
    shelf.read_again(file, by=request.user)
    return redirect("intake_shipment", file.shipment_id)


@needs("intake.upload")
@require_POST
@transaction.atomic
def replace(request: HttpRequest, pk: int, old: int) -> HttpResponse:
    """A list counts instead of an earlier one."""
    assert isinstance(request.user, User)
    new, before = _list(request, "intake.upload", pk), _list(request, "intake.upload", old)
    shelf.replace(before, new, by=request.user)
    messages.success(request, _("Daftar lama diganti. Isinya tetap dapat dilihat."))
    return redirect("intake_list", pk)
