"""Knowledge as data: a rule is a row of a table under `data/`, has an example of its own and is shown on a page."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_MADE = """
Dibuat dari `src/jangkau/core/identity/data/{file}`; jangan diubah dengan tangan. Setiap baris diuji: contohnya harus
terbaca seperti hasilnya, dan tanpa baris itu tidak.
"""


@dataclass(frozen=True)
class Rule:
    """`tulis` becomes `jadi`, by its kind; `contoh` then reads as `hasil`, and would not without this row."""

    jenis: str
    tulis: str
    jadi: str
    contoh: str
    hasil: str
    catatan: str


@cache
def rules_of(file: str) -> tuple[Rule, ...]:
    """The rules of a table as written, in their order."""
    text = (files("jangkau.core.identity") / "data" / file).read_text("utf-8")
    return tuple(Rule(**row) for row in csv.DictReader(text.splitlines()))


def rules_page(title: str, file: str, kinds: dict[str, str]) -> str:
    """The rules of a table as Markdown, by kind."""
    sections = (_section(kind, meaning, rules_of(file)) for kind, meaning in kinds.items())
    return f"# {title}\n{_MADE.format(file=file)}" + "".join(sections)


def _section(kind: str, meaning: str, rules: Iterable[Rule]) -> str:
    rows = [rule for rule in rules if rule.jenis == kind]
    head = f"\n## {kind} ({len(rows)})\n\n{meaning}\n\n"
    return head + "| tulis | jadi | contoh | hasil | catatan |\n|---|---|---|---|---|\n" + "".join(map(_row, rows))


def _row(rule: Rule) -> str:
    becomes = _code(rule.jadi) if rule.jadi else ""
    return f"| {_code(rule.tulis)} | {becomes} | {rule.contoh} | {rule.hasil} | {rule.catatan} |\n"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")
