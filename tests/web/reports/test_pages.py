"""Pages of reports: the list, one report, two side by side, schedules; and who may not see them."""

from datetime import date

import pytest
import reported
from django.urls import reverse

from jangkau.apps.audit.models import Event
from jangkau.apps.reports import actions
from jangkau.apps.reports.models import Report, Schedule


@pytest.fixture(autouse=True)
def _world(regions, settings, tmp_path):
    settings.DATA = tmp_path
    reported.two_countings()


@pytest.fixture
def made(user):
    return reported.a_report(user("pengelola"))


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


ASKED = {"wilayah": "1705", "semester": "2026-1", "jenis": ["excel"], "catatan": "Untuk rapat Juli"}


def test_one_click_makes_a_report_of_the_region(sign_in):
    client = sign_in("operator_kab")
    answer = client.post("/monev/laporan/buat/", ASKED)
    made = Report.objects.get()
    assert answer.url == reverse("report", args=[made.pk])
    assert "Laporan sedang dibuat" in page(client, "report", made.pk)
    reported.work()
    shown = page(client, "report", made.pk)
    assert "168" in shown
    assert "Untuk rapat Juli" in shown
    assert made.__class__.objects.get().files["excel"]["sha256"] in shown


def test_all_children_at_once(sign_in):
    sign_in("pengelola").post("/monev/laporan/buat/", ASKED | {"wilayah": "17", "anak": "on"})
    assert sorted(Report.objects.values_list("region_code", flat=True)) == ["17", "1704", "1705"]


@pytest.mark.parametrize("wrong", [{"wilayah": "1704"}, {"semester": "1999-1"}, {"jenis": []}, {"jenis": ["rahasia"]}])
def test_what_may_not_be_asked_for_is_refused(sign_in, wrong):
    assert sign_in("operator_kab").post("/monev/laporan/buat/", ASKED | wrong).status_code == 422
    assert not Report.objects.exists()


def test_a_neighbour_sees_nothing(made, sign_in):
    client = sign_in("operator_kab", "1704")
    assert "Seluma" not in page(client, "reports")
    for name, *more in (("report",), ("report_download", "excel"), ("report_compare",)):
        assert client.get(reverse(name, args=[made.pk, *more])).status_code == 404
    for name in ("report_note", "report_withdraw"):
        assert client.post(reverse(name, args=[made.pk]), {"alasan": "x", "catatan": "x"}).status_code == 404


def test_an_evaluator_reads_and_downloads_and_makes_nothing(made, sign_in):
    client = sign_in("evaluator")
    assert "Buat laporan" not in page(client, "reports")
    answer = client.get(reverse("report_download", args=[made.pk, "excel"]))
    assert answer["Content-Disposition"] == 'attachment; filename="laporan-1705-2026-1-ke-1.xlsx"'
    assert b"".join(answer)[:2] == b"PK"
    assert Event.objects.filter(tindakan="reports.download").count() == 1
    assert client.post("/monev/laporan/buat/", ASKED).status_code == 403
    assert client.post(reverse("report_withdraw", args=[made.pk]), {"alasan": "x"}).status_code == 403
    assert client.get(reverse("report_download", args=[made.pk, "poster"])).status_code == 404


def test_the_list_asks_the_same_questions_however_long_it_is(made, sign_in, django_assert_max_num_queries):
    client = sign_in("auditor")
    client.get("/monev/laporan/")
    with django_assert_max_num_queries(20) as few:
        client.get("/monev/laporan/")
    Report.objects.bulk_create(
        Report(region_code="1705", semester="2026-1", number=n, made_by=made.made_by) for n in range(2, 60)
    )
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = client.get("/monev/laporan/").content.decode()
    assert "Halaman 1 dari 2" in shown


def test_the_list_is_filtered_by_region_and_semester(made, sign_in):
    client = sign_in("auditor")
    assert "168 dari 400" in page(client, "reports", wilayah="1705", semester="2026-1")
    assert "168 dari 400" not in page(client, "reports", wilayah="1704")
    assert "168 dari 400" not in page(client, "reports", semester="2025-2")
    assert client.get("/monev/laporan/?semester=abc").status_code == 200


