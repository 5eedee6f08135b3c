from datetime import date

from examples import example

from jangkau.apps.registry.keeping import keep
from jangkau.apps.registry.models import Fund, Snapshot, Target


@example("snapshot", "snapshot_withdraw", "snapshot_original", shared=True)
def snapshot(user) -> dict:
    sha256, size = keep([b"kpj\n"])
    known = {"kind": "peserta", "as_of": date(2026, 10, 31), "sha256": sha256}
    made, _ = Snapshot.objects.get_or_create(**known, defaults={"size": size, "file_name": "p.csv", "source": "BPJS"})
    return {"pk": made.pk}


@example("fund")
def fund(user) -> dict:
    made, _ = Fund.objects.get_or_create(kode="K", nama="K", jenis="APBD_KAB", anggaran=1, wilayah="1705012002")
    return {"pk": made.pk}


@example("target", "target_remove")
def target(user) -> dict:
    made, _ = Target.objects.get_or_create(wilayah="1705012002", indikator="cakupan", persen=1.0)
    return {"pk": made.pk}


@example("region", shared=True)
def region(user) -> dict:
    return {"code": "1705"}
