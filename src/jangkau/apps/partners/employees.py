"""Employees of the population register who are no members: counted for a list, named for a kecamatan when asked for."""

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import F, Sum

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import within
from jangkau.apps.partners.models import Company, CompanyState, EmployeeCount, UnlistedNumber
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind, Snapshot
from jangkau.core.engine import frame
from jangkau.core.law.book import Book
from jangkau.core.partners import employees as core
from jangkau.core.partners.workers import active

PARTS = ("by_employer", "otherwise", "nowhere")
_AT_ONCE = 2_000


def refresh() -> int:
    """Count anew by the registers in use. Returns how many employees are members nowhere, 0 without registers."""
    residents, members = registry.current(Kind.PENDUDUK), registry.current(Kind.PESERTA)
    if residents is None or members is None:
        return 0
    counts = core.counted(_found(residents, members, "")).rename({core.BY_EMPLOYER: PARTS[0], core.OTHERWISE: PARTS[1]})
    rows = [
        EmployeeCount(region_code=row["wilayah"], group=row["kelompok"], as_of=residents.as_of,
                      nowhere=row[core.NOWHERE], **{name: row[name] for name in PARTS[:2]})
        for row in counts.iter_rows(named=True)
    ]  # fmt: skip
    with transaction.atomic():
        EmployeeCount.objects.all().delete()
        EmployeeCount.objects.bulk_create(rows, batch_size=_AT_ONCE)
        _unlisted(members)
    return sum(row.nowhere for row in rows)


def _unlisted(members: Snapshot) -> None:
    known = set(Company.objects.exclude(npp=None).values_list("npp", flat=True))
    live = active(registry.rows(members), members.as_of, Book.load())
    province = registry.settings().provinsi
    made = [UnlistedNumber(npp=row["npp"][:20], region_code=row["wilayah"] or province, members=row["orang"])
            for row in core.unlisted(live, {str(npp) for npp in known}).iter_rows(named=True)]  # fmt: skip
    UnlistedNumber.objects.all().delete()
    UnlistedNumber.objects.bulk_create(made, batch_size=_AT_ONCE, ignore_conflicts=True)


def nowhere(code: str) -> pl.DataFrame:
    """The employees who live in a kecamatan and are members nowhere, read from the registers in use: by desa."""
    residents, members = registry.current(Kind.PENDUDUK), registry.current(Kind.PESERTA)
    if residents is None or members is None:
        return pl.DataFrame()
    return _found(residents, members, code).filter(pl.col("keadaan") == core.NOWHERE)


def _found(residents: Snapshot, members: Snapshot, code: str) -> pl.DataFrame:
    """Only what is asked of is read: a province has millions of rows."""
    here = pl.scan_parquet(residents.path).select(core.RESIDENT).filter(pl.col("kode_desa").str.starts_with(code))
    live = pl.scan_parquet(members.path).select(core.MEMBER).collect()
    ages = registry.settings().usia
    return core.employees(frame(here.collect()), frame(live), members.as_of, (ages.min, ages.maks), Book.load())


def by_place(user: User, kelompok: str = "") -> Any:
    """Rows of kecamatan in the user's regions (`region_code`, `n_` and each of PARTS), those with most who are
    members nowhere first."""
    found = EmployeeCount.objects.filter(within(user, "companies.view"))
    if kelompok:
        found = found.filter(group=kelompok)
    sums: dict[str, Any] = {f"n_{name}": Sum(name) for name in PARTS}
    return found.values("region_code").annotate(**sums).order_by(F("n_nowhere").desc(), "region_code")


def totals(rows: Iterable[EmployeeCount]) -> dict[str, int]:
    """The sums of rows."""
    kept = list(rows)
    return {name: sum(getattr(row, name) for row in kept) for name in PARTS}


def beside(user: User) -> dict[str, int]:
    """The companies of the user's regions beside the employees: how many are known and have no member, and how many
    workers they name themselves beyond their members."""
    known = list(Company.objects.filter(within(user, "companies.view")).values_list("state", "stated", "members"))
    short = sum(max(0, (stated or 0) - members) for _state, stated, members in known)
    return {"known": len(known), "none": sum(state == CompanyState.NOT for state, *_ in known), "short": short}
