import io
import itertools
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.actions.hand_back import workbook
from jangkau.apps.intake.actions.mend import decide, mend_cell, undo, undo_return
from jangkau.apps.intake.actions.shelf import withdraw
from jangkau.apps.intake.models import FileKind, FileState, ListFile, Mend, MendState, ProposalRow
from tests.web.intake.lists import BUDI, CICI, send, xlsx

BAD = [4, "Dedi Contoh", "170501040190004", "4/1/1990", "L", "tani"]
SAVED = itertools.count()
Edit = Callable[[Any], None]


@pytest.fixture
def by(user: Callable[..., User]) -> User:
    return user("operator_desa")


@pytest.fixture
def sent(by: User) -> ListFile:
    """A list whose rows 3 and 5 have problems: Budi's NIK and birth date, Dedi's NIK."""
    return send({"niur.xlsx": xlsx(BUDI, CICI, BAD)}, by).files.get()


def edited(data: bytes, edit: Edit) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book["niur"])
    book.properties.description = str(next(SAVED))  # saved again, a workbook has other bytes
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def find(page: Any, name: str) -> int:
    """The row of the workbook that names someone."""
    return next(row[0].row for row in page.iter_rows() if row[3].value == name)


def outcome(data: bytes, by: User, name: str = "kembali.xlsx") -> dict[str, Any]:
    file = send({name: data}, by).files.get()
    assert (file.kind, file.state) == (FileKind.RETURN, FileState.READ), file.problem
    return {key: file.outcome[key] for key in ("sel", "bentrok", "baris_baru", "sudah")}


def mend_both(page: Any) -> None:
    at = find(page, "Budi Contoh")
    page.cell(at, 5).value, page.cell(at, 6).value = "1705010201900002", "2/1/1990"


def test_changed_cells_become_mends_whatever_was_sorted_or_deleted(sent: ListFile, by: User) -> None:
    def edit(page: Any) -> None:
        mend_both(page)
        page.move_range(f"A{find(page, 'Budi Contoh')}:J{find(page, 'Budi Contoh')}", rows=20)
        page.delete_rows(find(page, "Dedi Contoh"))

    said = outcome(edited(workbook([sent], by=by), edit), by)
    assert said == {"sel": 2, "bentrok": 0, "baris_baru": 0, "sudah": 0}
    sent.refresh_from_db()
    assert (sent.rows.get(baris=3).nik, sent.faults, sent.people) == ("1705010201900002", 1, 3)
    assert set(sent.mends.values_list("state", "source__name", "by__username")) == {
        ("berlaku", "kembali.xlsx", "operator_desa")
    }


def test_the_same_return_twice_changes_nothing(sent: ListFile, by: User) -> None:
    data = edited(workbook([sent], by=by), mend_both)
    outcome(data, by)
    rows = list(ProposalRow.objects.order_by("pk").values())
    assert "sama dengan" in send({"lagi.xlsx": data}, by).notes[0][1]
    resaved = edited(data, lambda page: None)
    assert outcome(resaved, by, "disimpan ulang.xlsx") == {"sel": 0, "bentrok": 0, "baris_baru": 0, "sudah": 2}
    assert list(ProposalRow.objects.order_by("pk").values()) == rows


def test_a_mend_taken_back_does_not_come_again_with_the_same_return(sent: ListFile, by: User) -> None:
    data = edited(workbook([sent], by=by), mend_both)
    outcome(data, by)
    undo(sent.mends.get(kolom="C"), by=by)
    outcome(edited(data, lambda page: None), by, "lagi.xlsx")
    assert sent.rows.get(baris=3).nik is None


def test_rows_added_to_the_workbook_are_added_once(sent: ListFile, by: User) -> None:
    new = [None, None, 9, "Euis Contoh", "1705014501900005", "5/1/1990", "P", "jahit"]
    data = edited(workbook([sent], by=by), lambda page: page.append(new))
    assert outcome(data, by)["baris_baru"] == 1
    again = edited(data, lambda page: None)
    assert outcome(again, by, "lagi.xlsx") == {"sel": 0, "bentrok": 0, "baris_baru": 0, "sudah": 1}
    sent.refresh_from_db()
    row = sent.rows.get(nama="Euis Contoh")
    assert (sent.people, row.baris, row.nik, row.kode_desa) == (4, 6, "1705014501900005", "1705012002")
    for mend in sent.mends.filter(baris=6):
        undo(mend, by=by)
    outcome(edited(again, lambda page: None), by, "lagi pula.xlsx")
    sent.refresh_from_db()
    assert sent.people == 3


