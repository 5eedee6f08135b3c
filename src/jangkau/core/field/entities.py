"""What a submission does to an entity of a list (ODK Entities 2024.1): create, change, or leave it to a person.

Nothing is ever won by whoever writes last: a change that was made from an older version than the one here waits.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from jangkau.core.field.submission import SentEntity


class Outcome(StrEnum):
    """What becomes of a change."""

    CREATED = "dibuat"
    APPLIED = "diubah"
    SAME = "sama"  # says nothing that is not so already
    CONFLICT = "bentrok"  # made from another version than the one here
    EARLY = "menunggu"  # earlier changes of the same telephone are still on their way
    UNKNOWN = "tidak dikenal"  # of an entity that is not here


@dataclass(frozen=True)
class Entity:
    """An entity as it stands. `branch` and `branch_version`: the offline telephone whose changes were the last ones,
    and the version that it had then, for as long as nobody else changed it."""

    id: str
    label: str
    version: int
    data: dict[str, str] = field(default_factory=dict)
    branch: str = ""
    branch_version: int = 0


def apply(current: Entity | None, sent: SentEntity) -> tuple[Outcome, Entity | None]:
    """What the change comes to, and the entity after it; the entity before where it is not applied."""
    if not _is_uuid(sent.id):
        return Outcome.UNKNOWN, current
    if current is None:
        made = Entity(sent.id, sent.label, 1, {name: text for name, text in sent.data.items() if text})
        return (Outcome.CREATED, made) if sent.create else (Outcome.UNKNOWN, None)
    if not differences(current, sent):
        return Outcome.SAME, current
    if sent.update and _follows(current, sent):
        return Outcome.APPLIED, forced(current, sent)
    return (Outcome.EARLY if sent.update and _early(current, sent) else Outcome.CONFLICT), current


def forced(current: Entity, sent: SentEntity) -> Entity:
    """The entity with the change on it, as a person decided or as it follows."""
    changed = replace(current, version=current.version + 1, data=current.data | sent.data)
    if sent.label:
        changed = replace(changed, label=sent.label)
    base = (sent.base or current.version) + 1
    return replace(changed, branch=sent.branch, branch_version=base if sent.branch else 0)


def differences(current: Entity, sent: SentEntity) -> list[tuple[str, str, str]]:
    """(property, here, sent) where they differ."""
    told = {"label": sent.label, **sent.data} if sent.label else dict(sent.data)
    here = {"label": current.label, **current.data}
    return [(name, here.get(name, ""), text) for name, text in told.items() if here.get(name, "") != text]


def _follows(current: Entity, sent: SentEntity) -> bool:
    """Made from the version that is here; or the next of the telephone whose change was the last one."""
    if sent.branch and sent.branch == current.branch:
        return sent.base == current.branch_version
    if sent.branch and sent.trunk is not None and sent.base != sent.trunk:
        return False
    return sent.base == current.version


def _early(current: Entity, sent: SentEntity) -> bool:
    """A later change of an offline chain whose beginning this server can still get."""
    if not sent.branch or sent.base is None or sent.trunk is None:
        return False
    if sent.branch == current.branch:
        return sent.base > current.branch_version
    return sent.base > sent.trunk and sent.trunk == current.version


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
