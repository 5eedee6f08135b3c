"""Files that hold no readable list: lock files, broken and protected ones, a web page called .xls."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import xlwt

NEW_PATH = Callable[[str, str], Path]


def write(folder: Path, new_path: NEW_PATH, files: int, rng: np.random.Generator) -> Counter[str]:
    """Decoys among `files` real files, at least one of each kind; their number by code."""
    made: Counter[str] = Counter()
    for code, (name, suffix, content) in KINDS.items():
        for _ in range(max(1, round(files / 400))):
            new_path(name, suffix).write_bytes(content(rng))
            made[code] += 1
    return made


def _lock(rng: np.random.Generator) -> bytes:
    """What a spreadsheet program leaves beside an open file."""
    user = b"\x08Operator".ljust(55, b" ")
    return user + "Operator".encode("utf-16-le").ljust(110, b" ")


def _broken(rng: np.random.Generator) -> bytes:
    """A workbook cut off while it was copied."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/workbook.xml", (2026, 10, 12, 9, 0, 0)), rng.bytes(4000))
    return whole.getvalue()[: int(rng.integers(900, 3000))]


def _protected(rng: np.random.Generator) -> bytes:
    """An OLE container with an EncryptedPackage stream, as a password makes of an .xlsx."""
    book, out = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("A").write(0, 0, "x" * 200)
    book.save(out)
    data = bytearray(out.getvalue())
    start = data.find("Workbook".encode("utf-16-le"))
    name = "EncryptedPackage"
    data[start : start + 66] = name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    return bytes(data)


def _web_page(rng: np.random.Generator) -> bytes:
    """A page saved from a portal under a spreadsheet's name, with an error and no list."""
    return b"<html><head><title>Login</title></head><body><table><tr><td>Sesi berakhir</td></tr></table></body></html>"


def _empty(rng: np.random.Generator) -> bytes:
    return b""


KINDS: dict[str, tuple[str, str, Callable[[np.random.Generator], bytes]]] = {
    "BERKAS_KUNCI": ("~$usulan desa", "xlsx", _lock),
    "BERKAS_RUSAK": ("usulan salin", "xlsx", _broken),
    "BERKAS_SANDI": ("data rahasia", "xlsx", _protected),
    "BERKAS_HTML": ("unduhan portal", "xls", _web_page),
    "BERKAS_NOL": ("kosong", "xlsx", _empty),
}
