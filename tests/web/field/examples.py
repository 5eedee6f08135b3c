"""A submission in quarantine, a file, a form, a phone and a task in desa Niur."""

import fielding
from examples import example

from jangkau.apps.field.actions.receive import Kept, receive
from jangkau.apps.field.models import Attachment, EntityChange, Task
from jangkau.apps.registry.keeping import keep


def sent():
    xml = fielding.filled(fielding.form(), photo="f.jpg").replace(b'version="', b'version="9')
    return receive(fielding.phone()[0], xml, [Kept("f.jpg", *keep([fielding.PHOTO]))])


@example("field_submission", "field_decide")
def submission(_user) -> dict:
    return {"pk": sent().pk}


@example("field_file")
def file(_user) -> dict:
    sent()
    return {"pk": Attachment.objects.latest("pk").pk}


@example("field_change")
def change(_user) -> dict:
    told = {"path": "/data/meta/entity", "dataset": "pekerja", "id": "x", "create": False, "update": True, "base": 1,
            "trunk": None, "branch": "", "label": "", "data": {"hasil": "pindah"}}  # fmt: skip
    made = EntityChange.objects.create(
        submission=sent(), path="p", dataset="pekerja", uuid="x", region_code="1705012002", outcome="bentrok", sent=told
    )
    return {"pk": made.pk}


FORM = ("field_form", "field_form_state", "field_form_download", "field_form_try", "field_form_try_xform")


@example(*FORM, shared=True)
def form(_user) -> dict:
    return {"pk": fielding.form().pk}


@example("field_form_try_list", shared=True)
def form_list(_user) -> dict:
    return {"pk": fielding.form().pk, "name": "desa.csv"}


@example("field_device_revoke", "field_device_renew")
def device(_user) -> dict:
    return {"pk": fielding.phone()[0].pk}


@example("field_task_withdraw", "field_prepare")
def task(user) -> dict:
    who, by = user("pendata", "1705012099"), user("operator_kab", "1701")
    made = Task.objects.create(form_id="pendataan-pekerja", region_code="1705012002", user=who, target=5, by=by)
    return {"pk": made.pk}
