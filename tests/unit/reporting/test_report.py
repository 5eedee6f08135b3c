"""laporan.pdf: the right numbers, with what they rest on, for any run, and nobody's name."""

import re

import pytest
from pypdf import PdfReader

from jangkau.core.reporting.report import report_data, write_report

WHOLE_FILE = {"kode": "BERKAS_BERSANDI", "tingkat": "GALAT", "pesan": "rahasia", "saran": "-"}
ONE_ROW = {"baris": 3, "kode": "KODE_BARU", "tingkat": "PERINGATAN", "pesan": "Sulaiman", "saran": "-"}
PROBLEMS = [{"berkas": "x.xlsx", "lembar": "", **WHOLE_FILE}, {"berkas": "0.xlsx", "lembar": "A", **ONE_ROW}]


def text_of(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.fixture
def printed(tmp_path):
    def write(run):
        write_report(run, tmp_path / "laporan.pdf")
        return text_of(tmp_path / "laporan.pdf")

    return write


def test_the_summary_says_what_happened(make_run, printed):
    text = printed(make_run(problems=PROBLEMS))
    assert "Dengan rencana ini 424 dari 4.000 orang terlindungi, atau 10,6%" in text
    assert "Pada 22 November 2026 baru 400 orang (10,0%)" in text
    assert "Dari 3 berkas terbaca 45 baris nama, yaitu 40 orang. 30 orang layak, dan 24 orang dibayar 12 bulan" in text
    assert "Rp4.838.400 dari anggaran Rp8.000.000" in text
    assert (
        "Rp42 juta hanya setelah 3 bulan berturut-turut dibayar, yaitu mulai April 2027. Sebelum itu Rp10 juta" in text
    )
    assert "terlalu pendek" not in text
    assert "Minta kirim ulang 1 berkas" in text
    assert "Putuskan 2 orang yang perlu ditinjau" in text


@pytest.mark.parametrize("bulan", [1, 3])
def test_too_few_months_is_a_warning(make_run, printed, bulan):
    text = printed(make_run(bulan=bulan))
    assert f"{bulan} bulan terlalu pendek. Dari 24 orang yang dibayar, tidak seorang pun peserta baru" in text
    assert "Perlu sedikitnya 4 bulan" in text


def test_funds_and_reasons_add_up(make_run):
    data = report_data(make_run())
    assert data["dana"]["baris"] == [
        ["APBD Provinsi", "5.000.000", "2.419.200", "2.580.800", "12"],
        ["CSR PT Contoh", "3.000.000", "2.419.200", "580.800", "12"],
    ]
    assert data["dana"]["jumlah"] == ["Jumlah", "8.000.000", "4.838.400", "3.161.600", "24"]
    assert data["alasan"]["baris"][0] == ["Tidak bekerja: pelajar, pensiunan, atau tanpa pekerjaan", "3"]
    assert data["alasan"]["jumlah"][1] == "10"


def test_a_percentage_is_never_bare(make_run):
    for run in (make_run(), make_run(paid=0)):
        for _label, figure, part, whole, source in report_data(run)["angka"]:
            if "%" in figure:
                assert re.match(r"[\d.]+ orang", part)
                assert re.match(r"[\d.]+ orang", whole)
            assert source


def test_without_denominators_there_is_no_percentage_of_coverage(make_run, printed):
    run = make_run(workers=None)
    assert not [row for row in report_data(run)["angka"] if row[0].startswith("Cakupan") and "%" in row[1]]
    text = printed(run)
    assert "424 orang terlindungi" in text
    assert "Persen tidak ditulis" in text


def test_nobody_is_named(make_run, printed):
    run = make_run(problems=PROBLEMS)
    text = printed(run) + str(report_data(run))
    assert not re.search(r"(?<![.\d])\d{16}(?!\d)", text)
    assert "Sulaiman" not in text
    assert "rahasia" not in text


def test_no_code_reaches_the_page(make_run, printed):
    assert not re.search(r"\b[A-Z]+_[A-Z_]+\b", printed(make_run(problems=PROBLEMS)))


@pytest.mark.parametrize(
    "case",
    [
        {"people": 0, "paid": 0, "funds": [], "kabupaten": 0},
        {"paid": 0},
        {"paid": 0, "workers": None},
        {"kabupaten": 1, "bulan": 2},
        {"kabupaten": 38},
        {"kabupaten": 38, "workers": None},
        {"bulan": 30},
        {"ringkasan": {}},
        {"wilayah": "Provinsi #Uji $x$ *y* <z> 日本"},
        {"funds": [{"kode": "A", "nama": "#=[`$*<Dana>", "jenis": "CSR", "anggaran": 9_000_000_000}]},
    ],
)
def test_every_run_has_its_report(make_run, printed, case):
    text = printed(make_run(**case))
    assert "Yang perlu diputuskan" in text
    assert "Halaman 1 dari" in text
    assert "BPJS Ketenagakerjaan (kerja), bukan BPJS Kesehatan" in text
    for fund in case.get("funds", []):
        assert fund["nama"] in text


def test_pdf_is_tagged_indonesian_and_its_charts_are_described(make_run, tmp_path):
    path = tmp_path / "laporan.pdf"
    write_report(make_run(), path)
    root = PdfReader(path).trailer["/Root"]
    assert root["/Lang"] == "id"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = list(_nodes(root["/StructTreeRoot"]))
    assert len([n for n in kinds if n.get("/S") == "/Figure" and n.get("/Alt")]) == 2
    assert {"/H1", "/H2", "/Table", "/TH"} <= {n.get("/S") for n in kinds}


def _nodes(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for kid in node:
            yield from _nodes(kid)
    elif isinstance(node, dict):
        yield node
        yield from _nodes(node.get("/K", []))


def test_same_run_same_bytes(make_run, tmp_path):
    for name in "ab":
        write_report(make_run(problems=PROBLEMS), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_very_many_funds_are_summed_by_kind(make_run):
    small = [{"kode": f"D{i}", "nama": f"Desa {i}", "jenis": "DANA_DESA", "anggaran": 1_000} for i in range(300)]
    large = [{"kode": f"A{i}", "nama": f"Besar {i}", "jenis": "CSR", "anggaran": 5_000_000} for i in range(25)]
    table = report_data(make_run(funds=small + large))["dana"]
    assert [row[0] for row in table["baris"]] == [fund["nama"] for fund in large] + ["Dana Desa, 300 dana lain"]
    assert table["baris"][-1][1] == "300.000"
    assert table["jumlah"][1] == "125.300.000"
