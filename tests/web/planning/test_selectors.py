"""Which plans may be carried out, and for whom they pay."""

import planned
import pytest

from jangkau.apps.linkage.identity import person_key
from jangkau.apps.planning import selectors
from jangkau.apps.planning.models import PlanState
from jangkau.core.kernel.problems import Problem


def test_only_approved_plans_of_the_users_regions_are_frozen(user):
    clerk = user("operator_kab")
    mine = planned.a_plan(clerk)
    planned.a_plan(clerk, PlanState.PROPOSED)
    planned.a_plan(clerk, region="1704")
    assert list(selectors.frozen_plans(clerk)) == [mine]
    assert selectors.frozen_plans(user("pengelola")).count() == 2
    assert not selectors.frozen_plans(user("bpjs")).exists()


def test_paid_rows_tell_person_fund_and_identity_in_order(user):
    rows = selectors.paid_rows(planned.a_plan(user("operator_kab")))
    assert sorted(rows.select("dana", "bulan_mulai", "jumlah_bulan").rows()) == [
        ("DANA_A", "2027-01", 12), ("DANA_A", "2027-07", 6), ("DANA_B", "2027-01", 6),
    ]  # fmt: skip
    assert set(rows["id_pekerja"]) == {planned.key(1), planned.key(2)}
    assert rows.select("id_pekerja", "bulan_mulai").rows() == sorted(rows.select("id_pekerja", "bulan_mulai").rows())
    assert rows["person"].to_list() == [person_key(text) for text in rows["id_pekerja"]]
    assert rows["iuran_total"].sum() == 24 * planned.RATE
    assert rows.row(0, named=True)["nama"] == "ANI CONTOH"


def test_a_plan_that_is_not_approved_pays_nobody(user):
    with pytest.raises(Problem) as told:
        selectors.paid_rows(planned.a_plan(user("operator_kab"), PlanState.PROPOSED))
    assert told.value.kind.kode == "RENCANA_BELUM_DISETUJUI"


def test_a_file_changed_added_or_gone_stops_everything(user):
    plan = planned.a_plan(user("operator_kab"))
    path = plan.folder / "rencana.parquet"
    before = path.read_bytes()
    path.write_bytes(before + b"\0")
    with pytest.raises(Problem) as told:
        selectors.paid_rows(plan)
    assert told.value.kind.kode == "RENCANA_BERKAS_DIUBAH"
    path.write_bytes(before)
    (plan.folder / "tambahan.csv").write_text("x")
    with pytest.raises(Problem):
        selectors.paid_rows(plan)
    (plan.folder / "tambahan.csv").unlink()
    assert len(selectors.paid_rows(plan)) == 3
