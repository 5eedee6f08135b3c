"""What no phone of ours could show is refused at upload, by sheet, row and column."""

import pytest
from sheets_of_forms import book, survey

from jangkau.core.field import Built, build
from jangkau.core.field.convert import must
from jangkau.core.kernel.problems import Problem

TEXT = ("text", "a", "A")


def refused(*rows, head=("type", "name", "label"), **sheets):
    found = build(book(survey(*rows, head=head), **sheets))
    assert isinstance(found, list)
    return [(refusal.where, refusal.kode) for refusal in found]


@pytest.mark.parametrize(
    "kind",
    [
        "video",
        "geotrace",
        "rank x",
        "file",
        "xml-external",
        "begin loop",
        "csv-external",
    ],
)
def test_kinds_that_are_not_supported_are_named_with_their_cell(kind):
    assert ("survey!A3", "FORMULIR_JENIS_TIDAK_DIDUKUNG") in refused(TEXT, (kind, "b", "B"))


def test_the_words_are_indonesian_and_say_what_to_do():
    [found] = build(book(survey(TEXT, ("rank", "b", "B"))))
    assert "rank" in found.pesan
    assert found.saran.startswith("Yang didukung: text, integer")


@pytest.mark.parametrize(
    ("column", "text", "kode"),
    [
        ("relevant", "pulldata('x', 'y', 'z', ${a}) = 1", "FORMULIR_FUNGSI_TIDAK_DIDUKUNG"),
        ("calculation", "if(${a} = 'x(', 1, 2", "FORMULIR_KURUNG"),
        ("constraint", "${tidak_ada} = 1", "FORMULIR_RUJUKAN_TIDAK_ADA"),
        ("label", "Halo ${tidak_ada}", "FORMULIR_RUJUKAN_TIDAK_ADA"),
        ("appearance", "maps", "FORMULIR_TAMPILAN_TIDAK_DIDUKUNG"),
        ("trigger", "${a}", "FORMULIR_KOLOM_TIDAK_DIDUKUNG"),
        ("media::image", "a.png", "FORMULIR_KOLOM_TIDAK_DIDUKUNG"),
        ("parameters", "randomize=true", "FORMULIR_PARAMETER_TIDAK_DIDUKUNG"),
    ],
)
def test_cells_that_phones_read_differently_are_named(column, text, kode):
    head = ("type", "name", "label", column) if column != "label" else ("type", "name", "label")
    row = ("text", "b", "B", text) if column != "label" else ("text", "b", text)
    assert refused(TEXT, row, head=head) == [(f"survey!{'C' if column == 'label' else 'D'}3", kode)]


@pytest.mark.parametrize(
    ("told", "kode"),
    [
        ("start=1 end=5 step=2", ""),
        ("start=0 end=1 step=0.1", ""),
        ("start=1 end=5 step=3", "FORMULIR_RENTANG"),
        ("start=5 end=1 step=1", "FORMULIR_RENTANG"),
        ("start=1 end=5 step=0", "FORMULIR_RENTANG"),
        ("start=a", "FORMULIR_RENTANG"),
        ("tick_interval=1", "FORMULIR_PARAMETER_TIDAK_DIDUKUNG"),
    ],
)
def test_a_scale_goes_up_in_whole_steps(told, kode):
    head = ("type", "name", "label", "parameters")
    found = build(book(survey(("range", "b", "B", told), head=head)))
    assert [(r.where, r.kode) for r in found] == [("survey!D2", kode)] if kode else isinstance(found, Built)


def test_words_missing_in_one_language_are_named_with_their_cell():
    head = ("type", "name", "label::Indonesia (id)", "label::English (en)")
    rows = [("text", "a", "A", "A"), ("text", "b", "B", ""), ("calculate", "c", "", "")]
    choices = [["list_name", "name", *head[2:]], ["x", "1", "", "One"]]
    assert refused(*rows, head=head, choices=choices) == [
        ("choices!C2", "FORMULIR_TERJEMAHAN_KURANG"), ("survey!D3", "FORMULIR_TERJEMAHAN_KURANG"),
    ]  # fmt: skip


def test_functions_within_quotes_are_words():
    head = ("type", "name", "label", "constraint")
    assert isinstance(build(book(survey(("text", "a", "A", "regex(., '^pulldata(x)$')"), head=head))), Built)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([TEXT, ("end group", "", "")], ("survey!A3", "FORMULIR_TUTUP_TANPA_BUKA")),
        ([("begin group", "g", "G"), TEXT], ("survey!A2", "FORMULIR_BUKA_TANPA_TUTUP")),
        ([TEXT, ("text", "A", "B")], ("survey!B3", "FORMULIR_NAMA_GANDA")),
        ([("text", "1a", "A")], ("survey!B2", "FORMULIR_NAMA_SALAH")),
        ([("text", "", "A")], ("survey!B2", "FORMULIR_NAMA_SALAH")),
        ([("select_one ada", "b", "B")], ("survey!A2", "FORMULIR_DAFTAR_TIDAK_ADA")),
        ([("select_one", "b", "B")], ("survey!A2", "FORMULIR_PILIHAN_SALAH")),
        ([("select_one a or_other", "b", "B")], ("survey!A2", "FORMULIR_PILIHAN_SALAH")),
        ([("select_one_from_file x.xml", "b", "B")], ("survey!A2", "FORMULIR_BERKAS_CSV")),
    ],
)
def test_faults_of_the_survey_are_told_at_their_place(rows, expected):
    assert expected in refused(*rows)


