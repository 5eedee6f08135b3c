"""Everything that happened around a person, the newest first."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jangkau.apps.claims.models import CaseStep
from jangkau.apps.intake.models import ProposalRow
from jangkau.apps.linkage.models import Decision, Link, Member, Person
from jangkau.apps.linkage.templatetags.pairs import SIDES
from jangkau.apps.people.held import way
from jangkau.apps.people.moment import Moment
from jangkau.apps.people.months import PAYERS, Strip, month_name
from jangkau.core.kernel.month import first_day


def story(person: Person, rows: Iterable[ProposalRow], said: Iterable[Decision], strip: Strip) -> list[Moment]:
    """Proposals, decisions, merges, decrees, steps, payments, claims and memberships."""
    known = [*_proposals(rows), *_decisions(said), *_merges(person), *way(person)]
    found = [*known, *_claims(person), *_memberships(strip)]
    return sorted(found, key=lambda moment: moment.day)[::-1]  # of one day too, the later step first


def _proposals(rows: Iterable[ProposalRow]) -> list[Moment]:
    words = _("%(file)s, lembar %(sheet)s, baris %(row)s. Tertulis: %(name)s.")
    return [
        Moment(timezone.localdate(row.file.created_at), _("Diusulkan"),
               words % {"file": row.file.name, "sheet": row.lembar or "–", "row": row.baris, "name": row.nama or "–"})
        for row in rows
    ]  # fmt: skip


def _decisions(said: Iterable[Decision]) -> list[Moment]:
    found = []
    for word in said:
        same = word.keputusan == "cocok"
        title = _("Ditinjau: orang yang sama") if same else _("Ditinjau: orang lain")
        text = f"{SIDES[word.register]}, {word.by}. {word.reason}".strip()
        found.append(Moment(timezone.localdate(word.at), title, text))
        if word.undone_at:
            found.append(Moment(timezone.localdate(word.undone_at), _("Keputusan dibatalkan"),
                                f"{SIDES[word.register]}, {word.undone_by or '–'}."))  # fmt: skip
    return list(dict.fromkeys(found))  # a correction may be one word on several pairs


def _merges(person: Person) -> list[Moment]:
    return [
        Moment(date.min, _("Digabung dengan orang ini"), f"{merged.nama or '–'} ({merged.id_pekerja})")
        for merged in person.merged.all()
    ]


def _claims(person: Person) -> list[Moment]:
    own = Q(case__person=person) | Q(case__person__merged_into=person)
    steps = CaseStep.objects.filter(own).exclude(before=F("after")).select_related("case")
    return [
        Moment(timezone.localdate(step.at), _("Klaim %(case)s") % {"case": step.case},
               f"{step.case.get_happening_display()}, {date_format(step.case.day, 'j F Y')}: {step.words}.", harm=True)
        for step in steps
    ]  # fmt: skip


def _memberships(strip: Strip) -> list[Moment]:
    found = []
    for row in strip.memberships:
        if not row.kpj:  # paid from a fund of ours: the payment tells of it
            continue
        who = str(PAYERS[row.payer])
        found.append(
            Moment(
                first_day(row.start),
                _("Menjadi peserta"),
                _("Segmen %(s)s, dibayar %(w)s.") % {"s": row.segment, "w": who},
            )
        )
    if strip.ends and strip.ends <= strip.today and strip.paid_until:
        text = _("Tanpa iuran sejak %(month)s.") % {"month": month_name(strip.paid_until + 1)}
        found.append(Moment(first_day(strip.ends), _("Menjadi non-aktif"), text, harm=True))
    return found


def connections(members: list[Member]) -> list[Link]:
    """The links that stand or may, each register row once, the surest first."""
    order = {name: at for at, name in enumerate(SIDES)}
    links = Link.objects.filter(member__in=members, keputusan__in=["cocok", "tinjau"]).order_by("-peluang", "pk")
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        best.setdefault((link.register, link.id_register), link)
    return sorted(best.values(), key=lambda link: (order[link.register], link.keputusan, -link.peluang))
