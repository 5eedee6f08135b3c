"""The contract of a channel: how a message leaves the site. E-mail is one; an installation may add SMS or WhatsApp.

A channel is a class without arguments that keeps the promises of `Channel`; `jangkau.apps.notices.conformance` tries
them. It is named in the environment: JANGKAU_CHANNELS=sms=paket.modul.Kelas (docs/panduan/admin.md).
"""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Message:
    """What is sent. The same `key` is the same message; `short` is for channels that count letters.

    Neither text names a person or holds a number of one.
    """

    key: str
    to: str
    subject: str
    text: str
    short: str


class Unreachable(Exception):
    """The channel does not answer now; the same message will be given to it again."""


class Refused(Exception):
    """The address will never take a message; it is not tried again."""


class Channel(Protocol):
    """A way out of the site."""

    label: object
    """What users call it."""
    address: object
    """What users are asked for: "Alamat surel"."""

    def ready(self) -> bool:
        """Whether the installation has set it up. Users may choose it only then."""

    def accepts(self, address: str) -> bool:
        """Whether an address has the form of one; nothing is sent."""

    def send(self, message: Message) -> None:
        """Send a message. Given twice with the same key, the reader sees one message, or two that carry the same mark.

        Raises Unreachable where it may work later, Refused where it never will. No error names the address.
        """


@cache
def channels() -> dict[str, Channel]:
    """Every channel of this installation by its name."""
    return {name: import_string(path)() for name, path in settings.JANGKAU_CHANNELS.items()}


def ready() -> dict[str, Channel]:
    """The channels that users may choose."""
    return {name: channel for name, channel in channels().items() if channel.ready()}
