"""Public pages kept whole in memory, so that a whole province can read them at once.

A page is rendered once for a language and a state of what is published (law of the day, cover, open data, offices), by
way of every layer of the site as for a visitor whom nobody knows, and then given as it is. What is asked for with a
query, sent, or not found is never kept.
"""

import gzip
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_request

from jangkau.apps.portal.state import state

Answer = Callable[[HttpRequest], HttpResponse]
UNDER = "/portal/"
_MOST_BYTES = 64 * 2**20
_FRAMING = {"content-length", "date"}


@dataclass(frozen=True)
class Page:
    """An answer as it was given first."""

    body: bytes
    headers: dict[str, str]


@dataclass
class Shelf:
    """The pages of one process, all of one state; emptied when that changes, or when they grow too large."""

    of: Hashable = None
    looked: float = -1e9
    bytes: int = 0
    pages: dict[Hashable, Page] = field(default_factory=dict)

    def turn(self) -> None:
        """See, once in PORTAL_SECONDS, whether what is published has changed."""
        if monotonic() - self.looked < settings.PORTAL_SECONDS:
            return
        now, self.looked = state(), monotonic()
        if now != self.of or self.bytes > _MOST_BYTES:
            self.of, self.pages, self.bytes = now, {}, 0

    def put(self, key: Hashable, page: Page) -> None:
        """Keep a page."""
        self.pages[key] = page
        self.bytes += len(page.body)


SHELF = Shelf()


def keep_pages(get_response: Answer) -> Answer:
    """Answers from the shelf where it can."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _may(request):
            return get_response(request)
        SHELF.turn()
        key = _key(request)
        page = SHELF.pages.get(key) or _rendered(request, get_response, key)
        return page if isinstance(page, HttpResponse) else _answer(request, page)

    return middleware


def _may(request: HttpRequest) -> bool:
    asked = request.META
    return (
        settings.PORTAL_SECONDS > 0
        and request.method in ("GET", "HEAD")
        and request.path_info.startswith(UNDER)
        and not asked.get("QUERY_STRING")
    )


def _key(request: HttpRequest) -> Hashable:
    request.get_host()  # a name that is not ours is refused here as everywhere
    return request.path_info, get_language_from_request(request), "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _rendered(request: HttpRequest, get_response: Answer, key: Hashable) -> Page | HttpResponse:
    """The page, put on the shelf; an answer that may not be kept goes as it is."""
    name = settings.LANGUAGE_COOKIE_NAME
    request.COOKIES = {name: request.COOKIES[name]} if name in request.COOKIES else {}
    request.method = "GET"  # what is asked of HEAD is what GET would give
    answer = get_response(request)
    if answer.status_code != 200 or answer.streaming or "public" not in answer.headers.get("Cache-Control", ""):
        return answer
    headers = {name: value for name, value in answer.items() if name.lower() not in _FRAMING}
    page = Page(answer.content, headers | {"ETag": _tag(answer)})
    SHELF.put(key, page)
    return page


def _tag(answer: HttpResponse) -> str:
    """Of what the page says: each process packs it differently."""
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return f'W/"{sha256(gzip.decompress(answer.content) if packed else answer.content).hexdigest()[:32]}"'


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    known = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    same = page.headers["ETag"] in known or known == ["*"]
    body = b"" if request.META["REQUEST_METHOD"] == "HEAD" else page.body
    answer: HttpResponse = HttpResponseNotModified() if same else HttpResponse(body)
    for name, value in page.headers.items():
        answer.headers[name] = value
    return answer
