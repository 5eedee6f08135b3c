"""Names that are one name written differently, and names that only look alike; each group says why."""

from itertools import combinations

import pytest

from jangkau.core.identity.name_reader import reader
from jangkau.core.identity.names import normalise, phonetic

# One sound, however written.
SAME = {
    "the Prophet's name": "Muhammad|Muhamad|Mohammad|Mohamad|Mochamad|Mukhammad|Mohd|Moh.|Much.|Mhd.",
    "its short forms before another name": "Muhammad Yusuf|M. Yusuf|Md Yusuf|M.Yusuf|H. Moh. Yusuf|Muhamadyusuf",
    "Ahmad": "Ahmad Yani|Akhmad Yani|Ach. Yani|Ahmat Yani|Yani Ahmad",
    "Abdul, apart, joined, shortened and assimilated": (
        "Abdul Rahman|Abdulrahman|Abdurrahman|Abdur Rahman|Abd. Rohman|Abdoerrachman|Abdurahman|Abdul Rachman"
    ),
    "Abdul before sy": "Abdul Syukur|Abdussyukur|Abdus Syukur|Abdul Sukur",
    "Siti": "Siti Aminah|St. Aminah|Sitti Aminah|Sti Amina|Hj. Siti Aminah|Sitiaminah",
    "Nur, apart and joined": "Nur Hayati|Nurhayati|Noor Hayati|Nr. Hayati",
    "old spelling of oe, dj, tj, nj, sj": "Sunyoto|Soenjoto",
    "old spelling of dj beside j": "Sujono|Soedjono|Sudjono",
    "old spelling of tj": "Cahyono|Tjahjono|Tjahyono",
    "old spelling of sj": "Syafri|Sjafri|Safri|Syafrie|Sapri",
    "Khairul": "Khairul|Chairul|Khoirul|Khoerul|Choirul|Hairul|Koirul|Kairul|Hoirul|Khaerul",
    "Khadijah": "Khadijah|Chadijah|Khodijah|Kadijah|Hadijah|Khadija",
    "Khotimah": "Khotimah|Chotimah|Hotimah|Kotimah|Khatimah",
    "Khalid": "Khalid|Kholid|Holid|Kalid|Chalid|Khalit",
    "Rahmat": "Rahmat|Rohmat|Rachmat|Rakhmat|Rokhmat|Rohmad|Rahmad|Rochmad",
    "Ibrahim": "Ibrahim|Ibrohim|Ibrohiem|Ibrahiem",
    "Mukhtar": "Mukhtar|Muchtar|Muhtar|Muktar",
    "Bukhari": "Bukhari|Buchori|Bukhori|Buhari|Bukori",
    "Zainal": "Zainal|Zaenal|Jainal|Sainal|Jaenal|Zenal|Zaynal",
    "Zulkifli": "Zulkifli|Zulkipli|Sulkifli|Julkifli|Zulkiefli|Dzulkifli",
    "Zulaikha": "Zulaikha|Zulaiha|Julaeha|Sulaika|Juleha|Zulaekha",
    "Rizki": "Rizki|Rizky|Riski|Rizqi|Rezki|Rijki|Riskie",
    "Aziz": "Aziz|Azis|Asis|Ajis|Ajiz",
    "Fauzi": "Fauzi|Fauzie|Pauzi|Fausi|Fauji|Pauji|Fozi",
    "Taufik": "Taufik|Taufiq|Taufiek|Topik|Taupik|Tofik|Tofiq",
    "Yusuf": "Yusuf|Yusup|Jusuf|Joesoef|Yoesoef|Yusuv",
    "Saleh": "Saleh|Soleh|Sholeh|Salih|Solleh|Shaleh",
    "Ramadhan": "Ramadhan|Ramadan|Romadhon|Romadon|Ramadlan",
    "Sa'diah: the ain as k, as nothing": "Sa'diah|Sakdiah|Sadiah|Sakdiyah|Saadiyah",
    "Syafi'i": "Syafi'i|Syafii|Syafei|Safei|Sapii",
    "Ghozali": "Ghozali|Ghazali|Gozali|Gazali",
    "Sobirin": "Sobirin|Shobirin|Sabirin",
    "Solahuddin": "Solahuddin|Shalahuddin|Salahudin|Solahudin",
    "Solikhah": "Solikhah|Sholihah|Solihah|Solikah|Salihah",
    "Imron": "Imron|Imran|Imraan",
    "Ridwan": "Ridwan|Riduan|Ridhwan|Riduwan",
    "Istiqomah": "Istiqomah|Istikomah|Istiqamah",
    "Elisabeth": "Elisabeth|Elizabeth|Elisabet",
    "La Ode": "La Ode Hasan|Ld. Hasan|La Ode Hassan",
    "Hidayat": "Hidayat|Hidajat|Hidayad",
    "Kadir": "Kadir|Qodir|Qadir|Kodir",
    "Rosyid": "Rosyid|Rasyid|Rosid|Rasid|Rasyit",
    "Fatimah: f or p, th, final h": "Fatimah|Fathimah|Patimah|Fatima|Phatimah",
    "Syarif": "Syarif|Sarif|Syarief|Sarip|Sharif",
    "Sofyan": "Sofyan|Sofian|Sopian|Shofyan|Sopyan|Sofiyan",
    "glides": "Suwardi|Suardi|Soewardi",
    "y or i before a vowel": "Mariati|Maryati|Mariyati",
    "prasetyo": "Prasetyo|Prasetio|Prasetiyo",
    "Javanese oh for ah": "Munawaroh|Munawarah|Munawwaroh|Munawara",
    "Christian names": "Kristian|Christian|Cristian",
    "Viktor": "Viktor|Victor|Fiktor|Vicktor",
    "Johanes": "Yohanes|Johanes|Yohannes|Johannes",
    "Chandra": "Candra|Chandra|Tjandra",
    "epenthesis": "Saputra|Saputera|Syahputra",
    "h left out": "Suharto|Suarto|Soeharto|Suhartho",
    "ie, doubled letters, final y": "Rudi|Rudy|Ruddy|Rudie",
}
# Written alike, but other people: only one sound or one letter is different, and people are told apart by it.
DIFFERENT = {
    "Javanese j is no s": ("Jumadi", "Sumadi"),
    "Javanese c is no k": ("Casmadi", "Kasmadi"),
    "a true k before a vowel stays": ("Kusnadi", "Husnadi"),
    "man and woman": ("Sudarto", "Sudarti"),
    "man and woman, Arabic": ("Nurhasan", "Nurhasanah"),
    "woman and man, Javanese": ("Wagiyem", "Wagimin"),
    "endings": ("Suryanto", "Suryanti"),
    "modern j is no y": ("Joko", "Yoko"),
    "modern nj is no ny": ("Banjar", "Banyar"),
    "wijaya keeps its j": ("Wijaya", "Wiyaya"),
    "ny is one sound": ("Kanya", "Kania"),
    "initials are letters, not sounds": ("Ali D", "Ali T"),
    "initials f and p": ("Ali F", "Ali P"),
    "Abdullah is no Abdul": ("Abdullah", "Abdul Lahab"),
    "marga": ("Rina br Sinaga", "Rina br Siregar"),
    "another father": ("Ali bin Ahmad", "Ali bin Umar"),
    "order of birth": ("I Wayan Sudarta", "I Made Sudarta"),
    "a marga that begins with siti": ("Lamhot Sitinjak", "Lamhot Injak"),
    "a degree's letters within a name": ("Amir Ma", "Amir"),
    "Salikin is Javanese, Salihin Arabic": ("Salikin", "Salihin"),
    "Radit is no Radin": ("Radit", "Radin"),
}
# Written as one person's name with more or less around it: the words that tell are the same.
SAME_WORDS = {
    "titles and degrees": ("Drs. H. Sofyan Hadi, S.H., M.Si.", "Sofyan Hadi"),
    "rank, retired": ("Serka (Purn) Sofyan Hadi", "Sofyan Hadi"),
    "customary title behind": ("Syafri Dt. Rajo Intan", "Syafri"),
    "raden": ("Rd. Sofyan Hadi", "Sofyan Hadi"),
    "haji behind a comma": ("Sofyan Hadi, H.", "H. Sofyan Hadi"),
    "anak, in Sumbawa": ("Sofyan ak. Hadi", "Sofyan Hadi"),
    "marks of Buton": ("La Ode Hasan", "Hasan"),
    "patronymic": ("Sofyan bin Hadi", "Sofyan Hadi"),
    "boru": ("Maria boru Sinaga", "Maria Br. Sinaga"),
    "nickname in brackets": ("Bahrun (Pak Jon)", "Bahrun"),
    "nickname in quotes": ('Bahrun "Jon"', "Bahrun"),
    "alias sign": ("Bahrun @ Jon", "Bahrun"),
    "dead": ("Alm. Karto Wiyono", "Karto Wiyono (alm)"),
    "common first word left out": ("Muhammad Sofyan", "Sofyan"),
    "order of birth left out": ("I Wayan Sudarta", "Sudarta"),
    "initial left out": ("Sofyan H.", "Sofyan"),
    "digits for letters": ("8udi 5antos0", "Budi Santoso"),
    "capitals, blanks, accents": ("  JOSÉ   da  costa ", "Jose Da Costa"),
    "hyphens": ("Muhammad Al-Faruq", "Muhammad Alfaruq"),
}


