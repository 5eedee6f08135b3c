"""Pages of employees whom no company has registered: counts by kecamatan, and persons for whoever may see them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, needs, require, within
from jangkau.apps.audit.actions import record
from jangkau.apps.partners import employees as found
from jangkau.apps.partners.models import EmployeeCount, UnlistedNumber
from jangkau.core.partners.employees import groups

_PAGE, _MOST = 50, 20
GROUPS = {"BUMN": _("karyawan BUMN atau BUMD"), "HONORER": _("karyawan honorer"),
          "INDUSTRI": _("buruh pabrik atau tambang"), "KEBUN": _("karyawan perkebunan"),
          "SWASTA": _("karyawan swasta")}  # fmt: skip


@needs("companies.view")
def employees(request: HttpRequest) -> HttpResponse:
    """Where employees live whom no company has registered, beside the companies known there."""
    assert isinstance(request.user, User)
    group = request.GET.get("kelompok", "")
    group = group if group in groups() else ""
    own = EmployeeCount.objects.filter(within(request.user, "companies.view"))
    chosen = list(own.filter(group=group) if group else own)
    unlisted = UnlistedNumber.objects.filter(within(request.user, "companies.view"))
    context: dict[str, Any] = {
        "page": Paginator(found.by_place(request.user, group), _PAGE).get_page(request.GET.get("page")),
        "group": group, "groups": GROUPS.items(), "totals": found.totals(chosen),
        "as_of": chosen[0].as_of if chosen else None, "beside": found.beside(request.user),
        "unlisted": unlisted[:_MOST], "unlisted_count": unlisted.count(),
    }  # fmt: skip
    return render(request, "partners/employees.html", context)


@needs("companies.view")
def employees_of(request: HttpRequest, code: str) -> HttpResponse:
    """One kecamatan: by group, and who they are for those who may see persons."""
    require(request, "companies.view", code)
    rows = list(EmployeeCount.objects.filter(region_code=code))
    if not rows:
        raise Http404
    context: dict[str, Any] = {
        "code": code, "rows": [(GROUPS[row.group], row) for row in rows], "totals": found.totals(rows),
        "as_of": rows[0].as_of, "may_see": allowed(request.user, "companies.people", code),
    }  # fmt: skip
    if context["may_see"]:
        assert isinstance(request.user, User)
        people = found.nowhere(code).to_dicts()
        context["page"] = Paginator(people, _PAGE).get_page(request.GET.get("page"))
        context["words"] = GROUPS
        record("partners.employees", by=request.user, region_code=code, after={"orang": len(people)})
    return render(request, "partners/employees_of.html", context)
