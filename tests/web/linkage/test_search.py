"""A person is found by half a name, an old spelling or a part of the number, in one's own regions only."""

import matched
import pytest
from django.urls import reverse

from jangkau.apps.linkage import bulk
from jangkau.apps.linkage.keep import count_words
from jangkau.apps.linkage.models import Person, PersonWord
from jangkau.apps.linkage.search import MOST, begins, search
from jangkau.apps.linkage.words import words_of

PEOPLE = [  # name, region, number, birth
    ("MUHAMMAD SUHARTO", matched.NIUR, "1705011205800001", "1980-05-12"),
    ("MUHAMMAD JOKO SANTOSO", matched.NIUR, "1705011308790002", "1979-08-13"),
    ("SITI AMINAH", matched.NIUR, "1705014203850003", "1985-03-02"),
    ("SITI NURHALIZA", "1705012003", "1705014203860004", "1986-03-02"),
    ("SITI AMINAH", matched.KAUR, "1704014203850005", "1985-03-02"),
]


def fill(people):
    import polars as pl

    rows = list(enumerate(people, 1))
    names = ("id", "id_pekerja", "state", "nama", "region_code", "nik", "nik_balik", "tanggal_lahir", "status_tautan")
    told = [
        (at, f"p{at:016x}", "ada", nama, place, nik, nik[::-1], born, "cocok") for at, (nama, place, nik, born) in rows
    ]
    bulk.insert(Person, names, told)
    words = words_of(pl.DataFrame({"person": [at for at, _ in rows], "nama": [row[0] for _, row in rows]}))
    places = {at: row[1] for at, row in rows}
    bulk.insert(
        PersonWord, ("word", "region_code", "person"), [(word, places[at], at) for at, word in words.iter_rows()]
    )
    count_words()


@pytest.fixture
def filled(regions):
    fill(PEOPLE)


@pytest.fixture
def names(filled, user):
    clerk = user("operator_kab")
    return lambda text, *more: sorted(person.nama for person in search(clerk, text, *more).persons)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Mochamad Soeharto", ["MUHAMMAD SUHARTO"]),
        ("Djoko", ["MUHAMMAD JOKO SANTOSO"]),
        ("soehar", ["MUHAMMAD SUHARTO"]),
        ("H. Djoko Santoso, S.Pd bin Ali Muhammad", []),
        ("Hj. Siti Aminah binti", ["SITI AMINAH"]),
        ("siti nur", ["SITI NURHALIZA"]),
        ("aminah siti", ["SITI AMINAH"]),
        ("muhammad", ["MUHAMMAD JOKO SANTOSO", "MUHAMMAD SUHARTO"]),
        ("siti suharto", []),
        ("xyzzyq", []),
    ],
)
def test_by_name(names, asked, expected):
    assert names(asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("1705011205800001", ["MUHAMMAD SUHARTO"]),
        ("1705 0112 0580", ["MUHAMMAD SUHARTO"]),
        ("790002", ["MUHAMMAD JOKO SANTOSO"]),
        ("170501", ["MUHAMMAD JOKO SANTOSO", "MUHAMMAD SUHARTO", "SITI AMINAH", "SITI NURHALIZA"]),
        ("1704014203850005", []),
    ],
)
def test_by_number(names, asked, expected):
    assert names(asked) == expected


def test_a_question_that_asks_too_little_says_so(filled, user):
    clerk = user("operator_kab")
    assert search(clerk, "17050").wrong == "angka"
    assert search(clerk, "b").wrong == "pendek"


def test_place_and_year_narrow(names):
    assert names("siti") == ["SITI AMINAH", "SITI NURHALIZA"]
    assert names("siti", "1705012003") == ["SITI NURHALIZA"]
    assert names("siti", "1704") == []
    assert names("siti", "", 1985) == ["SITI AMINAH"]


def test_a_village_clerk_finds_the_village_alone(filled, user):
    found = search(user("operator_desa"), "siti")
    assert [person.region_code for person in found.persons] == [matched.NIUR]


def test_the_whole_province_finds_all(filled, user):
    assert len(search(user("pengelola"), "siti").persons) == 3


def test_no_more_than_a_page_is_given_and_it_says_that_there_are_others(regions, user):
    fill([("SITI AMINAH", matched.NIUR, f"17050142038{at:05}", "1985-03-02") for at in range(MOST + 5)])
    manager = user("pengelola")
    for text in ("siti", "siti am", "sit", "170501"):
        found = search(manager, text)
        assert (len(found.persons), found.more) == (MOST, True)


@pytest.mark.parametrize(
    ("start", "end"), [("1705", "1706"), ("1709", "171"), ("SUHAZ", "SUHB"), ("A9", "B"), ("99", None)]
)
def test_a_beginning_is_a_range(start, end):
    bounds = dict(begins("word", start).children)
    assert (bounds["word__gte"], bounds.get("word__lt")) == (start, end)


def test_the_page_masks_numbers_and_costs_the_same_for_many(filled, sign_in, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    client.get(reverse("people"), {"q": "siti"})
    with django_assert_max_num_queries(16):
        page = client.get(reverse("people"), {"q": "siti"}).content.decode()
    assert "1705••••••••0003" in page
    assert "1705014203850003" not in page
    assert "SITI AMINAH" in page


def test_a_merged_person_is_not_found(filled, names):
    Person.objects.filter(nama="MUHAMMAD SUHARTO").update(state="digabung")
    PersonWord.objects.filter(person__state="digabung").delete()
    assert names("suharto") == names("1705011205800001") == []


def test_a_wrong_year_is_told_at_the_field(filled, sign_in):
    page = sign_in("operator_kab").get(reverse("people"), {"q": "siti", "tahun": "abc"}).content.decode()
    assert "wrong" in page
