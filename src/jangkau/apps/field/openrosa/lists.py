"""What a phone fetches: the list of forms, a form, its files, and which entities are gone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from jangkau.apps.field import carried
from jangkau.apps.field.models import Device, Entity, FormState, FormVersion
from jangkau.apps.field.openrosa.doors import device_view
from jangkau.apps.registry.keeping import kept
from jangkau.core.field import openrosa

_MOST_ASKED = 1_000
_XML = "text/xml; charset=utf-8"


def _address(request: HttpRequest, name: str, *args: object) -> str:
    """An absolute address under the token that the phone came with."""
    assert request.resolver_match
    return request.build_absolute_uri(reverse(name, args=[request.resolver_match.kwargs["token"], *args]))


def _open(pk: int) -> FormVersion:
    """A form that phones may fetch: an older version too, while it is open."""
    return get_object_or_404(FormVersion, pk=pk, state=FormState.OPEN)


@device_view
@require_safe
def form_list(request: HttpRequest, device: Device) -> HttpResponse:
    """The forms; `formID` narrows to one."""
    found = carried.forms()
    if asked := request.GET.get("formID"):
        found = found.filter(form_id=asked)
    listed = [
        openrosa.ListedForm(
            form.form_id, form.title, form.version, form.md5, _address(request, "field_xform", form.pk),
            _address(request, "field_manifest", form.pk) if carried.names(form) else "",
        )
        for form in found
    ]  # fmt: skip
    return HttpResponse(openrosa.form_list(listed), content_type=_XML)


@device_view
@require_safe
def xform(request: HttpRequest, device: Device, pk: int) -> HttpResponse:
    """The XForm."""
    return HttpResponse(kept(_open(pk).xform).read_bytes(), content_type=_XML)


@device_view
@require_safe
def manifest(request: HttpRequest, device: Device, pk: int) -> HttpResponse:
    """The files of a form."""
    listed = [
        openrosa.MediaFile(
            file.name, file.md5, _address(request, "field_media", pk, file.name),
            _address(request, "field_integrity", file.dataset) if file.dataset else "",
        )
        for file in carried.files(_open(pk), device)
    ]  # fmt: skip
    return HttpResponse(openrosa.manifest(listed), content_type=_XML)


@device_view
@require_safe
def media(request: HttpRequest, device: Device, pk: int, name: str) -> HttpResponse:
    """One file of a form."""
    try:
        return HttpResponse(carried.file(_open(pk), name, device).data, content_type="text/csv; charset=utf-8")
    except KeyError as error:
        raise Http404 from error


@device_view
@require_safe
def integrity(request: HttpRequest, device: Device, dataset: str) -> HttpResponse:
    """Of the entities asked for, which are gone, or are no longer this phone's to know."""
    asked = [key.strip() for key in request.GET.get("id", "").split(",") if key.strip()][:_MOST_ASKED]
    known = set(Entity.objects.filter(dataset=dataset, uuid__in=asked).values_list("uuid", flat=True))
    own = carried.visited(device).filter(dataset=dataset, uuid__in=asked, deleted_at=None)
    mine = set(own.values_list("uuid", flat=True))
    return HttpResponse(openrosa.integrity({key: key not in mine for key in asked if key in known}), content_type=_XML)
