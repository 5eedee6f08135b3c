"""What the estimate is and is not, said beside every output."""

MEANING = (
    "Diharapkan, sebelum kejadian: rata-rata yang dihitung dari peluang meninggal dan kecelakaan, bukan orang yang "
    "sudah keluar dari kemiskinan ekstrem."
)
CAVEATS = (
    "Ketahanan keluarga paling menentukan: bila keluarga menutup hampir semua penghasilan yang hilang, manfaatnya "
    "kecil. Karena itu angka pesimis selalu ditulis.",
    "Bukti yang melemahkan: studi panel Indonesia tidak menemukan rata-rata pengeluaran turun sesudah kematian pencari "
    "nafkah, dan sesudah sakit hanya turun pada keluarga desa dan miskin (Genoni 2012; Sparrow dkk. 2014).",
    "Bukti yang menguatkan: pada sakit berat keluarga menutup kurang dari 40 persen penghasilan yang hilang (Gertler "
    "dan Gruber 2002).",
    "Peserta lanjutan dihitung menunggu seperti peserta baru. Beasiswa, santunan JKK kematian dan cacat, dan JHT tidak "
    "dihitung. Tabel kematian adalah tabel penduduk, bukan pekerja.",
    "Mengejar angka ini akan menggeser perlindungan ke laki-laki yang lebih tua. Gunakan sebagai bahan pertimbangan di "
    "samping prioritas menurut peraturan, bukan penggantinya.",
)
PUBLISHED = (
    "Pengeluaran tiap desil ditaksir dari garis kemiskinan, persen miskin, dan rasio Gini terbitan, bukan dari survei "
    "keluarga yang diusulkan; desil nasional dianggap berlaku di daerah."
)
SURVEYED = (
    "Pengeluaran ditaksir dari survei menurut desil, banyak anggota, dan wilayah; kerentanan adalah peluang, bukan "
    "keluarga yang sudah diperiksa."
)


def caveats(*, surveyed: bool) -> list[str]:
    """What to read beside the figures."""
    return [*CAVEATS, SURVEYED if surveyed else PUBLISHED]