@pytest.mark.parametrize("take", [True, False])
def test_a_cell_mended_meanwhile_waits_for_a_person(take: bool, sent: ListFile, by: User) -> None:
    data = edited(workbook([sent], by=by), mend_both)
    mend_cell(sent.rows.get(baris=3), "C", "1705010201900009", by=by)
    assert outcome(data, by) == {"sel": 1, "bentrok": 1, "baris_baru": 0, "sudah": 0}
    clash = Mend.objects.get(state=MendState.CLASH)
    assert sent.rows.get(baris=3).nik == "1705010201900009"
    decide(clash, take, by=by)
    assert sent.rows.get(baris=3).nik == ("1705010201900002" if take else "1705010201900009")
    decide(clash, not take, by=by)
    assert not Mend.objects.filter(state=MendState.CLASH).exists()
    assert outcome(edited(data, lambda page: None), by, "lagi.xlsx")["bentrok"] == 0


def test_the_same_mend_on_both_sides_is_no_clash(sent: ListFile, by: User) -> None:
    data = edited(workbook([sent], by=by), mend_both)
    mend_cell(sent.rows.get(baris=3), "C", "1705010201900002", by=by)
    assert outcome(data, by) == {"sel": 1, "bentrok": 0, "baris_baru": 0, "sudah": 1}


def test_a_return_reaches_no_list_of_a_neighbour_and_none_withdrawn(
    sent: ListFile, by: User, user: Callable[..., User]
) -> None:
    data = edited(workbook([sent], by=by), mend_both)
    abroad = send({"kembali.xlsx": data}, user("operator_kab", "1704")).files.get()
    withdraw(sent, "salah kirim", by=by)
    gone = send({"kembali.xlsx": data}, by).files.get()
    assert {file.problem["kode"] for file in (abroad, gone)} == {"PERBAIKAN_BUKAN_DAFTAR_INI"}
    assert not Mend.objects.exists()


def test_one_workbook_of_several_lists_mends_each(by: User) -> None:
    files = list(send({"a/niur.xlsx": xlsx(BUDI), "b/niur.xlsx": xlsx(BAD)}, by).files.order_by("name"))
    book = openpyxl.load_workbook(io.BytesIO(workbook(files, by=by)))
    for page in book.worksheets[1:]:
        for row in page.iter_rows(min_row=5):
            if row[0].value and '"isi"' in row[0].value:
                row[4].value = {"Budi Contoh": "1705010201900002"}.get(row[3].value, "1705010401900004")
    made = io.BytesIO()
    book.save(made)
    assert outcome(made.getvalue(), by)["sel"] == 2
    assert [file.rows.get().nik for file in files] == ["1705010201900002", "1705010401900004"]


def test_a_forged_hidden_cell_reaches_no_row_that_is_not_there(sent: ListFile, by: User) -> None:
    def edit(page: Any) -> None:
        mend_both(page)
        for row in page.iter_rows():
            if row[0].value:
                row[0].value = row[0].value.replace('"baris":3,', '"baris":99999999999999999999,')

    assert outcome(edited(workbook([sent], by=by), edit), by)["sel"] == 0
    assert not sent.mends.exists()


def test_a_returned_excel_is_taken_back_as_a_whole(sent: ListFile, by: User, client: Client) -> None:
    values = list(ProposalRow.objects.order_by("pk").values())
    at = values[0]["baris"]
    outcome(edited(workbook([sent], by=by), mend_both), by)
    own = mend_cell(sent.rows.get(baris=5), "C", "1705010401900004", by=by)
    back = ListFile.objects.get(kind=FileKind.RETURN)
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Batalkan semua perbaikan" in client.get(f"/pendataan/daftar/{back.pk}/").content.decode()
    answer = client.post(f"/pendataan/daftar/{back.pk}/batalkan/", follow=True).content.decode()
    assert "2 sel kembali seperti sebelum Excel ini" in answer
    assert "Batalkan semua perbaikan" not in answer
    assert ProposalRow.objects.filter(baris=at).values().get() == values[0]
    own.refresh_from_db()
    assert own.state == MendState.HOLDS
    assert undo_return(back, by=by) == 0
    assert client.post(f"/pendataan/daftar/{sent.pk}/batalkan/").status_code == 404
