"""The parts of the offline page that need no browser: what an answer means, dates, portions, PINs, clocks."""

import json
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

PARTS = Path(__file__).parents[3] / "src" / "jangkau" / "web" / "frontend" / "field"
RECORD = {"state": "menunggu", "sha256": "a", "tries": 0}


def said(script: str):
    """What a script prints that has the parts by name."""
    node = shutil.which("node")
    assert node, "the pages are bundled with Node.js"
    head = "".join(
        f"const {name} = await import({json.dumps((PARTS / f'{name}.mjs').as_uri())});"
        for name in ("outbox", "server", "secrets", "time", "typed", "scale", "hours", "tongue", "icons")
    )
    program = f"{head} console.log(JSON.stringify({script}))"
    done = subprocess.run([node, "--input-type=module", "-e", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_only_an_answer_about_the_same_bytes_ends_the_waiting():
    answers = {
        "terkirim": {"status": 201, "state": "diterima", "sha256": "a", "missing": 0},
        "karantina": {"status": 409, "state": "karantina", "sha256": "a", "missing": 0},
        "ditolak": {"status": 202, "state": "ditolak", "sha256": "a", "missing": 0},
        "menunggu": {"status": 201, "state": "diterima", "sha256": "b", "missing": 0},
    }
    more = {
        "a file is missing": ({"status": 202, "state": "diterima", "sha256": "a", "missing": 1}, "menunggu"),
        "too large": ({"status": 413, "state": "", "sha256": "", "missing": 0}, "ditolak"),
        "another site answers": ({"status": 200, "state": "", "sha256": "", "missing": 0}, "menunggu"),
    }
    asked = [*answers.values(), *(answer for answer, _ in more.values())]
    told = said(f"{json.dumps(asked)}.map((told) => outbox.judged({json.dumps(RECORD)}, told).state)")
    assert told == [*answers, *(state for _, state in more.values())]


def test_files_are_sent_in_portions_that_the_server_takes_none_of_them_empty():
    sizes = "[5, 3, 9, 1, 1].map((size) => ({ size }))"
    told = said(f"server.portions({sizes}, 8).map((part) => part.map(({{ size }}) => size))")
    assert told == [[5, 3], [9], [1, 1]]
    assert said("server.portions([], 8)") == [[]]


DATES = [
    (["8", "3", "1985"], "1985-03-08"), (["29", "2", "1985"], None), (["29", "2", "1984"], "1984-02-29"),
    (["", "", ""], ""), (["8", "3", ""], None), (["8", "3", "85"], None), (["31", "4", "2000"], None),
]  # fmt: skip


def test_a_date_in_three_parts_is_a_day_that_there_is():
    told = said(f"{json.dumps([parts for parts, _ in DATES])}.map((parts) => typed.dateOf(...parts))")
    assert told == [date for _, date in DATES]


def test_wrong_pins_wait_and_easy_pins_are_refused():
    assert said("[0, 2, 3, 4, 8, 50].map(secrets.delay)") == [0, 0, 30, 60, 900, 900]
    pins = ["12345", "123456", "654321", "111111", "482915"]
    assert [bool(words) for words in said(f"{pins}.map(secrets.weak)")] == [True, True, True, True, False]


def test_what_is_sealed_opens_with_the_pin_at_its_own_place_only():
    script = """await (async () => {
      const lock = await secrets.newLock("482915");
      const key = await secrets.unlock(lock, "482915");
      const box = await secrets.seal(key, secrets.bytesOf("Siti"), "records/1");
      const next = await secrets.unlock(await secrets.relock(lock, "482915", "739204"), "739204");
      return [
        secrets.textOf(await secrets.unseal(next, box, "records/1")),
        await secrets.unseal(key, box, "records/2").then(() => "open", () => "shut"),
        await secrets.unlock(lock, "482916").then(() => "open", () => "shut"),
      ];
    })()"""
    assert said(script) == ["Siti", "shut", "shut"]


def test_a_clock_is_told_in_the_largest_unit_and_small_faults_are_not():
    year, minute = 365 * 24 * 3600_000, 60_000
    told = said(f"[{2 * year}, {-2 * year}, {9 * minute}, {-90 * minute}].map(time.clockFault)")
    assert told == ["2 tahun terlambat", "2 tahun terlalu cepat", "", "2 jam terlalu cepat"]


def test_a_scale_moves_in_whole_steps_within_its_bounds():
    whole, part = "{ start: 0, end: 10, step: 1 }", "{ start: 0.1, end: 0.5, step: 0.1 }"
    moves = [(whole, "3", 1), (whole, "10", 1), (whole, "0", -1), (part, "0.2", 1), (part, "0.5", 1)]
    told = said(f"[{', '.join(f'scale.moved({bounds}, {value!r}, {steps})' for bounds, value, steps in moves)}]")
    assert told == ["4", "10", "0", "0.3", "0.5"]


def test_an_hour_carries_the_phone_s_distance_from_greenwich():
    zones = [-420, 0, 210, -330]
    told = said(f"{zones}.map((minutes) => hours.zone({{ getTimezoneOffset: () => minutes }}))")
    assert told == ["+07:00", "+00:00", "-03:30", "+05:30"]


def test_languages_are_named_without_their_codes():
    told = said(
        '["Indonesia (id)", "Basa Rejang", "English (en)"].map((name) => [tongue.nameOf(name), tongue.codeOf(name)])'
    )
    assert told == [["Indonesia", "id"], ["Basa Rejang", ""], ["English", "en"]]


@pytest.mark.parametrize("size", [192, 512])
def test_the_sign_of_the_page_is_a_picture(size):
    data = bytes(said(f"[...icons.png({size})]"))
    parts, at = {}, 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        parts[kind] = data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + parts[kind]) == struct.unpack_from(">I", data, at + 8 + length)[0]
        at += 12 + length
    assert struct.unpack(">IIBBBBB", parts[b"IHDR"]) == (size, size, 8, 2, 0, 0, 0)
    rows = zlib.decompress(parts[b"IDAT"])
    row = rows[size // 2 * (3 * size + 1) :][1 : 3 * size + 1]
    middle, edge, ring = (row[3 * x : 3 * x + 3].hex() for x in (size // 2, 0, size * 360 // 512))
    assert (len(rows), middle, edge, ring) == (size * (3 * size + 1), "0b6470", "0b6470", "ffffff")
