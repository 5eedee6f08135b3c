"""What phones send: 201 or 202 means that it is kept, once, whatever happens."""

import io
import threading
from xml.etree import ElementTree

import fielding
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from jangkau.apps.field.actions import forms
from jangkau.apps.field.actions import receive as receiving
from jangkau.apps.field.models import Attachment, FormState, Submission
from jangkau.apps.jobs.models import Job
from jangkau.apps.registry.keeping import kept
from jangkau.core.kernel.problems import Problem

MESSAGE = "{http://openrosa.org/http/response}message"


def said(answer) -> str:
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert int(answer.headers["X-OpenRosa-Accept-Content-Length"]) > 1_000_000
    return ElementTree.fromstring(answer.content).findtext(MESSAGE)


def test_head_answers_204_and_nothing_else(client, form, token):
    answer = client.head(f"/k/{token}/submission")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["X-OpenRosa-Accept-Content-Length"]
    assert "Location" not in answer.headers


def test_a_submission_is_kept_with_its_receipt(client, form, phone):
    xml = fielding.filled(form)
    answer = fielding.send(client, phone[1], xml)
    row = Submission.objects.get()
    assert answer.status_code == 201
    assert row.receipt in said(answer)
    assert (answer.headers["X-Jangkau-Receipt"], answer.headers["X-Jangkau-SHA256"]) == (row.receipt, row.sha256)
    assert {type(text) for text in answer.headers.values()} == {str}, "web servers take nothing else"
    assert row.path.read_bytes() == xml
    assert (row.state, row.region_code, row.user, row.device) == ("diterima", "1705012002", phone[0].user, phone[0])
    assert row.row == {
        "nik": "1705014803850002", "nama": "Siti Contoh", "tanggal_lahir": "1985-03-08", "jenis_kelamin": "P",
        "kode_desa": "1705012002", "pekerjaan": "Petani sawit", "penghasilan": "1200000",
    }  # fmt: skip
    assert (row.lat, row.lon, row.accuracy) == (-4.05, 102.5, 5.0)
    assert (row.ended_at - row.started_at).total_seconds() == 720
    assert Job.objects.get().kind == "field.settle"


def test_the_same_again_is_accepted_and_kept_once(client, form, token):
    xml = fielding.filled(form)
    receipts = {fielding.send(client, token, xml).headers["X-Jangkau-Receipt"] for _ in range(3)}
    assert len(receipts) == 1
    assert Submission.objects.count() == 1


def test_other_content_under_the_same_number_is_409_and_kept_in_quarantine(client, form, token):
    first = fielding.filled(form, instance="uuid:1")
    other = fielding.filled(form, instance="uuid:1", nama="Orang Lain")
    fielding.send(client, token, first)
    for _again in range(2):
        answer = fielding.send(client, token, other)
        assert answer.status_code == 409
        assert "karantina" in said(answer)
    rows = {row.state: row for row in Submission.objects.all()}
    assert {state: row.reason for state, row in rows.items()} == {"diterima": "", "karantina": "ISIAN_BERBEDA"}
    assert rows["karantina"].path.read_bytes() == other
    assert fielding.send(client, token, first).status_code == 201


def test_files_may_come_in_several_sendings_of_the_same_submission(client, form, token):
    xml = fielding.filled(form, photo="foto.jpg")
    first = fielding.send(client, token, xml, incomplete=True)
    assert (first.status_code, first.headers["X-Jangkau-Missing"]) == (201, "1")
    second = fielding.send(client, token, xml, foto_jpg=fielding.PHOTO)
    assert (second.status_code, second.headers["X-Jangkau-Missing"]) == (201, "0")
    [file] = Attachment.objects.all()
    assert (file.name, kept(file.sha256).read_bytes()) == ("foto.jpg", fielding.PHOTO)
    fielding.send(client, token, xml, foto_jpg=fielding.PHOTO)
    assert Attachment.objects.count() == 1


