"""Questions about a few pairs are asked without a library that takes longer to load than they do."""

from datetime import date
from types import SimpleNamespace

import polars as pl

from jangkau.core.linkage import pairs

QUERY = "SELECT a + 1 AS a, b || '!' AS b, len(c) AS c, year(d) AS d, e FROM pasangan WHERE b IS NOT NULL"
FEW = pl.DataFrame(
    {
        "a": [1, 2**62, None, 3],
        "b": ["IDA'", '"', "\n", None],
        "c": [["X"], [], None, ["Y", "Z"]],
        "d": [date(1980, 2, 29), None, date(1, 1, 1), None],
        "e": [True, None, False, None],
    }
)


def test_few_pairs_are_answered_as_many_are(monkeypatch):
    few = pairs.asked(pairs.connect(), FEW, QUERY)
    monkeypatch.setattr(pairs, "FEW", -1)
    assert few.equals(pairs.asked(pairs.connect(), FEW, QUERY))
    assert few.rows()[0] == (2, "IDA'!", 1, 1980, True)


def test_no_pairs_have_no_answers():
    assert pairs.asked(pairs.connect(), FEW.clear(), QUERY).is_empty()


def test_a_few_pairs_are_not_registered_which_would_load_pandas():
    con = SimpleNamespace(execute=pairs.connect().execute)
    assert len(pairs.asked(con, FEW, QUERY)) == 3
