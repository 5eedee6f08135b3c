"""What a workspace brings: registers, denominators, funds, targets."""

from dataclasses import replace

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table

PENDUDUK = Table(
    "penduduk",
    "orang dalam register penduduk",
    (
        replace(c.NIK, required=True),
        c.HOUSEHOLD,
        c.NAME,
        c.BIRTH,
        c.GENDER,
        c.VILLAGE,
        c.RELATION,
        Column("pekerjaan", nw.String(), "pekerjaan menurut KTP", Privacy.PERSONAL),
        Column("tanggal_meninggal", nw.Date(), "tanggal meninggal; kosong berarti hidup", Privacy.SENSITIVE),
    ),
    key=("nik",),
)

PESERTA = Table(
    "peserta",
    "kepesertaan BPJS Ketenagakerjaan",
    (
        Column("kpj", nw.String(), "nomor peserta", Privacy.IDENTIFIER, required=True),
        c.NIK,
        c.NAME,
        c.BIRTH,
        c.GENDER,
        Column("kode_wilayah", nw.String(), "kabupaten/kota, 4 angka", Privacy.PUBLIC),
        Column("segmen", nw.String(), "segmen kepesertaan", Privacy.PUBLIC, choices=c.SEGMENTS),
        Column("npp", nw.String(), "nomor pendaftaran perusahaan", Privacy.PERSONAL),
        Column("pembayar", nw.String(), "jenis dana, SENDIRI, atau PEMBERI_KERJA", Privacy.PERSONAL),
        Column("sektor", nw.String(), "sektor usaha", Privacy.PUBLIC),
        Column("upah", nw.Int64(), "upah atau dasar upah sebulan", Privacy.SENSITIVE, unit="rupiah"),
        Column("mulai", nw.String(), "bulan mulai, TTTT-BB", Privacy.PERSONAL),
        Column("dibayar_sampai", nw.String(), "bulan terakhir yang dibayar, TTTT-BB", Privacy.PERSONAL),
    ),
    key=("kpj",),
)

KESEJAHTERAAN = Table(
    "kesejahteraan",
    "orang dalam data kesejahteraan",
    (
        Column("id_individu", nw.String(), "pengenal orang dalam data itu", Privacy.IDENTIFIER, required=True),
        c.NIK,
        c.HOUSEHOLD,
        c.NAME,
        c.BIRTH,
        c.GENDER,
        c.VILLAGE,
        c.DECILE,
        c.DISABILITY,
    ),
    key=("id_individu",),
)

ANGKATAN_KERJA = Table(
    "angkatan_kerja",
    "wilayah, penyebut dan segmen",
    (
        c.AREA,
        Column("nama_penyebut", nw.String(), "nama penyebut", Privacy.PUBLIC, required=True),
        Column("segmen", nw.String(), "SEMUA, FORMAL, INFORMAL", Privacy.PUBLIC, required=True),
        Column("jumlah", nw.Int64(), "banyaknya pekerja", Privacy.PUBLIC, required=True, unit="orang"),
        Column("tahun", nw.Int64(), "tahun data", Privacy.PUBLIC),
        c.SOURCE,
    ),
)

DANA = Table(
    "dana",
    "dana yang membayar iuran",
    (
        Column("kode", nw.String(), "kode dana", Privacy.PUBLIC, required=True),
        Column("nama", nw.String(), "nama dana", Privacy.PUBLIC),
        Column("jenis", nw.String(), "jenis dana", Privacy.PUBLIC, required=True, choices=c.FUND_KINDS),
        Column("anggaran", nw.Int64(), "anggaran", Privacy.PUBLIC, required=True, unit="rupiah"),
        Column("wilayah", nw.String(), "awalan kode wilayah yang boleh dibayar", Privacy.PUBLIC, limit=True),
        Column("pekerjaan", nw.String(), "tanda pekerjaan yang boleh dibayar, dipisah |", Privacy.PUBLIC),
        Column("syarat", nw.String(), "syarat lain, dipisah ;", Privacy.PUBLIC),
        Column("berlaku_dari", nw.String(), "bulan pertama", Privacy.PUBLIC, limit=True),
        Column("berlaku_sampai", nw.String(), "bulan terakhir", Privacy.PUBLIC, limit=True),
        Column(
            "tarif", nw.String(), "AUTO, PENUH, DISKON", Privacy.PUBLIC, choices=("AUTO", "PENUH", "DISKON"), limit=True
        ),
        c.SOURCE,
    ),
    key=("kode",),
)

TARGET = Table(
    "target",
    "target menurut wilayah, indikator dan tahun",
    (
        c.AREA,
        Column("indikator", nw.String(), "indikator", Privacy.PUBLIC, required=True),
        Column("tahun", nw.Int64(), "tahun", Privacy.PUBLIC),
        Column("persen", nw.Float64(), "target persen", Privacy.PUBLIC, unit="persen"),
        Column("jumlah", nw.Int64(), "target orang", Privacy.PUBLIC, unit="orang"),
        Column("nama_penyebut", nw.String(), "penyebut yang dipakai", Privacy.PUBLIC),
        c.SOURCE,
    ),
)

TINJAUAN = Table(
    "tinjauan",
    "keputusan petugas atas satu pasangan",
    (
        c.PROPOSAL_ID,
        Column(
            "register",
            nw.String(),
            "register; usulan: dua baris usulan",
            Privacy.PUBLIC,
            required=True,
            choices=(*c.REGISTERS, c.PROPOSALS),
        ),
        Column(
            "id_register",
            nw.String(),
            "kunci baris register; usulan: id_usulan yang lain",
            Privacy.IDENTIFIER,
            required=True,
        ),
        Column("keputusan", nw.String(), "kosong: belum diputus", Privacy.PERSONAL, choices=("cocok", "tidak")),
        Column("oleh", nw.String(), "yang memutuskan", Privacy.PERSONAL),
        Column("waktu", nw.String(), "kapan, TTTT-BB-HH atau dengan jam", Privacy.PERSONAL),
        Column("peluang", nw.Float64(), "peluang yang ditulis ketika diputus", Privacy.PERSONAL, unit="0-1"),
        Column("sidik", nw.String(), "sidik isi usulan ketika diputus", Privacy.PERSONAL),
    ),
)
