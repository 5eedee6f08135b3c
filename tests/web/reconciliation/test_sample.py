"""The demo leaves a reconciliation and a radar with something in them."""

from pathlib import Path

import reconciled
from reconciled import KINDS

from jangkau.apps.enrolment.models import Decree, Enrolment
from jangkau.apps.enrolment.trial import verify
from jangkau.apps.linkage.models import Person
from jangkau.apps.reconciliation.models import Finding, Lapse, Reconciliation
from jangkau.apps.registry.models import Fund
from jangkau.core.kernel.progress import Silent
from jangkau.web.sample_books import show_membership


def test_a_demo_has_findings_and_endings_once(regions: None, user, tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path
    clerk = user("operator_kab")
    assert show_membership("1705", Silent(), by=clerk) == 0  # no register yet
    reconciled.registers(reconciled.people(KINDS), KINDS)
    Enrolment.objects.all().delete()
    Person.objects.update(status_tautan="cocok")
    assert show_membership("1705", Silent(), by=clerk) == len(KINDS)
    assert Reconciliation.objects.get().done
    assert {"menjadi_formal", "meninggal", "pindah"} <= set(Finding.objects.values_list("kind", flat=True))
    assert Lapse.objects.count() == len(KINDS)
    assert verify(Fund.objects.all()) == []
    assert show_membership("1705", Silent(), by=clerk) == 0
    assert Decree.objects.filter(number="CONTOH/SK/berjalan").count() == 2  # a fund each
