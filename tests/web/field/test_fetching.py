"""What a phone fetches, as ODK Collect's parsers want it."""

import hashlib
from xml.etree import ElementTree

import fielding
import pytest

from jangkau.apps.accounts.models import Assignment
from jangkau.apps.field.actions import devices, forms
from jangkau.apps.field.models import Entity, FormState, Task
from jangkau.apps.registry.keeping import kept

LIST = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"


def xml(answer):
    assert answer.status_code == 200, answer.content
    assert answer.headers["X-OpenRosa-Version"] == "1.0"
    assert answer.headers["Date"]
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def path(address: str) -> str:
    assert address.startswith("http://testserver/k/")
    return address.removeprefix("http://testserver")


def test_the_list_of_forms_names_every_part_that_collect_needs(client, form, token):
    root = xml(client.get(f"/k/{token}/formList?deviceID=a&verbose=true"))
    assert root.tag == f"{LIST}xforms"
    [entry] = root
    told = {child.tag.removeprefix(LIST): child.text for child in entry}
    assert told["formID"] == "pendataan-pekerja"
    assert told["name"] == "Pendataan pekerja"
    assert told["version"] == form.version
    assert told["hash"] == f"md5:{form.md5}"
    assert client.get(path(told["downloadUrl"])).content == kept(form.xform).read_bytes()
    assert xml(client.get(path(told["manifestUrl"]))).tag == f"{FILES}manifest"


def test_drafts_and_closed_versions_are_not_listed_and_not_fetched(client, form, token):
    forms.move(form, FormState.CLOSED, by=None)
    assert len(xml(client.get(f"/k/{token}/formList"))) == 0
    gone = client.get(f"/k/{token}/forms/{form.pk}")
    assert (gone.status_code, gone.headers["X-OpenRosa-Version"]) == (404, "1.0")


def test_the_list_can_be_asked_for_one_form(client, form, token):
    fielding.form("verifikasi-lapangan")
    assert len(xml(client.get(f"/k/{token}/formList"))) == 2
    assert len(xml(client.get(f"/k/{token}/formList?formID=verifikasi-lapangan"))) == 1


def test_the_list_of_desa_is_that_of_the_kecamatan(client, form, token):
    [entry] = xml(client.get(f"/k/{token}/forms/{form.pk}/manifest"))
    told = {child.tag.removeprefix(FILES): child.text for child in entry}
    assert "type" not in entry.attrib
    data = client.get(path(told["downloadUrl"])).content
    assert told["hash"] == f"md5:{hashlib.md5(data).hexdigest()}"
    assert data.decode().splitlines() == ["name,label,kecamatan", "1705012002,Niur,Sukaraja"]


@pytest.fixture
def people(regions):
    rows = [("a" * 8, "1705012002", "Ani"), ("b" * 8, "1705012002", "Budi"), ("c" * 8, "1704012001", "Cici")]
    made = [
        Entity(dataset="pekerja", uuid=f"{key}-1111-4111-8111-111111111111", region_code=code, label=name, version=3,
               data={"hasil": "", "desa": code})
        for key, code, name in rows
    ]  # fmt: skip
    return Entity.objects.bulk_create(made)


def test_people_to_visit_are_an_entity_list_with_integrity(client, people, token):
    visit = fielding.form("verifikasi-lapangan")
    entries = {e.find(f"{FILES}filename").text: e for e in xml(client.get(f"/k/{token}/forms/{visit.pk}/manifest"))}
    listed = entries["pekerja.csv"]
    assert listed.attrib == {"type": "entityList"}
    lines = client.get(path(listed.find(f"{FILES}downloadUrl").text)).content.decode().splitlines()
    assert lines[0] == "name,label,__version,desa,hasil"
    assert [line.split(",")[1:3] for line in lines[1:]] == [["Ani", "3"], ["Budi", "3"]]
    people[1].deleted_at = people[1].changed_at
    people[1].save()
    asked = ",".join([*(entity.uuid for entity in people), "never-heard-of"])
    answer = client.get(path(listed.find(f"{FILES}integrityUrl").text) + f"?id={asked}")
    told = {entity.get("id")[0]: entity.find("deleted").text for entity in xml(answer).iter("entity")}
    assert told == {"a": "false", "b": "true", "c": "true"}


def test_whoever_was_given_desa_carries_the_people_of_these(client, people, phone, user):
    visit = fielding.form("verifikasi-lapangan")
    given = {"form_id": visit.form_id, "user": phone[0].user, "target": 5, "by": user("operator_kab")}
    Task.objects.create(region_code="1705019999", **given)
    address = f"/k/{phone[1]}/forms/{visit.pk}/pekerja.csv"
    assert len(client.get(address).content.decode().splitlines()) == 1
    Task.objects.create(region_code="1705012002", **given)
    assert len(client.get(address).content.decode().splitlines()) == 3


def test_a_file_that_the_form_does_not_need_is_not_there(client, form, token):
    assert client.get(f"/k/{token}/forms/{form.pk}/pekerja.csv").status_code == 404


@pytest.mark.parametrize("path", ["formList", "submission", "forms/1", "forms/1/manifest", "integrity/pekerja", "cek"])
def test_an_unknown_token_is_forbidden_and_never_asked_for_a_password(client, form, path):
    for answer in (client.get(f"/k/wrong/{path}"), client.post(f"/k/wrong/{path}")):
        assert answer.status_code == 403
        assert "WWW-Authenticate" not in answer.headers
        assert answer.headers["X-OpenRosa-Version"] == "1.0"


def test_a_revoked_phone_is_forbidden(client, form, phone, user):
    devices.revoke(phone[0], by=user("operator_kab"))
    assert client.get(f"/k/{phone[1]}/formList").status_code == 403


def test_a_phone_is_no_use_once_its_enumerator_may_not_collect(client, form, phone):
    Assignment.objects.filter(user=phone[0].user).delete()
    assert client.get(f"/k/{phone[1]}/formList").status_code == 403


def test_tokens_are_not_kept_and_not_logged(form, phone):
    import logging

    from jangkau.web.redaction import Redact

    device, token = phone
    device.refresh_from_db()
    assert token not in str(vars(device))
    said = logging.LogRecord("django", logging.WARNING, "", 0, "Forbidden: /k/%s/formList", (token,), None)
    Redact().filter(said)
    assert said.getMessage() == "Forbidden: /k/•/formList"
