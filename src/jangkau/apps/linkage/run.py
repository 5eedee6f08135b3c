"""A run: all effective rows against the registers in use, and its result as frames of what the database should hold."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils.translation import gettext_noop

from jangkau.apps.intake.selectors import effective_rows, fingerprints, usulan_frame
from jangkau.apps.linkage.contents import contents
from jangkau.apps.linkage.decisions import tinjauan
from jangkau.apps.linkage.evidence import evidence
from jangkau.apps.linkage.identity import member_key, person_key, person_text
from jangkau.apps.registry import selectors as registry
from jangkau.core import eligibility, linkage, priority
from jangkau.core.engine import frame, polars
from jangkau.core.kernel.problems import Problem
from jangkau.core.kernel.progress import Progress
from jangkau.core.law.book import Book
from jangkau.core.linkage.clerks import fingerprints as prints
from jangkau.core.linkage.linker import KEYS
from jangkau.core.linkage.model import with_limits
from jangkau.core.linkage.review import sheet
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings as Programme

KEY = ["id_usulan", "register", "id_register"]
# What the linker is at, in words: kept in Indonesian, translated where it is shown.
STEPS = {
    "menyiapkan": gettext_noop("Menyiapkan pencocokan"),
    "penduduk": gettext_noop("Mencocokkan dengan penduduk"),
    "orang": gettext_noop("Menghimpun baris dari orang yang sama"),
    "peserta": gettext_noop("Mencocokkan dengan peserta"),
    "kesejahteraan": gettext_noop("Mencocokkan dengan data kesejahteraan"),
}


@dataclass(frozen=True)
class Found:
    """What a run came to. `members`: id, id_usulan, person, region_code, fingerprint, sidik. `persons`: id, columns of
    PEKERJA, region_code. `links`: member, register, id_register, peluang, keputusan, cara, region_code, urutan, isi,
    bukti. `decisions`: ids of decisions it knew of."""

    members: pl.DataFrame
    persons: pl.DataFrame
    links: pl.DataFrame
    names: pl.DataFrame
    decisions: list[int]
    snapshots: dict[str, int]
    record: dict[str, Any]
    warnings: list[dict[str, Any]]


def find(progress: Progress) -> Found:
    """Link everything. Raises REGISTER_PENDUDUK_BELUM_ADA, PROGRAM_BELUM_DIATUR, and what `progress` raises."""
    files, snapshots = registry.files(), _snapshots()
    if "penduduk" not in files:
        raise Problem("REGISTER_PENDUDUK_BELUM_ADA")
    programme = registry.settings()
    progress.step(gettext_noop("Membaca usulan dan register"))
    rows = listed()
    registers = {name: registry.register(name) for name in KEYS}
    words, known = tinjauan()
    model = with_limits(linkage.model_in(Path(settings.DATA) / "tautan"), programme)
    engine = linkage.remembering(files, Path(settings.DATA) / "tautan" / "ingatan")
    linked = linkage.link(
        rows, registers["penduduk"], registers["peserta"], registers["kesejahteraan"], programme,
        on_step=lambda name: progress.step(STEPS.get(name, name)), tinjauan=words, model=model, engine=engine,
    )  # fmt: skip
    progress.step(gettext_noop("Menilai kelayakan"))
    judged = _judged(linked, rows, registers, programme)
    progress.step(gettext_noop("Menyusun bukti untuk petugas"))
    members = _members(rows, linked.usulan)
    links = _links(members, linked, registers)
    told = contents(links, registers, programme)
    links = links.join(told, on=["register", "id_register"], how="left", maintain_order="left")
    links = links.join(evidence(links, rows, registers, model, engine), on=KEY, how="left", maintain_order="left")
    pekerja = polars(linked.pekerja).join(judged, on="id_pekerja")
    return Found(
        members=members, persons=_persons(members, pekerja), links=links, names=_names(members, rows),
        decisions=known, snapshots=snapshots, record=linked.catatan, warnings=linked.peringatan,
    )  # fmt: skip


def _snapshots() -> dict[str, int]:
    found = {kind: registry.current(kind) for kind in KEYS}
    return {kind: snapshot.pk for kind, snapshot in found.items() if snapshot}


def listed() -> Frame:
    """The effective rows; `berkas` is the file's own key, since two villages may both send `daftar.xlsx`."""
    rows = polars(usulan_frame())
    key = pl.col("id_usulan").str.slice(0, pl.col("id_usulan").str.len_chars() - _tail().str.len_chars())
    return frame(rows.with_columns(berkas=key))


