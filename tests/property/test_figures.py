"""Figures against a slow count, one person after the other, with Python's own sets."""

from datetime import date

from counted import PER, figure, measured, member, members, nik, population, resident
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.coverage import Inputs

PLACES = ("1701", "1702", "17")
MEMBERSHIP = st.fixed_dictionaries(
    {
        "who": st.integers(1, 4),
        "kode_wilayah": st.sampled_from(PLACES),
        "segmen": st.sampled_from(["PU", "BPU", None]),
        "pembayar": st.sampled_from(["CSR", None]),
        "dibayar_sampai": st.sampled_from(["2026-11", "2026-08", "2026-07"]),
    }
)
HOME = st.fixed_dictionaries(
    {"kode_desa": st.sampled_from(["1701012001", "1702012001"]), "pekerjaan": st.sampled_from(["Petani", "Pelajar"])}
)


@settings(max_examples=tries(10), deadline=None)
@given(st.lists(MEMBERSHIP, max_size=8), st.dictionaries(st.integers(1, 6), HOME, max_size=6))
def test_people_are_counted_once_in_each_region_and_class(rows, homes):
    people = members(*(member(n, **(row | {"nik": nik(row["who"])})) for n, row in enumerate(rows)))
    known = population(*(resident(number, **home) for number, home in homes.items()))
    found = measured(Inputs({PER: people}, penduduk=known))
    active = [row for row in rows if row["dibayar_sampai"] >= "2026-08"]
    for place in ("17", "1701", "1702"):
        here = [row for row in active if row["kode_wilayah"].startswith(place)]
        assert figure(found, "cakupan", place)[0] == len({row["who"] for row in here})
        for cut in ("segmen", "pembayar"):
            for kelas in {row[cut] or "tidak diketahui" for row in here}:
                mine = {row["who"] for row in here if (row[cut] or "tidak diketahui") == kelas}
                rows_of = found.filter(indikator="peserta_aktif", wilayah=place, potongan=cut, kelas=kelas)
                assert rows_of["pembilang"].to_list() == [len(mine)]
        living = {n for n, h in homes.items() if h["kode_desa"].startswith(place) and h["pekerjaan"] == "Petani"}
        expected = (len(living & {row["who"] for row in active}), len(living)) if living else None
        told = found.filter(indikator="cakupan_warga", wilayah=place, potongan="")
        have = told.drop_nulls("penyebut").select("pembilang", "penyebut").rows()
        assert have == ([expected] if expected else [])


@settings(max_examples=tries(6), deadline=None)
@given(st.lists(st.sets(st.integers(1, 5)), min_size=3, max_size=5))
def test_lapse_and_staying_are_differences_of_sets(months):
    ends = [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
    potret = {
        per: members(*(member(n, dibayar_sampai=f"{per:%Y-%m}") for n in who))
        for per, who in zip(ends, months, strict=False)
    }
    found = measured(Inputs(potret))
    for earlier, per, before, now in zip(ends, ends[1:], months, months[1:], strict=False):
        expected = (len(before - now), len(before)) if before else None
        have = found.filter(indikator="lapse", wilayah="17", kelas="", per=per).drop_nulls("penyebut")
        assert have.select("pembilang", "penyebut").rows() == ([expected] if expected else []), earlier
