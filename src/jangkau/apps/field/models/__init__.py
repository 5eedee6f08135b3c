"""Forms, devices and tasks; submissions with their files; lists of entities."""

from jangkau.apps.field.models.entities import Entity, EntityChange
from jangkau.apps.field.models.forms import Device, FormState, FormVersion, Lookup, Task
from jangkau.apps.field.models.submissions import Attachment, Batch, Submission, SubmissionState

__all__ = [
    "Attachment", "Batch", "Device", "Entity", "EntityChange", "FormState", "FormVersion", "Lookup", "Submission",
    "SubmissionState", "Task",
]  # fmt: skip
