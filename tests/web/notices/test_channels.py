"""The contract of channels: e-mail and the fake keep it, and whoever breaks it is caught."""

from contextlib import contextmanager

import pytest
from django.core import mail

from jangkau.apps.notices import channels
from jangkau.apps.notices.channels import Message, Refused, Unreachable
from jangkau.apps.notices.conformance import faults
from jangkau.apps.notices.fake import FakePhone
from jangkau.apps.notices.mail import Mail


class PhoneRig:
    good, bad = "+6281234567890", "081-salah"

    def __init__(self, channel=None):
        self.channel = channel or FakePhone()
        self.outage = self.channel.outage

    def received(self):
        return [(key, message.to, message.short) for key, message in self.channel.sent.items()]


class MailRig:
    good, bad = "dinas@contoh.id", "bukan surel"

    def __init__(self, monkeypatch):
        self.channel, self.patch = Mail(), monkeypatch

    def received(self):
        return [(sent.extra_headers["Message-ID"], sent.to[0], sent.body) for sent in mail.outbox]

    @contextmanager
    def outage(self):
        def away(*_args, **_more):
            raise ConnectionRefusedError(111, f"no {self.good}")

        with self.patch.context() as patch:
            patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
            yield


def test_the_fake_keeps_every_promise():
    assert faults(PhoneRig()) == []


def test_e_mail_keeps_every_promise(monkeypatch):
    assert faults(MailRig(monkeypatch)) == []


class Nameless(FakePhone):
    label = " "


class Deaf(FakePhone):
    def send(self, message):
        if self.away:
            return
        super().send(message)


class Believing(FakePhone):
    def accepts(self, address):
        return True


class Repeating(FakePhone):
    def send(self, message):
        super().send(
            Message(f"{message.key}{len(self.sent)}", message.to, message.subject, message.text, message.short)
        )


class Cutting(FakePhone):
    def send(self, message):
        super().send(Message(message.key, message.to, message.subject, message.text, message.short[:3]))


class Telling(FakePhone):
    def send(self, message):
        if not self.accepts(message.to):
            raise Refused(f"no such number {message.to}")
        super().send(message)


class Crashing(FakePhone):
    def send(self, message):
        if self.away:
            raise ValueError
        super().send(message)


class Unready(FakePhone):
    def ready(self):
        return False


class Elsewhere(FakePhone):
    def send(self, message):
        super().send(message)
        self.sent[message.key] = Message(message.key, "+6280000000000", "", "", message.short)


class Broken(FakePhone):
    def send(self, message):
        self.broken = getattr(self, "broken", False) or self.away
        if self.broken:
            raise Unreachable
        super().send(message)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (Nameless, "words for users"), (Unready, "set up"), (Believing, "refuses"), (Repeating, "same key"),
        (Cutting, "whole"), (Telling, "name the address"), (Deaf, "raises Unreachable"), (Crashing, "ValueError"),
        (Elsewhere, "reaches the address"),
    ],
)  # fmt: skip
def test_a_broken_promise_is_told(channel, words):
    assert any(words in fault for fault in faults(PhoneRig(channel())))


def test_a_channel_that_stays_away_is_noticed():
    with pytest.raises(Unreachable):
        faults(PhoneRig(Broken()))


def test_e_mail_is_ready_only_where_a_server_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not Mail().ready()


def test_an_installation_names_its_own_channels(settings):
    settings.JANGKAU_CHANNELS = {"sms": "jangkau.apps.notices.fake.FakePhone"}
    channels.channels.cache_clear()
    assert list(channels.ready()) == ["sms"]
    channels.channels.cache_clear()
