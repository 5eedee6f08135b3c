"""The book answers by date, refuses outside its dates, and has a version."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest

from jangkau.core.kernel.month import month_index
from jangkau.core.kernel.problems import Problem
from jangkau.core.law.book import Book, LawUndefinedOn
from jangkau.core.law.contributions import contributions
from jangkau.core.law.schema import read_parameter
from jangkau.core.law.sources import Asked, diff, sources


@pytest.fixture
def book() -> Book:
    return Book.load()


@pytest.mark.parametrize(
    ("on", "want"),
    [
        (date(2025, 2, 6), "0.10"),
        (date(2025, 2, 7), "0"),
        ("2025-02-06", "0.10"),
        ("2025-02", "0"),
        (month_index("2025-02"), "0"),
        (month_index("2025-01"), "0.10"),
    ],
)
def test_a_day_is_exact_and_a_month_is_decided_on_its_last_day(book: Book, on: date | int | str, want: str) -> None:
    assert str(book.value("pu.jkp_dari_jkm", on)) == want


def test_outside_its_dates_the_law_is_undefined_not_zero(book: Book) -> None:
    with pytest.raises(LawUndefinedOn) as caught:
        book.value("bpu.jkm", month_index("2015-06"))
    assert caught.value.kind.kode == "HUKUM_TIDAK_BERLAKU"
    assert (caught.value.parameter, caught.value.on) == ("bpu.jkm", "2015-06")
    assert isinstance(caught.value, Problem)


@pytest.mark.parametrize("on", ["2026", "2026-13", "2026-02-30", "kemarin"])
def test_a_date_that_is_none_is_said_so(book: Book, on: str) -> None:
    with pytest.raises(Problem, match="HUKUM_TANGGAL_SALAH"):
        book.value("bpu.jkm", on)


def test_an_unknown_name_is_a_problem(book: Book) -> None:
    with pytest.raises(Problem, match="HUKUM_PARAMETER_TIDAK_ADA"):
        book.value("bpu.jkx", "2026-01")


def test_the_version_follows_the_values(book: Book, tmp_path: Path) -> None:
    assert book.version == Book.load().version
    assert book.version != book.choose({"bpu.keringanan_dana_desa": "DISKON"}).version
    assert book.version == book.choose({"bpu.keringanan_dana_desa": "PENUH"}).version


def test_choices_are_checked(book: Book) -> None:
    with pytest.raises(Problem, match="HUKUM_PILIHAN_SALAH"):
        book.choose({"bpu.keringanan_dana_desa": "SEPARUH"})
    with pytest.raises(Problem, match="HUKUM_PILIHAN_SALAH"):
        book.choose({"bpu.jkm": "5000"})


def test_a_folder_of_files_is_a_book(tmp_path: Path) -> None:
    folder = tmp_path / "bpu"
    folder.mkdir()
    text = "judul: A\narti: B\nsatuan: rupiah\nbentuk: angka\nnilai:\n"
    text += "  - {dari: 2020-01, nilai: 5, rujukan: C, keyakinan: tinggi}\n"
    (folder / "jkm.yaml").write_text(text)
    (folder / "catatan.txt").write_text("bukan aturan")
    assert Book.read(tmp_path).value("bpu.jkm", "2026-11") == 5


def test_a_citation_says_how_sure_it_is(book: Book) -> None:
    cited = book.cite("bpu.keringanan_dana_desa", "2026-11").as_dict()
    assert cited["keyakinan"] == "rendah"
    assert "Dana Desa" in cited["catatan"]
    assert cited["rujukan"].startswith("PP 50/2025")


def test_every_weak_value_has_a_note_or_a_warning(book: Book) -> None:
    silent = [
        name
        for name, parameter in book.parameters.items()
        for value in parameter.values
        if value.confidence == "rendah" and not (value.note or parameter.warning)
    ]
    assert silent == []


def test_diff_tells_what_changed_and_by_which_regulation(book: Book) -> None:
    changes = {change.parameter: change for change in diff("2025-12", "2026-04", book)}
    assert [step.reference for step in changes["bpu.keringanan"].steps] == ["PP 50/2025", "PP 50/2025"]
    assert changes["bpu.keringanan_dbh"].before is None
    assert set(changes) >= {"bpu.keringanan", "pu.jp_batas_upah"}
    assert "bpu.jkm" not in changes
    assert diff("2026-04", "2026-04", book) == ()


def test_diff_reads_backwards_too(book: Book) -> None:
    forth, back = diff("2025-12", "2026-04", book), diff("2026-04", "2025-12", book)
    assert [(c.parameter, c.before, c.after) for c in forth] == [(c.parameter, c.after, c.before) for c in back]


def names(asked: Asked) -> set[str]:
    return {citation.parameter for citation in sources(asked)}


def test_sources_are_those_that_decide_the_price() -> None:
    month = month_index("2026-11")
    assert "bpu.keringanan_dbh" in names(Asked("BPU", month, payer="DBH_SAWIT"))
    assert "bpu.keringanan_dana_desa" in names(Asked("BPU", month, payer="DANA_DESA"))
    assert "bpu.keringanan_bukan_pemerintah" not in names(Asked("BPU", month, payer="APBD_KAB"))
    assert "bpu.keringanan_apbn_apbd" in names(Asked("BPU", month, payer="APBD_KAB"))
    assert "bpu.jht" in names(Asked("BPU", month, jht=True)) - names(Asked("BPU", month))
    assert "pu.jp_batas_upah" in names(Asked("PU", month)) - names(Asked("PU", month, scale="KECIL"))
    assert "pu.jkp_dari_jkk" not in names(Asked("PU", month, scale="MIKRO"))
    assert names(Asked("JAKON", month, by_wage=True)) == {"jakon.jkk_upah", "jakon.jkm_upah"}
    assert names(Asked("PMI", month)) == {"pmi.iuran"}


def test_a_new_regulation_is_one_more_value_and_old_months_keep_their_price(book: Book) -> None:
    """The example of docs/panduan/peraturan-baru.md."""
    guide = (Path(__file__).parents[3] / "docs/panduan/peraturan-baru.md").read_text("utf-8")
    added = guide.split("keyakinan: tinggi\n", 1)[1].split("```", 1)[0]
    shipped = (files("jangkau.core.law") / "parameters/bpu/jkm.yaml").read_text("utf-8")
    changed = read_parameter("bpu.jkm", "bpu/jkm.yaml", shipped + added)
    new = Book({**book.parameters, "bpu.jkm": changed})
    months = [month_index(month) for month in ("2025-12", "2027-12", "2028-01")]
    frame = pl.DataFrame({"bulan": months, "penghasilan": [1_000_000] * 3})
    assert contributions(frame, new)["total"].to_list() == [16_800, 16_800, 17_500]
    assert contributions(frame, book)["total"].to_list() == [16_800, 16_800, 16_800]
    assert new.version != book.version
    assert [change.parameter for change in diff("2027-12", "2028-01", new)] == ["bpu.jkm"]
