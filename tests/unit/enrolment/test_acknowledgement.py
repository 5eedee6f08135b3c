"""The insurer's answer: what is read, whose row it is, and what a row comes to."""

from datetime import date

import polars as pl
import pytest

from jangkau.core.enrolment.acknowledgement import match, parse, settle
from jangkau.core.enrolment.answer_mapping import (
    default_text,
    parse_answer_mapping,
    refusals,
)
from jangkau.core.kernel.problems import Problem, kind

DAY = date(2027, 1, 20)
OURS = parse_answer_mapping(default_text(), "jawaban.yaml")
NIKS = ["6201011001900001", "6201011001900010", "6201011001900013", "6201011001900024"]
SENT = pl.DataFrame(
    {
        "urut": [11, 12, 13, 14],
        "kunci": [f"B1-{n:06d}" for n in range(1, 5)],
        "tanda": ["aaaa000000000000ffff", "bbbb000000000000ffff", "cccc000000000000ffff", "dddd000000000000ffff"],
        "nik": NIKS,
        "nama": ["Ani Lestari", "Budi", "Cici", "Dodi"],
    }
)


def sheet(*rows: str, name: str = "", first: int = 1):
    """Rows written as texts with bars, as the lines of one sheet."""
    return (name, [(first + at, [cell.strip() for cell in row.split("|")]) for at, row in enumerate(rows)])


def read(*rows: str) -> pl.DataFrame:
    return parse([sheet(*rows)], OURS, DAY)


def matched(*rows: str) -> list[tuple[int | None, str | None]]:
    return match(read(*rows), SENT).select("urut", "masalah").rows()


def one(*rows: str) -> dict[str, object]:
    (row,) = read(*rows).to_dicts()
    return row


def test_a_heading_below_titles_is_found_and_rows_keep_their_numbers():
    found = read("Jawaban BPJS Ketenagakerjaan|", "", "No|NIK|Status|No. KPJ", f"1|{NIKS[0]}|DITERIMA|24-01 000-1")
    assert found.select("baris", "nik", "hasil", "kpj").rows() == [(4, NIKS[0], "diterima", "24010001")]


def test_several_sheets_are_one_answer_and_others_are_passed_over():
    good, other = sheet("NIK|KPJ", f"{NIKS[0]}|1", name="Berhasil"), sheet("Catatan", "apa saja", name="Info")
    bad = sheet("NIK|Kode", f"{NIKS[1]}|E01", name="Gagal")
    found = parse([other, good, bad], OURS, DAY)
    assert found.select("lembar", "hasil").rows() == [("Berhasil", "diterima"), ("Gagal", "ditolak")]


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ("Berhasil||||", "diterima"),
        ("tidak valid||||", "ditolak"),
        ("|240100001|||", "diterima"),
        ("||E02||", "ditolak"),
        ("|||Nama tidak sesuai|", "ditolak"),
        ("|||Sukses|", "diterima"),
        ("Diterima||E02||", "diterima"),
        ("|||menunggu|", ""),
        ("menunggu|240100001|||", ""),
        ("||||", ""),
    ],
)
def test_a_verdict_is_told_by_word_remark_number_or_code(cells, verdict):
    assert one("NIK|Status|KPJ|Kode|Keterangan", f"{NIKS[0]}|{cells}")["hasil"] == verdict


@pytest.mark.parametrize(
    ("code", "words", "ours", "told"),
    [
        ("e04", "", "TOLAK_SUDAH_PESERTA", None),
        ("X99", "Tanggal Lahir beda", "TOLAK_LAHIR", None),
        ("X99", "entah", "TOLAK_LAIN", "JAWABAN_KODE_ASING"),
        ("", "NIK tidak ditemukan", "TOLAK_NIK", None),
        ("", "", "TOLAK_LAIN", "JAWABAN_KODE_ASING"),
    ],
)
def test_codes_become_ours_and_an_unknown_one_is_kept_as_it_came(code, words, ours, told):
    row = one("NIK|Status|Kode|Keterangan", f"{NIKS[0]}|Ditolak|{code}|{words}")
    assert (row["kode"], row["kode_asal"], row["masalah"]) == (ours, code, told)


