"""The people and rows behind a figure: as many as it says, for those who may see them, and on record."""

from datetime import date, timedelta

import counted as c
import monitored
import pytest

from jangkau.apps.audit.models import Event
from jangkau.apps.claims.models import Case
from jangkau.apps.linkage.models import Person
from jangkau.apps.monitoring.gathering import Inputs
from jangkau.apps.monitoring.persons import folder_of, keep_people
from jangkau.apps.registry.models import Programme
from jangkau.core.coverage import parameters, read_panel
from jangkau.core.law.book import Book

DAY = monitored.DAYS[-1]
ADDRESS = "/monev/1705/angka/{}/orang/"


@pytest.fixture
def kept(db, settings, tmp_path):
    """Three members in Seluma and one elsewhere, and two residents, of whom one is a member."""
    settings.DATA = tmp_path
    values = {"provinsi": "17", "per": "2026-11-22", "mulai": "2026-12"}
    Programme.objects.create(values=values)
    born = date(1990, 5, 5)
    rows = [
        c.member(n, kode_wilayah=("1705", "1704")[n // 4], nama=f"Warga {n}", tanggal_lahir=born) for n in range(1, 5)
    ]
    people = [c.resident(n, kode_desa="1705012002", nama=f"Warga {n}") for n in (1, 9)]
    given = Inputs(potret={DAY: c.members(*rows)}, penduduk=c.population(*people))
    panel = read_panel(given.potret, "17", Book.load(), parameters().bayar_menyusul)
    keep_people(monitored.PARTS, given, panel, "17", Book.load())
    told = {"peserta_aktif": (3, None), "cakupan_warga": (1, 2), "klaim_dibayar": (1, 2), "kewajiban_dipenuhi": (1, 2),
            "bulan_orang_dibayar": (0, None), "nik_sah": (0, 0)}  # fmt: skip
    figures = [monitored.row(code, "1705", DAY, *both) for code, both in told.items()]
    monitored.counting(figures)


def test_members_behind_a_figure_are_named_with_masked_numbers(kept, sign_in):
    page = sign_in("operator_kab").get(ADDRESS.format("peserta_aktif")).content.decode()
    assert all(f"Warga {n}" in page for n in (1, 2, 3))
    assert "Warga 4" not in page
    assert c.nik(1) not in page
    assert "1701••••••••0001" in page


def test_denominator_and_numerator_can_be_told_apart_and_lead_to_the_person(kept, sign_in):
    Person.objects.create(id=1, id_pekerja="P-1", nik=c.nik(9), nama="Warga 9", region_code="1705012002")
    client = sign_in("operator_kab")
    whole, rest = (
        client.get(ADDRESS.format("cakupan_warga"), {"bagian": part}).content.decode() for part in ("", "sisa")
    )
    assert "Warga 1" in whole
    assert "Hanya di penyebut (1)" in whole
    assert "Warga 1<" not in rest
    assert 'href="/pekerja/P-1/"' in rest


def test_evaluators_neighbours_and_insurer_see_no_person(kept, sign_in):
    for role, region, status in (("evaluator", "17", 403), ("bpjs", "17", 403), ("operator_kab", "1704", 404)):
        assert sign_in(role, region).get(ADDRESS.format("peserta_aktif")).status_code == status
    assert "hanya ditampilkan kepada" in sign_in("evaluator").get("/monev/1705/angka/peserta_aktif/").content.decode()


def test_a_download_is_masked_and_on_record(kept, sign_in):
    answer = sign_in("operator_kab").get("/monev/1705/angka/peserta_aktif/orang.csv")
    told = b"".join(answer.streaming_content).decode()
    assert told.count("Warga") == 3
    assert c.nik(1) not in told
    event = Event.objects.first()
    assert (event.tindakan, event.region_code, event.sesudah["baris"]) == ("monev.people", "1705", 3)
    book = sign_in("operator_kab").get("/monev/1705/angka/peserta_aktif/orang.xlsx")
    assert b"".join(book.streaming_content)[:2] == b"PK"
    book.close()


def test_a_number_in_full_needs_a_reason_and_is_on_record_without_it(kept, sign_in):
    client, address = sign_in("operator_kab"), "/monev/1705/angka/peserta_aktif/orang/0/nik/"
    assert c.nik(1) not in client.post(address, {"alasan": "?"}).content.decode()
    assert c.nik(1) in client.post(address, {"alasan": "Mencocokkan dengan kartu keluarga"}).content.decode()
    event = Event.objects.first()
    assert (event.tindakan, event.sesudah["orang"], event.sesudah["angka"]) == ("reveal", 0, "peserta_aktif")
    assert c.nik(1) not in str(event.sesudah)
    assert client.post(address.replace("/0/", "/3/"), {"alasan": "Orang kabupaten lain"}).status_code == 404


def test_claims_behind_a_figure_are_those_of_its_months(kept, sign_in):
    facts = {"region_code": "1705012002", "status": "aktif", "happening": "meninggal", "studied": DAY, "expires": DAY}
    for n, (ago, state) in enumerate([(30, "dibayar"), (60, "lapor"), (900, "dibayar")]):
        Case.objects.create(
            **facts, who=str(n), nama=f"Almarhum {n}", day=DAY - timedelta(ago), state=state, source="laporan"
        )
    page = sign_in("operator_kab").get(ADDRESS.format("klaim_dibayar")).content.decode()
    assert "Terhitung di pembilang (1)" in page
    assert "Almarhum 1" in page
    assert "Almarhum 2" not in page


@pytest.mark.parametrize("code", ["kewajiban_dipenuhi", "bulan_orang_dibayar", "nik_sah"])
def test_the_office_has_a_list_for_each_of_its_figures(kept, sign_in, code):
    assert sign_in("operator_kab").get(ADDRESS.format(code)).status_code == 200


def test_a_page_of_people_asks_as_much_however_many_there_are(kept, sign_in, django_assert_max_num_queries):
    client = sign_in("operator_kab")
    with django_assert_max_num_queries(40):
        client.get(ADDRESS.format("peserta_aktif"))


def test_where_people_were_not_kept_the_page_says_so(kept, sign_in):
    folder = folder_of(monitored.PARTS)
    (folder / "orang.parquet").unlink()
    assert "belum disimpan" in sign_in("operator_kab").get(ADDRESS.format("peserta_aktif")).content.decode()
