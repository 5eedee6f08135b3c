"""Who is counted where, over what, and what is left unsaid."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from jangkau.core.coverage import coverage, denominator_problems
from jangkau.core.law.book import Book
from jangkau.core.tables.registers import ANGKATAN_KERJA, PESERTA
from jangkau.core.tables.results import PEKERJA, RENCANA, TAUTAN, USULAN
from jangkau.core.tables.schema import Table
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12")
REGIONS = [("9901", "Kabupaten Satu"), ("9902", "Kabupaten Dua")]
NIK_A, NIK_B = "1701010505900001", "1701014505910002"
WORKERS = [
    {"wilayah": "99", "nama_penyebut": "Bekerja", "segmen": "SEMUA", "jumlah": 8, "tahun": 2025, "sumber": "BPS"}
]


def frame(table: Table, rows: list[dict[str, Any]]) -> Any:
    if not rows:
        return table.conform(pl.DataFrame(schema=dict.fromkeys(table.names, pl.Null)))
    return table.conform(pl.DataFrame(rows, infer_schema_length=None))


def headline(cakupan: Any, wilayah: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The province-wide rows of a region, before and after."""
    rows = [row for row in cakupan.rows(named=True) if (row["wilayah"], row["segmen"]) == (wilayah, "SEMUA")]
    before, after = sorted(rows, key=lambda row: row["keadaan"])
    return before, after


def member(kpj: str, **facts: Any) -> dict[str, Any]:
    return {"kpj": kpj, "kode_wilayah": "9901", "segmen": "BPU", "dibayar_sampai": "2026-11", **facts}


def table(
    members: list[dict[str, Any]],
    *,
    workers: list[dict[str, Any]] = WORKERS,
    people: dict[str, str | None] | None = None,
    paid: tuple[str, ...] = (),
    links: dict[str, str] | None = None,
    settings: Settings = SETTINGS,
) -> Any:
    """`people`: id -> kode_desa; `paid` ids with a fund (named twice: handed over); `links`: id -> kpj, cocok."""
    people, links = people or {}, links or {}
    rencana = [
        {"id_pekerja": p, "dana": "D1" if p in paid else None, "poin": 0, "keterangan": ""} for p in (*people, *paid)
    ]
    tautan = [
        {
            "id_usulan": f"u{p}",
            "register": "peserta",
            "id_register": k,
            "peluang": 1.0,
            "keputusan": "cocok",
            "cara": "nik",
        }
        for p, k in links.items()
    ]
    usulan = [{"id_usulan": f"u{p}", "id_pekerja": p, "berkas": "a", "lembar": "", "baris": 1} for p in people]
    return coverage(
        frame(PESERTA, members),
        frame(ANGKATAN_KERJA, workers),
        pekerja=frame(
            PEKERJA, [{"id_pekerja": p, "kode_desa": d, "status_tautan": "cocok"} for p, d in people.items()]
        ),
        usulan=frame(USULAN, usulan),
        tautan=frame(TAUTAN, tautan),
        rencana=frame(RENCANA, rencana),
        regions=REGIONS,
        settings=settings,
        book=Book.load(),
        nama_provinsi="Provinsi Uji",
    )


def numerators(cakupan: Any, state: str = "sebelum") -> dict[tuple[str, str], int]:
    rows = cakupan.rows(named=True)
    return {(r["wilayah"], r["segmen"]): r["pembilang"] for r in rows if r["keadaan"] == state and r["pembilang"]}


def test_a_person_in_two_segments_counts_once_in_all_and_once_in_each():
    counted = numerators(table([member("1", nik=NIK_A), member("2", nik=NIK_A, segmen="PU")]))
    assert counted == {
        (place, segment): 1 for place in ("99", "9901") for segment in ("SEMUA", "FORMAL", "INFORMAL", "PU", "BPU")
    }


def test_a_person_active_in_two_kabupaten_counts_once_in_the_province():
    counted = numerators(table([member("1", nik=NIK_A), member("2", nik=NIK_A, kode_wilayah="9902")]))
    assert counted[("99", "SEMUA")] == counted[("9901", "SEMUA")] == counted[("9902", "SEMUA")] == 1


def test_without_a_valid_nik_a_person_is_a_name_and_a_birth_date():
    born = date(1990, 5, 5)
    members = [
        member("1", nik="1111111111111111", nama="M. Yusuf", tanggal_lahir=born),
        member("2", nama="Muhammad Yusuf", tanggal_lahir=born),
        member("3", nama="Muhammad Yusuf", tanggal_lahir=date(1991, 5, 5)),
        member("4", nama="Muhammad Yusuf"),
        member("5", nama="Muhammad Yusuf"),
    ]
    assert numerators(table(members))[("99", "SEMUA")] == 4


def test_a_row_without_nik_is_the_one_person_with_a_nik_of_that_name_and_birth_date():
    same = {"nama": "Siti Aminah", "tanggal_lahir": date(1990, 5, 5)}
    with_nik, without = member("1", nik=NIK_A, **same), member("2", segmen="PU", **same)
    namesake = member("3", nik=NIK_B, **same)
    assert numerators(table([with_nik, without]))[("99", "SEMUA")] == 1
    assert numerators(table([with_nik, without, namesake]))[("99", "SEMUA")] == 3