CHOICES = ["list_name", "name", "label"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["a", "x", "X"], ["a", "x", "Y"]], ("choices!B3", "FORMULIR_PILIHAN_GANDA")),
        ([["a", "x", ""]], ("choices!B2", "FORMULIR_PILIHAN_KURANG")),
        ([["a", "x y", "X"]], ("choices!B2", "FORMULIR_NAMA_SALAH")),
        ([["a", f"x{n}", "X"] for n in range(1001)], ("choices!A2", "FORMULIR_PILIHAN_BANYAK")),
    ],
)
def test_faults_of_the_choices_are_told_at_their_place(rows, expected):
    assert refused(("select_one a", "b", "B"), choices=[CHOICES, *rows]) == [expected]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ([["form_id", "version"], ["a b", "1"]], ("settings!A2", "FORMULIR_TANPA_ID")),
        ([["form_id", "version"], ["a", ""]], ("settings!B2", "FORMULIR_TANPA_VERSI")),
        (
            [["form_id", "version", "public_key"], ["a", "1", "k"]],
            ("settings!C2", "FORMULIR_PENGATURAN_TIDAK_DIDUKUNG"),
        ),
    ],
)
def test_faults_of_the_settings_are_told_at_their_place(settings, expected):
    assert refused(TEXT, settings=settings) == [expected]


def test_sheets_of_other_systems_are_refused():
    assert refused(TEXT, osm=[["list_name", "name"], ["a", "b"]]) == [("osm!", "FORMULIR_LEMBAR_TIDAK_DIDUKUNG")]


@pytest.mark.parametrize("usulan", ["gaji", "nik"])
def test_a_column_of_the_list_is_known_and_used_once(usulan):
    head = ("type", "name", "label", "bind::jangkau:usulan")
    settings = [["form_id", "version", "namespaces"], ["a", "1", 'jangkau="https://jangkau.id/xforms"']]
    rows = [("text", "a", "A", usulan), ("text", "b", "B", usulan)]
    assert {kode for _, kode in refused(*rows, head=head, settings=settings)} == {"FORMULIR_PEMETAAN"}


@pytest.mark.parametrize(("bukti", "expected"), [("hari", None), ("lain", "FORMULIR_BUKTI")])
def test_a_photograph_that_proves_work_names_the_question_of_its_day(bukti, expected):
    head = ("type", "name", "label", "bind::jangkau:bukti")
    settings = [["form_id", "version", "namespaces"], ["a", "1", 'jangkau="https://jangkau.id/xforms"']]
    found = build(book(survey(("date", "hari", "H", ""), ("image", "foto", "F", bukti), head=head), settings=settings))
    if expected is None:
        assert found.model.proofs == {"/data/foto": "/data/hari"}
    else:
        assert [refusal.kode for refusal in found] == [expected]


def test_what_only_the_converter_finds_is_told_with_its_row():
    head = ("type", "name", "label", "choice_filter")
    [found] = build(book(survey(("calculate", "a", ""), head=head)))
    assert (found.lembar, found.kode) == ("survey", "FORMULIR_TIDAK_TERSUSUN")


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_told_so(data):
    with pytest.raises(Problem, match="FORMULIR_BERKAS"):
        build(data)


def test_a_workbook_without_questions_is_told_so():
    assert [r.kode for r in build(book([["x"], ["y"]]))] == ["FORMULIR_TANPA_LEMBAR"]


def test_must_raises_with_how_much_there_is_to_mend():
    with pytest.raises(Problem, match="1 hal perlu dibetulkan"):
        must(book(survey(("rank", "b", "B"))))


def test_every_kind_that_is_supported_is_accepted():
    rows = [
        ("start", "s", ""), ("end", "e", ""), ("today", "t", ""), ("deviceid", "d", ""), ("note", "n", "N"),
        ("integer", "i", "I"), ("decimal", "c", "C"), ("date", "dt", "D"), ("select_one a", "so", "S"),
        ("select_multiple a", "sm", "S"), ("select_one_from_file x.csv", "sf", "S"), ("geopoint", "g", "G"),
        ("range", "ra", "R"), ("time", "ti", "T"), ("dateTime", "da", "D"),
        ("image", "im", "I"), ("acknowledge", "ac", "A"), ("barcode", "ba", "B"), ("begin group", "gr", "G"), TEXT,
        ("end group", "", ""), ("begin_repeat", "re", "R"), ("text", "b", "B"), ("end_repeat", "", ""),
    ]  # fmt: skip
    built = build(book(survey(*rows), choices=[CHOICES, ["a", "1", "Satu"]]))
    assert isinstance(built, Built), built
    types = {field.name: field.type for field in built.model.fields}
    assert (types["i"], types["c"], types["dt"], types["g"], types["im"]) == (
        "int",
        "decimal",
        "date",
        "geopoint",
        "binary",
    )
    assert built.model.repeats == ("/data/re",)
    assert built.model.files == ("x.csv",)
    assert built.model.typed()["/data/so"].choices == {"1": "Satu"}
