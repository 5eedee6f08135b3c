"""What ODK Collect and the offline page compute differently is refused at upload, with how to write it instead."""

import pytest
from examples_of_forms import FOLDER, NAMES, example
from sheets_of_forms import book, survey

from jangkau.core.field import Built, build, features
from jangkau.core.field.check import Refusal
from jangkau.core.field.expression import Unreadable, parse

HEAD = ("type", "name", "label", "calculation", "relevant", "default")
QUESTIONS = [
    ("integer", "a", "A"), ("decimal", "c", "C"), ("date", "d", "D"), ("text", "t", "T"),
    ("begin repeat", "r", "R"), ("integer", "u", "U"), ("calculate", "x", ""), ("end repeat", "", ""),
    ("time", "j", "J"), ("range", "s", "S"),
]  # fmt: skip


def refused(formula: str, column: str = "calculation", kind: str = "calculate", within: bool = False) -> list[Refusal]:
    """What is said of a formula in a question of its own, or in the question within the repeat."""
    row = [kind, "x" if within else "y", "Y", *[""] * 3]
    row[HEAD.index(column)] = formula
    rows = [(*q, "", "", "") for q in QUESTIONS if q[1] != "x"]
    rows.insert(6 if within else len(rows), tuple(row))
    found = build(book(survey(*rows, head=HEAD)))
    return found if isinstance(found, list) else []


@pytest.mark.parametrize(
    ("formula", "instead"),
    [
        ("sum(${u})", "coalesce(sum(${u}[. != '']), 0)"),
        ("sum(${u}[. != ''])", "coalesce(sum(${u}[. != '']), 0)"),
        ("max(${u})", "max(${u}[. != ''])"),
        ("min(${u}[. > 3])", "min(${u}[. != ''])"),
        ("max(${a}, 3)", "if(${a} > 3, ${a}, 3)"),
        ("${a} > 3", "if(${a} > 3, 1, 0)"),
        ("${a} = 1 and ${t} = 'x'", "if(${a} = 1 and ${t} = 'x', 1, 0)"),
        ("regex(${t}, '^a$')", "if(regex(${t}, '^a$'), 1, 0)"),
        ("if(${a} = 1, true(), 0)", "if(${a} = 1, 1, 0)"),
        ("today()", "format-date(today(), '%Y-%m-%d')"),
        ("coalesce('', date('2026-01-01'))", "coalesce('', format-date(date('2026-01-01'), '%Y-%m-%d'))"),
        ("format-date(today() + 1, '%Y')", "format-date(date(today() + 1), '%Y')"),
        ("format-date(${d}, '%B')", "format-date(${d}, '%n')"),
        ("format-date(${d}, ${t})", "format-date(${d}, '%d')"),
        ("number(${d})", "today() - ${d}"),
        ("number(today())", "today() - ${d}"),
        ("number(${t})", "number(${a})"),
        ("if(${t} > 3, 1, 0)", "if(${a} > 3, 1, 0)"),
        ("${t} + 1", "${a} + 1"),
        ("concat('Rp', ${c})", "concat('Rp', number(${c}))"),
        ("${c}", "number(${c})"),
        ("string-length(once(uuid()))", "once(uuid())"),
        ("if(regex(${t}, 'a'), 1, 0)", "if(regex(${t}, '^.*a.*$'), 1, 0)"),
        ("if(regex(${t}, '^a|b$'), 1, 0)", "if(regex(${t}, '^(a|b)$'), 1, 0)"),
        ("if(${a}, 1, 0)", "if(${a} != '', 1, 0)"),
        ("${j}", "if(${j} != '', 1, 0)"),
        ("if(${j} > '05:00', 1, 0)", "if(${j} = '', 0, 1)"),
        ("format-date(${j}, '%H')", "if('' != ${j}, 1, 0)"),
        ("concat('Rp', ${s})", "concat('Rp', number(${s}))"),
        ("if(not(${t}), 1, 0)", "if(not(${t} != ''), 1, 0)"),
    ],
)
def test_each_difference_is_refused_and_has_another_way(formula, instead):
    [found, *_] = refused(formula)
    assert (found.where, found.kode) == ("survey!D11", "FORMULIR_RUMUS_BEDA")
    assert refused(instead) == []


@pytest.mark.parametrize("column", ["relevant", "calculation"])
def test_a_repeat_spoken_of_within_itself(column):
    text = {"relevant": "count(${r}) > 1", "calculation": "count(${r})"}[column]
    assert {r.kode for r in refused(text, column, within=True)} == {"FORMULIR_RUMUS_BEDA"}
    assert refused(text, column, kind="calculate" if column == "calculation" else "text") == []


def test_an_answer_alone_is_no_condition():
    [found] = refused("${a}", "relevant", "text")
    assert (found.where, found.kode) == ("survey!E11", "FORMULIR_RUMUS_BEDA")
    assert refused("${a} != ''", "relevant", "text") == []


def test_a_default_that_is_computed_needs_a_question_that_is_always_asked():
    rows = [("text", "t", "T", "", "", ""), ("date", "k", "K", "", "${t} = 'x'", "today()")]
    [found] = build(book(survey(*rows, head=HEAD)))
    assert (found.where, found.kode) == ("survey!F3", "FORMULIR_BAWAAN_TERSEMBUNYI")
    rows = [("text", "t", "T", "", "", ""), ("date", "k", "K", "", "", "today()")]
    assert isinstance(build(book(survey(*rows, head=HEAD))), Built)


def test_conditions_of_entities_are_read_as_those_of_the_survey():
    entities = [["list_name", "label", "create_if"], ["warga", "${t}", "${t}"]]
    found = build(book(survey(("text", "t", "T")), entities=entities))
    assert [(r.where, r.kode) for r in found] == [("entities!C2", "FORMULIR_RUMUS_BEDA")]


@pytest.mark.parametrize("text", ["${a} +", "1 2", "'x", "a[", "concat(1", "${a} ! 3", ")"])
def test_what_is_no_formula_is_said_to_be_none(text):
    with pytest.raises(Unreadable):
        parse(text)
    assert {r.kode for r in refused(text)} <= {"FORMULIR_RUMUS_TIDAK_TERBACA", "FORMULIR_KURUNG"} != set()


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_accepted_and_valid(name):
    assert example(name).answers


def test_every_function_and_kind_of_question_has_an_example():
    written = " ".join(example(name).xform for name in NAMES)
    shown = {"note", "hidden", "trigger", "calculate"}  # written as other kinds are
    assert {name for name in features.FUNCTIONS if f"{name}(" not in written} == set()
    tables = "".join(path.read_text() for path in FOLDER.glob("*.md"))
    assert {kind for kind in features.QUESTIONS - shown if f"| {kind} |" not in tables.lower()} == set()
