"""Companies: imported, checked against the member register and their own lists, spoken to."""

import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.accounts.permissions import scope
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.masking import mask_number
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.partners.models import Company, CompanyState, FollowUp, Outcome, Verdict, WorkerList
from jangkau.apps.registry import selectors as registry
from jangkau.apps.registry.keeping import keep
from jangkau.apps.registry.models import Kind
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.partners import duty
from jangkau.core.partners.companies import NUMBERS, clean, read_companies
from jangkau.core.partners.workers import active, members_by_company

ANSWER_DAYS = 14
LIST, CHECK = "partners.workers", "partners.check"
_FIELDS = {"nama": "nama", "wilayah": "region_code", "alamat": "alamat", "skala": "skala", "sektor": "sektor",
           "pekerja": "stated", "program": "programmes"}  # fmt: skip
Numbered = dict[tuple[str, Any], Company]


def import_companies(
    upload: "UploadedFile[Any]", codes: list[str], *, by: User
) -> tuple[int, int, list[dict[str, Any]]]:
    """Add and renew companies from a file; `codes` are the regions that the user may write in.

    Returns how many are new, how many were known, and what is wrong with the file as rows of MASALAH. A company is
    known by its NIB, else NPP, else NPWP; an empty cell changes nothing. Raises BERKAS_RUSAK, TABEL_SALAH.
    """
    notes: list[dict[str, Any]] = []
    rows, numbered = list(_read(upload, notes).rows(named=True)), _numbered()
    own = [
        row for row in rows
        if _own(row["wilayah"], codes) and _own(getattr(_known(row, numbered), "region_code", None), codes)
    ]  # fmt: skip
    if len(own) < len(rows):
        outside = Problem("PERUSAHAAN_DI_LUAR", jumlah=len(rows) - len(own))
        notes.append({"kode": outside.kind.kode, "pesan": outside.pesan, "saran": outside.saran})
    with transaction.atomic():
        new = sum(_keep(row, numbered) for row in own)
        record("partners.import", by=by, region_code=codes[0], after={"baru": new, "dikenal": len(own) - new})
    check_all()
    return new, len(own) - new, notes


