"""What clerks decided stays decided, on every path and in every later run."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jangkau.core.linkage import clerks, link
from jangkau.core.linkage.clerks import apply
from jangkau.core.tables.registers import TINJAUAN
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="33", per=date(2026, 11, 22), mulai="2026-12")
BORN = date(1980, 5, 17)
NIK, OTHER = "3302011705800001", "3302011012690002"
FIRST, SECOND = "a.xlsx#S#2", "a.xlsx#S#3"


def person(nik, nama, lahir=BORN, jk="L", **more):
    return {"nik": nik, "nama": nama, "tanggal_lahir": lahir, "jenis_kelamin": jk} | more


def said(*rows):
    """(id_usulan, register, id_register, keputusan[, waktu[, sidik]])."""
    names = ("id_usulan", "register", "id_register", "keputusan", "waktu", "sidik")
    made = [dict(zip(names, row, strict=False)) for row in rows]
    return TINJAUAN.conform(pl.DataFrame(made, schema=dict.fromkeys(names, pl.String)))


BUDI, ANDI = person(NIK, "BUDI SANTOSO"), person(OTHER, "BUDI SANTOSO", date(1969, 12, 10))


def run(small, listed, decisions, *, residents=(BUDI, ANDI), members=(), welfare=()):
    return link(
        small.usulan(*listed), small.penduduk(*residents), small.peserta(*members), small.kesejahteraan(*welfare),
        SETTINGS, tinjauan=decisions,
    )  # fmt: skip


def links(linked, register="penduduk"):
    rows = linked.tautan.to_native().filter(register=register)
    return {(left, right): (word, way) for left, right, word, way in
            rows.select("id_usulan", "id_register", "keputusan", "cara").rows()}  # fmt: skip


def test_a_confirmed_namesake_is_the_person_and_the_other_is_not(small):
    undecided = run(small, [person(None, "BUDI SANTOSO", None)], None)
    assert {word for word, _ in links(undecided).values()} == {"tinjau"}
    linked = run(small, [person(None, "BUDI SANTOSO", None)], said((FIRST, "penduduk", OTHER, "cocok")))
    assert links(linked) == {(FIRST, OTHER): ("cocok", "petugas"), (FIRST, NIK): ("tidak", "model")}
    assert linked.pekerja["nik"].to_list() == [OTHER]


def test_a_refused_namesake_leaves_the_other(small):
    linked = run(small, [person(None, "BUDI SANTOSO", None)], said((FIRST, "penduduk", OTHER, "tidak")))
    assert links(linked) == {(FIRST, OTHER): ("tidak", "petugas"), (FIRST, NIK): ("cocok", "model")}


def test_a_clerk_outweighs_an_equal_number(small):
    linked = run(small, [BUDI], said((FIRST, "penduduk", NIK, "tidak"), (FIRST, "penduduk", OTHER, "cocok")))
    assert links(linked)[FIRST, OTHER] == ("cocok", "petugas")
    assert links(linked)[FIRST, NIK] == ("tidak", "petugas")


def test_a_pair_that_no_search_would_find_is_linked(small):
    linked = run(small, [person(None, "KARTINI", date(1990, 1, 2), "P")], said((FIRST, "penduduk", NIK, "cocok")))
    assert links(linked)[FIRST, NIK] == ("cocok", "petugas")


def test_the_last_word_holds(small):
    decisions = said(
        (FIRST, "penduduk", OTHER, "tidak", "2026-11-02"), (FIRST, "penduduk", OTHER, "cocok", "2026-11-01"),
    )  # fmt: skip
    linked = run(small, [person(None, "BUDI SANTOSO", None)], decisions)
    assert links(linked)[FIRST, OTHER] == ("tidak", "petugas")


def test_of_two_confirmed_residents_the_last_is_the_person(small):
    decisions = said((FIRST, "penduduk", OTHER, "cocok", "1"), (FIRST, "penduduk", NIK, "cocok", "2"))
    assert links(run(small, [BUDI], decisions)) == {
        (FIRST, NIK): ("cocok", "petugas"), (FIRST, OTHER): ("tidak", "petugas"),
    }  # fmt: skip


def test_memberships_are_decided_one_by_one(small):
    members = [{"kpj": "1"} | BUDI, {"kpj": "2"} | BUDI]
    linked = run(small, [BUDI], said((FIRST, "peserta", "2", "tidak")), members=members)
    assert links(linked, "peserta") == {(FIRST, "1"): ("cocok", "nik"), (FIRST, "2"): ("tidak", "petugas")}


def test_rows_that_a_clerk_gives_one_resident_are_one_person(small):
    """Even where they would contradict each other: a generation lies between the dates."""
    listed = [BUDI, person(None, "BUDI SANTOSO", date(1950, 1, 3))]
    linked = run(small, listed, said((SECOND, "penduduk", NIK, "cocok")), residents=[BUDI])
    assert linked.usulan["id_pekerja"].n_unique() == 1
    assert {word for word, _ in links(linked).values()} == {"cocok"}


def test_a_row_that_a_clerk_tells_apart_is_another_person(small):
    double = person(None, "BUDI SANTOSO", nik_dugaan=NIK[:15])
    assert run(small, [BUDI, double], None, residents=[BUDI]).usulan["id_pekerja"].n_unique() == 1
    linked = run(small, [BUDI, double], said((SECOND, "penduduk", NIK, "tidak")), residents=[BUDI])
    assert linked.usulan["id_pekerja"].n_unique() == 2
    assert links(linked)[SECOND, NIK] == ("tidak", "petugas")


KARTINI = person(None, "KARTINI", date(1990, 1, 2), "P")
STRANGER = person(None, "TUKIMAN", date(1966, 1, 9))


def persons_of(linked):
    """For each row the place of its person among all."""
    ids = linked.usulan["id_pekerja"].to_list()
    return [ids.index(one) for one in ids]


def test_two_rows_without_a_resident_are_one_person_because_a_clerk_says_so(small):
    listed = [KARTINI, STRANGER, person(None, "ROHANI", date(1971, 5, 6), "P")]
    assert persons_of(run(small, listed, None)) == [0, 1, 2]
    linked = run(small, listed, said(("a.xlsx#S#4", "usulan", FIRST, "cocok")))
    assert persons_of(linked) == [0, 1, 0]
    assert set(linked.tautan["register"].to_list()) <= {"penduduk"}


def test_two_rows_are_two_persons_because_a_clerk_says_so_whatever_they_say(small):
    assert persons_of(run(small, [KARTINI, KARTINI], None)) == [0, 0]
    decisions = said((SECOND, "usulan", FIRST, "tidak"))
    assert persons_of(run(small, [KARTINI, KARTINI], decisions)) == [0, 1]


def test_of_two_rows_the_last_word_holds_from_either_side(small):
    first, last = (SECOND, "usulan", FIRST, "tidak", "1"), (FIRST, "usulan", SECOND, "cocok", "2")
    assert persons_of(run(small, [KARTINI, STRANGER], said(first, last))) == [0, 0]
    assert persons_of(run(small, [KARTINI, KARTINI], said(last, (*first[:4], "3")))) == [0, 1]


def test_a_word_on_two_rows_lends_a_resident_but_never_joins_two(small):
    double = person(None, "BUDI SANTOSO", None)
    linked = run(small, [BUDI, double], said((SECOND, "usulan", FIRST, "cocok")), residents=[BUDI, ANDI])
    assert persons_of(linked) == [0, 0]
    assert links(linked)[SECOND, NIK][0] == "cocok"
    assert persons_of(run(small, [BUDI, ANDI], said((SECOND, "usulan", FIRST, "cocok")))) == [0, 1]


def test_decisions_on_rows_that_are_gone_are_noted_not_applied(small):
    linked = run(small, [BUDI], said(("b.csv##9", "penduduk", NIK, "cocok"), (FIRST, "penduduk", "999", "cocok")))
    assert [row["kode"] for row in linked.peringatan] == ["KEPUTUSAN_LEPAS"]
    assert linked.peringatan[0]["pesan"].startswith("2 keputusan")
    assert links(linked)[FIRST, NIK] == ("cocok", "nik")


def test_a_decision_on_a_row_that_now_says_something_else_is_not_applied(small):
    rows = small.usulan(person(None, "BUDI SANTOSO", None))
    print_ = clerks.fingerprints(rows, pl.Series([0]))[0]
    decision = said((FIRST, "penduduk", OTHER, "cocok", None, print_))
    assert links(run(small, [person(None, "BUDI SANTOSO", None)], decision))[FIRST, OTHER] == ("cocok", "petugas")
    moved = run(small, [BUDI], decision)
    assert links(moved)[FIRST, NIK] == ("cocok", "nik")
    assert [row["kode"] for row in moved.peringatan] == ["KEPUTUSAN_BERUBAH"]


def test_rows_without_a_decision_change_nothing(small):
    listed = [person(None, "BUDI SANTOSO", None)]
    plain, unfilled = run(small, listed, None), run(small, listed, said((FIRST, "penduduk", OTHER, None)))
    assert plain.tautan.to_native().equals(unfilled.tautan.to_native())


chances = st.lists(st.floats(0, 1), min_size=1, max_size=5).map(lambda all_: [c / max(1, sum(all_)) for c in all_])


@settings(deadline=None)
@given(chances, st.dictionaries(st.integers(0, 5), st.booleans(), max_size=4), st.booleans())
def test_chances_stay_chances(parts, words, single):
    pairs = pl.DataFrame({"l": [0] * len(parts), "r": range(len(parts)), "peluang": parts, "cara": "model"})
    marks = pl.DataFrame({"l": [0] * len(words), "r": list(words), "sama": list(words.values())},
                         schema={"l": pl.Int64, "r": pl.Int64, "sama": pl.Boolean})  # fmt: skip
    if single and sum(words.values()) > 1:
        return
    made = apply(nw.from_native(pairs), nw.from_native(marks), single=single).to_native()
    assert set(made["r"]) == set(range(len(parts))) | set(words)
    assert made["peluang"].is_between(0, 1).all()
    assert not single or made["peluang"].sum() <= 1 + 1e-9
    for right, chance, way in made.select("r", "peluang", "cara").rows():
        assert (way == "petugas") is (right in words)
        assert right not in words or chance == float(words[right])


@pytest.mark.parametrize("word", ["COCOK", " Cocok"])
def test_the_sheet_is_read_as_clerks_write_it(tmp_path, word):
    from jangkau.core.register_files import read_register

    (tmp_path / "t.csv").write_text(f"id_usulan;register;id_register;keputusan\na#S#2;Penduduk;1;{word}\n", "utf-8")
    notes = []
    read = read_register(tmp_path / "t.csv", "tinjauan.csv", TINJAUAN, notes)
    assert read.select("register", "keputusan").rows() == [("penduduk", "cocok")]
    assert notes == []
