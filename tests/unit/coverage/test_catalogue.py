"""The list of indicators says all that a reader must know of each."""

from dataclasses import replace

import pytest

from jangkau.core.coverage import indicators, parameters
from jangkau.core.coverage.catalogue import DIRECTIONS
from jangkau.core.tables.figures import CUTS, UNITS


@pytest.mark.parametrize("known", indicators().values(), ids=lambda known: known.kode)
def test_each_is_declared_whole(known):
    assert known.arah in DIRECTIONS
    assert known.satuan in UNITS
    assert set(known.potongan) <= set(CUTS)
    assert known.definisi.endswith(".")
    assert bool(known.penyebut) == (known.satuan == "persen")
    assert len(known.sumber) == (2 if known.penyebut else 1)
    assert known.lengths[: len(known.cut_lengths)] == known.cut_lengths


def test_the_words_name_the_choices_that_were_made():
    assert "desil 1-4" in indicators()["cakupan_rentan"].penyebut
    assert "desil 1-2" in indicators(replace(parameters(), desil_rentan=2))["cakupan_rentan"].penyebut
