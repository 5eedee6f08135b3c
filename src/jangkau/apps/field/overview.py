"""What a supervisor sees at once: how far each desa is, how each enumerator works, and where."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.field.models import EntityChange, Submission, SubmissionState, Task
from jangkau.core.field.entities import Outcome

VIEW = "field.supervise"
MOST_POINTS, DAYS, WEEK, MOST_DESA, MOST_PEOPLE = 2_000, 14, 7, 200, 100
WIDTH, HEIGHT = 640, 360
MARKS = {
    "GANDA": _("NIK yang sama pada isian lain"), "LUAR": _("di luar batas desa"),
    "JAUH": _("jauh dari isian lain di desa ini"), "CEPAT": _("jauh lebih cepat daripada biasanya"),
    "TUMPANG": _("dua isian pendata ini bertumpang waktu"), "JAM": _("jam telepon tidak masuk akal"),
    "LEMAH": _("titik GPS kasar, lebih dari 100 meter"), "TANPA": _("tanpa titik GPS"),
}  # fmt: skip


@dataclass(frozen=True)
class Progress:
    """One desa and one form."""

    region_code: str
    form_id: str
    done: int
    days: tuple[int, ...]
    last: datetime | None
    target: int | None
    due: date | None

    @property
    def share(self) -> int | None:
        """Percent of the target, at most 100 for the bar."""
        return min(100, 100 * self.done // self.target) if self.target else None

    @property
    def needed(self) -> int | None:
        """How many a day, today included, until the target is reached on its last day; past that day all at once."""
        if not self.target or not self.due:
            return None
        left = max(0, self.target - self.done + self.days[-1])
        return ceil(left / max(1, (self.due - timezone.localdate()).days + 1))


@dataclass
class Worker:
    """One enumerator."""

    who: str
    count: int = 0
    minutes: list[float] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)

    @property
    def usual(self) -> float | None:
        """The median of minutes that one took."""
        return median(self.minutes) if self.minutes else None

    @property
    def signs(self) -> list[tuple[object, int]]:
        """Words of a sign, how many."""
        return [(MARKS[code], number) for code, number in self.marks.most_common() if code in MARKS]


def standing(user: User) -> "QuerySet[Submission]":
    """The submissions that count, in the user's regions."""
    return Submission.objects.filter(within(user, VIEW), state=SubmissionState.ACCEPTED)


def progress(user: User) -> list[Progress]:
    """Every desa with submissions or a task, the least done first."""
    counted = standing(user).order_by().values("region_code", "form_id").annotate(
        done=Count("pk"), last=Max("received_at")
    )  # fmt: skip
    done = {(row["region_code"], row["form_id"]): row for row in counted}
    tasks = Task.objects.filter(within(user, VIEW), withdrawn_at=None).order_by().values("region_code", "form_id")
    asked = {
        (row["region_code"], row["form_id"]): row for row in tasks.annotate(total=Sum("target"), until=Max("due"))
    }  # fmt: skip
    days = _days(user)
    rows = [
        _progress(key, done.get(key, {}), days.get(key, (0,) * WEEK), asked.get(key, {}))
        for key in done.keys() | asked.keys()
    ]
    return sorted(rows, key=lambda r: (r.share if r.share is not None else 101, r.region_code, r.form_id))[:MOST_DESA]


def _progress(key: tuple[str, str], row: Any, days: tuple[int, ...], asked: Any) -> Progress:
    return Progress(*key, row.get("done", 0), days, row.get("last"), asked.get("total"), asked.get("until"))


def _days(user: User) -> dict[tuple[str, str], tuple[int, ...]]:
    """How many came of each desa and form on each of the last days, today last."""
    today = timezone.localdate()
    morning = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    recent = standing(user).filter(received_at__gte=morning - timedelta(days=WEEK - 1)).order_by()
    told = recent.annotate(day=TruncDate("received_at")).values_list("region_code", "form_id", "day")
    found: dict[tuple[str, str], list[int]] = {}
    for region, form, day, count in told.annotate(count=Count("pk")):
        found.setdefault((region, form), [0] * WEEK)[WEEK - 1 - (today - day).days] = count
    return {key: tuple(counts) for key, counts in found.items()}


