"""Nobody wins by writing last: a change made from an older version waits for a person."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jangkau.core.field.entities import Entity, Outcome, apply, differences, forced
from jangkau.core.field.submission import SentEntity

KEY = "11111111-1111-4111-8111-111111111111"
HERE = Entity(KEY, "Siti", 3, {"hasil": ""})


def sent(**told) -> SentEntity:
    plain = {"path": "", "dataset": "pekerja", "id": KEY, "create": False, "update": True, "base": 3, "trunk": None,
             "branch": "", "label": "", "data": {"hasil": "bertemu"}}  # fmt: skip
    return SentEntity(**plain | told)


def test_a_new_one_begins_at_version_one():
    outcome, made = apply(None, sent(create=True, update=False, label="Ani", data={"a": "1", "b": ""}))
    assert (outcome, made) == (Outcome.CREATED, Entity(KEY, "Ani", 1, {"a": "1"}))


def test_a_change_from_the_version_that_is_here_is_applied():
    outcome, after = apply(HERE, sent())
    assert (outcome, after.version, after.data) == (Outcome.APPLIED, 4, {"hasil": "bertemu"})


@pytest.mark.parametrize("base", [1, 2, 4, None])
def test_a_change_from_another_version_waits(base):
    assert apply(HERE, sent(base=base)) == (Outcome.CONFLICT, HERE)


def test_what_says_nothing_new_changes_nothing():
    assert apply(HERE, sent(base=1, data={"hasil": ""})) == (Outcome.SAME, HERE)
    assert apply(HERE, sent(create=True, update=False, data={})) == (Outcome.SAME, HERE)


@pytest.mark.parametrize("told", [{"id": "5"}, {"id": KEY.replace("1", "g")}])
def test_an_entity_needs_a_number(told):
    assert apply(None, sent(create=True, **told))[0] is Outcome.UNKNOWN


def test_a_change_of_what_is_not_here_waits():
    assert apply(None, sent()) == (Outcome.UNKNOWN, None)


def test_a_second_creation_with_other_content_waits():
    assert apply(HERE, sent(create=True, update=False))[0] is Outcome.CONFLICT


def offline(base, text, branch="b1") -> SentEntity:
    return sent(trunk=3, branch=branch, base=base, data={"hasil": text})


def test_changes_made_offline_one_after_another_are_applied_in_turn():
    first, after = apply(HERE, offline(3, "a"))
    second, last = apply(after, offline(4, "b"))
    assert (first, second, last.version, last.data["hasil"]) == (Outcome.APPLIED, Outcome.APPLIED, 5, "b")


def test_a_later_one_of_a_chain_waits_for_the_earlier():
    assert apply(HERE, offline(4, "b")) == (Outcome.EARLY, HERE)
    _, after = apply(HERE, offline(3, "a"))
    assert apply(after, offline(5, "c"))[0] is Outcome.EARLY


def test_a_chain_is_broken_by_someone_else():
    _, after = apply(HERE, offline(3, "a"))
    _, other = apply(after, sent(base=4, data={"hasil": "kantor"}))
    assert apply(other, offline(4, "b"))[0] is Outcome.CONFLICT
    assert apply(other, offline(3, "z", branch="b2"))[0] is Outcome.CONFLICT


def test_differences_name_what_would_change():
    assert differences(HERE, sent(label="Sita")) == [("label", "Siti", "Sita"), ("hasil", "", "bertemu")]


@given(st.permutations(range(4)))
def test_a_chain_comes_to_the_same_in_whatever_order_it_arrives(order):
    """Whatever waits is tried again once something was applied."""
    chain = [offline(3 + at, f"nilai {at}") for at in range(4)]
    current, waiting = HERE, []
    for at in order:
        waiting.append(chain[at])
        moved = True
        while moved:
            moved = False
            for change in list(waiting):
                outcome, current = apply(current, change)
                if outcome is Outcome.APPLIED:
                    waiting.remove(change)
                    moved = True
    assert not waiting
    assert (current.version, current.data["hasil"]) == (7, "nilai 3")


def test_a_person_may_decide_for_the_change():
    after = forced(HERE, sent(base=1))
    assert (after.version, after.data["hasil"]) == (4, "bertemu")
    assert replace(after, version=3, data=HERE.data) == HERE
