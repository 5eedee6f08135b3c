"""Permissions by role and region, as Django asks for them too."""

from collections.abc import Callable

import pytest

from jangkau.apps.accounts.models import User
from jangkau.apps.regions.models import Region

WHERE = {"1705": True, "170501": True, "1705012002": True, "1704": False, "17": False}


@pytest.mark.parametrize("code", WHERE)
def test_a_role_holds_in_its_region_and_below_it(regions: None, user: Callable[..., User], code: str) -> None:
    place = Region.objects.get(code=code)
    assert user("operator_kab").has_perm("intake.mend", place) == WHERE[code]
    assert not user("auditor").has_perm("intake.mend", place)


def test_who_is_shut_out_may_nothing(regions: None, user: Callable[..., User]) -> None:
    gone = user("operator_kab")
    gone.is_active = False
    assert not gone.has_perm("intake.mend")
