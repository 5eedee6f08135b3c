"""The reconciliation of many against a slow reading of one person at a time."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.engine import frame, polars
from jangkau.core.enrolment.findings import NAMES
from jangkau.core.enrolment.reconcile import When, reconcile
from jangkau.core.kernel.month import month_index, month_of, month_text
from jangkau.core.tables.reconciliation import BULAN_IURAN, TERCAKUP
from jangkau.core.tables.registers import DANA, PENDUDUK, PESERTA

NOW = month_index("2026-11")
WHEN = When(NOW, "17", grace=1)
NIKS = [f"170101{day:02}0161000{serial}" for serial in (1, 2) for day in (1, 2, 3)]
FUNDS = {"PROV": ("APBD_PROV", None), "KAUR": ("APBD_KAB", "17.04"), "BAZ": ("ZAKAT", "17")}
BIRTHS = [date(1961, 12, 1), date(1961, 11, 2), date(1961, 11, 1), date(1980, 5, 5), None]
some = st.sampled_from
months = st.integers(NOW - 8, NOW + 4)

people = st.lists(
    st.fixed_dictionaries(
        {
            "nik": some([*NIKS[:3], "123", None]),
            "kpj": some(["K1", "K2", "K3", " ", None]),
            "nama": some(["SITI", "Hj. Siti", "BUDI", None]),
            "tanggal_lahir": some(BIRTHS),
            "bulan_bayar": st.none() | st.integers(NOW - 3, NOW),
            "bulan": st.dictionaries(
                months, st.tuples(some(list(FUNDS)), some(["komitmen", "ditagih", "dibayar", "dibayar"])), max_size=6
            ),
        }
    ),
    min_size=1,
    max_size=4,
)
members = st.lists(
    st.fixed_dictionaries(
        {
            "nik": some([*NIKS[:3], *NIKS[:3], "123", None]),
            "nama": some(["SITI", "BUDI", None]),
            "tanggal_lahir": some(BIRTHS),
            "segmen": some(["BPU", "BPU", "PU", "JAKON", "PMI", None]),
            "pembayar": some(["APBD_PROV", "apbd_kab ", "SENDIRI", "", None]),
            "mulai": st.none() | months,
            "akhir": st.none() | months,
        }
    ),
    max_size=5,
)
residents = st.dictionaries(
    some(NIKS[:3]), st.tuples(some(["1704012001", "1701012001", "1601012001", None]), st.none() | months), max_size=3
)


def text(month: int | None) -> str | None:
    return None if month is None else month_text(month)


def run(who: list[dict[str, Any]], shown: list[dict[str, Any]], living: dict[str, Any]) -> tuple[Any, Any]:
    """What the vectorised reconciliation says, as rows."""
    persons = [{"id": at, **{k: v for k, v in person.items() if k != "bulan"}} for at, person in enumerate(who)]
    rows = [
        {"id": at, "bulan": month, "dana": fund, "iuran": 16_800 + month - NOW, "keadaan": state}
        for at, person in enumerate(who)
        for month, (fund, state) in person["bulan"].items()
    ]
    funds = [{"kode": c, "jenis": k, "wilayah": area, "anggaran": 0} for c, (k, area) in FUNDS.items()]
    register = [
        {**{k: v for k, v in row.items() if k != "akhir"}, "kpj": f"K{at + 1}"}
        | {"mulai": text(row["mulai"]), "dibayar_sampai": text(row["akhir"])}
        for at, row in enumerate(shown)
    ]
    population = [
        {"nik": nik, "kode_desa": home, "tanggal_meninggal": died and date(died // 12, died % 12 + 1, 15)}
        for nik, (home, died) in living.items()
    ]
    tables = (TERCAKUP, BULAN_IURAN, DANA, PESERTA, PENDUDUK)
    given = (persons, rows, funds, register, population)
    frames = [table.conform(frame(_typed(table, part))) for table, part in zip(tables, given, strict=True)]
    found = reconcile(*frames, WHEN)
    return polars(found.temuan).to_dicts(), polars(found.bulan).to_dicts()


def _typed(table: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = dict(polars(table.empty()).schema)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def certain(nik: str | None) -> str | None:
    return nik if nik in NIKS else None


def mine(person: dict[str, Any], shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The register rows of one person, read one by one."""
    number = (person["kpj"] or "").strip() or None
    found = []
    for at, row in enumerate(shown):
        nik, theirs = certain(person["nik"]), certain(row["nik"])
        same_birth = person["tanggal_lahir"] is not None and person["tanggal_lahir"] == row["tanggal_lahir"]
        by_number = number == f"K{at + 1}" and not (nik and theirs and nik != theirs and not same_birth)
        if by_number or (nik and nik == theirs):
            payer = (row["pembayar"] or "").strip().upper() or None
            cleaned = {"kpj": f"K{at + 1}", "segmen": row["segmen"] or "BPU", "pembayar": payer, "kita": by_number}
            found.append({**row, **cleaned})
    return found


