"""Forms filled by JavaRosa, the engine of ODK Collect, from the package of pyxform: one start of Java for many."""

import hashlib
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyxform

from jangkau.core.linkage.spark.java import java_home

JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
PROGRAM = Path(__file__).with_name("Fill.java")
ZONE, DEVICE = "Asia/Jakarta", "found"  # DEVICE is what the package's stub of a phone says of itself
_QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", f"-Duser.timezone={ZONE}"]
Work = tuple[str, Mapping[str, str], Mapping[str, str]]


def fill(work: Sequence[Work], folder: Path) -> list[tuple[list[str], str]]:
    """Of each (form, lists by file name, answers by path): what was told, and the submission."""
    told = [str(path) for at, one in enumerate(work) for path in _laid(folder, at, *one)]
    home = java_home(folder)
    assert home, "Java 17 or newer is needed"
    program = [str(home / "bin" / "java"), *_QUICK, "-cp", str(JAR), str(PROGRAM), *told]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parts = re.split(r"^== .*\n", done.stdout, flags=re.MULTILINE)[1:]
    return [(said.splitlines(), f"<?xml{xml}".strip()) for said, _, xml in (part.rpartition("<?xml") for part in parts)]


def _laid(folder: Path, at: int, form: str, lists: Mapping[str, str], answers: Mapping[str, str]) -> tuple[Path, Path]:
    """Files of one filling; the same form is one file, so that it is examined once."""
    place = folder / hashlib.md5(form.encode(), usedforsecurity=False).hexdigest()
    place.mkdir(exist_ok=True)
    for name, text in lists.items():
        (place / name).write_text(text)
    (place / "form.xml").write_text(form)
    (place / f"answers-{at}").write_text("".join(f"/data/{path}\t{text}\n" for path, text in answers.items()))
    return place / "form.xml", place / f"answers-{at}"
