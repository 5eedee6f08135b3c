"""The same answers through JavaRosa (ODK Collect) and through the engine of the offline page: the same submission.

Told apart: names of photos, moments and random numbers, the order of differently named siblings (a submission is read
by name), numbers as written (36 or 36.0) and yes as `1` or `true` on entities (both are of their specification).
"""

import re
import subprocess
import xml.etree.ElementTree as ET
from datetime import date
from itertools import chain

import javarosa
import pytest
from examples_of_forms import NAMES, Example, example

from jangkau.core.field import build
from jangkau.core.field import own as own_forms
from jangkau.core.field.mapping import row_of
from jangkau.core.field.submission import head, read

PER = date(2026, 11, 27)
PERSON = "11111111-1111-4111-8111-111111111111"
LISTS = {
    "desa.csv": "name,label\n1705012002,Niur\n",
    "pekerja.csv": f"name,label,__version,desa\n{PERSON},Siti Contoh,3,1705012002\n",
}
OWN = {
    "pendataan-pekerja": [
        {
            "izin/dibacakan": "OK", "izin/setuju": "ya", "izin/rekaman": "izin.m4a",
            "ktp/nik": "1705014803850002", "ktp/nama": "Siti Contoh",
            "ktp/tanggal_lahir": "1958-03-08", "ktp/jenis_kelamin": "P", "ktp/desa": "1705012002", "ktp/no_hp": "123",
            "rumah/tanggungan[1]/nama_tanggungan": "Budi", "rumah/tanggungan[2]/nama_tanggungan": "Ani",
            "kerja/pekerjaan": "sawit", "kerja/bahaya": "jalan laut", "kerja/foto_kerja": "foto.jpg",
            "hasil_kerja/penghasilan": "1200000", "tempat/lokasi": "-4.01 102.5 10 5",
        },
        {"izin/dibacakan": "OK", "izin/setuju": "tidak"},
    ],
    "verifikasi-lapangan": [
        {
            "siapa/desa": "1705012002", "siapa/pekerja": PERSON, "temu/hasil": "bertemu", "temu/masih_bekerja": "ya",
            "temu/pekerjaan_sekarang": "Petani",
        },
    ],
}  # fmt: skip
PAGE = "https://halaman.uji/"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")
_NUMBER = re.compile(r"(-?\d+)\.0+")


def of_own(name: str) -> Example:
    return Example(build(own_forms.xlsform(name, PER)).xform.decode(), LISTS, OWN[name])


EXAMPLES = {name: of_own(name) if name in OWN else example(name) for name in (*own_forms.NAMES, *NAMES)}
WORK = [(name, at) for name, one in EXAMPLES.items() for at in range(len(one.answers))]


@pytest.fixture(scope="module")
def by_javarosa(tmp_path_factory) -> dict[tuple[str, int], tuple[list[str], str]]:
    """One start of Java for all."""
    work = [(EXAMPLES[name].xform, EXAMPLES[name].lists, EXAMPLES[name].answers[at]) for name, at in WORK]
    return dict(zip(WORK, javarosa.fill(work, tmp_path_factory.mktemp("java")), strict=True))


@pytest.fixture(scope="module")
def by_page(browser, tmp_path_factory, request) -> dict[tuple[str, int], dict]:
    """One page of Chromium for all, under the policy that the site sends."""
    code = tmp_path_factory.mktemp("page") / "fill.js"
    bundle = ["--bundle", "--format=esm", "--target=es2022", "--log-level=error", f"--outfile={code}"]
    root = request.config.rootpath
    subprocess.run([root / "node_modules/.bin/esbuild", "tests/browser/fill.mjs", *bundle], cwd=root, check=True)
    context = browser.new_context(timezone_id=javarosa.ZONE, locale="id-ID")
    page = context.new_page()
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"}
    html = '<!doctype html><script type="module" src="/fill.js"></script>'
    page.route(f"{PAGE}fill.js", lambda route: route.fulfill(path=code, content_type="text/javascript"))
    page.route(PAGE, lambda route: route.fulfill(body=html, content_type="text/html", headers=policy))
    page.goto(PAGE)
    page.wait_for_function("() => 'fill' in globalThis")
    found = {}
    for name, at in WORK:
        one = EXAMPLES[name]
        told = {"form": one.xform, "lists": one.lists, "answers": one.answers[at], "device": javarosa.DEVICE}
        found[name, at] = page.evaluate("told => fill(told)", told)
    context.close()
    return found


