"""Where a village is named: column, merged column, ditto, section, title, sheet, file, folder, signature."""

from pathlib import Path

import pytest

from jangkau.core.identity.regions import Regions
from jangkau.core.intake.place import Named, Places, named_in
from tests.unit.intake.grid import records
from tests.unit.intake.test_intake_folder import read_one

MEDAN_JAYA, AIR_BULUH = "1706052007", "1706052004"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (
            "DAFTAR USULAN DESA MEDAN JAYA KECAMATAN IPUH KABUPATEN MUKOMUKO TAHUN 2026",
            Named("MEDAN JAYA", "IPUH", "MUKOMUKO"),
        ),
        ("Desa/Kelurahan : Pasar Baru Kec. Ipuh", Named("Pasar Baru", "Ipuh")),
        ("usulan_desa_medan_jaya_2026", Named("medan jaya")),
        ("KEL. PADANG SERAI KOTA BENGKULU", Named("PADANG SERAI", "", "Kota BENGKULU")),
        ("KECAMATAN KOTA MUKOMUKO", Named("", "KOTA MUKOMUKO")),
        ("Dusun II Desa Talang Arah RT 03", Named("Talang Arah")),
        ("DAFTAR USULAN DANA DESA TAHUN 2026", Named()),
    ],
)
def test_names_in_a_line(line: str, named: Named) -> None:
    assert named_in(line) == named


def villages(drawing: str, **more: object) -> list[str | None]:
    return [record.values["kode_desa"] for record in records(drawing, **more)]  # type: ignore[arg-type]


def test_merged_column_ditto_marks_and_places_written_once() -> None:
    rows = (
        "1|SITI|1706054105850001|Medan Jaya|Ipuh\n2|BUDI|1706050205850002|{0}|{0}\n"
        "3|JOKO|1706050305850003|{0}|{0}\n4|EDI||Air Buluh|Ipuh"
    )
    head = "No|Nama|NIK|Kel/Desa|Kec\n"
    expected = [MEDAN_JAYA] * 3 + [AIR_BULUH]
    assert villages(head + rows.format(""), merges=[(2, 3, 4, 3), (2, 4, 4, 4)]) == expected
    assert villages(head + rows.format('"')) == expected
    assert villages(head + rows.format("sda")) == expected
    assert villages(head + rows.format("")) == expected


def test_section_rows_change_the_village() -> None:
    head = "KECAMATAN IPUH KABUPATEN MUKOMUKO\nNo|Nama|NIK|JK\n"
    drawing = head + "DESA MEDAN JAYA\n1|SITI||P\nDESA AIR BULUH\n1|BUDI||L\n2|JOKO||L"
    assert villages(drawing) == [MEDAN_JAYA, AIR_BULUH, AIR_BULUH]


def test_title_in_several_cells_and_address() -> None:
    assert villages("Desa|: Medan Jaya\nKecamatan|:|Ipuh\nNo|Nama|NIK\n1|SITI|") == [MEDAN_JAYA]
    assert villages("No|Nama|NIK|Alamat\n1|SITI||RT 02 Desa Medan Jaya Kec. Ipuh") == [MEDAN_JAYA]


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("usulan_desa_medan_jaya_kec_ipuh.xlsx", "Sheet1"),
        ("Kab. Mukomuko/Ipuh/daftar.xlsx", "Medan Jaya"),
        ("Kabupaten Mukomuko/Kec. Ipuh/Data Medan Jaya FIX (2).xlsx", "Data"),
        ("Usulan BPU - Medan Jaya - Ipuh.xlsx", "Sheet1"),
        ("17.06.05.2007 usulan.xlsx", "Sheet1"),
    ],
)
def test_names_of_sheet_file_and_folder(file: str, sheet: str, tmp_path: Path) -> None:
    found = read_one(tmp_path, file, sheet, [["No", "Nama", "JK"], [1, "SITI", "P"]])
    assert found.usulan["kode_desa"].to_list() == [MEDAN_JAYA]


def test_the_line_over_the_signature_is_the_last_resort(tmp_path: Path) -> None:
    rows = [["No", "Nama", "JK"], [1, "SITI", "P"], [], ["", "", "Kepala Desa Medan Jaya"], [], ["", "", "DARMAWAN"]]
    found = read_one(tmp_path, "Kec. Ipuh/daftar.xlsx", "Sheet1", rows)
    assert found.usulan["kode_desa"].to_list() == [MEDAN_JAYA]


def test_an_ambiguous_name_is_one_problem_and_never_a_guess(tmp_path: Path) -> None:
    rows = [["DAFTAR USULAN DESA SUKAMAJU"], ["No", "Nama", "JK"], [1, "SITI", "P"], [2, "BUDI", "L"]]
    found = read_one(tmp_path, "daftar.xlsx", "Sheet1", rows)
    assert found.usulan["kode_desa"].to_list() == [None, None]
    doubtful = found.masalah.filter(found.masalah["kode"] == "DESA_GANDA")
    assert len(doubtful) == 1
    assert "Seluma" in doubtful["pesan"][0]


def test_kecamatan_and_villages_called_kota_are_no_city() -> None:
    places = Places(Regions.load("17"))
    assert places.shortened(named_in("Kota Manna"), Named("", "", "Bengkulu Selatan")) == Named("", "Kota Manna")
    assert places.shortened(named_in("Kota Bengkulu"), Named()) == Named("", "", "Kota Bengkulu")


def test_a_village_called_kota_in_the_kecamatan_around() -> None:
    places = Places(Regions.load("17"))
    assert places.shortened(named_in("Kota Padang"), Named(kecamatan="Manna")) == Named(desa="Kota Padang")
    assert places.shortened(named_in("Kota Padang"), Named()) == Named(kecamatan="Kota Padang")


def test_a_village_code_printed_as_a_number() -> None:
    rows = "".join(f"{n}|SITI {n}|{code}\n" for n, code in enumerate(["1706052007.0", "'1706052007", "17.06.05.2007"]))
    assert villages(f"No|Nama|Kode Desa\n{rows}") == [MEDAN_JAYA] * 3


def test_village_kecamatan_and_a_number_in_the_file_name() -> None:
    places = Places(Regions.load("17"))
    named = places.bare("Usulan Nanti Agung Ilir Talo 17", Named())
    assert named == Named("Nanti Agung", "Ilir Talo")
    assert places.settle(named).kode_desa == "1705142006"