def _read(upload: "UploadedFile[Any]", notes: list[dict[str, Any]]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"berkas{Path(upload.name or '').suffix.lower()}"
        with path.open("wb") as file:
            file.writelines(upload.chunks())
        return read_companies(path, Path(upload.name or "").name, notes)


def _own(region: str | None, codes: list[str]) -> bool:
    """Whether a region is one to write in; nowhere yet is."""
    return region is None or any(region.startswith(code) for code in codes)


def _numbered() -> Numbered:
    """Every company by each of its numbers, read once: a register has thousands of rows."""
    return {
        (name, number): company
        for company in Company.objects.all() for name in NUMBERS if (number := getattr(company, name))
    }  # fmt: skip


def _known(row: Mapping[str, Any], numbered: Numbered) -> Company | None:
    return next((numbered[name, row[name]] for name in NUMBERS if (name, row[name]) in numbered), None)


def _keep(row: Mapping[str, Any], numbered: Numbered) -> bool:
    """Whether the company is new. A number that another company has stays with that one."""
    known = _known(row, numbered)
    company = known or Company()
    for column, field in _FIELDS.items():
        if row[column] is not None:
            setattr(company, field, row[column])
    for name in NUMBERS:
        if row[name] and numbered.get((name, row[name]), company) is company:
            numbered.pop((name, getattr(company, name)), None)
            setattr(company, name, row[name])
            numbered[name, row[name]] = company
    company.save()
    return known is None


def check_all(companies: list[Company] | None = None) -> int:
    """Look at companies (all) beside the member register in use; returns how many were looked at, 0 without one."""
    snapshot = registry.current(Kind.PESERTA)
    if snapshot is None:
        return 0
    book = Book.load()
    members = members_by_company(active(registry.rows(snapshot), snapshot.as_of, book))
    found = companies if companies is not None else list(Company.objects.all())
    lists = WorkerList.objects.filter(company__in=found).exclude(counts={}).order_by("pk")
    newest = {one.company_id: one for one in lists}
    for company in found:
        _check(company, members.get(company.npp or "", 0), newest.get(company.pk), snapshot.as_of, book)
    fields = ["state", "members", "findings", "as_of", "verdict"]
    Company.objects.bulk_update(found, fields, batch_size=500)
    return len(found)


def _check(company: Company, members: int, of: WorkerList | None, on: date, book: Book) -> None:
    programmes = frozenset(company.programmes.split("|")) if company.programmes else None
    seen = duty.Observed(
        on=on, scale=company.skala or None, programmes=programmes, stated=company.stated, members=members,
        **(of.counts if of else {}),
    )  # fmt: skip
    found = duty.findings(seen, book)
    before = {one["jenis"]: one["angka"] for one in company.findings}
    company.state, company.members, company.as_of = CompanyState(duty.state(found)), members, on
    company.findings = [one.as_dict() for one in found]
    if {one.kind: dict(one.numbers) for one in found} != before:
        company.verdict = Verdict.NONE


@transaction.atomic
def receive_list(company: Company, upload: "UploadedFile[Any]", *, by: User) -> WorkerList:
    """Keep a company's list of workers and queue its reading. Raises PENYIMPANAN_PENUH."""
    digest, size = keep(upload.chunks())
    name = Path(upload.name or "daftar").name[-200:]
    made = WorkerList.objects.create(company=company, name=name, sha256=digest, size=size, by=by)
    made.job = jobs.start(LIST, {"list": made.pk}, by=by, region_code=company.region_code)
    made.save()
    record("partners.workers", by=by, thing=company, after={"berkas": name, "sidik": digest})
    return made


@transaction.atomic
def follow_up(company: Company, told: Mapping[str, Any], *, by: User) -> FollowUp:
    """A letter, call or visit. A letter says the findings of today. Raises PERUSAHAAN_TANPA_TEMUAN for a letter about
    nothing."""
    if not company.findings:
        raise Problem("PERUSAHAAN_TANPA_TEMUAN")
    made = FollowUp.objects.create(company=company, by=by, said=company.findings, **told)
    record("partners.follow_up", by=by, thing=company, after={"cara": made.kind, "batas": made.due.isoformat()})
    return made


@transaction.atomic
def close(step: FollowUp, outcome: str, note: str, *, by: User) -> None:
    """What came of it; what a person found out holds until a check finds something else."""
    step.outcome, step.closed_on = outcome, timezone.localdate()
    step.note = note or step.note
    step.save()
    if outcome in Verdict.values and outcome:
        step.company.verdict = outcome
        step.company.save(update_fields=["verdict"])
    settle(f"perusahaan-lewat-{step.pk}")
    record("partners.outcome", by=by, thing=step.company, after={"hasil": Outcome(outcome).value}, reason=note)


def late(today: date) -> "QuerySet[FollowUp]":
    """Steps whose answer is overdue."""
    return FollowUp.objects.filter(outcome=Outcome.WAITING, due__lt=today).select_related("company")


def daily(today: date | None = None) -> int:
    """Tell of each step that is overdue, once. Returns how many are told anew."""
    return sum(
        tell("company_late", region_code=step.region_code, link=reverse("company", args=[step.company_id]),
             key=f"perusahaan-lewat-{step.pk}")
        for step in late(today or timezone.localdate())
    )  # fmt: skip


def answer_by(on: date) -> date:
    """The day until which an answer is due."""
    return on + timedelta(days=ANSWER_DAYS)


def permit(kind: str, text: str, *, by: User) -> tuple[bool, date | None]:
    """Whether the company with that number is known to be in order, and by the member register of which day; an
    unknown number is answered like a company without active members. Who asked is on record, the number masked."""
    number = clean(kind, text) or ""
    snapshot = registry.current(Kind.PESERTA)
    company = Company.objects.filter(**{kind: number}).first() if number else None
    known = bool(company and company.compliant)
    after = {"jenis": kind, "nomor": mask_number(number), "patuh": known}
    record("partners.permit", by=by, region_code=scope(by, "permits.check")[0], after=after)
    return known, snapshot.as_of if snapshot else None
