"""Sponsors with pledges in kabupaten Seluma, up to a fund that has paid people."""

from datetime import date

import reconciled

from jangkau.apps.accounts.models import User
from jangkau.apps.partners import pledging
from jangkau.apps.partners.models import Pledge, Sponsor
from jangkau.core.kernel.month import month_index
from jangkau.core.partners.pledge import Terms

FIRST = month_index("2026-06")


def sponsor(*users: User, nama: str = "PT Contoh Sawit", region: str = "1705") -> Sponsor:
    made = Sponsor.objects.create(nama=nama, kind="CSR", region_code=region)
    made.users.set(users)
    return made


def promised(of: Sponsor, by: User, **changed: object) -> Pledge:
    usual = {"kind": "CSR", "people": 20, "months": 12, "first": FIRST, "area": of.region_code}
    return pledging.make(of, Terms(**usual | changed), by=by)


def received(of: Sponsor, by: User, approver: User, **changed: object) -> Pledge:
    """With its money in."""
    made = pledging.decide(promised(of, by, **changed), agreed=True, reason="", by=approver)
    return pledging.receive(made, made.amount, date(2026, 5, 20), "TRF-1", by=by)


def paid(pledge: Pledge, people: int, start: int = 0) -> None:
    """People for whom the pledge's fund has promised twelve months and paid six."""
    reconciled.books(reconciled.people(["aktif"] * people, start), dana=pledge.fund)
