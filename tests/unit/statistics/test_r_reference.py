"""Every figure of a made-up survey as R gives it: survey 4.1 (variance, lonely units, fpc), convey 1.0's formulas on
top of it, laeken 0.5.2. The survey has unequal and zero weights, missing values, ties, unit names that repeat in
strata; `sama` has equal weights, so that half of the people lie exactly at a value.
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jangkau.core.statistics import Asked, Columns, Lonely, read_microdata, survey

HERE = Path(__file__).parent
R = json.loads((HERE / "r.json").read_text("utf-8"))
NAMES = {"Rerata": "RERATA", "Total": "TOTAL"}
FULL = Columns("pengeluaran", "bobot", "strata", "psu")
CASES = {
    "dasar": (FULL, Lonely.FAIL),
    "fpc": (Columns("pengeluaran", "bobot", "strata", "psu", "jumlah_psu"), Lonely.FAIL),
    "sama": (Columns("pengeluaran", "sama"), Lonely.FAIL),
    "adjust": (FULL, Lonely.CENTRE),
    "certainty": (FULL, Lonely.CERTAIN),
    "average": (FULL, Lonely.AVERAGE),
}


def read(case, by, tmp_path):
    columns, lonely = CASES[case]
    path = HERE / "survei.csv"
    if lonely is not Lonely.FAIL:  # one unit of a stratum is left
        rows = pl.read_csv(path, infer_schema=False)
        town = rows.filter(pl.col("strata") == "kota")["psu"][0]
        path = tmp_path / "survei.csv"
        rows.filter((pl.col("strata") != "kota") | (pl.col("psu") == town)).write_csv(path)
    given = Columns(**{**vars(columns), "by": by, "divisor": "anggota"})
    return read_microdata(path, given, lonely)


@pytest.mark.parametrize("by", [None, "kab"])
@pytest.mark.parametrize("case", CASES)
def test_equals_r(case, by, tmp_path):
    data = read(case, by, tmp_path)
    names = ("FGT0", "FGT1", "FGT2", "ARPT", "ARPR", "Gini", "Rerata", "Total")
    found = survey(data.sample, data.domains, Asked(names, 600000, 0.6, None, (0.25,)))
    for label, row in found.items():
        expected = R[case][label]
        for name, estimate in row.items():
            np.testing.assert_allclose([estimate.value, estimate.error], expected[NAMES.get(name, name)], rtol=1e-9)
        assert row["Gini"].laeken == pytest.approx(expected["laekenGini"][0], rel=1e-9)
        assert row["ARPT"].laeken == pytest.approx(expected["laekenARPT"][0], rel=1e-9)


@pytest.mark.parametrize("case", CASES)
def test_ratio_and_share_equal_r(case, tmp_path):
    data = read(case, None, tmp_path)
    whole = survey(data.sample, data.domains, Asked(("Rasio",), divisor=data.divisor))["SEMUA"]["Rasio"]
    np.testing.assert_allclose([whole.value, whole.error], R[case]["SEMUA"]["RASIO"], rtol=1e-9)


def test_coverage_is_the_mean_of_a_flag():
    data = read_microdata(HERE / "survei.csv", Columns("aktif", "bobot", "strata", "psu"))
    share = survey(data.sample, data.domains, Asked(("Rerata",)))["SEMUA"]["Rerata"]
    np.testing.assert_allclose([share.value, share.error], R["dasar"]["SEMUA"]["AKTIF"], rtol=1e-9)
