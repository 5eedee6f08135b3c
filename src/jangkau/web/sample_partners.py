"""What a demo shows under partners: pledges in each state, one of whose funds has paid people for half a year."""

from datetime import timedelta

import polars as pl
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.apps.partners import companies, employees, pledging, use
from jangkau.apps.partners.models import Company, Contact, Group, Pledge, Sponsor
from jangkau.apps.reconciliation import radar
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current
from jangkau.core.engine import polars
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.progress import Progress
from jangkau.core.partners.pledge import Terms
from jangkau.web.sample_books import BEFORE, MONTHS, book

PAID = 48
_SPONSORS = (("PT Contoh Sawit Lestari", "CSR"), ("Baznas Contoh", "ZAKAT"), ("Koperasi Contoh Peduli", "DONATUR"))
_COMPANIES = (
    ("PT Contoh Karet Jaya", "0120001234567", "MENENGAH", 30, "JKK|JKM|JHT"),
    ("CV Contoh Angkutan", "9120001234567", "KECIL", 20, "JKK|JKM|JHT"),
    ("UD Contoh Bangunan", "8120001234567", "MIKRO", 7, None),
)
_GROUPS = (("Koperasi Contoh Tani", "koperasi"), ("Nelayan Contoh Jaya", "nelayan"), ("Masjid Contoh", "ibadah"))


def show_partners(place: str, progress: Progress, *, by: User, approver: User, guests: list[User]) -> int:
    """Partners of the kabupaten `place`, made once; `guests` are a sponsor and a liaison.

    Returns how many pledges there are.
    """
    if not Sponsor.objects.exists():
        progress.step("Mencatat mitra contoh")
        sponsor, liaison = guests
        _pledges(place, by, approver, sponsor)
        _companies(place, by)
        groups = Group.objects.bulk_create(
            Group(nama=name, kind=kind, region_code=place, liaison="Penghubung Contoh") for name, kind in _GROUPS
        )
        groups[0].users.add(liaison)
    return Pledge.objects.count()


def _pledges(place: str, by: User, approver: User, sponsor: User) -> None:
    snapshot = current(Kind.PESERTA)
    now = month_of(snapshot.as_of if snapshot else timezone.localdate())
    first, zakat, donor = (Sponsor.objects.create(nama=n, kind=k, region_code=place) for n, k in _SPONSORS)
    first.users.add(sponsor)
    pledging.make(donor, Terms("DONATUR", 25, 6, now + 3, place, ("NELAYAN", "DAGANG")), by=by)
    agreed = pledging.make(zakat, Terms("ZAKAT", 120, 12, now + 2, place, (), "desil<=2"), by=by)
    pledging.decide(agreed, agreed=True, reason="Contoh", by=approver)
    running = pledging.make(first, Terms("CSR", 120, MONTHS, now - BEFORE, place), by=by)
    running = pledging.decide(running, agreed=True, reason="Contoh", by=approver)
    day = timezone.localdate() - timedelta(days=190)
    running = pledging.receive(running, running.amount, day, "TRF-CONTOH-118", by=by)
    people = Person.objects.filter(region_code__startswith=place, state=PersonState.HERE, enrolments=None).order_by(
        "pk"
    )
    assert running.fund
    if snapshot:
        book([(person, "CSR", "") for person in people.order_by("pk")[:PAID]], running.fund, snapshot)
        radar.refresh()
    use.refresh(timezone.localdate())
    pledging.consent(first, public=True, by=sponsor)


def _companies(place: str, by: User) -> None:
    """Two with members of the register as theirs, by its company numbers, and one that has none; one is asked."""
    members = polars(registry.register(Kind.PESERTA))
    known = members.filter(pl.col("segmen") == "PU", pl.col("kode_wilayah") == place).drop_nulls("npp")
    most = known["npp"].value_counts(sort=True).sort("count", "npp", descending=True)["npp"].head(2).to_list()
    for (name, nib, scale, stated, programmes), npp in zip(_COMPANIES, [*most, None, None, None], strict=False):
        Company.objects.create(nama=name, nib=nib, npp=npp, skala=scale, stated=stated, programmes=programmes,
                               region_code=place, alamat="Jalan Contoh 1")  # fmt: skip
    companies.check_all()
    employees.refresh()
    first, today = Company.objects.exclude(findings=[]).order_by("pk").first(), timezone.localdate()
    if first:
        told = {"kind": Contact.LETTER, "number": "CONTOH/560/1", "on": today - timedelta(days=20)}
        companies.follow_up(first, {**told, "due": today - timedelta(days=6)}, by=by)
