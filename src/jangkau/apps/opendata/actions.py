"""What is done with editions: asked for, proposed, approved by another, refused, withdrawn."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.jobs import actions as jobs
from jangkau.apps.jobs.running import Running
from jangkau.apps.notices.actions import settle, tell
from jangkau.apps.opendata.choice import Choice
from jangkau.apps.opendata.making import known_before, make
from jangkau.apps.opendata.models import Edition, EditionState
from jangkau.apps.planning.files import sum_of
from jangkau.core.kernel.problems import Problem

MAKE = "opendata.make"


@transaction.atomic
def ask(title: str, choice: Choice, *, by: User, region_code: str) -> Edition:
    """A new edition of the province, made in the background."""
    last = Edition.objects.select_for_update().aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        region_code=region_code, number=last + 1, title=title, choice=choice.written(), made_by=by
    )
    edition.job = jobs.start(MAKE, {"edition": edition.pk}, by=by, region_code=region_code)
    edition.save(update_fields=["job"])
    record("opendata.ask", by=by, thing=edition, after={"nomor": edition.number, "judul": title, **choice.written()})
    return edition


def work_out(running: Running) -> dict[str, Any]:
    """Make an edition; one that is made is left as it is. Killed half way it is begun again."""
    edition = Edition.objects.get(pk=running.args["edition"])
    if edition.state == EditionState.COMPUTING:
        try:
            found = make(edition, running)
        except Problem:
            Edition.objects.filter(pk=edition.pk, state=EditionState.COMPUTING).update(state=EditionState.FAILED)
            raise
        running.step(gettext_noop("Menyegel berkas"))
        seal(edition, found)
    return {"edisi": edition.number}


@transaction.atomic
def seal(edition: Edition, found: dict[str, Any]) -> None:
    """Keep what was made, with the sum over its files."""
    sha256 = sum_of(edition.folder)
    _change(edition, [EditionState.COMPUTING], EditionState.READY, sha256=sha256, **found)
    record("opendata.made", by=edition.made_by, thing=edition, after={"sidik": sha256, "nomor": edition.number})


@transaction.atomic
def propose(edition: Edition, *, by: User) -> Edition:
    """Ask for approval. Raises TERBUKA_LANGKAH for what is no draft."""
    _change(edition, [EditionState.READY], EditionState.PROPOSED, proposed_by=by, proposed_at=timezone.now())
    link, title = reverse("edition", args=[edition.pk]), edition.title
    tell("edition_waits", region_code=edition.region_code, link=link, key=_key(edition), but=by, judul=title)
    record("opendata.propose", by=by, thing=edition, after={"nomor": edition.number, "sidik": edition.sha256})
    return edition


@transaction.atomic
def approve(edition: Edition, *, by: User) -> Edition:
    """Publish. Raises TERBUKA_SENDIRI for one's own edition, TERBUKA_BASI where another was published since this was
    made, TERBUKA_BERKAS_DIUBAH, TERBUKA_LANGKAH.
    """
    list(Edition.objects.select_for_update().values_list("pk"))  # one is published at a time
    if by.pk in {edition.made_by_id, edition.proposed_by_id}:
        raise Problem("TERBUKA_SENDIRI")
    if edition.after != [one.number for one in known_before()]:
        raise Problem("TERBUKA_BASI", nomor=edition.number)
    if sum_of(edition.folder) != edition.sha256:
        raise Problem("TERBUKA_BERKAS_DIUBAH", nomor=edition.number)
    _change(edition, [EditionState.PROPOSED], EditionState.PUBLISHED, decided_by=by, published_at=timezone.now())
    _decided(edition, by)
    for path in edition.folder.rglob("*.*"):
        path.chmod(0o444)
    record("opendata.approve", by=by, thing=edition, after={"nomor": edition.number, "sidik": edition.sha256})
    return edition


@transaction.atomic
def refuse(edition: Edition, reason: str, *, by: User) -> Edition:
    """Do not publish. Raises TERBUKA_LANGKAH."""
    _change(edition, [EditionState.PROPOSED], EditionState.REFUSED, decided_by=by, reason=reason)
    _decided(edition, by)
    record("opendata.refuse", by=by, thing=edition, after={"nomor": edition.number}, reason=reason)
    return edition


def _key(edition: Edition) -> str:
    """What approvers are told of an edition under; it is proposed once."""
    return f"edisi-{edition.pk}"


def _decided(edition: Edition, by: User) -> None:
    """Nobody need decide any more; who proposed it is told."""
    settle(_key(edition))
    link, key = reverse("edition", args=[edition.pk]), f"{_key(edition)}-putus"
    tell("edition_decided", region_code=edition.region_code, link=link, key=key, to=edition.proposed_by, but=by,
         judul=edition.title)  # fmt: skip


@transaction.atomic
def withdraw(edition: Edition, reason: str, *, by: User) -> Edition:
    """Take back what is public: it is listed as withdrawn, with the reason, and no longer downloaded.

    It stays known: later editions are protected together with it. Raises TERBUKA_LANGKAH.
    """
    now = timezone.now()
    _change(edition, [EditionState.PUBLISHED], EditionState.WITHDRAWN, withdrawn_by=by, withdrawn_at=now, reason=reason)
    record("opendata.withdraw", by=by, thing=edition, after={"nomor": edition.number}, reason=reason)
    return edition


def _change(edition: Edition, came: list[EditionState], to: EditionState, **values: Any) -> None:
    """Take a step that is possible from where the edition is, whoever else is at it."""
    if not Edition.objects.filter(pk=edition.pk, state__in=came).update(state=to, **values):
        raise Problem("TERBUKA_LANGKAH", nomor=edition.number)
    edition.refresh_from_db()