def naive(person: dict[str, Any], shown: list[dict[str, Any]], living: dict[str, Any]) -> dict[str, Any]:
    """Every finding that holds for one person, in order, and his months by what becomes of them."""
    rows, held = mine(person, shown), person["bulan"]
    own = {FUNDS[fund][0] for fund, _ in held.values()}
    home, died = living.get(certain(person["nik"]) or "", (None, None))
    informal = [row for row in rows if row["segmen"] not in ("PU", "JAKON")]
    dated = sorted(
        (row for row in informal if row["akhir"] is not None), key=lambda r: (-r["akhir"], not r["kita"], r["kpj"])
    )
    best = dated[0] if dated else next(iter(sorted(informal, key=lambda r: (not r["kita"], r["kpj"]))), None)
    end = best and best["akhir"]
    formal = [
        NOW if row["mulai"] is None else row["mulai"]
        for row in rows
        if row["segmen"] in ("PU", "JAKON") and row["akhir"] is not None and row["akhir"] >= NOW - 3
    ]
    formal = [start for start in formal if start <= NOW]
    other = [r for r in dated if r["pembayar"] and r["pembayar"] not in own]
    twice = {m for m in held for r in other if (r["akhir"] if r["mulai"] is None else r["mulai"]) <= m <= r["akhir"]}
    outside = {m for m, (fund, _) in held.items() if home and not home.startswith(_area(fund))}
    outside |= set(held) if home and not home.startswith("17") else set()
    paid = {m for m, (_, state) in held.items() if state == "dibayar"}
    too_old = _too_old(person["tanggal_lahir"])
    unseen = {m for m in paid if end is None or m > end}
    recent = person["bulan_bayar"] is not None and NOW - person["bulan_bayar"] <= 1
    number = (person["kpj"] or "").strip()
    holds = {
        "meninggal": died is not None and died <= NOW,
        "menjadi_formal": bool(formal),
        "dibayar_lain": bool(twice),
        "pindah": any(m >= NOW and m not in paid for m in outside),
        "usia_lewat": too_old is not None and too_old <= NOW,
        "belum_tercatat": recent and bool(unseen),
        "menunggu": not any(m <= NOW for m in paid),
        "tidak_dikenal": end is None,
        "lapse": end is not None and end < NOW - 3,
        "kpj_berbeda": bool(best and number and number != best["kpj"]),
        "menunggak": end is not None and NOW - 3 <= end < NOW,
        "aktif": end is not None and end >= NOW,
    }
    assert tuple(holds) == NAMES
    kinds = [name for name in NAMES if holds[name]]
    now_on = {m for m in held if m >= NOW}
    frees = {
        "meninggal": {m for m in held if died is not None and m > died},
        "menjadi_formal": {m for m in held if formal and m >= min(formal)},
        "dibayar_lain": twice,
        "pindah": outside & now_on,
        "usia_lewat": {m for m in held if too_old is not None and m >= too_old},
        "tidak_dikenal": now_on,
        "lapse": now_on,
    }.get(kinds[0], set())
    refunds = {"meninggal": frees, "dibayar_lain": twice, "tidak_dikenal": paid, "lapse": unseen}.get(kinds[0], set())
    return {"kinds": kinds, "lepas": frees - paid, "kembali": refunds & paid}


def _area(fund: str) -> str:
    return (FUNDS[fund][1] or "").replace(".", "")


def _too_old(born: date | None) -> int | None:
    """The first month on whose first day the person is 65."""
    if born is None:
        return None
    birthday = date(born.year + 65, born.month, born.day)
    return month_of(birthday) + (birthday.day > 1)


@settings(max_examples=tries(60), deadline=None)
@given(people, members, residents)
def test_many_at_once_are_read_as_one_person_would_be(
    who: list[dict[str, Any]], shown: list[dict[str, Any]], living: dict[str, Any]
) -> None:
    findings, touched = run(who, shown, living)
    assert [row["id"] for row in findings] == list(range(len(who)))
    for at, person in enumerate(who):
        want = naive(person, shown, living)
        got = findings[at]
        assert [got["jenis"], *filter(None, got["juga"].split("|"))] == want["kinds"]
        for word in ("lepas", "kembali"):
            mine_ = {row["bulan"]: row["iuran"] for row in touched if row["id"] == at and row["usul"] == word}
            assert set(mine_) == want[word]
            assert got[f"bulan_{word}"] == len(mine_)
            assert got[f"rupiah_{word}"] == sum(mine_.values())
            assert got[f"{word}_dari"] == (min(mine_) if mine_ else None)


@settings(max_examples=tries(15), deadline=None)
@given(people, members, residents, st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(
    who: list[dict[str, Any]], shown: list[dict[str, Any]], living: dict[str, Any], dice: Any
) -> None:
    names = [f"K{at + 1}" for at in range(len(shown))]
    rows = list(zip(names, shown, strict=True))
    dice.shuffle(rows)
    assert _findings(who, rows, living) == _findings(who, list(zip(names, shown, strict=True)), living)


def _findings(who: list[dict[str, Any]], rows: list[tuple[str, dict[str, Any]]], living: dict[str, Any]) -> Any:
    register = [
        {**row, "kpj": name, "mulai": text(row["mulai"]), "dibayar_sampai": text(row["akhir"])} for name, row in rows
    ]
    persons = [{"id": at, **person} for at, person in enumerate(who)]
    months_ = [
        {"id": at, "bulan": m, "dana": fund, "iuran": 1, "keadaan": state}
        for at, person in enumerate(who)
        for m, (fund, state) in sorted(person["bulan"].items(), reverse=True)
    ]
    population = [{"nik": nik, "kode_desa": home} for nik, (home, _) in living.items()]
    funds = [{"kode": c, "jenis": k, "wilayah": area, "anggaran": 0} for c, (k, area) in FUNDS.items()]
    parts = zip(
        (TERCAKUP, BULAN_IURAN, DANA, PESERTA, PENDUDUK), (persons, months_, funds, register, population), strict=True
    )
    found = reconcile(*(table.conform(frame(_typed(table, part))) for table, part in parts), WHEN)
    return polars(found.temuan).to_dicts(), polars(found.bulan).to_dicts()
