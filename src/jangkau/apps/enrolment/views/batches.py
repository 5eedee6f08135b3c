"""Pages of batches."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.exports import Cell, xlsx_file
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.enrolment import selectors
from jangkau.apps.enrolment.batches import make as making
from jangkau.apps.enrolment.batches import pay, send
from jangkau.apps.enrolment.decrees.revoke import stopped, to_settle
from jangkau.apps.enrolment.forms import AnswerForm, BatchForm, BillForm, PaymentForm, WhyForm
from jangkau.apps.enrolment.models import Batch, BatchLine, BatchState
from jangkau.apps.enrolment.views.frame import PER_PAGE, done, page
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.problems import Problem, catalogue

AT_ONCE = 2_000  # rows of a batch that are made while the user waits


@needs("enrolment.view")
def index(request: HttpRequest) -> HttpResponse:
    """How memberships stand, the batches, and what is being made."""
    assert isinstance(request.user, User)
    user = request.user
    found = Paginator(selectors.batches(user), PER_PAGE).get_page(request.GET.get("page"))
    making_now = Job.objects.filter(kind="batches.make", by=user).exclude(state=State.DONE).order_by("-pk")[:3]
    context = {
        "page": found, "rows": selectors.counted(found), "standing": selectors.standing(user),
        "may_edit": allowed(user, "batches.edit"),
        "making": making_now,
        "to_settle": to_settle(selectors.batches(user)) if allowed(user, "payments.enter") else [],
    }  # fmt: skip
    return page(request, "batches", context)


@needs("batches.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Make a batch; a large one in the background."""
    assert isinstance(request.user, User)
    form = BatchForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        require(request, "batches.edit", data["wilayah"])
        asked = making.Asked(data["dana"], data["wilayah"], data["mulai"], data["bulan"])
        try:
            return _make(request, asked)
        except Problem as problem:
            return page(request, "batch_new", {"form": form, "problem": problem})
    return page(request, "batch_new", {"form": form}, 422 if form.is_bound else 200)


def _make(request: HttpRequest, asked: making.Asked) -> HttpResponse:
    assert isinstance(request.user, User)
    if making.due(asked).values("line").distinct().count() <= AT_ONCE:
        return redirect("batch", making.make(asked, by=request.user).pk)
    args = {"fund": asked.fund.pk, "region_code": asked.region_code, "first": asked.first, "months": asked.months}
    jobs.start("batches.make", args, by=request.user, region_code=asked.region_code)
    messages.info(request, _("Pengajuan besar ini disusun di latar belakang; lihat daftar di bawah."))
    return redirect("enrolment")


def found(request: HttpRequest, pk: int, permission: str = "enrolment.view") -> Batch:
    """The batch, where the user may see it."""
    rows = Batch.objects.select_related("fund", "follows__fund", "entered_by", "approved_by", "by")
    return find(request, rows, permission, pk=pk)


@needs("enrolment.view")
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: where it stands, what is wrong by kind, its files, its bill, and the next step."""
    return show(request, found(request, pk))


def show(request: HttpRequest, shown: Batch, **more: Any) -> HttpResponse:
    """The page of a batch; `more` are a bound form and what is wrong with it."""
    user = request.user
    ((_same, counted),) = selectors.counted([shown])
    ours = pay.ours(shown) if shown.state not in (BatchState.MADE, BatchState.SENT, BatchState.CANCELLED) else 0
    context = {
        "batch": shown, "counted": counted,
        "last": shown.month + shown.months - 1, "ours": ours, "gap": (shown.billed or 0) - ours,
        "kinds": selectors.kinds(shown), "answers": shown.answers.select_related("by", "job"),
        "followers": shown.followed_by.select_related("fund"), "own_entry": shown.entered_by_id == user.pk,
        **{f"may_{name}": allowed(user, permission, shown.region_code) for name, permission in _MAY.items()},
        "answer_form": AnswerForm(), "bill_form": BillForm(initial={"jumlah": ours}), "payment_form": PaymentForm(),
        "why_form": WhyForm(), "drop_form": WhyForm(prefix="keluar"),
        "stopped": stopped(shown) if shown.state == BatchState.BILLED else (0, 0),
    }  # fmt: skip
    return page(request, "batch", context | more, more.pop("status", 200))


_MAY = {
    "edit": "batches.edit", "answer": "batches.answer", "enter": "payments.enter", "approve": "payments.approve",
}  # fmt: skip


@needs("enrolment.view")
@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The file for the insurer as it was made; each download is written down."""
    assert isinstance(request.user, User)
    shown = found(request, pk)
    if not shown.sha256 or not kept(shown.sha256).is_file():
        raise Http404
    record("batches.download", by=request.user, thing=shown, after={"sha256": shown.sha256})
    name = f"{shown.fund.kode}-{shown.year}-{shown.number}.xlsx"
    return FileResponse(kept(shown.sha256).open("rb"), as_attachment=True, filename=name)


