"""Phones and tasks given to enumerators."""

import base64
import io
import json
import zlib
from typing import Any

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jangkau.apps.accounts.permissions import find, needs, scope, within
from jangkau.apps.audit.actions import record
from jangkau.apps.field import changing
from jangkau.apps.field.actions import devices
from jangkau.apps.field.forms import DeviceForm, TaskForm
from jangkau.apps.field.models import Device, Task
from jangkau.apps.field.views.seeing import user_of
from jangkau.apps.field.views.web import link
from jangkau.apps.regions.selectors import region_name
from jangkau.core.kernel.problems import Problem

_MOST = 500


def settings_of(device: Device, address: str) -> str:
    """What ODK Collect's settings code holds: base64 of zlib of JSON; `general` and `admin` must be there."""
    told = {
        "general": {"protocol": "odk_default", "server_url": address, "form_update_mode": "match_exactly",
                    "autosend": "wifi_and_cellular"},
        "admin": {"change_server": False},
        "project": {"name": f"Jangkau {region_name(device.region_code)}", "icon": "J", "color": "#0b6470"},
    }  # fmt: skip
    return base64.b64encode(zlib.compress(json.dumps(told).encode())).decode()


def picture(text: str) -> str:
    """A QR code as the source of an image."""
    file = io.BytesIO()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, image_factory=qrcode.image.svg.SvgPathImage)
    code.add_data(text)
    code.make_image().save(file)
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"


@needs("field.assign")
def device_list(request: HttpRequest) -> HttpResponse:
    """Phones; a new one's address and code are shown in the answer to its making, and never again."""
    user, made = user_of(request), None
    codes = scope(user, "field.assign")
    form = DeviceForm(request.POST or None, codes=codes, permission="field.assign", user=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = devices.make(form.person, form.cleaned_data["wilayah"], form.cleaned_data["nama"], by=user)
            form = DeviceForm(codes=codes, permission="field.assign", user=user)
        except Problem as problem:
            form.add_error(None, f"{problem.pesan} {problem.saran}")
    return _listed(request, form, made)


def _listed(request: HttpRequest, form: DeviceForm, made: tuple[Device, str] | None) -> HttpResponse:
    rows = Device.objects.filter(within(user_of(request), "field.assign")).select_related("user")[:_MOST]
    told = {"form": form, "devices": rows, "made": _shown(request, *made) if made else None}
    answer = render(request, "field/devices.html", told)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _shown(request: HttpRequest, device: Device, token: str) -> dict[str, Any]:
    """Addresses and codes of a token: of the page, and of ODK Collect."""
    page, address = link(request, token), request.build_absolute_uri(f"/k/{token}")
    return {"device": device, "token": token, "page": page, "page_picture": picture(page), "address": address,
            "picture": picture(settings_of(device, address))}  # fmt: skip


@needs("field.assign")
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new address for a phone whose key is known to others, forgotten or revoked."""
    user = user_of(request)
    device = find(request, Device.objects.select_related("user"), "field.assign", pk=pk)
    form = DeviceForm(codes=scope(user, "field.assign"), permission="field.assign", user=user)
    return _listed(request, form, (device, devices.renew(device, by=user)))


@needs("field.assign")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """A phone that was lost, or given back."""
    devices.revoke(find(request, Device.objects.all(), "field.assign", pk=pk), by=user_of(request))
    messages.success(request, _("Perangkat dicabut. Yang sudah dikirimnya tetap ada."))
    return redirect("field_devices")


@needs("field.assign")
def task_list(request: HttpRequest) -> HttpResponse:
    """Which desa is whose."""
    user = user_of(request)
    form = TaskForm(request.POST or None, codes=scope(user, "field.assign"), permission="field.assign", user=user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        task = Task.objects.create(
            form_id=told["formulir"], region_code=told["wilayah"], user=form.person, target=told["sasaran"],
            due=told["sampai"], by=user,
        )  # fmt: skip
        record("field.task", by=user, thing=task, after={"pendata": form.person.username, "sasaran": task.target})
        return redirect("field_tasks")
    rows = Task.objects.filter(within(user, "field.assign"), withdrawn_at=None).select_related("user")[:_MOST]
    return render(request, "field/tasks.html", {"form": form, "tasks": rows})


@needs("field.assign")
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A desa is no longer an enumerator's; what was collected stays."""
    task = find(request, Task.objects.all(), "field.assign", pk=pk)
    if Task.objects.filter(pk=task.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record("field.task_withdraw", by=user_of(request), thing=task)
    return redirect("field_tasks")


@needs("field.assign")
@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a task's desa as the list that phones carry."""
    task = find(request, Task.objects.all(), "field.assign", pk=pk)
    count = changing.prepare(task.region_code, by=user_of(request))
    messages.success(request, _("%(n)s orang siap dikunjungi di telepon.") % {"n": count})
    return redirect("field_tasks")
