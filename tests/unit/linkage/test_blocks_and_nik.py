from datetime import date

import narwhals as nw
import polars as pl
import pytest

from jangkau.core.linkage.blocks import RULES, Rule, candidates
from jangkau.core.linkage.nik_pass import nik_pass
from jangkau.core.linkage.normalise import comparable, connection, dictionary, frequencies, place_shares, store

NIK = "3302011705800001"
BORN = date(1980, 5, 17)
TEXTS = ("nik", "nik_dugaan", "nama", "jenis_kelamin", "kode_desa", "kode_wilayah", "no_kk")
SCHEMA = dict.fromkeys(TEXTS, pl.String) | {"tanggal_lahir": pl.Date}


def side(*rows):
    full = [{name: row.get(name) for name in SCHEMA} for row in rows]
    return comparable(nw.from_native(pl.DataFrame(full, schema=SCHEMA), eager_only=True))


@pytest.fixture
def con():
    with connection(1, "500MB") as opened:
        yield opened


def stored(con, left, right):
    dictionary(con, [left, right], right)
    store(con, "kiri", left)
    store(con, "kanan_", right)


def passes(con, left, right):
    stored(con, side(left), side(right))
    nik_pass(con, "kiri", "kanan_")
    return bool(con.execute("SELECT count(*) FROM lewat_nik").fetchone()[0])


BUDI = {"nik": NIK, "nama": "BUDI SANTOSO", "tanggal_lahir": BORN, "kode_desa": "3302012001"}


@pytest.mark.parametrize(
    ("change", "believed"),
    [
        ({}, True),
        ({"nama": "Boedi Santosa"}, True),
        ({"tanggal_lahir": None}, True),
        ({"tanggal_lahir": date(1980, 1, 1)}, True),
        ({"nama": "BUDI", "tanggal_lahir": BORN}, True),
        ({"nama": "SITI AMINAH", "tanggal_lahir": date(1983, 2, 12)}, False),
        ({"nama": "SITI AMINAH"}, False),
        ({"nama": "SITI AMINAH", "tanggal_lahir": None}, False),
        ({"nama": "BUDI HARTONO"}, False),
        ({"tanggal_lahir": date(1955, 3, 2)}, False),
        ({"nik": "0000000000000000"}, False),
    ],
)
def test_equal_nik_is_believed_only_with_a_second_field(con, change, believed):
    assert passes(con, BUDI | change, BUDI) is believed


def test_an_unreadable_number_is_kept_as_digits():
    one = side({"nik_dugaan": NIK[:15], "nama": "A"}).to_native().row(0, named=True)
    assert (one["nik"], one["nikt"], one["n15"], one["z10"]) == (None, NIK[:15], int(NIK[:15]), int(NIK[5:15]))


@pytest.mark.parametrize("filler", ["1111111111111111", "1234567890123456", "3302010000000000", "12", "ABC"])
def test_a_filler_is_no_number(filler):
    assert side({"nik_dugaan": filler, "nama": "A"})["nikt"].to_list() == [None]


def test_a_place_is_known_as_far_as_it_goes():
    rows = side({"kode_wilayah": "330201"}, {"kode_desa": "3302012001", "kode_wilayah": "33"}, {"kode_wilayah": "33"})
    assert rows.select("kab", "kec", "desa").to_native().rows() == [
        ("3302", "330201", None), ("3302", "330201", "3302012001"), (None, None, None),
    ]  # fmt: skip


def test_the_common_first_name_tells_little(con):
    crowd = [{"nama": f"MUHAMMAD {a}{b}"} for a in ("BU", "SA", "RA") for b in "AIUEO" for _ in range(20)]
    stored(con, side({"nama": "MUHAMMAD BUDI"}, {"nama": "MUHAMMAD"}), side(*crowd))
    words = con.execute("SELECT len(kata) FROM kiri ORDER BY rid").fetchall()
    assert words == [(1,), (1,)]


def test_a_key_shared_by_too_many_is_left_out(con):
    crowd = [BUDI | {"nik": None, "tanggal_lahir": None} for _ in range(400)]
    stored(con, side({"nama": "BUDI SANTOSO", "kode_desa": "3302012001"}), side(*crowd))
    assert sum(candidates(con, "kiri", "kanan_").values()) == 0


def test_pairs_are_reported_by_rule_and_distinct(con):
    stored(con, side(BUDI), side(BUDI))
    counts = candidates(con, "kiri", "kanan_")
    assert list(counts) == [rule.name for rule in RULES]
    assert counts["NIK sama"] == 1
    assert con.execute("SELECT l, r, sekata FROM calon").fetchall() == [(0, 0, True)]


def test_rules_have_distinct_names():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(isinstance(rule, Rule) and 0 < rule.cap <= 300 for rule in RULES)


def test_one_village_is_no_evidence_of_place(con):
    stored(con, side(BUDI), side(*[BUDI] * 5000))
    shares = place_shares(con, "kanan_")
    assert shares["desa"] > 0.8
    assert shares["desa"] < shares["kec"] < shares["kab"]
    assert frequencies(con, "kanan_") == pytest.approx(1 / 25_000)
