"""What a submission says, and whether it can stand as it is."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from jangkau.apps.field.known import known_form
from jangkau.apps.field.models import Device, FormState, SubmissionState
from jangkau.core.field import submission as core
from jangkau.core.field.mapping import row_of
from jangkau.core.field.model import FormModel

_NOTES = 20


@dataclass(frozen=True)
class Judged:
    """The fields of a submission's row; `reason` is the code of why it waits for a person."""

    told: dict[str, Any]
    state: SubmissionState = SubmissionState.ACCEPTED
    reason: str = ""

    def waiting(self, reason: str, **told: Any) -> "Judged":
        """Kept, for a person to settle."""
        return replace(self, state=SubmissionState.QUARANTINE, reason=reason, told=self.told | told)


def judge(device: Device, xml: bytes) -> Judged:
    """What the bytes say, and whether they can stand. Nothing is taken from them that the form does not have."""
    told: dict[str, Any] = {"region_code": device.region_code, "instance_id": ""}
    try:
        head = core.head(xml)
    except core.Unreadable as error:
        return Judged(told).waiting("ISIAN_TIDAK_TERBACA", notes=[str(error)])
    told |= {"instance_id": head.instance_id, "form_id": head.form_id, "version": head.version,
             "deprecated_id": head.deprecated_id}  # fmt: skip
    found = known_form(head.form_id, head.version)
    if found is None:
        return Judged(told).waiting("ISIAN_FORMULIR_LAIN")
    try:
        read = core.read(head, found.model)
    except core.Unreadable as error:
        return Judged(told).waiting("ISIAN_TIDAK_TERBACA", notes=[str(error)])
    judged = Judged(told | {"form_id": head.form_id, "form_pk": found.pk} | described(read, found.model, device))
    if found.state != FormState.OPEN:
        return judged.waiting("ISIAN_FORMULIR_TUTUP")
    return judged if judged.told["region_code"].startswith(device.area) else judged.waiting(
        "ISIAN_LUAR_WILAYAH", region_code=device.region_code
    )  # fmt: skip


def described(read: core.Submission, model: FormModel, device: Device) -> dict[str, Any]:
    """The fields of a row that follow from what was filled in."""
    row = row_of(read.values, model)
    desa = row.get("kode_desa", "")
    point = _first(read.record)
    wrong = [f"{value.path}: {value.text[:80]}" for value in read.wrong]
    return {
        "row": row, "region_code": desa if len(desa) == 10 and desa.isdigit() else device.region_code,
        "expected": sorted(set(read.files)), "notes": [*wrong, *(f"+ {path}" for path in read.strange)][:_NOTES],
        "started_at": _moment(read, model, "start"), "ended_at": _moment(read, model, "end"),
        "lat": point and point.lat, "lon": point and point.lon, "accuracy": point and point.accuracy,
    }  # fmt: skip


def _first(record: Any) -> core.Point | None:
    """The first point, wherever it stands."""
    for value in record.values() if isinstance(record, dict) else record:
        if isinstance(value, core.Point):
            return value
        if isinstance(value, (dict, list)) and (found := _first(value)):
            return found
    return None


def _moment(read: core.Submission, model: FormModel, which: str) -> datetime | None:
    """When filling in began or ended, by the phone's clock."""
    text = read.values.get(model.moments.get(which, ""), "")
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo else timezone.make_aware(value)
