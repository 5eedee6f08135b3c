"""Examples of this app's addresses (see tests/examples.py)."""

from examples import example

from jangkau.apps.audit.actions import record


@example("audit_event")
def event(user) -> dict:
    return {"nomor": record("uji", by=None, region_code="1705012002", before={"a": 1}, after={"a": 2}).nomor}
