"""Who is paid by which fund for which months, with the words that a decree and an insurer need."""

from collections.abc import Callable

import narwhals as nw

from jangkau.core.engine import from_columns
from jangkau.core.kernel.month import month_index_expr
from jangkau.core.tables.schema import Frame

WORK = {
    "SAWIT": "Pekerja sawit",
    "TEMBAKAU": "Pekerja tembakau",
    "TANI": "Petani",
    "NELAYAN": "Nelayan",
    "TERNAK": "Peternak",
    "DAGANG": "Pedagang",
    "ANGKUTAN": "Angkutan",
    "BANGUNAN": "Bangunan",
    "ART": "Pekerja rumah tangga",
    "JASA": "Jasa",
    "PERANGKAT": "Perangkat desa",
    "LAIN": "Lainnya",
}
NameOf = Callable[[str], str]
_PERSON = ["id_pekerja", "nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa", "pekerjaan"]
_PAID = ["id_pekerja", "dana", "bulan_mulai", "jumlah_bulan", "iuran_per_bulan", "iuran_total", "poin"]
_ORDER = [
    "kode_kabupaten", "urut_dana", "dana", "kecamatan", "desa", "kode_desa", "nama", "id_pekerja", "bulan_mulai",
]  # fmt: skip


def roster(pekerja: Frame, rencana: Frame, dana: Frame, name_of: NameOf, usulan: Frame | None = None) -> Frame:
    """One row per person and fund that pays, in the order of a decree: kabupaten, fund, kecamatan, desa, name.

    In: PEKERJA, RENCANA, DANA and, for phone numbers and incomes, USULAN. `name_of` gives the name of a region code.
    Adds the names of regions, fund and work, and `bulan_selesai`, the last month paid.
    """
    paid = rencana.filter(~nw.col("dana").is_null()).select(_PAID)
    people = paid.join(pekerja.select(_PERSON), on="id_pekerja", how="left")
    people = people.join(_funds(dana), on="dana", how="left")
    return named(_with_contacts(people, usulan), name_of)


def named(people: Frame, name_of: NameOf) -> Frame:
    """Rows of people and what is paid for them, with names of places, fund and work, in the order of a decree.

    Adds `bulan_selesai`, the last month paid.
    """
    codes = people["kode_desa"].drop_nulls().unique().sort().to_list()
    people = people.join(_places(codes, name_of), on="kode_desa", how="left")
    people = people.with_columns(
        nw.coalesce("nama_dana", "dana").alias("nama_dana"),
        nw.col("pekerjaan").replace_strict(list(WORK), list(WORK.values()), default="–", return_dtype=nw.String),
        _month_text(month_index_expr("bulan_mulai") + nw.col("jumlah_bulan") - 1).alias("bulan_selesai"),
    )
    return people.sort(_ORDER, nulls_last=True)


def _funds(dana: Frame) -> Frame:
    renamed = dana.rename({"kode": "dana", "nama": "nama_dana", "jenis": "jenis_dana"})
    return renamed.select("dana", "nama_dana", "jenis_dana").with_row_index("urut_dana")


def _places(codes: list[str], name_of: NameOf) -> Frame:
    """Codes and names of the places above each desa."""
    cuts = {"kabupaten": 4, "kecamatan": 6, "desa": 10}
    names = {level: [name_of(code[:length]) for code in codes] for level, length in cuts.items()}
    frame = from_columns({"kode_desa": codes, **names})
    frame = frame.with_columns(nw.col(name).cast(nw.String) for name in frame.columns)
    return frame.with_columns(nw.col("kode_desa").str.slice(0, 4).alias("kode_kabupaten"))


def _with_contacts(people: Frame, usulan: Frame | None) -> Frame:
    """The first phone number and income that any proposal of the person gives."""
    for field, dtype in (("no_hp", nw.String), ("penghasilan", nw.Int64)):
        if usulan is None:
            people = people.with_columns(nw.lit(None).cast(dtype).alias(field))
        else:
            known = usulan.filter(~nw.col(field).is_null()).sort("id_usulan").select("id_pekerja", field)
            first = known.unique("id_pekerja", keep="first", maintain_order=True)
            people = people.join(first, on="id_pekerja", how="left")
    return people


def _month_text(index: nw.Expr) -> nw.Expr:
    year, month = (index // 12).cast(nw.String), (index % 12 + 1).cast(nw.String).str.zfill(2)
    return nw.concat_str(year, month, separator="-")
