"""Messages leave once, again after an outage, to whoever wants them, and name nobody."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from jangkau.apps.jobs.models import Job
from jangkau.apps.notices import channels, sending
from jangkau.apps.notices.actions import choose, settle, tell
from jangkau.apps.notices.channels import Refused
from jangkau.apps.notices.models import Choice, Delivery, Notice


@pytest.fixture
def phone(settings):
    settings.JANGKAU_CHANNELS = {**settings.JANGKAU_CHANNELS, "sms": "jangkau.apps.notices.fake.FakePhone"}
    channels.channels.cache_clear()
    yield channels.channels()["sms"]
    channels.channels.cache_clear()


@pytest.fixture
def reader(regions, user):
    made = user("penyetuju")
    made.email = "dinas@contoh.id"
    made.save()
    return made


def told(key="rencana-1", kind="plan_waits", **values):
    return tell(kind, region_code="1705", link="/", key=key, **(values or {"judul": "Desember"}))


def later(minutes):
    Delivery.objects.filter(state="antre").update(next_at=timezone.now() - timedelta(minutes=minutes))


def test_a_digest_says_how_many_of_what_and_where_and_no_more(reader):
    for at in range(3):
        told(f"rencana-{at}")
    told("sk-1", "decree_waits")
    assert (sending.queue_daily(), sending.deliver()["terkirim"]) == (1, 1)
    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == (["dinas@contoh.id"], "Jangkau: 4 hal menunggu Anda")
    assert "- 3 rencana menunggu keputusan" in sent.body
    assert "- 1 SK menunggu persetujuan" in sent.body
    assert reverse("notices") in sent.body
    assert "Desember" not in sent.body


def test_the_digest_is_sent_once_a_day_and_only_with_something_new(reader):
    told()
    today = timezone.localdate()
    assert (sending.queue_daily(today), sending.queue_daily(today)) == (1, 0)
    assert sending.queue_daily(today + timedelta(days=1)) == 0
    told("rencana-2")
    assert sending.queue_daily(today + timedelta(days=1)) == 1


def test_what_was_read_or_settled_is_not_sent(reader):
    told()
    settle("rencana-1")
    assert sending.queue_daily() == 0


def test_the_urgent_does_not_wait(reader, user):
    clerk = user("operator_kab")
    clerk.email = "petugas@contoh.id"
    clerk.save()
    for _ in range(2):
        told("klaim-jam-1", "claim_clock", batas="28-11-2026 09.30")
    assert Delivery.objects.count() == 1
    assert Job.objects.filter(kind=sending.KIND).count() == 1
    sending.deliver()
    assert mail.outbox[0].to == ["petugas@contoh.id"]


def test_after_an_outage_the_same_message_is_tried_again_and_at_last_given_up(reader, phone):
    choose(reader, {"email": (False, ""), "sms": (True, "+6281234567890")})
    told()
    sending.queue_daily()
    with phone.outage():
        assert sending.deliver() == {"terkirim": 0, "nanti": 1, "gagal": 0}
        assert sending.deliver() == {"terkirim": 0, "nanti": 0, "gagal": 0}
        later(0)
        assert sending.deliver()["nanti"] == 1
    later(0)
    assert sending.deliver()["terkirim"] == 1
    assert [message.to for message in phone.sent.values()] == ["+6281234567890"]
    told("rencana-2")
    sending.queue_daily(timezone.localdate() + timedelta(days=1))
    with phone.outage():
        outcomes = []
        for _ in range(6):
            later(0)
            outcomes.append(sending.deliver()["gagal"])
    assert outcomes == [0, 0, 0, 0, 0, 1]


def test_a_worker_that_died_after_sending_sends_the_same_message_not_another(reader, phone, monkeypatch):
    choose(reader, {"email": (False, ""), "sms": (True, "+6281234567890")})
    told()
    sending.queue_daily()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_end", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            sending.deliver()
    assert len(phone.sent) == 1
    later(0)
    assert sending.deliver()["terkirim"] == 1
    assert len(phone.sent) == 1


def test_two_workers_do_not_send_one_message_twice(reader):
    told()
    sending.queue_daily()
    one, other = Delivery.objects.get(), Delivery.objects.get()
    assert sending._claim(one)
    assert not sending._claim(other)


def test_a_refused_address_is_given_up_at_once(reader, monkeypatch):
    told()
    sending.queue_daily()
    monkeypatch.setattr("jangkau.apps.notices.mail.Mail.send", lambda *_: (_ for _ in ()).throw(Refused))
    assert sending.deliver()["gagal"] == 1


def test_who_left_or_switched_off_gets_nothing(reader):
    told()
    sending.queue_daily()
    reader.is_active = False
    reader.save()
    assert sending.deliver() == {"terkirim": 0, "nanti": 0, "gagal": 1}
    reader.is_active = True
    reader.save()
    choose(reader, {"email": (False, "dinas@contoh.id")})
    told("rencana-2")
    assert sending.queue_daily(timezone.localdate() + timedelta(days=1)) == 0


def test_the_timer_sends_digests(reader):
    told()
    call_command("run-periodic")
    assert Delivery.objects.count() == 1
    assert Job.objects.filter(kind=sending.KIND).count() == 1


def test_a_user_chooses_channels(reader, phone, client):
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("notice_channels")
    page = client.get(address).content.decode()
    assert "Kirim lewat Surel" in page
    assert "dinas@contoh.id" in page
    wrong = client.post(address, {"sms": "on", "sms_ke": "0812"})
    assert wrong.status_code == 422
    assert "Tulis alamat yang benar" in wrong.content.decode()
    assert client.post(address, {"sms": "on", "sms_ke": "+6281234567890"}).status_code == 302
    assert sending.addresses([reader]) == {reader.pk: {"sms": "+6281234567890"}}
    assert Choice.objects.count() == 2


def test_without_a_channel_the_page_says_so(reader, client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Belum ada saluran" in client.get(reverse("notice_channels")).content.decode()
    told()
    assert sending.queue_daily() == 0
    assert Notice.objects.count() == 1


def test_a_short_message_fits_an_sms(reader, phone):
    choose(reader, {"sms": (True, "+6281234567890")})
    for at in range(1200):
        Notice.objects.create(user=reader, kind="plan_waits", values={"judul": "x"}, link="/", key=str(at))
    sending.queue_daily()
    sending.deliver()
    assert len(next(iter(phone.sent.values())).short) <= 160
