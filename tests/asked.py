"""Requests of the public, made as the public makes them."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.requests.models import Petition
from jangkau.apps.requests.public import actions

NIUR, SUKARAJA = "1705012002", "170501"
NIK, BORN = "1705010505900001", date(1990, 5, 5)
JOIN: dict[str, Any] = {
    "nama": "Siti Contoh", "nik": "1705 0105 0590 0001", "lahir": "1990-05-05", "desa": NIUR, "kelamin": "P",
    "pekerjaan": "TANI", "setuju": "on", "kk": "", "hp": "", "isi": "", "situs": "",
}  # fmt: skip
WRONG = {name: JOIN[name] for name in ("nama", "nik", "lahir", "desa", "setuju")} | {
    "hal": "lahir",
    "isi": "Tahun 1991",
}
STOP = {name: JOIN[name] for name in ("nama", "nik", "lahir", "desa", "setuju")} | {"paham": "on"}


def send(client: Client, kind: str = "masuk", **given: Any) -> Any:
    """The form as a browser sends it."""
    form = {"masuk": JOIN, "salah": WRONG, "berhenti": STOP}[kind] | given
    return client.post(reverse("ask", args=[kind, SUKARAJA]), form)


def petition(kind: str = "masuk", nik: str = NIK, born: date = BORN, region: str = NIUR) -> tuple[Petition, str]:
    """A petition and its code."""
    told = {"nama": "Siti Contoh", "nik": nik, "tanggal_lahir": born, "region_code": region, "no_hp": "", "text": ""}
    more = {"jenis_kelamin": "P", "pekerjaan": "TANI", "no_kk": ""} if kind == "masuk" else {}
    code = actions.ask(kind, told | more).code
    found = actions.found(code)
    assert found
    return found, code


def let_lie(found: Petition, days: int = 1) -> Petition:
    """The day of its desk has passed."""
    found.due = timezone.localdate() - timedelta(days=days)
    found.save()
    return found
