"""What a monthly reconciliation reads of our own books, and what it finds."""

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table

UNPAID, PAID = ("komitmen", "ditagih"), "dibayar"
STEPS = ("aktif", "tunggakan", "non-aktif")
_ID = Column("id", nw.Int64(), "kepesertaan pada pembukuan kita", Privacy.PERSONAL, required=True)
_FUND = Column("dana", nw.String(), "dana yang membayar", Privacy.PUBLIC, required=True)
_STATE = Column("keadaan", nw.String(), "keadaan bulan itu", Privacy.PUBLIC, required=True, choices=(*UNPAID, PAID))


def _month(name: str, meaning: str) -> Column:
    return Column(name, nw.Int64(), meaning, Privacy.PERSONAL, unit="indeks bulan")


def _count(name: str, meaning: str, unit: str = "bulan") -> Column:
    return Column(name, nw.Int64(), meaning, Privacy.PERSONAL, required=True, unit=unit)


TERCAKUP = Table(
    "tercakup",
    "orang yang bulannya ada pada pembukuan kita",
    (
        _ID,
        c.NIK,
        Column("kpj", nw.String(), "nomor peserta menurut jawaban BPJS Ketenagakerjaan", Privacy.IDENTIFIER),
        c.NAME,
        c.BIRTH,
        _month("bulan_bayar", "bulan pembayaran terakhir dilakukan"),
    ),
    key=("id",),
)

BULAN_IURAN = Table(
    "bulan_iuran",
    "orang dan bulan yang dijanjikan, ditagih atau dibayar",
    (
        _ID,
        Column("bulan", nw.Int64(), "bulan iuran", Privacy.PERSONAL, required=True, unit="indeks bulan"),
        _FUND,
        Column("iuran", nw.Int64(), "iuran bulan itu", Privacy.PERSONAL, required=True, unit="rupiah"),
        _STATE,
    ),
    key=("id", "bulan"),
)

TEMUAN = Table(
    "temuan",
    "orang yang tercakup",
    (
        _ID,
        Column("jenis", nw.String(), "temuan utama", Privacy.PERSONAL, required=True),
        Column("juga", nw.String(), "temuan lain pada orang itu, dipisah |", Privacy.PERSONAL, required=True),
        Column("status", nw.String(), "kepesertaan menurut register", Privacy.PERSONAL, choices=STEPS),
        Column("cara", nw.String(), "barisnya ditemukan lewat", Privacy.PERSONAL, choices=("kpj", "nik")),
        Column("kpj_register", nw.String(), "nomor peserta baris itu", Privacy.IDENTIFIER),
        Column("pembayar", nw.String(), "pembayar baris itu", Privacy.PERSONAL),
        _month("awal", "bulan mulai baris itu"),
        _month("akhir", "bulan terakhir yang dibayar menurut register"),
        _month("dibayar_kita", "bulan terakhir yang kita bayar"),
        _count("bulan_tidak_tercatat", "bulan yang kita bayar tetapi tidak tercatat di register"),
        _month("wafat", "bulan meninggal menurut register penduduk"),
        Column("desa_kini", nw.String(), "desa menurut register penduduk", Privacy.PERSONAL),
        _month("usia_lewat_sejak", "bulan pertama yang melewati batas usia"),
        Column("formal_kpj", nw.String(), "nomor peserta PU atau JAKON yang aktif", Privacy.IDENTIFIER),
        Column("formal_segmen", nw.String(), "segmennya", Privacy.PERSONAL),
        _month("formal_sejak", "bulan mulainya"),
        Column("lain_kpj", nw.String(), "nomor peserta yang dibayar pihak lain", Privacy.IDENTIFIER),
        Column("lain_pembayar", nw.String(), "pembayar lain itu", Privacy.PERSONAL),
        _count("bulan_ganda", "bulan yang dibayar pihak lain juga"),
        Column("calon_kpj", nw.String(), "nama dan tanggal lahir sama; belum tentu orangnya", Privacy.IDENTIFIER),
        _count("calon", "banyaknya baris bernama dan bertanggal lahir sama", "baris"),
        _month("lepas_dari", "bulan pertama yang dilepas bila dihentikan"),
        _count("bulan_lepas", "bulan belum dibayar yang dilepas"),
        _count("rupiah_lepas", "iurannya", "rupiah"),
        _month("kembali_dari", "bulan pertama yang dimintakan kembali"),
        _count("bulan_kembali", "bulan sudah dibayar yang dimintakan kembali"),
        _count("rupiah_kembali", "iurannya", "rupiah"),
    ),
    key=("id",),
)

BULAN_USUL = Table(
    "bulan_usul",
    "orang dan bulan yang diusulkan dilepas atau dikembalikan",
    (
        *BULAN_IURAN.columns,
        Column(
            "usul",
            nw.String(),
            "lepas: janji yang belum dibayar; kembali: iuran yang sudah dibayar",
            Privacy.PERSONAL,
            required=True,
            choices=("lepas", "kembali"),
        ),
    ),
    key=("id", "bulan"),
)

MOST_BRIDGED = 12
RADAR = Table(
    "radar",
    "orang yang kepesertaannya berakhir dalam dua belas bulan",
    (
        _ID,
        _FUND,
        Column("wilayah", nw.String(), "desa menurut pembukuan kita", Privacy.PERSONAL),
        Column("terakhir", nw.Int64(), "bulan terakhir yang dibayar", Privacy.PERSONAL, required=True),
        Column("henti", nw.Int64(), "bulan pertama tanpa kepesertaan", Privacy.PERSONAL, required=True),
        Column(
            "hilang_penuh", nw.Boolean(), "JKM penuh hilang; masa tunggu mulai lagi", Privacy.PERSONAL, required=True
        ),
        *(
            _count(f"jembatan_{n}", f"iuran {n} bulan sesudah bulan terakhir", "rupiah")
            for n in range(1, MOST_BRIDGED + 1)
        ),
    ),
    key=("id",),
)
BRIDGES = tuple(f"jembatan_{n}" for n in range(1, MOST_BRIDGED + 1))