def canonical(xml: str) -> list[tuple[str, str, dict[str, str]]]:
    """Every node of a submission: its path, its text, its attributes."""
    return list(_nodes(ET.fromstring(re.sub(r"^<\?xml.*?\?>", "", xml.strip())), ""))


def _nodes(element: ET.Element, path: str):
    here = f"{path}/{element.tag.rpartition('}')[2]}"
    told = {name: {"true": "1", "false": "0"}.get(text, text) for name, text in element.attrib.items()}
    text = (element.text or "").strip() if len(element) == 0 else ""
    yield here, _plain(text), {name: _plain(text) for name, text in told.items()}
    for child in sorted(element, key=lambda child: child.tag):
        yield from _nodes(child, here)


def _plain(text: str) -> str:
    if _MOMENT.fullmatch(text):
        return "(moment)"
    return "(file)" if text.endswith((".jpg", ".m4a")) else _NUMBER.sub(r"\1", _UUID.sub(_random, text))


def _random(found: re.Match[str]) -> str:
    return found[0] if found[0] in CHOSEN else "(random)"


CHOSEN = set(_UUID.findall(" ".join(chain(LISTS.values(), *(one.lists.values() for one in EXAMPLES.values())))))


@pytest.mark.parametrize(("name", "at"), WORK, ids=[f"{name}-{at + 1}" for name, at in WORK])
def test_both_make_the_same_of_the_same_answers(name, at, by_javarosa, by_page):
    told, xml = by_javarosa[name, at]
    page = by_page[name, at]
    assert canonical(page["xml"]) == canonical(xml)
    assert page["told"] == [line.replace("/data/", "").replace("[1]", "") for line in told]


@pytest.mark.parametrize(("name", "at"), WORK, ids=[f"{name}-{at + 1}" for name, at in WORK])
def test_a_draft_is_gone_on_with_as_it_was(name, at, by_page):
    page = by_page[name, at]
    first, again = (re.search(r"<[^<]*instanceID>[^<]*", page[key]) for key in ("xml", "again"))
    assert canonical(page["again"]) == canonical(page["xml"])
    assert page["kept"] == page["sent"]
    assert first
    assert again
    assert first[0] == again[0]


def test_odk_validate_finds_nothing(by_javarosa):
    assert [line for told, _xml in by_javarosa.values() for line in told if line.startswith("#")] == []


def test_the_registration_is_read_as_it_was_filled(by_page):
    model = build(own_forms.xlsform("pendataan-pekerja", PER)).model
    page = by_page["pendataan-pekerja", 0]
    assert page["told"] == ["! ktp/no_hp: constraint", "? rumah/hubungan"]
    found = read(head(page["xml"].encode()), model)
    assert (found.wrong, found.strange, len(found.files)) == ((), (), 2)
    ktp = found.record["ktp"]
    assert (ktp["nik_tanggal"], ktp["nik_kelamin"], ktp["no_hp"]) == ("080385", "P", None)
    assert "beda_tanggal" in ktp, "the birth date that differs from the NIK is warned of"
    assert "beda_kelamin" not in ktp
    assert [person["nama_tanggungan"] for person in found.record["rumah"]["tanggungan"]] == ["Budi", "Ani"]
    assert date.fromisoformat(found.record["kerja"]["tanggal_foto"])
    assert row_of(found.values, model) == {
        "nik": "1705014803850002", "nama": "Siti Contoh", "tanggal_lahir": "1958-03-08", "jenis_kelamin": "P",
        "kode_desa": "1705012002", "pekerjaan": "Petani sawit", "penghasilan": "1200000",
    }  # fmt: skip


def test_a_visit_changes_the_entity_from_the_version_of_the_phone(by_page):
    model = build(own_forms.xlsform("verifikasi-lapangan", PER)).model
    found = read(head(by_page["verifikasi-lapangan", 0]["xml"].encode()), model)
    [entity] = found.entities
    assert (entity.dataset, entity.id, entity.update, entity.create, entity.base) == ("pekerja", PERSON, True, False, 3)
    assert (entity.data["hasil"], entity.data["masih_bekerja"]) == ("bertemu", "ya")
    assert entity.data["dikunjungi"]
