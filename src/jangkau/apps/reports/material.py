"""What the report of a region is made from, read from the other rooms on one day."""

from datetime import date
from typing import Any

import polars as pl
from django.conf import settings as site
from django.db.models import Count

from jangkau.apps.enrolment.models import Account, AccountKind, PersonMonth
from jangkau.apps.enrolment.models.ledger import LIVE
from jangkau.apps.monitoring import reading
from jangkau.apps.monitoring.board import ACTIVE, OF_MEMBERS
from jangkau.apps.monitoring.models import Counting
from jangkau.apps.monitoring.moves import Moves
from jangkau.apps.reconciliation import selectors as reconciliation
from jangkau.apps.reconciliation.models import Lapse
from jangkau.apps.regions.models import Region
from jangkau.apps.regions.selectors import region_name
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Fund
from jangkau.apps.scorecards.selectors import rapor
from jangkau.core.coverage.change import JOINED
from jangkau.core.engine import frame
from jangkau.core.half_year import definitions, funnel, goals, with_published
from jangkau.core.kernel.formats import number, percent
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.semester import Semester
from jangkau.core.law.book import Book
from jangkau.core.reporting.semester_input import Change, Ending, FundState, Material, Move, Rules, Stage
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame

BRIDGED = 3  # months that the report prices for those whose membership ends
_HELD = (AccountKind.COMMITTED, AccountKind.BILLED, AccountKind.PAID)
_OPTIONAL = ("nama_penyebut", "sumber_penyebut", "keyakinan", "catatan")
_STEPS = {"baru": "Peserta baru", JOINED: "Langkah dengan sedikit orang, digabung",
          "lapse": "Iurannya berhenti (lapse)", "lainnya": "Tidak ada lagi dalam register"}  # fmt: skip
_FEW = "Tahap dari daftar sampai klaim yang banyaknya terlalu sedikit tidak dicantumkan."
_NOT_COUNTED = "Tahap dari daftar sampai klaim tidak dicantumkan: belum dihitung sampai akhir masa laporan ini."
_PARTS = {2: "kabupaten/kota", 4: "kecamatan", 6: "desa"}


def material(region: str, semester: Semester, today: date, until: date) -> Material:
    """Everything known of the region `today`, for a report that tells of days up to `until`."""
    parts = tuple(Region.objects.filter(parent=region).order_by("code").values_list("code", "name"))
    codes = [region, *(code for code, _ in parts)]
    stages, notes = path(region, until)
    return Material(
        wilayah=region, nama=place_name(region), semester=semester, beku=today, sampai=until, bagian=parts,
        sebutan_bagian=_PARTS.get(len(region), "wilayah"), angka=with_published(figures(codes), codes),
        definisi=definitions(region),
        target=goals(registry.targets(), region), dana=funds(region), akhir=ending(region, until),
        aturan=Rules.of(Book.load(), month_of(until)), rapor=rapor(region, semester),
        perubahan=changed(region, semester.before.last, until), corong=stages, catatan=notes,
    )  # fmt: skip


def place_name(region: str) -> str:
    """The name of a region as a report writes it."""
    name = region_name(region)
    return f"Provinsi {name}" if len(region) == 2 and not name.startswith("Provinsi") else name


def figures(codes: list[str]) -> Frame:
    """ANGKA of the regions as the newest counting has them, cut for the first of them, and what was typed in.

    A report is read by people who may see no persons: counts from 1 to below the threshold are left out, as unknown.
    """
    newest, typed = reading.newest(), [reading.typed(code) for code in codes]
    own = [] if newest is None else [reading.of_region(newest, code) for code in codes]
    if not own and not any(map(len, typed)):
        return ANGKA.empty()
    whole = (pl.col("potongan") == "") | (pl.col("wilayah") == codes[0])
    own += [] if newest is None else [_ahead(newest, codes[0])]
    rows = reading.closed(pl.concat([part.select(ANGKA.names) for part in [*own, *typed]]).filter(whole))
    blank = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in _OPTIONAL]  # as typed in
    return ANGKA.conform(frame(rows.with_columns(blank).unique(list(ANGKA.key), keep="first", maintain_order=True)))


