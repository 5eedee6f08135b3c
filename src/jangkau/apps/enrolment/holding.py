"""What the database itself holds of the ledger, whoever writes: a program of ours or a hand in its console.

- an entry obeys the rule of its kind (`jangkau.core.enrolment.ledger`): accounts of one fund, a person-month that is
  where the rule begins, at its rate;
- balances and the state of person-months follow from entries, in the same statement;
- entries, journals and steps are never changed or deleted; of a person-month only the state changes, to what its
  last entry says.

A migration that rebuilds one of
these tables on SQLite takes its triggers away and must call `hold` again (a test finds out).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from jangkau.core.enrolment.ledger import RULES

FIXED = ("enrolment_entry", "enrolment_journal", "enrolment_step")
_MONTH = "enrolment_personmonth"
_IDENTITY = ("person_id", "month", "fund_id", "enrolment_id", "decree_id", "line_id", "rate", "law_version")
_WRONG = "ledger: entry against the rule of its kind"
_ELSEWHERE = "ledger: person-month is not where this entry begins"
_FROZEN = "ledger: append-only"


def hold(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; again is fine."""
    release(connection)
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


@contextmanager
def let_go(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers: for rows that come back from a backup with what they led to."""
    release(connection)
    yield
    hold(connection)


def release(connection: BaseDatabaseWrapper) -> None:
    """Take them away: for the migration backwards."""
    with connection.cursor() as cursor:
        for name, table in _names():
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def _names() -> list[tuple[str, str]]:
    fixed = [(f"{table}_no_{verb}", table) for table in (*FIXED, _MONTH) for verb in ("update", "delete", "truncate")]
    posts = [(name, "enrolment_entry") for name in ("ledger_posts", "ledger_sums")]
    return [*fixed, *posts, ("ledger_month_new", _MONTH), ("ledger_month_kept", _MONTH)]


def _values(*columns: str) -> str:
    """The rules as SQL rows of `kind` and the columns named, without those that have none."""
    rows = [(kind, *(getattr(rule, column) for column in columns)) for kind, rule in RULES.items()]
    return ", ".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in rows if None not in row)


def _after(kind: str) -> str:
    """The SQL of the state that an entry of a kind leaves a person-month in."""
    cases = " ".join(f"WHEN '{name}' THEN '{rule.after}'" for name, rule in RULES.items() if rule.after)
    return f"CASE {kind} {cases} END"


_FREE_OF_MONTH = ", ".join(f"'{kind}'" for kind, rule in RULES.items() if rule.before is None)
_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _IDENTITY)
_LAST = "(SELECT e.kind FROM enrolment_entry e WHERE e.month_id = OLD.id ORDER BY e.id DESC LIMIT 1)"
_STRAYS = f"({_CHANGED}) OR (NEW.state <> OLD.state AND NEW.state <> COALESCE({_after(_LAST)}, ''))"


def _sqlite() -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{_FROZEN}')"
    fixed = [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN {refuse}; END"
        for table, verbs in [*((table, ("update", "delete")) for table in FIXED), (_MONTH, ("delete",))]
        for verb in verbs
    ]
    accounts = f"""SELECT 1 FROM enrolment_account d JOIN enrolment_account c ON c.id = NEW.credit_id
        WHERE d.id = NEW.debit_id AND d.fund_id = c.fund_id
        AND (NEW.month_id IS NULL) = (NEW.kind IN ({_FREE_OF_MONTH}))
        AND (NEW.kind, d.kind, c.kind) IN (VALUES {_values("debit", "credit")})"""
    month = f"""SELECT 1 FROM {_MONTH} m JOIN enrolment_account d ON d.id = NEW.debit_id AND d.fund_id = m.fund_id
        WHERE m.id = NEW.month_id AND m.rate = NEW.amount AND (NEW.kind, m.state) IN (VALUES {_values("before")})"""
    return [
        *fixed,
        f"""CREATE TRIGGER ledger_posts AFTER INSERT ON enrolment_entry BEGIN
            SELECT RAISE(ABORT, '{_WRONG}') WHERE NOT EXISTS ({accounts});
            SELECT RAISE(ABORT, '{_ELSEWHERE}') WHERE NEW.month_id IS NOT NULL AND NOT EXISTS ({month});
            UPDATE enrolment_account SET balance = balance + NEW.amount WHERE id = NEW.debit_id;
            UPDATE enrolment_account SET balance = balance - NEW.amount WHERE id = NEW.credit_id;
            UPDATE {_MONTH} SET state = {_after("NEW.kind")} WHERE id = NEW.month_id; END""",
        f"CREATE TRIGGER ledger_month_new BEFORE INSERT ON {_MONTH} WHEN NEW.state <> 'baru' BEGIN {refuse}; END",
        f"CREATE TRIGGER ledger_month_kept BEFORE UPDATE ON {_MONTH} WHEN {_STRAYS} BEGIN {refuse}; END",
    ]


def _postgresql() -> list[str]:
    return [
        _function("ledger_refuse", f"RAISE EXCEPTION '{_FROZEN}';"),
        _function("ledger_post_one", _POST_ONE),
        _function("ledger_post_all", _POST_ALL),
        _function("ledger_month_kept", f"IF {_STRAYS} THEN RAISE EXCEPTION '{_FROZEN}'; END IF; RETURN NEW;"),
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
            for table, verbs in [
                *((table, ("update", "delete", "truncate")) for table in FIXED), (_MONTH, ("delete", "truncate"))
            ]
            for verb in verbs
        ),
        "CREATE TRIGGER ledger_posts AFTER INSERT ON enrolment_entry FOR EACH ROW EXECUTE FUNCTION ledger_post_one()",
        "CREATE TRIGGER ledger_sums AFTER INSERT ON enrolment_entry REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_post_all()",
        f"CREATE TRIGGER ledger_month_new BEFORE INSERT ON {_MONTH} FOR EACH ROW WHEN (NEW.state <> 'baru') "
        "EXECUTE FUNCTION ledger_refuse()",
        f"CREATE TRIGGER ledger_month_kept BEFORE UPDATE ON {_MONTH} "
        "FOR EACH ROW EXECUTE FUNCTION ledger_month_kept()",
    ]  # fmt: skip


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


# One entry: its accounts, then its person-month, by their keys, so that no plan can go wrong in a table just filled.
_POST_ONE = f"""
    IF NOT EXISTS (SELECT 1 FROM enrolment_account d JOIN enrolment_account c ON c.id = NEW.credit_id
        WHERE d.id = NEW.debit_id AND d.fund_id = c.fund_id
        AND (NEW.month_id IS NULL) = (NEW.kind IN ({_FREE_OF_MONTH}))
        AND (NEW.kind, d.kind, c.kind) IN (VALUES {_values("debit", "credit")}))
        THEN RAISE EXCEPTION '{_WRONG}'; END IF;
    IF NEW.month_id IS NULL THEN RETURN NULL; END IF;
    UPDATE {_MONTH} m SET state = {_after("NEW.kind")} WHERE m.id = NEW.month_id AND m.rate = NEW.amount
        AND m.fund_id = (SELECT fund_id FROM enrolment_account WHERE id = NEW.debit_id)
        AND (NEW.kind, m.state) IN (VALUES {_values("before")});
    IF NOT FOUND THEN RAISE EXCEPTION '{_ELSEWHERE}'; END IF;
    RETURN NULL;"""
# The balances of all entries of a statement together, accounts in the order of their keys.
_POST_ALL = """
    PERFORM 1 FROM enrolment_account WHERE id IN (SELECT debit_id FROM fresh UNION SELECT credit_id FROM fresh)
        ORDER BY id FOR UPDATE;
    UPDATE enrolment_account a SET balance = a.balance + s.amount FROM (
        SELECT id, sum(amount) AS amount FROM (
            SELECT debit_id AS id, amount FROM fresh UNION ALL SELECT credit_id, -amount FROM fresh) x
        GROUP BY id) s WHERE a.id = s.id;
    RETURN NULL;"""
