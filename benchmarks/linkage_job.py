"""Linkage as the web application runs it: first run, the same again, new rows, and a clerk's decision.

PYTHONPATH=src python benchmarks/linkage_job.py --rows 200000
PYTHONPATH=src python tests/postgres.py python benchmarks/linkage_job.py --rows 200000
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "linkage_tools")]
os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-ukur-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")


def timed(label: str, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    found = work()
    print(f"  {label:34} {time.perf_counter() - start:8.2f} s  {found or ''}", flush=True)


def fill(rows: int) -> None:
    """A province of registers and lists of `rows` rows."""
    import world as worlds

    from jangkau.apps.intake.models import FileState, ListFile, Original, ProposalRow, Shipment
    from jangkau.apps.linkage import bulk
    from jangkau.apps.registry.actions import set_programme
    from jangkau.apps.registry.models import Snapshot, SnapshotState
    from jangkau.core.tables.settings import Settings

    made = worlds.make(int(rows / 0.12), seed=5)
    for kind in ("penduduk", "peserta", "kesejahteraan"):
        data = getattr(made, kind)
        shot = Snapshot.objects.create(
            kind=kind, as_of=date(2026, 10, 31), source="ukur", file_name=kind, sha256=kind.ljust(64, "0"), size=1,
            rows=len(data), state=SnapshotState.READY,
        )  # fmt: skip
        shot.path.parent.mkdir(parents=True, exist_ok=True)
        data.write_parquet(shot.path)
    set_programme(Settings.model_validate({"provinsi": "18", "per": date(2026, 11, 22), "mulai": "2026-12"}), by=None)
    shipment = Shipment.objects.create(region_code="18")
    original = Original.objects.create(sha256="0" * 64, size=1)
    file = ListFile.objects.create(shipment=shipment, original=original, name="a.xlsx", region_code="18",
                                   state=FileState.READ)  # fmt: skip
    names = (
        "nik",
        "nik_dugaan",
        "nama",
        "tanggal_lahir",
        "jenis_kelamin",
        "kode_desa",
        "kode_wilayah",
        "no_hp",
        "no_kk",
    )
    fields = ("file", "lembar", "baris", "block", "person", "region_code", "raw", "fingerprint", "id_usulan", *names)
    lines = (
        (file.pk, "L", at, 0, at < 0.99 * len(made.usulan), (row.get("kode_desa") or row.get("kode_wilayah") or "18"),
         "[]", str(at), f"{file.key}#L#{at}", *(str(row[n]) if row.get(n) is not None else None for n in names))
        for at, row in enumerate(made.usulan.iter_rows(named=True), 2)
    )  # fmt: skip
    bulk.insert(ProposalRow, fields, lines)


def run() -> str:
    from jangkau.apps.jobs.models import Job, State
    from jangkau.apps.jobs.running import Running
    from jangkau.apps.linkage import actions

    counts = actions.run(Running(Job.objects.create(kind=actions.KIND, state=State.RUNNING)))
    return " ".join(f"{name} {counts[name]}" for name in ("baris", "orang", "tautan", "tinjau", "tautan_baru"))


def decide(times: int = 40) -> str:
    """A decision and the page after it, as the server answers them."""
    from django.test import Client

    from jangkau.apps.accounts.actions import make_user
    from jangkau.apps.linkage.queue import take

    user = make_user("ukur", "sandi-ukur-0001", "operator_kab", "18")
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/tinjauan/")
    posts, pages = [], []
    for at in range(times):
        link = take(user, [])
        if link is None:
            break
        start = time.perf_counter()
        answer = client.post(f"/tinjauan/pasangan/{link.pk}/putus/", {"keputusan": "cocok" if at % 2 else "tidak"})
        assert answer.status_code == 302, answer.status_code
        middle = time.perf_counter()
        client.get("/tinjauan/")
        posts.append(1000 * (middle - start))
        pages.append(1000 * (time.perf_counter() - middle))
    if not posts:
        return "no pair waits"
    told = [(sorted(some)[len(some) // 2], max(some)) for some in (posts, pages)]
    return "; ".join(
        f"{name} median {a:.0f} ms, worst {b:.0f} ms" for name, (a, b) in zip(("decision", "page"), told, strict=True)
    )


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rows", type=int, default=200_000)
    given = arguments.parse_args()

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from jangkau.apps.intake.models import ProposalRow

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {given.rows} rows")
    timed("lists and registers", lambda: fill(given.rows))
    timed("first run", run)
    timed("the same again", run)
    ProposalRow.objects.update(person=True)
    timed("one row in a hundred is new", run)
    timed("decisions", decide)
    timed("the run after them", run)


if __name__ == "__main__":
    main()