def _ahead(counting: Counting, code: str) -> pl.DataFrame:
    """The months to come as they were forecast, each with how far such forecasts lay from what came."""
    tried = {row["jarak"]: row for row in reading.tried(counting, code).rows(named=True)}
    parts = [reading.ahead(counting, code, kode) for kode in (OF_MEMBERS, ACTIVE)]
    notes = [
        pl.Series("catatan", [_tried(tried.get(far + 1)) for far in range(len(part))], pl.String) for part in parts
    ]
    return pl.concat(part.with_columns(note) for part, note in zip(parts, notes, strict=True))


def _tried(row: dict[str, Any] | None) -> str | None:
    if row is None or row["galat"] is None:
        return None
    return f"pada potret lampau meleset rata-rata {percent(row['galat'])}, {number(row['banyak'])} kali diuji"


def changed(region: str, since: date, until: date) -> Change | None:
    """What moved the number of members between the last snapshots up to two days, for readers who may see no persons.

    None where there are none, or too few people.
    """
    newest = reading.newest()
    moves = Moves(None, newest, region, since, until) if newest else None
    if moves is None or moves.span is None or moves.span[1] > until or moves.rows.is_empty():
        return None
    told = {row["langkah"]: row["perubahan"] for row in moves.rows.rows(named=True)}
    start, end = told.pop("awal"), told.pop("akhir")
    steps = tuple(Move(_STEPS.get(step, step.replace("_", " ").capitalize()), n) for step, n in told.items() if n)
    source = f"Register peserta per {moves.span[0].isoformat()} dan {moves.span[1].isoformat()}"
    return Change(*moves.span, start, end, steps, source)


def path(region: str, until: date) -> tuple[tuple[Stage, ...], tuple[str, ...]]:
    """From list to claim as the last counting up to a day had it; and what to say of the steps that are left out."""
    counting = Counting.objects.filter(created_at__date__lte=until).first()
    rows = reading.steps(counting, region) if counting else pl.DataFrame()
    if rows.is_empty():
        return (), (_NOT_COUNTED,)
    few = rows["jumlah"].is_between(0, site.JANGKAU_SMALL_CELLS, closed="none").fill_null(value=False)
    return funnel(frame(rows.filter(~few)), region, until), (_FEW,) if few.any() else ()


def funds(region: str) -> tuple[FundState, ...]:
    """The funds that pay in the region and nowhere else, with where their money is and what it pays."""
    found = list(Fund.objects.filter(wilayah__startswith=region).order_by("wilayah", "kode"))
    balances = {
        (fund, kind): balance
        for fund, kind, balance in Account.objects.filter(fund__in=found).values_list("fund", "kind", "balance")
    }
    months = PersonMonth.objects.filter(fund__in=found, state__in=LIVE).order_by().values("fund")
    paid = {row["fund"]: row for row in months.annotate(people=Count("person", distinct=True), months=Count("pk"))}
    return tuple(
        FundState(
            fund.nama or fund.kode, fund.anggaran,
            *(balances.get((fund.pk, kind), 0) for kind in _HELD),
            *((row["people"], row["months"]) if (row := paid.get(fund.pk)) else (0, 0)),
        )
        for fund in found
    )  # fmt: skip


def ending(region: str, until: date) -> Ending | None:
    """The first month after `until` in which anybody's membership ends, with what bridging it costs."""
    found = Lapse.objects.filter(region_code__startswith=region, ends__gt=month_of(until))
    first = found.order_by("ends").values_list("ends", flat=True).first()
    if first is None:
        return None
    month = reconciliation.ahead(found.filter(ends=first), first)[0]
    return Ending(month.day, month.total, BRIDGED, month.costs[BRIDGED - 1])