def workers(user: User) -> list[Worker]:
    """Enumerators of the last days, those with most signs first."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = standing(user).filter(received_at__gte=since).order_by().values_list(
        "user__nama", "user__username", "device__nama", "started_at", "ended_at", "flags"
    )  # fmt: skip
    found: dict[str, Worker] = {}
    for nama, username, device, started, ended, flags in rows.iterator(chunk_size=2_000):
        who = nama or username or device or ""
        worker = found.setdefault(who, Worker(who))
        worker.count += 1
        worker.marks.update(code for code in flags.split("|") if code)
        if started and ended and ended >= started:
            worker.minutes.append((ended - started).total_seconds() / 60)
    return sorted(found.values(), key=lambda w: (-w.marks.total() / w.count, w.who))[:MOST_PEOPLE]


def points(user: User, region: str = "") -> dict[str, Any]:
    """The newest points on a drawing: [(x, y, pk, marked)], its scale in km; without a map, north is up."""
    rows = standing(user).filter(region_code__startswith=region).exclude(lat=None).order_by("-pk")
    told = rows.values_list("pk", "lat", "lon", "flags")[:MOST_POINTS]
    found = [(key, lat, lon, flags) for key, lat, lon, flags in told if lat is not None and lon is not None]
    if not found:
        return {"points": [], "width": WIDTH, "height": HEIGHT}
    south, north = _span(lat for _key, lat, _lon, _flags in found)
    west, east = _span(lon for _key, _lat, lon, _flags in found)
    scale = min((WIDTH - 24) / (east - west), (HEIGHT - 24) / (north - south))
    drawn = [
        (round(12 + (lon - west) * scale, 1), round(HEIGHT - 12 - (lat - south) * scale, 1), key, _marked(flags))
        for key, lat, lon, flags in reversed(found)
    ]
    return {"points": drawn, "width": WIDTH, "height": HEIGHT, "km": round((WIDTH - 24) / scale * 111.2, 1)}


def _marked(flags: str) -> bool:
    return bool({"LUAR", "JAUH"} & set(flags.split("|")))


def _span(values: Iterable[float]) -> tuple[float, float]:
    """From the least to the most, never nothing."""
    told = list(values)
    middle = (min(told) + max(told)) / 2
    half = max((max(told) - min(told)) / 2, 0.002)
    return middle - half, middle + half


def counts(user: User) -> dict[str, int]:
    """What stands and what waits."""
    found = Submission.objects.filter(within(user, VIEW))
    states = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    changes = EntityChange.objects.filter(within(user, VIEW), decided_at=None)
    return {
        "isian": states.get("diterima", 0), "karantina": states.get("karantina", 0),
        "bentrok": changes.filter(outcome__in=[Outcome.CONFLICT, Outcome.UNKNOWN]).count(),
        "menunggu": changes.filter(outcome=Outcome.EARLY).count(),
        "lampiran": found.filter(state="diterima", missing__gt=0).count(),
        "ditandai": found.filter(state="diterima").exclude(flags="").count(),
    }  # fmt: skip


def waiting(user: User) -> int:
    """What a person must settle."""
    kept = Submission.objects.filter(within(user, VIEW), state=SubmissionState.QUARANTINE).order_by()
    changes = EntityChange.objects.filter(
        within(user, VIEW), decided_at=None, outcome__in=[Outcome.CONFLICT, Outcome.UNKNOWN]
    ).order_by()
    return kept.values("pk").union(changes.values("pk"), all=True).count()


def narrowed(user: User, asked: dict[str, str]) -> "QuerySet[Submission]":
    """Submissions by what was asked: a region, a sign, an enumerator, a state, words of the receipt."""
    found = Submission.objects.filter(within(user, VIEW)).select_related("user", "device", "form_version")
    if asked.get("tanda") in MARKS:
        found = found.filter(flags__contains=asked["tanda"])
    if asked.get("keadaan") in SubmissionState.values:
        found = found.filter(state=asked["keadaan"])
    if asked.get("kurang"):
        found = found.filter(missing__gt=0)
    return found.filter(
        region_code__startswith=asked.get("wilayah", ""), receipt__icontains=asked.get("cari", "").strip()
    )
