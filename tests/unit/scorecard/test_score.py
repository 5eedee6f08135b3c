"""Scores: weights, what does not apply, conditions, evidence, evaluators; against a naive reckoning."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.kernel.problems import Problem
from jangkau.core.scorecard import Answer, Instrument, duties, parse, read, score, shipped, shown

START = date(2026, 1, 1)


def ask(kode: str, bobot: float = 1, jenis: str = "ya_tidak", **more) -> dict:
    return {"kode": kode, "tanya": f"Apakah {kode}?", "jenis": jenis, "bobot": bobot, **more}


def instrument(*sections: tuple[float, list[dict]], **more) -> Instrument:
    told = {
        "kode": "UJI", "versi": "1", "judul": "Uji", "pembuat": "kami", "resmi": False, "tidak_berlaku": "bagian",
        "pita": [{"nama": "rendah", "mulai": 0}, {"nama": "tinggi", "mulai": 50}],
        "bagian": [
            {"kode": f"B{n}", "judul": "Bagian", "bobot": weight, "pertanyaan": questions}
            for n, (weight, questions) in enumerate(sections)
        ],
    }  # fmt: skip
    return Instrument.model_validate({**told, **more})


YES, NO, NA = Answer("ya"), Answer("tidak"), Answer(na=True, why="tidak ada")


def test_weights_split_a_section_and_sections_the_whole():
    form = instrument((30, [ask("A", 1), ask("B", 2)]), (70, [ask("C")]))
    result = score(form, {"A": YES, "B": NO, "C": YES}, start=START)
    assert [round(mark.points, 6) for mark in result.marks] == [10, 0, 70]
    assert (round(result.percent, 6), result.band, result.answered) == (80, "tinggi", 100)


def test_what_is_unanswered_earns_nothing_and_stays_possible():
    result = score(instrument((1, [ask("A"), ask("B")])), {"A": YES}, start=START)
    assert (result.percent, result.answered, [m.question.kode for m in result.unanswered]) == (50, 50, ["B"])


@pytest.mark.parametrize(("rule", "expected"), [("bagian", 50.0), ("keluar", 100 * 50 / 75)])
def test_the_weight_of_what_does_not_apply_goes_where_the_instrument_says(rule, expected):
    form = instrument((50, [ask("A", boleh_tidak_berlaku=True), ask("B")]), (50, [ask("C")]), tidak_berlaku=rule)
    result = score(form, {"A": NA, "B": NO, "C": YES}, start=START)
    assert result.percent == pytest.approx(50.0 if rule == "bagian" else 100 * 50 / 75)
    assert result.percent == pytest.approx(expected)


def test_not_applicable_counts_as_unanswered_where_it_is_not_allowed():
    assert score(instrument((1, [ask("A")])), {"A": NA}, start=START).unanswered


def test_a_section_of_which_nothing_applies_leaves():
    form = instrument((50, [ask("A", boleh_tidak_berlaku=True)]), (50, [ask("B")]))
    result = score(form, {"A": NA, "B": YES}, start=START)
    assert (result.percent, result.possible, result.sections[0].percent) == (100, 50, None)


@pytest.mark.parametrize(("otherwise", "percent"), [("nol", 0.0), ("keluar", 0.0)])
def test_saying_no_never_escapes_the_question_behind_it_unless_declared(otherwise, percent):
    behind = ask("B", bila={"pertanyaan": "A", "jawaban": ["ya"], "selain_itu": otherwise})
    form = instrument((1, [ask("A"), behind]))
    result = score(form, {"A": NO, "B": YES}, start=START)
    assert (result.percent, result.marks[1].state) == (percent, "tidak_ditanya")
    assert (result.marks[1].possible == 0) == (otherwise == "keluar")
    assert score(form, {}, start=START).marks[1].state == "menunggu"
    assert score(form, {"A": YES, "B": YES}, start=START).percent == 100


def test_a_question_behind_one_that_does_not_apply_does_not_apply():
    form = instrument(
        (1, [ask("A", boleh_tidak_berlaku=True), ask("B", bila={"pertanyaan": "A", "jawaban": ["ya"]}), ask("C")])
    )
    result = score(form, {"A": NA, "C": YES}, start=START)
    assert (result.percent, result.marks[1].state) == (100, "tidak_berlaku")


def test_missing_evidence_costs_what_the_instrument_says():
    form = instrument((1, [ask("A", bukti="SK", bukti_wajib=True)]), tanpa_bukti=0.25)
    bare, proven = (score(form, {"A": YES}, start=START, evidence=found) for found in ((), {"A"}))
    assert (bare.percent, len(bare.evidence_missing), proven.percent, proven.evidence_missing) == (25, 1, 100, [])
    assert bare.raises()[0].gain == pytest.approx(0.75)


def test_an_evaluators_word_holds_instead_of_the_answers_and_only_for_answers():
    form = instrument((1, [ask("A"), ask("B")]))
    result = score(form, {"A": YES}, start=START, judged={"A": 0.5, "B": 1.0})
    assert (result.percent, result.marks[0].own, result.marks[0].share) == (25, 1, 0.5)


@pytest.mark.parametrize(
    ("question", "answer", "share"),
    [
        (ask("A", jenis="tingkat", tingkat=[{"kode": "x", "kata": "X", "nilai": 0.3}]), Answer("x"), 0.3),
        (ask("A", jenis="tingkat", tingkat=[{"kode": "x", "kata": "X", "nilai": 0.3}]), Answer("hilang"), 0),
        (ask("A", jenis="angka", jenjang=[{"mulai": 5, "nilai": 0.5}, {"mulai": 9, "nilai": 1}]), Answer(4.9), 0),
        (ask("A", jenis="angka", jenjang=[{"mulai": 5, "nilai": 0.5}, {"mulai": 9, "nilai": 1}]), Answer(5.0), 0.5),
        (ask("A", jenis="persen", jenjang=[{"mulai": 50, "nilai": 1}]), Answer(part=1, whole=2), 1),
        (ask("A", jenis="tanggal", hari=30), Answer("2026-01-31"), 1),
        (ask("A", jenis="tanggal", hari=30), Answer("2026-02-01"), 0),
        (ask("A", jenis="dokumen"), Answer("SK 1/2026"), 1),
    ],
)  # fmt: skip
def test_every_kind_of_answer_earns_its_share(question, answer, share):
    assert score(instrument((1, [question])), {"A": answer}, start=START).percent == pytest.approx(100 * share)


def test_zero_is_an_answer():
    form = instrument((1, [ask("A", jenis="persen", jenjang=[{"mulai": 50, "nilai": 1}])]))
    assert score(form, {"A": Answer(part=0.0, whole=9.0)}, start=START).answered == 100


weights = st.floats(0.1, 50)
answers = st.sampled_from([YES, NO, NA, None])
cards = st.lists(
    st.tuples(weights, st.lists(st.tuples(weights, answers), min_size=1, max_size=5)), min_size=1, max_size=4
)


def naive(card, rule: str) -> float | None:
    """By the words of the instrument, section by section."""
    points = possible = 0.0
    for weight, questions in card:
        applies = [(w, a) for w, a in questions if a is not NA]
        whole = sum(w for w, _ in (applies if rule == "bagian" else questions))
        for w, a in applies:
            possible += weight * w / whole
            points += weight * w / whole if a is YES else 0
    return 100 * points / possible if possible else None


def filled(card, rule: str):
    form = instrument(
        *(
            (weight, [ask(f"Q{s}-{n}", w, boleh_tidak_berlaku=True) for n, (w, _) in enumerate(qs)])
            for s, (weight, qs) in enumerate(card)
        ),
        tidak_berlaku=rule,
    )
    return form, {f"Q{s}-{n}": a for s, (_, qs) in enumerate(card) for n, (_, a) in enumerate(qs) if a}


@settings(max_examples=tries(60), deadline=None)
@given(cards, st.sampled_from(["bagian", "keluar"]))
def test_the_score_is_the_naive_one_and_its_parts_add_up(card, rule):
    form, told = filled(card, rule)
    result = score(form, told, start=START)
    assert result.percent == pytest.approx(naive(card, rule))
    assert sum(m.points for m in result.marks) == pytest.approx(result.points)
    assert result.points + sum(m.gain for m in result.marks) == pytest.approx(result.possible)
    if rule == "bagian" and all(s.possible for s in result.sections):
        assert result.possible == pytest.approx(sum(weight for weight, _ in card))


@settings(max_examples=tries(60), deadline=None)
@given(cards, st.data())
def test_a_better_answer_never_lowers_the_score(card, data):
    form, told = filled(card, "bagian")
    kode = data.draw(st.sampled_from(sorted(form.questions)))
    low, high = (score(form, {**told, kode: answer}, start=START).percent for answer in (NO, YES))
    assert low <= high + 1e-9


@pytest.mark.parametrize("name", sorted(shipped()))
def test_instruments_of_our_own_say_that_they_are_not_official_and_can_be_filled_whole(name):
    form = read(shipped()[name])
    assert not form.resmi
    assert form.pembuat == "Jangkau"
    best = {"ya_tidak": Answer("ya"), "angka": Answer(1e12), "persen": Answer(part=1.0, whole=1.0), 
            "tanggal": Answer("2026-01-02"), "dokumen": Answer("ada"), "teks": Answer("isi")}  # fmt: skip
    told = {
        k: best.get(q.jenis) or Answer(max(q.tingkat, key=lambda level: level.nilai).kode)
        for k, q in form.questions.items()
    }
    result = score(form, told, start=START, evidence=form.questions)
    assert result.percent == pytest.approx(100)
    assert result.band == form.pita[-1].nama


def test_duties_are_met_unmet_or_unknown():
    form = instrument((1, [ask("A", kewajiban="satu"), ask("B", kewajiban="dua"), ask("C", kewajiban="tiga"),
                           ask("D", kewajiban="empat", boleh_tidak_berlaku=True)]))  # fmt: skip
    result = score(form, {"A": YES, "B": NO, "D": NA}, start=START)
    rows = duties([("1705", START, result)]).rows(named=True)
    assert {row["kewajiban"]: row["terpenuhi"] for row in rows} == {"satu": True, "dua": False, "tiga": None}


def test_duties_are_what_the_indicator_is_counted_from():
    from jangkau.core.coverage import office

    result = score(instrument((1, [ask("A", kewajiban="satu"), ask("B", kewajiban="dua")])), {"A": YES}, start=START)
    row = office.duties(duties([("1705", START, result)]), "17").row(0, named=True)
    assert (row["pembilang"], row["penyebut"], row["catatan"]) == (1, 1, "1 kewajiban belum dijawab")


PERCENT = instrument((1, [ask("A", jenis="persen", satuan="orang", jenjang=[{"mulai": 0, "nilai": 1}])])).questions["A"]
NUMBER = instrument((1, [ask("A", jenis="angka", jenjang=[{"mulai": 0, "nilai": 1}])])).questions["A"]
MAYBE = instrument((1, [ask("A", boleh_tidak_berlaku=True)])).questions["A"]
DAY = instrument((1, [ask("A", jenis="tanggal")])).questions["A"]


@pytest.mark.parametrize(
    ("question", "told", "words"),
    [
        (PERCENT, {"pembilang": "1.500", "penyebut": "3.000"}, "50,0% (1.500 dari 3.000 orang)"),
        (NUMBER, {"nilai": "1.234,5"}, "1.234,5"), (NUMBER, {"nilai": "12345"}, "12.345"),
        (MAYBE, {"nilai": "ya"}, "Ya"), (DAY, {"nilai": "2026-02-03"}, "3 Februari 2026"),
        (MAYBE, {"tidak_berlaku": "on", "alasan": "tidak ada"}, "Tidak berlaku: tidak ada"), (MAYBE, {}, ""),
        (PERCENT, {"pembilang": "", "penyebut": ""}, ""),
    ],
)  # fmt: skip
def test_an_answer_is_read_and_told_again(question, told, words):
    answer = parse(question, told)
    assert shown(question, answer and Answer.read(answer.kept())) == words


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (PERCENT, {"pembilang": "1"}), (PERCENT, {"pembilang": "1", "penyebut": "0"}), 
        (NUMBER, {"nilai": "1,2,3"}),
        (NUMBER, {"nilai": "-1"}), (NUMBER, {"nilai": "nan"}), (NUMBER, {"nilai": "9" * 400}),
        (MAYBE, {"nilai": "mungkin"}),
        (MAYBE, {"tidak_berlaku": "on"}), (NUMBER, {"tidak_berlaku": "on", "alasan": "x"}),
        (DAY, {"nilai": "31-12-2026"}),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_told_with_its_question(question, told):
    with pytest.raises(Problem, match="A: "):
        parse(question, told)
