"""What a demo shows as open data: one edition, made, proposed and published as real ones are."""

from jangkau.apps.accounts.models import User
from jangkau.apps.jobs.tasks import run_job
from jangkau.apps.opendata import actions
from jangkau.apps.opendata.choice import Choice, threshold
from jangkau.apps.opendata.models import Edition, EditionState
from jangkau.core.coverage import indicators
from jangkau.core.disclosure import OF_PEOPLE
from jangkau.core.kernel.progress import Progress


def show_open_data(province: str, progress: Progress, *, by: User, approver: User) -> bool:
    """One edition of the indicators of people down to kecamatan; what is there stays. Whether it is published."""
    if Edition.objects.exists():
        return False
    progress.step("Menerbitkan data terbuka contoh")
    of_people = tuple(code for code, one in indicators().items() if one.satuan in OF_PEOPLE)
    choice = Choice(of_people, "kecamatan", ("segmen", "jenis_kelamin"), threshold())
    edition = actions.ask("Contoh", choice, by=by, region_code=province)
    assert edition.job_id is not None
    run_job.call(edition.job_id)
    edition.refresh_from_db()
    if edition.state != EditionState.READY:  # without registers there is nothing to count
        return False
    actions.approve(actions.propose(edition, by=by), by=approver)
    return True
