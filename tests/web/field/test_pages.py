"""The office's pages about the field."""

import base64
import json
import re
import zlib
from datetime import timedelta

import fielding
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from sheets_of_forms import book, survey

from jangkau.apps.field import settling
from jangkau.apps.field.actions.receive import Kept, receive
from jangkau.apps.field.models import Device, Entity, FormVersion, Submission, Task
from jangkau.apps.field.views.giving import settings_of
from jangkau.apps.linkage.models import Person
from jangkau.apps.registry.keeping import keep
from jangkau.core.kernel.progress import Silent


@pytest.fixture
def world(form, phone):
    """Three forms of Niur, one in quarantine, one with a photograph that came and one without."""
    device, photo = phone[0], Kept("f.jpg", *keep([fielding.PHOTO]))
    sent = [
        receive(device, fielding.filled(form, instance="uuid:1", photo="f.jpg"), [photo]),
        receive(device, fielding.filled(form, instance="uuid:2", photo="g.jpg", nama="Budi"), []),
        receive(device, fielding.filled(form, instance="uuid:1", nama="Lain"), []),
    ]  # fmt: skip
    settling.settle(Silent())
    return sent


def test_the_overview_tells_how_far_each_desa_is(sign_in, world, user, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    given = {"form_id": "pendataan-pekerja", "by": Submission.objects.first().user}
    due = timezone.localdate() + timedelta(days=1)
    Task.objects.create(region_code="1705012002", user=given["by"], target=4, due=due, **given)
    client.get(reverse("field"))
    with django_assert_max_num_queries(30):
        page = client.get(reverse("field")).content.decode()
    assert "Niur" in page
    assert "50&nbsp;%" in page
    assert page.count('class="point"') == 2
    assert '0 · 0 · 0 · 0 · 0 · 0 · 2</td><td class="num">2</td>' in page, "4 until tomorrow are 2 a day"
    assert "NIK yang sama pada isian lain: 2" in page
    assert not re.search(r"\bRp\W?\d", page), "the field sees no money"  # the letters alone stand in tokens at times


def test_the_list_is_narrowed_by_receipt_mark_and_state(sign_in, world):
    client, address = sign_in("operator_kab"), reverse("field_submissions")
    assert all(row.receipt in client.get(address).content.decode() for row in world)
    found = client.get(address, {"cari": world[0].receipt}).content.decode()
    assert world[1].receipt not in found
    assert world[2].receipt in client.get(address, {"keadaan": "karantina"}).content.decode()
    assert world[1].receipt in client.get(address, {"kurang": "1"}).content.decode()
    assert "Tidak ada isian." in client.get(address, {"tanda": "LUAR"}).content.decode()


def test_a_submission_is_shown_in_the_form_s_words_with_numbers_veiled(sign_in, world):
    page = sign_in("operator_kab").get(reverse("field_submission", args=[world[0].pk])).content.decode()
    assert "Petani sawit" in page
    assert "1705014803850002" not in page
    assert "Isi lain dengan nomor yang sama" in page


def test_a_photograph_is_shown_and_anything_else_only_downloaded(sign_in, world):
    client = sign_in("operator_kab")
    file = world[0].attachments.get()
    shown = client.get(reverse("field_file", args=[file.pk]))
    assert (shown.headers["Content-Type"], b"".join(shown)) == ("image/jpeg", fielding.PHOTO)
    file.sha256 = keep([b"<script>"])[0]
    file.save()
    other = client.get(reverse("field_file", args=[file.pk]))
    assert other.headers["Content-Disposition"].startswith("attachment")
    assert (other.headers["Content-Type"], b"".join(other)) == ("application/octet-stream", b"<script>")


def test_quarantine_is_settled_with_a_reason(sign_in, world):
    client = sign_in("operator_kab")
    assert "dengan nomor yang sama" in client.get(reverse("field_quarantine")).content.decode()
    page = client.get(reverse("field_submission", args=[world[2].pk])).content.decode()
    assert re.search(r"Nama lengkap</th><td>Lain</td><td>Siti Contoh</td>", page), "both, where they differ"
    assert "NIK</th>" not in page.partition("</table>")[0], "what is the same is not shown twice"
    address = reverse("field_decide", args=[world[2].pk])
    client.post(address, {"putusan": "terima"})
    assert Submission.objects.get(pk=world[2].pk).state == "karantina"
    client.post(address, {"putusan": "terima", "alasan": "sesuai KTP"})
    states = [Submission.objects.get(pk=row.pk).state for row in world]
    assert states == ["ditolak", "diterima", "diterima"]


def test_a_manager_adds_opens_and_downloads_our_own_form(sign_in):
    client = sign_in("pengelola")
    client.post(reverse("field_upload"), {"bawaan": "verifikasi-lapangan"})
    made = FormVersion.objects.get()
    assert made.state == "draf"
    client.post(reverse("field_form_state", args=[made.pk]), {"keadaan": "terbuka"})
    made.refresh_from_db()
    assert made.state == "terbuka"
    assert "Bertemu orangnya" in client.get(reverse("field_form", args=[made.pk])).content.decode()
    assert b"".join(client.get(reverse("field_form_download", args=[made.pk])))[:2] == b"PK"


def test_a_form_is_tried_at_the_office_without_real_people(sign_in):
    made = fielding.form("verifikasi-lapangan")
    Entity.objects.create(dataset="pekerja", uuid="u", region_code="1705012002", label="Orang Sungguhan", version=1)
    client = sign_in("operator_kab")
    page = client.get(reverse("field_form_try", args=[made.pk]))
    assert "'wasm-unsafe-eval'" in page.headers["Content-Security-Policy"]
    assert "/static/isi/trial-" in page.content.decode()
    assert b"<h:html" in client.get(reverse("field_form_try_xform", args=[made.pk])).content
    desa, people = (
        client.get(reverse("field_form_try_list", args=[made.pk, name])).content.decode()
        for name in ("desa.csv", "pekerja.csv")
    )
    assert "1705012002,Niur" in desa
    assert "1705012002-Siti" in people
    assert "Sungguhan" not in people
    assert client.get(reverse("field_form_try_list", args=[made.pk, "x.csv"])).status_code == 404


def send(client, data: bytes, *lists):
    files = {"berkas": SimpleUploadedFile("f.xlsx", data)} | ({"daftar": lists[0]} if lists else {})
    return client.post(reverse("field_upload"), files)


def test_what_phones_cannot_show_is_refused_by_cell(sign_in):
    answer = send(sign_in("pengelola"), book(survey(("text", "a", "A"), ("rank", "b", "B"))))
    assert answer.status_code == 422
    assert "survey!A3" in answer.content.decode()
    assert not FormVersion.objects.exists()


def test_a_version_never_changes(sign_in):
    client = sign_in("pengelola")
    assert send(client, book(survey(("text", "a", "A")))).status_code == 302
    assert send(client, book(survey(("text", "a", "A")))).status_code == 302
    again = send(client, book(survey(("text", "a", "Lain"))))
    assert (again.status_code, "sudah ada dengan isi yang lain" in again.content.decode()) == (422, True)
    assert FormVersion.objects.count() == 1


def test_a_list_that_the_form_needs_comes_with_it(sign_in):
    client, data = sign_in("pengelola"), book(survey(("select_one_from_file pasar.csv", "a", "A")))
    assert "pasar.csv yang tidak ikut diunggah" in send(client, data).content.decode()
    assert "name dan label" in send(client, data, SimpleUploadedFile("pasar.csv", b"a,b\n1,2\n")).content.decode()
    assert send(client, data, SimpleUploadedFile("pasar.csv", b"name,label\n1,Satu\n")).status_code == 302


def test_a_phone_s_address_is_shown_once(sign_in, user, client):
    who, office = user("pendata"), sign_in("operator_kab")
    asked = {"pendata": who.pk, "wilayah": "1705012002", "nama": "HP Siti"}
    page = office.post(reverse("field_devices"), asked).content.decode()
    address = page.partition('id="alamat" readonly value="')[2].partition('"')[0]
    assert client.get(f"{address.removeprefix('http://testserver')}/formList").status_code == 200
    assert "data:image/svg+xml;base64," in page
    assert address not in office.get(reverse("field_devices")).content.decode()
    office.post(reverse("field_device_revoke", args=[Device.objects.get().pk]))
    assert client.get(f"{address.removeprefix('http://testserver')}/formList").status_code == 403


def test_the_code_holds_the_settings_as_collect_reads_them(phone):
    told = json.loads(zlib.decompress(base64.b64decode(settings_of(phone[0], "https://x/k/t"))))
    assert told["general"]["server_url"] == "https://x/k/t"
    assert told["admin"] == {"change_server": False}


@pytest.mark.parametrize("place", ["1704012001", "1705019999", "1705"])
def test_phones_and_tasks_are_given_within_the_own_region(sign_in, user, form, place):
    office, who = sign_in("operator_kab"), user("pendata", "17")
    office.post(reverse("field_devices"), {"pendata": who.pk, "wilayah": place, "nama": "HP"})
    asked = {"pendata": who.pk, "wilayah": place, "formulir": form.form_id, "sasaran": 5}
    assert office.post(reverse("field_tasks"), asked).status_code == 200
    assert not Device.objects.exists()
    assert not Task.objects.exists()


def test_a_task_is_given_its_list_prepared_and_withdrawn(sign_in, user, form):
    office, who = sign_in("operator_kab"), user("pendata")
    asked = {"pendata": who.pk, "wilayah": "1705012002", "formulir": form.form_id, "sasaran": 5}
    assert office.post(reverse("field_tasks"), asked).status_code == 302
    Person.objects.create(id=1, id_pekerja="P1", region_code="1705012002", nama="Siti", nik="1705014803850002")
    task = Task.objects.get()
    for _again in range(2):
        office.post(reverse("field_prepare", args=[task.pk]))
    assert [(e.label, e.data["nik_akhir"]) for e in Entity.objects.all()] == [("Siti", "0002")]
    Person.objects.update(state="digabung")
    office.post(reverse("field_prepare", args=[task.pk]))
    assert Entity.objects.get().deleted_at
    office.post(reverse("field_task_withdraw", args=[task.pk]))
    assert Task.objects.get().withdrawn_at
