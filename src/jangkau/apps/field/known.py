"""Forms as submissions are read by them: a model never changes, so each process reads it once."""

from functools import lru_cache
from typing import NamedTuple

from jangkau.apps.field.models import FormState, FormVersion
from jangkau.core.field.model import FormModel


class KnownForm(NamedTuple):
    """A version of a form that phones may have."""

    pk: int
    state: str
    model: FormModel


def known_form(form_id: str, version: str) -> KnownForm | None:
    """The version, open or closed; None for one that never was given to phones."""
    found = FormVersion.objects.filter(form_id=form_id, version=version).values_list("pk", "state", "md5").first()
    if found is None or found[1] == FormState.DRAFT:
        return None
    return KnownForm(found[0], found[1], _model(found[0], found[2]))


def model_of(form: FormVersion) -> FormModel:
    """The model of a version."""
    return _model(form.pk, form.md5)


@lru_cache(maxsize=64)
def _model(pk: int, _md5: str) -> FormModel:
    return FormModel.model_validate(FormVersion.objects.values_list("model", flat=True).get(pk=pk))
