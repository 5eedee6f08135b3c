"""A register is hashed again exactly where it may have changed."""

import os
from hashlib import sha256

import pytest

from jangkau.core.linkage import prints as module
from jangkau.core.linkage.prints import FILE, TICK, prints


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "penduduk.csv"
    path.write_text("nik,nama\n1,BUDI\n", "utf-8")
    return path


@pytest.fixture
def hashed(monkeypatch):
    """The names of the files that were hashed."""
    names = []
    real = module.digest
    monkeypatch.setattr(module, "digest", lambda path: names.append(path.name) or real(path))
    return names


def asked(path):
    found = prints({"penduduk": path}, path.parent / ".siap")
    assert found == {"penduduk": sha256(path.read_bytes()).hexdigest()}


def later(path):
    """As if the record had been written long after the register."""
    record = path.parent / ".siap" / FILE
    now = record.stat().st_mtime_ns + 2 * TICK
    os.utime(record, ns=(now, now))


def test_a_file_that_stays_is_hashed_once(register, hashed):
    asked(register)
    later(register)
    asked(register)
    assert hashed == ["penduduk.csv"]


def test_a_file_that_was_just_written_is_not_believed(register, hashed):
    asked(register)
    asked(register)
    assert hashed == ["penduduk.csv"] * 2


def test_a_change_of_equal_size_and_time_of_writing_is_seen(register, hashed):
    asked(register)
    later(register)
    before = register.stat()
    register.write_text("nik,nama\n1,ANDI\n", "utf-8")
    os.utime(register, ns=(before.st_atime_ns, before.st_mtime_ns))
    asked(register)
    assert hashed == ["penduduk.csv"] * 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"penduduk.csv": 7}', '{"penduduk.csv": [7, "x"]}', '{"penduduk'])
def test_a_damaged_record_says_nothing(register, hashed, text):
    asked(register)
    (register.parent / ".siap" / FILE).write_text(text, "utf-8")
    later(register)
    asked(register)
    assert hashed == ["penduduk.csv"] * 2


def test_where_nothing_can_be_written_the_hash_is_right_all_the_same(register):
    (register.parent / ".siap").write_text("in the way", "utf-8")
    asked(register)
    assert (register.parent / ".siap").read_text("utf-8") == "in the way"
