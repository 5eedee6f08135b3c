"""Lists through the web application: 60 files with 20,000 rows received and read, one cell mended, all rows asked for.

`python benchmarks/intake_web.py [FILES] [ROWS]`. Uses DATABASE_URL where it is set, else SQLite in a folder of its
own. Bound: 60 s for the 60 files (issue 6).
"""

import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import xlsxwriter

FILES, ROWS = map(int, sys.argv[1:3] if len(sys.argv) == 3 else ("60", "20000"))
HEAD = ["No", "Nama", "NIK", "Tgl Lahir", "L/P", "Alamat", "Pekerjaan", "Penghasilan", "No HP"]
BORN = ("05/05/1990", "5-5-90", "5 Mei 1990", "31/02/1990", 32998)


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
    from jangkau.apps.intake.actions.mend import mend_cell, undo
    from jangkau.apps.intake.actions.receive import Incoming, receive
    from jangkau.apps.intake.models import ListFile, ProposalRow, RowProblem
    from jangkau.apps.intake.selectors import usulan_frame
    from jangkau.apps.jobs.tasks import run_job
    from jangkau.apps.regions.models import Region

    by = make_user("operator", "sandi-bench-0001", "operator_kab", "1705")
    villages = Region.objects.filter(code__startswith="1705", level="desa").select_related("parent")[:FILES]
    files = [Incoming(f"{v.parent.name}/{v.name}.xlsx", [_list(v, n, ROWS // FILES)]) for n, v in enumerate(villages)]
    with clock(f"{len(files)} files received"):
        shipment = receive(files, by=by)
    with clock(f"{len(files)} files read"):
        run_job.func(shipment.job.pk)
    shipment.job.refresh_from_db()
    told = f"{ProposalRow.objects.count()} rows, {RowProblem.objects.count()} problems"
    print(f"  {told}; job {shipment.job.state} {shipment.job.result}")
    row = ListFile.objects.first().rows.first()
    with clock("one cell mended and its list checked again"):
        mend = mend_cell(row, "B", "Nama Baru Contoh", by=by)
    with clock("and taken back"):
        undo(mend, by=by)
    with clock("all rows as one table"):
        print(f"  {len(usulan_frame())} people")


def _list(village: object, number: int, rows: int) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Daftar")
        sheet.write_row(0, 0, [f"DAFTAR PEKERJA RENTAN DESA {village.name} KECAMATAN {village.parent.name}".upper()])
        sheet.write_row(2, 0, HEAD)
        for n in range(rows):
            nik = f"{village.code[:6]}050590{number:02d}{n % 100:02d}"
            cells = [n + 1, f"NAMA {n} CONTOH", nik[: 15 if n % 10 == 9 else 16], BORN[n % 5], "LP"[n % 2], "RT 1",
                     ("petani", "nelayan", "tukang ojek", "dagang")[n % 4], 1_500_000, f"0812345{n:05d}"]  # fmt: skip
            sheet.write_row(3 + n, 0, cells)
    return made.getvalue()


if __name__ == "__main__":
    main()
