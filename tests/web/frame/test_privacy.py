"""Every field that is kept says how private it is; what masks and redacts can rely on it."""

import pytest
from django.apps import apps
from django.db import models

CLASSES = {"identifier", "personal", "sensitive", "public"}
COUNTS = (models.BooleanField, models.DateTimeField, models.PositiveIntegerField, models.PositiveSmallIntegerField)
OWN = [m for m in apps.get_models() if m.__module__.startswith("jangkau.")]


def _says_nothing_of_a_person(field: models.Field) -> bool:
    """Keys, links, times of ours, counts, switches, and words out of a list of ours."""
    return field.primary_key or field.is_relation or bool(field.choices) or isinstance(field, COUNTS)


@pytest.mark.parametrize("model", OWN, ids=[model.__name__ for model in OWN])
def test_every_field_has_a_class_and_every_class_a_field(model: type[models.Model]) -> None:
    fields = [f for f in model._meta.concrete_fields if not _says_nothing_of_a_person(f)]
    declared = getattr(model, "PRIVACY", {})
    missing = sorted({f.name for f in fields} - set(declared))
    assert not missing, f"{model.__name__}.PRIVACY lacks {missing}"
    assert set(declared) <= {f.name for f in model._meta.fields}, "PRIVACY names what is no field"
    assert set(declared.values()) <= CLASSES
