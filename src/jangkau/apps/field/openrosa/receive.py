"""Where phones send: HEAD to ask, POST to send."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from jangkau.apps.field import flow
from jangkau.apps.field.actions.receive import Kept, receive
from jangkau.apps.field.models import Device, Submission, SubmissionState
from jangkau.apps.field.models.submissions import STANDING
from jangkau.apps.field.openrosa.doors import device_view, refused, said
from jangkau.apps.registry.keeping import keep
from jangkau.core.kernel.problems import Problem

XML, INCOMPLETE = "xml_submission_file", "*isIncomplete*"
_PART = 2**20


@device_view
def submission(request: HttpRequest, device: Device) -> HttpResponse:
    """HEAD answers 204. POST keeps a submission: 201 or 202 is a promise that its bytes are on disk here."""
    if request.method == "HEAD":
        return HttpResponse(status=204)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "HEAD, POST"})
    _whole(request)
    files = request.FILES
    if len(files.getlist(XML)) + len(request.POST.getlist(XML)) != 1:
        raise Problem("KIRIMAN_TIDAK_UTUH")
    xml = b"".join(_parts(files.getlist(XML)[0])) if XML in files else request.POST[XML].encode()
    attachments = [_keep(file) for name in files if name != XML for file in files.getlist(name)]
    row = receive(device, xml, attachments)
    flow.poke()
    return answer(row, more_to_come=request.POST.get(INCOMPLETE, "").lower() == "yes")


def _whole(request: HttpRequest) -> None:
    """Raises KIRIMAN_BESAR, or KIRIMAN_TIDAK_UTUH where the body ends before its last boundary: a photograph cut short
    on its way would otherwise be taken for a whole one."""
    try:
        body = request.body
        boundary = (request.content_params or {}).get("boundary", "").encode()
        if not boundary or not body.rstrip(b"\r\n").endswith(b"--" + boundary + b"--"):
            raise Problem("KIRIMAN_TIDAK_UTUH")
        request.POST  # noqa: B018  what is parsed here
    except RequestDataTooBig as error:
        raise Problem("KIRIMAN_BESAR", batas=settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20) from error
    except (UnreadablePostError, MultiPartParserError) as error:
        raise Problem("KIRIMAN_TIDAK_UTUH") from error


def _keep(file: "UploadedFile[Any]") -> Kept:
    return Kept((file.name or "berkas")[-200:], *keep(_parts(file)))


def _parts(file: "UploadedFile[Any]") -> Iterator[bytes]:
    yield from file.chunks(_PART)


def answer(row: Submission, *, more_to_come: bool) -> HttpResponse:
    """What a phone is told, with the receipt: for people in the message, for our own page in headers."""
    if row.state in STANDING:
        made = _accepted(row, more_to_come=more_to_come)
    elif row.state == SubmissionState.REFUSED:
        made = said(_("Isian ini sudah pernah diterima, dan petugas memutuskan untuk tidak memakainya."), 202)
    else:
        words = {"formulir": row.form_id, "versi": row.version, "sebab": "; ".join(row.notes)}
        made = refused(row.reason, **words)
    made.headers["X-Jangkau-Receipt"], made.headers["X-Jangkau-SHA256"] = row.receipt, row.sha256
    made.headers["X-Jangkau-State"], made.headers["X-Jangkau-Missing"] = row.state, str(row.missing)
    return made


def _accepted(row: Submission, *, more_to_come: bool) -> HttpResponse:
    receipt = {"receipt": row.receipt, "sha256": row.sha256, "instanceID": row.instance_id}
    if row.missing:
        words = _("Isian diterima, tanda terima %(receipt)s. %(count)s lampiran belum sampai; kirim lagi.")
        told = words % {"receipt": row.receipt, "count": row.missing}
        return said(told, 201 if more_to_come else 202, **receipt)
    return said(_("Diterima. Tanda terima %(receipt)s.") % {"receipt": row.receipt}, 201, **receipt)
