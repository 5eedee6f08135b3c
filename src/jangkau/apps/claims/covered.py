"""What is known of people: who they are by the register, which months were paid for them, who lives with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from jangkau.apps.claims.models import COVERED
from jangkau.apps.enrolment.models import MonthState, PersonMonth
from jangkau.apps.linkage.models import Link, Person, PersonState
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.models import Kind
from jangkau.apps.registry.selectors import current
from jangkau.core.engine import polars
from jangkau.core.enrolment import claims
from jangkau.core.kernel.month import month_of, month_text
from jangkau.core.kernel.parts import parts
from jangkau.core.law.book import Book
from jangkau.core.law.claims import years_after

_AT_ONCE = 5_000  # values in one question to the database
_MEMBER = ("kpj", "segmen", "upah", "mulai", "dibayar_sampai")


@dataclass(frozen=True)
class Subject:
    """Somebody an event may be told of. `nik` may be empty."""

    nik: str
    nama: str
    tanggal_lahir: date | None
    jenis_kelamin: str
    region_code: str
    person: Person | None = None

    @property
    def who(self) -> str:
        """By what the person is known in a case."""
        return self.nik or (self.person.id_pekerja if self.person else "")


@dataclass(frozen=True)
class Facts:
    """The membership on the day of an event: months paid, state, and what the law's clock says."""

    expires: date
    status: str = "belum"
    full: bool = False
    registered: int | None = None
    after: int = 0
    paid: list[int] = field(default_factory=list)
    kpj: str = ""
    segment: str = "BPU"
    wage_base: int = 0

    @property
    def covered(self) -> bool:
        """Whether the membership stood that day."""
        return self.status in COVERED


def residents(niks: Iterable[str]) -> dict[str, Subject]:
    """People of the register by NIK, each with who they are among the proposed."""
    snapshot, wanted = current(Kind.PENDUDUK), [nik for nik in niks if nik]
    if snapshot is None or not wanted:
        return {}
    rows = pl.scan_parquet(snapshot.path).filter(pl.col("nik").is_in(wanted)).collect()
    known, province = persons(rows["nik"].to_list()), _province()
    return {row["nik"]: _subject(row, known.get(row["nik"]), province) for row in rows.iter_rows(named=True)}


def _subject(row: dict[str, Any], person: Person | None, province: str) -> Subject:
    place = _place(row["kode_desa"], person, province)
    return Subject(row["nik"], row["nama"] or "–", row["tanggal_lahir"], row["jenis_kelamin"] or "", place, person)


def _place(code: str | None, person: Person | None, province: str) -> str:
    """Whose case it is: of the village that proposed the person, else where the resident lives; the province's, where
    the register says that they moved out of it."""
    if person:
        return person.region_code
    return code if code and code.startswith(province) else province


def _province() -> str:
    return Region.objects.filter(parent=None).values_list("code", flat=True).first() or ""


def of_person(person: Person) -> Subject:
    """A person, by the register where they are known there."""
    link = Link.objects.filter(member__person=person, register="penduduk", keputusan="cocok").order_by("-peluang", "pk")
    nik = link.values_list("id_register", flat=True).first() or person.nik or ""
    found = residents([nik]).get(nik)
    if found:
        return replace(found, person=person, region_code=person.region_code)
    sex, place = person.jenis_kelamin or "", person.region_code
    return Subject(nik, person.nama or "–", person.tanggal_lahir, sex, place, person)


def persons(niks: Sequence[str]) -> dict[str, Person]:
    """Who of these residents is among the proposed: through the links to the register, else by the number proposed."""
    found: dict[str, Person] = {}
    for part in parts(niks, _AT_ONCE):
        by_number = Person.objects.filter(nik__in=part, state=PersonState.HERE).order_by("-pk")
        found |= {person.nik or "": person for person in by_number}
        links = Link.objects.filter(register="penduduk", keputusan="cocok", id_register__in=part)
        surest_last = links.select_related("member__person").order_by("peluang", "-pk")
        found |= {link.id_register: link.member.person for link in surest_last}
    return found


def dead() -> pl.DataFrame:
    """Residents with a date of death: nik, tanggal_meninggal."""
    snapshot = current(Kind.PENDUDUK)
    if snapshot is None:
        return pl.DataFrame(schema={"nik": pl.String, "tanggal_meninggal": pl.Date})
    rows = pl.scan_parquet(snapshot.path).select("nik", "tanggal_meninggal")
    return rows.filter(pl.col("tanggal_meninggal").is_not_null()).collect()


