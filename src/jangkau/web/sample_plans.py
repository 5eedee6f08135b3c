"""What a demo shows on the pages of plans: plans of one kabupaten, made and decided in the same way as real ones."""

from jangkau.apps.accounts.models import User
from jangkau.apps.impact.actions import ask as ask_impact
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.planning import actions, selectors
from jangkau.apps.planning.inputs import Inputs, fund_row
from jangkau.apps.planning.models import Plan
from jangkau.apps.registry import selectors as registry
from jangkau.core.kernel.progress import Progress

_SHORT = 6


def show_plans(region: str, *, by: User, approver: User, progress: Progress) -> None:
    """One plan of the region approved, one a draft with fewer months; what is there stays."""
    funds = selectors.funds_of(region)
    if Plan.objects.exists() or not funds:
        return
    progress.step("Menyusun rencana contoh")
    settings, dana = registry.settings(), tuple(fund_row(fund, fund.anggaran) for fund in funds)
    whole, short = settings, settings.model_copy(update={"bulan": _SHORT})
    titles = ("Perlindungan pekerja rentan", "Pilihan enam bulan")
    made = [
        _made(actions.save(region, f"{title} {chosen.start // 12}", Inputs(chosen, dana, ()), by=by))
        for title, chosen in zip(titles, (whole, short), strict=True)
    ]
    actions.approve(actions.propose(made[0], by=by), by=approver)
    for plan in made:
        run_job.call(ask_impact(plan, by=by).pk)


def _made(plan: Plan) -> Plan:
    """The plan worked out at once, as the site does in the background."""
    assert plan.job is not None
    run_job.call(plan.job.pk)
    plan.refresh_from_db()
    return plan
