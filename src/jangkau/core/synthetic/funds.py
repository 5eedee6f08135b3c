"""Funds that must choose, denominators and targets."""

from typing import Any

import numpy as np
import polars as pl

from jangkau.core.kernel.month import month_text
from jangkau.core.synthetic.data import load
from jangkau.core.synthetic.places import Places
from jangkau.core.tables.registers import ANGKATAN_KERJA, DANA, TARGET
from jangkau.core.tables.settings import Settings

SOURCE = "Data sintetis"


def make_funds(places: Places, eligible: pl.DataFrame, settings: Settings, rng: np.random.Generator) -> pl.DataFrame:
    """DANA's columns. `eligible` has the `kode_desa` of each eligible person; the money reaches part of them."""
    data = load("funds")
    yearly = data["iuran"] * settings.bulan
    money = max(1, len(eligible)) * yearly * data["kebutuhan"]
    by_regency = dict(eligible.group_by(pl.col("kode_desa").str.slice(0, 4)).len().sort("kode_desa").iter_rows())
    rows = [_provincial(entry, money, places, settings) for entry in data["provinsi"]]
    for code in places.regencies:
        share = by_regency.get(code, 0) / max(1, len(eligible))
        entry = {**data["kabupaten"], "kode": f"APBD-{code}", "nama": f"APBD {places.names[code]}"}
        rows.append(_fund(entry, money * share, code, settings))
    wealthy = rng.choice(len(places.villages), data["desa"]["jumlah"], replace=False)
    for village in sorted(wealthy.tolist()):
        code = places.villages[village]
        amount = max(3 * yearly / data["desa"]["bagian"], money) / data["desa"]["jumlah"]
        entry = {**data["desa"], "kode": f"DD-{code}", "nama": f"Dana Desa {places.names[code]}"}
        rows.append(_fund(entry, amount, code, settings))
    return pl.DataFrame(rows, infer_schema_length=None).select(DANA.names)


def _provincial(entry: dict[str, Any], money: float, places: Places, settings: Settings) -> dict[str, Any]:
    """A fund of the province, or of its first kabupaten where the entry asks for one."""
    area = places.regencies[0] if entry.get("wilayah") == "kabupaten" else places.province
    return _fund(entry, money, area, settings)


def _fund(entry: dict[str, Any], money: float, area: str, settings: Settings) -> dict[str, Any]:
    first = settings.start + entry.get("dari", 1) - 1
    last = settings.start + entry.get("sampai", settings.bulan) - 1
    return {
        "kode": entry["kode"],
        "nama": entry["nama"],
        "jenis": entry["jenis"],
        "anggaran": max(load("funds")["iuran"] * settings.bulan, round(money * entry["bagian"] / 1000) * 1000),
        "wilayah": area,
        "pekerjaan": entry.get("pekerjaan"),
        "syarat": entry.get("syarat"),
        "berlaku_dari": month_text(first),
        "berlaku_sampai": month_text(last),
        "tarif": entry["tarif"],
        "sumber": SOURCE,
    }


def make_denominators(people: pl.DataFrame, places: Places) -> pl.DataFrame:
    """ANGKATAN_KERJA's columns for the province and each kabupaten."""
    here = people.filter(pl.col("tanggal_meninggal").is_null())["_asal"].str.slice(0, 4).value_counts()
    count = dict(here.iter_rows())
    areas = {places.province: sum(count.values())} | {code: count.get(code, 0) for code in places.regencies}
    rows = []
    for entry in load("programme")["penyebut"]:
        for area, living in areas.items():
            every = round(living * entry["rasio"])
            formal = round(every * entry["formal"])
            for segment, number in (("SEMUA", every), ("FORMAL", formal), ("INFORMAL", every - formal)):
                row = (area, entry["nama"], segment, number, entry["tahun"], f"{SOURCE}; rasio Bengkulu 2025")
                rows.append(dict(zip(ANGKATAN_KERJA.names, row, strict=True)))
    return pl.DataFrame(rows)


def make_targets(places: Places) -> pl.DataFrame:
    """TARGET's columns."""
    rows = []
    for entry in load("funds")["target"]:
        for area in [places.province] if entry["wilayah"] == "provinsi" else places.regencies:
            name = load("programme")["penyebut"][1]["nama"]
            rows.append({"jumlah": None, **entry, "wilayah": area, "nama_penyebut": name})
    return pl.DataFrame(rows, schema_overrides={"jumlah": pl.Int64}).select(TARGET.names)
