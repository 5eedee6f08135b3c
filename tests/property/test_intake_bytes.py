"""Whatever stands in a file, it is read or it is a problem row: never an exception."""

import io
import random
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity.regions import Regions
from jangkau.core.intake import read
from jangkau.core.intake.files import EXTENSIONS
from jangkau.core.intake.place import Places
from jangkau.core.tables.settings import Settings

SETTINGS = Settings.model_validate({"provinsi": "17", "per": "2026-11-22", "mulai": "2027-01"})
PLACES = Places(Regions.load("17"))
CSV = b'No;Nama;NIK;Tgl Lahir\r\n1;"Siti";1706054105850001;1/5/1985\r\n2;Budi;1706050205850002;2/5/1985\r\n'
STARTS = [b"", b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"\xff\xfe", b"sep=;\r", b"<", CSV]


def assert_answered(data: bytes, extension: str, folder: Path) -> list[str]:
    path = folder / f"berkas{extension}"
    path.write_bytes(data)
    part = read.read_file(path.name, path, PLACES, SETTINGS)
    assert part.usulan["nama"] or part.masalah["kode"]
    return list(part.masalah["kode"])


@pytest.mark.parametrize("extension", sorted(EXTENSIONS))
@settings(max_examples=tries(60), deadline=None)
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=400))
def test_random_bytes(extension: str, start: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_answered(start + rest, extension, tmp_path_factory.mktemp("acak"))


@settings(max_examples=tries(150), deadline=None)
@given(text=st.text(alphabet="ab1,;\"'\n\r\t|=\x00 √", max_size=300))
def test_any_text_as_csv(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_answered(b"No;Nama;NIK\r" + text.encode() + CSV, ".csv", tmp_path_factory.mktemp("teks"))


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(CSV.decode().split()):
            sheet.write_row(at, 0, line.split(";"))
    return buffer.getvalue()


def test_damaged_workbooks(tmp_path: Path) -> None:
    whole, chance = workbook(), random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        assert_answered(bytes(data), ".xlsx", tmp_path)


def test_a_fault_of_ours_is_the_files_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "read_sheet", lambda sheet: 1 // 0)
    assert assert_answered(CSV, ".csv", tmp_path) == ["BERKAS_TIDAK_TERBACA"]
