"""Lists as villages send them: made, sent and read."""

import io
from datetime import datetime

import xlsxwriter

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions.receive import Incoming, receive
from jangkau.apps.intake.models import Shipment
from jangkau.apps.jobs.tasks import run_job

HEAD = ["No", "Nama", "NIK", "Tgl Lahir", "L/P", "Pekerjaan"]
ANI, BUDI, CICI = (
    [1, "Ani Contoh", "1705014101900001", "1/1/1990", "P", "petani"],
    [2, "Budi Contoh", "170501020190002", "31/2/1990", "L", "nelayan"],
    [3, "Cici Contoh", "1705014301900003", "3/1/1990", "P", "dagang"],
)


def xlsx(*people: list[object], title: str = "DESA NIUR KEC SUKARAJA KAB SELUMA") -> bytes:
    """A list of a village: title, heading, people."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 1)})
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([[title], HEAD, *people]):
            sheet.write_row(at, 0, row)
    return made.getvalue()


def send(files: dict[str, bytes], by: User, meant: str = "") -> Shipment:
    """Send the files, and let the worker read them."""
    shipment = receive([Incoming(name, [data]) for name, data in files.items()], by=by, meant=meant)
    if shipment.job:
        run_job.func(shipment.job.pk)
        shipment.job.refresh_from_db()
    return shipment
