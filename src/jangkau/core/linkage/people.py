"""The persons proposed: what is settled about each, from the population register when linked, else from the list."""

import narwhals as nw
import polars as pl

from jangkau.core.engine import frame, polars
from jangkau.core.identity.occupation import classify
from jangkau.core.tables.results import PEKERJA
from jangkau.core.tables.schema import Frame

_IDENTITY = ("nik", "nama", "tanggal_lahir", "jenis_kelamin", "kode_desa")


def persons(usulan: Frame, tautan: Frame, penduduk: Frame, kesejahteraan: Frame | None) -> Frame:
    """PEKERJA from USULAN (rows in list order), TAUTAN and the registers."""
    order = usulan.select("id_usulan", "id_pekerja")
    linked = _best_link(order, tautan, "penduduk")
    resident = _resident(linked, penduduk)
    listed = _listed(polars(usulan))
    person = listed.join(resident, on="id_pekerja", how="left").join(
        _welfare(order, tautan, kesejahteraan), on="id_pekerja", how="left"
    )
    person = person.with_columns(
        *(pl.coalesce(f"{c}_p", c).alias(c) for c in _IDENTITY),
        pl.coalesce("pekerjaan", _tags(person["pekerjaan_p"])).alias("pekerjaan"),
    )
    status = _status(order, tautan)
    return PEKERJA.conform(person.join(status, on="id_pekerja", how="left", maintain_order="left"))


def _best_link(order: Frame, tautan: Frame, register: str) -> pl.DataFrame:
    """The most probable `cocok` row of a register per person: id_pekerja, id_register."""
    links = tautan.filter(nw.col("register") == register, nw.col("keputusan") == "cocok")
    mine = polars(links.join(order, on="id_usulan"))
    ranked = mine.sort("id_pekerja", "peluang", "id_register", descending=[False, True, False])
    return ranked.unique("id_pekerja", keep="first", maintain_order=True).select("id_pekerja", "id_register")


def _resident(linked: pl.DataFrame, penduduk: Frame) -> pl.DataFrame:
    """What the population register says of each linked person, in columns with `_p`, and `hubungan`."""
    words = (*_IDENTITY, "pekerjaan")
    register = polars(penduduk.select(*words, "hubungan")).rename({name: f"{name}_p" for name in words})
    return linked.join(register, left_on="id_register", right_on="nik_p", coalesce=False).drop("id_register")


def _listed(usulan: pl.DataFrame) -> pl.DataFrame:
    """What the list says of each person: the first value in row order, the most frequent occupation."""
    first = [pl.col(c).drop_nulls().first() for c in _IDENTITY]
    plain = usulan.group_by("id_pekerja", maintain_order=True).agg(*first)
    work = usulan.drop_nulls("pekerjaan").with_row_index("urut")
    counted = work.group_by("id_pekerja", "pekerjaan", maintain_order=True).agg(pl.len(), pl.col("urut").min())
    ranked = counted.sort("id_pekerja", "len", "urut", descending=[False, True, False])
    most = ranked.unique("id_pekerja", keep="first", maintain_order=True).select("id_pekerja", "pekerjaan")
    return plain.join(most, on="id_pekerja", how="left", maintain_order="left")


def _welfare(order: Frame, tautan: Frame, kesejahteraan: Frame | None) -> pl.DataFrame:
    best = _best_link(order, tautan, "kesejahteraan")
    if kesejahteraan is None:
        return best.select("id_pekerja", desil=pl.lit(None, pl.Int64), disabilitas=pl.lit(None, pl.Int64))
    values = polars(kesejahteraan.select("id_individu", "desil", "disabilitas"))
    return best.join(values, left_on="id_register", right_on="id_individu", how="left").drop("id_register")


def _tags(words: pl.Series) -> pl.Series:
    """Occupation tags of the identity card's words; each distinct text is read once."""
    tags = {text: classify(text).tag for text in words.drop_nulls().unique(maintain_order=True).to_list()}
    return pl.Series("pekerjaan", [tags.get(text) for text in words.to_list()], dtype=pl.String)


def _status(order: Frame, tautan: Frame) -> pl.DataFrame:
    """The best decision on the population register per person."""
    rank = {"cocok": 0, "tinjau": 1, "tidak": 2}
    links = polars(tautan.filter(nw.col("register") == "penduduk").select("id_usulan", "keputusan"))
    ranked = links.with_columns(pl.col("keputusan").replace_strict(rank, return_dtype=pl.Int64).alias("nilai"))
    best = polars(order).join(ranked, on="id_usulan", how="left").group_by("id_pekerja", maintain_order=True)
    names = {value: name for name, value in rank.items()}
    return best.agg(pl.col("nilai").min().fill_null(2)).select(
        "id_pekerja", status_tautan=pl.col("nilai").replace_strict(names, return_dtype=pl.String)
    )


def duplicates(usulan: Frame) -> Frame:
    """`id_usulan`, `id_usulan_pertama`: second and later rows of one person, in list order."""
    rows = polars(usulan.select("id_usulan", "id_pekerja"))
    first = rows.with_columns(pl.col("id_usulan").first().over("id_pekerja").alias("id_usulan_pertama"))
    return frame(first.filter(pl.col("id_usulan") != pl.col("id_usulan_pertama")).drop("id_pekerja"))
