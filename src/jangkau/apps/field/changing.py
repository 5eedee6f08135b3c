"""Entities as submissions change them, and conflicts as people settle them."""

from dataclasses import asdict
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.field.known import model_of
from jangkau.apps.field.models import Entity, EntityChange, Submission
from jangkau.apps.linkage.models import Person, PersonState
from jangkau.core.field import submission as core
from jangkau.core.field.entities import Entity as Standing
from jangkau.core.field.entities import Outcome, apply, forced
from jangkau.core.kernel.problems import Problem

WAITING = (Outcome.CONFLICT, Outcome.EARLY, Outcome.UNKNOWN)
_LONGEST = 200


def take(row: Submission) -> None:
    """What a submission says of entities, once; the caller's transaction holds the submission locked."""
    if row.form_version is None or not model_of(row.form_version).entities:
        return
    read = core.read(core.head(row.path.read_bytes()), model_of(row.form_version))
    for sent in read.entities:
        if not (sent.create or sent.update):
            continue
        told = {"dataset": sent.dataset[:60], "region_code": row.region_code, "sent": asdict(sent)}
        change, new = EntityChange.objects.get_or_create(
            submission=row, path=sent.path[:_LONGEST], uuid=sent.id[:60], defaults=told | {"outcome": Outcome.EARLY}
        )
        if new:
            _apply(change)
            _go_on(change)


def _apply(change: EntityChange) -> bool:
    """Try a change on the entity as it stands; whether it did anything."""
    entity = Entity.objects.select_for_update().filter(dataset=change.dataset, uuid=change.uuid).first()
    sent = core.SentEntity(**change.sent)
    outcome, after = apply(_standing(entity) if entity else None, sent)
    change.entity, change.outcome = entity, outcome
    if outcome in (Outcome.CREATED, Outcome.APPLIED) and after:
        _keep(change, entity, after)
    change.save()
    return outcome in (Outcome.CREATED, Outcome.APPLIED)


def _go_on(change: EntityChange) -> None:
    """Changes of the same entity that came too early are tried again, as long as one of them fits."""
    early = EntityChange.objects.filter(dataset=change.dataset, uuid=change.uuid, decided_at=None)
    while any(_apply(one) for one in early.filter(outcome__in=[Outcome.EARLY, Outcome.UNKNOWN])):
        pass


def _standing(entity: Entity) -> Standing:
    return Standing(entity.uuid, entity.label, entity.version, entity.data, entity.branch, entity.branch_version)


def _keep(change: EntityChange, entity: Entity | None, after: Standing) -> None:
    change.before = {"label": entity.label, **entity.data} if entity else {}
    kept = entity or Entity(dataset=change.dataset, uuid=change.uuid, region_code=change.region_code)
    kept.label, kept.version, kept.data = after.label[:_LONGEST], after.version, after.data
    kept.branch, kept.branch_version = after.branch[:60], after.branch_version
    kept.save()
    change.entity, change.version = kept, after.version


@transaction.atomic
def decide(change: EntityChange, *, use: bool, by: User) -> None:
    """A person says whether a change that waits is used. Raises ISIAN_SUDAH_DIPUTUSKAN."""
    change = EntityChange.objects.select_for_update().get(pk=change.pk)
    if change.decided_at or change.outcome not in WAITING:
        raise Problem("ISIAN_SUDAH_DIPUTUSKAN")
    entity = Entity.objects.select_for_update().filter(dataset=change.dataset, uuid=change.uuid).first()
    if use and entity:
        sent = core.SentEntity(**change.sent)
        _keep(change, entity, forced(_standing(entity), sent))
    change.decided_by, change.decided_at, change.decision = by, timezone.now(), "dipakai" if use else "tidak dipakai"
    change.save()
    record("field.entity", by=by, thing=change, after={"keputusan": change.decision, "uuid": change.uuid})


@transaction.atomic
def prepare(region_code: str, *, by: User) -> int:
    """The people proposed from a desa as a list to be visited; those who are gone are taken off. How many stand."""
    people = Person.objects.filter(region_code=region_code, state=PersonState.HERE).exclude(nama=None)
    wanted = {_uuid(person): person for person in people}
    listed = Entity.objects.select_for_update().filter(dataset="pekerja", region_code=region_code)
    known = set(listed.values_list("uuid", flat=True))
    new = [_line(key, person) for key, person in wanted.items() if key not in known]
    Entity.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    ours = listed.exclude(person=None)
    ours.exclude(uuid__in=wanted).filter(deleted_at=None).update(deleted_at=timezone.now())
    ours.filter(uuid__in=wanted).exclude(deleted_at=None).update(deleted_at=None)
    record("field.prepare", by=by, region_code=region_code, after={"orang": len(wanted)})
    return len(wanted)


def _uuid(person: Person) -> str:
    """The same person has the same number whenever a list is prepared."""
    return str(uuid5(NAMESPACE_URL, f"https://jangkau.id/pekerja/{person.id_pekerja}"))


def _line(key: str, person: Person) -> Entity:
    born = f", {person.tanggal_lahir:%Y}" if person.tanggal_lahir else ""
    data = {"pekerjaan": (person.pekerjaan or "").lower(), "nik_akhir": (person.nik or "")[-4:]}
    return Entity(
        dataset="pekerja", uuid=key, region_code=person.region_code, label=f"{person.nama}{born}"[:_LONGEST], data=data,
        person=person,
    )  # fmt: skip
