"""The vectorised rules against one person at a time in plain Python, over small invented worlds."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tries import tries

from jangkau.core.eligibility import REASONS, decide, gather
from jangkau.core.identity.occupation import classify
from jangkau.core.law.book import Book
from jangkau.core.tables.registers import PENDUDUK, PESERTA
from jangkau.core.tables.results import PEKERJA, TAUTAN, USULAN, USULAN_BACA
from jangkau.core.tables.settings import Settings

SETTINGS = Settings(provinsi="99", per=date(2026, 11, 22), mulai="2026-12", usia={"min": 18, "maks": 64})
BOOK = Book.load()
JOBS = (None, "-", "PETANI/PEKEBUN", "PEGAWAI NEGERI SIPIL (PNS)", "PELAJAR/MAHASISWA", "KEPOLISIAN RI (POLRI)")
DATES = st.sampled_from(
    [None, *(date(y, m, d) for y in (1950, 1961, 1962, 1990, 2008, 2009) for m, d in ((12, 1), (12, 2)))]
)
MONTHS = st.sampled_from([None, "", "2026-07", "2026-08", "2026-09", "2026-11", "2026-12", "2027-03"])
PEOPLE, CITIZENS, MEMBERS = ("p0", "p1", "p2"), tuple(f"99010101900{i}0001" for i in range(4)), ("k0", "k1", "k2", "k3")

citizen = st.fixed_dictionaries(
    {
        "tanggal_lahir": DATES,
        "kode_desa": st.sampled_from(["9901010001", "1701010001", None]),
        "pekerjaan": st.sampled_from(JOBS),
        "tanggal_meninggal": st.sampled_from([None, None, date(2026, 11, 22), date(2026, 11, 23)]),
    }
)
member = st.fixed_dictionaries(
    {
        "segmen": st.sampled_from(["PU", "BPU"]),
        "pembayar": st.sampled_from([None, "", "SENDIRI", "PEMBERI_KERJA", "APBD_PROV", "CSR"]),
        "dibayar_sampai": MONTHS,
    }
)
proposal = st.fixed_dictionaries(
    {
        "person": st.sampled_from(PEOPLE),
        "berkas": st.sampled_from(["a.xlsx", "b.xlsx"]),
        "status_kerja": st.sampled_from([None, "BEKERJA", "BUKAN_PEKERJA", "APARATUR"]),
        "penghasilan": st.sampled_from([None, 500_000, 900_000]),
    }
)
decisions = st.sampled_from(["cocok", "tinjau", "tidak"])


@dataclass(frozen=True)
class World:
    citizens: list[dict[str, Any]]
    members: list[dict[str, Any]]
    proposals: list[dict[str, Any]]
    links: list[dict[str, Any]]
    births: list[date | None]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    citizens = [{"nik": nik, **draw(citizen)} for nik in CITIZENS]
    members = [{"kpj": kpj, **draw(member)} for kpj in MEMBERS]
    rows = draw(st.lists(proposal, min_size=1, max_size=6))
    proposals = [{"id_usulan": f"u{i}", "lembar": "", "baris": i, **row} for i, row in enumerate(rows)]
    ids = st.sampled_from([p["id_usulan"] for p in proposals])
    pairs = {(draw(ids), "penduduk", nik) for nik in draw(st.lists(st.sampled_from(CITIZENS), max_size=4))}
    pairs |= {(draw(ids), "peserta", kpj) for kpj in draw(st.lists(st.sampled_from(MEMBERS), max_size=5))}
    chances = st.sampled_from([0.5, 0.75])
    links = [
        {"id_usulan": u, "register": r, "id_register": i, "keputusan": draw(decisions), "peluang": draw(chances)}
        for u, r, i in sorted(pairs)
    ]
    return World(citizens, members, proposals, links, [draw(DATES) for _ in PEOPLE])


def links_of(world: World, person: str, register: str, decision: str) -> list[dict[str, Any]]:
    rows = {p["id_usulan"] for p in world.proposals if p["person"] == person}
    return [
        link
        for link in world.links
        if link["id_usulan"] in rows and link["register"] == register and link["keputusan"] == decision
    ]


def status(world: World, person: str) -> str:
    return next((d for d in ("cocok", "tinjau") if links_of(world, person, "penduduk", d)), "tidak")


def index(month: str | None) -> int | None:
    return int(month[:4]) * 12 + int(month[5:]) - 1 if month else None


def subsidised_and_ending(row: dict[str, Any]) -> bool:
    return row["pembayar"] not in (None, "", "SENDIRI", "PEMBERI_KERJA") and index(row["dibayar_sampai"]) < index(
        "2026-12"
    )


def blocks(row: dict[str, Any]) -> bool:
    end = index(row["dibayar_sampai"])
    return end is not None and end >= index("2026-08") and not subsidised_and_ending(row)


def years(born: date) -> int:
    return 2026 - born.year - ((born.month, born.day) > (12, 1))


def expected(world: World, person: str) -> dict[str, Any]:
    proposals = sorted(
        (p for p in world.proposals if p["person"] == person), key=lambda p: (p["berkas"], p["lembar"], p["baris"])
    )
    members = {m["kpj"]: m for m in world.members}
    cocok = {link["id_register"] for link in links_of(world, person, "peserta", "cocok")}
    tinjau = {link["id_register"] for link in links_of(world, person, "peserta", "tinjau")} - cocok
    settled = sorted(links_of(world, person, "penduduk", "cocok"), key=lambda k: (-k["peluang"], k["id_register"]))
    citizens = {c["nik"]: c for c in world.citizens}
    home = citizens[settled[0]["id_register"]] if settled else {}
    born = home.get("tanggal_lahir") or world.births[PEOPLE.index(person)]
    said = [p["status_kerja"] for p in proposals if p["status_kerja"]]
    registered = classify(home["pekerjaan"]).status if home.get("pekerjaan") else None
    work = said[0] if said else registered
    state = status(world, person)
    reasons = set()
    if state == "tidak":
        reasons.add("NIK_TIDAK_DITEMUKAN")
    if home.get("tanggal_meninggal") and home["tanggal_meninggal"] <= SETTINGS.per:
        reasons.add("MENINGGAL")
    if any(blocks(members[kpj]) for kpj in cocok):
        reasons.add("SUDAH_AKTIF")
    if "APARATUR" in said or registered == "APARATUR":
        reasons.add("APARATUR")
    if work == "BUKAN_PEKERJA":
        reasons.add("BUKAN_PEKERJA")
    if home.get("kode_desa") and not home["kode_desa"].startswith("99"):
        reasons.add("DI_LUAR_WILAYAH")
    lasting = set(reasons)
    if born and not 18 <= years(born) <= 64:
        reasons.add("USIA_KURANG" if years(born) < 18 else "USIA_LEBIH")
    candidates = [
        citizens[link["id_register"]]["tanggal_lahir"] for link in links_of(world, person, "penduduk", "tinjau")
    ]
    if state == "cocok" or all(b and not 18 <= years(b) <= 64 for b in candidates):
        lasting = set(reasons)
    if not lasting and (state == "tinjau" or any(blocks(members[kpj]) for kpj in tinjau)):
        reasons.add("PERLU_TINJAUAN")
    dated = [members[kpj] for kpj in cocok if members[kpj]["dibayar_sampai"]]
    last = [m for m in dated if m["dibayar_sampai"] == max(d["dibayar_sampai"] for d in dated)]
    return {
        "alasan": [code for code in REASONS if code in reasons],
        "lanjutan": bool(last) and all(subsidised_and_ending(m) for m in last),
        "terdaftar": bool(cocok),
        "penghasilan": next((p["penghasilan"] for p in proposals if p["penghasilan"]), None),
    }


def answered(world: World, people: list[str]) -> dict[str, dict[str, Any]]:
    def frame(table: Any, rows: list[dict[str, Any]]) -> Any:
        start = (
            pl.DataFrame(rows, infer_schema_length=None)
            if rows
            else pl.DataFrame(schema=[(n, pl.Null) for n in table.names])
        )
        return table.conform(start)

    proposals = [{"id_pekerja": p["person"], **p} for p in world.proposals]
    pekerja = [
        {
            "id_pekerja": p,
            "tanggal_lahir": world.births[PEOPLE.index(p)],
            "kode_desa": "9901010001",
            "status_tautan": status(world, p),
        }
        for p in people
    ]
    facts = gather(
        frame(PEKERJA, pekerja),
        frame(USULAN_BACA, proposals),
        frame(USULAN, proposals),
        frame(TAUTAN, [{**link, "cara": "model"} for link in world.links]),
        frame(PENDUDUK, world.citizens),
        frame(PESERTA, world.members),
        SETTINGS,
        BOOK,
    )
    verdicts = {row["id_pekerja"]: row for row in decide(facts, SETTINGS).rows(named=True)}
    return {row["id_pekerja"]: {**row, **verdicts[row["id_pekerja"]]} for row in facts.rows(named=True)}


@given(worlds())
@settings(max_examples=tries(60), deadline=None)
def test_vectorised_rules_agree_with_one_person_at_a_time(world):
    people = sorted({p["person"] for p in world.proposals})
    answers = answered(world, people)
    assert sorted(answers) == people
    for person in people:
        want = expected(world, person)
        got = {key: answers[person][key] for key in want}
        assert got == want
        assert answers[person]["layak"] == (not want["alasan"])
