"""A village clerk finds the rows of the village in lists of the kecamatan."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import ListFile
from tests.web.intake.lists import ANI, BUDI, send, xlsx

SignIn = Callable[..., Client]
NIUR = "1705012002"


@pytest.fixture
def wide(user: Callable[..., User]) -> ListFile:
    """A list of the kecamatan whose rows name people of Niur."""
    file = send({"kec.xlsx": xlsx(ANI, BUDI)}, user("operator_kab"), NIUR).files.get()
    ListFile.objects.filter(pk=file.pk).update(region_code=NIUR[:6])
    return file


def test_rows_of_ones_own_village_are_listed_with_their_problems(wide: ListFile, sign_in: SignIn) -> None:
    clerk = sign_in("operator_desa", NIUR)
    address = reverse("intake_elsewhere")
    assert address in clerk.get(reverse("intake")).content.decode()
    page = clerk.get(address).content.decode()
    assert "Ani Contoh" in page
    assert "1705014101900001" not in page
    row = wide.rows.get(nama__icontains="budi")
    shown = clerk.get(reverse("intake_row", args=[row.pk])).content.decode()
    assert address in shown
    assert reverse("intake_list", args=[wide.pk]) not in shown
    assert clerk.get(reverse("intake_list", args=[wide.pk])).status_code == 404


def test_whoever_sees_the_list_needs_no_such_page(wide: ListFile, sign_in: SignIn) -> None:
    clerk = sign_in("operator_kab")
    assert reverse("intake_elsewhere") not in clerk.get(reverse("intake")).content.decode()
    assert "Ani Contoh" not in clerk.get(reverse("intake_elsewhere")).content.decode()


def test_a_neighbour_sees_none_of_them(wide: ListFile, sign_in: SignIn) -> None:
    other = sign_in("operator_desa", "1704012001")
    assert "Ani Contoh" not in other.get(reverse("intake_elsewhere")).content.decode()