def test_what_lacks_a_file_says_so(client, form, token):
    answer = fielding.send(client, token, fielding.filled(form, photo="foto.jpg"))
    assert answer.status_code == 202
    assert "1 lampiran belum sampai" in said(answer)


@pytest.mark.parametrize(
    ("change", "reason", "status"),
    [
        (lambda xml: xml.replace(b'version="', b'version="9'), "ISIAN_FORMULIR_LAIN", 202),
        (lambda xml: xml.replace(b"1705012002", b"1704012001"), "ISIAN_LUAR_WILAYAH", 202),
        (lambda xml: xml[:-9], "ISIAN_TIDAK_TERBACA", 400),
        (lambda xml: b'<!DOCTYPE d [<!ENTITY a "b">]>' + xml, "ISIAN_TIDAK_TERBACA", 400),
        (lambda xml: xml.replace(b"instanceID", b"other"), "ISIAN_TIDAK_TERBACA", 400),
        (lambda xml: xml.replace(b"<data", b"<lain").replace(b"</data", b"</lain"), "ISIAN_TIDAK_TERBACA", 400),
        (lambda xml: xml.replace(b"<meta>", b"<meta><deprecatedID>u</deprecatedID>"), "ISIAN_EDIT_TANPA_ASAL", 202),
    ],
    ids=["unknown version", "another place", "cut short", "entity", "no number", "another shape", "edit of nothing"],
)  # fmt: skip
def test_what_cannot_stand_is_kept_in_quarantine(client, form, token, change, reason, status):
    xml = change(fielding.filled(form))
    for _again in range(2):
        assert fielding.send(client, token, xml).status_code == status
    row = Submission.objects.get()
    assert (row.state, row.reason) == ("karantina", reason)
    assert row.path.read_bytes() == xml
    assert row.region_code == "1705012002"


def test_a_closed_version_is_kept_in_quarantine(client, form, token):
    forms.move(form, FormState.CLOSED, by=None)
    assert fielding.send(client, token, fielding.filled(form)).status_code == 202
    assert Submission.objects.get().reason == "ISIAN_FORMULIR_TUTUP"


def test_a_change_takes_the_place_of_what_it_changes(client, form, token):
    fielding.send(client, token, fielding.filled(form, instance="uuid:1"))
    edit = fielding.filled(form, instance="uuid:2", edits="uuid:1", nama="Siti Baru")
    for _again in range(2):
        assert fielding.send(client, token, edit).status_code == 201
    old, new = Submission.objects.order_by("pk")
    assert (old.state, new.state, new.replaces) == ("diganti", "diterima", old)
    assert fielding.send(client, token, fielding.filled(form, instance="uuid:1")).status_code == 201  # the same bytes
    assert fielding.send(client, token, fielding.filled(form, instance="uuid:1", nama="X Y")).status_code == 409
    late = fielding.filled(form, instance="uuid:3", edits="uuid:1", nama="Siti Lain")
    assert fielding.send(client, token, late).status_code == 202
    assert Submission.objects.get(instance_id="uuid:3").reason == "ISIAN_EDIT_TANPA_ASAL"


def test_a_phone_of_another_place_puts_nothing_right_here(client, form, token, user):
    fielding.send(client, token, fielding.filled(form, instance="uuid:1"))
    far = fielding.phone(None, "1704012001")[1]
    edit = fielding.filled(form, instance="uuid:2", edits="uuid:1", desa="1704012001")
    assert fielding.send(client, far, edit).status_code == 202
    states = Submission.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("diterima", ""), ("karantina", "ISIAN_EDIT_TANPA_ASAL")]


def raw(client, token, body: bytes, boundary: str = "b"):
    kind = f"multipart/form-data; boundary={boundary}"
    return client.generic("POST", f"/k/{token}/submission", body, content_type=kind)


def part(name: str, data: bytes) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\nContent-Type: text/xml\r\n\r\n'
    return head.encode() + data + b"\r\n"


