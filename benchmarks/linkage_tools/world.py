"""A small province of its own kind, with known truth, to judge linkage by: not the generator it was developed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl


def _words(text: str) -> list[str]:
    return text.split()


MALE = _words(
    """AGUS BUDI EKO HENDRA RUDI JOKO BAMBANG ANDI DEDI YUSUF IWAN SUPRIADI HERMAN TONI RAHMAT SUGENG WAHYU ARIF HASAN
USMAN UMAR ALI ISMAIL JAMAL ZAINAL SYAMSUL BURHAN EDI FERI GUNAWAN HARIS IRFAN JUNAIDI KURNIA LUKMAN MANSUR NASRUL
PARMAN RIDWAN SAFRI TAUFIK WARDI YANTO ZULKIFLI MISNO PONIMAN SLAMET TUGIMAN KASIMAN SAMSUDIN MARWAN DARWIN ALFIAN
REZA DIMAS"""
)
FEMALE = _words(
    """SITI SRI DEWI YULI NUR RATNA LESTARI WATI ANI RINA MURNI ROSDIANA ERNA FATIMAH AISYAH KHADIJAH HALIMAH AMINAH
ZUBAIDAH ROHANI MARYAM NURHAYATI SULASTRI SUMIATI PONIYEM KARTINI MEGA INDAH PUTRI AYU DIAN EKA FITRI HERLINA IDA
JUMIATI LINA MARLINA NOVI OKTAVIA RAHAYU SARI TUTI UMI VERA WULAN YENI ZULAIKHA DESI ELVI GUSTINA MELI SUSANTI
TITIN"""
)
LAST = _words(
    """SANTOSO SAPUTRA WIJAYA HIDAYAT KURNIAWAN SETIAWAN NUGROHO PRASETYO SIREGAR NASUTION HARAHAP SIMANJUNTAK LUBIS
