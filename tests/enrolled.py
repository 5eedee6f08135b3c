"""A life in the database, step by step: an approved plan, its decree, a batch, an answer, a payment."""

from collections.abc import Callable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from planned import NIUR, table

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment import ledger, steps
from jangkau.apps.enrolment import reopening as reopen
from jangkau.apps.enrolment.batches import answer, make, pay, send
from jangkau.apps.enrolment.decrees import annex, draft, issue
from jangkau.apps.enrolment.models import Answer, Batch, Decree, Enrolment, Reopening
from jangkau.apps.linkage.identity import person_key
from jangkau.apps.linkage.models import Person
from jangkau.apps.planning.files import sum_of
from jangkau.apps.planning.models import Plan, PlanState
from jangkau.apps.registry.models import Fund
from jangkau.core import outputs
from jangkau.core.tables import results as t

Users = Callable[..., User]
START = 2027 * 12
DAY = date(2027, 1, 20)
NAMES = ("ANI CONTOH", "BUDI CONTOH", "CICI CONTOH")
PDF = b"%PDF-1.7 bukti bayar %%EOF"


def key(at: int) -> str:
    return f"p{2 * at:016x}"


def approved(by: User) -> Plan:
    """An approved plan with the two tables that a decree reads: ANI is paid by two funds in turn, BUDI by one."""
    number = Plan.objects.filter(region_code="1705").count() + 1
    plan = Plan.objects.create(region_code="1705", number=number, state=PlanState.APPROVED, title="Uji", made_by=by)
    plan.folder.mkdir(parents=True, exist_ok=True)
    named = [
        {"id_pekerja": key(at), "nama": name, "nik": nik(at), "tanggal_lahir": date(1990, 1, at),
         "jenis_kelamin": "P", "kode_desa": NIUR, "pekerjaan": "TANI", "status_tautan": "cocok"}
        for at, name in enumerate(NAMES, 1)
    ]  # fmt: skip
    outputs.write_parquet(table(t.PEKERJA, named), t.PEKERJA, plan.folder)
    paid = [(1, "DANA_A", "2027-07", 6), (1, "DANA_B", "2027-01", 6), (2, "DANA_A", "2027-01", 12), (3, None, None, 0)]
    rows = [
        {"id_pekerja": key(at), "dana": dana, "bulan_mulai": first, "jumlah_bulan": months, "poin": 100,
         "iuran_per_bulan": 16_800 if dana else 0, "iuran_total": 16_800 * months, "keterangan": "uji"}
        for at, dana, first, months in paid
    ]  # fmt: skip
    outputs.write_parquet(table(t.RENCANA, rows), t.RENCANA, plan.folder)
    plan.sha256 = sum_of(plan.folder)
    plan.save()
    return plan


def people(*more: int) -> list[Person]:
    """The people of the plan, as linkage knows them; `more` are others who wait."""
    made = [
        Person(
            id=person_key(key(at)), id_pekerja=key(at), region_code=NIUR, layak=True,
            nama=NAMES[at - 1] if at <= 3 else f"ORANG {at} CONTOH", nik=nik(at), poin=100 - at,
            tanggal_lahir=date(1990, 1, min(at, 28)), jenis_kelamin="P", kode_desa=NIUR, pekerjaan="TANI",
        )
        for at in (1, 2, 3, *more)
    ]  # fmt: skip
    return Person.objects.bulk_create(made)


def funds(budget: int = 10_000_000) -> list[Fund]:
    known = {"jenis": "APBD_KAB", "anggaran": budget, "wilayah": "1705"}
    return [Fund.objects.create(kode=kode, nama=f"Dana {kode[-1]}", **known) for kode in ("DANA_A", "DANA_B")]


def drafted(user: Users, budget: int = 10_000_000, more: tuple[int, ...] = ()) -> Decree:
    people(*more)
    funds(budget)
    by = user("pengelola")
    return draft.draft(approved(by), "1705", "Pekerja rentan Seluma", by=by)


def proposed(user: Users, budget: int = 10_000_000, more: tuple[int, ...] = (), files: bool = False) -> Decree:
    """Without its files, which take half a second, unless asked."""
    made = issue.propose(drafted(user, budget, more), "560/12/2027", date(2027, 1, 4), by=user("pengelola"))
    return with_files(made) if files else unwritten(made)


def with_files(decree: Decree) -> Decree:
    annex.write(decree)
    decree.refresh_from_db()
    return decree


def unwritten(decree: Decree) -> Decree:
    """As if its files were made."""
    Decree.objects.filter(pk=decree.pk).update(sha256="0" * 64)
    return Decree.objects.get(pk=decree.pk)


def in_force(user: Users, more: tuple[int, ...] = ()) -> Decree:
    return issue.issue(proposed(user, more=more), by=user("penyetuju"))


def made(user: Users, months: int = 12, more: tuple[int, ...] = ()) -> Batch:
    """A batch of fund A: ANI for the second half of the year, BUDI for the whole."""
    in_force(user, more)
    asked = make.Asked(Fund.objects.get(kode="DANA_A"), "1705", START, months)
    return make.make(asked, by=user("pengelola"))


def sent(user: Users, months: int = 12) -> Batch:
    return send.submit(made(user, months), by=user("pengelola"))


def file(*rows: str, name: str = "jawaban.csv") -> SimpleUploadedFile:
    """An answer of the insurer: rows NIK;Status;KPJ;Kode."""
    return SimpleUploadedFile(name, "\n".join(["NIK;Status;KPJ;Kode", *rows]).encode())


def nik(at: int) -> str:
    return f"170501410190{at:04d}"


def brought(batch: Batch, user: Users, *rows: str, day: date = DAY) -> Answer:
    """An answer received and read."""
    got, _new = answer.receive(batch, file(*rows), day, by=user("bpjs"))
    answer.read(got)
    got.refresh_from_db()
    return got


def answered(user: Users) -> Batch:
    """ANI is accepted, BUDI refused."""
    batch = sent(user)
    brought(batch, user, f"{nik(1)};Diterima;24010000001;", f"{nik(2)};Ditolak;;E02")
    batch.refresh_from_db()
    return batch


def billed(user: Users) -> Batch:
    batch = answered(user)
    return pay.bill(batch, "KI-0001", pay.ours(batch), "", by=user("pengelola"))


def entered(user: Users) -> Batch:
    proof = SimpleUploadedFile("bukti.pdf", PDF)
    return pay.enter(billed(user), proof, "STS-9", date(2027, 1, 28), by=user("pengelola"))


def doubted(user: Users) -> Batch:
    """ANI is accepted, then refused."""
    batch = answered(user)
    brought(batch, user, f"{nik(1)};Ditolak;;E05", day=date(2027, 2, 1))
    return batch


def ended(user: Users) -> Enrolment:
    """BUDI, promised a year and not yet sent, is ended by mistake: his months are let go."""
    in_force(user)
    return end(Enrolment.objects.get(person__nama="BUDI CONTOH"), user)


def end(one: Enrolment, user: Users) -> Enrolment:
    by = user("operator_kab")
    ledger.release(one.paid_months.filter(state="komitmen"), by=by)
    steps.move([one], "selesai", by=by, why="dikira pindah", reason="pindah")
    one.refresh_from_db()
    return one


def reopening(user: Users) -> Reopening:
    return reopen.ask(ended(user), "ternyata masih tinggal di sini", by=user("operator_kab"))