def test_a_sending_cut_short_on_its_way_is_not_taken_for_a_whole_one(client, form, token):
    whole = part("xml_submission_file", fielding.filled(form, photo="f.jpg")) + part("f.jpg", b"x" * 500) + b"--b--\r\n"
    for length in (len(whole) - 9, len(whole) - 300, 10, 0):
        assert raw(client, token, whole[:length]).status_code == 400
    assert not Submission.objects.exists()
    assert raw(client, token, whole).status_code == 201


@pytest.mark.parametrize(
    "body", [b"--b--\r\n", part("other", b"x") + b"--b--", part("xml_submission_file", b"<a/>") * 2 + b"--b--"]
)
def test_exactly_one_submission_comes_at_a_time(client, form, token, body):
    assert raw(client, token, body).status_code == 400


def test_more_than_is_accepted_is_told_in_plain_words(client, form, token, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = fielding.send(client, token, fielding.filled(form), foto_jpg=b"x" * 2000)
    assert answer.status_code == 413
    assert "lebih kecil" in said(answer)


def test_a_full_disk_is_no_success(client, form, token, monkeypatch):
    def full(_parts):
        raise Problem("PENYIMPANAN_PENUH")

    monkeypatch.setattr(receiving, "keep", full)
    assert fielding.send(client, token, fielding.filled(form)).status_code >= 400
    assert not Submission.objects.exists()


def test_a_body_in_chunks_is_given_its_length(monkeypatch):
    from jangkau import wsgi

    seen = {}
    monkeypatch.setattr(wsgi, "_site", lambda environ, _start: seen.update(environ) or [])
    wsgi.application({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b"abc")}, lambda *_: None)
    assert (seen["CONTENT_LENGTH"], seen["wsgi.input"].read()) == ("3", b"abc")


@pytest.fixture
def open_world(transactional_db, regions, user):
    """As seen by threads: committed."""
    return fielding.form(), fielding.phone(user("pendata"))[1]


def at_once(count: int, send) -> list[int]:
    """Statuses of sendings that begin at the same moment."""
    found, ready = [], threading.Barrier(count)

    def one(number: int) -> None:
        try:
            ready.wait()
            found.append(send(Client(), number).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_ten_identical_sendings_at_once_are_all_accepted_and_kept_once(open_world):
    form, token = open_world
    xml = fielding.filled(form, photo="foto.jpg")
    statuses = at_once(10, lambda client, _n: fielding.send(client, token, xml, foto_jpg=fielding.PHOTO))
    assert statuses == [201] * 10
    assert (Submission.objects.count(), Attachment.objects.count()) == (1, 1)


def test_of_different_ones_under_a_number_at_once_one_stands_and_all_are_kept(open_world):
    form, token = open_world
    bodies = [fielding.filled(form, instance="uuid:1", nama=f"Nama {at}") for at in range(5)]
    assert at_once(5, lambda client, at: fielding.send(client, token, bodies[at])) == [201, *[409] * 4]
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["diterima", *["karantina"] * 4]


def test_of_two_changes_at_once_one_stands_and_the_other_waits(open_world):
    form, token = open_world
    fielding.send(Client(), token, fielding.filled(form, instance="uuid:1"))
    edits = [fielding.filled(form, instance=f"uuid:e{at}", edits="uuid:1", nama=f"Nama {at}") for at in range(2)]
    assert at_once(2, lambda client, at: fielding.send(client, token, edits[at])) == [201, 202]
    assert sorted(Submission.objects.values_list("state", flat=True)) == ["diganti", "diterima", "karantina"]


def test_a_file_sent_as_a_plain_field_is_read_too(client, form, token):
    answer = client.post(f"/k/{token}/submission", {"xml_submission_file": fielding.filled(form).decode()})
    assert answer.status_code == 201


def test_names_of_files_lead_nowhere(client, form, token):
    upload = SimpleUploadedFile("../../etc/passwd", b"x")
    parts = {"xml_submission_file": SimpleUploadedFile("s.xml", fielding.filled(form)), "a": upload}
    assert client.post(f"/k/{token}/submission", parts).status_code == 201
    assert Attachment.objects.get().name == "passwd"
