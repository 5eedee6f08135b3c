"""A pair and a decision in desa Niur."""

import matched
from django.utils import timezone
from examples import example

from jangkau.apps.linkage.models import Decision, Link, Member, Person


def make_link() -> Link:
    person = Person.objects.create(pk=7, id_pekerja="p000000000000000e", region_code=matched.NIUR, nama="Ani Contoh")
    member = Member.objects.create(
        pk=8, id_usulan="1/a.xlsx#L#2", person=person, region_code=matched.NIUR, fingerprint="x", sidik="y"
    )
    return Link.objects.create(
        member=member, register="penduduk", id_register="1705014101900001", peluang=0.5, keputusan="tinjau",
        cara="model", region_code=matched.NIUR, turn="pertama", urutan=1, isi={"nama": "ANI CONTOH"},
    )  # fmt: skip


@example("review_pair", "review_decide")
def pair(user) -> dict:
    return {"pk": make_link().pk}


@example("review_undo")
def decision(user) -> dict:
    link = make_link()
    made = Decision.objects.create(
        id_usulan=link.member.id_usulan, register=link.register, id_register=link.id_register, keputusan="tidak",
        region_code=matched.NIUR, by=user("operator_kab", "1701"), at=timezone.now(),
    )  # fmt: skip
    return {"pk": made.pk}
