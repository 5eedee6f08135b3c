"""Messages and questions hold the numbers of the day's law, with their conditions, and nothing that was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.apps.portal import facts
from jangkau.core.kernel.month import month_of
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book
from jangkau.core.law.membership import waiting_months
from jangkau.core.outreach.messages import BLANK, CHANNELS, PLACES, amounts, check, dated, message, sms, templates
from jangkau.core.outreach.questions import Answers, added, bank

ON = date(2026, 11, 22)
TOLD = amounts(ON)


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.code)
def test_every_message_says_which_insurance_and_never_a_benefit_without_its_wait(template):
    text = message(template.text, TOLD)
    assert template.channel in CHANNELS
    assert "ukan BPJS Kesehatan" in text
    assert f"{waiting_months(month_of(ON))} bulan" in text
    assert "{" not in text
    assert "Angka per 22 November 2026." in dated(text, ON)


def test_the_messages_for_sms_fit_into_two():
    for template in templates():
        if template.channel == "sms":
            length = sms(dated(message(template.text, TOLD), ON))
            assert (length.odd, length.parts) == ("", 2)


def test_amounts_are_those_of_the_public_pages():
    book, gifts = Book.load(), facts.gifts(ON, 1_000_000, Book.load())
    price = facts.price(ON, book=book)
    assert TOLD["iuran"] == f"Rp{price.today:,}".replace(",", ".")
    assert TOLD["iuran_penuh"] == f"Rp{price.full:,}".replace(",", ".")
    assert [TOLD[name].removesuffix(".000.000") + " juta" for name in ("santunan_awal", "santunan")] == [
        gift.amount for gift in gifts["meninggal"][:2]
    ]
    assert TOLD["beasiswa_tahun"] in gifts["meninggal"][2].condition


def test_amounts_follow_the_law_of_the_day():
    """PP 50/2025: half the contribution of transport workers in 2026 and early 2027, and in full afterwards."""
    half, whole = (amounts(on, sector="ANGKUTAN") for on in (date(2027, 2, 1), date(2028, 2, 1)))
    assert half["iuran"] != whole["iuran"] == whole["iuran_penuh"] == half["iuran_penuh"]


def test_what_is_not_known_is_a_line_to_write_on():
    assert message("Datang {hari} ke {tempat}.", {"hari": "Senin"}) == f"Datang Senin ke {BLANK}."


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Dapat {hadiah}", "PESAN_TEMPAT", "hadiah"), ("{iuran.x}", "PESAN_TEMPAT", "iuran"),
        ("{0}", "PESAN_TEMPAT", "0"), ("{}", "PESAN_TEMPAT", "{}"), ("{iuran!r}", "PESAN_TEMPAT", "iuran"),
        ("{iuran:>9}", "PESAN_TEMPAT", "iuran"), ("{iuran", "PESAN_KURUNG", "kurung"), ("iuran}", "PESAN_KURUNG", ""),
        ("Bayar Rp16.800 saja", "PESAN_ANGKA", "Rp16.800"), ("dapat rp 42 juta", "PESAN_ANGKA", "rp 42 juta"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled_is_refused_and_says_what_can(text, code, words):
    with pytest.raises(Problem, match=code) as told:
        message(text, TOLD)
    assert words in str(told.value)
    if code == "PESAN_TEMPAT":
        assert "iuran_penuh" in told.value.saran


@given(st.text(alphabet="ab{}iuran!:.0 ", max_size=12))
def test_whatever_is_written_is_filled_or_refused(text):
    try:
        names = check(text)
    except Problem as told:
        code = told.kind.kode
        with pytest.raises(Problem, match=code):
            message(text, TOLD)
        return
    assert {*names} <= {*PLACES}
    assert all(TOLD.get(name, BLANK) in message(text, TOLD) for name in names)


@pytest.mark.parametrize(
    ("text", "characters", "parts"),
    [("", 0, 1), ("a" * 160, 160, 1), ("a" * 161, 161, 2), ("a" * 307, 307, 3), ("[" * 80, 160, 1), ("[" * 81, 162, 2),
     ("–" + "a" * 69, 70, 1), ("–" + "a" * 70, 71, 2), ("🙏", 2, 1)],
)  # fmt: skip
def test_an_sms_is_as_long_as_the_network_counts_it(text, characters, parts):
    assert (sms(text).characters, sms(text).parts) == (characters, parts)


def test_every_question_has_one_right_answer_among_answers_that_differ():
    for question in bank(TOLD).values():
        assert len(set(question.answers)) == len(question.answers) > question.right >= 0
    assert bank(TOLD)["tunggu"].answers[bank(TOLD)["tunggu"].right] == f"{TOLD['tunggu']} bulan"


def test_scores_are_shares_of_who_answered():
    both = added([Answers(10, 4, 8, 6), Answers(30, 6, 12, 9)])
    assert (both.before, both.after, both.gain) == (25.0, 75.0, 50.0)
    assert Answers(5, 2).gain is None
    for row in ((5, 6), (5, -1), (0, 0, 3, 4), (-1, -1)):
        with pytest.raises(Problem, match="SOSIALISASI_JAWAB"):
            Answers(*row)
