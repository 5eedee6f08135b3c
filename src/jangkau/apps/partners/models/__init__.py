"""What is kept of partners."""

from jangkau.apps.partners.models.companies import (
    Company,
    CompanyState,
    Contact,
    EmployeeCount,
    FollowUp,
    Outcome,
    UnlistedNumber,
    Verdict,
    WorkerList,
)
from jangkau.apps.partners.models.groups import Group, GroupKind
from jangkau.apps.partners.models.sponsors import Pledge, PledgeState, Published, Sponsor, SponsorKind, Telling

__all__ = [
    "Company",
    "CompanyState",
    "Contact",
    "EmployeeCount",
    "FollowUp",
    "Group",
    "GroupKind",
    "Outcome",
    "Pledge",
    "PledgeState",
    "Published",
    "Sponsor",
    "SponsorKind",
    "Telling",
    "UnlistedNumber",
    "Verdict",
    "WorkerList",
]