def test_an_unknown_word_decides_nothing_and_is_told():
    row = one("NIK|Status|KPJ", f"{NIKS[0]}|Diproses ulang|1")
    assert (row["hasil"], row["masalah"]) == ("", "JAWABAN_HASIL_ASING")


def test_accepted_without_a_number_counts_and_is_told():
    row = one("NIK|Status", f"{NIKS[0]}|ok")
    assert (row["hasil"], row["masalah"]) == ("diterima", "JAWABAN_TANPA_KPJ")


@pytest.mark.parametrize("text", ["05/02/2027", "2027-02-05", "05-02-2027", "05.02.2027", "2027-02-05 10:11:12"])
def test_the_day_of_a_row_is_read_and_else_is_that_of_the_file(text):
    rows = read("NIK|KPJ|Tanggal Proses", f"{NIKS[0]}|1|{text}", f"{NIKS[1]}|2|besok")
    assert rows["tanggal"].to_list() == [date(2027, 2, 5), DAY]


def test_short_rows_and_footers_do_no_harm():
    found = read("No|NIK|KPJ|Status", f"1|{NIKS[0]}", "Jumlah", "", f"2|{NIKS[1]}|7|ok|lebih")
    assert found["baris"].to_list() == [2, 5]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["Nama|Alamat", "a|b"], "JAWABAN_TANPA_KOLOM"),
        (["Status|KPJ", "ok|1"], "JAWABAN_TANPA_KOLOM"),
        ([], "JAWABAN_TANPA_KOLOM"),
        (["NIK|Status"], "JAWABAN_KOSONG"),
        (["NIK|Status", "|"], "JAWABAN_KOSONG"),
    ],
)
def test_a_file_that_is_no_answer_is_refused_in_words(rows, code):
    with pytest.raises(Problem) as caught:
        read(*rows)
    assert caught.value.kind.kode == code


def test_a_row_is_found_by_reference_by_signature_and_by_nik():
    head = "Referensi|Tanda|NIK|KPJ"
    assert matched(head, "b1-000001|||1", "|BBBB000000000000||2", f"||{NIKS[2]}|3") == [
        (11, None), (12, None), (13, None),
    ]  # fmt: skip


def test_a_reference_finds_the_row_whose_nik_the_insurer_cannot_read():
    assert matched("Referensi|NIK|Kode", "B1-000001|tidak terbaca|E01") == [(11, None)]


@pytest.mark.parametrize("row", [f"B1-000001||{NIKS[1]}|1", f"B1-000001|bbbb000000000000|{NIKS[0]}|1"])
def test_a_row_that_was_changed_is_noticed_and_not_used(row):
    assert matched("Referensi|Tanda|NIK|KPJ", row) == [(None, "JAWABAN_BARIS_BERUBAH")]


def test_a_row_that_we_did_not_send_is_kept_and_told():
    found = match(read("NIK|KPJ", "6201015505990001|9", "123|9"), SENT)
    assert found["urut"].to_list() == [None, None]
    assert found["masalah"].to_list() == ["JAWABAN_TIDAK_DIKENAL"] * 2
    assert found["kpj"].to_list() == ["9", "9"]


def test_a_nik_that_lost_its_last_digit_is_found_only_together_with_the_name():
    lost = NIKS[3][:15] + "0"
    assert matched("NIK|Nama|KPJ", f"{lost}|DODI|1", f"{lost}|Rina|1", f"{lost}||1") == [
        (14, None), (None, "JAWABAN_NIK_TERPOTONG"), (None, "JAWABAN_NIK_TERPOTONG"),
    ]  # fmt: skip


def test_a_nik_that_may_be_cut_from_two_people_needs_the_name():
    assert matched("NIK|Nama|KPJ", f"{NIKS[1]}||1", f"{NIKS[1]}|Budi|1", f"{NIKS[1]}|Cici|1") == [
        (None, "JAWABAN_NIK_TERPOTONG"), (12, None), (None, "JAWABAN_NIK_TERPOTONG"),
    ]  # fmt: skip


