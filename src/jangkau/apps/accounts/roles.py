"""Roles and what each may do: the one table that screens, API and tests read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role, held within one region."""

    PENDATA = "pendata", _("Pendata")
    OPERATOR_DESA = "operator_desa", _("Operator desa")
    OPERATOR_KAB = "operator_kab", _("Operator kabupaten")
    PENYETUJU = "penyetuju", _("Penyetuju")
    PENGELOLA = "pengelola", _("Pengelola program")
    BPJS = "bpjs", _("Penghubung BPJS Ketenagakerjaan")
    EVALUATOR = "evaluator", _("Evaluator kementerian")
    SPONSOR = "sponsor", _("Penyandang dana")
    PENGHUBUNG = "penghubung", _("Penghubung kelompok")
    PTSP = "ptsp", _("Petugas perizinan (PTSP)")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Admin")


R = Role
EVERYONE = frozenset(Role)

# Two roles that no one person holds: who proposes does not approve, who checks does not do, and who lets others in
# sees no person (ADR 0017).
_DOING = {R.PENDATA, R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.BPJS}
APART: frozenset[frozenset[Role]] = frozenset(
    {frozenset({R.PENYETUJU, role}) for role in _DOING}
    | {frozenset({alone, role}) for alone in (R.AUDITOR, R.ADMIN) for role in Role if role != alone}
)

# permission -> the roles that have it. Auditors read everything and change nothing; admins see no person.
PERMISSIONS: dict[str, frozenset[Role]] = {
    "home.view": EVERYONE,
    "account.view": EVERYONE,
    "jobs.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.BPJS, R.AUDITOR}),
    "tokens.own": EVERYONE,
    "notices.own": EVERYONE,
    "users.manage": frozenset({R.ADMIN}),
    "audit.view": frozenset({R.AUDITOR}),
    "regions.view": EVERYONE,
    "registers.view": frozenset({R.OPERATOR_KAB, R.PENGELOLA, R.BPJS, R.AUDITOR}),
    "registers.upload": frozenset({R.PENGELOLA, R.BPJS}),
    "settings.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR, R.ADMIN}),
    "settings.edit": frozenset({R.PENGELOLA, R.ADMIN}),
    "funds.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "funds.edit": frozenset({R.PENGELOLA}),
    "intake.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "intake.upload": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB}),
    "intake.send": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGHUBUNG}),
    "intake.mend": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB}),
    "intake.original": frozenset({R.OPERATOR_KAB, R.AUDITOR}),
    "linkage.run": frozenset({R.OPERATOR_KAB}),
    "review.view": frozenset({R.OPERATOR_KAB, R.AUDITOR}),
    "review.decide": frozenset({R.OPERATOR_KAB}),
    "people.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "people.correct": frozenset({R.OPERATOR_KAB}),
    "people.reveal": frozenset({R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "proofs.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "proofs.add": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB}),
    "plans.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "plans.build": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "plans.approve": frozenset({R.PENYETUJU}),
    "enrolment.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.BPJS, R.AUDITOR}),
    "enrolment.reopen": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "enrolment.decide_reopening": frozenset({R.PENYETUJU}),
    "decrees.edit": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "decrees.approve": frozenset({R.PENYETUJU}),
    "batches.edit": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "batches.answer": frozenset({R.OPERATOR_KAB, R.PENGELOLA, R.BPJS}),
    "payments.enter": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "payments.approve": frozenset({R.PENYETUJU}),
    "ledger.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "reconciliation.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "reconciliation.decide": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "claims.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "claims.report": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB}),
    "claims.edit": frozenset({R.OPERATOR_KAB}),
    "offices.edit": frozenset({R.PENGELOLA, R.ADMIN}),
    "requests.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "requests.answer": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA}),
    "field.collect": frozenset({R.PENDATA, R.OPERATOR_DESA}),
    "field.supervise": frozenset({R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "field.assign": frozenset({R.OPERATOR_KAB}),
    "field.forms": frozenset({R.PENGELOLA}),
    "field.settle": frozenset({R.OPERATOR_KAB}),
    "impact.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.EVALUATOR, R.AUDITOR}),
    "monev.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.BPJS, R.EVALUATOR, R.AUDITOR}),
    "monev.people": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "monev.enter": frozenset({R.PENGELOLA}),
    "scorecards.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.EVALUATOR, R.AUDITOR}),
    "scorecards.fill": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "scorecards.judge": frozenset({R.EVALUATOR}),
    "scorecards.instrument": frozenset({R.PENGELOLA}),
    "reports.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.EVALUATOR, R.AUDITOR}),
    "reports.make": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "opendata.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.EVALUATOR, R.AUDITOR}),
    "opendata.propose": frozenset({R.PENGELOLA}),
    "opendata.approve": frozenset({R.PENYETUJU}),
    "partners.home": frozenset(
        {R.SPONSOR, R.PENGHUBUNG, R.PTSP, R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.BPJS, R.AUDITOR}
    ),
    "pledges.view": frozenset({R.SPONSOR, R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "pledges.make": frozenset({R.SPONSOR, R.OPERATOR_KAB, R.PENGELOLA}),
    "pledges.approve": frozenset({R.PENYETUJU}),
    "pledges.receive": frozenset({R.PENGELOLA}),
    "sponsors.edit": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "companies.view": frozenset({R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.BPJS, R.AUDITOR}),
    "companies.edit": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "companies.people": frozenset({R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "permits.check": frozenset({R.PTSP}),
    "outreach.view": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENYETUJU, R.PENGELOLA, R.AUDITOR}),
    "outreach.edit": frozenset({R.OPERATOR_KAB, R.PENGELOLA}),
    "outreach.record": frozenset({R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA}),
    "outreach.words": frozenset({R.PENGELOLA}),
    "groups.view": frozenset({R.PENGHUBUNG, R.OPERATOR_DESA, R.OPERATOR_KAB, R.PENGELOLA, R.AUDITOR}),
    "groups.edit": frozenset({R.OPERATOR_KAB}),
}
