"""Lists laid out at random: every person is read once, with the right values, and nobody is invented."""

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.identity.regions import Regions
from jangkau.core.intake.people import read_sheet
from jangkau.core.intake.place import Named, Places
from jangkau.core.intake.records import Context, exact_columns, read_person
from jangkau.core.intake.sheets import Cell, Row, Sheet

AS_OF = date(2026, 11, 22)
HEADINGS = {
    "no": ("No", "NO.", "No Urut", "Nomor"),
    "nama": (
        "Nama",
        "NAMA LENGKAP",
        "Nama Pekerja",
        "Nama Calon Peserta",
        "Nama (sesuai KTP)",
        "NAMA LENGKAP SESUAI KTP",
        "Nmaa",
    ),
    "nik": (
        "NIK",
        "N I K",
        "No. KTP",
        "No KTP/NIK",
        "Nomor Induk Kependudukan",
        "NIK (16 digit)",
        "No.NIK",
        "Nomor Induk Kependudukn",
    ),
    "no_kk": ("No KK", "NOMOR KK", "No. Kartu Keluarga"),
    "ttl": ("TTL", "Tempat, Tgl Lahir", "Tempat/Tanggal Lahir", "Tempat Tgl. Lahir", "TEMPAT DAN TANGGAL LAHIR"),
    "tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir", "TGL. LAHIR", "Tgl. Lahir (dd/mm/yyyy)"),
    "jk": ("JK", "L/P", "Jenis Kelamin", "Jns. Kelamin", "Jenis Kelamin (L/P)"),
    "alamat": ("Alamat", "ALAMAT LENGKAP", "Alamat Rumah"),
    "rtrw": ("RT/RW", "RT / RW"),
    "pekerjaan": ("Pekerjaan", "PROFESI", "Jenis Pekerjaan", "Mata Pencaharian"),
    "penghasilan": ("Penghasilan", "Pendapatan/bulan", "Upah", "Penghasilan per Bulan (Rp)"),
    "no_hp": ("No HP", "No. HP/WA", "WA", "Nomor Telepon"),
    "keterangan": ("Ket", "Keterangan"),
}
FIRST = [
    "SITI",
    "BUDI",
    "Rahmat",
    "AGUS",
    "Dewi",
    "Joko",
    "yanti",
    "MUHAMMAD",
    "Sri",
    "Herman",
    "Ujang",
    "Slamet",
    "Rosmala",
]
LAST = [
    "Santoso",
    "AMINAH",
    "Hidayat",
    "Lestari",
    "PUTRA",
    "Wati",
    "Effendi",
    "Saputra",
    "Marlina",
    "Siregar",
    "Camat",
    "Sutrisno",
]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
JOINS = (", ", ",", " / ", " ")
DATE_STYLES = (
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d.day:02d}-{d.month:02d}-{d.year % 100:02d}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day:02d} {MONTHS[d.month - 1][:3]} {d.year % 100:02d}",
    lambda d: f"{d:%Y-%m-%d} 00:00:00",
)


def person(rng: random.Random, serial: int) -> dict[str, object]:
    """One person with true values."""
    sex, born = rng.choice("LP"), date(rng.randint(1956, 2008), rng.randint(1, 12), rng.randint(1, 28))
    day = born.day + 40 * (sex == "P")
    nik = f"177101{day:02d}{born.month:02d}{born.year % 100:02d}{serial:04d}"
    name = " ".join([rng.choice(FIRST)] + [rng.choice(LAST)] * rng.randint(0, 1))
    return {"nama": name, "nik": nik, "born": born, "sex": sex, "income": rng.randrange(5, 40) * 50_000}


def cells(
    rng: random.Random, one: dict[str, object], number: int, style: dict[str, int], fields: list[str]
) -> dict[str, Cell]:
    """How a village writes the person."""
    born = one["born"]
    assert isinstance(born, date)
    written = DATE_STYLES[style["date"]](born)
    missing = one["nik"] is None
    numeric = None if missing else float(str(one["nik"]))
    every: dict[str, Cell] = {
        "no": float(number),
        "nama": str(one["nama"]),
        "nik": None if missing else [str(one["nik"]), f"'{one['nik']}", numeric][style["nik"]],
        "no_kk": f"1771012{number:09d}",
        "ttl": f"{rng.choice(['Bengkulu', 'Air Muring', 'CURUP'])}{JOINS[style['join']]}{written}",
        "tanggal_lahir": written,
        "jk": str(one["sex"]),
        "alamat": "Jl. Merdeka",
        "rtrw": "001/002",
        "pekerjaan": rng.choice(["Petani", "Nelayan", "Buruh bangunan", "Pedagang"]),
        "penghasilan": [float(int(str(one["income"]))), f"Rp {int(str(one['income'])):,}".replace(",", ".")][
            style["money"]
        ],
        "no_hp": rng.choice(["081234567890", None]),
        "keterangan": rng.choice([None, None, "baru"]),
    }
    return {name: every[name] for name in fields}


