"""What is kept of partners."""

from jangkau.apps.partners.models.companies import (
    Company,
    CompanyState,
    Contact,
    FollowUp,
    Outcome,
    Verdict,
    WorkerList,
)
from jangkau.apps.partners.models.groups import Group, GroupKind
from jangkau.apps.partners.models.sponsors import Pledge, PledgeState, Published, Sponsor, SponsorKind

__all__ = [
    "Company",
    "CompanyState",
    "Contact",
    "FollowUp",
    "Group",
    "GroupKind",
    "Outcome",
    "Pledge",
    "PledgeState",
    "Published",
    "Sponsor",
    "SponsorKind",
    "Verdict",
    "WorkerList",
]
