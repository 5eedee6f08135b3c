"""A batch of 100,000 people through the web application: made, sent, answered (nine in ten accepted), answered again,
billed and paid.

`python benchmarks/acknowledgement.py [PEOPLE]`. Uses DATABASE_URL where it is set, else SQLite in a folder of its own.
Bound: 20 s for reading the acknowledgement (issue 7).
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

import xlsxwriter

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
FIRST, MONTHS, RATE, AT_ONCE = 2027 * 12, 1, 16_800, 2_000
DAY = date(2027, 1, 20)


def main() -> None:
    os.environ["JANGKAU_DATA"] = tempfile.mkdtemp(prefix="jangkau-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "jangkau.settings"
    import django

    django.setup()
    from jangkau.web.bring import ready

    ready("17")
    measure()


@contextmanager
def clock(name: str) -> Iterator[None]:
    started, busy = time.perf_counter(), time.process_time()
    yield
    print(f"{name}: {time.perf_counter() - started:.2f} s ({time.process_time() - busy:.2f} s of work)", flush=True)


def measure() -> None:
    from jangkau.apps.accounts.actions import make_user
    from jangkau.apps.enrolment.batches import answer, make, pay, send
    from jangkau.apps.enrolment.trial import verify
    from jangkau.apps.registry.models import Fund

    clerk = make_user("operator", "sandi-bench-0001", "operator_kab", "1705")
    fund = decreed(clerk)
    with clock(f"batch of {PEOPLE} made, its file written"):
        batch = make.make(make.Asked(fund, "1705", FIRST, MONTHS), by=clerk)
    with clock("submitted"):
        send.submit(batch, by=clerk)
    head = [("NIK", "Status", "No KPJ", "Kode"), *rows(batch)]
    for name, made in (("csv", as_csv(head)), ("xlsx", as_xlsx(head))):
        got, _ = answer.receive(batch, upload(f"jawaban.{name}", made), DAY, by=clerk)
        with clock(f"acknowledgement ({name}) read"):
            counts = answer.read(got)
        print(f"  {counts}")
    batch.refresh_from_db()
    with clock("billed"):
        batch = pay.bill(batch, "KI-1", pay.ours(batch), "", by=clerk)
    batch = pay.enter(batch, upload("bukti.pdf", b"%PDF-1.7 %%EOF"), "STS-1", DAY, by=clerk)
    with clock("paid"):
        pay.approve(batch, by=make_user("penyetuju", "sandi-bench-0001", "penyetuju", "1705"))
    print(f"  faults of the trial balance: {verify(Fund.objects.all())}")


def decreed(by: object) -> object:
    """A fund, and people whom a decree promises one month each."""
    from jangkau.apps.enrolment import ledger
    from jangkau.apps.enrolment.models import Decree, DecreeLine, DecreeState, Enrolment, PersonMonth
    from jangkau.apps.linkage.models import Person
    from jangkau.apps.registry.models import Fund

    fund = Fund.objects.create(kode="BENCH", nama="Dana", jenis="APBD_KAB", anggaran=PEOPLE * RATE, wilayah="1705")
    known = {"nama": "Orang Contoh", "kode_desa": "1705012002", "jenis_kelamin": "L", "tanggal_lahir": date(1990, 1, 1)}
    people = Person.objects.bulk_create(
        [Person(id=n, id_pekerja=f"P{n}", region_code="1705012002", nik=f"17050{n:010d}1", **known)
         for n in range(1, PEOPLE + 1)], batch_size=AT_ONCE,
    )  # fmt: skip
    decree = Decree.objects.create(series="s", title="SK", region_code="1705", state=DecreeState.IN_FORCE, number="1")
    enrolments = Enrolment.objects.bulk_create(
        [Enrolment(person=p, region_code="1705012002", state="ditetapkan") for p in people], batch_size=AT_ONCE
    )
    lines = DecreeLine.objects.bulk_create(
        [DecreeLine(decree=decree, enrolment=e, fund=fund, first=FIRST, months=MONTHS, price=RATE, total=RATE,
                    nik=p.nik, **known) for e, p in zip(enrolments, people, strict=True)], batch_size=AT_ONCE,
    )  # fmt: skip
    months = [
        PersonMonth(person_id=line.enrolment.person_id, month=FIRST, fund=fund, enrolment=line.enrolment, decree=decree,
                    line=line, rate=RATE, law_version="bench")
        for line in lines
    ]  # fmt: skip
    with clock(f"{PEOPLE} person-months promised"):
        ledger.commit(months, decree=decree, by=by)
    return fund


def rows(batch: object) -> Iterator[tuple[str, ...]]:
    """Nine in ten are accepted, every tenth is refused."""
    for number, nik in enumerate(batch.lines.values_list("nik", flat=True).iterator(AT_ONCE)):
        yield (nik, "Ditolak", "", "E02") if number % 10 == 0 else (nik, "Diterima", f"24{number:09d}", "")


def as_csv(given: list[tuple[str, ...]]) -> bytes:
    return "\n".join(";".join(row) for row in given).encode()


def as_xlsx(given: list[tuple[str, ...]]) -> bytes:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Jawaban")
        for number, row in enumerate(given):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return made.getvalue()


def upload(name: str, content: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


if __name__ == "__main__":
    main()
