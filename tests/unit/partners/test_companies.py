"""Companies: their numbers, their duty by scale, what counts as something to clear up and what does not."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.engine import frame
from jangkau.core.law.book import Book
from jangkau.core.partners.companies import clean, read_companies
from jangkau.core.partners.duty import NOT, PART, REGISTERED, Observed, findings, grounds, required, state
from jangkau.core.partners.workers import active, counted, members_by_company
from jangkau.core.tables.registers import PESERTA

BOOK, DAY = Book.load(), date(2026, 10, 31)
HEAD = "nama,npp,nib,npwp,wilayah,skala,pekerja,program\n"


def read(tmp_path: Path, *rows: str) -> tuple[list[dict], list[str]]:
    path, notes = tmp_path / "perusahaan.csv", []
    path.write_text(HEAD + "\n".join(rows))
    table = read_companies(path, "perusahaan.csv", notes)
    return list(table.rows(named=True)), [one["kode"] for one in notes]


def test_numbers_are_typed_and_kept_as_they_are(tmp_path):
    (row,), notes = read(
        tmp_path, 'PT A,ab-12.34,"0120001234567",01.234.567.8-901.000,17.05,kecil,12,"jkk, JKM dan jht"'
    )
    assert (row["npp"], row["nib"], row["npwp"]) == ("AB1234", "0120001234567", "012345678901000")
    assert (row["wilayah"], row["skala"], row["program"], notes) == ("1705", "KECIL", "JKK|JKM|JHT", [])


def test_a_number_that_lost_a_digit_is_left_out_and_never_mended(tmp_path):
    rows, notes = read(tmp_path, "PT A,12345,120001234567,,1705,,,", "PT B,,120001234567,,1705,,,")
    assert [(row["nama"], row["nib"]) for row in rows] == [("PT A", None)]
    assert sorted(notes) == ["PERUSAHAAN_NOMOR", "PERUSAHAAN_TANPA_NOMOR"]


def test_the_first_row_of_a_number_counts(tmp_path):
    rows, notes = read(tmp_path, "PT A,11111,,,1705,,,", "PT B,11111,,,1705,,,", "PT C,22222,,,1705,,,")
    assert [row["nama"] for row in rows] == ["PT A", "PT C"]
    assert notes == ["PERUSAHAAN_GANDA"]


@given(st.sampled_from(["nib", "npp", "npwp"]), st.text(max_size=30))
def test_cleaning_twice_changes_nothing(kind, text):
    once = clean(kind, text)
    assert once is None or clean(kind, once) == once


@pytest.mark.parametrize(("scale", "due"), [
    ("MIKRO", {"JKK", "JKM"}), ("KECIL", {"JKK", "JKM", "JHT"}), ("MENENGAH", {"JKK", "JKM", "JHT", "JP"}),
    ("BESAR", {"JKK", "JKM", "JHT", "JP"}),
])  # fmt: skip
def test_duty_follows_from_scale(scale, due):
    assert set(required(scale, DAY, BOOK)) == due


def kinds(**seen: object) -> list[str]:
    return [one.kind for one in findings(Observed(DAY, **seen), BOOK)]


def test_states_come_from_findings():
    full = {"scale": "KECIL", "programmes": frozenset({"JKK", "JKM", "JHT"}), "members": 10}
    assert kinds(**full, stated=10) == []
    assert kinds(**full, stated=12) == ["PDS_TENAGA_KERJA"]
    assert kinds(**full, listed=10, here=8, unsure=2) == []  # who must be looked at is nobody's fault
    assert kinds(**full, listed=10, here=8, unsure=1, compared=8, lower=3, gap=900_000) == [
        "PDS_TENAGA_KERJA",
        "PDS_UPAH",
    ]
    assert kinds(members=10, scale="MENENGAH", programmes=frozenset({"JKK", "JKM"})) == ["PDS_PROGRAM"]
    assert kinds(members=10, scale="MENENGAH") == []  # programmes not known
    assert kinds(stated=40) == ["PWBD"]
    cases = [full, full | {"stated": 12}, {}]
    assert [state(findings(Observed(DAY, **case), BOOK)) for case in cases] == [REGISTERED, PART, NOT]


def test_every_finding_has_numbers_why_and_an_article():
    seen = Observed(DAY, "BESAR", frozenset({"JKK"}), 50, 10, 40, 8, 3, 2, 8, 5, 1_250_000)
    found = findings(seen, BOOK)
    assert [one.kind for one in found] == ["PDS_TENAGA_KERJA", "PDS_UPAH", "PDS_PROGRAM"]
    assert found[0].why.startswith("30 dari 40 orang di daftar pekerjanya")
    assert "3 di antaranya aktif lewat perusahaan lain; 2 orang lain belum pasti" in found[0].why
    assert "Rp1.250.000 sebulan" in found[1].why
    assert found[2].missing == ("JKM", "JHT", "JP")
    assert all(one.reference and one.confidence and one.numbers for one in found)
    assert set(grounds()) >= {one.kind for one in found}


def members(*rows: tuple) -> pl.DataFrame:
    names = ("kpj", "npp", "segmen", "upah", "dibayar_sampai")
    told = pl.DataFrame([dict(zip(names, row, strict=True)) for row in rows])
    return active(PESERTA.conform(frame(told)), DAY, BOOK)


def test_active_wage_earners_count_under_the_number_as_it_is_written_anywhere():
    live = members(("1", "AB-12 34", "PU", 1, "2026-10"), ("2", "ab1234", "PU", 1, "2026-09"),
                   ("3", "AB1234", "PU", 1, "2026-01"), ("4", "AB1234", "BPU", 1, "2026-10"),
                   ("5", None, "PU", 1, "2026-10"))  # fmt: skip
    assert members_by_company(live) == {"AB1234": 2}


def test_a_person_counts_once_whatever_the_list_and_the_links_repeat():
    live = members(("1", "A123", "PU", 1_000_000, "2026-10"), ("2", "B123", "PU", 5, "2026-10"),
                   ("3", "A123", "PU", 2_000_000, "2026-10"), ("4", "A123", "PU", 9, "2026-10"))  # fmt: skip
    rows = [("r1", "p1", 1_500_000), ("r2", "p1", 1_200_000), ("r3", "p2", None), ("r4", "p3", 2_000_000),
            ("r5", "p4", 1), ("r6", "p5", 1)]  # fmt: skip
    links = [
        ("r1", "1", "cocok"),
        ("r2", "2", "cocok"),
        ("r3", "2", "cocok"),
        ("r4", "3", "cocok"),
        ("r5", "4", "tinjau"),
    ]
    usulan = pl.DataFrame(rows, schema=["id_usulan", "id_pekerja", "penghasilan"], orient="row")
    tautan = pl.DataFrame(links, schema=["id_usulan", "id_register", "keputusan"], orient="row")
    told = counted(frame(usulan), frame(tautan.with_columns(register=pl.lit("peserta"))), live, "A123")
    assert told == {"listed": 5, "here": 2, "elsewhere": 1, "unsure": 1, "compared": 2, "lower": 1, "gap": 500_000}
    assert counted(frame(usulan), frame(tautan.with_columns(register=pl.lit("peserta"))), live, None)["here"] == 0
