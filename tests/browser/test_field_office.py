"""The office's pages of the field: what came, where from, and one submission; accessible, and pictures of them."""

from collections.abc import Callable

import fielding
from playwright.sync_api import Page, expect
from seeing import accessible, picture

from jangkau.apps.accounts.actions import make_user
from jangkau.apps.field import settling
from jangkau.apps.field.actions.receive import receive
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
