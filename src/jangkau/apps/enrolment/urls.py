"""Addresses of enrolment."""

from django.urls import path

from jangkau.apps.enrolment.views import ledger

urlpatterns = [
    path("kepesertaan/buku/", ledger.book, name="book"),
    path("kepesertaan/buku/unduh/", ledger.book_export, name="book_export"),
    path("kepesertaan/buku/periksa/", ledger.book_check, name="book_check"),
    path("kepesertaan/buku/anggaran/<int:pk>/", ledger.fund_budget, name="fund_budget"),
    path("kepesertaan/buku/jurnal/<int:pk>/", ledger.journal, name="journal"),
    path("kepesertaan/buku/jurnal/<int:pk>/unduh/", ledger.journal_export, name="journal_export"),
]
