"""Coverage counts against sets of people, and what must add up."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.coverage import coverage
from jangkau.core.law.book import Book
from jangkau.core.tables.registers import ANGKATAN_KERJA, PESERTA
from jangkau.core.tables.results import PEKERJA, RENCANA, TAUTAN, USULAN
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12")
REGIONS = [("9901", "Satu"), ("9902", "Dua")]
NIKS = [f"170101050590000{i}" for i in range(1, 6)]
FORMAL, INFORMAL = {"PU", "JAKON"}, {"BPU", "PMI"}

members = st.lists(
    st.fixed_dictionaries(
        {
            "nik": st.sampled_from(NIKS),
            "kode_wilayah": st.sampled_from(["9901", "9902", "1701"]),
            "segmen": st.sampled_from(["PU", "BPU", "JAKON", "PMI"]),
            "dibayar_sampai": st.sampled_from(["2026-07", "2026-08", "2026-12"]),
        }
    ),
    max_size=8,
)
selected = st.lists(
    st.fixed_dictionaries(
        {
            "kode_desa": st.sampled_from(["9901010001", "9902010001"]),
            "kpj": st.sampled_from([None, "0", "1", "2"]),
            "dana": st.sampled_from([None, "A", "B"]),
        }
    ),
    max_size=5,
)


def table(declared: Any, rows: list[dict[str, Any]]) -> Any:
    start = (
        pl.DataFrame(rows, infer_schema_length=None)
        if rows
        else pl.DataFrame(schema=dict.fromkeys(declared.names, pl.Null))
    )
    return declared.conform(start)


def counted(pairs: list[tuple[str, str, str]]) -> dict[tuple[str, str], set[str]]:
    """(person, kabupaten, segment) -> people by place and segment."""
    people: dict[tuple[str, str], set[str]] = {}
    for person, place, segment in pairs:
        groups = ["SEMUA", segment, "FORMAL" if segment in FORMAL else "INFORMAL"]
        for where in ("99", place):
            for group in groups:
                people.setdefault((where, group), set()).add(person)
    return people


@given(members, selected)
@settings(max_examples=tries(50), deadline=None)
def test_counts_are_sets_of_people(rows, chosen):
    peserta = [{"kpj": str(i), **row} for i, row in enumerate(rows)]
    active = {m["kpj"]: m for m in peserta if m["dibayar_sampai"] >= "2026-08" and m["kode_wilayah"].startswith("99")}
    people = [{"id_pekerja": f"p{i}", **person} for i, person in enumerate(chosen)]
    link = {"register": "peserta", "peluang": 1.0, "keputusan": "cocok", "cara": "nik"}
    cakupan = coverage(
        table(PESERTA, peserta),
        table(ANGKATAN_KERJA, []),
        pekerja=table(PEKERJA, [{**p, "status_tautan": "cocok"} for p in people]),
        usulan=table(
            USULAN, [{**p, "id_usulan": p["id_pekerja"], "berkas": "a", "lembar": "", "baris": 1} for p in people]
        ),
        tautan=table(
            TAUTAN, [{"id_usulan": p["id_pekerja"], "id_register": p["kpj"], **link} for p in people if p["kpj"]]
        ),
        rencana=table(RENCANA, [{**p, "poin": 0, "keterangan": ""} for p in people]),
        regions=REGIONS,
        settings=SETTINGS,
        book=Book.load(),
        nama_provinsi="Uji",
    )
    before = [(m["nik"], m["kode_wilayah"], m["segmen"]) for m in active.values()]
    new = [(p["id_pekerja"], p["kode_desa"][:4], "BPU") for p in people if p["dana"] and p["kpj"] not in active]
    want = {"sebelum": counted(before), "sesudah": counted(before + new)}
    got = {(r["keadaan"], r["wilayah"], r["segmen"]): r["pembilang"] for r in cakupan.rows(named=True)}
    assert got == {
        (state, place, segment): len(want[state].get((place, segment), ()))
        for state in want
        for place in ("99", "9901", "9902")
        for segment in ("SEMUA", "FORMAL", "INFORMAL", "PU", "BPU", "JAKON", "PMI")
    }
    for place in ("99", "9901", "9902"):
        assert got["sesudah", place, "SEMUA"] >= got["sebelum", place, "SEMUA"]
        assert got["sesudah", place, "FORMAL"] + got["sesudah", place, "INFORMAL"] >= got["sesudah", place, "SEMUA"]
    assert got["sesudah", "9901", "SEMUA"] + got["sesudah", "9902", "SEMUA"] >= got["sesudah", "99", "SEMUA"]
