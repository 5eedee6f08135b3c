"""Names as villages write them."""

import pytest

from jangkau.core import engine
from jangkau.core.identity.name_reader import reader
from jangkau.core.identity.names import normalise, normalise_frame, phonetic


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Suharto", "SUHARTO"),
        ("  siti   AMINAH ", "SITI AMINAH"),
        ("José Sumarno", "JOSE SUMARNO"),
        ("Ba'asyir", "BAASYIR"),
        ("S1ti Aminah", "SITI AMINAH"),
        ("12. Budi", "BUDI"),
        ("H.", ""),
        ("", ""),
        ("...", ""),
        ("12", ""),
        ("Dr. Ir. H. Joko Widodo, M.Sc., Ph.D.", "JOKO WIDODO"),
        ("K.H. Zainuddin", "ZAINUDDIN"),
        ("DRS.H.SOFYAN", "SOFYAN"),
        ("H.M. Yusuf", "MUHAMMAD YUSUF"),
        ("M.Yusuf", "MUHAMMAD YUSUF"),
        ("Yusuf M", "YUSUF M"),
        ("Budi Santoso S. Pd.I", "BUDI SANTOSO"),
        ("Rina Wati A. Md. Keb", "RINA WATI"),
        ("Rini, S.Pd., Gr.", "RINI"),
        ("Sutrisno SE SH MM", "SUTRISNO"),
        ("Amir Ma", "AMIR MA"),
        ("Karto (Alm)", "KARTO"),
        ("Serka (Purn) Karto", "KARTO"),
        ("Bahrun (Jon)", "BAHRUN"),
        ('Bahrun "Jon"', "BAHRUN"),
        ("Bahrun [Jon", "BAHRUN"),
        ("(Bahrun)", "BAHRUN"),
        ("Bahrun Als Jon", "BAHRUN"),
        ("B. Ahmad", "B AHMAD"),
        ("Ahmad B", "AHMAD B"),
        ("Rina br Sinaga", "RINA SINAGA"),
        ("I Wayan Sudarta", "I WAYAN SUDARTA"),
        ("Andi Mappanyukki", "ANDI MAPPANYUKKI"),
        ("Ananda Putri", "ANANDA PUTRI"),
        ("Muhammad Al-Faruq", "MUHAMMAD AL FARUQ"),
        ("Hajar Irawan", "HAJAR IRAWAN"),
        ("SAID / SAIFUL", "SAID SAIFUL"),
        ("Abdullah", "ABDULLAH"),
        ("Abdulah", "ABDULAH"),
        ("Lamhot Sitinjak", "LAMHOT SITINJAK"),
    ],
)
def test_names_as_they_come(written: str, expected: str) -> None:
    assert normalise(written) == expected


@pytest.mark.parametrize(
    "name",
    ["A " * 300, "Budi " * 100, "M. " * 150, "\u33a7 " * 200, "x" * 5000, "(" * 300, "\n\t", "@", "aa H. Budi", "M.ez"],
)
def test_a_name_of_any_length_is_read_the_same_in_a_frame(name: str) -> None:
    frame = normalise_frame(engine.from_columns({"nama": [name, "Budi"]}), "nama")
    assert frame["nama_baku"].to_list() == [normalise(name), "BUDI"]
    assert len(normalise(name)) <= 200 * len("MUHAMMAD")


def test_a_frame_gets_the_same_forms_as_single_names() -> None:
    written = ["H. Abd. Rahman", "SOEKARNO", None, ""]
    frame = normalise_frame(engine.from_columns({"nama": written}), "nama")
    assert frame["nama_baku"].to_list() == ["ABDUL RAHMAN", "SOEKARNO", None, ""]
    assert frame["nama_bunyi"].to_list() == [phonetic("Abdul Rahman"), phonetic("Sukarno"), None, ""]
    assert frame["kata_akhir"].to_list()[1] == phonetic("Sukarno")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Bandi alias Jon Efendi", ["BANDI", "EPENDI", "JON"]),
        ("Bandi als.Jon", ["BANDI", "JON"]),
        ("Bandi pgl: H. Jon, S.Pd", ["BANDI", "JON"]),
        ("Bandi @ Jon", ["BANDI", "JON"]),
        ("Bandi (Jon)", ["BANDI", "JON"]),
        ("Bandi (alias Jon)", ["BANDI", "JON"]),
        ("Bandi “Jon”", ["BANDI", "JON"]),
        ("Bandi [Jon", ["BANDI", "JON"]),
        ("(Bandi)", ["BANDI"]),
        ("Bandi alias Jon alias Tole", ["BANDI", "JON", "TOLE"]),
        ("Bandi alias Siti", ["BANDI"]),
        ("Bandi Dt. Rajo", ["BANDI"]),
        ("Bandi (alm)", ["BANDI"]),
        ("Bandi (S.Pd)", ["BANDI"]),
        ("Bandi (istri Jon)", ["BANDI"]),
        ("Bandi (RT 01)", ["BANDI"]),
        ("Bandi (Mawar 2)", ["BANDI"]),
        ("Bandi alias", ["BANDI"]),
        ("Bandi ()", ["BANDI"]),
        ("alias", ["ALIAS"]),
    ],
)
def test_another_name_counts_among_the_telling_words_and_a_note_does_not(written: str, words: list[str]) -> None:
    assert reader().words(written) == words
