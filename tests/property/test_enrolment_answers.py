"""Answers in any order, any number of times, come to the same; each row is found as a slow reader would find it."""

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.enrolment.acknowledgement import match, settle

FIRST = date(2027, 1, 1)
SCHEMA = {
    "urut": pl.Int64, "hasil": pl.String, "kode": pl.String, "kode_asal": pl.String, "kpj": pl.String,
    "tanggal": pl.Date,
}  # fmt: skip
Row = dict[str, Any]


@st.composite
def answers(draw: st.DrawFn) -> list[Row]:
    """Few rows, few days, few numbers: so that answers meet and contradict."""
    verdict = st.sampled_from(["diterima", "ditolak", ""])
    rows = draw(st.lists(st.tuples(st.integers(1, 4), verdict, st.integers(0, 2), st.integers(0, 3)), max_size=12))
    return [
        {
            "urut": urut,
            "hasil": result,
            "kode": f"TOLAK_{n}" if result == "ditolak" else "",
            "kode_asal": "",
            "kpj": ("", f"K{urut}", "KX")[n] if result == "diterima" else "",
            "tanggal": FIRST + timedelta(days=day),
        }
        for urut, result, n, day in rows
    ]


def slowly(rows: list[Row]) -> dict[int, tuple[str, str, str]]:
    """Each row's verdict, code and number, told one by one."""
    told = {}
    for urut in {row["urut"] for row in rows}:
        mine = [row for row in rows if row["urut"] == urut]
        yes = [row for row in mine if row["hasil"] == "diterima"]
        no = [row for row in mine if row["hasil"] == "ditolak"]
        numbers = {row["kpj"] for row in yes} - {""}
        shared = any(row["kpj"] in numbers for row in rows if row["urut"] != urut and row["hasil"] == "diterima")
        later = yes and no and max(row["tanggal"] for row in no) >= min(row["tanggal"] for row in yes)
        if later or len(numbers) > 1 or shared:
            told[urut] = ("bertentangan", "", "")
        elif yes:
            told[urut] = ("diterima", "", "".join(numbers))
        elif no:
            newest = max(row["tanggal"] for row in no)
            told[urut] = ("ditolak", min(row["kode"] for row in no if row["tanggal"] == newest), "")
    return told


def settled(rows: list[Row]) -> pl.DataFrame:
    return settle(pl.DataFrame(rows, schema=SCHEMA))


@settings(deadline=None, max_examples=tries(60))
@given(answers())
def test_a_row_comes_to_what_a_slow_reader_says(rows):
    found = {row["urut"]: (row["jawaban"], row["kode"], row["kpj"]) for row in settled(rows).to_dicts()}
    assert found == slowly(rows)


@settings(deadline=None, max_examples=tries(60))
@given(st.data(), answers())
def test_shuffled_and_repeated_answers_come_to_the_same(data, rows):
    again = data.draw(st.lists(st.sampled_from(rows), max_size=6)) if rows else []
    shuffled = data.draw(st.permutations(rows + again))
    assert settled(list(shuffled)).equals(settled(rows))


NIKS = [f"62010110019000{n:02d}" for n in (10, 13, 20, 31)]
NAMES = ["ANI", "BUDI", "CICI", "DODI"]
SIGNS = [letter * 16 for letter in "abcd"]
SENT = pl.DataFrame({"urut": range(4), "kunci": list("ABCD"), "tanda": SIGNS, "nik": NIKS, "nama": NAMES})
COLUMNS = ("kunci", "tanda", "nik", "nama", "hasil", "masalah")


@st.composite
def rows_of_answers(draw: st.DrawFn) -> pl.DataFrame:
    """Any mixture of what four rows sent say of themselves, with NIKs cut to fifteen digits among them."""
    niks = [None, *NIKS, *(nik[:15] + "0" for nik in NIKS), "6201011001900099"]
    one = st.tuples(
        st.sampled_from(["", *"ABCD", "Z"]), st.sampled_from(["", *SIGNS]), st.sampled_from(niks),
        st.sampled_from(["", *NAMES]), st.just("diterima"), st.none(),
    )  # fmt: skip
    return pl.DataFrame(
        draw(st.lists(one, min_size=1, max_size=8)), schema=dict.fromkeys(COLUMNS, pl.String), orient="row"
    )


@settings(deadline=None, max_examples=tries(60))
@given(rows_of_answers())
def test_no_answer_is_ever_given_to_a_row_that_says_otherwise(rows):
    for row in match(rows, SENT).to_dicts():
        at = row["urut"]
        if at is None:
            assert row["masalah"] in {"JAWABAN_BARIS_BERUBAH", "JAWABAN_NIK_TERPOTONG", "JAWABAN_TIDAK_DIKENAL"}
            continue
        assert row["tanda"] in ("", SENT["tanda"][at])
        assert row["kunci"] in ("", "Z", SENT["kunci"][at])
        assert (
            row["nik"] is None or row["nik"] == NIKS[at] or (row["nik"][15] == "0" and row["nik"][:15] == NIKS[at][:15])
        )
        if not row["kunci"].strip("Z") and not row["tanda"] and row["nik"] != NIKS[at]:
            assert row["nama"] == NAMES[at]


@settings(deadline=None, max_examples=tries(60))
@given(rows_of_answers())
def test_an_answer_that_agrees_throughout_is_found(rows):
    for row in match(rows, SENT).to_dicts():
        for at in range(4):
            if (row["kunci"], row["nik"]) == ("ABCD"[at], NIKS[at]) and row["tanda"] in ("", SENT["tanda"][at]):
                assert row["urut"] == at