def test_another_name_for_the_same_nik_is_told_but_used():
    assert matched("NIK|Nama|KPJ", f"{NIKS[0]}|ANI  LESTARI.|1", f"{NIKS[0]}|Ani L|1") == [
        (11, None), (11, "JAWABAN_NAMA_BEDA"),
    ]  # fmt: skip


def test_two_rows_sent_under_one_nik_are_told_by_reference_alone():
    twice = SENT.with_columns(pl.lit(NIKS[0]).alias("nik"))
    found = match(read("Referensi|NIK|KPJ", f"|{NIKS[0]}|1", f"B1-000002|{NIKS[0]}|1"), twice)
    assert found["urut"].to_list() == [None, 12]


def answered(*rows: tuple[int, str, str, str, int]) -> list[tuple[object, ...]]:
    """(urut, hasil, kode, kpj, day of January) -> (urut, jawaban, kode, kpj, sebab)."""
    frame = pl.DataFrame(rows, schema=["urut", "hasil", "kode", "kpj", "hari"], orient="row")
    days = pl.date(2027, 1, pl.col("hari")).alias("tanggal")
    settled = settle(frame.with_columns(pl.col("kode").alias("kode_asal"), days))
    return settled.select("urut", "jawaban", "kode", "kpj", "sebab").rows()


def test_refused_and_accepted_later_is_accepted():
    assert answered((1, "diterima", "", "7", 9), (1, "ditolak", "TOLAK_NIK", "", 3)) == [(1, "diterima", "", "7", None)]


@pytest.mark.parametrize("day", [9, 12])
def test_accepted_and_refused_on_that_day_or_later_needs_a_person(day):
    rows = (1, "diterima", "", "7", 9), (1, "ditolak", "TOLAK_NIK", "", day)
    assert answered(*rows) == [(1, "bertentangan", "", "", "JAWABAN_BERTENTANGAN")]


def test_two_numbers_for_one_row_need_a_person():
    assert answered((1, "diterima", "", "7", 1), (1, "diterima", "", "8", 2))[0][1] == "bertentangan"
    assert answered((1, "diterima", "", "7", 1), (1, "diterima", "", "", 2)) == [(1, "diterima", "", "7", None)]


def test_one_number_for_two_rows_needs_a_person():
    told = answered((1, "diterima", "", "7", 1), (2, "diterima", "", "7", 1), (3, "diterima", "", "9", 1))
    assert [(row[1], row[4]) for row in told] == [
        ("bertentangan", "JAWABAN_KPJ_GANDA"), ("bertentangan", "JAWABAN_KPJ_GANDA"), ("diterima", None),
    ]  # fmt: skip


def test_the_newest_refusal_gives_the_reason():
    rows = (1, "ditolak", "TOLAK_NIK", "", 5), (1, "ditolak", "TOLAK_NAMA", "", 8), (1, "ditolak", "TOLAK_USIA", "", 1)
    assert answered(*rows) == [(1, "ditolak", "TOLAK_NAMA", "", None)]


def test_what_is_not_answered_is_not_settled():
    assert answered((1, "", "", "", 5)) == []


def test_every_code_of_ours_has_words_and_every_heading_is_used_once():
    assert {kind(code).tingkat for code in refusals()} == {"GALAT"}
    headings = ["".join(filter(str.isalnum, h.lower())) for texts in OURS.kolom.values() for h in texts]
    assert len(headings) == len(set(headings))
    assert set(OURS.kode.values()) | set(OURS.kata.values()) | {"TOLAK_LAIN"} == set(refusals())


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (("E01: TOLAK_NIK", "E01: TOLAK_APA"), "tidak ada kode TOLAK_APA"),
        (("  kunci:", "  anu:"), "pilih kunci"),
        (("diterima: [Diterima", "diterima: []\n  lain: [Diterima"), "belum diisi"),
        (("kolom:", "kolom: ["), "bukan YAML"),
        (("kolom:", "tambahan: 1\nkolom:"), "tidak dikenal"),
    ],
)
def test_a_wrong_mapping_is_told_in_words(change, cause):
    with pytest.raises(Problem) as caught:
        parse_answer_mapping(default_text().replace(*change, 1), "milik kami")
    assert cause in caught.value.pesan
    assert "milik kami" in caught.value.pesan
