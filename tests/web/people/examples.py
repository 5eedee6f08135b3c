"""A person with one row in desa Niur."""

import matched
from django.utils import timezone
from examples import example

from jangkau.apps.linkage.models import Decision, Member, Person
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


@example("person_undo")
def correction(user) -> dict:
    member = make_person()
    made = Decision.objects.create(
        id_usulan=member.id_usulan, register="penduduk", id_register="1", keputusan="cocok", by=user("operator_kab"),
        region_code=member.region_code, reason="Sudah ditemui di rumahnya", at=timezone.now(),
    )  # fmt: skip
    return {"key": member.person.id_pekerja, "pk": made.pk}


@example("person_split")
def row(user) -> dict:
    member = make_person()
    return {"key": member.person.id_pekerja, "pk": member.pk}
