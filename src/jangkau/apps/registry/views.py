"""Pages of registers, funds, targets and settings."""

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, assignments, find, needs, require
from jangkau.apps.accounts.roles import Role
from jangkau.apps.audit.actions import record
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import below
from jangkau.apps.registry import actions, selectors
from jangkau.apps.registry.forms import FUND_NAMES, FundForm, SettingsForm, TargetForm, UploadForm, WithdrawForm
from jangkau.apps.registry.models import Fund, Kind, Programme, Snapshot, Target
from jangkau.core.kernel.problems import Problem

_TABS = (
    ("snapshots", "registers.view", gettext_lazy("Register")),
    ("funds", "funds.view", gettext_lazy("Dana")),
    ("targets", "funds.view", gettext_lazy("Target")),
    ("programme", "settings.view", gettext_lazy("Pengaturan")),
    ("regions", "regions.view", gettext_lazy("Wilayah")),
)


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of this app, with its tabs and what the user may do here."""
    abilities = {
        "tabs": [(url, label) for url, permission, label in _TABS if allowed(request.user, permission)],
        "may_upload": allowed(request.user, "registers.upload"),
        "may_edit_funds": allowed(request.user, "funds.edit"),
        "fund_names": FUND_NAMES,
    }
    wrong = context.get("form") is not None and context["form"].is_bound and not context["form"].is_valid()
    return render(request, f"registry/{template}.html", abilities | context, status=422 if wrong else status)


def kinds(request: HttpRequest) -> list[str]:
    """The registers that the user may see: the insurer's liaison sees members only."""
    roles = {held.role for held in assignments(request.user)}
    return [Kind.PESERTA] if roles == {Role.BPJS} else list(Kind)


@needs("registers.view")
def snapshots(request: HttpRequest) -> HttpResponse:
    """Registers and their snapshots; the newest that is ready is in use."""
    seen = kinds(request)
    found = list(Snapshot.objects.filter(kind__in=seen).select_related("job", "by"))
    groups = [(Kind(kind), selectors.current(kind), [s for s in found if s.kind == kind]) for kind in seen]
    return page(request, "snapshots", {"groups": groups})


@needs("registers.upload")
def upload(request: HttpRequest) -> HttpResponse:
    """Receive a register."""
    assert isinstance(request.user, User)
    seen = kinds(request)
    form = UploadForm(request.POST or None, request.FILES or None, kinds=seen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        snapshot = actions.receive(data["file"], data["kind"], data["as_of"], data["source"], by=request.user)
        return redirect("snapshot", snapshot.pk)
    return page(request, "upload", {"form": form})


def _snapshot(request: HttpRequest, pk: int) -> Snapshot:
    return find(request, Snapshot.objects.filter(kind__in=kinds(request)), "registers.view", field=None, pk=pk)


@needs("registers.view")
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """One snapshot: what came, what was set aside, and whether it is in use."""
    shown = _snapshot(request, pk)
    context = {"snapshot": shown, "current": selectors.current(shown.kind) == shown, "form": WithdrawForm()}
    if request.headers.get("HX-Request"):
        return page(request, "snapshot_state", context)
    return page(request, "snapshot", context)


@needs("registers.upload")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a snapshot out of use."""
    assert isinstance(request.user, User)
    shown, form = _snapshot(request, pk), WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(shown, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Cuplikan ditarik dari pemakaian. Berkasnya tetap tersimpan."))
        return redirect("snapshot", pk)
    return page(request, "withdraw", {"snapshot": shown, "form": form})


@needs("registers.upload")
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes as they came; each download is written down."""
    assert isinstance(request.user, User)
    shown = _snapshot(request, pk)
    record("registers.download", by=request.user, thing=shown, after={"sha256": shown.sha256})
    return FileResponse(shown.original.open("rb"), as_attachment=True, filename=shown.file_name)


@needs("funds.view")
def funds(request: HttpRequest) -> HttpResponse:
    """The funds of the user's regions and of those above it."""
    rows = [fund for fund in Fund.objects.all() if _concerns(request, fund.wilayah, "funds.view")]
    total = sum(fund.anggaran for fund in rows if not fund.closed)
    return page(request, "funds", {"funds": rows, "total": total})


def _concerns(request: HttpRequest, code: str, permission: str) -> bool:
    """Whether a region lies in, or contains, a region of the user."""
    codes = [held.region_code for held in assignments(request.user)]
    return any(code.startswith(own) or own.startswith(code) for own in codes)


@needs("funds.edit")
def fund(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a fund."""
    known = find(request, Fund.objects.all(), "funds.edit", field="wilayah", pk=pk) if pk else None
    return _edit(request, FundForm(request.POST or None, instance=known), "funds", "funds.edit", _("Dana baru"))


@needs("funds.view")
def targets(request: HttpRequest) -> HttpResponse:
    """Targets by region and year."""
    rows = [target for target in Target.objects.all() if _concerns(request, target.wilayah, "funds.view")]
    return page(request, "targets", {"targets": rows})


@needs("funds.edit")
def target(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Make or change a target."""
    known = find(request, Target.objects.all(), "funds.edit", field="wilayah", pk=pk) if pk else None
    return _edit(request, TargetForm(request.POST or None, instance=known), "targets", "funds.edit", _("Target baru"))


@needs("funds.edit")
def remove_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a target after asking."""
    assert isinstance(request.user, User)
    known = find(request, Target.objects.all(), "funds.edit", field="wilayah", pk=pk)
    if request.method == "POST":
        actions.remove_target(known, by=request.user)
        messages.success(request, _("Target dihapus."))
        return redirect("targets")
    return page(request, "remove_target", {"target": known})


def _edit(request: HttpRequest, form: "ModelForm[Any]", back: str, permission: str, title: str) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method == "POST" and form.is_valid():
        require(request, permission, form.cleaned_data["wilayah"])
        actions.save(form.instance, by=request.user)
        messages.success(request, _("Tersimpan."))
        return redirect(back)
    context = {"form": form, "title": title, "back": back}
    return page(request, "edit", context)


@needs("regions.view")
def regions(request: HttpRequest, code: str = "") -> HttpResponse:
    """The regions below one region, with how many lie in each; the province first."""
    here = get_object_or_404(Region, code=code) if code else Region.objects.filter(parent=None).first()
    return page(request, "regions", {"here": here, "rows": below(here.code) if here else []})


@needs("settings.view")
def programme(request: HttpRequest) -> HttpResponse:
    """The settings in force, and every earlier version with what changed."""
    assert isinstance(request.user, User)
    versions = list(Programme.objects.select_related("by")[:50])
    context: dict[str, Any] = {"versions": selectors.changes(versions), "current": versions[0] if versions else None}
    if not allowed(request.user, "settings.edit"):
        return page(request, "programme", context)
    form = SettingsForm(request.POST or None, initial=_start())
    if request.method == "POST" and form.is_valid():
        actions.set_programme(form.settings, by=request.user, note=form.cleaned_data["catatan"])
        messages.success(request, _("Pengaturan versi baru berlaku."))
        return redirect("programme")
    return page(request, "programme", {**context, "form": form})


def _start() -> dict[str, Any]:
    try:
        return SettingsForm.start(selectors.settings())
    except Problem:
        return {}
