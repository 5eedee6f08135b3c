"""Workers by region: which published figure stands under a coverage, and what is missing.

No source defines the denominator of coverage, so the programme chooses one by name and every figure carries it.
There are none for PU, BPU, JAKON and PMI: those segments are never given a percentage.
"""

import narwhals as nw

from jangkau.core.engine import polars
from jangkau.core.identity.regions import Regions
from jangkau.core.kernel.problems import kind
from jangkau.core.tables.schema import Frame
from jangkau.core.tables.settings import Settings

FILE = "register/angkatan_kerja.csv"


def chosen_name(angkatan_kerja: Frame, settings: Settings) -> str:
    """The denominator's name: `penyebut` of the settings, else the first in the file, else empty."""
    if settings.penyebut:
        return settings.penyebut
    names = angkatan_kerja["nama_penyebut"]
    return str(names[0]) if len(names) else ""


def denominators(angkatan_kerja: Frame, regions: list[tuple[str, str]], settings: Settings) -> Frame:
    """`wilayah`, `segmen`, `penyebut`, `sumber_penyebut` of the chosen name, the latest year of each.

    In: ANGKATAN_KERJA; `regions` the province's kabupaten/kota. Where the province has no row of its own and every
    kabupaten/kota has one, theirs are added up and the source says so.
    """
    name = chosen_name(angkatan_kerja, settings)
    latest = (
        angkatan_kerja.with_row_index("urut")
        .filter(nw.col("nama_penyebut") == name)
        .with_columns(nw.col("tahun").fill_null(0))
        .sort("wilayah", "segmen", "tahun", "urut", descending=[False, False, True, False])
        .unique(subset=["wilayah", "segmen"], keep="first", maintain_order=True)
    )
    year = nw.when(nw.col("tahun") > 0).then(nw.concat_str(nw.lit("tahun "), nw.col("tahun").cast(nw.String)))
    source = nw.concat_str(nw.coalesce("sumber", nw.lit(FILE)), year, separator=", ", ignore_nulls=True)
    rows = latest.select("wilayah", "segmen", nw.col("jumlah").alias("penyebut"), source.alias("sumber_penyebut"))
    return nw.concat([rows, _province_sums(rows, [code for code, _ in regions], settings.provinsi)])


def workers_of(angkatan_kerja: Frame, settings: Settings, regions: Regions) -> dict[str, tuple[float, str]]:
    """Region -> workers by the denominator chosen, and its name."""
    places = [(region.code, region.name) for region in regions.kabupaten]
    rows = polars(denominators(angkatan_kerja, places, settings)).filter(segmen="SEMUA")
    name = chosen_name(angkatan_kerja, settings)
    return {place: (float(number), name) for place, number in rows.select("wilayah", "penyebut").rows()}


def _province_sums(rows: Frame, kabupaten: list[str], provinsi: str) -> Frame:
    own = rows.filter(nw.col("wilayah") == provinsi)
    parts = rows.filter(nw.col("wilayah").is_in(kabupaten)).join(own, on="segmen", how="anti")
    sums = parts.group_by("segmen").agg(
        nw.col("penyebut").sum(), nw.len().alias("banyak"), nw.col("sumber_penyebut").min()
    )
    whole = sums.filter(nw.col("banyak") == len(kabupaten))
    said = nw.concat_str(nw.lit("jumlah kabupaten/kota: "), nw.col("sumber_penyebut"))
    return whole.select(nw.lit(provinsi).alias("wilayah"), "segmen", "penyebut", said.alias("sumber_penyebut"))


def denominator_problems(
    angkatan_kerja: Frame, regions: list[tuple[str, str]], settings: Settings
) -> list[dict[str, str | None]]:
    """Rows for MASALAH: PENYEBUT_TIDAK_ADA (no such name), PENYEBUT_KURANG (regions without one)."""
    name = chosen_name(angkatan_kerja, settings)
    found = denominators(angkatan_kerja, regions, settings).filter(nw.col("segmen") == "SEMUA")
    have = set(found["wilayah"].to_list())
    missing = [code for code in (settings.provinsi, *(code for code, _ in regions)) if code not in have]
    if not have:
        return [_problem("PENYEBUT_TIDAK_ADA", nama=name or "-")]
    return [_problem("PENYEBUT_KURANG", nama=name, wilayah=", ".join(missing))] if missing else []


def _problem(kode: str, **details: str) -> dict[str, str | None]:
    entry = kind(kode)
    return {
        "berkas": FILE,
        "lembar": "",
        "kolom": None,
        "kode": kode,
        "tingkat": entry.tingkat,
        "pesan": entry.pesan.format(**details),
        "saran": entry.saran.format(**details),
    }
