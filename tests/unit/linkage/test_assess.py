"""The whole report on a province with truth, and the flags of groups that fare worse."""

from datetime import date

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.linkage.assess import Run, assess
from jangkau.core.linkage.truth import Register, Truth
from jangkau.core.tables.results import MASALAH, TAUTAN, USULAN

PER = date(2026, 11, 22)


def people(count, *, sex="L", start=0):
    ids = [f"u{n}" for n in range(start, start + count)]
    niks = [f"{n:016d}" for n in range(start, start + count)]
    usulan = pl.DataFrame({"id_usulan": ids, "id_pekerja": ids, "berkas": "f", "lembar": "", "baris": range(count)})
    filled = usulan.with_columns(nik=pl.Series(niks), nama=pl.lit("BUDI SANTOSO"), jenis_kelamin=pl.lit(sex))
    return USULAN.conform(filled).to_native()


def truth(usulan):
    lines = usulan.select("id_usulan", "nik", orang="nik", jenis=pl.lit(None, pl.List(pl.String)))
    rows = usulan.select(id_register="nik", nik="nik")
    return Truth(lines, {"penduduk": Register(lines.select("id_usulan", "nik"), rows)})


def links(usulan, decisions):
    pairs = usulan.select("id_usulan", id_register="nik", register=pl.lit("penduduk"), cara=pl.lit("model"))
    return TAUTAN.conform(pairs.with_columns(peluang=pl.lit(0.5), keputusan=pl.Series(decisions)))


def report(usulan, decisions, known=None):
    run = Run(nw.from_native(usulan), links(usulan, decisions), MASALAH.empty(), per=PER)
    return assess(run, known or truth(usulan))


def test_a_group_that_fares_worse_is_flagged_and_the_better_is_not():
    usulan = pl.concat([people(200), people(200, sex="P", start=200)])
    decisions = ["cocok"] * 200 + ["tidak"] * 40 + ["cocok"] * 160
    groups = {row["kelompok"]: row for row in report(usulan, decisions)["kelompok"] if row["menurut"] == "kelamin"}
    assert groups["perempuan"]["lebih_buruk"] == ["terlewat"]
    assert groups["laki-laki"]["lebih_buruk"] == []
    assert groups["perempuan"]["ditemukan"]["pembilang"] == 160


def test_chance_is_not_flagged():
    usulan = pl.concat([people(200), people(200, sex="P", start=200)])
    decisions = ["tidak"] * 3 + ["cocok"] * 197 + ["tidak"] * 7 + ["cocok"] * 193
    assert not any(row["lebih_buruk"] for row in report(usulan, decisions)["kelompok"])


def test_counts_and_shares():
    found = report(people(10), ["cocok"] * 6 + ["tinjau"] * 3 + ["tidak"])
    rates = found["register"]["penduduk"]
    assert rates["perolehan"]["pembilang"], rates["perolehan"]["penyebut"] == (6, 10)
    assert rates["dipertimbangkan"]["nilai"] == 1.0
    assert rates["tinjau_berguna"]["nilai"] == 1.0
    (band,) = found["keandalan"]["penduduk"]
    assert (band["pasangan"], band["peluang"], band["benar"]) == (10, 0.5, 1.0)
    assert band["bawah"] < 1.0 == band["atas"]
    assert found["orang"]["b3_perolehan"] == 1.0


def test_rows_that_only_one_side_knows_are_said():
    usulan = people(4)
    known = truth(people(3))
    more = pl.DataFrame({"id_usulan": ["lost"], "nik": ["9" * 16]})
    part = known.registers["penduduk"]
    known.registers["penduduk"] = Register(
        pl.concat([part.proposals, more]), pl.concat([part.rows, more.select(id_register="nik", nik="nik")])
    )
    found = report(usulan, ["cocok"] * 4, known)
    assert found["register"]["penduduk"]["perolehan"]["pembilang"] == 3
    assert found["register"]["penduduk"]["perolehan"]["penyebut"] == 4
    assert found["register"]["penduduk"]["presisi"]["penyebut"] == 3
    assert [note.split()[0] for note in found["catatan"]] == ["1", "1"]


def test_a_truth_of_other_lists_is_refused():
    with pytest.raises(Problem) as caught:
        report(people(2), ["cocok"] * 2, truth(people(2, start=50)))
    assert caught.value.kind.kode == "KEBENARAN_ASING"


def test_kinds_of_the_truth_itself_are_used():
    usulan = people(4)
    known = truth(usulan)
    named = known.usulan.with_columns(jenis=pl.Series([["NAMA_KETIK"], ["NAMA_KETIK", "X"], [], None]))
    found = report(usulan, ["cocok", "tidak", "cocok", "cocok"], Truth(named, known.registers))
    kinds = {row["jenis"]: (row["baris"], row["terlewat"]["pembilang"]) for row in found["jenis"]}
    assert kinds == {"NAMA_KETIK": (2, 1), "X": (1, 1), "TANPA_KESALAHAN": (2, 0)}


def test_without_register_and_kinds_there_are_no_kinds():
    assert report(people(2), ["cocok"] * 2)["jenis"] == []
