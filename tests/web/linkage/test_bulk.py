"""Many numbers at once: asked about, and read."""

import pytest
from django.db.models import F

from jangkau.apps.linkage.bulk import Among, numbers
from jangkau.apps.linkage.models import WordCount

pytestmark = pytest.mark.django_db
_TABLE = WordCount._meta.db_table


def test_numbers_come_as_they_are_whatever_their_sign_and_size():
    WordCount.objects.bulk_create(WordCount(word=f"k{n}", persons=n) for n in range(40))
    asked = f"SELECT CAST(persons AS BIGINT) * 65536, CAST(20 - persons AS BIGINT) FROM {_TABLE}"
    assert sorted(map(tuple, numbers(asked, 2).tolist())) == [(n * 65536, 20 - n) for n in range(40)]


def test_of_no_row_there_is_no_number():
    assert numbers(f"SELECT CAST(persons AS BIGINT) FROM {_TABLE}", 1).shape == (0, 1)


def test_one_of_many_is_asked_in_one_parameter():
    WordCount.objects.bulk_create(WordCount(word=f"k{n}", persons=n) for n in range(5))
    found = WordCount.objects.filter(Among(F("persons"), [*range(3, 300_000)]))
    assert sorted(found.values_list("persons", flat=True)) == [3, 4]
    assert not WordCount.objects.filter(Among(F("persons"), [])).exists()
