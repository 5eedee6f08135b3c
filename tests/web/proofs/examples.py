"""A person in desa Niur with a proof of work."""

from datetime import date

import matched
import pictures
from examples import example

from jangkau.apps.linkage.models import Person
from jangkau.apps.proofs.actions import add
from jangkau.apps.proofs.models import Proof


def person(pk: int = 21) -> Person:
    return Person.objects.create(
        pk=pk, id_pekerja=f"p{2 * pk:016x}", region_code=matched.NIUR, nama="Ani Contoh", nik="1705014101900001"
    )


def proof(user) -> Proof:
    clerk = user("operator_desa", "1705012099")
    return add(person(), "foto", date(2026, 3, 1), pictures.upload(), by=clerk)


@example("proofs")
def page(user) -> dict:
    return {"key": person().id_pekerja}


@example("proof_file", "proof_withdraw")
def one(user) -> dict:
    return {"pk": proof(user).pk}
