"""Addresses of enrolment."""

from django.urls import path

from jangkau.apps.enrolment.views import answers, batches, decrees, ledger, payments

urlpatterns = [
    path("kepesertaan/buku/", ledger.book, name="book"),
    path("kepesertaan/buku/unduh/", ledger.book_export, name="book_export"),
    path("kepesertaan/buku/periksa/", ledger.book_check, name="book_check"),
    path("kepesertaan/buku/anggaran/", ledger.post_budgets, name="post_budgets"),
    path("kepesertaan/buku/jurnal/<int:pk>/", ledger.journal, name="journal"),
    path("kepesertaan/buku/jurnal/<int:pk>/unduh/", ledger.journal_export, name="journal_export"),
    path("kepesertaan/", batches.index, name="enrolment"),
    path("kepesertaan/sk/", decrees.index, name="decrees"),
    path("kepesertaan/sk/baru/", decrees.new, name="decree_new"),
    path("kepesertaan/sk/<int:pk>/", decrees.decree, name="decree"),
    path("kepesertaan/sk/<int:pk>/usulkan/", decrees.propose, name="decree_propose"),
    path("kepesertaan/sk/<int:pk>/tetapkan/", decrees.issue, name="decree_issue"),
    path("kepesertaan/sk/<int:pk>/kembalikan/", decrees.send_back, name="decree_send_back"),
    path("kepesertaan/sk/<int:pk>/buang/", decrees.discard, name="decree_discard"),
    path("kepesertaan/sk/<int:pk>/versi/", decrees.new_version, name="decree_version"),
    path("kepesertaan/sk/<int:pk>/keluarkan/", decrees.take_out, name="decree_take_out"),
    path("kepesertaan/sk/berkas/<int:pk>/", decrees.file, name="decree_file"),
    path("kepesertaan/pengajuan/baru/", batches.new, name="batch_new"),
    path("kepesertaan/pengajuan/<int:pk>/", batches.batch, name="batch"),
    path("kepesertaan/pengajuan/<int:pk>/berkas/", batches.file, name="batch_file"),
    path("kepesertaan/pengajuan/<int:pk>/ajukan/", batches.submit, name="batch_submit"),
    path("kepesertaan/pengajuan/<int:pk>/batalkan/", batches.cancel, name="batch_cancel"),
    path("kepesertaan/pengajuan/<int:pk>/susulan/", batches.follow_up, name="batch_follow_up"),
    path("kepesertaan/pengajuan/<int:pk>/baris/", batches.lines, name="batch_lines"),
    path("kepesertaan/pengajuan/<int:pk>/baris/unduh/", batches.lines_export, name="batch_lines_export"),
    path("kepesertaan/pengajuan/<int:pk>/jawaban/", answers.receive, name="answer_receive"),
    path("kepesertaan/jawaban/<int:pk>/", answers.answer, name="answer"),
    path("kepesertaan/jawaban/<int:pk>/asli/", answers.original, name="answer_original"),
    path("kepesertaan/baris/<int:pk>/putuskan/", answers.decide, name="line_decide"),
    path("kepesertaan/pengajuan/<int:pk>/tagihan/", payments.bill, name="batch_bill"),
    path("kepesertaan/pengajuan/<int:pk>/tarik-tagihan/", payments.unbill, name="batch_unbill"),
    path("kepesertaan/pengajuan/<int:pk>/bayar/", payments.enter, name="payment_enter"),
    path("kepesertaan/pengajuan/<int:pk>/setujui/", payments.approve, name="payment_approve"),
    path("kepesertaan/pengajuan/<int:pk>/bukti/", payments.proof, name="payment_proof"),
    path("kepesertaan/pemetaan/<str:kind>/", answers.mapping, name="mapping"),
]
