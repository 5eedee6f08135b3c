from examples import example

from jangkau.apps.enrolment import ledger
from jangkau.apps.enrolment.models import Journal
from jangkau.apps.registry.models import Fund


def fund() -> Fund:
    known = {"nama": "Dana contoh", "jenis": "APBD_KAB", "anggaran": 1_000_000, "wilayah": "1705012002"}
    return Fund.objects.get_or_create(kode="BUKU", defaults=known)[0]


@example("fund_budget")
def budget(user) -> dict:
    return {"pk": fund().pk}


@example("journal", "journal_export")
def journal(user) -> dict:
    made = fund()
    return {"pk": (ledger.budget(made, by=None) or Journal.objects.filter(fund=made).first()).pk}
