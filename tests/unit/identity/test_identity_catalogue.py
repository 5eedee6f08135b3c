"""Every code that identity gives is in the catalogue, and its words need nothing but `teks` and `kandidat`."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from jangkau.core import identity
from jangkau.core.kernel.problems import kind

SOURCE = "".join(path.read_text("utf-8") for path in Path(identity.__file__).parent.glob("*.py"))
BY_LEVEL = [f"{level}_{what}" for level in ("KECAMATAN", "KABUPATEN") for what in ("GANDA", "TIDAK_DIKENAL")]
GIVEN = sorted({*re.findall(r'"((?:NIK|DESA|KECAMATAN|KABUPATEN|PROVINSI)_[A-Z0-9_]+)"', SOURCE), *BY_LEVEL})
DECLARED = yaml.safe_load((files("jangkau.core.kernel") / "catalogue" / "identity.yaml").read_text("utf-8"))


@pytest.mark.parametrize("kode", GIVEN)
def test_given_codes_are_declared(kode: str) -> None:
    found = kind(kode)
    assert found.pesan.format(teks="T", kandidat="K")
    assert found.saran.format(teks="T", kandidat="K")


def test_declared_codes_are_given() -> None:
    assert sorted(DECLARED) == GIVEN
