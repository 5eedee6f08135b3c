"""Companies from the file to the letter; groups and their counts; what permit offices are told."""

from collections.abc import Callable
from datetime import date

import matched
import pytest
import worlds
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from worlds import Cast

from jangkau.apps.access.tokens import make
from jangkau.apps.audit.models import Event
from jangkau.apps.intake.models import FileState, ListFile, ProposalRow
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.linkage.models import Member, Person
from jangkau.apps.notices.models import Notice
from jangkau.apps.partners import companies as actions
from jangkau.apps.partners import employees, groups
from jangkau.apps.partners.models import Company, CompanyState, EmployeeCount, FollowUp, Group, Verdict, WorkerList
from jangkau.core.tables.registers import PENDUDUK, PESERTA
from tests.web.conftest import make_regions

_django_db_helper = worlds.in_the_world
NPP, NIB = "AB1234", "0120001234567"
REGISTER = f"""nama;npp;nib;wilayah;skala;pekerja;program
PT Ada;AB-1234;{NIB};1705;KECIL;3;JKK|JKM|JHT
PT Belum;;9120001234567;1705;MIKRO;6;
PT Tetangga;ZZ9999;;1704;MIKRO;1;
"""
WORKERS = ("0001", "0002", "0003", "0004")


def file(text: str, name: str = "perusahaan.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def workers() -> str:
    lines = [f"{matched.nik(s)};{matched.PEOPLE[s][0]};{matched.PEOPLE[s][1]:%d-%m-%Y};3000000" for s in WORKERS]
    return "\n".join(["NIK;Nama;Tanggal Lahir;Upah", *lines])


@pytest.fixture(scope="module")
def world(module_db: None, cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The small province; two of PT Ada's four workers are active there, one of them with a lower wage."""
    make_regions()
    matched.registers()
    matched.snapshot(PENDUDUK, [
        {"nik": matched.nik(s), "no_kk": "1705010101010000", "nama": name, "tanggal_lahir": born, "jenis_kelamin": sex,
         "kode_desa": desa, "hubungan": "KEPALA", "pekerjaan": "KARYAWAN SWASTA"}
        for s, (name, born, sex, desa) in matched.PEOPLE.items()
    ], date(2026, 11, 1))  # fmt: skip
    rows = [("0001", NPP, 2_000_000), ("0002", NPP, 3_000_000), ("0003", "QQ1", 3_000_000)]
    matched.snapshot(PESERTA, [
        {"kpj": f"P{s}", "nik": matched.nik(s), "nama": matched.PEOPLE[s][0], "tanggal_lahir": matched.PEOPLE[s][1],
         "jenis_kelamin": matched.PEOPLE[s][2], "kode_wilayah": "1705", "segmen": "PU", "pembayar": "PEMBERI_KERJA",
         "npp": npp, "upah": wage, "mulai": "2025-01", "dibayar_sampai": "2026-11"}
        for s, npp, wage in rows
    ], date(2026, 11, 30))  # fmt: skip
    actions.import_companies(file(REGISTER), ["17"], by=cast.user("pengelola"))
    employees.refresh()


@pytest.fixture
def company(world: None, db: None) -> Company:
    return Company.objects.get(npp=NPP)


def test_a_register_is_brought_within_the_users_region_and_again_without_doubles(company: Company, cast: Cast) -> None:
    Company.objects.filter(nama="PT Tetangga").delete()
    answer = cast.client("operator_kab").post(reverse("company_import"), {"berkas": file(REGISTER)})
    page = answer.content.decode()
    assert "1 perusahaan di luar wilayah Anda" in page
    assert Company.objects.count() == 2
    states = dict(Company.objects.values_list("nama", "state"))
    assert states == {"PT Ada": CompanyState.PART, "PT Belum": CompanyState.NOT}
    stolen = REGISTER.replace(";1705;", ";1704;")
    actions.import_companies(file(stolen), ["1704"], by=cast.user("pengelola"))
    assert set(Company.objects.exclude(nama="PT Tetangga").values_list("region_code", flat=True)) == {"1705"}
    wrong = cast.client("operator_kab").post(reverse("company_import"), {"berkas": file("x", "a.exe")})
    assert wrong.status_code == 422


def test_a_list_of_workers_is_read_and_linked_like_any_list(company: Company, cast: Cast) -> None:
    client, address = cast.client("operator_kab"), reverse("company_list", args=[company.pk])
    assert client.post(address, {"berkas": file(workers(), "pekerja.csv")}).status_code == 302
    run_job.call(Job.objects.get(kind=actions.LIST).pk)
    company.refresh_from_db()
    assert [one["jenis"] for one in company.findings] == ["PDS_TENAGA_KERJA", "PDS_UPAH"]
    assert company.findings[0]["angka"] == {"kurang": 2, "daftar": 4, "aktif": 2, "lain": 1, "ragu": 0}
    assert company.findings[1]["angka"] == {"rendah": 1, "dibandingkan": 2, "selisih": 1_000_000}
    page = client.get(reverse("company", args=[company.pk])).content.decode()
    assert "2 dari 4 orang" in page
    assert "perlu diklarifikasi" in page
    assert not [name for name, *_ in matched.PEOPLE.values() if name in page]
    assert not ProposalRow.objects.exists()  # wage earners are no proposals


def test_a_list_that_nobody_can_read_says_why(company: Company, cast: Cast) -> None:
    made = actions.receive_list(company, file("halo", "kosong.csv"), by=cast.user("operator_kab"))
    run_job.call(made.job_id)
    made.refresh_from_db()
    assert made.problem["pesan"]
    assert (
        made.problem["pesan"] in cast.client("operator_kab").get(reverse("company", args=[company.pk])).content.decode()
    )


def test_clearing_up_goes_from_letter_to_outcome(company: Company, cast: Cast) -> None:
    client = cast.client("operator_kab")
    asked = {"kind": "surat", "number": "560/7/2026", "on": "2026-11-01", "due": "2026-11-15", "note": ""}
    assert client.post(reverse("company_step", args=[company.pk]), {**asked, "number": ""}).status_code == 422
    assert client.post(reverse("company_step", args=[company.pk]), asked).status_code == 302
    step = FollowUp.objects.get()
    letter = client.get(reverse("company_letter", args=[step.pk]))
    assert letter.content.startswith(b"%PDF")
    assert actions.daily(date(2026, 11, 15)) == 0
    assert actions.daily(date(2026, 11, 16)) > 0
    assert actions.daily(date(2026, 11, 17)) == 0
    outcome = reverse("company_outcome", args=[step.pk])
    assert client.post(outcome, {"outcome": "terbukti"}).status_code == 422  # needs its reason
    assert client.post(outcome, {"outcome": "jelas", "note": "Sudah pindah"}).status_code == 302
    assert not Notice.objects.filter(kind="company_late", read_at=None).exists()
    company.refresh_from_db()
    assert company.verdict == Verdict.CLEARED
    actions.check_all()
    company.refresh_from_db()
    assert company.verdict == Verdict.CLEARED  # nothing new was found
    Company.objects.filter(pk=company.pk).update(stated=9)
    actions.check_all()
    company.refresh_from_db()
    assert company.verdict == Verdict.NONE


def test_a_letter_about_nothing_is_not_written(company: Company, cast: Cast) -> None:
    Company.objects.filter(pk=company.pk).update(findings=[])
    asked = {"kind": "telepon", "on": "2026-11-01", "due": "2026-11-15"}
    assert cast.client("operator_kab").post(reverse("company_step", args=[company.pk]), asked).status_code == 409


def program(cast: Cast, role: str) -> Client:
    owner = cast.user(role)
    held = owner.assignments.get()
    text = make(owner, nama="uji", role=held.role, region_code=held.region_code, days=1)[1]
    return Client(headers={"Authorization": f"Bearer {text}"})


def ask(client: Client, kind: str, number: str) -> tuple[int, dict]:
    answer = client.post("/api/v1/kepatuhan", {"jenis": kind, "nomor": number}, content_type="application/json")
    return answer.status_code, answer.json()


def test_permit_offices_learn_yes_or_no_with_its_day_and_nothing_else(company: Company, cast: Cast) -> None:
    client, day = program(cast, "ptsp"), "2026-11-30"
    assert ask(client, "nib", NIB) == (200, {"patuh": True, "per": day})
    assert ask(client, "npp", "ab-12.34") == (200, {"patuh": True, "per": day})
    unknown = ask(client, "nib", "9999999999999")
    assert unknown == (200, {"patuh": False, "per": day}) == ask(client, "nib", "9120001234567")
    assert ask(client, "nib", "12") == unknown
    Company.objects.filter(pk=company.pk).update(verdict=Verdict.PROVEN)
    assert ask(client, "nib", NIB)[1]["patuh"] is False
    log = Event.objects.filter(tindakan="partners.permit")
    assert log.count() == 6
    assert NIB not in str(log.values_list("sesudah", flat=True))


def test_only_a_token_of_permit_offices_may_ask_and_it_may_nothing_else(company: Company, cast: Cast) -> None:
    assert ask(program(cast, "operator_kab"), "nib", NIB)[0] == 403
    assert ask(Client(), "nib", NIB)[0] == 401
    client = program(cast, "ptsp")
    shut = ("pekerja", "masalah", "cuplikan", "audit", "tugas")
    assert {client.get(f"/api/v1/{place}").status_code for place in shut} == {403}
    assert {cast.client("ptsp").get(reverse(name)).status_code for name in ("companies", "pledges", "groups")} == {403}


def test_the_page_of_permit_offices_answers_as_the_programs_do(
    company: Company, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jangkau.apps.partners.views import permits

    client, page = cast.client("ptsp"), reverse("permit_check")
    assert client.get(reverse("partners")).url == page
    known = client.post(page, {"jenis": "nib", "nomor": NIB})
    assert (known.context["known"], str(known.context["as_of"])) == (True, "2026-11-30")
    assert "Patuh" in known.content.decode()
    assert client.post(page, {"jenis": "nib", "nomor": "9999999999999"}).context["known"] is False
    assert client.post(page, {"jenis": "telepon", "nomor": ""}).status_code == 422
    asked = Event.objects.filter(tindakan="partners.permit")
    assert asked.count() == 2
    assert NIB not in str(asked.values_list("sesudah", flat=True))
    monkeypatch.setattr(permits.Share, "allow_request", lambda *_: False)
    assert client.post(page, {"jenis": "nib", "nomor": NIB}).status_code == 429
    assert cast.client("operator_kab").get(page).status_code == 403


def test_permit_offices_ask_so_often_a_minute(company: Company, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from jangkau.api import permits

    throttle = next(
        t for op in permits.router.path_operations.values() for o in op.operations for t in o.throttle_objects
    )
    monkeypatch.setattr(throttle, "num_requests", 2)
    client = program(cast, "ptsp")
    assert [ask(client, "nib", NIB)[0] for _ in range(3)] == [200, 200, 429]


def members(group: Group, by: object, covered: int, uncovered: int) -> None:
    """People whom a list of the group names, some of them active members."""
    shipment = group.shipments.get()
    listed = ListFile.objects.filter(shipment=shipment).get()
    ListFile.objects.filter(pk=listed.pk).update(state=FileState.READ)
    numbers = range(1000, 1000 + covered + uncovered)
    Person.objects.bulk_create(
        Person(id=n, id_pekerja=f"g{n}", region_code=matched.NIUR, nama=f"ORANG {n}",
               alasan="SUDAH_AKTIF" if n < 1000 + covered else "")
        for n in numbers
    )  # fmt: skip
    ProposalRow.objects.bulk_create(
        ProposalRow(file=listed, id_usulan=f"g{n}#{n}", baris=n, region_code=matched.NIUR, fingerprint="x")
        for n in [*numbers, 1, 2]
    )
    Member.objects.bulk_create(
        Member(id=n, id_usulan=f"g{n}#{n}", person_id=n, region_code=matched.NIUR, fingerprint="x", sidik="x")
        for n in numbers
    )


def test_a_groups_list_goes_the_way_of_all_lists_and_its_members_are_counted(world: None, db: None, cast: Cast) -> None:
    client = cast.client("operator_kab")
    told = {"nama": "Nelayan Contoh", "kind": "nelayan", "region_code": "170501", "liaison": "Pak Contoh", "phone": ""}
    assert client.post(reverse("group_new"), told).status_code == 302
    group = Group.objects.get()
    sent = client.post(reverse("group_send", args=[group.pk]), {"berkas": file(workers(), "anggota.csv")})
    shipment = group.shipments.get()
    assert sent.headers["Location"] == reverse("intake_shipment", args=[shipment.pk])
    assert shipment.job.kind == "intake.read"
    members(group, cast.user("operator_kab"), 6, 9)
    assert groups.counts(group, date(2026, 11, 30)) == groups.Counts(17, 2, 15, 6, 0, 9)
    page = client.get(reverse("group", args=[group.pk])).content.decode()
    assert "Nelayan Contoh" in page
    assert "ORANG 1000" not in page
    Person.objects.filter(pk__in=(1000, 1001)).update(alasan="")  # four left: told neither they nor the rest
    assert groups.counts(group, date(2026, 11, 30)) == groups.Counts(17, 2, 15, None, None, None)


def test_a_liaison_sends_the_own_groups_list_and_sees_its_counts_in_steps(world: None, db: None, cast: Cast) -> None:
    own, other = (Group.objects.create(nama=name, kind="tani", region_code="170501", liaison="Contoh")
                  for name in ("Tani Sendiri", "Tani Lain"))  # fmt: skip
    own.users.add(cast.user("penghubung"))
    client, address = cast.client("penghubung"), reverse("group", args=[own.pk])
    assert "Tani Lain" not in client.get(reverse("groups")).content.decode()
    sent = client.post(reverse("group_send", args=[own.pk]), {"berkas": file(workers(), "anggota.csv")})
    assert sent.headers["Location"] == address
    for name, args in (("group", [other.pk]), ("group_send", [other.pk]), ("intake", []), ("people", []),
                       ("companies", []), ("intake_shipment", [own.shipments.get().pk])):  # fmt: skip
        ask = client.post if name == "group_send" else client.get
        assert ask(reverse(name, args=args)).status_code in (403, 404), name
    members(own, cast.user("operator_kab"), 6, 9)
    assert "ditutup" in client.get(address).content.decode()
    groups.refresh(date(2026, 11, 30))
    assert groups.told(own, date(2026, 11, 30)) == groups.Counts(17, 2, 15, 5, None, 5, date(2026, 11, 30))
    Person.objects.filter(pk=1006).update(alasan="SUDAH_AKTIF")  # who sends lists cannot ask of one person
    groups.refresh(date(2026, 12, 1))
    assert groups.told(own, date(2026, 12, 1)).covered == 5
    page = client.get(address).content.decode()
    assert not [name for name, *_ in matched.PEOPLE.values() if name in page]


def test_lists_ask_a_fixed_number_of_questions(
    world: None, db: None, cast: Cast, django_assert_max_num_queries: Callable
) -> None:
    client = cast.client("operator_kab")
    Group.objects.bulk_create(Group(nama=f"K{n}", kind="tani", region_code="1705", liaison="Contoh") for n in range(5))
    for name in ("companies", "groups", "employees"):
        client.get(reverse(name))
        with django_assert_max_num_queries(18):
            client.get(reverse(name))
    assert WorkerList.objects.count() == 0


def test_employees_whom_nobody_registered_are_counted_and_named_to_few(company: Company, cast: Cast) -> None:
    assert EmployeeCount.objects.filter(region_code="170501").values_list("by_employer", "nowhere").get() == (3, 2)
    client, address = cast.client("operator_kab"), reverse("employees_of", args=["170501"])
    told = client.get(reverse("employees")).content.decode()
    assert "Sukaraja" in told
    assert "QQ1" in told  # a number of the member register that no company has
    assert "170401" not in told
    before = Event.objects.filter(tindakan="partners.employees").count()
    page = client.get(address).content.decode()
    assert "DEWI LESTARI" in page
    assert "BUDI SANTOSO" not in page
    assert matched.nik("0004") not in page
    assert Event.objects.filter(tindakan="partners.employees").count() == before + 1
    counts_only = cast.client("bpjs").get(address).content.decode()
    assert "DEWI" not in counts_only
    assert "2 karyawan belum peserta" in counts_only
    assert client.get(reverse("employees_of", args=["170401"])).status_code == 404
    assert client.get(reverse("employees"), {"kelompok": "BUMN"}).content.decode().count("170501") == 0
