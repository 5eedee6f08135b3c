"""The office's pages of the field: what came, where from, and one submission; accessible, and pictures of them."""

import re
from collections.abc import Callable

import fielding
from playwright.sync_api import Page, expect
from seeing import accessible, picture
from sheets_of_forms import book, survey

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.field import settling
from jangkau.apps.field.actions import forms
from jangkau.apps.field.actions.receive import receive
from jangkau.apps.field.models import FormVersion, Submission
from jangkau.core.kernel.progress import Silent


def test_the_office_sees_what_was_sent_and_from_where(page: Page, enter: Callable[..., Page]) -> None:
    enter("operator_kab", "1705")
    form, device = fielding.form(), fielding.phone(make_user("pendata", "sandi-uji-0001", "pendata", "1705012002"))[0]
    for n in range(6):
        place = f"-4.05{n} 102.5 10 5" if n else "-3.65 102.5 10 5"
        receive(device, fielding.filled(form, instance=f"uuid:{n}", nik=f"170501480385000{n}", lokasi=place), [])
    settling.settle(Silent())
    page.goto("/lapangan-kerja/")
    accessible(page)
    picture(page, "lapangan-ringkasan")
    page.locator("a[aria-label='Isian yang jauh']").click()
    expect(page.get_by_role("cell", name="Niur")).to_be_visible()
    accessible(page)
    picture(page, "lapangan-isian")


HEAD = ("type", "name", "label::Indonesia (id)", "label::English (en)", "parameters", "appearance", "required")
ASKED = [
    ("begin group", "kerja", "Kerja", "Work", "", "", ""),
    ("time", "jam", "Jam berangkat", "Hour of leaving", "", "", "yes"),
    ("dateTime", "mulai", "Mulai bekerja", "Began to work", "", "", ""),
    ("end group", "", "", "", "", "", ""),
    ("range", "luas", "Luas kebun", "Size of the garden", "start=0.5 end=5 step=0.5", "", "yes"),
    ("select_one puas", "puas", "Puas?", "Content?", "", "likert", "yes"),
]
WORDS = [("tidak", "Tidak", "No"), ("biasa", "Biasa", "Fair"), ("ya", "Ya", "Yes")]


def test_a_form_is_tried_as_phones_show_it(page: Page, enter: Callable[..., Page]) -> None:
    enter("pengelola", "17")
    choices = [["list_name", "name", *HEAD[2:4]], *(["puas", *row] for row in WORDS)]
    settings = [["form_id", "version", "default_language", "form_title"], ["uji", "1", "Indonesia (id)", "Uji"]]
    made = forms.upload(book(survey(*ASKED, head=HEAD), choices=choices, settings=settings), {}, by=None)
    assert isinstance(made, FormVersion), made
    page.goto(f"/lapangan-kerja/formulir/{made.pk}/")
    page.get_by_role("link", name="Coba seperti di HP").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kerja")
    on = page.locator(".foot .main")
    on.click()
    expect(page.get_by_text("Wajib diisi.")).to_be_visible()
    page.get_by_label("Jam berangkat").fill("05:30")
    page.get_by_label("Mulai bekerja").fill("2026-11-27T06:15")
    on.click()
    page.get_by_label("Bahasa pertanyaan").select_option(label="English")
    page.get_by_role("button", name="Tambah").click()  # what is not chosen yet begins where the thumb lies
    page.get_by_role("button", name="Tambah").click()
    expect(page.locator(".scale-value")).to_have_text("3")
    page.get_by_label("Fair").check()
    page.set_viewport_size({"width": 360, "height": 740})
    accessible(page)
    picture(page, "lapangan-coba")
    on.click()
    on.click()
    page.get_by_text("Isian seperti yang akan dikirim telepon").click()
    xml = page.locator("pre").inner_text()
    assert re.search(r"<jam>05:30:00\.000[+-]\d\d:\d\d</jam><mulai>2026-11-27T06:15:00\.000[+-]\d\d:\d\d</mulai>", xml)
    assert "<luas>3.0</luas><puas>biasa</puas>" in xml
    assert not Submission.objects.exists()
