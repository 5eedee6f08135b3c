"""A person with one row in desa Niur."""

import matched
from examples import example

from jangkau.apps.linkage.models import Member, Person
from jangkau.apps.registry.models import Programme


def make_person() -> Member:
    Programme.objects.get_or_create(values={"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"})
    person = Person.objects.create(pk=9, id_pekerja="p00000000000000aa", region_code=matched.NIUR, nama="Ani Contoh",
                                   nik="1705014101900001")  # fmt: skip
    return Member.objects.create(
        pk=10, id_usulan="1/b.xlsx#L#2", person=person, region_code=matched.NIUR, fingerprint="x", sidik="y"
    )


@example("person", "person_reveal", "person_merge")
def person(user) -> dict:
    return {"key": make_person().person.id_pekerja}


@example("person_split")
def row(user) -> dict:
    member = make_person()
    return {"key": member.person.id_pekerja, "pk": member.pk}
