"""Asking for reports."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.reports.models import Report, Schedule
from jangkau.core.kernel.formats import number

VIEW = "reports.view"


def reports(user: User) -> QuerySet[Report]:
    """The reports of the user's regions, the newest first."""
    return Report.objects.filter(within(user, VIEW))


def filtered(found: QuerySet[Report], asked: dict[str, Any]) -> QuerySet[Report]:
    """Reports as a filter asks: region and everything below it, semester."""
    if asked.get("wilayah"):
        found = found.filter(region_code__startswith=asked["wilayah"])
    return found.filter(semester=asked["semester"]) if asked.get("semester") else found


def semesters(user: User) -> list[str]:
    """The semesters that the user has reports of, the newest first."""
    return list(reports(user).order_by("-semester").values_list("semester", flat=True).distinct())


def schedules(user: User) -> QuerySet[Schedule]:
    """The schedules of the user's regions that still run."""
    return Schedule.objects.filter(within(user, VIEW), stopped_at=None)


def others(report: Report, user: User) -> list[Report]:
    """Other versions that can be laid beside a report: of the same region, the newest first."""
    own = reports(user).filter(region_code=report.region_code, files__isnull=False).exclude(pk=report.pk)
    return [other for other in own[:40] if other.kept]


@dataclass(frozen=True)
class Compared:
    """An indicator in two reports; `change` is None where they do not measure the same or one is unknown."""

    name: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    change: float | None
    people: float | None

    @property
    def sides(self) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The figures of the older and the newer report."""
        return self.old, self.new

    @property
    def told(self) -> str:
        """The change in its unit; of shares in percentage points, with the people that it is."""
        if self.change is None:
            return "–"
        unit = str((self.new or {}).get("satuan", ""))
        if unit != "persen":
            return _signed(self.change, 1 if unit in {"bulan", "poin"} else 0)
        people = "" if self.people is None else f" ({_signed(self.people)} orang)"
        return f"{_signed(self.change, 1)} poin{people}"

    @property
    def broken(self) -> bool:
        """Whether both are known but measure differently."""
        return bool(self.old and self.new) and not _alike(self.old, self.new)


def _signed(value: float, decimals: int = 0) -> str:
    return ("+" if round(value, decimals) > 0 else "") + number(value, decimals)


def compared(old: Report, new: Report) -> Iterator[Compared]:
    """The key numbers of two reports side by side, in the order of the newer one."""
    before = {row["indikator"]: row for row in old.figures}
    after = {row["indikator"]: row for row in new.figures}
    for code in [*after, *(code for code in before if code not in after)]:
        left, right = before.get(code), after.get(code)
        alike = _alike(left, right)
        name = str((right or left or {})["nama"])
        yield Compared(name, left, right, _less(left, right, "nilai", alike), _less(left, right, "pembilang", alike))


def _alike(left: dict[str, Any] | None, right: dict[str, Any] | None) -> bool:
    if left is None or right is None:
        return False
    return all(left[name] == right[name] for name in ("satuan", "versi", "nama_penyebut"))


def _less(left: dict[str, Any] | None, right: dict[str, Any] | None, name: str, alike: bool) -> float | None:
    if not alike or left is None or right is None or left[name] is None or right[name] is None:
        return None
    return float(right[name]) - float(left[name])
