from django.conf import settings
from examples import example

from jangkau.apps.intake.models import FileState, ListFile, Mend, Original, ProposalRow, Shipment

DESA = "1705012002"


def _file(user, name: str = "niur.csv") -> ListFile:
    original, _ = Original.objects.get_or_create(sha256="b" * 64, defaults={"size": 1})
    path = settings.DATA / "berkas" / "bb" / original.sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("No,Nama,NIK\n1,Ani Contoh,170501410190000\n")
    shipment, _ = Shipment.objects.get_or_create(by=user("operator_kab"), region_code=DESA)
    known = {"original": original, "shipment": shipment, "name": name, "region_code": DESA}
    return ListFile.objects.get_or_create(**known, defaults={"state": FileState.READ})[0]


@example("intake_shipment", "intake_stop", "intake_go_on")
def shipment(user) -> dict:
    return {"pk": _file(user).shipment_id}


@example(
    "intake_list",
    "intake_rows",
    "intake_original",
    "intake_hand_back",
    "intake_withdraw",
    "intake_restore",
    "intake_read_again",
    "intake_undo_return",
)
def one(user) -> dict:
    return {"pk": _file(user).pk}


@example("intake_replace")
def replace(user) -> dict:
    return {"old": _file(user).pk, "pk": _file(user, "baru.csv").pk}


def _row(user) -> ProposalRow:
    file = _file(user)
    known = {"file": file, "baris": 2, "region_code": DESA, "id_usulan": f"{file.key}##2"}
    return ProposalRow.objects.get_or_create(**known, defaults={"raw": ["1", "Ani Contoh", "170501410190000"]})[0]


@example("intake_row")
def row(user) -> dict:
    return {"pk": _row(user).pk}


@example("intake_cell")
def cell(user) -> dict:
    return {"pk": _row(user).pk, "kolom": "C"}


@example("intake_undo", "intake_decide")
def mend(user) -> dict:
    return {"pk": Mend.objects.get_or_create(file=_row(user).file, baris=2, kolom="C", after="1")[0].pk}
