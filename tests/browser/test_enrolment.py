"""Decrees and batches in a browser: accessible, and each step by its button."""

from collections.abc import Callable

import enrolled
import pytest
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.accounts.models import User
from jangkau.apps.enrolment.decrees import draft
from jangkau.apps.enrolment.models import Decree


@pytest.fixture
def user(settings, tmp_path) -> Callable[..., User]:
    settings.DATA = str(tmp_path)
    return lambda role, region="1705": make_user(role, "sandi-uji-0001", role, region)


def test_pages_of_decrees_and_batches_are_accessible(enter: Callable[..., Page], user: Callable[..., User]) -> None:
    page = enter("operator_kab", "1705")
    batch = enrolled.doubted(user)
    new = draft.new_version(Decree.objects.get(), by=user("pengelola"))
    line = batch.lines.get(answer="bertentangan")
    for address, name in (
        ("", "daftar"), ("sk/", "sk"), ("sk/baru/", "sk-baru"), (f"sk/{new.pk}/", "sk-versi"),
        (f"pengajuan/{batch.pk}/", "pengajuan"), (f"pengajuan/{batch.pk}/baris/", "baris"),
        ("pengajuan/baru/", "pengajuan-baru"), (f"jawaban/{batch.answers.first().pk}/", "jawaban"),
        (f"baris/{line.pk}/putuskan/", "putuskan"), ("pemetaan/jawaban/", "pemetaan"),
    ):  # fmt: skip
        page.goto(f"/kepesertaan/{address}")
        accessible(page)
        picture(page, f"kepesertaan-{name}")


def test_a_batch_is_submitted_by_its_button(enter: Callable[..., Page], user: Callable[..., User]) -> None:
    page = enter("operator_kab", "1705")
    batch = enrolled.made(user)
    page.goto(f"/kepesertaan/pengajuan/{batch.pk}/")
    page.get_by_role("button", name="Catat sudah diajukan").click()
    expect(page.get_by_text("Tercatat diajukan.")).to_be_visible()
    expect(page.get_by_role("button", name="Unggah jawaban")).to_be_visible()
