"""What did not work, as `application/problem+json` (RFC 9457): never with the value that was sent."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, JsonResponse
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

from jangkau.apps.accounts.roles import PERMISSIONS, Role
from jangkau.core.kernel.faults import told
from jangkau.core.kernel.problems import Problem

Faults = list[dict[str, str]]
MEDIA = "application/problem+json"
_WORDS = {
    400: ("PERMINTAAN_TIDAK_TERBACA", "Isi permintaan tidak dapat dibaca.", "Kirim JSON yang sah, dalam UTF-8."),
    401: ("TOKEN_TIDAK_BERLAKU", "Token tidak ada, dicabut, atau lewat.", "Buat token baru di halaman Akun saya."),
    403: ("PERAN_TIDAK_BERHAK", "Peran token ini tidak berhak.", "Pakai token dari peran yang berhak."),
    404: ("TIDAK_DITEMUKAN", "Tidak ada, atau di luar wilayah token ini.", "Periksa alamat dan wilayah token."),
    413: ("TERLALU_BESAR", "Isi permintaan terlalu besar.", "Bagi menjadi beberapa kiriman."),
    422: ("ISIAN_KELIRU", "Ada isian yang keliru.", "Perbaiki isian yang disebut di `kesalahan`."),
    429: ("TERLALU_SERING", "Terlalu banyak permintaan.", "Tunggu sebanyak detik di kepala Retry-After."),
}  # fmt: skip


class Fault(Schema):
    """One wrong field."""

    letak: str = Field(description="tempatnya, misalnya query.batas", examples=["query.batas"])
    pesan: str = Field(examples=["terlalu besar, paling banyak 1000"])


class Told(Schema):
    """A problem."""

    type: str = Field(examples=["urn:jangkau:TIDAK_DITEMUKAN"])
    title: str = Field(description="apa yang gagal", examples=["Tidak ada, atau di luar wilayah token ini."])
    status: int = Field(examples=[404])
    detail: str = Field(description="apa yang harus dilakukan", examples=["Periksa alamat dan wilayah token."])
    kesalahan: list[Fault] = Field(default_factory=list)


# What any endpoint may answer besides what it is for.
USUAL: dict[Any, Any] = {frozenset({400, 401, 403, 422, 429}): Told}
MISSING: dict[Any, Any] = {404: Told}


def answer(status: int, kode: str, title: str, detail: str, faults: Faults | None = None) -> JsonResponse:
    """The response."""
    told = {"type": f"urn:jangkau:{kode}", "title": title, "status": status, "detail": detail}
    return JsonResponse(told | {"kesalahan": faults or []}, status=status, content_type=MEDIA)


def install(api: NinjaAPI) -> None:
    """Answer every refusal this way."""
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, lambda _request, _error: _usual(404))
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: _usual(413))
    api.add_exception_handler(PermissionDenied, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Throttled, _throttled)


def _usual(status: int, faults: Faults | None = None) -> JsonResponse:
    return answer(status, *_WORDS[status], faults)


def _http(request: HttpRequest, error: Any) -> JsonResponse:
    return _usual(error.status_code)


def _problem(request: HttpRequest, error: Any) -> JsonResponse:
    return answer(error.kind.http, error.kind.kode, error.pesan, error.saran)


def _refused(request: HttpRequest, error: Any) -> JsonResponse:
    kode, title, detail = _WORDS[403]
    roles = ", ".join(str(role.label) for role in Role if role in PERMISSIONS.get(str(error), ()))
    return answer(403, kode, title, f"{detail} Yang berhak: {roles}." if roles else detail)


def _invalid(request: HttpRequest, error: Any) -> JsonResponse:
    return _usual(422, [{"letak": ".".join(map(str, e["loc"])), "pesan": told(e)} for e in error.errors])


def _throttled(request: HttpRequest, error: Any) -> JsonResponse:
    told = _usual(429)
    told["Retry-After"] = str(error.wait or 60)
    return told
