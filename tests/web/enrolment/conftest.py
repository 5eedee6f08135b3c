"""People with a decree and funds to pay them, made in a few rows."""

from collections.abc import Callable
from datetime import date

import pytest

from jangkau.apps.enrolment.models import Decree, DecreeLine, DecreeState, Enrolment, PersonMonth
from jangkau.apps.linkage.models import Person
from jangkau.apps.registry.models import Fund

DESA = "1705012002"
FIRST = 2027 * 12
RATE = 16_800


def make_fund(kode: str = "SELUMA", anggaran: int = 10_000_000, wilayah: str = "1705") -> Fund:
    return Fund.objects.create(kode=kode, nama=f"Dana {kode}", jenis="APBD_KAB", anggaran=anggaran, wilayah=wilayah)


def make_people(count: int, start: int = 1) -> list[Person]:
    return Person.objects.bulk_create(
        Person(id=n, id_pekerja=f"P{n}", region_code=DESA, nama=f"Orang {n} Contoh", nik=f"17050100000{n:05d}",
               kode_desa=DESA, tanggal_lahir=date(1990, 1, 1), jenis_kelamin="L", pekerjaan="NELAYAN", layak=True)
        for n in range(start, start + count)
    )  # fmt: skip


def make_decree(fund: Fund, people: list[Person], months: int = 3, state: str = DecreeState.IN_FORCE) -> Decree:
    """A decree whose lines pay `months` months from January 2027, without a word in the ledger yet."""
    made = Decree.objects.create(series=f"s{Decree.objects.count()}", title="Pekerja rentan", region_code="1705",
                                 number="560/1/2026", date=date(2026, 12, 1), state=state)  # fmt: skip
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(person=p, region_code=p.region_code, state="ditetapkan") for p in people
    )
    DecreeLine.objects.bulk_create(
        DecreeLine(decree=made, enrolment=e, fund=fund, first=FIRST, months=months, price=RATE, total=months * RATE,
                   nama=p.nama, nik=p.nik, kode_desa=DESA)
        for e, p in zip(enrolments, people, strict=True)
    )  # fmt: skip
    return made


def person_months(decree: Decree) -> list[PersonMonth]:
    """What the decree promises, unsaved."""
    return [
        PersonMonth(person_id=line.enrolment.person_id, month=line.first + n, fund=line.fund, decree=decree, line=line,
                    enrolment=line.enrolment, rate=line.price, law_version="uji")
        for line in decree.lines.select_related("enrolment", "fund")
        for n in range(line.months)
    ]  # fmt: skip


@pytest.fixture
def decree(regions: None) -> Callable[..., Decree]:
    """A decree for some new people of one fund."""

    def make(people: int = 3, months: int = 3, anggaran: int = 10_000_000, kode: str = "SELUMA") -> Decree:
        return make_decree(make_fund(kode, anggaran), make_people(people, Person.objects.count() + 1), months)

    return make