@needs("batches.edit")
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The file has gone to the insurer."""
    assert isinstance(request.user, User)
    user, shown = request.user, found(request, pk, "batches.edit")
    return done(request, lambda: send.submit(shown, by=user), _("Tercatat diajukan."), "batch", pk)


@needs("batches.edit")
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a batch up that is not answered."""
    assert isinstance(request.user, User)
    user, shown, form = request.user, found(request, pk, "batches.edit"), WhyForm(request.POST)
    if not form.is_valid():
        return show(request, shown, why_form=form, status=422)
    why, said = form.cleaned_data["sebab"], _("Pengajuan dibatalkan; orangnya dapat diajukan lagi.")
    return done(request, lambda: send.cancel(shown, why, by=user), said, "batch", pk)


@needs("batches.edit")
@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch for those whom the insurer refused."""
    assert isinstance(request.user, User)
    try:
        made = making.follow_up(found(request, pk, "batches.edit"), by=request.user)
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return redirect("batch", pk)
    return redirect("batch", made.pk)


def _lines(shown: Batch, code: str) -> "QuerySet[BatchLine]":
    """The lines of a batch, or those with one kind of problem."""
    rows = shown.lines.select_related("enrolment")
    if code == "belum":
        return rows.filter(answer="")
    if code in catalogue():
        told = Q(answer="ditolak", code=code) | Q(answer="bertentangan", doubt=code) | Q(answers__problem=code)
        return rows.filter(told).distinct()
    return rows.filter(answer=code) if code in ("diterima", "ditolak", "bertentangan") else rows


@needs("enrolment.view")
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of a batch, those of one kind where asked."""
    shown, code = found(request, pk), request.GET.get("jenis", "")
    rows = Paginator(_lines(shown, code), PER_PAGE).get_page(request.GET.get("page"))
    context = {"batch": shown, "page": rows, "code": code, "kind": catalogue().get(code), "reasons": catalogue(),
               "may_decide": allowed(request.user, "batches.answer", shown.region_code)}  # fmt: skip
    return page(request, "batch_lines", context)


@needs("enrolment.view")
@require_GET
def lines_export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows as xlsx, long numbers veiled."""
    assert isinstance(request.user, User)
    shown, code = found(request, pk), request.GET.get("jenis", "")
    record("batches.export", by=request.user, thing=shown, after={"jenis": code})
    head = ("baris", "nama", "nik", "bulan_mulai", "jumlah_bulan", "iuran", "jawaban", "sebab", "kode_asal")
    made = xlsx_file("Pengajuan", [head], _cells(_lines(shown, code)))
    return FileResponse(made, as_attachment=True, filename=f"pengajuan-{shown.pk}.xlsx")


def _cells(rows: "QuerySet[BatchLine]") -> Iterator[list[Cell]]:
    words = catalogue()
    for row in rows.iterator(2_000):
        told = words.get(row.code or row.doubt)
        yield [row.row, row.nama, mask_number(row.nik), month_text(row.first), row.months, row.amount,
               row.get_answer_display(), told.pesan if told else "", row.raw_code]  # fmt: skip
