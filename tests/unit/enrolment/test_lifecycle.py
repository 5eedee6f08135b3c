"""The life of a membership: what may follow what, by whom, and what an illegal step is told."""

import re
from itertools import product

import pytest

from jangkau.core.enrolment import lifecycle
from jangkau.core.enrolment.lifecycle import END, REASONS, RUNNING, STATES, STEPS, check, following
from jangkau.core.enrolment.lifecycle_page import lifecycle_page
from jangkau.core.kernel.problems import Problem
from jangkau.core.law import membership

WAY = (
    "diusulkan", "terverifikasi", "ditetapkan", "diajukan", "diterima", "ditagih", "dibayar", "aktif", "tunggakan",
    "non-aktif",
)  # fmt: skip


def refused(*args: str, **more: str) -> Problem:
    with pytest.raises(Problem) as caught:
        check(*args, **more)  # type: ignore[arg-type]
    return caught.value


def test_the_usual_way_is_open_from_proposal_to_lapse():
    for before, after in zip(WAY, WAY[1:], strict=False):
        assert check(before, after).ke == after


def test_a_refusal_is_mended_and_sent_again():
    assert check("diajukan", "ditolak", who="mesin").kata
    assert check("ditolak", "diajukan").kata


@pytest.mark.parametrize(("before", "after"), [p for p in product(STATES, STATES) if p not in lifecycle._STEPS])
def test_every_other_step_is_refused_and_told_what_may_follow(before, after):
    problem = refused(before, after, next(iter(REASONS)) if after == END else "")
    assert problem.kind.kode == "LANGKAH_TIDAK_SAH"
    assert before in problem.pesan
    assert all(name in problem.saran for name in following(before))


def test_a_state_that_there_is_not_is_refused():
    assert "bukan keadaan" in refused("entah", "aktif").saran
    assert refused("aktif", "entah").kind.kode == "LANGKAH_TIDAK_SAH"


@pytest.mark.parametrize("before", RUNNING)
def test_every_state_may_end_with_a_known_reason_and_be_reopened(before):
    for reason in REASONS:
        assert check(before, END, reason, why="surat kematian").sebab
    assert check(END, before, why="keliru orang").sebab


@pytest.mark.parametrize("reason", ["", "bosan", "Meninggal"])
def test_an_end_without_a_known_reason_is_refused(reason):
    assert refused("aktif", END, reason).kind.kode == "ALASAN_SELESAI_SALAH"


def test_a_reason_of_ending_belongs_to_ending_only():
    assert refused("aktif", "tunggakan", "meninggal").kind.kode == "ALASAN_SELESAI_SALAH"
    assert refused("aktif", "tunggakan", "bosan").kind.kode == "ALASAN_SELESAI_SALAH"


@pytest.mark.parametrize("step", [s for s in STEPS if s.oleh == {"orang"}])
def test_what_only_a_person_may_do_no_machine_does(step):
    reason = "pindah" if step.ke == END else ""
    assert refused(step.dari, step.ke, reason, who="mesin").kind.kode == "LANGKAH_HANYA_ORANG"


def test_no_machine_ends_pays_bills_or_sends():
    assert not [s for s in STEPS if "mesin" in s.oleh and s.ke in {END, "ditagih", "dibayar", "diajukan", "ditetapkan"}]


@pytest.mark.parametrize("step", STEPS)
def test_where_a_reason_must_be_written_an_empty_one_is_refused(step):
    reason = "usia" if step.ke == END else ""
    if step.sebab:
        assert refused(step.dari, step.ke, reason, why="  ").kind.kode == "LANGKAH_TANPA_SEBAB"
    assert check(step.dari, step.ke, reason, why="sebab") == step


def test_the_table_says_each_step_once_between_states_that_exist():
    assert len(lifecycle._STEPS) == len(STEPS)
    assert {s.dari for s in STEPS} | {s.ke for s in STEPS} == set(STATES)


def test_the_words_of_the_law_are_among_the_states():
    assert set(membership.STATES) - {"belum"} <= set(STATES)


def test_the_page_draws_every_step_once():
    drawn = re.findall(r"^ +(\w+) --> (\w+): (.+)$", lifecycle_page(), re.MULTILINE)
    inner = [s for s in STEPS if END not in (s.dari, s.ke)]
    assert len(drawn) == len(inner) + 2
    assert {(a, b) for a, b, _ in drawn} >= {(s.dari.replace("-", "_"), s.ke.replace("-", "_")) for s in inner}
    assert not [label for _, _, label in drawn if ":" in label or ";" in label]


def test_the_page_explains_every_state_and_reason():
    page = lifecycle_page()
    assert all(f"| `{name}` |" in page for name in (*STATES, *REASONS))
