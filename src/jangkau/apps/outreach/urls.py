"""Addresses of outreach."""

from django.urls import path

from jangkau.apps.outreach.views import campaigns, events, messages, reach

_ALL = "mitra/sosialisasi/"
_ONE, _EVENT = f"{_ALL}<int:pk>/", f"{_ALL}acara/<int:pk>/"
_WORDS = f"{_ALL}pesan/"
urlpatterns = [
    path(_ALL, campaigns.campaigns, name="campaigns"),
    path(f"{_ALL}baru/", campaigns.campaign_edit, name="campaign_new"),
    path(_ONE, campaigns.campaign, name="campaign"),
    path(f"{_ONE}ubah/", campaigns.campaign_edit, name="campaign_edit"),
    path(f"{_ONE}bahan/", campaigns.material_add, name="material_add"),
    path(f"{_ONE}jangkauan/", reach.campaign_reach, name="campaign_reach"),
    path(f"{_ONE}<slug:what>.<slug:kind>", reach.campaign_table, name="campaign_table"),
    path(f"{_ONE}hasil/", reach.campaign_effect, name="campaign_effect"),
    path(f"{_ONE}gambar/<slug:name>.<slug:kind>", reach.campaign_chart, name="campaign_chart"),
    path(f"{_ONE}acara/", events.event_new, name="event_new"),
    path(_EVENT, events.event, name="outreach_event"),
    path(f"{_EVENT}ubah/", events.event_edit, name="event_edit"),
    path(f"{_EVENT}hadir/", events.event_attend, name="event_attend"),
    path(f"{_EVENT}jawaban/", events.event_score, name="event_score"),
    path(f"{_EVENT}batal/", events.event_cancel, name="event_cancel"),
    path(f"{_EVENT}daftar/", events.event_list, name="event_list"),
    path(f"{_EVENT}soal/", events.event_sheet, name="event_sheet"),
    path(f"{_EVENT}foto/", events.photo_add, name="event_photo_add"),
    path(f"{_ALL}foto/<int:pk>/", events.photo, name="event_photo"),
    path(f"{_ALL}foto/<int:pk>/tarik/", events.photo_withdraw, name="event_photo_withdraw"),
    path(_WORDS, messages.words, name="words"),
    path(f"{_WORDS}baru/", messages.words_edit, name="words_new"),
    path(f"{_WORDS}<slug:code>/", messages.words_one, name="words_one"),
    path(f"{_WORDS}<slug:code>/ubah/", messages.words_edit, name="words_edit"),
]
