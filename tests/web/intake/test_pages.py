import io
import json
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.intake.models import FileState, ListFile, Mend, MendState, ProposalRow, Shipment
from jangkau.apps.jobs.models import Job, State
from jangkau.apps.jobs.tasks import run_job
from tests.web.intake.conftest import ANI, BUDI, CICI, send, xlsx

WHOLE, VEILED = "170501020190002", "1705•••••••0002"


def upload(client: Client, **files: bytes) -> str:
    """Send files through the page; the address of the shipment."""
    sent = [SimpleUploadedFile(f"{name}.xlsx", data) for name, data in files.items()]
    paths = json.dumps([f"Sukaraja/{file.name}" for file in sent])
    answer = client.post("/pendataan/kirim/", {"berkas": sent, "jalur": paths})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_files_are_sent_followed_and_seen(sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab")
    address = upload(client, niur=xlsx(ANI, BUDI))
    waiting = client.get(address).content.decode()
    assert "Sedang membaca" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    assert client.get(address, headers={"HX-Request": "true"}).content.decode().startswith("<section")
    run_job.func(Job.objects.get(kind="intake.read").pk)
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    done = client.get(address).content.decode()
    assert "Selesai dibaca" in done
    assert "hanya 15 angka" in done
    assert ListFile.objects.get().name == "Sukaraja/niur.xlsx"
    assert "Semua berkas ini sudah pernah dikirim" in client.get(upload(client, x=xlsx(ANI, BUDI))).content.decode()


def test_a_bad_shipment_is_said_on_the_page(sign_in: Callable[..., Client]) -> None:
    answer = sign_in("operator_kab").post("/pendataan/kirim/", {})
    assert (answer.status_code, "Tidak ada berkas daftar" in answer.content.decode()) == (422, True)
    elsewhere = sign_in("operator_kab").post("/pendataan/kirim/", {"untuk": "1704012001"})
    assert (elsewhere.status_code, Shipment.objects.exists()) == (200, False)


def test_a_stopped_reading_goes_on_where_it_was(sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab")
    address = upload(client, a=xlsx(ANI), b=xlsx(BUDI))
    client.post(f"{address}hentikan/")
    assert Job.objects.get(kind="intake.read").state == State.CANCELLED
    assert "2 berkas belum dibaca" in client.get(address).content.decode()
    client.post(f"{address}lanjutkan/")
    client.post(f"{address}lanjutkan/")
    assert Job.objects.filter(kind="intake.read").count() == 2
    run_job.func(Job.objects.filter(state=State.WAITING, kind="intake.read").get().pk)
    assert set(ListFile.objects.values_list("state", flat=True)) == {FileState.READ}


def test_numbers_are_veiled_until_a_cell_is_opened_on_record(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client, row = sign_in("operator_desa"), niur.rows.get(baris=4)
    for address in (
        f"/pendataan/daftar/{niur.pk}/",
        f"/pendataan/daftar/{niur.pk}/isi/",
        f"/pendataan/baris/{row.pk}/",
    ):
        page = client.get(address).content.decode()
        assert WHOLE not in page
        assert "1705014101900001" not in page
    assert VEILED in page
    opened = client.get(f"/pendataan/baris/{row.pk}/sel/C/")
    assert WHOLE in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    event = Event.objects.get(tindakan="intake.open")
    assert (event.sesudah, event.oleh.username) == ({"sel": "Data#4C"}, "operator_desa")
    client.get(f"/pendataan/baris/{row.pk}/sel/B/")
    assert Event.objects.filter(tindakan="intake.open").count() == 1  # a name is no long number
    assert sign_in("auditor").get(f"/pendataan/baris/{row.pk}/sel/C/").status_code == 403


def test_a_cell_is_mended_with_and_without_javascript(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client, row = sign_in("operator_desa"), niur.rows.get(baris=4)
    address = f"/pendataan/baris/{row.pk}/sel/C/"
    line = client.post(address, {"isi": "1705010201900002", "semula": WHOLE}, headers={"HX-Request": "true"})
    assert "beres" in line.content.decode()
    assert 'hx-swap-oob="true"' in line.content.decode()
    plain = client.post(f"/pendataan/baris/{row.pk}/sel/D/", {"isi": "2/1/1990", "semula": "31/2/1990"})
    assert plain.headers["Location"] == f"/pendataan/daftar/{niur.pk}/#b{row.pk}D"
    niur.refresh_from_db()
    assert niur.faults == 0
    client.post(f"/pendataan/perbaikan/{Mend.objects.get(kolom='C').pk}/batalkan/")
    niur.refresh_from_db()
    assert niur.faults == 1
    page = client.get(f"/pendataan/baris/{row.pk}/").content.decode()
    assert "dikirim sebagai 31/2/1990" in page


def test_a_cell_mended_by_someone_else_meanwhile_is_not_overwritten(
    niur: ListFile, sign_in: Callable[..., Client]
) -> None:
    client, row = sign_in("operator_desa"), niur.rows.get(baris=4)
    address = f"/pendataan/baris/{row.pk}/sel/C/"
    client.post(address, {"isi": "1705010201900002", "semula": WHOLE})
    late = client.post(address, {"isi": "1705010201900009", "semula": WHOLE})
    assert "baru saja diperbaiki orang lain" in late.content.decode()
    assert ProposalRow.objects.get(pk=row.pk).nik == "1705010201900002"


def test_the_excel_goes_out_on_record_and_its_cells_are_text(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_desa")
    for address in (f"/pendataan/daftar/{niur.pk}/masalah.xlsx", "/pendataan/masalah.xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(client.get(address).content))
        assert book.sheetnames == ["Ringkasan", "niur"]
        assert WHOLE in {cell.value for row in book["niur"] for cell in row}
    assert Event.objects.filter(tindakan="intake.hand_back").count() == 2


def test_formulas_in_a_list_go_out_as_words(user: Callable[..., User], sign_in: Callable[..., Client]) -> None:
    send(
        {"niur.xlsx": xlsx([1, '=HYPERLINK("http://x")', "170501410190000", "1/1/1990", "P", "petani"])},
        user("operator_kab"),
    )
    made = sign_in("operator_kab").get("/pendataan/masalah.xlsx").content
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(made))["niur"] for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_the_original_is_fetched_whole_by_few_and_on_record(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    address = f"/pendataan/daftar/{niur.pk}/asli"
    assert sign_in("operator_desa").get(address).status_code == 403
    answer = sign_in("operator_kab").get(address)
    assert b"".join(answer) == xlsx(ANI, BUDI, CICI)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert Event.objects.get(tindakan="intake.original").sesudah["sha256"] == niur.original.sha256


def test_a_list_is_withdrawn_for_a_reason_replaced_and_put_back(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client, address = sign_in("operator_kab"), f"/pendataan/daftar/{niur.pk}/"
    assert client.post(f"{address}cabut/", {"alasan": "x"}).status_code == 422
    client.post(f"{address}cabut/", {"alasan": "Salah kirim"})
    assert "Salah kirim" in client.get(address).content.decode()
    client.post(f"{address}kembalikan/")
    new = send({"baru.xlsx": xlsx(ANI)}, User.objects.get(username="operator_kab")).files.get()
    assert "Gantikan niur.xlsx" in client.get(f"/pendataan/daftar/{new.pk}/").content.decode()
    client.post(f"/pendataan/daftar/{new.pk}/gantikan/{niur.pk}/")
    assert "sudah diganti yang lebih baru" in client.get(address).content.decode()


def test_villages_that_have_not_sent_are_named(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    assert (
        "Semua desa di sini sudah mengirim" in sign_in("operator_kab").get("/pendataan/belum-kirim/").content.decode()
    )
    page = sign_in("operator_kab", "1704").get("/pendataan/belum-kirim/?kecamatan=170401").content.decode()
    assert "1 desa belum mengirim" in page
    assert "Gedung Wani" in page
    assert f"kami terima per {date_format(timezone.localdate(), 'j F Y')}:" in page


def test_strange_words_in_an_address_or_a_cell_do_no_harm(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client, row = sign_in("operator_kab"), niur.rows.get(baris=4)
    for query in ("jenis=%00", "jenis=TIDAK_ADA", "jenis=NIK_KURANG&halaman=x", f"halaman={10**30}"):
        assert client.get(f"/pendataan/daftar/{niur.pk}/?{query}").status_code == 200
    assert client.get(f"/pendataan/daftar/{10**30}/").status_code == 404
    assert client.get(f"/pendataan/baris/{row.pk}/sel/%00/").status_code == 422
    client.post(f"/pendataan/baris/{row.pk}/sel/B/", {"isi": "Budi\0 Lain"})
    assert niur.rows.get(baris=4).nama == "Budi Lain"


@pytest.mark.parametrize(("query", "shown"), [
    ("", True), ("?wilayah=170501", True), ("?cari=niur", True), ("?cari=tidakada", False), ("?keadaan=dicabut", False),
    ("?masalah=on", True), ("?keadaan=bukan", True), ("?halaman=99", True),
])  # fmt: skip
def test_lists_are_narrowed(query: str, shown: bool, niur: ListFile, sign_in: Callable[..., Client]) -> None:
    page = sign_in("operator_kab").get(f"/pendataan/{query}").content.decode()
    assert ("niur.xlsx" in page) == shown


def test_a_neighbour_sees_nothing(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    client = sign_in("operator_kab", "1704")
    assert "niur.xlsx" not in client.get("/pendataan/").content.decode()
    assert client.get(f"/pendataan/daftar/{niur.pk}/").status_code == 404


def test_home_and_menu_say_what_waits(niur: ListFile, sign_in: Callable[..., Client]) -> None:
    page = sign_in("operator_desa").get("/").content.decode()
    assert "Daftar desa bermasalah" in page
    assert 'class="count">1<' in page


def test_pages_ask_the_same_few_questions_however_long_the_list(
    user: Callable[..., User], sign_in: Callable[..., Client], django_assert_max_num_queries: Callable
) -> None:
    by, client = user("operator_kab"), sign_in("operator_kab")
    people = [[n, f"Orang {n} Contoh", f"17050141019{n:04d}", "31/2/1990", "P", "petani"] for n in range(1, 81)]
    found = send({f"{n}.xlsx": xlsx(*people[n:]) for n in range(8)}, by)
    file = found.files.first()
    row = file.rows.first()
    for address, most in (
        ("/pendataan/", 21), (f"/pendataan/kiriman/{found.pk}/", 17), (f"/pendataan/daftar/{file.pk}/", 21),
        (f"/pendataan/daftar/{file.pk}/isi/", 12), (f"/pendataan/baris/{row.pk}/", 16), ("/pendataan/belum-kirim/", 13),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_decided_clash_is_kept(niur: ListFile, sign_in: Callable[..., Client], user: Callable[..., User]) -> None:
    known = {"file": niur, "lembar": "Data", "baris": 4, "kolom": "C", "before": WHOLE, "by": user("operator_kab")}
    clash = Mend.objects.create(**known, after="1705010201900002", state=MendState.CLASH)
    client = sign_in("operator_desa")
    assert "Bentrok" in client.get(f"/pendataan/daftar/{niur.pk}/").content.decode()
    client.post(f"/pendataan/perbaikan/{clash.pk}/putuskan/", {"pilih": "excel"})
    assert niur.rows.get(baris=4).nik == "1705010201900002"
    assert "Bentrok" not in client.get(f"/pendataan/daftar/{niur.pk}/").content.decode()


def test_a_file_that_could_not_be_read_is_tried_again(
    user: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    file = send({"rusak.xlsx": b"PK rusak"}, user("operator_kab")).files.get()
    client, address = sign_in("operator_kab"), f"/pendataan/daftar/{file.pk}/"
    assert "Coba baca lagi" in client.get(address).content.decode()
    file.original.path.write_bytes(xlsx(ANI))  # as if it could now be read
    client.post(f"{address}baca-lagi/")
    run_job.func(Job.objects.get(state=State.WAITING).pk)
    file.refresh_from_db()
    assert (file.state, file.people, file.problem) == (FileState.READ, 1, {})
    assert client.post(f"{address}baca-lagi/").status_code == 409
