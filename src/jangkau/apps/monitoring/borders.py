"""Borders of regions from a GeoJSON file: checked, made small enough to draw, and kept."""

import json
from functools import lru_cache
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.monitoring.models import Borders
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.keeping import keep, kept
from jangkau.core.identity.regions import LEVELS
from jangkau.core.kernel.problems import Problem
from jangkau.core.reporting.monev_borders import Features, read_borders

MOST_BYTES = 20 * 2**20


def load(upload: "UploadedFile[Any]", source: str, *, by: User) -> Borders:
    """Check and keep the borders of one level. Raises BATAS_BESAR and the problems of `read_borders`."""
    if (upload.size or 0) > MOST_BYTES:
        raise Problem("BATAS_BESAR", besar=MOST_BYTES // 2**20)
    raw = upload.read()
    known = set(Region.objects.values_list("code", flat=True))
    length, features = read_borders(raw, known)
    made = json.dumps(features, separators=(",", ":")).encode()
    with transaction.atomic():
        facts = {"original": keep([raw])[0], "sha256": keep([made])[0], "regions": len(features), "source": source}
        borders = Borders.objects.create(level=LEVELS[length], by=by, **facts)
        record("monev.borders", by=by, thing=borders, after={"level": LEVELS[length], **facts})
    return borders


def features_below(code: str) -> Features:
    """The borders of the regions directly below one; empty where none are loaded."""
    lengths = [length for length in LEVELS if length > len(code)]
    found = Borders.objects.filter(level=LEVELS[lengths[0]]).first() if lengths else None
    return [f for f in _read(found.sha256) if f["properties"]["kode"].startswith(code)] if found else []


@lru_cache(maxsize=4)
def _read(sha256: str) -> Features:
    return list(json.loads(kept(sha256).read_bytes()))