def lay_out(seed: int) -> tuple[Sheet, dict[int, dict[str, object]]]:
    """A sheet and the people in it by row number."""
    rng = random.Random(seed)
    birth = rng.choice(["ttl", "tanggal_lahir"])
    optional = [name for name in HEADINGS if name not in ("nama", "nik", "ttl", "tanggal_lahir")]
    fields = ["nama", "nik", birth] + rng.sample(optional, rng.randint(1, len(optional)))
    rng.shuffle(fields)
    if "no" in fields:
        fields = ["no"] + [name for name in fields if name != "no"]
    left = rng.choice([0, 0, 1, 3])
    columns, at = {}, left
    for name in fields:
        columns[name] = at
        at += 1 if rng.random() < 0.9 else 2
    width, rows, number = at, [], rng.choice([1, 1, 2, 6])
    style = {
        "date": rng.randrange(len(DATE_STYLES)),
        "nik": rng.randrange(3),
        "money": rng.randrange(2),
        "join": rng.randrange(4),
    }

    def put(values: dict[int, Cell]) -> int:
        nonlocal number
        rows.append(Row(number, [values.get(column) for column in range(width)]))
        number += 1
        return number - 1

    if rng.random() < 0.7:
        put({left: "DAFTAR USULAN PEKERJA RENTAN TAHUN 2026"})
        put({left: "DESA MEDAN JAYA KECAMATAN IPUH KABUPATEN MUKOMUKO"})
        number += rng.randint(0, 2)
    heading = {columns[name]: rng.choice(HEADINGS[name]) for name in fields}
    put(dict(heading))
    if rng.random() < 0.3:
        put({column: float(i + 1) for i, column in enumerate(columns.values())})
    people = {}
    for i in range(rng.randint(3, 25)):
        one = person(rng, i + 1)
        if rng.random() < 0.08:
            one["nik"] = None
        values = cells(rng, one, i + 1, style, fields)
        people[put({columns[name]: cell for name, cell in values.items()})] = one
        decoy = rng.random()
        if decoy < 0.04:
            number += 1
        elif decoy < 0.08:
            put({columns["nama"]: rng.choice(["JUMLAH", "Sub Total", "TOTAL"]), width - 1: 12_000_000.0})
        elif decoy < 0.12:
            put({left: rng.choice(["Dusun II", "RT 03", "DUSUN SUKA MAKMUR", "Kelompok Nelayan Bahari"])})
        elif decoy < 0.15:
            put(dict(heading))
        elif decoy < 0.17:
            put({left: rng.choice(["Catatan: data sudah diverifikasi", "*) sesuai KTP", "Halaman 2"])})
    if rng.random() < 0.6:
        sign(rng, put, left, width)
    return Sheet("Sheet1", rows), people


def sign(rng: random.Random, put, left: int, width: int) -> None:  # type: ignore[no-untyped-def]
    """A block of signatures."""
    one, two = left + rng.randint(0, 1), rng.randrange(left, width)
    put({two: rng.choice(["Medan Jaya, 12 Maret 2026", "Medan Jaya,          2026", "Medan Jaya, ..............2026"])})
    if rng.random() < 0.5:
        put({one: "Mengetahui,", two: "Yang membuat"})
    put({one: "Camat Ipuh", two: "Kepala Desa Medan Jaya"})
    put({one: "DRS. SUHARTO, M.Si", two: "H. DARMAWAN"})
    put({one: "NIP. 19700505 199003 1 001"})


@settings(max_examples=tries(300), deadline=None)
@given(st.integers(0, 10**9))
def test_every_person_is_read_and_nobody_is_invented(seed: int) -> None:
    sheet, people = lay_out(seed)
    reading = read_sheet(sheet)
    assert [found.row.number for found in reading.people] == list(people)
    context = Context(Places(Regions.load("17")), AS_OF, False, Named(), exact_columns(reading.people))
    for found in reading.people:
        truth = people[found.row.number]
        values = read_person(found, context).values
        assert values["nama"] == truth["nama"]
        assert values["tanggal_lahir"] == truth["born"]
        assert values["nik"] in (truth["nik"], None)
        if truth["nik"] and not str(truth["nik"]).endswith("0"):
            assert values["nik"] == truth["nik"]
        if "jk" in found.heading.columns:
            assert values["jenis_kelamin"] == truth["sex"]
        if "penghasilan" in found.heading.columns:
            assert values["penghasilan"] == truth["income"]
