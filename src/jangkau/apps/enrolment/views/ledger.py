"""Pages of the ledger: the trial balance, journals, and the entries of one."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, scope, within
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.exports import Cell, csv_lines, xlsx_file
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import AccountKind, Entry, EntryKind, Journal
from jangkau.apps.enrolment.trial import Row, totals, trial_balance, verify
from jangkau.apps.enrolment.views import frame
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.month import month_text

_JOURNALS, _ENTRIES = 50, 100
_HEAD = ("kode", "dana", "anggaran", "tersedia", "dijanjikan", "ditagih", "dibayar", "selisih")
_ENTRY_HEAD = (
    "baris", "jurnal", "waktu", "jenis", "debit", "kredit", "jumlah", "orang", "nik", "bulan", "versi_hukum", "sk",
)  # fmt: skip


def _funds(request: HttpRequest) -> QuerySet[Fund]:
    return Fund.objects.filter(within(request.user, "ledger.view", "wilayah"))


@needs("ledger.view")
def book(request: HttpRequest) -> HttpResponse:
    """The trial balance of the user's funds, and the newest journals of one fund or of all."""
    rows = trial_balance(_funds(request))
    chosen = request.GET.get("dana", "")
    journals = Journal.objects.filter(fund__in=[row.fund for row in rows if chosen in {"", row.fund.kode}])
    page = Paginator(journals.select_related("fund", "by", "decree", "batch"), _JOURNALS).get_page(
        request.GET.get("page")
    )
    context = {
        "rows": rows, "all": totals(rows), "page": page, "chosen": chosen, "kinds": EntryKind,
        "unposted": sum(row.unposted != 0 for row in rows) if allowed(request.user, "payments.enter") else 0,
    }  # fmt: skip
    return frame.page(request, "book", context)


@needs("ledger.view")
def book_export(request: HttpRequest) -> HttpResponseBase:
    """The trial balance as xlsx or CSV."""
    assert isinstance(request.user, User)
    rows = trial_balance(_funds(request))
    kind = "xlsx" if request.GET.get("jenis") == "xlsx" else "csv"
    record("ledger.export", by=request.user, after={"jenis": kind, "dana": len(rows)})
    return _file(kind, "neraca-saldo", [_HEAD], [_cells(row) for row in [*rows, totals(rows)]])


def _cells(row: Row) -> list[Cell]:
    return [row.fund.kode, row.fund.nama, row.budget, row.free, row.committed, row.billed, row.paid, row.difference]


def _file(kind: str, name: str, *parts: Iterable[Sequence[Cell]]) -> HttpResponseBase:
    if kind == "xlsx":
        return FileResponse(xlsx_file("Buku", *parts), as_attachment=True, filename=f"{name}.xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(csv_lines(*parts), content_type="text/csv; charset=utf-8", headers=headers)


@needs("ledger.view")
@require_POST
def book_check(request: HttpRequest) -> HttpResponse:
    """Add everything up again and say what does not agree."""
    assert isinstance(request.user, User)
    faults = verify(_funds(request))
    record("ledger.check", by=request.user, after={"temuan": len(faults)})
    if not faults:
        messages.success(request, _("Buku seimbang: setiap saldo sama dengan jumlah baris dan jumlah bulan orangnya."))
    for fault in faults[:20]:
        messages.error(request, fault)
    return redirect("book")


@needs("payments.enter")
@require_POST
def post_budgets(request: HttpRequest) -> HttpResponse:
    """The budgets in the ledger become those that the register of funds says, for every fund of the user's region."""
    assert isinstance(request.user, User)
    funds = Fund.objects.filter(within(request.user, "payments.enter", "wilayah"))
    with transaction.atomic():
        changed = [
            row.fund for row in trial_balance(funds) if row.unposted and ledger.budget(row.fund, by=request.user)
        ]
        told = {fund.kode: fund.anggaran for fund in changed}
        record("ledger.budget", by=request.user, region_code=scope(request.user, "payments.enter")[0], after=told)
    said = ngettext("Anggaran %(n)s dana dibukukan.", "Anggaran %(n)s dana dibukukan.", len(changed))
    messages.success(request, said % {"n": len(changed)})
    return redirect("book")


@needs("ledger.view")
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    """One journal and its entries, a page at a time from the last entry seen."""
    shown = find(
        request, Journal.objects.select_related("fund", "by", "decree", "batch"), "ledger.view", "fund__wilayah", pk=pk
    )
    after = request.GET.get("sesudah", "")
    rest = shown.entries.filter(pk__gt=int(after) if after.isdecimal() else 0)
    entries = list(_told(rest)[: _ENTRIES + 1])
    context = {
        "journal": shown, "entries": entries[:_ENTRIES], "names": dict(AccountKind.choices),
        "following": entries[_ENTRIES - 1].pk if len(entries) > _ENTRIES else None,
    }  # fmt: skip
    return render(request, "enrolment/journal.html", context)


def _told(entries: "QuerySet[Entry]") -> "QuerySet[Entry]":
    return entries.select_related("debit", "credit", "month__person", "decree").order_by("pk")


@needs("ledger.view")
def journal_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every entry of a journal as CSV, NIK masked."""
    assert isinstance(request.user, User)
    shown = find(request, Journal.objects.all(), "ledger.view", "fund__wilayah", pk=pk)
    record("ledger.export", by=request.user, thing=shown, after={"baris": shown.rows})
    lines = (_line(shown, entry) for entry in _told(shown.entries.all()).iterator(2_000))
    return _file("csv", f"jurnal-{shown.pk}", [_ENTRY_HEAD], lines)


def _line(shown: Journal, entry: Entry) -> list[Cell]:
    month = entry.month
    return [
        entry.pk, shown.pk, timezone.localtime(shown.at).isoformat(timespec="seconds"), shown.kind, entry.debit.kind,
        entry.credit.kind, entry.amount, month.person.id_pekerja if month else None,
        mask_number(month.person.nik or "") if month else None, month_text(month.month) if month else None,
        entry.law_version, entry.decree.number if entry.decree else None,
    ]  # fmt: skip
