"""The database itself refuses to change or delete an event, whoever asks: a program of ours or a hand in its console.

A table that a later migration rebuilds on SQLite loses its triggers, so that migration must call `seal` again (a test
finds out). Whoever owns the database can still take the triggers away; then the hash chain shows what was changed.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_WORDS = "audit_event is append-only"
_FORBIDDEN = {"sqlite": ("UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


def seal(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; again is fine."""
    unseal(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def unseal(connection: BaseDatabaseWrapper) -> None:
    """Take them away: for the tests that tamper, and for the migration backwards."""
    place = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in _FORBIDDEN[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_event_no_{verb.lower()}{place}")


def _statements(vendor: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    function = []
    if vendor == "postgresql":
        refuse = "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()"
        function = [
            "CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_WORDS}'; END $$"
        ]
    return function + [
        f"CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event {refuse}"
        for verb in _FORBIDDEN[vendor]
    ]
