"""Reconciling with one snapshot: read, compare, and keep what was found in one transaction."""

from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.audit.actions import record
from jangkau.apps.enrolment import steps
from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.linkage import bulk
from jangkau.apps.reconciliation import reading
from jangkau.apps.reconciliation.evidence import evidence
from jangkau.apps.reconciliation.evidence import listed as months_listed
from jangkau.apps.reconciliation.models import Decision, Finding, Reconciliation
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Fund, Kind
from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.findings import BY_NAME
from jangkau.core.enrolment.reconcile import Reconciled, When, reconcile
from jangkau.core.kernel.formats import long_date
from jangkau.core.kernel.progress import Progress
from jangkau.core.tables.registers import PENDUDUK

SILENT = ("aktif", "menunggu")  # counted, not listed
FOLLOWS = tuple(kind.name for kind in BY_NAME.values() if kind.follows)
BY_REGISTER = ("dibayar", "aktif", "tunggakan", "non-aktif")
BETWEEN = {("dibayar", "non-aktif"): "tunggakan", ("non-aktif", "tunggakan"): "aktif"}
WRITTEN = (
    "reconciliation", "enrolment", "region_code", "fund", "kind", "also", "evidence", "release", "release_amount",
    "refund", "refund_amount", "decision", "by", "at", "left", "released", "refunded",
)  # fmt: skip


def run(made: Reconciliation, progress: Progress) -> dict[str, Any]:
    """Reconcile with the snapshot, whole or not at all; again, the same. What was decided stays.

    Raises PROGRAM_BELUM_DIATUR, LawUndefinedOn.
    """
    progress.step(gettext_noop("Membaca pembukuan"))
    held, population = reading.enrolments(), registry.current(Kind.PENDUDUK)
    months = reading.months(held)
    progress.step(gettext_noop("Membandingkan dengan register peserta"))
    found = reconcile(
        reading.covered(held, months), months, reading.funds(), registry.rows(made.snapshot), _population(),
        When(made.month, registry.settings().provinsi),
    )  # fmt: skip
    told = polars(found.temuan).join(held.select("id", "region_code", "state"), on="id", how="left")
    progress.step(gettext_noop("Menyimpan temuan"))
    with transaction.atomic():
        made = Reconciliation.objects.select_for_update().get(pk=made.pk)
        made.counts, made.population = _counts(told), population
        made.steps += _follow(told, f"Register peserta per {long_date(made.snapshot.as_of)}")
        findings = _keep(made, told, found, months.to_native())
        made.done, made.ran_at = True, timezone.now()
        made.save()
        after = {"temuan": findings, "langkah": made.steps, "snapshot": made.snapshot_id}
        record("reconciliation.run", by=made.by, thing=made, after=after)
    return {"orang": told.height, "temuan": findings}


def _population() -> Any:
    """The columns of the population register that decide; its empty table where there is none."""
    snapshot = registry.current(Kind.PENDUDUK)
    if snapshot is None:
        return PENDUDUK.empty()
    return frame(pl.read_parquet(snapshot.path, columns=["nik", "kode_desa", "tanggal_meninggal"]))


def _counts(told: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Kecamatan -> finding -> people."""
    counts: dict[str, dict[str, int]] = {}
    places = told.group_by(pl.col("region_code").str.slice(0, 6).alias("tempat"), "jenis").len().sort("tempat", "jenis")
    for place, kind, people in places.iter_rows():
        counts.setdefault(place, {})[kind] = people
    return counts


def _follow(told: pl.DataFrame, why: str) -> int:
    """Memberships take the step that the register says; returns how many."""
    told = told.filter(pl.col("jenis").is_in(FOLLOWS) & pl.col("status").is_not_null())
    now = dict(Enrolment.objects.filter(state__in=BY_REGISTER).values_list("pk", "state"))
    state = pl.Series([now.get(key) for key in told["id"]], dtype=pl.String)
    moving = told.with_columns(state=state).filter(pl.col("state") != pl.col("status"))
    for (before, after), part in sorted(moving.partition_by(["state", "status"], as_dict=True).items()):
        people = part["id"].to_list()
        for to in filter(None, (BETWEEN.get((str(before), str(after))), str(after))):
            steps.move(people, to, by=None, why=why)
    return moving.height


def _keep(made: Reconciliation, told: pl.DataFrame, found: Reconciled, months: pl.DataFrame) -> int:
    """Write the findings anew but those that were carried out; what is put off stays put off. Returns how many."""
    own = Finding.objects.filter(reconciliation=made)
    final = own.exclude(decision__in=[Decision.OPEN, Decision.LATER]) | own.exclude(refunded_at=None)
    settled = set(final.values_list("enrolment", flat=True))
    later = {key: (by, at) for key, by, at in own.filter(decision=Decision.LATER).values_list("enrolment", "by", "at")}
    own.exclude(pk__in=final.values("pk")).delete()
    told = told.filter(~pl.col("jenis").is_in(SILENT) & ~pl.col("id").is_in(list(settled)))
    listed = told.join(_months(found), on="id", how="left").join(_funds(found, months), on="id", how="left")
    bulk.insert(Finding, WRITTEN, _written(listed, made, later).iter_rows())
    return len(settled) + listed.height


def _months(found: Reconciled) -> pl.DataFrame:
    """`id`, and the months of each proposal as lists."""
    month, word = pl.col("bulan"), pl.col("usul")
    lists = {name: month.filter(word == name).sort() for name in ("lepas", "kembali")}
    return polars(found.bulan).group_by("id").agg(**lists)


def _funds(found: Reconciled, months: pl.DataFrame) -> pl.DataFrame:
    """The fund that a finding is about: of its first month touched, else of the person's last month."""
    last = months.sort("id", "bulan").group_by("id").agg(pl.col("dana").last())
    first = polars(found.bulan).sort("id", "bulan").group_by("id").agg(pl.col("dana").first().alias("kena"))
    keys = pl.DataFrame(
        list(Fund.objects.values_list("kode", "pk")), {"kode": pl.String, "fund": pl.Int64}, orient="row"
    )
    both = last.join(first, on="id", how="left").with_columns(kode=pl.coalesce("kena", "dana"))
    return both.join(keys, on="kode", how="left").select("id", "fund")


def _written(listed: pl.DataFrame, made: Reconciliation, later: dict[int, tuple[Any, Any]]) -> pl.DataFrame:
    """The findings as columns of the table, in the order of WRITTEN."""
    put_off = pl.DataFrame(
        [(key, Decision.LATER.value, by, at and at.isoformat()) for key, (by, at) in later.items()],
        {"id": pl.Int64, "decision": pl.String, "by": pl.Int64, "at": pl.String}, orient="row",
    )  # fmt: skip
    known = listed.join(put_off, on="id", how="left")
    return known.select(
        reconciliation=pl.lit(made.pk), enrolment="id", region_code="region_code", fund="fund", kind="jenis",
        also="juga", evidence=evidence(), release=months_listed("lepas"), release_amount="rupiah_lepas",
        refund=months_listed("kembali"), refund_amount="rupiah_kembali", decision=pl.col("decision").fill_null(""),
        by="by", at="at", left=pl.lit(""), released=pl.lit("[]"), refunded=pl.lit("[]"),
    ).select(WRITTEN)  # fmt: skip
