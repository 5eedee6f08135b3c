"""The pages of claims: list, case, report, papers."""

from io import BytesIO

import mourning
import pictures
import pytest
from django.urls import reverse
from mourning import AHMAD, DEWI, RINA, ago
from openpyxl import load_workbook
from pypdf import PdfReader

from jangkau.apps.audit.models import Event as Logged
from jangkau.apps.claims.models import Case, CasePaper
from jangkau.core.law.benefits import UNABLE


@pytest.fixture
def cases(regions):
    mourning.registers()
    mourning.ahmad()
    mourning.found()
    return Case.objects.get(nik=AHMAD)


def read(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_ones_own_region_and_masks(cases, sign_in):
    page = read(sign_in("operator_kab"), "claims")
    assert "AHMAD SURYADI" in page
    assert "RINA" not in page
    assert AHMAD not in page
    assert "2 orang serumah" in page
    assert 'aria-current="page">Perlu dikunjungi <span class="count">1' in page
    assert "AHMAD" not in read(sign_in("operator_kab", "1704"), "claims")


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"kelompok": "kunjungi"}, True), ({"kelompok": "berjalan"}, False), ({"kelompok": "selesai"}, False),
        ({"kelompok": "jam"}, False), ({"kelompok": "akhir"}, False), ({"kelompok": "pastikan"}, False),
        ({"cari": "ahmad"}, True), ({"cari": "tak ada"}, False), ({"peristiwa": "MENINGGAL_KERJA"}, False),
        ({"wilayah": "1705"}, True), ({"wilayah": "1704"}, True), ({"kelompok": "ngawur"}, True),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(cases, sign_in, query, seen):
    page = read(sign_in("operator_kab"), "claims", **query)
    assert ("AHMAD SURYADI" in page) == seen


def test_the_list_costs_the_same_for_any_number(cases, sign_in, django_assert_max_num_queries):
    client = sign_in("pengelola")
    read(client, "claims")
    with django_assert_max_num_queries(15):
        read(client, "claims", kelompok="semua")


def test_the_workbook_holds_no_whole_number_and_no_formula(cases, sign_in):
    Case.objects.filter(pk=cases.pk).update(nama="=1+1")
    answer = sign_in("operator_kab").get(reverse("claims_export"))
    sheet = load_workbook(BytesIO(b"".join(answer))).active
    row = [cell.value for cell in sheet[2]]
    assert (sheet.max_row, row[1], sheet[2][1].data_type, row[2]) == (
        2,
        "=1+1",
        "s",
        f"{AHMAD[:4]}••••••••{AHMAD[-4:]}",
    )
    assert Logged.objects.filter(tindakan="claims.export").exists()


def test_a_case_tells_what_is_due_to_bring_and_how_long(cases, sign_in):
    page = read(sign_in("operator_kab"), "claim", cases.pk)
    for words in ("Rp\N{NO-BREAK SPACE}42.000.000", "SITI AMINAH", "pasangan", "hari lagi", "Akta kematian",
                  "masih dibayar sesudah bulan kejadian", "Belum ada bukti kerja", "Beasiswa: masa iuran 36 bulan",
                  "Petugas tidak menerima uang"):  # fmt: skip
        assert words in page, words
    for nik in (AHMAD, mourning.SITI):
        assert nik not in page


def test_a_village_clerk_looks_but_does_not_edit(cases, sign_in):
    client = sign_in("operator_desa")
    page = read(client, "claim", cases.pk)
    assert "Langkah berikutnya" not in page
    assert client.post(reverse("claim_step", args=[cases.pk]), {"langkah": "diperiksa"}).status_code == 403


