"""Photographs and PDF files as telephones and scanners make them, known by their content and never by their name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from jangkau.apps.registry.keeping import keep, kept
from jangkau.core.kernel.problems import Problem

MOST_BYTES = 10 * 2**20
ACCEPT = "image/jpeg,image/png,application/pdf"
TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
_PART, _TAIL = 2**20, 2048
_NO_SIZE = {0x01, *range(0xD0, 0xD8)}  # markers of JPEG that stand alone
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its sum, bytes, and what it is (`TYPES`)."""

    sha256: str
    size: int
    media: str


def accept(upload: "UploadedFile[Any]") -> Kept:
    """Keep a photograph or PDF. Raises BUKTI_BESAR, BUKTI_JENIS, PENYIMPANAN_PENUH."""
    if (upload.size or 0) > MOST_BYTES:
        raise Problem("BUKTI_BESAR", besar=MOST_BYTES // 2**20)
    media = _media(upload.file)  # type: ignore[arg-type]
    if media is None:
        raise Problem("BUKTI_JENIS")
    upload.file.seek(0)  # type: ignore[union-attr]
    return Kept(*keep(_parts(upload)), media)


def known(sha256: str, size: int) -> Kept | None:
    """A file that is kept already, if it is a photograph or PDF of a size that is taken."""
    with kept(sha256).open("rb") as handle:
        media = _media(handle) if size <= MOST_BYTES else None
    return Kept(sha256, size, media) if media else None


def answer(file: Kept, name: str) -> FileResponse:
    """The file to a browser: a photograph is shown, a PDF downloaded."""
    handle = kept(file.sha256).open("rb")
    return FileResponse(
        handle, as_attachment=file.media == "pdf", filename=f"{name}.{file.media}", content_type=TYPES[file.media]
    )


def _parts(upload: "UploadedFile[Any]") -> Iterator[bytes]:
    yield from upload.chunks(_PART)


def _media(file: BinaryIO) -> str | None:
    """What the bytes are; None for anything that is not whole at both ends."""
    file.seek(0)
    head = file.read(24)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg" if _has_frame(file) else None
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return (
            "png" if head[12:16] == b"IHDR" and any(head[16:20]) and any(head[20:24]) and _ends(file, b"IEND") else None
        )
    return "pdf" if head.startswith(b"%PDF-") and _ends(file, b"%%EOF") else None


def _ends(file: BinaryIO, mark: bytes) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return mark in file.read()


def _has_frame(file: BinaryIO) -> bool:
    """Whether the segments of a JPEG lead to a picture with a width and a height."""
    file.seek(2)
    while (lead := file.read(2)) and len(lead) == 2 and lead[0] == 0xFF:
        if lead[1] in _NO_SIZE or lead[1] == 0xFF:
            file.seek(-(lead[1] == 0xFF), 1)
            continue
        length = int.from_bytes(file.read(2))
        if lead[1] in _FRAMES:
            frame = file.read(5)
            return len(frame) == 5 and any(frame[1:3]) and any(frame[3:5])
        if length < 2:
            return False
        file.seek(length - 2, 1)
    return False
