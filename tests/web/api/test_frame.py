"""Every endpoint declares its permission and keeps to it; every refusal is a problem in words."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from jangkau.api.main import api
from jangkau.apps.accounts.permissions import PUBLIC
from jangkau.apps.accounts.roles import PERMISSIONS, Role

PROBLEM = "application/problem+json"
SCHEMA = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))


def operations() -> Iterator[tuple[str, str, str]]:
    """Path, verb and permission of every endpoint."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                for verb in operation.methods:
                    permission = getattr(operation.view_func, "permission", "")
                    yield f"/api/v1{prefix}{path}", verb, permission


OPERATIONS = list(operations())


# What endpoints that take a body read before they look at roles, all in one; elsewhere nothing reads it.
BODY = {"untuk": "1705012002", "baris": [{"nama": "Siti Contoh"}], "jenis": "nib", "nomor": "9120001234567"}


def address(path: str) -> str:
    return path.replace("{kode}", "1705").replace("{id}", "1").replace("{id_pekerja}", "P1")


@pytest.mark.parametrize(("path", "verb", "permission"), OPERATIONS)
def test_every_endpoint_declares_a_permission_and_documents_its_refusals(path: str, verb: str, permission: str) -> None:
    assert permission in PERMISSIONS
    assert permission != PUBLIC
    told = SCHEMA["paths"][path][verb.lower()]
    assert {"401", "403", "422", "429"} <= set(told["responses"])
    assert told["summary"]
    assert told["description"]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reaches_what_it_may_and_nothing_else(program: Callable[..., Client], role: Role) -> None:
    client = program(role)
    for path, verb, permission in OPERATIONS:
        answer = client.generic(verb, address(path), json.dumps(BODY), content_type="application/json")
        assert (answer.status_code == 403) == (role not in PERMISSIONS[permission]), f"{role} {verb} {path}"
        assert answer.status_code < 500


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer jk_salah"}, {"Authorization": "Basic YTpi"}])
def test_without_a_good_token_nothing_is_reached(regions: None, header: dict) -> None:
    for path, verb, _ in OPERATIONS:
        answer = Client(headers=header).generic(verb, address(path))
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)


def test_signing_in_as_a_person_opens_no_endpoint(sign_in: Callable[..., Client]) -> None:
    assert sign_in("auditor").get("/api/v1/audit").status_code == 401


def test_refusals_say_what_to_do_and_never_what_was_sent(program: Callable[..., Client]) -> None:
    client = program("operator_kab")
    wrong = client.get("/api/v1/wilayah?batas=1705010101900001")
    assert wrong.status_code == 422
    assert wrong.json()["kesalahan"][0]["letak"] == "query.batas"
    assert "1705010101900001" not in wrong.content.decode()
    refused = client.get("/api/v1/audit").json()
    assert refused["status"] == 403
    assert "Auditor" in refused["detail"]
    assert client.get("/api/v1/wilayah/9999").json()["type"] == "urn:jangkau:TIDAK_DITEMUKAN"


def test_too_many_requests_are_told_to_wait(program: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jangkau.api.auth.Share.allow_request", lambda *_: False)
    monkeypatch.setattr("jangkau.api.auth.Share.wait", lambda *_: 7)
    answer = program("operator_kab").get("/api/v1/wilayah")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    assert answer.json()["type"] == "urn:jangkau:TERLALU_SERING"


def test_each_token_has_its_own_share(program: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in api.throttle:
        monkeypatch.setattr(throttle, "num_requests", 3)
    one, other = program("operator_kab"), program("auditor")
    assert [one.get("/api/v1/wilayah").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/api/v1/wilayah").status_code == 200


def test_the_description_is_open_to_all_and_complete(client: Client, db: None) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert {path for path, _, _ in OPERATIONS} == set(told["paths"])
    assert told["components"]["securitySchemes"]
    names = list(told["components"]["schemas"])
    assert not [name for name in names if name in ("Out", "PagedOut")]
