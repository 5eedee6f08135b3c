"""Open data for everybody: no sign-in, no script, small pages."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_cookie

from jangkau.apps.accounts.permissions import public
from jangkau.apps.opendata import published
from jangkau.apps.opendata.limits import limited
from jangkau.apps.opendata.models import Edition, EditionState
from jangkau.core.disclosure.formats import LICENCE, LICENCE_TEXT, LICENCE_URL

_LICENCE = {"licence": LICENCE, "licence_text": LICENCE_TEXT, "licence_url": LICENCE_URL}
_SHORT = 5 * 60  # seconds for which a page may be shown again as it was
_LONG = 60 * 60


@public
@require_safe
@cache_control(public=True, max_age=_SHORT)
@vary_on_cookie
def index(request: HttpRequest) -> HttpResponse:
    """All datasets, each in its newest edition, and all editions."""
    known = published.editions()
    newest = next((one for one in known if one.state == EditionState.PUBLISHED), None)
    context = {
        "releases": published.latest(known).values(), "editions": known,
        "shared": published.shared(newest) if newest else [], **_LICENCE,
    }  # fmt: skip
    return render(request, "opendata/public/index.html", context)


@public
@require_safe
@cache_control(public=True, max_age=_SHORT)
@vary_on_cookie
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: what it means, its figures of province and kabupaten, its versions and files."""
    versions = published.releases(published.editions(), code)
    if not versions:
        raise Http404
    shown = next((one for one in versions if one.edition.state == EditionState.PUBLISHED), None)
    context = {"told": versions[0].told, "versions": versions, "shown": shown, **_LICENCE}
    return render(request, "opendata/public/dataset.html", context | (_figures(shown) if shown else {}))


def _figures(shown: published.Release) -> dict[str, Any]:
    """The newest figures of everyone, down to kabupaten, with where numerator and denominator come from."""
    rows = published.table(shown)
    last: date = max(rows["per"])
    own = rows.filter((rows["per"] == last) & (rows["potongan"] == "") & (rows["wilayah"].str.len_chars() <= 4))
    return {"rows": own.rows(named=True), "last": last, "first": own.row(0, named=True) if len(own) else None}


def _etag(request: HttpRequest, number: int, name: str) -> str | None:
    found = _file(number, name)
    return f'"{found.sha256}"' if found else None


@public
@require_safe
@limited
@cache_control(public=True, max_age=_LONG)
@condition(etag_func=_etag)
def download(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file of an edition; 410 once it is withdrawn."""
    found = _file(number, name)
    if found is None:
        if Edition.objects.filter(number=number, state=EditionState.WITHDRAWN).exists():
            return render(request, "opendata/public/gone.html", status=410)
        raise Http404
    answer = FileResponse(found.path.open("rb"), content_type=found.media, filename=f"edisi-{number}-{name}")
    answer.headers["Content-Length"] = str(found.size)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _file(number: int, name: str) -> published.File | None:
    edition = Edition.objects.filter(number=number, state=EditionState.PUBLISHED).first()
    return published.file(edition, name) if edition else None
