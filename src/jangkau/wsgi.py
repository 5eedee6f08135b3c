"""What a web server loads."""

import gc
import io
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")
_site = get_wsgi_application()
_MOST = 21 * 2**20
# What is loaded by now stays: no collection need look at it again, and a page makes too many things to collect often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site. Phones may send in chunks, without a length, which the framework takes for an empty body: such a body
    is read here, up to what it would accept, and given its length."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower() and not environ.get("CONTENT_LENGTH"):
        body = environ["wsgi.input"].read(_MOST)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(body), str(len(body))
    return _site(environ, start_response)
