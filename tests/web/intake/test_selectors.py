from collections.abc import Callable
from datetime import date

from django.db.models import Q

from jangkau.apps.accounts.models import User
from jangkau.apps.intake.models import FileState, ListFile, Original, ProposalRow, Shipment
from jangkau.apps.intake.selectors import fingerprints, usulan_frame
from jangkau.core.engine import polars
from jangkau.core.tables.results import USULAN_BACA


def make_file(by: User, state: str = FileState.READ, sha: str = "a" * 64) -> ListFile:
    original, _ = Original.objects.get_or_create(sha256=sha, defaults={"size": 1})
    shipment = Shipment.objects.create(by=by, region_code="1705")
    return ListFile.objects.create(
        shipment=shipment, original=original, name="niur.xlsx", region_code="1705012002", state=state
    )


def make_row(file: ListFile, baris: int, **values: object) -> ProposalRow:
    known = {"id_usulan": f"{file.key}#L#{baris}", "region_code": file.region_code, "fingerprint": str(baris)}
    return ProposalRow.objects.create(file=file, lembar="L", baris=baris, **known | values)


def test_only_rows_that_count_are_given_in_their_declared_types(user: Callable[..., User]) -> None:
    by = user("operator_desa")
    file, gone = make_file(by), make_file(by, FileState.WITHDRAWN)
    make_row(file, 2, nama="Ani Contoh", nik="1705010101900001", tanggal_lahir=date(1990, 1, 1), penghasilan=900_000)
    make_row(file, 3, person=False)
    make_row(gone, 2, nama="Budi Contoh")
    found = polars(USULAN_BACA.check(usulan_frame()))
    assert found.rows(named=True)[0]["nama"] == "Ani Contoh"
    assert (len(found), found["berkas"][0], fingerprints()) == (1, "niur.xlsx", {f"{file.key}#L#2": "2"})
    assert polars(usulan_frame(Q(region_code__startswith="1704"))).is_empty()
    assert len(usulan_frame(ids=[f"{file.key}#L#2"])) == 1
