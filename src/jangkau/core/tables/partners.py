"""What partners bring: companies."""

import narwhals as nw

from jangkau.core.tables import common as c
from jangkau.core.tables.schema import Column, Privacy, Table

PERUSAHAAN = Table(
    "perusahaan",
    "perusahaan di register perusahaan",
    (
        Column("nama", nw.String(), "nama perusahaan", Privacy.PUBLIC, required=True),
        Column("npp", nw.String(), "nomor pendaftaran perusahaan; kosong berarti belum terdaftar", Privacy.PERSONAL),
        Column("nib", nw.String(), "Nomor Induk Berusaha, 13 angka", Privacy.PERSONAL),
        Column("npwp", nw.String(), "Nomor Pokok Wajib Pajak, 15 atau 16 angka", Privacy.PERSONAL),
        c.AREA,
        Column("alamat", nw.String(), "alamat", Privacy.PERSONAL),
        Column("skala", nw.String(), "skala usaha", Privacy.PUBLIC, choices=c.SCALES),
        Column("sektor", nw.String(), "sektor usaha", Privacy.PUBLIC),
        Column("pekerja", nw.Int64(), "pekerja menurut perusahaan sendiri", Privacy.PUBLIC, unit="orang"),
        Column("program", nw.String(), "program yang diikuti, dipisah |", Privacy.PUBLIC),
    ),
)
