"""A case in desa Niur with a paper."""

import mourning
import pictures
from examples import example

from jangkau.apps.claims.actions import tick
from jangkau.apps.claims.models import CasePaper


@example("claim", "claim_step", "claim_paper", "claim_told", "claim_correct", "claim_letter")
def case(user) -> dict:
    return {"pk": mourning.case(user("operator_desa", "1705012099")).pk}


@example("claim_file")
def paper(user) -> dict:
    clerk = user("operator_kab", "1701")
    made = mourning.case(clerk)
    tick(made, "kartu peserta", pictures.upload(), by=clerk)
    return {"pk": CasePaper.objects.get().pk}
