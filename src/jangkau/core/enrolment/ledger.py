"""The rules of the ledger: what each kind of entry moves, and what it makes of a person-month.

Double entry, so that a fund's budget is always the sum of what is free, promised, billed and paid. Every entry has one
debit and one credit. The database holds these rules with triggers that are written from this table.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """The accounts that a kind of entry debits and credits, and the state of the person-month before and after."""

    debit: str
    credit: str
    before: str | None = None
    after: str | None = None


RULES: dict[str, Rule] = {
    "anggaran": Rule("tersedia", "anggaran"),
    "pengurangan": Rule("anggaran", "tersedia"),
    "komitmen": Rule("komitmen", "tersedia", "baru", "komitmen"),
    "tagih": Rule("ditagih", "komitmen", "komitmen", "ditagih"),
    "batal_tagih": Rule("komitmen", "ditagih", "ditagih", "komitmen"),
    "bayar": Rule("dibayar", "ditagih", "ditagih", "dibayar"),
    "lepas": Rule("tersedia", "komitmen", "komitmen", "lepas"),
    "kembali": Rule("tersedia", "dibayar", "dibayar", "kembali"),
}
