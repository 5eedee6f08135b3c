"""Leaflets and posters by occupation: every rupiah from the law of the day, its condition beside it."""

import io
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from jangkau.apps.portal import facts
from jangkau.core.kernel.formats import long_date, rupiah
from jangkau.core.kernel.yaml_text import load_yaml
from jangkau.core.law.book import Book
from jangkau.core.pdf import compile_pdf

KINDS = ("selebaran", "poster")
USUAL_WAGE = 1_000_000


@cache
def occupations() -> dict[str, dict[str, str]]:
    """Occupation -> who reads it, the question on top, the drawing."""
    read: dict[str, dict[str, str]] = load_yaml(_file("pekerjaan.yaml"))
    return read


def pdf(kind: str, work: str, on: date) -> bytes:
    """The sheet of an occupation by the law of a day, tagged. Raises LawUndefinedOn."""
    template = _file("lembar.typ").replace("{{ADEGAN}}", _file("adegan.typ"))
    with translation.override("id"):  # what is printed is Indonesian, whoever asks
        told = sheet(kind, work, on, Book.load())
    return compile_pdf(template, told, on)


def sheet(kind: str, work: str, on: date, book: Book) -> dict[str, Any]:
    """The words and numbers of a sheet."""
    known, price, claiming = occupations()[work], facts.price(on, sector=work, book=book), facts.claiming(on, book)
    address = settings.JANGKAU_SITE_URL + reverse("portal_check")
    later = f"Bayar sendiri bulan ini: {rupiah(price.today)}. Potongan tidak berlaku bila APBD yang membayar."
    return {
        "jenis": kind, "judul": f"{known['tanya']} Selebaran untuk {known['siapa']}", "siapa": known["siapa"],
        "tanya": known["tanya"], "jawab": "Biaya rawat ditanggung.", "adegan": known["adegan"], "hak": _rows(on, book),
        "pita": [[part.months, part.amount, part.school] for part in facts.ribbon(on, book)],
        "iuran": rupiah(price.full), "potongan": later if price.today < price.full else None,
        "jam": f"{claiming['jam']} jam", "berkas": _papers(claiming),
        "batas": f"{claiming['tahun']} tahun", "alamat": address.split("://")[-1], "kode": _code(address),
        "kaki": f"Menurut aturan per {long_date(on)}: {'; '.join(claiming['rujukan'])}.",
    }  # fmt: skip


def _rows(on: date, book: Book) -> list[dict[str, Any]]:
    """Five rows: what is paid, what for, on what condition."""
    told = facts.gifts(on, USUAL_WAGE, book)
    care, _wage, work, school = told["celaka"]
    short, full, years = told["meninggal"]
    at_death = "Meninggal bukan karena kerja."
    schooling = f"Karena kerja: langsung. Selain itu: {years.condition[0].lower()}{years.condition[1:]}"
    rows = (
        ("rawat", care.amount, "Celaka saat kerja: diobati sampai sembuh.", care.condition, True),
        ("helm", work.amount, work.what, work.condition, True),
        ("jam", short.amount, at_death, short.condition, False),
        ("hati", full.amount, at_death, full.condition, False),
        ("toga", school.amount, school.what, schooling, False),
    )
    names = ("jumlah", "apa", "syarat", "langsung")
    return [{"ikon": _icon(icon)} | dict(zip(names, row, strict=True)) for icon, *row in rows]


@cache
def _icon(name: str) -> str:
    """A drawing in lines, as SVG."""
    lines = 'fill="none" stroke="#0b6470" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    drawing = load_yaml(_file("ikon.yaml"))[name]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" {lines}>{drawing}</svg>'


def _papers(claiming: dict[str, Any]) -> str:
    more = [name for name in claiming["celaka"] if name not in (*claiming["meninggal"], "KTP dan KK")]
    return f"{', '.join(claiming['meninggal'])}. Celaka: {', '.join(more)}"


def _code(address: str) -> str:
    """The address as a QR code, an SVG."""
    file = io.BytesIO()
    code = qrcode.QRCode(border=2, image_factory=qrcode.image.svg.SvgPathFillImage)
    code.add_data(address)
    code.make_image().save(file)
    return file.getvalue().decode()


def _file(name: str) -> str:
    return (files(__name__) / name).read_text("utf-8")
