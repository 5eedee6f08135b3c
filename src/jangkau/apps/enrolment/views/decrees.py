"""Pages of decrees."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, find, needs, require
from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import selectors
from jangkau.apps.enrolment.decrees import annex
from jangkau.apps.enrolment.decrees import draft as drafts
from jangkau.apps.enrolment.decrees import issue as issuing
from jangkau.apps.enrolment.decrees.revoke import draft_revocation
from jangkau.apps.enrolment.forms import DraftForm, ProposeForm, TakeOutForm, WhyForm
from jangkau.apps.enrolment.models import Decree, DecreeFile, DecreeState
from jangkau.apps.enrolment.views.frame import PER_PAGE, done, page
from jangkau.apps.proofs.selectors import unproved, warnings
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.problems import Problem


@needs("enrolment.view")
def index(request: HttpRequest) -> HttpResponse:
    """The decrees of the user's regions, and plans that have none yet."""
    assert isinstance(request.user, User)
    found = Paginator(selectors.decrees(request.user), PER_PAGE).get_page(request.GET.get("page"))
    may_edit = allowed(request.user, "decrees.edit")
    return page(request, "decrees", {"page": found, "rows": selectors.sized(found), "may_edit": may_edit})


@needs("decrees.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A draft from an approved plan."""
    assert isinstance(request.user, User)
    start = {"rencana": request.GET.get("rencana"), "tentang": _("Penetapan pekerja rentan yang iurannya dibayar")}
    form = DraftForm(request.POST or None, user=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        require(request, "decrees.edit", data["wilayah"])
        try:
            made = drafts.draft(data["rencana"], data["wilayah"], data["tentang"], by=request.user)
        except Problem as problem:
            return page(request, "decree_new", {"form": form, "problem": problem})
        return redirect("decree", made.pk)
    return page(request, "decree_new", {"form": form}, 422 if form.is_bound else 200)


def _found(request: HttpRequest, pk: int, permission: str = "enrolment.view") -> Decree:
    rows = Decree.objects.select_related("plan", "proposed_by", "approved_by")
    return find(request, rows, permission, pk=pk)


@needs("enrolment.view")
def decree(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: money by fund, names, files, what it changes, and the next step."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, shown: Decree, **more: Any) -> HttpResponse:
    user = request.user
    rows = shown.lines.select_related("fund", "enrolment__person", "replaces").order_by(
        "fund__kode", "kode_desa", "nama", "pk"
    )
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_edit = allowed(user, "decrees.edit", shown.region_code)
    draft = shown.state == DecreeState.DRAFT
    context = {
        "decree": shown, "page": found, "parts": selectors.parts(shown),
        "people": shown.lines.values("enrolment").distinct().count(), "files": list(shown.files.all()),
        "versions": Decree.objects.filter(series=shown.series).order_by("-version"),
        "changes": annex.changes(shown) if shown.version > 1 else None,
        "unproved": unproved(shown.lines.all(), "enrolment__person", "first").values("enrolment").distinct().count(),
        "warned": warnings({line.enrolment.person_id: line.first for line in found}),
        "may_see_proofs": allowed(user, "proofs.view", shown.region_code),
        "unfit": issuing.unfit(shown) if draft or shown.state == DecreeState.PROPOSED else [],
        "may_edit": may_edit, "may_take_out": may_edit and draft,
        "may_issue": allowed(user, "decrees.approve", shown.region_code),
        "own": shown.proposed_by_id == user.pk, "why_form": WhyForm(),
        "form": ProposeForm(initial={"nomor": shown.number, "tanggal": shown.date}), "take_form": TakeOutForm(lines=[]),
    }  # fmt: skip
    return page(request, "decree", context | more, more.pop("status", 200))


@needs("decrees.edit")
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft to who may issue it."""
    assert isinstance(request.user, User)
    user, shown, form = request.user, _found(request, pk, "decrees.edit"), ProposeForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form=form, status=422)
    number, on = form.cleaned_data["nomor"], form.cleaned_data["tanggal"]
    said = _("SK diusulkan. Lampirannya sedang dibuat; penyetuju diberi tahu.")
    return done(request, lambda: issuing.propose(shown, number, on, by=user), said, "decree", pk)


@needs("decrees.approve")
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed version comes into force."""
    assert isinstance(request.user, User)
    user, shown = request.user, _found(request, pk, "decrees.approve")
    said = _("SK berlaku. Iuran semua bulannya dijanjikan dalam buku dana.")
    return done(request, lambda: issuing.issue(shown, by=user), said, "decree", pk)


@needs("decrees.approve")
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposed version goes back to be mended."""
    assert isinstance(request.user, User)
    user, shown, form = request.user, _found(request, pk, "decrees.approve"), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, why_form=form, status=422)
    why, said = form.cleaned_data["sebab"], _("SK dikembalikan menjadi rancangan.")
    return done(request, lambda: issuing.send_back(shown, why, by=user), said, "decree", pk)


@needs("decrees.edit")
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft aside."""
    assert isinstance(request.user, User)
    user, shown, form = request.user, _found(request, pk, "decrees.edit"), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, why_form=form, status=422)
    why, said = form.cleaned_data["sebab"], _("Rancangan dibuang; isinya tetap dapat dibaca.")
    return done(request, lambda: drafts.discard(shown, by=user, why=why), said, "decree", pk)


@needs("decrees.edit")
@require_POST
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a version in which names are replaced."""
    assert isinstance(request.user, User)
    try:
        made = drafts.new_version(_found(request, pk, "decrees.edit"), by=request.user)
    except Problem as problem:
        messages.error(request, f"{problem.pesan} {problem.saran}")
        return redirect("decree", pk)
    return redirect("decree", made.pk)


@needs("decrees.edit")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to revoke the decree in force."""
    assert isinstance(request.user, User)
    shown, form = _found(request, pk, "decrees.edit"), WhyForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, why_form=form, status=422)
    try:
        made = draft_revocation(shown, form.cleaned_data["sebab"], by=request.user)
    except Problem as problem:
        return _page(request, shown, why_form=form, problem=problem)
    return redirect("decree", made.pk)


@needs("decrees.edit")
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave people out of a draft, and let the next in line in."""
    assert isinstance(request.user, User)
    shown = _found(request, pk, "decrees.edit")
    form = TakeOutForm(request.POST, lines=list(shown.lines.values_list("pk", flat=True)))
    if not form.is_valid():
        return _page(request, shown, take_form=form, status=422)
    data = form.cleaned_data
    try:
        left, came = drafts.take_out(
            shown, data["baris"], reason=data["alasan"], why=data["sebab"], fill=data["isi"], by=request.user
        )
    except Problem as problem:
        return _page(request, shown, take_form=form, problem=problem)
    messages.success(
        request, _("%(left)s baris keluar, %(came)s orang masuk dari daftar tunggu.") % {"left": left, "came": came}
    )
    return redirect("decree", pk)


@needs("enrolment.view")
@require_GET
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file of a version as it was decided; each download is written down."""
    assert isinstance(request.user, User)
    shown = find(request, DecreeFile.objects.select_related("decree"), "enrolment.view", "decree__region_code", pk=pk)
    path = kept(shown.sha256)
    if not path.is_file():
        raise Http404
    after = {"name": shown.name, "sha256": shown.sha256}
    record("decrees.download", by=request.user, thing=shown.decree, after=after)
    return FileResponse(path.open("rb"), as_attachment=True, filename=shown.name)
