"""Tries whether a channel keeps the promises of `channels.Channel`. For whoever writes one:

    from jangkau.apps.notices.conformance import faults
    assert faults(MyRig()) == []

A rig puts the channel before a test double of its gateway.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Protocol

from jangkau.apps.notices.channels import Channel, Message, Refused, Unreachable


class Rig(Protocol):
    """A channel with its surroundings under control."""

    channel: Channel
    good: str
    """An address that takes messages."""
    bad: str
    """A text that is no address of this channel."""

    def received(self) -> list[tuple[str, str, str]]:
        """What has arrived so far: mark, address, text. Messages given twice carry one mark."""

    def outage(self) -> AbstractContextManager[None]:
        """While the block runs the gateway does not answer."""


def faults(rig: Rig) -> list[str]:
    """Every promise that is broken, in words; none for a channel that may be used."""
    return [*_names(rig), *_addresses(rig), *_sends(rig), *_fails(rig)]


def _message(rig: Rig, key: str) -> Message:
    return Message(key, rig.good, "Jangkau: 2 hal", f"Dua hal menunggu ({key}). https://contoh.id/", f"2 hal ({key})")


def _names(rig: Rig) -> Iterator[str]:
    if not str(rig.channel.label).strip() or not str(rig.channel.address).strip():
        yield "label and address are words for users"
    if not rig.channel.ready():
        yield "ready() is true once it is set up"


def _addresses(rig: Rig) -> Iterator[str]:
    if not rig.channel.accepts(rig.good):
        yield "accepts() takes a good address"
    for wrong in (rig.bad, "", f"{rig.good}\n{rig.good}"):
        if rig.channel.accepts(wrong):
            yield f"accepts() refuses {wrong!r}"


def _sends(rig: Rig) -> Iterator[str]:
    before = len(rig.received())
    one, other = _message(rig, "satu"), _message(rig, "dua")
    for message in (one, one, other):
        rig.channel.send(message)
    new = rig.received()[before:]
    if {to for _, to, _ in new} != {rig.good}:
        yield "send() reaches the address it is given"
    if len({mark for mark, _, _ in new}) != 2:
        yield "send() marks a message by its key: the same key the same, another key another"
    for message in (one, other):
        if not any(message.text in text or message.short in text for _, _, text in new):
            yield "send() brings the text, or the short one, whole"


def _fails(rig: Rig) -> Iterator[str]:
    with rig.outage():
        yield from _raises(rig, _message(rig, "tiga"), Unreachable, "while the gateway is away")
    before = len(rig.received())
    rig.channel.send(_message(rig, "tiga"))
    if len(rig.received()) == before:
        yield "send() works again after the gateway came back"
    yield from _raises(rig, replace(_message(rig, "empat"), to=rig.bad), Refused, "for an address it does not accept")


def _raises(rig: Rig, message: Message, kind: type[Exception], when: str) -> Iterator[str]:
    try:
        rig.channel.send(message)
    except kind as error:
        if message.to in str(error):
            yield "an error does not name the address"
    except Exception as error:  # whatever else a channel raises is the fault that is looked for
        yield f"send() raises {kind.__name__} {when}, not {type(error).__name__}"
    else:
        yield f"send() raises {kind.__name__} {when}"
