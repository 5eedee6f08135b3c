"""A pledge in kabupaten Seluma and its sponsor, whose user is the sponsor of the cast."""

from datetime import date

import pledged
from examples import example

from jangkau.apps.partners.models import Company, EmployeeCount, FollowUp, Group
from jangkau.apps.partners.use import refresh


@example("pledge", "pledge_decide", "pledge_receive", "pledge_end", "pledge_renew")
def pledge(user) -> dict:
    of = pledged.sponsor(user("sponsor"))
    return {"pk": pledged.promised(of, user("operator_kab", "1701")).pk}


@example("pledge_receipt", "pledge_certificate")
def paid(user) -> dict:
    of = pledged.sponsor(user("sponsor"))
    made = pledged.received(of, user("pengelola", "1701"), user("penyetuju", "1701"), people=30)
    pledged.paid(made, 12)
    refresh(date(2026, 11, 27))
    return {"pk": made.pk}


@example("sponsor", "sponsor_consent")
def sponsor(user) -> dict:
    return {"pk": pledged.sponsor(user("sponsor")).pk}


@example("company", "company_list", "company_step")
def company(user) -> dict:
    return {"pk": Company.objects.create(nama="PT Contoh", npp="AB1234", region_code="1705").pk}


@example("company_outcome", "company_letter")
def step(user) -> dict:
    of = Company.objects.get(**company(user))
    made = FollowUp.objects.create(company=of, kind="surat", number="1", on="2026-11-01", due="2026-11-15",
                                   by=user("operator_kab", "1701"))  # fmt: skip
    return {"pk": made.pk}


@example("group", "group_edit", "group_send")
def group(user) -> dict:
    made = Group.objects.create(nama="Contoh", kind="tani", region_code="1705012002", liaison="Contoh")
    made.users.add(user("penghubung"))
    return {"pk": made.pk}


@example("employees_of")
def kecamatan(user) -> dict:
    EmployeeCount.objects.create(region_code="170501", group="SWASTA", by_employer=1, otherwise=0, nowhere=2,
                                 as_of="2026-11-01")  # fmt: skip
    return {"code": "170501"}
