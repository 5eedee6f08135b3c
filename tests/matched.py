"""A small province in the database: registers, programme and lists whose rows are sure, doubtful and double."""

from datetime import date
from typing import Any

import polars as pl

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import FileState, ListFile, Original, ProposalRow, Shipment
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.running import Running
from jangkau.apps.linkage import actions
from jangkau.apps.linkage.models import Link, LinkRun, Member, Person, PersonWord
from jangkau.apps.registry.actions import set_programme
from jangkau.apps.registry.models import Snapshot, SnapshotState
from jangkau.core.tables.registers import KESEJAHTERAAN, PENDUDUK, PESERTA
from jangkau.core.tables.schema import Table
from jangkau.core.tables.settings import Settings

NIUR, KAUR = "1705012002", "1704012001"
BORN = date(1980, 5, 17)
PEOPLE = {  # the last digits of the NIK -> name, birth date, sex, desa
    "0001": ("AHMAD SURYADI", date(1980, 5, 17), "L", NIUR),
    "0002": ("SITI AMINAH", date(1985, 3, 2), "P", NIUR),
    "0003": ("BUDI SANTOSO", date(1978, 5, 11), "L", NIUR),
    "0004": ("DEWI LESTARI", date(1990, 12, 24), "P", NIUR),
    "0005": ("JOKO PRASETYO", date(1971, 7, 7), "L", NIUR),
    "0006": ("RINA MARLINA", date(1993, 2, 14), "P", KAUR),
}


def nik(serial: str) -> str:
    _, born, sex, desa = PEOPLE[serial]
    day = born.day + (40 if sex == "P" else 0)
    return f"{desa[:6]}{day:02}{born.month:02}{born.year % 100:02}{serial}"


def snapshot(table: Table, rows: list[dict[str, Any]], as_of: date = date(2026, 10, 31)) -> Snapshot:
    kinds = {"String": pl.String, "Int64": pl.Int64, "Date": pl.Date}
    data = pl.DataFrame([{name: row.get(name) for name in table.names} for row in rows],
                        schema={name: kinds[str(dtype)] for name, dtype in table.schema.items()})  # fmt: skip
    made = Snapshot.objects.create(
        kind=table.name, as_of=as_of, source="uji", file_name="uji.csv",
        sha256=f"{as_of}{table.name}".ljust(64, "0"),
        size=1, state=SnapshotState.READY, rows=len(data),
    )  # fmt: skip
    made.path.parent.mkdir(parents=True, exist_ok=True)
    data.write_parquet(made.path)
    return made


def registers() -> None:
    """The registers and the programme of the small province."""
    residents = [
        {"nik": nik(serial), "no_kk": f"170501010101{serial}", "nama": name, "tanggal_lahir": born,
         "jenis_kelamin": sex, "kode_desa": desa, "hubungan": "KEPALA" if sex == "L" else "PASANGAN",
         "pekerjaan": "PETANI/PEKEBUN"}
        for serial, (name, born, sex, desa) in PEOPLE.items()
    ]  # fmt: skip
    snapshot(PENDUDUK, residents)
    snapshot(PESERTA, [
        {"kpj": f"1700000{serial}", "nik": nik(serial), "nama": PEOPLE[serial][0], "tanggal_lahir": PEOPLE[serial][1],
         "jenis_kelamin": PEOPLE[serial][2], "kode_wilayah": "1705", "segmen": "BPU", "pembayar": pays,
         "mulai": "2025-01", "dibayar_sampai": until, "upah": 1_000_000}
        for serial, pays, until in (("0003", "SENDIRI", "2026-10"), ("0001", "CSR", "2026-03"))
    ])  # fmt: skip
    snapshot(KESEJAHTERAAN, [
        {"id_individu": f"DTSEN{serial}", "nik": nik(serial), "nama": PEOPLE[serial][0],
         "tanggal_lahir": PEOPLE[serial][1], "jenis_kelamin": PEOPLE[serial][2], "kode_desa": PEOPLE[serial][3],
         "desil": 1, "disabilitas": 0}
        for serial in ("0001", "0002", "0003")
    ])  # fmt: skip
    values = {"provinsi": "17", "per": date(2026, 11, 22), "mulai": "2026-12", "bulan": 12,
              "bobot": {"desil": {1: 100, 2: 80}, "kepala_keluarga": 20}}  # fmt: skip
    set_programme(Settings.model_validate(values), by=None)


def a_list(by: User | None, name: str = "niur.xlsx", region: str = NIUR) -> ListFile:
    sha = f"{ListFile.objects.count():064d}"
    original = Original.objects.create(sha256=sha, size=1)
    shipment = Shipment.objects.create(by=by, region_code=region[:4])
    return ListFile.objects.create(
        shipment=shipment, original=original, name=name, region_code=region, state=FileState.READ
    )


def row(file: ListFile, baris: int, serial: str | None = None, **values: Any) -> ProposalRow:
    """A row that names a resident truly, but for `values`."""
    known: dict[str, Any] = {"kode_desa": file.region_code, "kode_wilayah": file.region_code, "pekerjaan": "TANI"}
    if serial:
        name, born, sex, _ = PEOPLE[serial]
        known |= {"nik": nik(serial), "nama": name.title(), "tanggal_lahir": born, "jenis_kelamin": sex}
    known |= values
    return ProposalRow.objects.create(
        file=file, lembar="Data", baris=baris, id_usulan=f"{file.key}#Data#{baris}", region_code=file.region_code,
        fingerprint=f"{abs(hash(tuple(sorted(known.items(), key=str)))):x}"[:32], **known,
    )  # fmt: skip


def niur(by: User | None) -> ListFile:
    """Two sure rows, a double, a doubtful one (the number and date of a resident, another name), a stranger."""
    file = a_list(by)
    row(file, 2, "0001")
    row(file, 3, "0002")
    row(file, 4, "0001", nama="Achmad Suryadi", nik=None)
    row(file, 5, "0003", nama="Wahyu Hidayat")
    row(file, 6, nama="Tukiman", tanggal_lahir=date(1966, 1, 9), jenis_kelamin="L")
    return file


def run() -> LinkRun:
    job = Job.objects.create(kind=actions.KIND, state=State.RUNNING)
    actions.run(Running(job))
    return LinkRun.objects.first()  # type: ignore[return-value]


def doubtful() -> Link:
    """The pair that waits for a clerk."""
    return Link.objects.get(keputusan="tinjau", register="penduduk")


def state() -> dict[str, list[Any]]:
    """Everything that decisions and runs may change, to be compared."""
    links = (
        "member__id_usulan",
        "register",
        "id_register",
        "peluang",
        "keputusan",
        "cara",
        "turn",
        "region_code",
        "isi",
    )
    facts = [f.attname for f in Person._meta.concrete_fields]
    return {
        "links": sorted(Link.objects.values_list(*links), key=str),
        "members": sorted(Member.objects.values_list("id_usulan", "person_id", "sidik", "fingerprint")),
        "persons": sorted(Person.objects.filter(state="ada").values_list(*facts), key=str),
        "words": sorted(PersonWord.objects.values_list("word", "region_code", "person_id")),
    }
