"""Columns and word lists that several tables share."""

import narwhals as nw

from jangkau.core.tables.schema import Column, Privacy

SEX = ("L", "P")
RELATIONS = ("KEPALA", "PASANGAN", "ANAK", "LAIN")
SEGMENTS = ("PU", "BPU", "JAKON", "PMI")
SCALES = ("MIKRO", "KECIL", "MENENGAH", "BESAR")
FUND_KINDS = ("APBD_PROV", "APBD_KAB", "DBH_SAWIT", "DBH_CHT", "DANA_DESA", "CSR", "ZAKAT", "DONATUR")
OCCUPATIONS = (
    "SAWIT", "TEMBAKAU", "TANI", "NELAYAN", "TERNAK", "DAGANG", "ANGKUTAN", "BANGUNAN", "ART", "JASA", "PERANGKAT",
    "LAIN",
)  # fmt: skip
WORK_STATES = ("BEKERJA", "BUKAN_PEKERJA", "APARATUR")
REGISTERS = ("penduduk", "peserta", "kesejahteraan")
PROPOSALS = "usulan"  # where two proposals are the pair that a clerk decides
DECISIONS = ("cocok", "tinjau", "tidak")
WAYS = ("nik", "model", "petugas")

NIK = Column("nik", nw.String(), "Nomor Induk Kependudukan, 16 angka", Privacy.IDENTIFIER)
NAME = Column("nama", nw.String(), "nama lengkap seperti tertulis", Privacy.IDENTIFIER)
BIRTH = Column("tanggal_lahir", nw.Date(), "tanggal lahir", Privacy.PERSONAL)
GENDER = Column("jenis_kelamin", nw.String(), "L laki-laki, P perempuan", Privacy.PERSONAL, choices=SEX)
VILLAGE = Column("kode_desa", nw.String(), "kode Kemendagri desa/kelurahan, 10 angka", Privacy.PERSONAL)
OCCUPATION = Column("pekerjaan", nw.String(), "tanda pekerjaan", Privacy.PERSONAL, choices=OCCUPATIONS)
WORKER_ID = Column("id_pekerja", nw.String(), "pengenal orang di dalam keluaran ini", Privacy.PERSONAL, required=True)
PROPOSAL_ID = Column("id_usulan", nw.String(), "berkas#lembar#baris", Privacy.PERSONAL, required=True)
DECILE = Column("desil", nw.Int64(), "desil kesejahteraan, 1 termiskin", Privacy.SENSITIVE, unit="1-10")
DISABILITY = Column("disabilitas", nw.Int64(), "1 penyandang disabilitas", Privacy.SENSITIVE, unit="0/1")
HOUSEHOLD = Column("no_kk", nw.String(), "nomor Kartu Keluarga, 16 angka", Privacy.IDENTIFIER)
RELATION = Column("hubungan", nw.String(), "hubungan dalam keluarga", Privacy.PERSONAL, choices=RELATIONS)
FILE = Column("berkas", nw.String(), "berkas asal, relatif terhadap usulan/", Privacy.PUBLIC, required=True)
SHEET = Column("lembar", nw.String(), "lembar; kosong untuk CSV", Privacy.PUBLIC, required=True)
ROW = Column("baris", nw.Int64(), "nomor baris seperti di Excel", Privacy.PUBLIC, required=True)
POINTS = Column("poin", nw.Int64(), "poin prioritas", Privacy.SENSITIVE, required=True)
SOURCE = Column("sumber", nw.String(), "asal angka", Privacy.PUBLIC)
AREA = Column("wilayah", nw.String(), "kode wilayah", Privacy.PUBLIC, required=True)
MONTH = Column("bulan", nw.String(), "bulan, TTTT-BB", Privacy.PUBLIC, required=True)


def money(name: str, meaning: str) -> Column:
    """A public amount in whole rupiah."""
    return Column(name, nw.Int64(), meaning, Privacy.PUBLIC, required=True, unit="rupiah")
