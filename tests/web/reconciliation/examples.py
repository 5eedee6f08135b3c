"""A reconciliation with one finding, in desa Niur."""

from datetime import date

import matched
from examples import example

from jangkau.apps.enrolment.models import Enrolment
from jangkau.apps.linkage.models import Person
from jangkau.apps.reconciliation.models import Finding, Handover, Reconciliation
from jangkau.apps.registry.models import Fund, Snapshot, SnapshotState


def make() -> Finding:
    snapshot = Snapshot.objects.create(
        kind="peserta", as_of=date(2026, 11, 30), source="uji", file_name="p.csv", sha256="0" * 64, size=1,
        state=SnapshotState.READY,
    )  # fmt: skip
    person = Person.objects.create(pk=77, id_pekerja="p00000000000000bb", region_code=matched.NIUR, nama="Ani Contoh")
    enrolment = Enrolment.objects.create(person=person, region_code=matched.NIUR, state="dibayar")
    made = Reconciliation.objects.create(snapshot=snapshot, month=24322, done=True, counts={"170501": {"lapse": 1}})
    return Finding.objects.create(reconciliation=made, enrolment=enrolment, region_code=matched.NIUR, kind="lapse")


@example("reconciliation", "reconciliation_decide", "reconciliation_export", "reconciliation_substitutes", shared=True)
def reconciliation(user) -> dict:
    return {"pk": make().reconciliation_id}


@example("finding_undo")
def finding(user) -> dict:
    return {"pk": make().pk}


@example("handover_decide")
def handover(user) -> dict:
    one, other = (
        Fund.objects.create(kode=k, nama=k, jenis="CSR", anggaran=10**6, wilayah=matched.NIUR) for k in ("A", "B")
    )
    made = Handover.objects.create(source=one, target=other, region_code=matched.NIUR, first=24322, number="1",
                                   date=date(2026, 11, 1), proposed_by=user("operator_kab"))  # fmt: skip
    return {"pk": made.pk}
