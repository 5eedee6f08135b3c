"""What is wrong with a proposal, told by comparing it with the register row of the person that it truly names."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
from rapidfuzz.distance import DamerauLevenshtein

from jangkau.core.engine import frame, polars
from jangkau.core.identity.names import normalise_frame
from jangkau.core.tables.schema import Frame

KINDS = {
    "TANPA_KESALAHAN": "tidak ada yang salah",
    "TIDAK_DI_REGISTER": "orang tidak ada di register penduduk",
    "GANDA": "baris kedua dan seterusnya dari satu orang",
    "NIK_KOSONG": "NIK kosong",
    "NIK_TERPOTONG": "NIK kurang angka atau angka akhirnya hilang",
    "NIK_TAK_TERBACA": "NIK tertulis tetapi tidak terbaca pasti",
    "NIK_SATU_ANGKA": "NIK salah satu angka atau dua angka tertukar",
    "NIK_KELUARGA": "NIK milik anggota keluarganya",
    "NIK_ORANG_LAIN": "NIK milik orang lain",
    "NIK_LAIN": "NIK lain",
    "NAMA_KOSONG": "nama kosong",
    "NAMA_EJAAN_LAMA": "nama dengan ejaan lama",
    "NAMA_EJAAN": "nama dengan ejaan lain yang sebunyi",
    "NAMA_URUTAN": "kata dalam nama bertukar tempat",
    "NAMA_SAMBUNG": "nama disambung atau dipisah",
    "NAMA_DISINGKAT": "nama disingkat",
    "NAMA_KURANG": "nama kurang kata",
    "NAMA_LEBIH": "nama lebih kata",
    "NAMA_KETIK": "nama salah ketik",
    "NAMA_LAIN": "nama lain",
    "LAHIR_KOSONG": "tanggal lahir kosong",
    "LAHIR_TERTUKAR": "hari dan bulan lahir tertukar",
    "LAHIR_HARI_BAWAAN": "hanya tahun lahir yang benar: 1 Januari, 1 Juli, atau 31 Desember",
    "LAHIR_SATU_BAGIAN": "satu bagian tanggal lahir salah",
    "LAHIR_LAIN": "tanggal lahir lain",
    "KELAMIN_KOSONG": "jenis kelamin kosong",
    "KELAMIN_SALAH": "jenis kelamin salah",
    "DESA_KOSONG": "desa kosong",
    "DESA_LAIN": "desa lain",
}
# Which problem of intake tells how far a number that is not certain was read.
_CUT = ("NIK_15_ANGKA", "NIK_KURANG", "NIK_DIGIT_HILANG", "NIK_NOTASI_ILMIAH")
_EMPTY = "NIK_KOSONG"
_OLD = re.compile("OE|TJ|DJ|SJ|NJ|CH|IE")
_SIDES = ("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa")
Row = dict[str, Any]


def kinds(usulan: Frame, masalah: Frame, persons: pl.DataFrame, penduduk: Frame) -> pl.DataFrame:
    """`id_usulan`, `jenis` (list of KINDS) of every row of `persons` (id_usulan, nik: the true one or null).

    In: USULAN, MASALAH of the run, PENDUDUK. A kind never tells a value.
    """
    pairs = _pairs(usulan, persons, penduduk).join(_number_problems(usulan, masalah), "id_usulan", how="left")
    found = [list(_row_kinds(row)) or ["TANPA_KESALAHAN"] for row in pairs.to_dicts()]
    return pairs.select("id_usulan", jenis=pl.Series(found, dtype=pl.List(pl.String)))


def _pairs(usulan: Frame, persons: pl.DataFrame, penduduk: Frame) -> pl.DataFrame:
    """Each proposal beside its true resident (columns with `_r`), and whose number it bears (`kk_nik`)."""
    rows = polars(usulan).select("id_usulan", *_SIDES).join(persons.select("id_usulan", benar="nik"), "id_usulan")
    people = polars(penduduk).select(*_SIDES, "no_kk")
    true = people.rename({name: f"{name}_r" for name in people.columns})
    owner = people.select("nik", kk_nik=pl.col("no_kk").fill_null(""))
    rows = rows.with_columns(ke=pl.int_range(pl.len()).over("benar"))
    rows = rows.join(true, left_on="benar", right_on="nik_r", how="left", coalesce=False, maintain_order="left")
    return _named(rows.join(owner, "nik", how="left", maintain_order="left"))


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Both names in their plain form and as they sound."""
    names = pl.concat([rows["nama"], rows["nama_r"]]).drop_nulls().unique().to_frame("nama")
    forms = polars(normalise_frame(frame(names), "nama")).select("nama", baku="nama_baku", bunyi="nama_bunyi")
    rows = rows.join(forms, "nama", how="left", maintain_order="left")
    return rows.join(forms, left_on="nama_r", right_on="nama", how="left", suffix="_r", maintain_order="left")


