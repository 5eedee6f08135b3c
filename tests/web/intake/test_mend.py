from collections.abc import Callable

import pytest

from jangkau.apps.accounts.models import User
from jangkau.apps.audit.models import Event
from jangkau.apps.intake.actions.mend import mend_cell, undo
from jangkau.apps.intake.actions.shelf import replace, restore, withdraw
from jangkau.apps.intake.models import FileState, ListFile, MendState, ProposalRow
from jangkau.apps.intake.selectors import fingerprints
from jangkau.core.kernel.problems import Problem
from tests.web.intake.lists import ANI, send, xlsx

NIK, BORN, NAME = "C", "D", "B"


def budi(file: ListFile) -> ProposalRow:
    return file.rows.get(baris=4)


def open_codes(file: ListFile) -> list[str]:
    return sorted(file.problems.filter(settled_at=None).values_list("kode", flat=True))


def test_a_mended_cell_is_checked_at_once_and_the_rest_stays(niur: ListFile, user: Callable[..., User]) -> None:
    before, by = fingerprints(), user("operator_desa")
    first = mend_cell(budi(niur), NIK, " 1705010201900002 ", by=by)
    row = budi(niur)
    assert (row.nik, row.raw[2], open_codes(niur)) == ("1705010201900002", "1705010201900002", ["TANGGAL_SALAH"])
    assert first is not None
    assert first.before == "170501020190002"
    changed = {key for key, value in fingerprints().items() if before[key] != value}
    assert changed == {row.id_usulan}
    mend_cell(row, BORN, "2/1/1990", by=by)
    niur.refresh_from_db()
    assert (niur.faults, open_codes(niur)) == (0, [])


def test_undoing_restores_exactly_what_was(niur: ListFile, user: Callable[..., User]) -> None:
    values, by = list(ProposalRow.objects.order_by("pk").values()), user("operator_desa")
    codes = open_codes(niur)
    made = mend_cell(budi(niur), NIK, "1705010201900002", by=by)
    assert made is not None
    undo(made, by=by)
    undo(made, by=by)
    assert list(ProposalRow.objects.order_by("pk").values()) == values
    assert open_codes(niur) == codes
    made.refresh_from_db()
    assert (made.state, made.settled_by) == (MendState.UNDONE, by)


def test_the_same_content_is_no_mend(niur: ListFile, user: Callable[..., User]) -> None:
    assert mend_cell(budi(niur), NAME, "Budi  Contoh", by=user("operator_desa")) is None
    assert not niur.mends.exists()


def test_a_row_made_nameless_keeps_its_identity(niur: ListFile, user: Callable[..., User]) -> None:
    by, key = user("operator_desa"), budi(niur).id_usulan
    for column in "ABCDEF":
        mend_cell(budi(niur), column, "", by=by)
    assert (budi(niur).person, key in fingerprints()) == (False, False)
    for mend in niur.mends.order_by("-pk"):
        undo(mend, by=by)
    assert (budi(niur).person, budi(niur).id_usulan, key in fingerprints()) == (True, key, True)


@pytest.mark.parametrize("column", ["", "c", "1", "ABCD", "Å"])
def test_what_is_no_cell_is_refused(column: str, niur: ListFile, user: Callable[..., User]) -> None:
    with pytest.raises(Problem, match="SEL_TIDAK_ADA"):
        mend_cell(budi(niur), column, "x", by=user("operator_desa"))


def test_the_log_has_no_whole_number(niur: ListFile, user: Callable[..., User]) -> None:
    mend_cell(budi(niur), NIK, "1705.0102.0190.0002", by=user("operator_desa"))
    event = Event.objects.filter(tindakan="intake.mend").get()
    assert (event.sebelum, event.sesudah) == ({"Data#4C": "1705•••••••0002"}, {"Data#4C": "1705.••••.••••.0002"})


def test_a_withdrawn_list_counts_no_more_until_put_back(niur: ListFile, user: Callable[..., User]) -> None:
    by = user("operator_kab")
    withdraw(niur, "salah kirim", by=by)
    niur.refresh_from_db()
    assert (niur.state, niur.reason, fingerprints()) == (FileState.WITHDRAWN, "salah kirim", {})
    with pytest.raises(Problem, match="DAFTAR_TIDAK_BERLAKU"):
        mend_cell(budi(niur), NIK, "1", by=by)
    restore(niur, by=by)
    assert len(fingerprints()) == 3


def test_a_corrected_list_counts_instead_of_the_earlier(niur: ListFile, user: Callable[..., User]) -> None:
    by = user("operator_kab")
    new = send({"niur.xlsx": xlsx(ANI)}, by).files.get()
    replace(niur, new, by=by)
    niur.refresh_from_db()
    assert (niur.state, niur.replaced_by, niur.rows.count(), len(fingerprints())) == (FileState.REPLACED, new, 3, 1)
    with pytest.raises(Problem, match="DAFTAR_TIDAK_BERLAKU"):
        replace(new, niur, by=by)
    restore(niur, by=by)
    assert len(fingerprints()) == 4
