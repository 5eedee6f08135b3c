"""Offices are data with a source; sheets are tagged, one page, and say what the law says."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from jangkau.apps.audit.models import Event
from jangkau.apps.portal import offices, prints
from jangkau.apps.portal.models import Office
from jangkau.core.tables.common import OCCUPATIONS

HEAD = ";".join(offices.COLUMNS)
ROW = "Kantor Contoh;bpjs;1705;Jalan Contoh 1;;Senin-Jumat;situs resmi;2026-11-01;tinggi"


def table(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode("utf-8-sig")


def test_the_table_is_replaced_whole_and_shown_with_its_source(sign_in, client):
    admin = sign_in("admin")
    for rows in ((ROW, ROW.replace("Contoh;", "Lama;", 1)), (ROW,)):
        admin.post(reverse("offices"), {"berkas": SimpleUploadedFile("kantor.csv", table(*rows))})
    assert Office.objects.get().alamat == "Jalan Contoh 1"
    page = client.get(reverse("portal_offices")).content.decode()
    assert "Kabupaten Seluma" in page
    assert "Sumber: situs resmi, 1 November 2026." in page
    assert Event.objects.filter(tindakan="offices.replace").count() == 2
    assert "Jalan Contoh 1" in admin.get(reverse("offices_download")).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (table(ROW.replace("1705", "9999")), "Baris 2, kode_wilayah"),
        (table(ROW, ROW.replace("tinggi", "pasti")), "Baris 3, keyakinan"),
        (table(ROW.replace("situs resmi", "")), "Baris 2, sumber"),
        (b"nama;alamat\nA;B", "jenis"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_what_has_no_source_or_place_is_refused_by_row(regions, data, words):
    with pytest.raises(ValidationError) as told:
        offices.read(data)
    assert words in " ".join(told.value.messages)


def test_every_occupation_of_the_table_has_its_sheet():
    assert set(prints.occupations()) == set(OCCUPATIONS)


@pytest.mark.parametrize(("kind", "work"), [("selebaran", "NELAYAN"), ("poster", "SAWIT"), ("selebaran", "ART")])
def test_a_sheet_is_one_tagged_page_of_the_law_of_the_day(kind, work):
    made = prints.pdf(kind, work, date(2026, 11, 27))
    assert made == prints.pdf(kind, work, date(2026, 11, 27))
    read = PdfReader(io.BytesIO(made))
    text = " ".join(read.pages[0].extract_text().split())
    assert len(read.pages) == 1
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    wide = {"selebaran": 420, "poster": 842}[kind]
    assert abs(float(read.pages[0].mediabox.width) - wide) < 2
    said = (
        "Rp42 juta",
        "Hanya sesudah 3 bulan",
        "Rp10 juta",
        "Rp16.800",
        "hanya sesudah 3 tahun",
        "Bukan BPJS Kesehatan",
    )
    assert not [words for words in said if words not in text], text


def test_a_sheet_that_there_is_not_is_not_found(client, db):
    for address in ("/portal/cetak/selebaran-astronaut.pdf", "/portal/cetak/brosur-tani.pdf"):
        assert client.get(address).status_code == 404
    answer = client.get(reverse("portal_material", args=["selebaran", "tani"]))
    assert answer.headers["Content-Type"] == "application/pdf"
