"""`jangkau-admin audit verify`: whether the audit log is whole."""

import json
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jangkau.apps.audit.chain import Verdict
from jangkau.apps.audit.selectors import verify

_WORDS = {
    "hilang": "peristiwa ini hilang",
    "diubah": "isi peristiwa ini tidak lagi cocok dengan sidiknya",
    "ditulis ulang": "sidiknya bukan yang dicatat: peristiwa sampai nomor ini telah ditulis ulang",
    "ujung": "log terpotong atau disisipi: ujungnya tidak cocok",
}


def _anchor(text: str) -> tuple[int, str]:
    nomor, _, hash = text.partition(":")
    if not nomor.isdigit() or len(hash) != 64:
        raise ArgumentTypeError("tulis sebagai NOMOR:SIDIK, seperti yang dicetak `audit verify`")
    return int(nomor), hash


class Command(BaseCommand):
    """Exit 0 where every event is as it was written, 1 and the place where not."""

    help = "Periksa keutuhan log audit."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("action", choices=["verify"])
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--expect", type=_anchor, help="NOMOR:SIDIK dari pemeriksaan lalu, yang disimpan di luar")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chain."""
        verdict = verify(options["expect"])
        self.stdout.write(_as_json(verdict) if options["json"] else _as_words(verdict))
        if verdict.broken:
            sys.exit(1)


def _as_json(verdict: Verdict) -> str:
    broken = verdict.broken
    place = {"nomor": broken.nomor, "sebab": broken.sebab} if broken else None
    return json.dumps({"utuh": not broken, "jumlah": verdict.jumlah, "sidik": verdict.hash, "putus": place})


def _as_words(verdict: Verdict) -> str:
    if verdict.broken:
        return f"PUTUS di peristiwa {verdict.broken.nomor}: {_WORDS[verdict.broken.sebab]}."
    return f"Utuh: {verdict.jumlah} peristiwa.\nCatat di luar sistem ini: {verdict.jumlah}:{verdict.hash}"
