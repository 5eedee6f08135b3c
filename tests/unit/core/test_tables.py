import narwhals as nw
import polars as pl
import pytest

from jangkau.core.kernel.problems import Problem
from jangkau.core.tables.docs import all_tables
from jangkau.core.tables.schema import Column, Privacy, Table

TABLE = Table(
    "contoh",
    "barang",
    (
        Column("id", nw.String(), "kunci", Privacy.IDENTIFIER, required=True),
        Column("jenis", nw.String(), "jenis", Privacy.PUBLIC, choices=("A", "B")),
        Column("jumlah", nw.Int64(), "jumlah", Privacy.PUBLIC),
    ),
    key=("id",),
)


def good() -> pl.DataFrame:
    return pl.DataFrame({"lain": [1, 2], "jumlah": [1, None], "jenis": ["A", None], "id": ["x", "y"]})


def test_check_orders_and_leaves_extra_out():
    assert TABLE.check(good()).columns == ["id", "jenis", "jumlah"]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (pl.lit("x").alias("id"), "kunci"),
        (pl.lit(None).cast(pl.String).alias("id"), "kosong"),
        (pl.lit("C").alias("jenis"), "selain"),
        (pl.lit("1").alias("jumlah"), "bertipe"),
    ],
)
def test_each_fault_is_found(change, cause):
    with pytest.raises(Problem, match=cause):
        TABLE.check(good().with_columns(change))


def test_missing_column_is_found():
    with pytest.raises(Problem, match="jenis"):
        TABLE.check(good().drop("jenis"))


def test_conform_casts_and_adds_optional_columns():
    frame = TABLE.conform(good().drop("jenis").with_columns(pl.col("jumlah").cast(pl.Int32)))
    assert frame.schema["jumlah"] == nw.Int64()
    assert frame["jenis"].null_count() == 2


def test_empty_has_the_declared_schema():
    for table in all_tables():
        assert table.empty().schema == table.schema
        assert len(table.empty()) == 0


def test_every_column_has_a_privacy_class_and_a_meaning():
    for table in all_tables():
        for column in table.columns:
            assert isinstance(column.privacy, Privacy), (table.name, column.name)
            assert column.meaning, (table.name, column.name)


NAME_OF_A_THING = ("dana", "cakupan", "corong", "sasaran", "perusahaan")


@pytest.mark.parametrize("name", ["nik", "no_kk", "kpj", "nama", "id_individu", "id_register"])
def test_what_identifies_a_person_is_never_declared_public(name):
    found = [c for table in all_tables() for c in table.columns if c.name == name and table.name not in NAME_OF_A_THING]
    assert found
    assert {column.privacy for column in found} == {Privacy.IDENTIFIER}