def test_the_maker_notes_and_withdraws(made, sign_in, client):
    client.force_login(made.made_by, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("report_note", args=[made.pk]), {"catatan": "Dibahas 5 Juli"})
    assert client.post(reverse("report_withdraw", args=[made.pk]), {"alasan": ""}).status_code == 422
    client.post(reverse("report_withdraw", args=[made.pk]), {"alasan": "Penyebut keliru"})
    shown = page(client, "report", made.pk)
    assert "Alasan: Penyebut keliru" in shown
    assert "Dibahas 5 Juli" in shown
    answer = client.get(reverse("report_download", args=[made.pk, "excel"]))
    assert "DITARIK-laporan" in answer["Content-Disposition"]
    assert b"".join(answer)[:2] == b"PK"
    assert client.post(reverse("report_withdraw", args=[made.pk]), {"alasan": "lagi"}).status_code == 409


def test_another_maker_may_not_note(made, sign_in):
    answer = sign_in("operator_kab").post(reverse("report_note", args=[made.pk]), {"catatan": "x"})
    assert answer.status_code == 404


def test_two_versions_side_by_side(made, sign_in):
    reported.counting(date(2026, 6, 30), 0.5)
    later = reported.a_report(made.made_by)
    shown = page(sign_in("evaluator"), "report_compare", made.pk, dengan=later.pk)
    assert "168 dari 400" in shown
    assert "200 dari 400" in shown
    assert "+8,0 poin (+32 orang)" in shown
    row = later.figures[0] | {"versi": "lain"}
    Report.objects.filter(pk=later.pk).update(figures=[row])
    shown = page(sign_in("auditor"), "report_compare", made.pk, dengan=later.pk)
    assert "definisi atau penyebut lain" in shown
    assert "+8,0 poin" not in shown


def test_reports_of_other_regions_are_not_laid_beside(made, sign_in):
    other = reported.a_report(made.made_by, region="1704")
    client = sign_in("auditor")
    assert client.get(reverse("report_compare", args=[made.pk]), {"dengan": other.pk}).status_code == 404
    for key in ("x", "9" * 30):
        assert client.get(reverse("report_compare", args=[made.pk]), {"dengan": key}).status_code == 404
    assert client.get(reverse("report_compare", args=[made.pk])).url == reverse("report", args=[made.pk])


def test_the_same_data_are_said_to_be_the_same(made, sign_in):
    again = reported.a_report(made.made_by)
    assert "data yang sama persis" in page(sign_in("auditor"), "report_compare", again.pk, dengan=made.pk)


def test_a_changed_document_is_a_page_not_a_file(made, sign_in):
    path = made.folder / made.files["excel"]["nama"]
    path.unlink()
    answer = sign_in("auditor").get(reverse("report_download", args=[made.pk, "excel"]))
    assert answer.status_code == 409
    assert "tidak lagi sama" in answer.content.decode()


def test_a_failed_report_says_why(made, sign_in):
    Report.objects.filter(pk=made.pk).update(state="gagal", problem="Tabel angka tidak sesuai.")
    assert "Tabel angka tidak sesuai." in page(sign_in("auditor"), "report", made.pk)


SCHEDULE = {"wilayah": "1705", "kali": "semester", "mulai": "2026-01-01", "jenis": ["excel"]}


def test_a_schedule_is_kept_followed_and_stopped(sign_in):
    client = sign_in("operator_kab")
    client.post("/monev/laporan/jadwal/", SCHEDULE)
    made = Schedule.objects.get()
    again = client.post("/monev/laporan/jadwal/", SCHEDULE)
    assert again.status_code == 422
    assert "sudah berjalan" in again.content.decode()
    reader = sign_in("evaluator")
    assert "Kabari saya" in page(reader, "report_schedules")
    assert "Jadwal baru" not in page(reader, "report_schedules")
    reader.post(reverse("report_schedule_follow", args=[made.pk]), {"ikut": "ya"})
    assert "Berhenti dikabari" in page(reader, "report_schedules")
    reader.post(reverse("report_schedule_follow", args=[made.pk]))
    assert reader.post(reverse("report_schedule_stop", args=[made.pk])).status_code == 403
    assert reader.post("/monev/laporan/jadwal/", SCHEDULE).status_code == 404
    client.post(reverse("report_schedule_stop", args=[made.pk]))
    assert "Belum ada jadwal" in page(client, "report_schedules")


def test_a_schedule_of_another_region_is_not_found(user, sign_in):
    made = actions.schedule("1705", "bulan", ["excel"], date(2026, 1, 1), children=False, by=user("pengelola"))
    client = sign_in("operator_kab", "1704")
    assert client.post(reverse("report_schedule_follow", args=[made.pk]), {"ikut": "ya"}).status_code == 404
    assert client.post(reverse("report_schedule_stop", args=[made.pk])).status_code == 404
