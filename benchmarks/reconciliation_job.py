"""The reconciliation as the site does it: 300,000 covered people and 3.6 million person-months in the database of
DATABASE_URL (SQLite without it), a snapshot of 450,000 members.

    PYTHONPATH=src python benchmarks/reconciliation_job.py [--people 300000] [--members 450000]

The first run also takes most memberships from `dibayar` to their step; the second is an ordinary month.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parent)]
os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-ukur-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")
DESA, LIMIT_SECONDS = "1701012001", 30


def load(people: int, members: int):
    """The books and registers of `reconciliation.py` in the database; returns the snapshot of the members."""
    import reconciliation as made
    from django.db import connection, transaction

    from jangkau.apps.enrolment.holding import let_go
    from jangkau.apps.enrolment.models import Enrolment, PersonMonth
    from jangkau.apps.linkage import bulk
    from jangkau.apps.linkage.models import Person
    from jangkau.apps.registry.actions import set_programme
    from jangkau.apps.registry.models import Fund
    from jangkau.core.engine import polars
    from jangkau.core.tables.settings import Settings

    covered, months, funds = made.books(people)
    keys = {row["kode"]: Fund.objects.create(nama=row["kode"], wilayah=row["wilayah"] or "", kode=row["kode"],
            jenis=row["jenis"], anggaran=10**12).pk for row in polars(funds).rows(named=True)}  # fmt: skip
    persons = ((n, f"p{n}", "ada", DESA, nik, nama, str(born), DESA, "TANI", "cocok") for n, nik, nama, born in
               covered.select("id", "nik", "nama", "tanggal_lahir").iter_rows())  # fmt: skip
    enrolled = ((n, n, DESA, "dibayar", "", kpj, "2026-04-01T00:00:00Z") for n, kpj in
                covered.select("id", "kpj").iter_rows())  # fmt: skip
    rows = months.to_native().iter_rows()
    decree, lines = decreed(people, next(iter(keys.values())))
    with let_go(connection), transaction.atomic():
        bulk.insert(Person, ("id", "id_pekerja", "state", "region_code", "nik", "nama", "tanggal_lahir", "kode_desa",
                             "pekerjaan", "status_tautan"), persons)  # fmt: skip
        bulk.insert(Enrolment, ("id", "person", "region_code", "state", "reason", "kpj", "opened_at"), enrolled)
        lines()
        bulk.insert(
            PersonMonth, ("person", "enrolment", "month", "fund", "rate", "state", "law_version", "decree", "line"),
            ((n, n, month, keys[fund], rate, state, "ukur", decree.pk, n + 1) for n, month, fund, rate, state in rows),
        )  # fmt: skip
    set_programme(Settings.model_validate({"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"}), by=None)
    return snapshots(*made.registers(covered, members))


def decreed(people: int, fund: int):
    """A decree, and what writes its lines."""
    from jangkau.apps.enrolment.models import Decree, DecreeLine
    from jangkau.apps.linkage import bulk

    decree = Decree.objects.create(series="ukur", title="ukur", region_code="17", state="berlaku")
    names = ("id", "decree", "enrolment", "fund", "first", "months", "price", "total")
    rows = ((n + 1, decree.pk, n, fund, 24_315, 12, 16_800, 12 * 16_800) for n in range(people))
    return decree, lambda: bulk.insert(DecreeLine, names, rows)


def snapshots(peserta, penduduk):
    """Both registers as ready snapshots; returns that of the members."""
    from jangkau.apps.registry.models import Snapshot, SnapshotState

    for kind, table in (("penduduk", penduduk), ("peserta", peserta)):
        made = Snapshot.objects.create(kind=kind, as_of=date(2026, 11, 30), source="ukur", file_name="ukur", size=1,
                                       sha256=kind, state=SnapshotState.READY, rows=len(table))  # fmt: skip
        made.path.parent.mkdir(parents=True, exist_ok=True)
        table.to_native().write_parquet(made.path)
    return made


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=300_000)
    options.add_argument("--members", type=int, default=450_000)
    asked = options.parse_args()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from jangkau.apps.reconciliation import actions, radar
    from jangkau.apps.reconciliation.models import Finding, Reconciliation
    from jangkau.apps.reconciliation.run import run
    from jangkau.core.kernel.progress import Silent

    snapshot = load(asked.people, asked.members)
    made = actions.start(snapshot, by=None)
    told = {"people": asked.people, "members": asked.members}
    for name in ("first_run", "ordinary_month"):
        start, busy, steps = time.perf_counter(), time.process_time(), Reconciliation.objects.get(pk=made.pk).steps
        run(Reconciliation.objects.select_related("snapshot").get(pk=made.pk), Silent())
        told[f"{name}_seconds"] = round(time.perf_counter() - start, 2)
        told[f"{name}_cpu_seconds"] = round(time.process_time() - busy, 2)
        told[f"{name}_steps"] = Reconciliation.objects.get(pk=made.pk).steps - steps
    start = time.perf_counter()
    told |= {"findings": Finding.objects.count(), "radar_people": radar.refresh()}
    told["radar_seconds"] = round(time.perf_counter() - start, 2)
    seconds = told["ordinary_month_seconds"]
    print(json.dumps(told | {"limit_seconds": LIMIT_SECONDS, "within_limit": seconds <= LIMIT_SECONDS}, indent=2))


if __name__ == "__main__":
    main()
