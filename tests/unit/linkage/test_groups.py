"""Groups come from the register where it speaks, from the list where it does not."""

from datetime import date

import polars as pl
import pytest

from jangkau.core.engine import frame
from jangkau.core.linkage.groups import WAYS, groups, origin, origins

LIST = {"id_usulan": "u", "nama": "SITI", "tanggal_lahir": None, "jenis_kelamin": "P", "kode_desa": "1701012001"}
TRUE = {"nik": "1", "nama": "SITI BINTI AHMAD", "tanggal_lahir": date(1990, 5, 5), "jenis_kelamin": "L", "kode_desa": "1771012001"}  # fmt: skip # noqa: E501
PERSON = pl.DataFrame({"id_usulan": ["u"], "nik": ["1"]})


def one(change=(), *, people=(TRUE,), per=date(2026, 5, 4)):
    usulan = pl.DataFrame([LIST | dict(change)], schema_overrides={"tanggal_lahir": pl.Date, "kode_desa": pl.String})
    register = frame(pl.DataFrame(list(people))) if people else None
    return groups(frame(usulan), PERSON, register, per).row(0, named=True)


def test_the_register_counts():
    assert one() == {
        "id_usulan": "u", "kelamin": "laki-laki", "usia": "30-44", "kabupaten": "1771 Kota Bengkulu",
        "kata": "dua kata", "asal": "nama dengan bin atau binti",
    }  # fmt: skip


def test_the_list_counts_where_there_is_no_register():
    found = one(people=())
    assert (found["kelamin"], found["usia"], found["kata"]) == ("perempuan", None, "satu kata")
    assert found["kabupaten"].startswith("1701 ")
    assert set(found) == {"id_usulan", *WAYS}


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2008, 5, 5), "di bawah 18"),
        (date(2008, 5, 4), "18-29"),
        (date(1996, 5, 5), "18-29"),
        (date(1996, 5, 4), "30-44"),
        (date(1966, 5, 4), "60 ke atas"),
    ],
)
def test_a_birthday_moves_the_band(born, band):
    assert one({"tanggal_lahir": born}, people=())["usia"] == band


def test_without_a_date_ages_are_unknown():
    assert one(per=None)["usia"] is None


def test_unknown_places_stay_as_written():
    assert one({"kode_desa": "9998012001"}, people=())["kabupaten"] == "9998"
    assert one({"kode_desa": None}, people=())["kabupaten"] is None


@pytest.mark.parametrize("entry", origins(), ids=lambda entry: entry["kode"])
def test_every_origin_fits_its_examples(entry):
    assert [origin(name) for name in entry["contoh"]] == [entry["nama"]] * len(entry["contoh"])


def test_other_names_are_of_no_group():
    assert origin("BUDI SANTOSO") == "lainnya"