def telling(name: str) -> list[str]:
    return reader().telling(phonetic(name).split())


@pytest.mark.parametrize("group", SAME)
def test_one_name_has_one_sound(group: str) -> None:
    written = SAME[group].split("|")
    assert {name: phonetic(name) for name in written} == dict.fromkeys(written, phonetic(written[0]))


@pytest.mark.parametrize("why", DIFFERENT)
def test_names_that_only_look_alike_stay_apart(why: str) -> None:
    one, other = DIFFERENT[why]
    assert phonetic(one) != phonetic(other)


@pytest.mark.parametrize("why", SAME_WORDS)
def test_what_stands_around_a_name_does_not_tell(why: str) -> None:
    one, other = SAME_WORDS[why]
    assert telling(one) == telling(other)


def test_two_groups_never_meet() -> None:
    sounds = {group: phonetic(names.split("|")[0]) for group, names in SAME.items()}
    assert not [(one, other) for one, other in combinations(sounds, 2) if sounds[one] == sounds[other]]


@pytest.mark.parametrize("name", ["Andi", "Made", "M.", "St.", "Muhammad", "I", "S.Pd.", "bin"])
def test_a_name_of_one_rule_word_keeps_it(name: str) -> None:
    assert normalise(name)
    assert telling(name)


@pytest.mark.parametrize("title", ["Haji", "Hj.", "Bapak", "Bpk Haji", "Ibu (alm)", "Alm."])
def test_a_title_alone_is_no_name(title: str) -> None:
    assert normalise(title) == ""
    assert telling(title) == []


def test_a_title_before_a_name_in_brackets_leaves_that_name() -> None:
    assert normalise("Hj. (Siti)") == "SITI"
