"""What the stages hand on and what stands in OUT."""

from dataclasses import replace

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table, columns

_PROPOSAL = (
    c.FILE,
    c.SHEET,
    c.ROW,
    c.NIK,
    c.NAME,
    c.BIRTH,
    c.GENDER,
    c.VILLAGE,
    c.OCCUPATION,
    Column("penghasilan", nw.Int64(), "penghasilan sebulan", Privacy.SENSITIVE, unit="rupiah"),
    Column("no_hp", nw.String(), "nomor telepon, 08...", Privacy.PERSONAL),
)

USULAN_BACA = Table(
    "usulan_baca",
    "baris usulan yang menyebut orang, seperti dibaca",
    columns(
        c.PROPOSAL_ID,
        _PROPOSAL,
        Column("nik_dugaan", nw.String(), "angka NIK yang terbaca bila belum pasti", Privacy.IDENTIFIER),
        c.HOUSEHOLD,
        Column("kode_wilayah", nw.String(), "wilayah tersempit yang pasti: 2, 4, 6 atau 10 angka", Privacy.PERSONAL),
        Column("status_kerja", nw.String(), "kosong bila daftar diam", Privacy.PERSONAL, choices=c.WORK_STATES),
    ),
    key=("id_usulan",),
)

USULAN = Table("usulan", "baris usulan", columns(c.PROPOSAL_ID, c.WORKER_ID, _PROPOSAL), key=("id_usulan",))

MASALAH = Table(
    "masalah",
    "masalah yang ditemukan dalam daftar",
    (
        c.FILE,
        c.SHEET,
        replace(c.ROW, required=False),
        Column("kolom", nw.String(), "huruf kolom; kosong untuk seluruh baris", Privacy.PUBLIC),
        Column("kode", nw.String(), "kode masalah", Privacy.PUBLIC, required=True),
        Column(
            "tingkat",
            nw.String(),
            "GALAT atau PERINGATAN",
            Privacy.PUBLIC,
            required=True,
            choices=("GALAT", "PERINGATAN"),
        ),
        Column("pesan", nw.String(), "apa yang salah", Privacy.PERSONAL, required=True),
        Column("saran", nw.String(), "apa yang perlu dilakukan", Privacy.PUBLIC, required=True),
    ),
)

TAUTAN = Table(
    "tautan",
    "pasangan usulan dan baris register yang dipertimbangkan",
    (
        c.PROPOSAL_ID,
        Column("register", nw.String(), "register", Privacy.PUBLIC, required=True, choices=c.REGISTERS),
        Column("id_register", nw.String(), "kunci baris register", Privacy.IDENTIFIER, required=True),
        Column("peluang", nw.Float64(), "peluang orang yang sama", Privacy.PERSONAL, required=True, unit="0-1"),
        Column("keputusan", nw.String(), "cocok, tinjau, tidak", Privacy.PERSONAL, required=True, choices=c.DECISIONS),
        Column(
            "cara", nw.String(), "yang memutuskan", Privacy.PUBLIC, required=True, choices=("nik", "model", "petugas")
        ),
    ),
    key=("id_usulan", "register", "id_register"),
)

PEKERJA = Table(
    "pekerja",
    "orang yang diusulkan",
    (
        c.WORKER_ID,
        c.NIK,
        c.NAME,
        c.BIRTH,
        c.GENDER,
        c.VILLAGE,
        c.OCCUPATION,
        c.DECILE,
        c.DISABILITY,
        c.RELATION,
        Column(
            "status_tautan", nw.String(), "tautan ke penduduk", Privacy.PERSONAL, required=True, choices=c.DECISIONS
        ),
    ),
    key=("id_pekerja",),
)

