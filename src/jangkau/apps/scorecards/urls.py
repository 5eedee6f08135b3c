"""Addresses of scorecards."""

from django.urls import path

from jangkau.apps.scorecards import compare_views, filling_views, follow_views, instrument_views, judging_views, views

AT = "monev/kartu/"
CARD = AT + "<int:pk>/"

urlpatterns = [
    path(AT, views.scorecards, name="scorecards"),
    path(AT + "buka/", filling_views.open_card, name="scorecard_open"),
    path(AT + "banding/", compare_views.compare, name="scorecard_compare"),
    path(AT + "banding/<slug:name>.<slug:kind>", compare_views.picture, name="scorecard_chart"),
    path(AT + "tindak-lanjut/", follow_views.follow_ups, name="scorecard_follow_ups"),
    path(AT + "tindak-lanjut/<int:pk>/sepakati/", follow_views.agree, name="follow_up_agree"),
    path(AT + "tindak-lanjut/<int:pk>/selesai/", follow_views.finish, name="follow_up_finish"),
    path(AT + "instrumen/", instrument_views.instruments, name="instruments"),
    path(AT + "instrumen/unggah/", instrument_views.upload, name="instrument_upload"),
    path(AT + "instrumen/contoh/", instrument_views.examples, name="instrument_examples"),
    path(AT + "instrumen/<int:pk>/", instrument_views.instrument, name="instrument"),
    path(AT + "instrumen/<int:pk>/berkas/", instrument_views.file, name="instrument_file"),
    path(AT + "bukti/<int:pk>/", views.file, name="scorecard_file"),
    path(AT + "bukti/<int:pk>/hapus/", filling_views.drop_evidence, name="scorecard_evidence_drop"),
    path(CARD, views.scorecard, name="scorecard"),
    path(CARD + "cetak/", views.printed, name="scorecard_print"),
    path(CARD + "excel/", views.excel, name="scorecard_excel"),
    path(CARD + "csv/", views.csv, name="scorecard_csv"),
    path(CARD + "kirim/", filling_views.send, name="scorecard_send"),
    path(CARD + "buka-lagi/", filling_views.reopen, name="scorecard_reopen"),
    path(CARD + "kembalikan/", judging_views.give_back, name="scorecard_give_back"),
    path(CARD + "tutup/", judging_views.close, name="scorecard_close"),
    path(CARD + "saran/", judging_views.advise, name="scorecard_advise"),
    path(CARD + "soal/<str:code>/jawab/", filling_views.answer, name="scorecard_answer"),
    path(CARD + "soal/<str:code>/bukti/", filling_views.add_evidence, name="scorecard_evidence"),
    path(CARD + "soal/<str:code>/tanggapi/", filling_views.reply, name="scorecard_reply"),
    path(CARD + "soal/<str:code>/komentar/", judging_views.comment, name="scorecard_comment"),
    path(CARD + "soal/<str:code>/nilai/", judging_views.propose, name="scorecard_propose"),
]
