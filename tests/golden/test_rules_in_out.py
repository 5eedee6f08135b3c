"""OUT explains itself: verdicts, points and coverage recomputed from OUT and the registers alone, in plain Python."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from jangkau.core import pipeline
from jangkau.core.kernel.progress import Silent
from jangkau.core.synthetic import generate

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    workspace, out = tmp_path_factory.mktemp("ws"), tmp_path_factory.mktemp("hasil") / "out"
    generate(workspace, "75", 0.004, 77)
    pipeline.run(workspace, out, Silent())
    return workspace, out


@pytest.fixture(scope="module")
def settings(places: tuple[Path, Path]) -> dict[str, Any]:
    return yaml.safe_load((places[0] / "jangkau.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def links(places: tuple[Path, Path]) -> pl.DataFrame:
    out = places[1]
    owners = pl.read_parquet(out / "usulan.parquet").select("id_usulan", "id_pekerja")
    return pl.read_parquet(out / "tautan.parquet").join(owners, on="id_usulan")


@pytest.fixture(scope="module")
def people(places: tuple[Path, Path]) -> Rows:
    out = places[1]
    return (
        pl.read_parquet(out / "pekerja.parquet")
        .join(pl.read_parquet(out / "kelayakan.parquet"), on="id_pekerja")
        .rows(named=True)
    )


def register(places: tuple[Path, Path], name: str, key: str) -> dict[str, dict[str, Any]]:
    rows = pl.read_parquet(places[0] / "register" / f"{name}.parquet").rows(named=True)
    return {row[key]: row for row in rows}


def linked(links: pl.DataFrame, name: str, decision: str) -> dict[str, set[str]]:
    chosen = links.filter((pl.col("register") == name) & (pl.col("keputusan") == decision))
    found: dict[str, set[str]] = {}
    for person, row in chosen.select("id_pekerja", "id_register").iter_rows():
        found.setdefault(person, set()).add(row)
    return found


def month(text: Any) -> int:
    return int(str(text)[:4]) * 12 + int(str(text)[5:7]) - 1


def ends_subsidised(row: dict[str, Any], settings: dict[str, Any]) -> bool:
    own = row["pembayar"] in (None, "SENDIRI", "PEMBERI_KERJA")
    return not own and month(row["dibayar_sampai"]) < month(settings["mulai"])


def is_active(row: dict[str, Any], settings: dict[str, Any]) -> bool:
    return month(settings["per"]) - month(row["dibayar_sampai"]) <= 3


def test_reasons_that_rest_on_registers_hold_exactly_where_the_registers_say(places, settings, links, people):
    population, members = register(places, "penduduk", "nik"), register(places, "peserta", "kpj")
    homes, open_homes = linked(links, "penduduk", "cocok"), linked(links, "penduduk", "tinjau")
    cards = linked(links, "peserta", "cocok")
    first, per = date.fromisoformat(f"{settings['mulai']}-01"), settings["per"]
    seen = set()
    for person in people:
        who = person["id_pekerja"]
        home = population[next(iter(homes[who]))] if who in homes else {}
        born = home.get("tanggal_lahir") or person["tanggal_lahir"]
        age = first.year - born.year - ((born.month, born.day) > (first.month, first.day)) if born else None
        blocked = [
            k
            for k in cards.get(who, ())
            if is_active(members[k], settings) and not ends_subsidised(members[k], settings)
        ]
        want = {
            "NIK_TIDAK_DITEMUKAN": who not in homes and who not in open_homes,
            "MENINGGAL": bool(home.get("tanggal_meninggal")) and home["tanggal_meninggal"] <= per,
            "USIA_KURANG": age is not None and age < settings["usia"]["min"],
            "USIA_LEBIH": age is not None and age > settings["usia"]["maks"],
            "SUDAH_AKTIF": bool(blocked),
            "DI_LUAR_WILAYAH": bool(home.get("kode_desa")) and not home["kode_desa"].startswith(settings["provinsi"]),
        }
        assert {code for code, holds in want.items() if holds} == set(person["alasan"]) & set(want)
        assert person["layak"] == (not person["alasan"])
        seen |= set(person["alasan"])
    assert {"NIK_TIDAK_DITEMUKAN", "MENINGGAL", "USIA_KURANG", "USIA_LEBIH", "SUDAH_AKTIF"} <= seen


def test_points_are_the_sum_of_their_parts_and_follow_from_pekerja(places, settings, links, people):
    members, cards = register(places, "peserta", "kpj"), linked(links, "peserta", "cocok")
    weights = settings["bobot"]
    for person in people:
        rows = [members[kpj] for kpj in cards.get(person["id_pekerja"], ())]
        last = max((row["dibayar_sampai"] for row in rows), default=None)
        renewed = bool(rows) and all(ends_subsidised(row, settings) for row in rows if row["dibayar_sampai"] == last)
        parts = {
            "desil": weights["desil"].get(person["desil"], 0),
            "perempuan": weights["perempuan"] * (person["jenis_kelamin"] == "P"),
            "disabilitas": weights["disabilitas"] * (person["disabilitas"] == 1),
            "kepala_keluarga": weights["kepala_keluarga"] * (person["hubungan"] == "KEPALA"),
            "lanjutan": weights["lanjutan"] * renewed,
            "risiko": weights["risiko"].get(person["pekerjaan"], 0),
        }
        assert json.loads(person["rincian_poin"]) == {name: points for name, points in parts.items() if points}
        assert person["poin"] == sum(parts.values())


def test_coverage_grows_by_the_people_paid_who_were_not_active(places, settings, links):
    workspace, out = places
    cakupan = pl.read_csv(out / "cakupan.csv", infer_schema=False)
    cards = linked(links, "peserta", "cocok")
    active = {
        kpj
        for kpj, row in register(places, "peserta", "kpj").items()
        if is_active(row, settings) and row["kode_wilayah"].startswith(settings["provinsi"])
    }
    paid = pl.read_parquet(out / "rencana.parquet").drop_nulls("dana")["id_pekerja"].unique().to_list()
    homes = dict(pl.read_parquet(out / "pekerja.parquet").select("id_pekerja", "kode_desa").iter_rows())
    new = [homes[person] for person in paid if not cards.get(person, set()) & active]
    assert new
    for place in cakupan["wilayah"].unique().to_list():
        rows = cakupan.filter((pl.col("wilayah") == place) & (pl.col("segmen") == "BPU"))
        before, after = (int(rows.filter(keadaan=state)["pembilang"][0]) for state in ("sebelum", "sesudah"))
        assert after - before == sum(home.startswith(place) for home in new)