@pytest.mark.parametrize(("until", "active"), [("2026-08", 1), ("2026-07", 0), (None, 0), ("2027-05", 1)])
def test_active_is_paid_to_within_three_months(until, active):
    assert numerators(table([member("1", nik=NIK_A, dibayar_sampai=until)])).get(("99", "BPU"), 0) == active


@pytest.mark.parametrize("place", ["1701", None])
def test_members_outside_the_province_are_not_counted(place):
    assert numerators(table([member("1", nik=NIK_A, kode_wilayah=place)])) == {}


def test_the_newly_covered_are_added_where_they_live_as_bpu():
    after = table([member("1", nik=NIK_A)], people={"p": "9902010001", "q": "9902010001"}, paid=("p", "p"))
    assert numerators(after, "sebelum")[("99", "SEMUA")] == 1
    assert numerators(after, "sesudah")[("99", "SEMUA")] == 2
    assert numerators(after, "sesudah")[("9902", "BPU")] == 1
    assert numerators(after, "sesudah")[("9901", "BPU")] == 1


def test_a_renewal_that_is_active_now_stays_counted_once():
    after = table([member("1", nik=NIK_A)], people={"p": "9901010001"}, paid=("p",), links={"p": "1"})
    assert numerators(after, "sesudah") == numerators(after, "sebelum")


def test_a_lapsed_member_who_is_covered_again_is_new():
    lapsed = member("1", nik=NIK_A, dibayar_sampai="2026-01")
    after = table([lapsed], people={"p": "9901010001"}, paid=("p",), links={"p": "1"})
    assert numerators(after, "sesudah")[("9901", "SEMUA")] == 1


def test_a_percentage_has_its_denominator_and_source_beside_it():
    before, after = headline(
        table([member("1", nik=NIK_A), member("2", nik=NIK_B)], people={"p": "9901010001"}, paid=("p",)), "99"
    )
    assert (before["pembilang"], after["pembilang"], before["penyebut"], after["penyebut"]) == (2, 3, 8, 8)
    assert (before["persen"], after["persen"]) == (25.0, 37.5)
    assert (before["nama_penyebut"], before["sumber_penyebut"]) == ("Bekerja", "BPS, tahun 2025")
    assert after["sumber_pembilang"] == "register/peserta per 2026-11-22 + rencana"


def test_segments_without_a_published_denominator_have_no_percentage():
    rows = table([member("1", nik=NIK_A)]).rows(named=True)
    unknown = [r for r in rows if (r["wilayah"], r["segmen"]) != ("99", "SEMUA")]
    assert len(unknown) == len(rows) - 2
    assert all(r["penyebut"] is None and r["persen"] is None and r["sumber_penyebut"] is None for r in unknown)


def test_the_latest_year_and_the_chosen_name_are_used():
    workers = [
        {**WORKERS[0], "tahun": 2024, "jumlah": 1},
        *WORKERS,
        {**WORKERS[0], "nama_penyebut": "Angkatan kerja", "jumlah": 10},
    ]
    chosen = SETTINGS.model_copy(update={"penyebut": "Angkatan kerja"})
    assert headline(table([], workers=workers), "99")[0]["penyebut"] == 8
    assert headline(table([], workers=workers, settings=chosen), "99")[0]["penyebut"] == 10


def test_a_province_without_its_own_row_takes_the_sum_of_all_its_kabupaten():
    parts = [{**WORKERS[0], "wilayah": code, "jumlah": 3} for code, _ in REGIONS]
    whole, _ = headline(table([], workers=parts), "99")
    assert (whole["penyebut"], whole["sumber_penyebut"]) == (6, "jumlah kabupaten/kota: BPS, tahun 2025")
    assert headline(table([], workers=parts[:1]), "99")[0]["penyebut"] is None


def test_missing_denominators_are_problems_not_crashes():
    wanted = SETTINGS.model_copy(update={"penyebut": "Tidak ada"})
    assert headline(table([], settings=wanted), "99")[1]["persen"] is None
    workers = frame(ANGKATAN_KERJA, WORKERS)
    assert [p["kode"] for p in denominator_problems(workers, REGIONS, wanted)] == ["PENYEBUT_TIDAK_ADA"]
    [short] = denominator_problems(workers, REGIONS, SETTINGS)
    assert short["kode"] == "PENYEBUT_KURANG"
    assert "9901, 9902" in str(short["pesan"])
    assert headline(table([], workers=[]), "99")[0]["nama_penyebut"] == ""


def test_a_zero_denominator_gives_no_percentage():
    assert headline(table([], workers=[{**WORKERS[0], "jumlah": 0}]), "99")[0]["persen"] is None


def test_rows_stand_in_a_fixed_order():
    rows = table([]).rows(named=True)
    assert len(rows) == 3 * 7 * 2
    assert [(r["wilayah"], r["segmen"], r["keadaan"]) for r in rows[:3]] == [
        ("99", "SEMUA", "sebelum"),
        ("99", "SEMUA", "sesudah"),
        ("99", "FORMAL", "sebelum"),
    ]
