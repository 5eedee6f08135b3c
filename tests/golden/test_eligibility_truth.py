"""With every link right, the rules must give the verdicts that the synthetic province was planted with."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jangkau.core.eligibility import decide, gather
from jangkau.core.law.book import Book
from jangkau.core.synthetic import generate
from jangkau.core.tables.results import PEKERJA, TAUTAN, USULAN, USULAN_BACA
from jangkau.core.workspace import open_workspace


def settled(register: str, pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(
        "id_usulan",
        "id_register",
        register=pl.lit(register),
        peluang=pl.lit(1.0),
        keputusan=pl.lit("cocok"),
        cara=pl.lit("nik"),
    )


def perfect_links(truth: Path, rows: pl.DataFrame) -> Any:
    population = rows.select("id_usulan", id_register="nik")
    members = pl.read_parquet(truth / "tautan_peserta.parquet").drop_nulls("nik")
    joined = rows.select("id_usulan", "nik").join(members, on="nik").select("id_usulan", id_register="kpj")
    return TAUTAN.conform(pl.concat([settled("penduduk", population), settled("peserta", joined)]))


@pytest.mark.parametrize(("province", "scale", "seed"), [("17", 0.005, 401), ("33", 0.001, 402)])
def test_verdicts_of_a_planted_province(tmp_path, province, scale, seed):
    generate(tmp_path, province, scale, seed)
    ws = open_workspace(tmp_path)
    truth = tmp_path / "truth"
    rows = pl.read_parquet(truth / "usulan.parquet").drop_nulls("nik")
    rows = rows.with_columns(
        id_pekerja="nik",
        berkas=pl.col("id_usulan").str.split("#").list.get(0),
        lembar=pl.col("id_usulan").str.split("#").list.get(1),
        baris=pl.col("id_usulan").str.split("#").list.get(2).cast(pl.Int64),
    )
    people = rows.unique("id_pekerja", maintain_order=True).with_columns(
        status_tautan=pl.lit("cocok"), tanggal_lahir=pl.lit(None), desil=None, disabilitas=None, hubungan=None
    )
    book = Book.load()
    facts = gather(
        PEKERJA.conform(people),
        USULAN_BACA.conform(rows.with_columns(nik_dugaan=None, no_kk=None, kode_wilayah=None)),
        USULAN.conform(rows),
        perfect_links(truth, rows),
        ws.penduduk,
        ws.peserta,
        ws.settings,
        book,
    )
    got = {row["id_pekerja"]: row for row in decide(facts, ws.settings).rows(named=True)}
    want = pl.read_parquet(truth / "orang.parquet").rows(named=True)
    wrong = [w["nik"] for w in want if (got[w["nik"]]["layak"], got[w["nik"]]["alasan"]) != (w["layak"], w["alasan"])]
    assert len(want) > 500
    assert wrong == []