EFENDI FIRMANSYAH RAMADHAN MAULANA SUSILO SUSANTO HARTONO PURNOMO WIBOWO UTOMO SUHARTO ISKANDAR CHANIAGO TANJUNG
KOTO PILIANG HASIBUAN GINTING SEMBIRING TARIGAN YUSRI MULYADI SYAHPUTRA ANDRIANI PUSPITA ANGGRAINI HANDAYANI
WULANDARI PERMATA SAFITRI LESTARI RAHMAWATI KUSUMA WARDANI ASTUTI UTAMI MAHARANI ZAHRA AZIZAH HASANAH JANNAH
KOMARIAH MARDIANA OKTAVIANI"""
)
OLD = (("U", "OE"), ("C", "TJ"), ("J", "DJ"), ("SY", "SJ"), ("F", "P"), ("Z", "J"), ("KH", "CH"), ("Y", "I"))


@dataclass
class World:
    """The frames that linkage takes, and the truth by key."""

    usulan: pl.DataFrame
    penduduk: pl.DataFrame
    peserta: pl.DataFrame
    kesejahteraan: pl.DataFrame
    truth: dict[str, pl.DataFrame]


def make(people: int, seed: int, *, proposed: float = 0.12, noise: float = 1.0) -> World:
    """A province of about `people` persons; `noise` multiplies the rate of every kind of damage."""
    rng = np.random.default_rng(seed)
    truth = _people(people, rng)
    kept = [row for row in truth if rng.random() > 0.03]
    penduduk = pl.DataFrame([_register_row(row, rng) for row in kept], schema=_PENDUDUK)
    by_house: dict[str, list[dict]] = {}
    for row in truth:
        by_house.setdefault(row["no_kk"], []).append(row)
    usulan, usulan_truth = _proposals(truth, by_house, rng, proposed, noise)
    peserta, peserta_truth = _members(truth, by_house, rng, noise)
    welfare, welfare_truth = _welfare(truth, by_house, rng, noise)
    return World(
        usulan,
        penduduk,
        peserta,
        welfare,
        {
            "usulan": usulan_truth,
            "penduduk": penduduk.select(id_register="nik", nik="nik"),
            "peserta": peserta_truth,
            "kesejahteraan": welfare_truth,
        },
    )


def _name(rng, sex: str, family: str | None) -> str:
    pool = MALE if sex == "L" else FEMALE
    first = pool[min(int(rng.exponential(len(pool) / 4)), len(pool) - 1)]
    roll = rng.random()
    if sex == "L" and roll < 0.15:
        first = "MUHAMMAD " + first
    elif sex == "L" and roll < 0.2:
        first = "ABDUL " + str(rng.choice(["RAHMAN", "AZIZ", "HAMID", "KADIR", "MALIK", "GANI", "WAHAB"]))
    elif sex == "P" and roll < 0.1 and first != "SITI":
        first = "SITI " + first
    if family:
        return f"{first} {family}"
    if rng.random() < 0.15:
        return first
    if rng.random() < 0.25:
        first += " " + str(rng.choice(pool))
    return f"{first} {rng.choice(LAST)}"


def _people(count: int, rng) -> list[dict]:
    villages = [f"18{k:02d}{c:02d}{2000 + d}" for k in range(1, 9) for c in range(1, 11) for d in range(1, 16)]
    villages = villages[: max(2, min(len(villages), count // 900))]
    serial: dict[str, int] = {}
    rows: list[dict] = []
    house = 0
    while len(rows) < count:
        house += 1
        village = villages[int(rng.integers(len(villages)))]
        kk = f"{village[:6]}010115{house % 10000:04d}"[:12] + f"{house % 10000:04d}"
        family = str(rng.choice(LAST)) if rng.random() < 0.2 else None
        rows += _house(rng, village, kk, family, serial)
    return rows


def _house(rng, village, kk, family, serial) -> list[dict]:
    rows = []
    head_year = int(rng.integers(1945, 2000))
    twin = None
    for position in range(int(rng.integers(1, 7))):
        sex = "L" if position == 0 else "P" if position == 1 else str(rng.choice(["L", "P"]))
        year = (
            head_year + int(rng.integers(-4, 5)) if position < 2 else min(head_year + int(rng.integers(19, 40)), 2024)
        )
        day = dt.date(year, 1, 1) + dt.timedelta(days=int(rng.integers(365)))
        if rng.random() < 0.06:
            day = dt.date(year, 1, 1)
        if twin:
            day, sex = twin
            twin = None
        elif position >= 2 and rng.random() < 0.03:
            twin = (day, sex)
        origin = (
            village[:6] if rng.random() < 0.85 else f"18{int(rng.integers(1, 9)):02d}{int(rng.integers(1, 11)):02d}"
        )
        stem = f"{origin}{day.day + (40 if sex == 'P' else 0):02d}{day:%m%y}"
        serial[stem] = serial.get(stem, 0) + 1
        rows.append(
            {
                "nik": f"{stem}{serial[stem]:04d}",
                "no_kk": kk,
                "nama": _name(rng, sex, family if position != 1 else None),
                "tanggal_lahir": day,
                "jenis_kelamin": sex,
                "kode_desa": village,
                "hubungan": ("KEPALA", "PASANGAN", "ANAK", "ANAK", "ANAK", "LAIN")[position],
            }
        )
    return rows


_PENDUDUK = {
    "nik": pl.String,
    "no_kk": pl.String,
    "nama": pl.String,
    "tanggal_lahir": pl.Date,
    "jenis_kelamin": pl.String,
    "kode_desa": pl.String,
    "hubungan": pl.String,
    "pekerjaan": pl.String,
    "tanggal_meninggal": pl.Date,
}


def _register_row(row: dict, rng) -> dict:
    day = row["tanggal_lahir"]
    if rng.random() < 0.01:
        day = None
    return {**row, "tanggal_lahir": day, "pekerjaan": "PETANI/PEKEBUN", "tanggal_meninggal": None}


def _spoil_name(name: str, rng, rate: float) -> str:
    if rng.random() > rate:
        return name
    words = name.split()
    kind = rng.integers(8)
    if kind == 0 and len(words) > 1:
        at = int(rng.integers(1, len(words)))
        words[at] = words[at][0] + rng.choice(["", "."])
    elif kind == 1:
        short = {"MUHAMMAD": "M.", "ABDUL": "ABD.", "SITI": "ST."}
        words = [short.get(word, word) for word in words]
    elif kind == 2:
        old, new = OLD[int(rng.integers(len(OLD)))]
        return name.replace(old, new, 1)
    elif kind == 3 and len(words) > 2:
        words.pop(int(rng.integers(len(words))))
    elif kind == 4:
        return ("H. " if rng.random() < 0.5 else "HJ ") + name.title() + (", S.Pd" if rng.random() < 0.3 else "")
    elif kind == 5:
        at = int(rng.integers(len(name)))
        return name[:at] + chr(65 + int(rng.integers(26))) + name[at + 1 :]
    elif kind == 6:
        at = int(rng.integers(len(name)))
        return (name[:at] + name[at + 1 :]).strip() or name
    elif len(words) > 1:
        words = words[1:] + words[:1] if rng.random() < 0.4 else words[:-1] if len(words) > 2 else words
    return " ".join(words)


def _spoil_date(day, rng, rate: float, missing: float):
    if rng.random() < missing:
        return None
    if rng.random() > rate:
        return day
    kind = rng.integers(5)
    if kind == 0 and day.day <= 12:
        return dt.date(day.year, day.day, day.month)
    if kind == 1:
        return dt.date(day.year, 1, 1)
    if kind == 2:
        return dt.date(day.year, day.month, int(rng.integers(1, 29)))
    if kind == 3:
        return dt.date(day.year + int(rng.choice([-10, -1, 1, 10])), day.month, min(day.day, 28))
    return dt.date(day.year, int(rng.integers(1, 13)), min(day.day, 28))


def _spoil_nik(row, house, rng, missing: float, wrong: float, edit: float) -> tuple[str | None, str | None]:
    """NIK that is certain, else the digits read."""
    roll = rng.random()
    nik = row["nik"]
    if roll < missing:
        return None, None
    roll -= missing
    if roll < wrong:
        return str(house[int(rng.integers(len(house)))]["nik"]), None
    roll -= wrong
    if roll >= edit:
        return nik, None
    kind = rng.integers(5)
    at = int(rng.integers(6, 15))
    if kind == 0:
        return None, nik[:15]
    if kind == 1:
        return None, nik[:at] + nik[at + 1 :]
    if kind == 2:
        return None, nik[:15] + "0"
    if kind == 3:
        return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :], None
    return nik[:15] + str(int(rng.integers(10))), None


def _proposals(truth, by_house, rng, share, noise):
    rows, answers = [], []
    adults = [row for row in truth if row["tanggal_lahir"].year < 2008]
    chosen = rng.permutation(len(adults))[: max(3, int(len(truth) * share))]
    chosen = np.concatenate([chosen, rng.permutation(chosen)[: len(chosen) // 20]])
    for number, at in enumerate(chosen):
        row = adults[int(at)]
        nik, guess = _spoil_nik(row, by_house[row["no_kk"]], rng, 0.06 * noise, 0.02 * noise, 0.12 * noise)
        file = f"desa{int(rng.integers(50)):03d}.xlsx"
        proposal = f"{file}#Sheet1#{number + 5}"
        place = row["kode_desa"] if rng.random() < 0.93 else row["kode_desa"][:4]
        rows.append(
            {
                "id_usulan": proposal,
                "berkas": file,
                "lembar": "Sheet1",
                "baris": number + 5,
                "nik": nik,
                "nama": _spoil_name(row["nama"], rng, 0.2 * noise),
                "tanggal_lahir": _spoil_date(row["tanggal_lahir"], rng, 0.06 * noise, 0.08 * noise),
                "jenis_kelamin": row["jenis_kelamin"] if rng.random() < 0.7 else None,
                "kode_desa": place if len(place) == 10 else None,
                "pekerjaan": "TANI" if rng.random() < 0.7 else None,
                "penghasilan": None,
                "no_hp": f"0812{abs(hash_text(row['nik'])) % 10**8:08d}" if rng.random() < 0.4 else None,
                "nik_dugaan": guess,
                "no_kk": row["no_kk"] if rng.random() < 0.1 else None,
                "kode_wilayah": place,
                "status_kerja": None,
            }
        )
        answers.append({"id_usulan": proposal, "nik": row["nik"]})
    schema = {"tanggal_lahir": pl.Date, "baris": pl.Int64, "penghasilan": pl.Int64} | dict.fromkeys(
        (
            "id_usulan",
            "berkas",
            "lembar",
            "nik",
            "nama",
            "jenis_kelamin",
            "kode_desa",
            "pekerjaan",
            "no_hp",
            "nik_dugaan",
            "no_kk",
            "kode_wilayah",
            "status_kerja",
        ),
        pl.String,
    )
    return pl.DataFrame(rows, schema_overrides=schema), pl.DataFrame(answers)


def hash_text(text: str) -> int:
    """The same number on every run."""
    return int(text[-10:]) * 7919


def _members(truth, by_house, rng, noise):
    rows, answers = [], []
    for row in truth:
        if row["tanggal_lahir"].year > 2006 or rng.random() > 0.25:
            continue
        for _ in range(1 + int(rng.random() < 0.12)):
            nik, guess = _spoil_nik(row, by_house[row["no_kk"]], rng, 0.06 * noise, 0.015 * noise, 0.03 * noise)
            kpj = f"{17000000000 + len(rows):011d}"
            rows.append(
                {
                    "kpj": kpj,
                    "nik": nik or guess if rng.random() < 0.5 else nik,
                    "nama": _spoil_name(row["nama"], rng, 0.12 * noise),
                    "tanggal_lahir": _spoil_date(row["tanggal_lahir"], rng, 0.04 * noise, 0.02 * noise),
                    "jenis_kelamin": row["jenis_kelamin"],
                    "kode_wilayah": row["kode_desa"][:4] if rng.random() < 0.9 else "1801",
                    "segmen": str(rng.choice(["PU", "BPU"])),
                    "npp": None,
                    "pembayar": "SENDIRI",
                    "sektor": None,
                    "upah": 1000000,
                    "mulai": "2024-01",
                    "dibayar_sampai": "2026-08",
                }
            )
            answers.append({"id_register": kpj, "nik": row["nik"]})
    return pl.DataFrame(
        rows, schema_overrides={"npp": pl.String, "sektor": pl.String, "tanggal_lahir": pl.Date, "nik": pl.String}
    ), pl.DataFrame(answers)


def _welfare(truth, by_house, rng, noise):
    rows, answers = [], []
    for row in truth:
        if rng.random() > 0.5:
            continue
        nik, _ = _spoil_nik(row, by_house[row["no_kk"]], rng, 0.1 * noise, 0.02 * noise, 0.03 * noise)
        key = f"K{len(rows):08d}"
        rows.append(
            {
                "id_individu": key,
                "nik": nik,
                "no_kk": row["no_kk"] if rng.random() < 0.9 else None,
                "nama": _spoil_name(row["nama"], rng, 0.15 * noise),
                "tanggal_lahir": _spoil_date(row["tanggal_lahir"], rng, 0.06 * noise, 0.03 * noise),
                "jenis_kelamin": row["jenis_kelamin"],
                "kode_desa": row["kode_desa"] if rng.random() < 0.95 else None,
                "desil": int(rng.integers(1, 11)),
                "disabilitas": 0,
            }
        )
        answers.append({"id_register": key, "nik": row["nik"]})
    return pl.DataFrame(
        rows, schema_overrides={"nik": pl.String, "no_kk": pl.String, "kode_desa": pl.String, "tanggal_lahir": pl.Date}
    ), pl.DataFrame(answers)
