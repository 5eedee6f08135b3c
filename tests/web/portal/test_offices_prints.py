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


def test_the_nearest_office_of_a_kecamatan_comes_first_and_needs_no_script(regions, client):
    rows = [
        "Kantor Camat Sukaraja;camat;170501;Jalan A;;;situs;2026-11-01;tinggi;-3,90;102,35",
        "Cabang Jauh;bpjs;1704;Jalan B;;;situs;2026-11-01;tinggi;-4,80;103,35",
        "Cabang Dekat;bpjs;1705;Jalan C;;;situs;2026-11-01;tinggi;-3.90;102.45",
        "Agen Seluma;agen;1705;Jalan D;;;situs;2026-11-01;tinggi;;",
        "Agen Kaur;agen;1704;Jalan E;;;situs;2026-11-01;tinggi;;",
    ]  # fmt: skip
    head = f"{HEAD};{';'.join(offices.POINT)}"
    Office.objects.bulk_create(offices.read("\n".join([head, *rows]).encode()))
    told = [(one.office.nama, one.km) for one in offices.near("170501")]
    assert told == [("Kantor Camat Sukaraja", 0), ("Cabang Dekat", 11), ("Cabang Jauh", 149), ("Agen Seluma", None)]
    assert {one.office.nama for one in offices.near("170401")} == {"Agen Kaur", "Cabang Jauh"}  # own point unknown
    chosen = client.get(reverse("portal_offices"), {"kecamatan": "170501"})
    page = client.get(chosen.headers["Location"]).content.decode()
    assert page.index("Cabang Dekat") < page.index("sekitar 11 km") < page.index("Cabang Jauh")
    assert client.get(reverse("portal_offices_near", args=["999999"])).status_code == 404
    assert offices.as_csv().splitlines()[0] == head


@pytest.mark.parametrize(
    ("point", "words"), [("-3,9;", "lintang dan bujur"), ("60;102", "lintang"), ("x;102", "lintang")]
)
def test_a_point_outside_indonesia_or_half_a_point_is_refused(regions, point, words):
    with pytest.raises(ValidationError) as told:
        offices.read(f"{HEAD};lintang;bujur\n{ROW};{point}\n".encode())
    assert words in " ".join(told.value.messages)


def test_every_occupation_of_the_table_has_its_sheet():
    assert set(prints.occupations()) == set(OCCUPATIONS)


@pytest.mark.parametrize(("kind", "work"), [("selebaran", "NELAYAN"), ("poster", "SAWIT"), ("selebaran", "JASA")])
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
        "bulan 4 5 6",
    )
    assert not [words for words in said if words not in text], text


def test_a_sheet_that_there_is_not_is_not_found(client, db):
    for address in ("/portal/cetak/selebaran-astronaut.pdf", "/portal/cetak/brosur-tani.pdf"):
        assert client.get(address).status_code == 404
    answer = client.get(reverse("portal_material", args=["selebaran", "tani"]))
    assert answer.headers["Content-Type"] == "application/pdf"
