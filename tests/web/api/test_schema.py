"""Schemathesis asks every endpoint what its description allows and what it does not: no server error, and no answer
that the description does not name. In this process, without a network."""

from collections.abc import Callable

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.schemas import BaseSchema
from tries import tries

from jangkau.api.main import api
from jangkau.apps.accounts.roles import PERMISSIONS
from jangkau.wsgi import application

pytestmark = pytest.mark.django_db(transaction=True)
KINDS = {"generation": {"allow-extra-parameters": False}}  # parameters that nothing reads are no fault of the asker
DESCRIBED = schemathesis.pytest.from_fixture("description")  # what is asked is thought out where it is asked
PERMISSION = {
    (f"/api/v1{prefix}{path}", verb): operation.view_func.permission
    for prefix, router in api._routers
    for path, view in router.path_operations.items()
    for operation in view.operations
    for verb in operation.methods
}


@pytest.fixture
def description(request: pytest.FixtureRequest) -> BaseSchema:
    request.node._nodeid = request.node.nodeid  # schemathesis 4.32 looks for what pytest 9.2 has no more
    config = schemathesis.Config.from_dict(KINDS)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


@pytest.fixture
def tokens(token: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """One token for each permission that endpoints ask for, of a role that has it."""
    monkeypatch.setattr("jangkau.api.auth.Share.allow_request", lambda *_: True)
    roles = {permission: min(PERMISSIONS[permission]) for permission in PERMISSION.values()}
    texts = {role: token(role) for role in set(roles.values())}
    return {permission: texts[role] for permission, role in roles.items()}


@DESCRIBED.parametrize()
@settings(max_examples=tries(15), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_endpoint_fails_or_answers_otherwise_than_described(case: schemathesis.Case, tokens: dict[str, str]) -> None:
    permission = PERMISSION[case.operation.path, case.operation.method.upper()]
    case.call_and_validate(headers={"Authorization": f"Bearer {tokens[permission]}", "Accept-Encoding": "identity"})