def _number_problems(usulan: Frame, masalah: Frame) -> pl.DataFrame:
    """`id_usulan`, `kode_nik`: what intake said of the number."""
    place = ["berkas", "lembar", "baris"]
    said = polars(masalah).filter(pl.col("kode").str.starts_with("NIK_")).with_columns(pl.col("lembar").fill_null(""))
    codes = said.group_by(place).agg(kode_nik=pl.col("kode"))
    return polars(usulan).select("id_usulan", *place).join(codes, place).select("id_usulan", "kode_nik")


def _row_kinds(row: Row) -> Iterator[str]:
    if row["nik_r"] is None:
        yield "TIDAK_DI_REGISTER"
        return
    if row["ke"]:
        yield "GANDA"
    yield from filter(None, (_number(row), name_kind(*_names(row)), _birth(row), _sex(row), _village(row)))


def _number(row: Row) -> str | None:
    written, true, said = row["nik"], row["nik_r"], row["kode_nik"] or []
    if written is None:
        if any(code in _CUT for code in said):
            return "NIK_TERPOTONG"
        return "NIK_TAK_TERBACA" if said and _EMPTY not in said else "NIK_KOSONG"
    if written == true:
        return None
    if row["kk_nik"] and row["kk_nik"] == row["no_kk_r"]:
        return "NIK_KELUARGA"
    if DamerauLevenshtein.distance(written, true) <= 1:
        return "NIK_SATU_ANGKA"
    return "NIK_LAIN" if row["kk_nik"] is None else "NIK_ORANG_LAIN"


def _names(row: Row) -> tuple[str, str, str, str]:
    return row["baku"] or "", row["baku_r"] or "", row["bunyi"] or "", row["bunyi_r"] or ""


def name_kind(name: str, true: str, sound: str, true_sound: str) -> str | None:
    """How a plain name differs from the true one; None where it does not or where the register has none."""
    if name == true or not true:
        return None
    if not name:
        return "NAMA_KOSONG"
    words, others = name.split(), true.split()
    if sorted(words) == sorted(others):
        return "NAMA_URUTAN"
    if sound == true_sound:
        return "NAMA_EJAAN_LAMA" if len(_OLD.findall(name)) > len(_OLD.findall(true)) else "NAMA_EJAAN"
    if name.replace(" ", "") == true.replace(" ", ""):
        return "NAMA_SAMBUNG"
    return _name_words(words, others) or _name_slip(name, true)


def _name_words(words: list[str], others: list[str]) -> str | None:
    if len(words) == len(others) and all(map(_short_for, words, others)):
        return "NAMA_DISINGKAT"
    if len(words) < len(others) and _within(words, others):
        short = any(word not in others for word in words)
        return "NAMA_DISINGKAT" if short else "NAMA_KURANG"
    return "NAMA_LEBIH" if len(words) > len(others) and _within(others, words) else None


def _short_for(word: str, full: str) -> bool:
    return word == full or (len(word) <= 3 and full.startswith(word))


def _within(few: list[str], many: list[str]) -> bool:
    """Every word, or what it is short for, stands among the others in the same order."""
    rest = iter(many)
    return all(any(_short_for(word, other) for other in rest) for word in few)


def _name_slip(name: str, true: str) -> str:
    """At most one letter in four differs."""
    return "NAMA_KETIK" if DamerauLevenshtein.distance(name, true) <= max(1, len(true) // 4) else "NAMA_LAIN"


def _birth(row: Row) -> str | None:
    written, true = row["tanggal_lahir"], row["tanggal_lahir_r"]
    if true is None or written == true:
        return None
    return "LAHIR_KOSONG" if written is None else birth_kind(written, true)


def birth_kind(written: date, true: date) -> str:
    """How a date of birth differs from the true one."""
    same = (written.year == true.year) + (written.month == true.month) + (written.day == true.day)
    if written.year == true.year and (written.day, written.month) == (true.month, true.day):
        return "LAHIR_TERTUKAR"
    if written.year == true.year and (written.month, written.day) in ((1, 1), (7, 1), (12, 31)):
        return "LAHIR_HARI_BAWAAN"
    return "LAHIR_SATU_BAGIAN" if same == 2 else "LAHIR_LAIN"


def _sex(row: Row) -> str | None:
    written, true = row["jenis_kelamin"], row["jenis_kelamin_r"]
    if true is None or written == true:
        return None
    return "KELAMIN_KOSONG" if written is None else "KELAMIN_SALAH"


def _village(row: Row) -> str | None:
    written, true = row["kode_desa"], row["kode_desa_r"]
    if true is None or written == true:
        return None
    return "DESA_KOSONG" if written is None else "DESA_LAIN"
