"""The papers of a pledge, out of what is kept of it."""

from django.conf import settings

from jangkau.apps.partners.models import Pledge
from jangkau.apps.partners.use import Use
from jangkau.apps.regions.selectors import region_name
from jangkau.core.kernel.formats import long_month, number, rupiah
from jangkau.core.kernel.problems import Problem
from jangkau.core.partners.papers import Certificate, Receipt, certificate_pdf, receipt_pdf


def receipt(pledge: Pledge) -> bytes:
    """The receipt of the money, dated when it came."""
    assert pledge.received is not None
    assert pledge.received_on
    office = region_name(pledge.sponsor.region_code)
    about = (pledge.sponsor.nama, pledge.received, pledge.received_on, pledge.reference, office, _terms(pledge))
    return receipt_pdf(Receipt(pledge.receipt_number, pledge.received_on, *about))


def _terms(pledge: Pledge) -> list[tuple[str, str]]:
    terms = pledge.terms
    jobs = ", ".join(job.capitalize() for job in terms.jobs) or "semua pekerjaan"
    return [
        ("Orang", f"{number(terms.people)} orang, {number(terms.months)} bulan tiap orang"),
        ("Masa", f"{long_month(terms.first)} sampai {long_month(terms.last)}"),
        ("Wilayah", region_name(terms.area)),
        ("Pekerjaan", jobs),
        ("Syarat lain", terms.conditions or "tidak ada"),
        ("Nilai janji", rupiah(pledge.amount)),
    ]


def may_certify(pledge: Pledge, used: Use) -> bool:
    """Whether enough people are paid to tell of them."""
    return pledge.fund is not None and None not in (used.people, used.months, used.amount)


def certificate(pledge: Pledge, used: Use) -> bytes:
    """The certificate of what is told to be paid. Raises SERTIFIKAT_KECIL where too few are paid to tell of them."""
    if not may_certify(pledge, used) or used.as_of is None:
        raise Problem("SERTIFIKAT_KECIL", batas=settings.JANGKAU_SMALL_CELLS)
    office, place = region_name(pledge.sponsor.region_code), region_name(pledge.region_code)
    months = list(used.by_month) or [pledge.first]
    counts = (used.people or 0, used.months or 0, min(months), max(months), used.amount or 0)
    number_ = f"SR/{pledge.pk}/{used.as_of:%Y-%m}"
    return certificate_pdf(Certificate(number_, used.as_of, pledge.sponsor.nama, office, place, *counts))
