"""Lists of people that phones carry, and every change that came back."""

from typing import ClassVar

from django.db import models

from jangkau.apps.accounts.models import User
from jangkau.apps.field.models.submissions import Submission
from jangkau.apps.linkage.models import Person
from jangkau.core.field.entities import Outcome


class Entity(models.Model):
    """One line of a list that phones carry, as core.field.entities.Entity; `deleted_at`: phones forget it."""

    dataset = models.CharField(max_length=60)
    uuid = models.CharField(max_length=36)
    region_code = models.CharField(max_length=10, db_index=True)
    label = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict)
    branch = models.CharField(max_length=60, blank=True)
    branch_version = models.PositiveIntegerField(default=0)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["label", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["dataset", "uuid"], name="field_entity_once")]

    PRIVACY: ClassVar = {
        "dataset": "public", "uuid": "personal", "region_code": "public", "label": "identifier", "data": "sensitive",
        "branch": "personal",
    }  # fmt: skip

    def __str__(self) -> str:
        return self.label


class EntityChange(models.Model):
    """What one submission says of an entity, and what it came to; `sent` is a core SentEntity."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="changes")
    path = models.CharField(max_length=200)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="changes")
    dataset = models.CharField(max_length=60)
    uuid = models.CharField(max_length=60)
    region_code = models.CharField(max_length=10, db_index=True)
    outcome = models.CharField(max_length=20, choices=[(o.value, o.value) for o in Outcome])
    sent = models.JSONField()
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "path", "uuid"], name="field_change_once"),
        ]

    PRIVACY: ClassVar = {
        "path": "public", "dataset": "public", "uuid": "personal", "region_code": "public", "sent": "sensitive",
        "before": "sensitive", "decision": "public",
    }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.dataset} {self.pk}"