FAKTA = Table(
    "fakta",
    "orang yang diusulkan, dengan semua yang menentukan kelayakan, poin dan dana",
    columns(
        PEKERJA.columns,
        Column("penghasilan", nw.Int64(), "penghasilan sebulan menurut daftar", Privacy.SENSITIVE, unit="rupiah"),
        Column("status_kerja", nw.String(), "menurut daftar, lalu register", Privacy.PERSONAL, choices=c.WORK_STATES),
        Column(
            "aparatur",
            nw.Boolean(),
            "ASN, TNI atau Polri menurut daftar atau register",
            Privacy.PERSONAL,
            required=True,
        ),
        Column("tanggal_meninggal", nw.Date(), "menurut penduduk", Privacy.SENSITIVE),
        Column("aktif", nw.Boolean(), "kepesertaan aktif yang menghalangi", Privacy.PERSONAL, required=True),
        Column(
            "lanjutan",
            nw.Boolean(),
            "kepesertaan terakhir bersubsidi, habis sebelum mulai",
            Privacy.PERSONAL,
            required=True,
        ),
        Column("terdaftar", nw.Boolean(), "punya tautan cocok ke peserta", Privacy.PERSONAL, required=True),
        Column(
            "tinjau", nw.Boolean(), "tautan yang belum diputus dapat mengubah putusan", Privacy.PERSONAL, required=True
        ),
    ),
    key=("id_pekerja",),
)

KELAYAKAN = Table(
    "kelayakan",
    "orang yang diusulkan",
    (
        c.WORKER_ID,
        Column("layak", nw.Boolean(), "boleh didaftarkan", Privacy.PERSONAL, required=True),
        Column("alasan", nw.List(nw.String()), "kode alasan tidak layak", Privacy.SENSITIVE, required=True),
        c.POINTS,
        Column("rincian_poin", nw.String(), "bagian poin, JSON", Privacy.SENSITIVE, required=True),
    ),
    key=("id_pekerja",),
)

RENCANA = Table(
    "rencana",
    "orang yang layak; satu baris tiap dana bila berpindah dana",
    (
        c.WORKER_ID,
        Column("dana", nw.String(), "dana yang membayar; kosong bila tidak terpilih", Privacy.PERSONAL),
        Column("bulan_mulai", nw.String(), "bulan pertama dibayar dana ini", Privacy.PERSONAL),
        Column("jumlah_bulan", nw.Int64(), "bulan dibayar dana ini", Privacy.PERSONAL, unit="bulan"),
        Column("iuran_per_bulan", nw.Int64(), "iuran bulan pertama", Privacy.PERSONAL, unit="rupiah"),
        Column("iuran_total", nw.Int64(), "jumlah iuran semua bulan", Privacy.PERSONAL, unit="rupiah"),
        c.POINTS,
        Column("ambang", nw.Int64(), "poin terendah yang masih terbayar di tempatnya", Privacy.PUBLIC),
        Column("keterangan", nw.String(), "mengapa terpilih atau tidak", Privacy.PERSONAL, required=True),
    ),
)

KAS = Table(
    "kas",
    "dana dan bulan rencana",
    (
        Column("dana", nw.String(), "kode dana", Privacy.PUBLIC, required=True),
        c.MONTH,
        Column(
            "orang", nw.Int64(), "orang yang dibayar dana ini bulan itu", Privacy.PUBLIC, required=True, unit="orang"
        ),
        c.money("iuran", "tagihan bulan itu"),
        c.money("iuran_sekaligus", "bila semua bulan seseorang dibayar di muka, pada bulan pertamanya"),
        c.money("sisa", "anggaran yang tersisa sesudah tagihan bulan itu"),
    ),
    key=("dana", "bulan"),
)

HENTI = Table(
    "henti",
    "kelompok, bulan kepesertaan berakhir bila tidak ada yang meneruskan, dan kabupaten/kota",
    (
        Column(
            "kelompok",
            nw.String(),
            "RENCANA: dibayar rencana ini; LANJUTAN: bersubsidi sampai kini, tidak dibayar rencana ini",
            Privacy.PUBLIC,
            required=True,
            choices=("RENCANA", "LANJUTAN"),
        ),
        c.MONTH,
        Column("wilayah", nw.String(), "kabupaten/kota, 4 angka", Privacy.PUBLIC),
        Column("orang", nw.Int64(), "banyaknya", Privacy.PUBLIC, required=True, unit="orang"),
        c.money("jembatan_sebulan", "iuran satu bulan sesudah bulan terakhir yang dibayar"),
        c.money("jembatan", "iuran semua bulan tunggakan sampai berakhir"),
    ),
    key=("kelompok", "bulan", "wilayah"),
)

