"""Django's settings for tests: a folder of their own, a fast password hasher, no lockout between tests."""

import os
import tempfile

os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-uji-"))
os.environ.setdefault("JANGKAU_SECRET_KEY", "only-for-tests-" + "x" * 40)

from jangkau.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in an installation: threads and live servers get connections of their own that wait for one another.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "uji.sqlite3")}  # noqa: F405
