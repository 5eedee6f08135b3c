"""Django's settings for tests: a folder of their own, a fast password hasher, no lockout between tests."""

import os
import tempfile
from pathlib import Path

_DATA = Path(os.environ.get("JANGKAU_DATA") or tempfile.mkdtemp(prefix="jangkau-uji-"))
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # each has a folder of its own, and so has what it starts
os.environ["JANGKAU_DATA"] = str(_DATA if _DATA.name == _WORKER else _DATA / _WORKER)
os.environ.setdefault("JANGKAU_SECRET_KEY", "only-for-tests-" + "x" * 40)

from jangkau.settings import *  # noqa: E402, F403

DATA.mkdir(parents=True, exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
PORTAL_SECONDS = 0  # pages are made anew
COUNTS_SECONDS = 0  # each page counts for itself
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in an installation: threads and live servers get connections of their own that wait for one another.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "uji.sqlite3")}  # noqa: F405
