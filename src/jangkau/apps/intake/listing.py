"""Lists, shipments and villages as the pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope, within, within_codes
from jangkau.apps.intake.models import FileKind, FileState, ListFile, Mend, MendState, ProposalRow, RowProblem
from jangkau.apps.regions.models import Region
from jangkau.core.kernel.problems import kind

VIEW, DESA = "intake.view", 10


class _Dots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True)
class KindCount:
    """How often one kind of problem stands open, in general words."""

    kode: str
    count: int

    @property
    def tingkat(self) -> str:
        """GALAT or PERINGATAN."""
        return kind(self.kode).tingkat

    @property
    def words(self) -> str:
        """What is wrong."""
        return kind(self.kode).pesan.format_map(_Dots()).replace("'…'", "…")

    @property
    def advice(self) -> str:
        """How to mend it."""
        return kind(self.kode).saran.format_map(_Dots())


def lists(user: User, asked: dict[str, Any]) -> "QuerySet[ListFile]":
    """The lists of the user's regions, newest first, narrowed by `wilayah`, `keadaan`, `masalah` and `cari`."""
    found = ListFile.objects.filter(within(user, VIEW)).select_related("shipment__by")
    if code := asked.get("wilayah"):
        found = found.filter(region_code__startswith=code)
    if state := asked.get("keadaan"):
        found = found.filter(state=state)
    if asked.get("masalah"):
        found = found.filter(state=FileState.READ).filter(Q(faults__gt=0) | Q(warnings__gt=0))
    if words := asked.get("cari"):
        found = found.filter(Q(name__icontains=words) | Q(region_code__in=_named(words)))
    return found


def _named(words: str) -> "QuerySet[Region, str]":
    return Region.objects.filter(name__icontains=words).values_list("code", flat=True)


def rows_elsewhere(user: User) -> "QuerySet[ProposalRow]":
    """Rows that name people of the user's regions in lists of a wider region, which only its own clerks see whole."""
    rows = ProposalRow.objects.filter(within(user, VIEW), person=True, file__state=FileState.READ)
    rows = rows.exclude(within(user, VIEW, "file__region_code")).select_related("file__shipment")
    open_now = Count("problems", filter=Q(problems__settled_at=None))
    return rows.annotate(wrong=open_now).order_by("-file", "pk")


def reads_wide_lists(user: User) -> bool:
    """Whether wider lists than the user's regions may hold rows of theirs."""
    return all(len(code) > len("1705") for code in scope(user, VIEW))


def totals(user: User) -> dict[str, int]:
    """What counts in the user's regions: lists, rows, people, faults, and lists that have any."""
    counting = ListFile.objects.filter(within(user, VIEW), kind=FileKind.LIST, state=FileState.READ)
    found = counting.aggregate(
        faulty=Count("pk", filter=Q(faults__gt=0)), lists=Count("pk"), rows=Sum("rows_read"), people=Sum("people"),
        faults=Sum("faults"),
    )  # fmt: skip
    return {name: value or 0 for name, value in found.items()}


def faulty(user: User) -> int:
    """How many lists wait to be mended by this user, those with clashes included."""
    own = ListFile.objects.filter(within(user, "intake.mend"), kind=FileKind.LIST, state=FileState.READ)
    clash = Mend.objects.filter(state=MendState.CLASH).values("file")
    return own.filter(Q(faults__gt=0) | Q(pk__in=clash)).count()


def kinds(files: "QuerySet[ListFile]") -> list[KindCount]:
    """The open problems of lists that count, by kind: what must be mended first, then by how often."""
    open_now = RowProblem.objects.filter(file__in=files, file__state=FileState.READ, settled_at=None)
    counted = open_now.values_list("kode").annotate(times=Count("pk")).order_by()
    return sorted((KindCount(*row) for row in counted), key=lambda row: (row.tingkat, -row.count, row.kode))


def missing(user: User, code: str = "") -> list[tuple[Region, list[Region]]]:
    """Villages in the user's regions (or one of them) of which no list that counts names anyone, by kecamatan."""
    places = Region.objects.filter(within_codes(scope(user, VIEW), "code"), code__startswith=code)
    sent = _sent(user)
    by_parent: dict[str, list[Region]] = defaultdict(list)
    for village in places.filter(level="desa"):
        if village.code not in sent:
            by_parent[village.code[:6]].append(village)
    parents = Region.objects.in_bulk(list(by_parent))
    return [(parents[code], villages) for code, villages in sorted(by_parent.items())]


def silent(user: User) -> int:
    """How many villages in the user's regions no list that counts names anyone of."""
    villages = Region.objects.filter(within_codes(scope(user, VIEW), "code"), level="desa")
    return len(set(villages.values_list("code", flat=True)) - _sent(user))


def _sent(user: User) -> set[str]:
    counting = ListFile.objects.filter(within(user, VIEW), kind=FileKind.LIST, state=FileState.READ)
    found = counting.values_list("region_code", "villages")
    return {code for own, named in found for code in (own, *named) if len(code) == DESA}


def earlier(files: Iterable[ListFile]) -> dict[int, list[ListFile]]:
    """For each list that counts, the earlier ones that it may be the correction of: of the same desa, or of the same
    place under the same name."""
    new = [file for file in files if file.kind == FileKind.LIST and file.state == FileState.READ]
    same = ListFile.objects.filter(
        kind=FileKind.LIST, state=FileState.READ, region_code__in={file.region_code for file in new}
    ).select_related("shipment__by")
    old = list(same) if new else []
    return {
        file.pk: [
            other
            for other in old
            if other.pk < file.pk
            and other.region_code == file.region_code
            and (len(file.region_code) == DESA or other.name == file.name)
        ]
        for file in new
    }


def places(user: User, permission: str = VIEW, levels: tuple[str, ...] = ("kecamatan",)) -> list[tuple[str, str]]:
    """Regions of these levels that the user may choose, as (code, name)."""
    found = Region.objects.filter(within_codes(scope(user, permission), "code"), level__in=levels)
    own = list(found.values_list("code", "name", "level"))
    return [(code, f"Kec. {name}" if level == "kecamatan" else f"\u2003{name}") for code, name, level in own]
