import pytest

from jangkau.core.identity.occupation import SILENT, Occupation, classify, occupation_table
from jangkau.core.tables.common import OCCUPATIONS, WORK_STATES

EXAMPLES = [(row, text) for row in occupation_table() for text in row["contoh"]]

# The occupations that identity cards print, with what each means here.
CARD = {
    "BUKAN_PEKERJA": "Belum/Tidak Bekerja;Mengurus Rumah Tangga;Pelajar/Mahasiswa;Pensiunan",
    "APARATUR": "Pegawai Negeri Sipil (PNS);Tentara Nasional Indonesia (TNI);Kepolisian RI (POLRI)",
    "DAGANG": "Perdagangan;Pedagang",
    "TANI": "Petani/Pekebun;Buruh Tani/Perkebunan",
    "TERNAK": "Peternak;Buruh Peternakan",
    "NELAYAN": "Nelayan/Perikanan;Buruh Nelayan/Perikanan",
    "BANGUNAN": "Konstruksi;Tukang Batu;Tukang Kayu",
    "ANGKUTAN": "Transportasi;Sopir;Pelaut",
    "ART": "Pembantu Rumah Tangga",
    "PERANGKAT": "Perangkat Desa;Kepala Desa",
    "JASA": (
        "Karyawan Honorer;Tukang Cukur;Tukang Listrik;Tukang Sol Sepatu;Tukang Las/Pandai Besi;Tukang Jahit;"
        "Tukang Gigi;Penata Rias;Penata Busana;Penata Rambut;Mekanik;Seniman;Tabib;Paraji;Perancang Busana;Penterjemah;"
        "Imam Masjid;Pendeta;Pastor;Wartawan;Ustadz/Mubaligh;Juru Masak;Promotor Acara;Dosen;Guru;Pilot;Pengacara;"
        "Notaris;Arsitek;Akuntan;Konsultan;Dokter;Bidan;Perawat;Apoteker;Psikiater/Psikolog;Penyiar Televisi;"
        "Penyiar Radio;Peneliti;Pialang;Paranormal;Biarawati"
    ),
    "LAIN": (
        "Industri;Karyawan Swasta;Karyawan BUMN;Karyawan BUMD;Buruh Harian Lepas;Wiraswasta;Lainnya;Anggota DPR-RI;"
        "Anggota DPD;Anggota BPK;Presiden;Wakil Presiden;Anggota Mahkamah Konstitusi;Anggota Kabinet/Kementerian;"
        "Duta Besar;Gubernur;Wakil Gubernur;Bupati;Wakil Bupati;Walikota;Wakil Walikota;Anggota DPRD Provinsi;"
        "Anggota DPRD Kabupaten/Kota"
    ),
}
PRINTED = [(text, meaning) for meaning, texts in CARD.items() for text in texts.split(";")]


@pytest.mark.parametrize(("row", "text"), EXAMPLES)
def test_every_example_of_the_table(row: dict, text: str) -> None:
    state = row.get("keadaan", "BEKERJA")
    assert classify(text) == (SILENT if state == "DIAM" else Occupation(row["tag"], state))


@pytest.mark.parametrize("row", occupation_table(), ids=lambda row: row["kata"][0])
def test_every_word_alone_means_what_its_entry_says(row: dict) -> None:
    state = row.get("keadaan", "BEKERJA")
    meant = SILENT if state == "DIAM" else Occupation(row["tag"], state)
    assert {word: classify(word) for word in [*row["kata"], *row.get("seluruh", ())] if classify(word) != meant} == {}


def test_the_table_uses_declared_words_only() -> None:
    for row in occupation_table():
        assert row["contoh"]
        assert row.get("keadaan", "BEKERJA") in (*WORK_STATES, "DIAM")
        assert row.get("tag", "LAIN") in OCCUPATIONS
        assert all(word == " ".join(word.lower().split()) for word in [*row["kata"], *row.get("seluruh", ())])


@pytest.mark.parametrize(("text", "meaning"), PRINTED)
def test_the_occupations_of_the_identity_card(text: str, meaning: str) -> None:
    for written in (text, text.upper()):
        tag, status = ("LAIN", meaning) if meaning in WORK_STATES else (meaning, "BEKERJA")
        assert classify(written) == Occupation(tag, status)


@pytest.mark.parametrize(
    ("text", "tag", "status"),
    [
        ("tani / dagang", "TANI", "BEKERJA"),
        ("dagang dan tani", "DAGANG", "BEKERJA"),
        ("buruh / tani", "TANI", "BEKERJA"),
        ("IRT/petani", "TANI", "BEKERJA"),
        ("ibu rumah tangga jualan kue", "DAGANG", "BEKERJA"),
        ("ikut suami melaut", "NELAYAN", "BEKERJA"),
        ("ojek anak sekolah", "ANGKUTAN", "BEKERJA"),
        ("pengumpul barang bekas", "DAGANG", "BEKERJA"),
        ("kader posyandu lansia", "JASA", "BEKERJA"),
        ("buruh angkut sawit", "SAWIT", "BEKERJA"),
        ("Pensiunan, tani", "TANI", "BEKERJA"),
        ("PNS / tani", "LAIN", "APARATUR"),
        ("tani, mantan PNS", "TANI", "BEKERJA"),
        ("petnai", "TANI", "BEKERJA"),
        ("nelyan", "NELAYAN", "BEKERJA"),
        ("Pedangang", "DAGANG", "BEKERJA"),
        ("pelajr", "LAIN", "BUKAN_PEKERJA"),
        ("peramal zodiak", "LAIN", "BEKERJA"),
        ("tukang sawit", "SAWIT", "BEKERJA"),
        ("buruh panen sawit harian", "SAWIT", "BEKERJA"),
        ("PETANI  KARET", "TANI", "BEKERJA"),
        ("Tukang Ojek Pangkalan", "ANGKUTAN", "BEKERJA"),
    ],
)
def test_mixed_and_misspelt(text: str, tag: str, status: str) -> None:
    assert classify(text) == Occupation(tag, status)
