"""Why somebody is paid by a plan or not: the person found in the plan's own list, the reasons by the core."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from jangkau.apps.audit.masking import mask_number
from jangkau.apps.linkage.models import Person
from jangkau.apps.planning.following import Group, groups
from jangkau.apps.planning.inputs import Inputs
from jangkau.apps.planning.models import Plan
from jangkau.apps.planning.promises import held
from jangkau.core import pipeline, planning
from jangkau.core.kernel.month import month_text
from jangkau.core.kernel.problems import Problem

MOST = 20
FEWEST_DIGITS, FEWEST_LETTERS = 6, 2


@dataclass(frozen=True)
class Somebody:
    """A person of the plan, the number masked."""

    key: str
    name: str
    nik: str
    village: str


def search(plan: Plan, text: str) -> tuple[list[Somebody], bool]:
    """People whose name has every word asked for, or whose NIK begins or ends so; whether there are more.

    Too little asked for finds nobody.
    """
    test = _test(text)
    if test is None:
        return [], False
    columns = ("id_pekerja", "nama", "nik", "kode_desa")
    rows = pl.scan_parquet(plan.folder / "pekerja.parquet").select(columns).filter(test)
    found = rows.sort("nama", "id_pekerja").head(MOST + 1).collect().iter_rows()
    people = [
        Somebody(key, name or "–", mask_number(nik) if nik else "–", desa or "") for key, name, nik, desa in found
    ]
    return people[:MOST], len(people) > MOST


def _test(text: str) -> pl.Expr | None:
    digits = "".join(sign for sign in text if sign.isdigit())
    if digits and not any(sign.isalpha() for sign in text):
        enough, nik = len(digits) >= FEWEST_DIGITS, pl.col("nik")
        return nik.str.starts_with(digits) | nik.str.ends_with(digits) if enough else None
    words = text.upper().split()
    if len("".join(words)) < FEWEST_LETTERS:
        return None
    name = pl.col("nama").str.to_uppercase()
    return pl.all_horizontal(name.str.contains(word, literal=True) for word in words)


def held_until(plan: Plan, key: str) -> Group | None:
    """Until when somebody has a payer, by today's ledger, where that touches the months of the plan."""
    person = Person.objects.filter(id_pekerja=key).first()
    settings = Inputs.read(plan.inputs).settings
    last = held(person.region_code, settings).get(key) if person else None
    return groups({month_text(last): 1}, settings)[0] if last else None


def answer(plan: Plan, key: str) -> dict[str, Any] | None:
    """What the core says of a person of the plan; None for somebody who is not in it."""
    try:
        return planning.why(pipeline.read_record(plan.folder), key)
    except Problem as problem:
        if problem.kind.kode == "ORANG_TIDAK_ADA":
            return None
        raise
