"""The lapse radar, kept until months or the ledger have moved on."""

import json
from typing import Any

import polars as pl
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.enrolment.models import Journal
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.models import Job
from jangkau.apps.linkage import bulk
from jangkau.apps.notices.actions import tell
from jangkau.apps.reconciliation import reading
from jangkau.apps.reconciliation.models import Bridge, Lapse, Radar
from jangkau.apps.registry.models import Fund
from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.radar import radar
from jangkau.core.kernel.month import month_of
from jangkau.core.tables.reconciliation import BRIDGES

KIND = "reconciliation.radar"
TOLD_BEFORE = 2  # months ahead that a notice is sent
WRITTEN = ("enrolment", "region_code", "fund", "last", "ends", "loses_full", "bridge")


def key() -> dict[str, int]:
    """What the radar is worked out from: this month, and the last journal of the ledger."""
    newest = Journal.objects.order_by("-pk").values_list("pk", flat=True).first()
    return {"month": month_of(timezone.localdate()), "journal": newest or 0}


def fresh() -> bool:
    """Whether the radar is of now."""
    return Radar.objects.filter(**key()).exists()


def ask() -> Job | None:
    """Queue a new radar where the one that is kept is older than the ledger; once for each state of it."""
    wanted = key()
    if fresh() or Job.objects.filter(kind=KIND, args=wanted).exists():
        return None
    return jobs.start(KIND, dict(wanted), by=None)


def refresh() -> int:
    """Work the radar out anew and put it in the old one's place; returns how many people's membership ends."""
    now = key()
    held = reading.enrolments()
    months = reading.months(held)
    people = held.select("id", "kode_desa", "pekerjaan", penghasilan=pl.lit(None, pl.Int64))
    found = polars(radar(frame(people), months, reading.funds(), now["month"]))
    with transaction.atomic():
        Lapse.objects.all().delete()
        bulk.insert(Lapse, WRITTEN, list(_rows(found, held)))  # its own questions come before the copying begins
        Bridge.objects.exclude(pk__in=Lapse.objects.order_by().values("bridge")).delete()
        Radar.objects.update_or_create(pk=1, defaults=now)
        _tell(found, held, now["month"])
    return found.height


def _rows(found: pl.DataFrame, held: pl.DataFrame) -> Any:
    funds = dict(Fund.objects.values_list("kode", "pk"))
    costs = found.select(pl.concat_list(BRIDGES).alias("costs"))["costs"].to_list()
    bridges = _bridges({json.dumps(one) for one in costs})
    regions = dict(held.select("id", "region_code").iter_rows())
    columns = found.select("id", "dana", "terakhir", "henti", "hilang_penuh").iter_rows()
    for (person, fund, last, ends, full), cost in zip(columns, costs, strict=True):
        yield person, regions[person], funds[fund], last, ends, full, bridges[json.dumps(cost)]


def _bridges(texts: set[str]) -> dict[str, int]:
    """Every list of prices as it is kept, once."""
    known = {json.dumps(bridge.costs): bridge.pk for bridge in Bridge.objects.all()}
    new = [Bridge(costs=json.loads(text)) for text in sorted(texts - known.keys())]
    return known | {json.dumps(bridge.costs): bridge.pk for bridge in Bridge.objects.bulk_create(new)}


def _tell(found: pl.DataFrame, held: pl.DataFrame, now: int) -> None:
    """Notices of memberships that end soon, by kabupaten and month."""
    soon = found.filter(pl.col("henti") <= now + TOLD_BEFORE).join(held.select("id", "region_code"), on="id")
    places = soon.group_by(pl.col("region_code").str.slice(0, 4).alias("tempat"), "henti").len().sort("tempat", "henti")
    for place, month, people in places.iter_rows():
        link, mark = f"{reverse('radar')}?bulan={month}", f"lapse:{place}:{month}"
        tell("lapse_ahead", region_code=place, link=link, key=mark, n=people, bulan=month)
