"""What a phone carries: the forms, and the lists of its own area in them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from jangkau.apps.accounts.permissions import within_codes
from jangkau.apps.field.actions.forms import BUILT_IN
from jangkau.apps.field.models import Device, Entity, FormState, FormVersion, Task
from jangkau.apps.regions.models import Region
from jangkau.apps.registry.keeping import kept
from jangkau.core.field.features import MOST_CHOICES
from jangkau.core.field.openrosa import csv_list

DESA, PEOPLE = BUILT_IN
_NAMES = ("Siti", "Budi")


@dataclass(frozen=True)
class Carried:
    """A file of a form; `dataset` is filled for a list of entities."""

    name: str
    data: bytes
    dataset: str = ""

    @property
    def md5(self) -> str:
        """Sum of its bytes, as phones compare it."""
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()


def forms() -> "QuerySet[FormVersion]":
    """Of each form the newest version that is open."""
    newest = FormVersion.objects.filter(state=FormState.OPEN).order_by().values("form_id").annotate(newest=Max("pk"))
    return FormVersion.objects.filter(pk__in=newest.values("newest")).order_by("title", "form_id")


def names(form: FormVersion) -> list[str]:
    """The files that a form needs."""
    return list(form.model.get("files", ()))


def files(form: FormVersion, device: Device) -> Iterator[Carried]:
    """The files of a form as this phone gets them."""
    for name in names(form):
        yield file(form, name, device)


def file(form: FormVersion, name: str, device: Device, *, made_up: bool = False) -> Carried:
    """One file; `made_up`: of people who are nobody. Raises KeyError where the form needs none of that name."""
    if name not in names(form):
        raise KeyError(name)
    if name in form.files:
        return Carried(name, kept(form.files[name][0]).read_bytes())
    if name == DESA:
        return Carried(name, csv_list(("name", "label", "kecamatan"), _desa(device)))
    return _nobody(name, device) if made_up else _people(name, device)


def _desa(device: Device) -> "list[tuple[str, str, str | None]]":
    """The desa of the phone's kecamatan (or wider area): code, name, kecamatan."""
    found = Region.objects.filter(code__startswith=device.area, level="desa").order_by("name", "code")
    return list(found.values_list("code", "name", "parent__name")[:MOST_CHOICES])


def _nobody(name: str, device: Device) -> Carried:
    """A list of two people a desa, who are nobody."""
    rows = [(f"{code}-{who}", f"{who} Contoh, {desa}", 1, code) for code, desa, _ in _desa(device) for who in _NAMES]
    data = csv_list(("name", "label", "__version", "desa"), rows[:MOST_CHOICES])
    return Carried(name, data, name.removesuffix(".csv"))


def _people(name: str, device: Device) -> Carried:
    """The entities to be visited: of the desa given to the enumerator, or of the phone's own region."""
    dataset = name.removesuffix(".csv")
    found = list(
        visited(device).filter(dataset=dataset, deleted_at=None).order_by("region_code", "label")[:MOST_CHOICES]
    )
    properties = sorted({key for entity in found for key in entity.data} - {"desa"})
    rows = [
        (e.uuid, e.label, e.version, e.region_code, *(e.data.get(key, "") for key in properties)) for e in found
    ]  # fmt: skip
    return Carried(name, csv_list(("name", "label", "__version", "desa", *properties), rows), dataset)


def visited(device: Device) -> "QuerySet[Entity]":
    """The entities that a phone may know."""
    given = []
    if device.user_id:
        tasks = Task.objects.filter(user=device.user_id, withdrawn_at=None, region_code__startswith=device.area)
        given = list(tasks.values_list("region_code", flat=True).distinct())
    return Entity.objects.filter(within_codes(given or [device.region_code]))
