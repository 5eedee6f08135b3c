"""Everything that decides eligibility, points and funds of a person, on one row."""

import narwhals as nw

from jangkau.core.eligibility.ages import outside_ages
from jangkau.core.eligibility.links import links_to
from jangkau.core.eligibility.memberships import memberships
from jangkau.core.engine import from_columns
from jangkau.core.identity.occupation import classify
from jangkau.core.law.book import Book
from jangkau.core.tables.results import FAKTA
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

_FROM_POPULATION = ("tanggal_lahir", "jenis_kelamin", "kode_desa", "hubungan")
_FLAGS = ("aktif", "aparatur", "lanjutan", "terdaftar", "tinjau_peserta", "calon_cukup_usia")


def gather(  # noqa: PLR0917
    pekerja: Frame,
    usulan: Frame,
    usulan_out: Frame,
    tautan: Frame,
    penduduk: Frame,
    peserta: Frame,
    settings: Settings,
    book: Book,
) -> Frame:
    """The facts of every person proposed: FAKTA, one row a person, sorted by `id_pekerja`.

    In: PEKERJA; `usulan` USULAN_BACA and `usulan_out` USULAN of the same rows; TAUTAN; PENDUDUK; PESERTA.
    The population row decides over the list wherever the link is settled (`cocok`); a link under review settles
    nothing and only sets `tinjau`. What neither tells stays unknown: a NIK that nobody confirmed dates nobody.
    Raises LawUndefinedOn where the law book has no arrears window on `per`.
    """
    residents = links_to("penduduk", usulan_out, tautan)
    members = memberships(usulan_out, tautan, peserta, settings, book)
    facts = pekerja
    for part in (
        _list_words(usulan, usulan_out),
        _population(residents, penduduk),
        _of_working_age(residents, penduduk, settings),
        members,
    ):
        facts = facts.join(part, on="id_pekerja", how="left")
    official = (nw.col("status_register") == "APARATUR").fill_null(value=False)
    facts = facts.with_columns(
        *(nw.coalesce(f"{name}_penduduk", name).alias(name) for name in _FROM_POPULATION),
        *(nw.col(name).fill_null(value=False) for name in _FLAGS),
    ).with_columns(
        nw.coalesce("status_kerja", "status_register").alias("status_kerja"),
        aparatur=nw.col("aparatur") | official,
    )
    return FAKTA.check(facts.with_columns(tinjau=_undecided(settings)).sort("id_pekerja"))


def _undecided(settings: Settings) -> nw.Expr:
    """Whether a link under review could change the verdict, as far as identity, age and membership go."""
    person = nw.col("status_tautan") == "tinjau"
    too_young_or_old = person & outside_ages("tanggal_lahir", settings) & ~nw.col("calon_cukup_usia")
    return (person | (nw.col("tinjau_peserta") & ~nw.col("aktif"))) & ~too_young_or_old


def _list_words(usulan: Frame, usulan_out: Frame) -> Frame:
    """What the person's list rows say: the first word in file, sheet, row order, and APARATUR by any row."""
    rows = usulan.select("id_usulan", "berkas", "lembar", "baris", "penghasilan", "status_kerja").join(
        usulan_out.select("id_usulan", "id_pekerja"), on="id_usulan", how="inner"
    )
    rows = rows.sort("berkas", "lembar", "baris", "id_usulan")
    officials = rows.filter(nw.col("status_kerja") == "APARATUR").select("id_pekerja").unique()
    words = rows.select("id_pekerja").unique()
    for part in (
        _first(rows, "penghasilan"),
        _first(rows, "status_kerja"),
        officials.with_columns(aparatur=nw.lit(True)),
    ):
        words = words.join(part, on="id_pekerja", how="left")
    return words


def _first(rows: Frame, column: str) -> Frame:
    spoken = rows.filter(~nw.col(column).is_null())
    return spoken.select("id_pekerja", column).unique(subset="id_pekerja", keep="first", maintain_order=True)


def _population(links: Frame, penduduk: Frame) -> Frame:
    """The population row of each person whose link is settled; the likeliest, should there be two."""
    best = (
        links.filter(nw.col("keputusan") == "cocok")
        .sort("id_pekerja", "peluang", "id_register", descending=[False, True, False])
        .unique(subset="id_pekerja", keep="first", maintain_order=True)
        .select("id_pekerja", "id_register")
    )
    rows = best.join(penduduk, left_on="id_register", right_on="nik", how="inner")
    rows = rows.join(_work_states(rows), on="pekerjaan", how="left")
    return rows.select(
        "id_pekerja",
        "tanggal_meninggal",
        "status_register",
        *(nw.col(name).alias(f"{name}_penduduk") for name in _FROM_POPULATION),
    )


def _of_working_age(links: Frame, penduduk: Frame, settings: Settings) -> Frame:
    """Whether any population row under review is not outside the programme's ages."""
    open_ = links.filter(nw.col("keputusan") == "tinjau")
    rows = open_.join(penduduk, left_on="id_register", right_on="nik", how="inner")
    return rows.group_by("id_pekerja").agg(calon_cukup_usia=(~outside_ages("tanggal_lahir", settings)).any())


def _work_states(rows: Frame) -> Frame:
    """Each distinct occupation text of the register -> work state, null where it says nothing."""
    texts = sorted(rows["pekerjaan"].drop_nulls().unique().to_list())
    states = [classify(text).status for text in texts]
    frame = from_columns({"pekerjaan": texts, "status_register": states})
    return frame.with_columns(nw.col("pekerjaan", "status_register").cast(nw.String))
