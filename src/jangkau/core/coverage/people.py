"""Who is counted: active members and the newly covered, as people in regions and segments."""

from datetime import date

import narwhals as nw

from jangkau.core.engine import from_columns
from jangkau.core.identity.names import normalise_frame
from jangkau.core.identity.nik import valid_nik_expr
from jangkau.core.kernel.month import month_indexes, month_of
from jangkau.core.law.book import Book
from jangkau.core.law.membership import active_expr
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

SEGMENTS = ("SEMUA", "FORMAL", "INFORMAL", "PU", "BPU", "JAKON", "PMI")

# Construction workers have an employer; migrant workers register and pay for themselves like BPU.
GROUPS = {
    "PU": ("SEMUA", "FORMAL", "PU"),
    "JAKON": ("SEMUA", "FORMAL", "JAKON"),
    "BPU": ("SEMUA", "INFORMAL", "BPU"),
    "PMI": ("SEMUA", "INFORMAL", "PMI"),
    "": ("SEMUA",),
}


def active_members(peserta: Frame, settings: Settings, book: Book) -> Frame:
    """Active members on `per` within the province: `kpj`, `orang`, `wilayah`, `segmen`, one row a membership.

    In: PESERTA. Active as `law.membership` says. `orang` is the same text for the same person: a valid NIK, else
    normalised name and birth date, else the member number. A row placed outside the province, or nowhere, is not
    counted.
    """
    active = standing(peserta, settings.provinsi, settings.per, book)
    return persons(active).select("kpj", "orang", nw.col("kode_wilayah").alias("wilayah"), "segmen")


def standing(peserta: Frame, provinsi: str, per: date, book: Book) -> Frame:
    """The rows of PESERTA placed in the province whose membership stands on a day, with `akhir`, the month paid to."""
    dated = peserta.with_columns(month_indexes(peserta["dibayar_sampai"]).alias("akhir"))
    here = nw.col("kode_wilayah").str.starts_with(provinsi)
    return dated.filter(active_expr("akhir", month_of(per), book) & here)


def persons(members: Frame) -> Frame:
    """Adds `orang`. A row without a valid NIK is the one person with a NIK of that name and birth date, if any.

    In: `kpj`, `nik`, `nama`, `tanggal_lahir`; other columns stay, the order of rows does not.
    """
    valid = members.lazy().select(sah=valid_nik_expr("nik")).collect()["sah"]  # lazily, what it repeats is done once
    known, rest = members.filter(valid), _named(members.filter(~valid))
    alike = _named(known.join(rest, on="tanggal_lahir", how="semi")).select("kunci", "nik").unique()
    single = alike.filter(nw.len().over("kunci") == 1).rename({"nik": "nik_senama"})
    rest = rest.join(single, on="kunci", how="left")
    rest = rest.with_columns(orang=nw.coalesce("nik_senama", "kunci", "kpj"))
    columns = [*members.columns, "orang"]
    return nw.concat([known.with_columns(orang=nw.col("nik")).select(columns), rest.select(columns)])


def _named(members: Frame) -> Frame:
    """Adds `kunci`, the normalised name and birth date; null where either is unknown."""
    named = normalise_frame(members, "nama")
    return named.with_columns(
        kunci=nw.concat_str(nw.col("nama_baku"), nw.col("tanggal_lahir").cast(nw.String), separator="|")
    )


def newly_covered(
    active: Frame, *, pekerja: Frame, usulan: Frame, tautan: Frame, rencana: Frame, settings: Settings
) -> Frame:
    """People whom the plan pays and who are not counted as active already: `orang`, `wilayah`, `segmen` BPU.

    In: `active_members`, PEKERJA, USULAN, TAUTAN, RENCANA. A person handed over between funds counts once; one whose
    settled link (`cocok`) leads to an active member row is counted there and stays counted once. Placed by
    `pekerja.kode_desa`.
    """
    counted = (
        tautan.filter((nw.col("register") == "peserta") & (nw.col("keputusan") == "cocok"))
        .join(active, left_on="id_register", right_on="kpj", how="semi")
        .join(usulan.select("id_usulan", "id_pekerja"), on="id_usulan", how="inner")
    )
    paid = rencana.filter(~nw.col("dana").is_null()).select("id_pekerja").unique()
    new = pekerja.join(paid, on="id_pekerja", how="semi").join(counted, on="id_pekerja", how="anti")
    place = nw.coalesce("kode_desa", nw.lit(settings.provinsi))
    return new.select(
        nw.concat_str(nw.lit("baru|"), nw.col("id_pekerja")).alias("orang"),
        place.alias("wilayah"),
        nw.lit("BPU").alias("segmen"),
    ).filter(nw.col("wilayah").str.starts_with(settings.provinsi))


def counts(people: Frame, provinsi: str) -> Frame:
    """Distinct people by `wilayah` (the province and its kabupaten/kota) and `segmen`: column `pembilang`.

    In: `orang`, `wilayah` (any length from 2 digits), `segmen`. A person in two segments or two kabupaten counts
    once in each and once in the whole.
    """
    pairs = [(segment, group) for segment, groups in GROUPS.items() for group in groups]
    groups = from_columns({"segmen": [s for s, _ in pairs], "kelompok": [g for _, g in pairs]})
    rows = people.with_columns(nw.col("segmen").fill_null("")).join(groups, on="segmen", how="inner")
    kabupaten = rows.filter(nw.col("wilayah").str.len_chars() >= 4)
    levels = [
        rows.with_columns(wilayah=nw.lit(provinsi)),
        kabupaten.with_columns(wilayah=nw.col("wilayah").str.slice(0, 4)),
    ]
    distinct = nw.concat([level.select("wilayah", "kelompok", "orang") for level in levels]).unique()
    counted = distinct.group_by("wilayah", "kelompok").agg(pembilang=nw.len().cast(nw.Int64))
    return counted.rename({"kelompok": "segmen"})