def _tail() -> pl.Expr:
    return pl.concat_str(pl.lit("#"), "lembar", pl.lit("#"), pl.col("baris").cast(pl.String))


def _members(rows: Frame, usulan: Frame) -> pl.DataFrame:
    """Rows with their person; the person's id is that of the row that came first."""
    regions = dict(effective_rows().values_list("id_usulan", "region_code"))
    said, native = fingerprints(), polars(rows)
    sidik = prints(rows, pl.Series(range(len(native)), dtype=pl.Int64))
    told = native.select("id_usulan").with_columns(sidik=sidik)
    table = polars(usulan).select("id_usulan", "id_pekerja").join(told, on="id_usulan", maintain_order="left")
    grouped = table.group_by("id_pekerja").agg("id_usulan")
    texts = {core: person_text(ids) for core, ids in grouped.iter_rows()}
    ids = table["id_usulan"].to_list()
    return table.with_columns(
        pl.Series("id", [member_key(text) for text in ids], dtype=pl.Int64),
        pl.Series("region_code", [regions.get(text, "") for text in ids], dtype=pl.String),
        pl.Series("fingerprint", [said.get(text, "") for text in ids], dtype=pl.String),
        pl.Series("teks", [texts[core] for core in table["id_pekerja"]], dtype=pl.String),
    ).with_columns(
        pl.col("teks").map_elements(person_key, return_dtype=pl.Int64).alias("person"),
    )


def _judged(linked: linkage.Linked, rows: Frame, registers: dict[str, Frame], settings: Programme) -> pl.DataFrame:
    """KELAYAKAN of every person, its reasons as one text."""
    facts = eligibility.gather(
        linked.pekerja, rows, linked.usulan, linked.tautan, registers["penduduk"], registers["peserta"], settings,
        Book.load(),
    )  # fmt: skip
    verdicts = polars(eligibility.decide(facts, settings)).select(
        "id_pekerja", "layak", pl.col("alasan").list.join("|")
    )
    points = polars(priority.score(facts, settings)).select("id_pekerja", "poin", "rincian_poin")
    return verdicts.join(points, on="id_pekerja")


def _persons(members: pl.DataFrame, pekerja: pl.DataFrame) -> pl.DataFrame:
    """PEKERJA under the ids of the database, with the region of the row that came first."""
    first = members.sort("id_usulan").unique("id_pekerja", keep="first", maintain_order=True)
    named = first.select("id_pekerja", "teks", "person", "region_code")
    known = pekerja.join(named, on="id_pekerja")
    return known.with_columns(
        id="person", id_pekerja="teks", nik_balik=pl.col("nik").str.reverse(),
        region_code=pl.when(pl.col("kode_desa").str.starts_with(pl.col("region_code")).fill_null(False))
        .then("kode_desa").otherwise("region_code"),
    ).drop("teks", "person")  # fmt: skip


def _names(members: pl.DataFrame, rows: Frame) -> pl.DataFrame:
    """Every name that rows give each person: person, nama."""
    told = polars(rows).select("id_usulan", "nama")
    return members.select("id_usulan", "person").join(told, on="id_usulan").select("person", "nama").drop_nulls()


def _links(members: pl.DataFrame, linked: linkage.Linked, registers: dict[str, Frame]) -> pl.DataFrame:
    pairs = polars(linked.tautan).filter((pl.col("keputusan") != "tidak") | (pl.col("cara") == "petugas"))
    order = sheet(linked.usulan, linked.tautan, registers).select("id_usulan", "register", "id_register", "urutan")
    pairs = pairs.join(order, on=KEY, how="left", maintain_order="left")
    return pairs.join(members.select("id_usulan", "region_code", member="id"), on="id_usulan", maintain_order="left")
