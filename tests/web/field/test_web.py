"""The offline page: the same bytes for everybody, small, and strict; whose phone it is, is asked under the key."""

import gzip
import json
import re
from pathlib import Path

import fielding
import pytest
from django.conf import settings
from django.urls import reverse

from jangkau.apps.field.models import Device, Task

MOST = 400_000  # bytes over the wire of all that a phone loads to work without signal


def shell(client) -> list[str]:
    """The addresses that the service worker keeps."""
    worker = client.get(reverse("field_worker")).content.decode()
    found = re.search(r'\["/isi/"[^\]]*\]', worker)
    assert found
    return json.loads(found[0])


def bytes_of(client, address: str) -> bytes:
    if address.startswith("/static/"):
        return (Path(settings.STATIC_ROOT) / address.removeprefix("/static/")).read_bytes()
    return client.get(address).content


def test_everything_that_a_phone_loads_is_small(client, db):
    sizes = {address: len(gzip.compress(bytes_of(client, address), 9)) for address in shell(client)}
    total = sum(sizes.values()) + len(gzip.compress(client.get(reverse("field_worker")).content, 9))
    assert len(sizes) > 5
    assert total <= MOST, sizes


def test_the_worker_keeps_all_that_the_page_names(client, db):
    page, kept = client.get(reverse("field_page")).content.decode(), shell(client)
    named = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert len(named) >= 3
    assert set(named) - {"/static/icon.svg"} <= set(kept)


@pytest.mark.parametrize("name", ["field_page", "field_worker", "field_app"])
def test_it_is_the_same_for_everybody_and_asked_for_anew(client, sign_in, name):
    plain = client.get(reverse(name))
    assert plain.content == sign_in("pendata").get(reverse(name)).content
    assert plain.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in plain.headers


def test_only_this_page_may_use_camera_place_and_compiled_code(client, db):
    told = client.get(reverse("field_page")).headers
    assert "'wasm-unsafe-eval'" in told["Content-Security-Policy"]
    assert "unsafe-inline" not in told["Content-Security-Policy"]
    assert "camera=(self)" in told["Permissions-Policy"]
    other = client.get(reverse("account_login")).headers
    assert "wasm" not in other["Content-Security-Policy"]
    assert "camera=()" in other["Permissions-Policy"]


def test_a_phone_learns_whose_it_is_and_what_is_asked(client, phone, token, user):
    device, _ = phone
    Task.objects.create(form_id="f", region_code="1705012002", user=device.user, target=20, by=user("operator_kab"))
    told = client.get(f"/k/{token}/saya").json()
    assert told["perangkat"] == "HP uji"
    assert told["wilayah"] == "Niur"
    assert told["tugas"] == [{"formulir": "f", "wilayah": "Niur", "sasaran": 20, "sampai": ""}]


def test_a_phone_without_an_enumerator_has_no_tasks(client, regions):
    told = client.get(f"/k/{fielding.phone()[1]}/saya").json()
    assert told["pendata"] == ""
    assert told["tugas"] == []


def test_nobody_learns_anything_under_a_key_that_is_barred(client, phone, token):
    Device.objects.update(revoked_at="2026-11-27T00:00Z")
    assert client.get(f"/k/{token}/saya").status_code == 403


def test_a_new_address_closes_the_old_one_and_opens_a_revoked_phone(client, sign_in, phone, token):
    device, _ = phone
    Device.objects.update(revoked_at="2026-11-27T00:00Z")
    page = sign_in("operator_kab").post(reverse("field_device_renew", args=[device.pk])).content.decode()
    found = re.search(r"/isi/#k=([\w-]+)", page)
    assert found
    assert client.get(f"/k/{token}/saya").status_code == 403
    assert client.get(f"/k/{found[1]}/saya").status_code == 200
