"""The half year of a made-up kabupaten by hand: every part of the material, small enough to count with a pencil."""

from datetime import date
from typing import Any

import polars as pl

from jangkau.core.kernel.semester import Semester
from jangkau.core.reporting.semester_input import (
    Change,
    Definition,
    Ending,
    FollowUp,
    FundState,
    Goal,
    Mark,
    Material,
    Move,
    Rules,
    Score,
    Stage,
)
from jangkau.core.tables.figures import ANGKA
from jangkau.core.tables.schema import Frame

BEFORE, NOW = date(2025, 12, 31), date(2026, 6, 30)
RENTAN = ("pekerja rentan aktif", "pekerja rentan terdata")
PLACES = {
    "170501": ("Muara Baru", 1410, 2120, 3420), "170502": ("Tanjung Harapan", 1190, 1670, 3150),
    "170503": ("Padang Luas", 1260, 1340, 2980), "170504": ("Lubuk Makmur", 640, 1130, 2760),
    "170505": ("Karang Indah", 720, 980, 2640), "170506": ("Sumber Rejo", 690, 760, 2410),
    "170507": ("Bukit Sari", 210, 560, 2120), "170508": ("Air Jernih", 300, 380, 1820),
}  # fmt: skip
DEFINITIONS = (
    Definition("cakupan_rentan", "Cakupan pekerja rentan", "Pekerja rentan aktif dibagi pekerja rentan terdata."),
    Definition("perlindungan_penuh", "Berhak JKM penuh", "Sudah tiga bulan berturut-turut dibayar."),
    Definition("cakupan", "Cakupan semua pekerja", "Peserta aktif semua segmen dibagi penduduk bekerja."),
    Definition("henti", "Lapse", "Peserta yang berhenti dalam semester ini.", "orang", "turun"),
)
RULES = Rules(3, 42_000_000, 10_000_000, "PP 44/2015")


def figure(place: str = "1705", per: date = NOW, part: float | None = 8940, whole: float | None = 21300,
           **more: Any) -> dict[str, Any]:  # fmt: skip
    """A row of ANGKA: the coverage of vulnerable workers unless said otherwise."""
    value = 100 * part / whole if part is not None and whole else None
    row = {
        "indikator": "cakupan_rentan", "wilayah": place, "potongan": "", "kelas": "", "per": per, "pembilang": part,
        "penyebut": whole, "nilai": value, "satuan": "persen", "nama_pembilang": RENTAN[0], "nama_penyebut": RENTAN[1],
        "sumber_pembilang": f"data peserta per {per.isoformat()}", "sumber_penyebut": "daftar kabupaten, 31 Mei 2026",
        "versi": "1", "asal": "dihitung",
    }  # fmt: skip
    return row | more


def frame(rows: list[dict[str, Any]]) -> Frame:
    """Rows as ANGKA."""
    columns = {name: [row.get(name) for row in rows] for name in ANGKA.names}
    return ANGKA.conform(pl.DataFrame(columns, strict=False))


def rows() -> list[dict[str, Any]]:
    """Two dates of the kabupaten and its kecamatan, full benefit, all workers, a published figure, a forecast."""
    found = [figure(per=BEFORE, part=6420), figure()]
    for code, (_, before, now, whole) in PLACES.items():
        found += [figure(code, BEFORE, before, whole), figure(code, NOW, now, whole)]
    full = {"indikator": "perlindungan_penuh", "nama_pembilang": "orang, tiga bulan berturut-turut dibayar",
            "nama_penyebut": "pekerja rentan aktif"}  # fmt: skip
    everyone = {"indikator": "cakupan", "nama_pembilang": "peserta aktif PU, BPU dan Jakon",
                "nama_penyebut": "orang bekerja", "sumber_penyebut": "Sakernas BPS, Agustus 2025"}  # fmt: skip
    said = {"nilai": 37.0, "asal": "terbit", "keyakinan": "M", "sumber_pembilang": "Kemenko PMK, siaran pers",
            "sumber_penyebut": None}  # fmt: skip
    ahead = {"nilai": 51.0, "bawah": 46.5, "atas": 55.0, "asal": "ramalan", "sumber_pembilang": "ramalan Jangkau"}
    return [
        *found,
        figure(part=6120, whole=8940, **full),
        figure(part=26486, whole=96420, **everyone),
        figure(per=date(2026, 3, 1), part=None, whole=None, **said),
        figure(per=date(2026, 12, 31), part=None, whole=None, **ahead),
        figure(part=5400, whole=12000, potongan="jenis_kelamin", kelas="L"),
        figure(part=3540, whole=9300, potongan="jenis_kelamin", kelas="P"),
    ]


def material(**given: Any) -> Material:
    """All parts; `given` puts others in their place."""
    whole: dict[str, Any] = {
        "wilayah": "1705", "nama": "Kabupaten Contoh", "semester": Semester(2026, 1), "beku": date(2026, 7, 3),
        "angka": frame(rows()), "bagian": tuple((code, row[0]) for code, row in PLACES.items()),
        "sebutan_bagian": "kecamatan", "definisi": DEFINITIONS, "aturan": RULES,
        "target": (
            Goal("cakupan_rentan", 2026, 50.0, "RPJMD", "Perda 5/2025"), Goal("cakupan_rentan", 2026, None, "UCJ"),
        ),
        "perubahan": Change(BEFORE, NOW, 6420, 8940, (
            Move("Peserta baru", 3100), Move("Diperpanjang kembali", 240), Move("Berhenti dibayar", -700),
            Move("Meninggal", -45), Move("Pindah", -75),
        )),
        "corong": (
            Stage("Diusulkan", 12000), Stage("Layak", 9800), Stage("Dibayar", 8940), Stage("Klaim", 12, "klaim"),
        ),
        "dana": (
            FundState("APBD Kabupaten", 900_000_000, 50_000_000, 20_000_000, 693_000_000, 6120, 41_250),
            FundState("CSR PT Contoh", 100_000_000, 0, 0, 94_752_000, 2820, 5_640),
        ),
        "akhir": Ending(date(2026, 12, 31), 1204, 3, 60_681_600),
        "rapor": (Score("Inpres 2/2021", (Mark("Regulasi", 8, 10), Mark("Anggaran", 12, 20)), "cukup", 55.0, (
            FollowUp("Terbitkan perbup", "Bagian Hukum", date(2026, 5, 1), "berjalan"),
            FollowUp("Anggarkan 12 bulan", "TAPD", date(2026, 11, 30), "berjalan"),
        )),),
    }  # fmt: skip
    return Material(**(whole | given))
