"""The rows behind a figure as a list: people as they were counted, the office's own rows as they are now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import allowed, within
from jangkau.apps.claims.models import COVERED, Case
from jangkau.apps.enrolment.models import PersonMonth
from jangkau.apps.intake.models import RowProblem
from jangkau.apps.intake.selectors import effective_rows
from jangkau.apps.linkage.models import Person
from jangkau.apps.monitoring.gathering import DUTIES, claims_since
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.persons import people_of, people_of_step
from jangkau.apps.regions.selectors import region_name
from jangkau.core.coverage.behind import MEMBERS, RESIDENTS, Asked, Moved
from jangkau.core.coverage.office import PAID, PROMISED
from jangkau.core.kernel.month import month_text

ABOVE, REST = "pembilang", "sisa"
Cell = str | int | float | None


@dataclass(frozen=True)
class Line:
    """One row of the list: whom or what it is of, whether the numerator counts it, and where its own page is."""

    nama: str
    nik: str
    cells: list[Cell]
    counted: bool
    address: str = ""
    nomor: int | None = None  # in the list of people kept, by which a NIK is shown in full


@dataclass(frozen=True)
class People:
    """People as they were counted."""

    user: User
    rows: pl.DataFrame
    members: bool

    @property
    def head(self) -> list[str]:
        """What is known of each."""
        if self.members:
            return [_("Lahir"), _("Wilayah"), _("Segmen"), _("Pembayar"), _("Sejak"), _("Dibayar sampai")]
        return [_("Lahir"), _("Wilayah"), _("Pekerjaan"), _("Desil")]

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many the numerator counts, and all."""
        return int(self.rows["pembilang"].sum()), len(self.rows)

    def part(self, which: str) -> "People":
        """Those whom the numerator counts, the rest, or all."""
        wanted = {ABOVE: pl.col("pembilang"), REST: ~pl.col("pembilang")}
        return People(self.user, self.rows.filter(wanted[which]) if which in wanted else self.rows, self.members)

    def lines(self, first: int = 0, last: int | None = None) -> Iterator[Line]:
        """From one place to another; who is on our own lists in the user's regions leads to the page of the person."""
        shown = self.rows[first:last]
        pages = self._pages(shown["nik"].drop_nulls().to_list()) if last is not None else {}
        for row in shown.iter_rows(named=True):
            nik = row["nik"] or ""
            yield Line(row["nama"] or "–", nik, self._cells(row), row["pembilang"], pages.get(nik, ""), row["nomor"])

    def _pages(self, niks: list[str]) -> dict[str, str]:
        known = Person.objects.filter(within(self.user, "people.view"), nik__in=niks, state="ada")
        return {nik or "": reverse("person", args=[key]) for nik, key in known.values_list("nik", "id_pekerja")}

    def _cells(self, row: dict[str, Any]) -> list[Cell]:
        born = row["tanggal_lahir"].year if row["tanggal_lahir"] else None
        if self.members:
            months = [month_text(row[name]) for name in ("mulai", "akhir")]
            return [_text(born), region_name(row["wilayah"]), row["segmen"], _words(row["pembayar"]), *months]
        return [_text(born), region_name(row["kode_desa"]), _words(row["tanda"]), row["desil"]]


def _text(year: int | None) -> str | None:
    return None if year is None else str(year)


def _words(code: str | None) -> str | None:
    return code.replace("_", " ").lower() if code else None


