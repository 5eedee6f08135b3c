"""What stands beside figures: targets, change between two dates, the funnel from list to claim, tested forecasts."""

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table

STEPS = (
    "awal", "baru", "kembali", "formalisasi", "informalisasi", "pindah_masuk", "lapse", "pindah_keluar",
    "keluar_provinsi", "meninggal", "lainnya", "akhir",
)  # fmt: skip
_STEP = Column("langkah", nw.String(), "langkah perubahan", Privacy.PUBLIC, required=True, choices=STEPS)
_YEAR = Column("tahun", nw.Int64(), "tahun", Privacy.PUBLIC)
_PEOPLE = Column("orang", nw.Int64(), "banyaknya orang", Privacy.PUBLIC, required=True, unit="orang")


def _text(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, nw.String(), meaning, Privacy.PUBLIC, required=required)


SASARAN = Table(
    "sasaran",
    "rangkaian target, wilayah, indikator dan tahun",
    (
        _text("seri", "kode rangkaian target"),
        _text("nama", "nama rangkaian"),
        c.AREA,
        _text("indikator", "kode indikator"),
        _YEAR,
        Column("persen", nw.Float64(), "target persen; kosong bila tidak diketahui", Privacy.PUBLIC, unit="persen"),
        Column("jumlah", nw.Int64(), "target orang", Privacy.PUBLIC, unit="orang"),
        _text("nama_penyebut", "penyebut target itu", required=False),
        _text("keyakinan", "H, M atau L; kosong bila milik sendiri", required=False),
        c.SOURCE,
    ),
)

PERUBAHAN = Table(
    "perubahan",
    "wilayah, segmen dan langkah dari orang terlindungi pada satu tanggal ke tanggal lain",
    (
        c.AREA,
        _text("segmen", "SEMUA, FORMAL, INFORMAL"),
        _STEP,
        _PEOPLE,
        Column("perubahan", nw.Int64(), "tambah atau kurang; 0 untuk beralih di dalam", Privacy.PUBLIC, required=True),
    ),
    key=("wilayah", "segmen", "langkah"),
)

CORONG = Table(
    "corong",
    "wilayah, tanggal dan tahap dari daftar sampai klaim",
    (
        Column("per", nw.Date(), "tanggal hitungan", Privacy.PUBLIC, required=True),
        c.AREA,
        Column("urut", nw.Int64(), "urutan tahap", Privacy.PUBLIC, required=True),
        _text("tahap", "kode tahap"),
        _text("nama", "nama tahap"),
        _text("definisi", "apa yang dihitung pada tahap itu"),
        _text("satuan", "satuan hitungan"),
        Column("jumlah", nw.Int64(), "banyaknya; kosong bila tidak diketahui", Privacy.PUBLIC),
        Column("bagian", nw.Float64(), "persen dari tahap sebelumnya", Privacy.PUBLIC, unit="persen"),
    ),
    key=("per", "wilayah", "tahap"),
)

UJI_RAMALAN = Table(
    "uji_ramalan",
    "wilayah dan jarak ramalan, diuji pada potret lampau",
    (
        c.AREA,
        Column("jarak", nw.Int64(), "bulan ke depan", Privacy.PUBLIC, required=True, unit="bulan"),
        Column("banyak", nw.Int64(), "berapa kali diuji", Privacy.PUBLIC, required=True),
        Column("galat", nw.Float64(), "rata-rata selisih mutlak dari kenyataan", Privacy.PUBLIC, unit="persen"),
        Column("condong", nw.Float64(), "rata-rata selisih; positif: terlalu rendah", Privacy.PUBLIC, unit="persen"),
    ),
    key=("wilayah", "jarak"),
)
