"""The pages of decrees and batches: each step by its button, each refusal in words where it was asked."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import enrolled
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.batches import answer as answering
from jangkau.apps.enrolment.decrees import annex
from jangkau.apps.enrolment.models import Answer, Batch, BatchState, Decree, DecreeState, Enrolment, Mapping
from jangkau.apps.enrolment.views import batches as batch_pages
from jangkau.apps.jobs.models import Job
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.registry.models import Fund

Users = Callable[..., User]
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def data(settings, tmp_path, regions):
    settings.DATA = str(tmp_path)


def text(answer) -> str:
    return answer.content.decode()


def test_a_decree_goes_from_plan_to_force_by_buttons(user: Users, sign_in: SignIn) -> None:
    enrolled.people()
    enrolled.funds()
    plan = enrolled.approved(user("pengelola"))
    client, head = sign_in("pengelola"), sign_in("penyetuju")
    asked = {"rencana": plan.pk, "wilayah": "1705", "tentang": "Pekerja rentan"}
    made = client.post(reverse("decree_new"), asked, follow=True)
    assert "Usulkan untuk ditetapkan" in text(made)
    decree = Decree.objects.get()
    client.post(reverse("decree_propose", args=[decree.pk]), {"nomor": "560/1", "tanggal": "2027-01-04"})
    assert "Lampiran sedang dibuat" in text(head.get(reverse("decree", args=[decree.pk])))
    assert "belum selesai dibuat" in text(head.post(reverse("decree_issue", args=[decree.pk]), follow=True))
    run_job.func(Job.objects.get(kind="decrees.annex").pk)
    assert "SK berlaku" in text(head.post(reverse("decree_issue", args=[decree.pk]), follow=True))
    decree.refresh_from_db()
    assert decree.state == DecreeState.IN_FORCE
    got = head.get(reverse("decree_file", args=[decree.files.get(name="1705.pdf").pk]))
    assert b"".join(got).startswith(b"%PDF")


def test_money_that_is_short_is_told_on_the_page_and_nothing_changes(user: Users, sign_in: SignIn) -> None:
    decree = enrolled.proposed(user, budget=1)
    said = text(sign_in("penyetuju").post(reverse("decree_issue", args=[decree.pk]), follow=True))
    assert "kurang" in said
    assert Decree.objects.get().state == DecreeState.PROPOSED


def test_names_are_replaced_in_a_new_version_by_ticking_them(user: Users, sign_in: SignIn) -> None:
    old = enrolled.in_force(user)
    client = sign_in("pengelola")
    client.post(reverse("decree_version", args=[old.pk]))
    new = Decree.objects.get(version=2)
    budi = new.lines.get(nama="BUDI CONTOH")
    ask = {"baris": [budi.pk], "alasan": "meninggal", "sebab": "surat desa", "isi": "on"}
    page = text(client.post(reverse("decree_take_out", args=[new.pk]), ask, follow=True))
    assert "1 baris keluar, 1 orang masuk" in page
    assert "menggantikan BUDI CONTOH" in page
    assert "surat desa" in page
    nobody = client.post(reverse("decree_take_out", args=[new.pk]), {"sebab": "x"})
    assert nobody.status_code == 422
    foreign = client.post(reverse("decree_take_out", args=[new.pk]), {**ask, "baris": [old.lines.first().pk]})
    assert foreign.status_code == 422
    assert "dibuang" in text(client.post(reverse("decree_discard", args=[new.pk]), {"sebab": "keliru"}, follow=True))


def test_a_proposal_goes_back_with_a_reason(user: Users, sign_in: SignIn) -> None:
    decree, head = enrolled.proposed(user), sign_in("penyetuju")
    assert head.post(reverse("decree_send_back", args=[decree.pk]), {"sebab": ""}).status_code == 422
    head.post(reverse("decree_send_back", args=[decree.pk]), {"sebab": "salah nomor"})
    assert Decree.objects.get().state == DecreeState.DRAFT
    assert sign_in("pengelola").post(reverse("decree_propose", args=[decree.pk]), {}).status_code == 422


def test_a_batch_goes_from_made_to_paid_by_buttons(user: Users, sign_in: SignIn) -> None:
    enrolled.in_force(user)
    client, head = sign_in("operator_kab"), sign_in("penyetuju")
    fund = Fund.objects.get(kode="DANA_A")
    client.post(reverse("batch_new"), {"dana": fund.pk, "wilayah": "1705", "mulai": "2027-01", "bulan": 12})
    batch = Batch.objects.get()
    address = lambda name: reverse(name, args=[batch.pk])  # noqa: E731
    assert b"".join(client.get(address("batch_file"))).startswith(b"PK")
    assert "Tercatat diajukan" in text(client.post(address("batch_submit"), follow=True))
    rows = enrolled.file(f"{enrolled.nik(1)};Diterima;24010000001;", f"{enrolled.nik(2)};Ditolak;;E02")
    got = client.post(address("answer_receive"), {"berkas": rows, "tanggal": "2027-01-20"}, follow=True)
    assert "Menunggu giliran" in text(got)
    run_job.func(Job.objects.get(kind="answers.read").pk)
    page = text(client.get(address("batch")))
    assert "Nama tidak sama" in page
    assert "Susun pengajuan susulan" in page
    wrong = client.post(address("batch_bill"), {"kode": "KI-1", "jumlah": 5})
    assert wrong.status_code == 422
    assert "sebab selisihnya" in text(wrong)
    client.post(address("batch_bill"), {"kode": "KI-1", "jumlah": 100_800})
    proof = SimpleUploadedFile("bukti.pdf", enrolled.PDF)
    client.post(address("payment_enter"), {"bukti": proof, "nomor": "S-1", "tanggal": "2027-01-28"})
    assert "Setujui pembayaran" in text(head.get(address("batch")))
    assert b"".join(head.get(address("payment_proof"))) == enrolled.PDF
    assert "dibukukan" in text(head.post(address("payment_approve"), follow=True))
    batch.refresh_from_db()
    assert batch.state == BatchState.PAID
    assert client.post(address("batch_follow_up")).status_code == 302
    assert Batch.objects.filter(follows=batch).exists()


def test_a_large_batch_is_made_in_the_background(user: Users, sign_in: SignIn, monkeypatch) -> None:
    enrolled.in_force(user)
    monkeypatch.setattr(batch_pages, "AT_ONCE", 1)
    client, fund = sign_in("pengelola"), Fund.objects.get(kode="DANA_A")
    ask = {"dana": fund.pk, "wilayah": "1705", "mulai": "2027-01", "bulan": 12}
    assert "sedang disusun" in text(client.post(reverse("batch_new"), ask, follow=True))
    job = Job.objects.get(kind="batches.make")
    run_job.func(job.pk)
    assert Batch.objects.get().lines.count() == 2
    Job.objects.filter(pk=job.pk).update(state="antre")
    run_job.func(job.pk)
    job.refresh_from_db()
    assert (Batch.objects.count(), job.state) == (1, "selesai")


def test_nothing_due_is_told_where_it_was_asked(user: Users, sign_in: SignIn) -> None:
    enrolled.made(user)
    fund = Fund.objects.get(kode="DANA_A")
    ask = {"dana": fund.pk, "wilayah": "1705", "mulai": "2027-01", "bulan": 12}
    again = sign_in("pengelola").post(reverse("batch_new"), ask)
    assert again.status_code == 409
    assert "Tidak ada orang yang perlu diajukan" in text(again)
    assert sign_in("pengelola").post(reverse("batch_new"), {**ask, "mulai": "2027-13"}).status_code == 422


def test_the_same_answer_again_says_that_nothing_changed(user: Users, sign_in: SignIn) -> None:
    batch = enrolled.sent(user)
    client, address = sign_in("bpjs"), reverse("answer_receive", args=[batch.pk])
    rows = [f"{enrolled.nik(1)};Diterima;24010000001;"]
    client.post(address, {"berkas": enrolled.file(*rows), "tanggal": "2027-01-20"})
    answering.read(Answer.objects.get())
    again = client.post(address, {"berkas": enrolled.file(*rows), "tanggal": "2027-01-20"}, follow=True)
    assert "Tidak ada yang berubah" in text(again)
    bad = client.post(address, {"berkas": SimpleUploadedFile("a.pdf", b"%PDF"), "tanggal": "2027-01-20"})
    assert bad.status_code == 422


def test_rows_are_listed_and_fetched_by_kind_with_numbers_veiled(user: Users, sign_in: SignIn) -> None:
    batch = enrolled.doubted(user)
    client = sign_in("auditor")
    address = reverse("batch_lines", args=[batch.pk])
    assert "BUDI" in text(client.get(address, {"jenis": "TOLAK_NAMA"}))
    assert "ANI" not in text(client.get(address, {"jenis": "TOLAK_NAMA"}))
    page = text(client.get(address))
    assert enrolled.nik(1) not in page
    assert "24010000001" not in page
    got = client.get(reverse("batch_lines_export", args=[batch.pk]))
    cells = list(openpyxl.load_workbook(BytesIO(b"".join(got))).active.iter_rows(values_only=True))
    assert (cells[0][2], cells[2][1], cells[2][2]) == ("nik", "BUDI CONTOH", "1705••••••••0002")


def test_a_contradiction_is_settled_on_its_page(user: Users, sign_in: SignIn) -> None:
    batch = enrolled.doubted(user)
    line = batch.lines.get(answer="bertentangan")
    client, address = sign_in("operator_kab"), reverse("line_decide", args=[line.pk])
    assert text(client.get(address)).count("jawaban.csv") == 2
    assert client.post(address, {"putusan": "diterima", "sebab": ""}).status_code == 422
    client.post(address, {"putusan": "diterima", "kpj": "24010000001", "sebab": "dipastikan cabang"})
    assert Enrolment.objects.get(pk=line.enrolment_id).state == "diterima"
    assert client.post(address, {"putusan": "ditolak", "sebab": "lagi"}).status_code == 409


def test_a_mapping_is_edited_and_a_wrong_one_is_refused(user: Users, sign_in: SignIn) -> None:
    client, address = sign_in("pengelola"), reverse("mapping", args=["jawaban"])
    assert client.post(address, {"isi": "kolom: ["}).status_code == 422
    client.post(address, {"isi": "kolom: {nik: [NIK], hasil: [H]}\nhasil: {diterima: [Y], ditolak: [N]}\r\n"})
    assert Mapping.objects.get().by.username == "pengelola"
    assert client.get(reverse("mapping", args=["lain"])).status_code == 404


def test_a_neighbour_does_not_learn_that_a_batch_exists(user: Users, sign_in: SignIn) -> None:
    batch, decree = enrolled.made(user), Decree.objects.get()
    client = sign_in("operator_kab", "1704")
    assert client.get(reverse("batch", args=[batch.pk])).status_code == 404
    assert client.get(reverse("decree", args=[decree.pk])).status_code == 404
    assert "DANA_A" not in text(client.get(reverse("enrolment")))
    assert "560/12/2027" not in text(client.get(reverse("decrees")))


@pytest.mark.parametrize(("name", "most"), [("enrolment", 13), ("decrees", 10)])
def test_lists_cost_the_same_however_many_rows(
    user: Users, sign_in: SignIn, django_assert_max_num_queries, name: str, most: int
) -> None:
    batch = enrolled.made(user)
    client = sign_in("pengelola")
    client.get(reverse(name))
    for number in range(2, 9):
        Batch.objects.create(fund=batch.fund, month=enrolled.START, year=2027, number=number, region_code="1705")
        Decree.objects.create(series=str(number), title="SK", region_code="1705", date=date(2027, 1, number))
    with django_assert_max_num_queries(most):
        client.get(reverse(name))


def test_a_batch_page_costs_the_same_however_many_answers(
    user: Users, sign_in: SignIn, django_assert_max_num_queries
) -> None:
    batch = enrolled.doubted(user)
    client = sign_in("pengelola")
    client.get(reverse("batch", args=[batch.pk]))
    with django_assert_max_num_queries(20):
        client.get(reverse("batch", args=[batch.pk]))
    with django_assert_max_num_queries(14):
        client.get(reverse("batch_lines", args=[batch.pk]))


def test_the_files_of_a_decree_are_the_same_when_made_again(user: Users) -> None:
    decree = enrolled.proposed(user, files=True)
    before = list(decree.files.values_list("name", "sha256"))
    annex.write(decree)
    assert list(decree.files.values_list("name", "sha256")) == before