@dataclass(frozen=True)
class Office:
    """Rows of the office's books as they are now; `counted` holds of those that the numerator counts."""

    head: list[str]
    rows: "QuerySet[Any]"
    counted: Q
    line: Callable[[Any], Line]

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many the numerator counts, and all."""
        return self.rows.filter(self.counted).count(), self.rows.count()

    def part(self, which: str) -> "Office":
        """Those whom the numerator counts, the rest, or all."""
        if which not in {ABOVE, REST}:
            return self
        return Office(self.head, self.rows.filter(self.counted if which == ABOVE else ~self.counted), Q(), self.line)

    def lines(self, first: int = 0, last: int | None = None) -> Iterator[Line]:
        """From one place to another."""
        yield from (self.line(row) for row in self.rows[first:last])


@dataclass(frozen=True)
class Duties:
    """The duties of a region, answered or not."""

    rows: list[Line]
    head: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int]:
        """How many are met, and all."""
        return sum(row.counted for row in self.rows), len(self.rows)

    def part(self, which: str) -> "Duties":
        """Those that are met, the rest, or all."""
        return Duties([row for row in self.rows if which not in {ABOVE, REST} or row.counted == (which == ABOVE)])

    def lines(self, first: int = 0, last: int | None = None) -> Iterator[Line]:
        """From one place to another."""
        yield from self.rows[first:last]


Listing = People | Office | Duties


def listing(user: User, counting: Counting, asked: Asked | Moved) -> Listing | None:
    """The rows behind a figure or a step; None where the people of this counting are not kept."""
    if isinstance(asked, Moved):
        moved = people_of_step(counting, asked)
        return None if moved is None else People(user, moved, members=True)
    if asked.kode in {*MEMBERS, *RESIDENTS}:
        rows = people_of(counting, asked)
        return None if rows is None else People(user, rows, asked.kode in MEMBERS)
    if asked.kode == "kewajiban_dipenuhi":
        return _duties(asked)
    return _MAKERS[asked.kode](user, asked)


def _duties(asked: Asked) -> Duties:
    found = [row for ask in DUTIES for row in ask() if row[0] == asked.wilayah and row[2] is not None]
    return Duties([Line(_words(code) or code, "", [], bool(met)) for _place, code, met in found])


def _claims(user: User, asked: Asked) -> Office:
    cases = Case.objects.filter(status__in=COVERED, day__gt=claims_since(asked.per), day__lte=asked.per)
    cases = cases.exclude(state="batal").filter(region_code__startswith=asked.wilayah).order_by("nama", "pk")
    may = allowed(user, "claims.view", asked.wilayah)

    def line(case: Case) -> Line:
        cells: list[Cell] = [
            region_name(case.region_code),
            case.get_happening_display(),
            case.day.isoformat(),
            case.get_state_display(),
        ]
        paid = asked.kode == "klaim_jatuh" or case.state == "dibayar"
        return Line(case.nama, case.nik, cells, paid, reverse("claim", args=[case.pk]) if may else "")

    counted = Q() if asked.kode == "klaim_jatuh" else Q(state="dibayar")
    return Office([_("Wilayah"), _("Peristiwa"), _("Tanggal"), _("Keadaan")], cases, counted, line)


def _months(user: User, asked: Asked) -> Office:
    """Person-months where the person is, or, of money, where the fund is."""
    months = PersonMonth.objects.filter(state__in=PAID if asked.kode == "bulan_orang_dibayar" else PROMISED)
    if asked.kode.startswith("bulan_orang"):
        months = months.filter(enrolment__region_code__startswith=asked.wilayah)
    elif len(asked.wilayah) > 2:  # a fund without a region is the province's
        months = months.filter(fund__wilayah__startswith=asked.wilayah)
    months = months.filter(fund__kode=asked.kelas) if asked.kelas else months
    paid = PAID if asked.kode in {"bulan_orang_dibayar", "anggaran_terserap"} else PROMISED

    def line(month: PersonMonth) -> Line:
        who = month.person
        cells: list[Cell] = [
            region_name(who.region_code),
            month_text(month.month),
            month.fund.nama,
            month.get_state_display(),
            month.rate,
        ]
        address = reverse("person", args=[who.id_pekerja]) if allowed(user, "people.view", who.region_code) else ""
        return Line(who.nama or "–", who.nik or "", cells, month.state in paid, address)

    head = [_("Wilayah"), _("Bulan"), _("Dana"), _("Keadaan"), _("Iuran (Rp)")]
    rows = months.select_related("person", "fund").order_by("person__nama", "person_id", "month")
    return Office(head, rows, Q(state__in=paid), line)


def _rows(user: User, asked: Asked) -> Office:
    problems = RowProblem.objects.filter(row=OuterRef("pk"))
    rows = effective_rows().filter(region_code__startswith=asked.wilayah).select_related("file")
    rows = rows.annotate(any=Exists(problems), open=Exists(problems.filter(settled_at=None))).order_by("nama", "pk")
    mended = asked.kode == "baris_diperbaiki"
    counted = Q(open=False) if mended else Q(nik__isnull=False)
    may = allowed(user, "intake.view", asked.wilayah)

    def line(row: Any) -> Line:
        cells: list[Cell] = [region_name(row.region_code), row.lembar, row.baris, _("ya") if row.open else _("tidak")]
        good = not row.open if mended else row.nik is not None
        return Line(row.nama or "–", row.nik or "", cells, good, reverse("intake_row", args=[row.pk]) if may else "")

    head = [_("Wilayah"), _("Lembar"), _("Baris"), _("Masih bermasalah")]
    return Office(head, rows.filter(any=True) if mended else rows, counted, line)


_MAKERS = {
    **dict.fromkeys(("klaim_jatuh", "klaim_dibayar"), _claims),
    **dict.fromkeys(
        ("anggaran_dijanjikan", "anggaran_terserap", "bulan_orang_didanai", "bulan_orang_dibayar"), _months
    ),
    **dict.fromkeys(("nik_sah", "baris_diperbaiki"), _rows),
}
