"""A form walked through at the office as a phone shows it: nothing is kept, and no list holds a real person."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from jangkau.apps.accounts.permissions import needs, scope
from jangkau.apps.field import carried
from jangkau.apps.field.models import Device, FormVersion
from jangkau.apps.field.views.seeing import user_of
from jangkau.apps.field.views.web import built, filling
from jangkau.apps.registry.keeping import kept


@needs("field.supervise")
@filling
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The page, for a version of any state: above all for one that no phone has yet."""
    get_object_or_404(FormVersion, pk=pk)
    return built("trial.html", "text/html; charset=utf-8")


@needs("field.supervise")
def xform(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as phones load it."""
    form = get_object_or_404(FormVersion, pk=pk)
    return HttpResponse(kept(form.xform).read_bytes(), content_type="text/xml; charset=utf-8")


@needs("field.supervise")
def media(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A list of the form: desa of the user's region, made-up people."""
    form = get_object_or_404(FormVersion, pk=pk)
    area = Device(region_code=scope(user_of(request), "field.supervise")[0])
    try:
        file = carried.file(form, name, area, made_up=True)
    except KeyError as error:
        raise Http404 from error
    return HttpResponse(file.data, content_type="text/csv; charset=utf-8")