UNDIAN = Table(
    "undian",
    "karcis undian; tanpa nama dan nomor",
    (
        Column("undian", nw.Int64(), "nomor undian", Privacy.PUBLIC, required=True),
        Column("dana", nw.String(), "dana yang boleh membayar, dipisah spasi", Privacy.PUBLIC, required=True),
        Column("poin", nw.Int64(), "poin yang sama bagi semua peserta undian", Privacy.PUBLIC, required=True),
        Column("karcis", nw.String(), "sha256 dari benih|id_pekerja; terkecil menang", Privacy.PUBLIC, required=True),
        Column("urutan", nw.Int64(), "urutan karcis", Privacy.PUBLIC, required=True),
        Column("terpilih", nw.Boolean(), "menang, jadi dibayar", Privacy.PUBLIC, required=True),
    ),
    key=("undian", "urutan"),
)

CAKUPAN = Table(
    "cakupan",
    "wilayah, segmen dan keadaan",
    (
        c.AREA,
        Column("nama", nw.String(), "nama wilayah", Privacy.PUBLIC, required=True),
        Column("segmen", nw.String(), "segmen", Privacy.PUBLIC, required=True),
        Column(
            "keadaan",
            nw.String(),
            "sebelum atau sesudah rencana",
            Privacy.PUBLIC,
            required=True,
            choices=("sebelum", "sesudah"),
        ),
        Column("pembilang", nw.Int64(), "orang yang terlindungi", Privacy.PUBLIC, required=True, unit="orang"),
        Column("penyebut", nw.Int64(), "pekerja; kosong bila tidak diketahui", Privacy.PUBLIC, unit="orang"),
        Column("persen", nw.Float64(), "pembilang dibagi penyebut", Privacy.PUBLIC, unit="persen"),
        Column("nama_penyebut", nw.String(), "penyebut yang dipakai", Privacy.PUBLIC, required=True),
        Column("per", nw.Date(), "tanggal", Privacy.PUBLIC, required=True),
        Column("sumber_pembilang", nw.String(), "asal pembilang", Privacy.PUBLIC, required=True),
        Column("sumber_penyebut", nw.String(), "asal penyebut", Privacy.PUBLIC),
    ),
    key=("wilayah", "segmen", "keadaan"),
)

GARIS_ANGGARAN = Table(
    "garis_anggaran",
    "bagian anggaran, 100 untuk rencana ini",
    (
        Column("persen_anggaran", nw.Int64(), "bagian dari uang semua dana", Privacy.PUBLIC, required=True, unit="%"),
        Column("anggaran", nw.Int64(), "jumlah semua dana", Privacy.PUBLIC, required=True, unit="rupiah"),
        Column("orang", nw.Int64(), "orang yang dibayar", Privacy.PUBLIC, required=True, unit="orang"),
        Column("poin", nw.Int64(), "jumlah poin", Privacy.PUBLIC, required=True),
        Column("batas", nw.Int64(), "poin yang tidak dapat dilampaui", Privacy.PUBLIC, required=True),
        Column("iuran", nw.Int64(), "iuran yang terpakai; kosong pada perkiraan", Privacy.PUBLIC, unit="rupiah"),
        Column("perkiraan", nw.Boolean(), "taksiran di bawah batas, bukan rencana", Privacy.PUBLIC, required=True),
        Column("pembilang", nw.Int64(), "orang terlindungi di provinsi", Privacy.PUBLIC, required=True, unit="orang"),
        Column("penyebut", nw.Int64(), "pekerja; kosong bila tidak diketahui", Privacy.PUBLIC, unit="orang"),
        Column("persen", nw.Float64(), "pembilang dibagi penyebut", Privacy.PUBLIC, unit="persen"),
        Column("nama_penyebut", nw.String(), "penyebut yang dipakai", Privacy.PUBLIC, required=True),
    ),
    key=("persen_anggaran",),
)
