"""Messages out of the site: a digest a day, and at once what cannot wait. They say how many and where, never who."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.actions import start
from jangkau.apps.notices import channels
from jangkau.apps.notices.channels import Message, Refused, Unreachable
from jangkau.apps.notices.kinds import KINDS
from jangkau.apps.notices.models import Choice, Delivery, DeliveryState, Notice

KIND = "notices.send"
MAIL = "email"
_WAITS = (5, 15, 60, 240, 720, 1_440)  # minutes between tries; after the last the message is given up
_DAILY = "harian"


def addresses(users: Iterable[User]) -> dict[int, dict[str, str]]:
    """Where each user wants to be told: user -> channel -> address, of the channels that are set up."""
    known, found = channels.ready(), {user.pk: user for user in users if user.is_active}
    told: dict[int, dict[str, str]] = {pk: {} for pk in found}
    for pk, user in found.items():
        if MAIL in known and known[MAIL].accepts(user.email):
            told[pk][MAIL] = user.email
    for choice in Choice.objects.filter(user__in=list(found), channel__in=list(known)):
        told[choice.user_id].pop(choice.channel, None)
        if choice.on and choice.address:
            told[choice.user_id][choice.channel] = choice.address
    return told


def queue_daily(today: date | None = None) -> int:
    """A digest to everyone who has something new since the last one; once a day. Returns how many are queued."""
    today = today or timezone.localdate()
    sent = Delivery.objects.filter(key__startswith=_DAILY).values("user").annotate(at=Max("created_at"))
    last = dict(sent.values_list("user", "at"))
    unread: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(read_at=None).order_by("pk"):
        unread.setdefault(notice.user_id, []).append(notice)
    new = {pk: own for pk, own in unread.items() if pk not in last or own[-1].created_at > last[pk]}
    return _queue({pk: (f"{_DAILY}-{today}-{pk}", own) for pk, own in new.items()})


def queue_now(notices: list[Notice]) -> int:
    """At once, those that cannot wait for the digest. Returns how many messages are queued."""
    urgent = {n.user_id: (f"segera-{n.key}-{n.user_id}"[:120], [n]) for n in notices if KINDS[n.kind].urgent}
    return _queue(urgent) if urgent else 0


def _queue(wanted: dict[int, tuple[str, list[Notice]]]) -> int:
    told = addresses(User.objects.filter(pk__in=list(wanted)))
    made = [delivery for pk, ways in told.items() for delivery in _deliveries(pk, list(ways), *wanted[pk])]
    known = set(Delivery.objects.filter(key__in=[d.key for d in made]).values_list("channel", "key"))
    new = [delivery for delivery in made if (delivery.channel, delivery.key) not in known]
    Delivery.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    if new:
        start(KIND, {}, by=None)
    return len(new)


def _deliveries(user: int, ways: list[str], key: str, notices: list[Notice]) -> Iterator[Delivery]:
    with translation.override("id"):
        subject, text, short = _said(notices)
    for way in ways:
        yield Delivery(
            user_id=user, channel=way, key=key, subject=subject, text=text, short=short, next_at=timezone.now()
        )


def _said(notices: list[Notice]) -> tuple[str, str, str]:
    """Subject, text and short text: how many of what, and where."""
    counts = Counter(notice.kind for notice in notices)
    address = f"{settings.JANGKAU_SITE_URL}{reverse('notices')}"
    head = ngettext("Jangkau: %(n)s hal menunggu Anda", "Jangkau: %(n)s hal menunggu Anda", len(notices)) % {
        "n": len(notices)
    }
    lines = [f"- {count} {KINDS[kind].heading}" for kind, count in counts.items()]
    end = _("Pesan ini tidak memuat data pribadi dan tidak perlu dibalas. Salurannya dapat Anda atur di halaman itu.")
    text = "\n".join([_("Yang belum Anda baca:"), *lines, "", _("Buka: %(address)s") % {"address": address}, "", end])
    return head, text + "\n", f"{head}. {address}"[:160]


def deliver() -> dict[str, int]:
    """Send what is due. Killed half way, a message is given to its channel again, with the same key."""
    counts = {"terkirim": 0, "nanti": 0, "gagal": 0}
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=timezone.now())
    for delivery in due.select_related("user").order_by("pk"):
        if _claim(delivery):
            counts[_send(delivery)] += 1
    return counts


def _claim(delivery: Delivery) -> bool:
    """Take a message, so that another worker does not; it is due again if this one dies."""
    wait = _WAITS[min(delivery.attempts, len(_WAITS) - 1)]
    free = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts)
    delivery.attempts += 1
    return bool(free.update(attempts=delivery.attempts, next_at=timezone.now() + timedelta(minutes=wait)))


def _send(delivery: Delivery) -> str:
    """What came of one try: terkirim, nanti or gagal."""
    channel = channels.ready().get(delivery.channel)
    to = addresses([delivery.user])[delivery.user_id].get(delivery.channel) if delivery.user.is_active else None
    if channel is None or to is None:
        return _end(delivery, DeliveryState.GIVEN_UP)
    message = Message(delivery.key, to, delivery.subject, delivery.text, delivery.short)
    try:
        channel.send(message)
    except Refused:
        return _end(delivery, DeliveryState.GIVEN_UP)
    except Unreachable:
        return "nanti" if delivery.attempts < len(_WAITS) else _end(delivery, DeliveryState.GIVEN_UP)
    return _end(delivery, DeliveryState.SENT)


def _end(delivery: Delivery, state: DeliveryState) -> str:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, ended_at=timezone.now())
    return str(state.value)


def daily() -> int:
    """For the timer of the machine: queue digests, and try again what has not left. Returns how many are queued."""
    made = queue_daily()
    if not made and Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=timezone.now()).exists():
        start(KIND, {}, by=None)
    return made
