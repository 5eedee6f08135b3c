"""Kabupaten Seluma with people matched, funds of the village, the kabupaten and the province, and a target."""

import matched
import pytest

from jangkau.apps.linkage.identity import member_key, person_key
from jangkau.apps.linkage.models import Link, LinkRun, Member, Person
from jangkau.apps.registry.models import Fund, Target


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = str(tmp_path)


def fund(kode, anggaran, wilayah, jenis="APBD_KAB", **fields):
    span = {"berlaku_dari": "2026-12", "berlaku_sampai": "2027-11"} | fields
    return Fund.objects.create(kode=kode, nama=f"Dana {kode}", jenis=jenis, anggaran=anggaran, wilayah=wilayah, **span)


def linked(file, baris, serial, keputusan="cocok"):
    """A row of the list as a run of linkage would leave it, with its person."""
    row = matched.row(file, baris, serial)
    name, born, sex, desa = matched.PEOPLE[serial]
    text = f"p{2 * baris:016x}"
    person = Person.objects.create(
        pk=person_key(text), id_pekerja=text, region_code=desa, nik=matched.nik(serial), nama=name, tanggal_lahir=born,
        jenis_kelamin=sex, kode_desa=desa, pekerjaan="TANI", desil=1, disabilitas=0, status_tautan=keputusan,
        hubungan="KEPALA" if sex == "L" else "PASANGAN",
    )  # fmt: skip
    member = Member.objects.create(
        pk=member_key(row.id_usulan), id_usulan=row.id_usulan, person=person, region_code=desa, fingerprint="x"
    )
    Link.objects.create(member=member, register="penduduk", id_register=matched.nik(serial), peluang=0.9,
                        keputusan=keputusan, cara="model", region_code=desa)  # fmt: skip


@pytest.fixture
def seluma(regions):
    """Two eligible people and one who waits for a clerk; money of the kabupaten for one of them for twelve months."""
    matched.registers()
    file = matched.a_list(None)
    linked(file, 2, "0001")
    linked(file, 3, "0002")
    linked(file, 4, "0004", "tinjau")
    LinkRun.objects.create(model_version="uji")
    fund("KAB", 250_000, "1705")
    fund("DESA", 10_000, "1705012002", "DANA_DESA")
    fund("PROV", 900_000, "17", "APBD_PROV")
    Target.objects.create(wilayah="1705", indikator="perempuan", jumlah=1)
    Target.objects.create(wilayah="1705", indikator="Cakupan kepesertaan", persen=40)
