"""Papers for partners: the receipt and the certificate of a sponsor, the letter to a company. No person is named in
them, beyond who signs and who is written to."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from jangkau.core.kernel.formats import long_date, long_month, number, rupiah
from jangkau.core.partners.spelled import spelled
from jangkau.core.pdf import compile_pdf

IDENTITY = "BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan"


@dataclass(frozen=True)
class Receipt:
    """Money that came in. `terms` are the limits of the pledge, each a name and what it is."""

    number: str
    on: date
    sponsor: str
    amount: int
    received: date
    reference: str
    office: str
    terms: list[tuple[str, str]]


def receipt_pdf(receipt: Receipt) -> bytes:
    """The receipt, one page."""
    words = spelled(receipt.amount)
    data = {
        "nomor": receipt.number,
        "tanggal": long_date(receipt.on),
        "dari": receipt.sponsor,
        "jumlah": rupiah(receipt.amount),
        "terbilang": f"{words[0].upper()}{words[1:]} rupiah",
        "masuk": long_date(receipt.received),
        "rujukan": receipt.reference,
        "kantor": receipt.office,
        "syarat": [list(one) for one in receipt.terms],
        "kenal": IDENTITY,
    }
    return _compiled("tanda_terima.typ", data, receipt.on)


@dataclass(frozen=True)
class Certificate:
    """What a sponsor's money has paid, counted in the fund's book in whole steps: at least so many people, months of
    people and rupiah, never who."""

    number: str
    on: date
    sponsor: str
    office: str
    place: str
    people: int
    months: int
    first: int
    last: int
    amount: int


def certificate_pdf(certificate: Certificate) -> bytes:
    """The certificate, one page."""
    data = {
        "nomor": certificate.number,
        "tanggal": long_date(certificate.on),
        "dari": certificate.sponsor,
        "kantor": certificate.office,
        "tempat": certificate.place,
        "orang": number(certificate.people),
        "bulan": number(certificate.months),
        "masa": f"{long_month(certificate.first)} sampai {long_month(certificate.last)}",
        "jumlah": rupiah(certificate.amount),
        "kenal": IDENTITY,
    }
    return _compiled("sertifikat.typ", data, certificate.on)


@dataclass(frozen=True)
class Inquiry:
    """A letter that asks a company to clear things up. `findings`: why and article of each."""

    number: str
    on: date
    company: str
    address: str
    numbers: list[tuple[str, str]]
    office: str
    as_of: date
    due: date
    findings: list[tuple[str, str]]


def inquiry_pdf(letter: Inquiry) -> bytes:
    """The letter, in the words of a question: nothing is held to be proven."""
    data = {
        "nomor": letter.number,
        "tanggal": long_date(letter.on),
        "kepada": letter.company,
        "alamat": letter.address,
        "nomornya": [list(one) for one in letter.numbers],
        "kantor": letter.office,
        "keadaan": long_date(letter.as_of),
        "batas": long_date(letter.due),
        "temuan": [list(one) for one in letter.findings],
        "kenal": IDENTITY,
    }
    return _compiled("surat_klarifikasi.typ", data, letter.on)


def _compiled(name: str, data: dict[str, Any], on: date) -> bytes:
    return compile_pdf((files("jangkau.core.partners") / name).read_text("utf-8"), data, on)
