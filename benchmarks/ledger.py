"""The ledger with five million entries: how long its pages take, and how fast entries are written.

PYTHONPATH=src python benchmarks/ledger.py --entries 5000000
PYTHONPATH=src python tests/postgres.py python benchmarks/ledger.py --entries 5000000 --posted 250000

With `--posted` so many are posted; the rest are copies of them that PostgreSQL puts in beside the books' own rules, so
that the time of pages is known without hours of posting. Such books do not balance and are not checked.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "src"), str(Path(__file__).parents[1] / "tests")]
os.environ.setdefault("JANGKAU_DATA", tempfile.mkdtemp(prefix="jangkau-ukur-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jangkau.settings")
FUNDS, RATE, FIRST, ASKED = 50, 16_800, 2027 * 12, 40


def load(entries: int) -> tuple[int, float]:
    """People whose months are promised, billed and paid; three entries a month. Returns entries and seconds."""
    from jangkau.apps.enrolment import ledger
    from jangkau.apps.enrolment.models import Batch, Entry, PersonMonth

    people = entries // 3 // 12
    began, start = 0.0, 1
    for n in range(FUNDS):
        decree, fund = _decree(n, start, people // FUNDS)
        start += people // FUNDS
        months = [month for line in decree.lines.select_related("enrolment") for month in _months(decree, fund, line)]
        at = time.perf_counter()
        ledger.commit(months, decree=decree, by=None)
        batch = Batch.objects.create(fund=fund, month=FIRST, months=12, year=2027, number=n + 1, region_code="1705")
        for post in (ledger.bill, ledger.pay):
            post(PersonMonth.objects.filter(decree=decree), batch=batch, by=None)
        began += time.perf_counter() - at
    return Entry.objects.count(), began


def _decree(n: int, start: int, people: int):
    from jangkau.apps.enrolment.models import Decree, DecreeLine, Enrolment
    from jangkau.apps.linkage.models import Person
    from jangkau.apps.registry.models import Fund

    fund = Fund.objects.create(kode=f"D{n}", nama=f"Dana {n}", jenis="APBD_KAB", anggaran=10**12, wilayah="1705")
    decree = Decree.objects.create(series=str(n), title="ukur", region_code="1705", number=f"{n}", state="berlaku")
    persons = [Person(id=at, id_pekerja=f"P{at}", region_code="1705012002") for at in range(start, start + people)]
    Person.objects.bulk_create(persons, batch_size=2_000)
    enrolled = [Enrolment(person=p, region_code="1705012002", state="ditetapkan") for p in persons]
    Enrolment.objects.bulk_create(enrolled, batch_size=2_000)
    lines = [
        DecreeLine(decree=decree, enrolment=e, fund=fund, first=FIRST, months=12, price=RATE, total=12 * RATE)
        for e in enrolled
    ]
    DecreeLine.objects.bulk_create(lines, batch_size=2_000)
    return decree, fund


def _months(decree, fund, line):
    from jangkau.apps.enrolment.models import PersonMonth

    return [
        PersonMonth(
            person_id=line.enrolment.person_id, month=FIRST + at, fund=fund, enrolment=line.enrolment, decree=decree,
            line=line, rate=RATE, law_version="ukur",
        )
        for at in range(12)
    ]  # fmt: skip


def multiply(entries: int, wanted: int) -> None:
    """Copies of all entries, each within its journal, until there are as many as wanted."""
    from django.db import connection

    columns = "journal_id, kind, debit_id, credit_id, amount, month_id, law_version, decree_id"
    times = wanted // entries
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO enrolment_entry ({columns}) SELECT {columns} FROM enrolment_entry, generate_series(2, %s)",
            [times],
        )
        cursor.execute("UPDATE enrolment_journal SET rows = rows * %s", [times])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE enrolment_entry")


def ask() -> dict[str, list[float]]:
    """Seconds of each question, `ASKED` times: the book, the last journal, one of its later pages, the check."""
    from django.test import Client
    from django.urls import reverse

    from jangkau.apps.accounts.actions import make_user
    from jangkau.apps.enrolment.models import Journal

    client = Client()
    client.force_login(
        make_user("auditor", "sandi-ukur-0001", "auditor", "17"), "allauth.account.auth_backends.AuthenticationBackend"
    )
    journal = Journal.objects.filter(kind="bayar").first()
    middle = journal.entries.values_list("pk", flat=True)[journal.rows // 2]
    addresses = {
        "buku dana": (reverse("book"), {}), "satu dana": (reverse("book"), {"dana": "D7"}),
        "jurnal": (reverse("journal", args=[journal.pk]), {}),
        "jurnal, di tengah": (reverse("journal", args=[journal.pk]), {"sesudah": str(middle)}),
    }  # fmt: skip
    return {name: [_seconds(client, *address) for _ in range(ASKED)] for name, address in addresses.items()}


def _seconds(client, address: str, given: dict[str, str]) -> float:
    began = time.perf_counter()
    assert client.get(address, given, headers={"host": "localhost"}).status_code == 200
    return time.perf_counter() - began


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=5_000_000)
    parser.add_argument("--posted", type=int)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    entries, seconds = load(asked.posted or asked.entries)
    print(f"{connection.vendor}: {entries:,} entries posted in {seconds:.1f} s, {entries / seconds:,.0f} a second")
    if asked.posted:
        multiply(entries, asked.entries)
    for name, times in ask().items():
        ordered = sorted(times)
        print(
            f"  {name:20} median {ordered[ASKED // 2] * 1e3:6.0f} ms   p95 {ordered[ASKED * 95 // 100] * 1e3:6.0f} ms"
        )
    if not asked.posted:
        _check()


def _check() -> None:
    from jangkau.apps.enrolment.trial import verify
    from jangkau.apps.registry.models import Fund

    began = time.perf_counter()
    assert verify(Fund.objects.all()) == []
    print(f"  {'periksa buku':20} {time.perf_counter() - began:6.1f} s")


if __name__ == "__main__":
    main()