def households(niks: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The living of the households of residents, nearest first, by NIK."""
    snapshot = current(Kind.PENDUDUK)
    if snapshot is None or not niks:
        return {}
    lazy = pl.scan_parquet(snapshot.path)
    numbers = lazy.filter(pl.col("nik").is_in(niks)).select("no_kk").drop_nulls().collect()["no_kk"].unique()
    rows = lazy.filter(pl.col("no_kk").is_in(numbers.implode())).collect()
    found: dict[str, list[dict[str, Any]]] = {}
    for row in polars(claims.heirs(rows, niks)).iter_rows(named=True):
        found.setdefault(row["orang"], []).append(row)
    return found


def study(events: Sequence[tuple[Subject, date]], today: date, book: Book) -> list[Facts]:
    """The membership of each on the day of their event, in the order given."""
    people = {subject.who: subject for subject, _ in events}
    rows = _member_rows(list(people.values()))
    paid = pl.concat([polars(claims.paid_months(rows, today, book)), _paid_here(list(people.values()))])
    days = pl.DataFrame(
        [(str(at), subject.who, day) for at, (subject, day) in enumerate(events)],
        schema={"i": pl.String, "orang": pl.String, "tanggal_meninggal": pl.Date}, orient="row",
    )  # fmt: skip
    own = paid.join(days.select("i", "orang"), on="orang").select("bulan", "segmen", orang="i")
    found = claims.deaths(days.select("tanggal_meninggal", orang="i"), own, today, book)
    told = {row["orang"]: row for row in polars(found).iter_rows(named=True)}
    months = dict(paid.group_by("orang").agg(pl.col("bulan").unique().sort()).iter_rows())
    members = {key[0]: part for key, part in rows.group_by("orang")}
    return [
        _facts(day, told.get(str(at)), months.get(subject.who, []), members.get(subject.who), book)
        for at, (subject, day) in enumerate(events)
    ]


def _facts(day: date, told: dict[str, Any] | None, months: list[int], rows: pl.DataFrame | None, book: Book) -> Facts:
    expires = years_after(day, book.value(claims.EXPIRY, day))
    if told is None:
        return Facts(expires)
    member = _that_day(rows, day)
    return Facts(
        told["kedaluwarsa"], told["status"], told["penuh"], told["terdaftar"], told["sesudah"], months,
        member.get("kpj") or "", member.get("segmen") or "BPU", max(0, member.get("upah") or 0),
    )  # fmt: skip


def _that_day(rows: pl.DataFrame | None, day: date) -> dict[str, Any]:
    """The member row that had begun by the day and was paid longest; else the first of all."""
    if rows is None:
        return {}
    begun = pl.col("mulai") <= month_text(month_of(day))
    return rows.sort(begun, "dibayar_sampai", "kpj", descending=True, nulls_last=True).row(0, named=True)


def _member_rows(subjects: list[Subject]) -> pl.DataFrame:
    """Member rows of the subjects, by NIK or through the links of their persons: `orang` and what a row says."""
    kinds = {"orang": pl.String, "kpj": pl.String, "segmen": pl.String, "upah": pl.Int64}
    snapshot = current(Kind.PESERTA)
    if snapshot is None:
        return pl.DataFrame(schema=kinds | {"mulai": pl.String, "dibayar_sampai": pl.String})
    text = {"orang": pl.String, "nik": pl.String}
    by_nik = pl.DataFrame([(s.who, s.nik) for s in subjects if s.nik], schema=text, orient="row")
    by_kpj = pl.DataFrame(_linked(subjects), schema={"orang": pl.String, "kpj": pl.String}, orient="row")
    lazy = pl.scan_parquet(snapshot.path).select("nik", *_MEMBER)
    found = [lazy.join(own.lazy(), on=key).select("orang", *_MEMBER) for own, key in ((by_nik, "nik"), (by_kpj, "kpj"))]
    return pl.concat([part.collect() for part in found]).unique(["orang", "kpj"], maintain_order=True)


def _linked(subjects: list[Subject]) -> list[tuple[str, str]]:
    who = {subject.person.pk: subject.who for subject in subjects if subject.person}
    rows: list[tuple[str, str]] = []
    for part in parts(list(who), _AT_ONCE):
        links = Link.objects.filter(register="peserta", keputusan="cocok", member__person__in=part)
        rows += [(who[pk], kpj) for pk, kpj in links.values_list("member__person_id", "id_register").distinct()]
    return sorted(rows)


def _paid_here(subjects: list[Subject]) -> pl.DataFrame:
    """Months that this programme has paid."""
    who = {subject.person.pk: subject.who for subject in subjects if subject.person}
    rows: list[tuple[str, int, str]] = []
    for part in parts(list(who), _AT_ONCE):
        paid = PersonMonth.objects.filter(person__in=part, state=MonthState.PAID)
        rows += [(who[pk], month, "BPU") for pk, month in paid.values_list("person_id", "month")]
    return pl.DataFrame(rows, schema={"orang": pl.String, "bulan": pl.Int64, "segmen": pl.String}, orient="row")
