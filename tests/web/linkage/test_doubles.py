"""A person whom two rows name: told where the lists are handed back."""

import io

import matched
import openpyxl
import pytest
import worlds

from jangkau.apps.intake.actions import hand_back
from jangkau.apps.intake.models import ListFile, ProposalRow
from jangkau.apps.linkage.doubles import doubles
from jangkau.apps.linkage.models import Member
from jangkau.core.engine import polars
from tests.web.conftest import make_regions
from tests.web.intake.lists import ANI, CICI, send, xlsx

_django_db_helper = worlds.in_the_world


@pytest.fixture(scope="module")
def world(module_db):
    make_regions()
    matched.registers()
    matched.niur(None)
    matched.run()


def test_only_later_rows_of_a_person_are_doubles_and_they_name_the_first(world, db):
    rows = polars(doubles(ListFile.objects.all()))
    keys = list(Member.objects.order_by("id_usulan").values_list("person", "id_usulan"))
    firsts = dict(reversed(keys))
    assert rows.height == len(keys) - len(firsts) > 0
    later = {(row.file.key, row.baris): row for row in ProposalRow.objects.select_related("file")}
    for berkas, baris, pesan in rows.select("berkas", "baris", "pesan").rows():
        person = Member.objects.get(id_usulan=later[berkas, baris].id_usulan).person_id
        first = ProposalRow.objects.get(id_usulan=firsts[person])
        assert first.id_usulan != later[berkas, baris].id_usulan
        assert f"{first.file.name}, lembar" in pesan
        assert pesan.endswith(f"baris {first.baris}.")


def test_lists_without_doubles_have_none(world, db):
    assert polars(doubles(ListFile.objects.none())).height == 0


def test_the_workbook_that_goes_back_marks_them(world, db, user, settings, tmp_path):
    settings.DATA = str(tmp_path)
    by = user("operator_desa")
    file = send({"niur.xlsx": xlsx(ANI, CICI)}, by).files.get()
    first, second = file.rows.filter(person=True).order_by("baris")
    person = Member.objects.first().person
    for at, row in enumerate((first, second), 1):
        Member.objects.create(
            pk=at, id_usulan=row.id_usulan, person=person, region_code=row.region_code, fingerprint=row.fingerprint
        )
    book = openpyxl.load_workbook(io.BytesIO(hand_back.workbook([file], by=by)))
    told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("sudah ditulis di" in words for words in told)
