"""Auditors read and take away the log of their regions; a cell is never a formula."""

import csv
import io
from collections.abc import Callable

import fastexcel
import pytest
from django.test import Client

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.actions import record
from jangkau.apps.audit.models import Event


@pytest.fixture
def log(user: Callable[..., User], regions: None) -> None:
    for region, reason in (("1705012002", "=HYPERLINK(1)"), ("1704", "tetangga"), ("", "tanpa wilayah")):
        record("settings.edit", by=user("pengelola"), region_code=region, reason=reason, before={"umur": 18, "b": 1},
               after={"umur": 21, "b": 1})  # fmt: skip


def page(client: Client, query: str = "") -> str:
    return client.get(f"/audit/{query}").content.decode()


def test_an_auditor_reads_the_own_region_and_a_province_everything(log: None, sign_in: Callable[..., Client]) -> None:
    seluma, province = page(sign_in("auditor", "1705")), page(sign_in("auditor"))
    assert [word in seluma for word in ("HYPERLINK", "tetangga", "tanpa wilayah")] == [True, False, False]
    assert [word in province for word in ("HYPERLINK", "tetangga", "tanpa wilayah")] == [True, True, True]


@pytest.mark.parametrize(("query", "found"), [
    ("?wilayah=1705", True), ("?wilayah=1704", False), ("?pelaku=pengel", True), ("?pelaku=siapa", False),
    ("?tindakan=settings.edit", True), ("?dari=2020-01-01&sampai=2020-12-31", False), ("?benda=user", False),
    ("?dari=kemarin", True), ("?tindakan=tidak.ada", True), ("?page=999", True), ("?wilayah=%00", True),
])  # fmt: skip
def test_filters_narrow_and_wrong_ones_are_said(
    log: None, sign_in: Callable[..., Client], query: str, found: bool
) -> None:
    assert ("HYPERLINK" in page(sign_in("auditor"), query)) == found


def test_before_and_after_stand_side_by_side(log: None, sign_in: Callable[..., Client]) -> None:
    nomor = Event.objects.get(region_code="1704").nomor
    text = sign_in("auditor").get(f"/audit/{nomor}/").content.decode()
    assert "<td>18</td><td><strong>21</strong></td>" in text
    assert "<td>1</td><td>1</td>" in text
    assert "mengubah pengaturan" in text


def test_the_csv_holds_the_filtered_events_and_no_formula(log: None, sign_in: Callable[..., Client]) -> None:
    answer = sign_in("auditor", "1705").get("/audit/unduh/?jenis=csv")
    found = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    edits = [row for row in found if row["tindakan"] == "settings.edit"]
    assert [row["alasan"] for row in edits] == ["'=HYPERLINK(1)"]
    assert edits[0]["sidik"] == Event.objects.get(region_code="1705012002").hash
    assert Event.objects.get(tindakan="audit.export").sesudah["jumlah"] == len(found)


def test_the_excel_file_holds_text_only(log: None, sign_in: Callable[..., Client]) -> None:
    answer = sign_in("auditor").get("/audit/unduh/?jenis=xlsx&tindakan=settings.edit")
    sheet = fastexcel.read_excel(b"".join(answer.streaming_content)).load_sheet(0).to_polars()
    assert sheet["alasan"].to_list() == ["=HYPERLINK(1)", "tetangga", "tanpa wilayah"]


def test_the_list_costs_the_same_queries_for_many_events(
    log: None, sign_in: Callable[..., Client], django_assert_max_num_queries: Callable
) -> None:
    client = sign_in("auditor")
    for number in range(150):
        record("uji", by=None, region_code="1705", after={"ke": number})
    page(client)
    with django_assert_max_num_queries(10):
        assert "Halaman 1 dari 2" in page(client)
