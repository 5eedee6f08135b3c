"""A campaign of desa Niur, an event of it, and its photograph."""

import outreached
from examples import example

from jangkau.apps.outreach.models import Photo
from jangkau.apps.registry.keeping import keep


@example("campaign", "campaign_edit", "material_add", "campaign_reach", "campaign_effect", "event_new")
def campaign(user) -> dict:
    return {"pk": outreached.campaign(user("operator_kab", "1701"), outreached.NIUR).pk}


@example("campaign_table")
def table(user) -> dict:
    return {**campaign(user), "what": "acara", "kind": "csv"}


@example("campaign_chart")
def chart(user) -> dict:
    return {**campaign(user), "name": "hasil", "kind": "csv"}


@example("outreach_event", "event_attend", "event_score", "event_list", "event_sheet", "event_photo_add")
def event(user) -> dict:
    return {"pk": outreached.event(outreached.campaign(user("operator_kab", "1701"))).pk}


@example("event_edit", "event_cancel")
def planned(user) -> dict:
    return {"pk": outreached.planned(outreached.campaign(user("operator_kab", "1701"))).pk}


@example("event_photo", "event_photo_withdraw")
def photo(user) -> dict:
    of = outreached.event(outreached.campaign(user("operator_kab", "1701")))
    digest, size = keep([b"\xff\xd8\xff"])
    return {"pk": Photo.objects.create(event=of, sha256=digest, size=size, media="jpg", by=of.by).pk}


@example("words_one", "words_edit", shared=True)
def words(user) -> dict:
    return {"code": "undangan"}
