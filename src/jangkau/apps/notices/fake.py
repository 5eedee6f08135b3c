"""A channel that keeps what it is given: for trials and for the tests of whatever uses channels."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from jangkau.apps.notices.channels import Message, Refused, Unreachable

_PHONE = re.compile(r"\+62\d{8,13}")


class FakePhone:
    """An SMS gateway that sends nothing; it keeps the contract (tests/web/notices/test_channels.py)."""

    label = _("SMS (percobaan)")
    address = _("Nomor telepon, +62...")
    away = False

    def __init__(self) -> None:
        self.sent: dict[str, Message] = {}

    def ready(self) -> bool:
        """Always."""
        return True

    def accepts(self, address: str) -> bool:
        """An Indonesian number."""
        return bool(_PHONE.fullmatch(address))

    def send(self, message: Message) -> None:
        """Keep it; the same key once."""
        if self.away:
            raise Unreachable
        if not self.accepts(message.to):
            raise Refused
        self.sent.setdefault(message.key, message)

    @contextmanager
    def outage(self) -> Iterator[None]:
        """While the block runs the gateway does not answer."""
        self.away = True
        try:
            yield
        finally:
            self.away = False