def test_the_page_of_a_case_costs_the_same(cases, sign_in, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    read(client, "claim", cases.pk)
    with django_assert_max_num_queries(19):
        read(client, "claim", cases.pk)


def step(client, case, **told):
    return client.post(reverse("claim_step", args=[case.pk]), told)


def test_a_step_a_remark_and_a_refusal(cases, sign_in):
    client = sign_in("operator_kab")
    assert step(client, cases).status_code == 422
    assert step(client, cases, langkah="dibayar", tanggal=ago(0)).status_code == 422
    assert step(client, cases, langkah="diperiksa", catatan="Istrinya ditemui").status_code == 302
    assert step(client, cases, catatan="KTP belum ada").status_code == 302
    page = read(client, "claim", cases.pk)
    assert "Istrinya ditemui" in page
    assert "KTP belum ada" in page
    answer = step(client, cases, langkah="batal")
    assert answer.status_code == 422
    assert "Alasan untuk langkah" in answer.content.decode()


def test_a_paper_is_ticked_with_its_photograph(cases, sign_in):
    client, address = sign_in("operator_kab"), reverse("claim_paper", args=[cases.pk])
    client.post(address, {"nama": "akta kematian", "ada": "1", "berkas": pictures.upload()})
    paper = CasePaper.objects.get()
    answer = client.get(reverse("claim_file", args=[paper.pk]))
    assert b"".join(answer) == pictures.JPG
    assert Logged.objects.filter(tindakan="claims.file").exists()
    client.post(address, {"nama": "kartu peserta", "ada": "1", "berkas": pictures.upload(b"MZ")})
    client.post(address, {"nama": "emas batangan", "ada": "1"})
    assert CasePaper.objects.count() == 1
    page = read(client, "claim", cases.pk)
    assert "bukan foto JPG" in page
    assert "tidak ada dalam daftar kasus ini" in page
    client.post(address, {"nama": "akta kematian"})
    assert not CasePaper.objects.exists()


def test_a_case_is_corrected(cases, sign_in):
    client, address = sign_in("operator_kab"), reverse("claim_correct", args=[cases.pk])
    assert "Betulkan kejadian" in client.get(address).content.decode()
    told = {
        "peristiwa": "MENINGGAL_KERJA",
        "tanggal": ago(41).isoformat(),
        "jam": "10:00",
        "alasan": "Menurut dua saksi",
    }
    assert client.post(address, told | {"tanggal": "2200-01-01"}).status_code == 422
    assert client.post(address, told).status_code == 302
    cases.refresh_from_db()
    assert (cases.happening, cases.day) == ("MENINGGAL_KERJA", ago(41))


def test_a_clerk_reports_from_a_telephone(regions, sign_in):
    mourning.registers()
    person = mourning.ahmad()
    client = sign_in("operator_desa")
    page = read(client, "claim_look", q=AHMAD[-8:])
    assert reverse("claim_report") + f"?orang={person.id_pekerja}" in page
    assert "AHMAD SURYADI" in read(client, "claim_report", orang=person.id_pekerja)
    told = {"orang": person.id_pekerja, "peristiwa": UNABLE, "tanggal": ago(1).isoformat(), "jam": "09:30"}
    wrong = client.post(reverse("claim_report"), told | {"tanggal": "2200-01-01"})
    assert wrong.status_code == 422
    assert "belum terjadi" in wrong.content.decode()
    assert client.post(reverse("claim_report"), told).status_code == 302
    again = client.post(reverse("claim_report"), told)
    assert again.status_code == 422
    assert "sudah ada" in again.content.decode()
    assert "lapor sebelum" in read(client, "claims")


def test_a_resident_is_found_by_the_whole_number_only_in_ones_own_region(regions, sign_in):
    mourning.registers()
    client, address = sign_in("operator_desa"), reverse("claim_report")
    page = read(client, "claim_look", q=DEWI)
    assert "DEWI LESTARI" in page
    assert "tidak ditemukan" in read(client, "claim_look", q=RINA).lower()
    chosen = client.post(address, {"nik": DEWI, "pilih": "1"})
    assert "DEWI LESTARI" in chosen.content.decode()
    assert client.post(address, {"nik": RINA, "pilih": "1"}).status_code == 404
    told = {"nik": DEWI, "peristiwa": "MENINGGAL", "tanggal": ago(1).isoformat()}
    assert client.post(address, told).status_code == 302
    assert Case.objects.get().nama == "DEWI LESTARI"
    assert client.get(address).status_code == 302
    assert client.get(address, {"nik": DEWI}).status_code == 302


def test_when_the_insurer_was_told(regions, sign_in, user):
    case = mourning.case(user("operator_desa"), happening=UNABLE, day=ago(1))
    client, address = sign_in("operator_kab"), reverse("claim_told", args=[case.pk])
    assert client.post(address, {"waktu": "kapan"}).status_code == 422
    assert client.post(address, {"waktu": "2200-01-01T10:00"}).status_code == 422
    assert client.post(address, {"waktu": f"{ago(1)}T23:00"}).status_code == 302
    assert "tepat waktu" in read(client, "claim", case.pk)


def words(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_says_what_is_due_what_to_bring_and_that_nobody_pays(cases, sign_in):
    client = sign_in("operator_desa")
    client.cookies["django_language"] = "en"
    pages, text = words(client.get(reverse("claim_letter", args=[cases.pk])))
    for part in ("AHMAD SURYADI", "Rp42.000.000", "Tidak dipungut biaya", "akta kematian", "calo", "Santunan berkala",
                 "bukan BPJS Kesehatan"):  # fmt: skip
        assert part in text, part
    assert AHMAD not in text
    assert pages <= 2
    assert Logged.objects.filter(tindakan="claims.letter").exists()


def test_the_leaflet_is_one_page(regions, sign_in):
    pages, text = words(sign_in("operator_desa").get(reverse("claim_leaflet")))
    assert pages == 1
    for part in ("Tidak dipungut biaya", "Rp42 juta", "Rp10 juta", "2 x 24 jam", "buku tabungan ahli waris"):
        assert part in text, part


def test_home_and_menu_count_what_waits(cases, sign_in):
    page = sign_in("operator_kab").get("/").content.decode()
    assert "Keluarga perlu dikunjungi" in page
    assert "Klaim hampir kedaluwarsa" not in page
