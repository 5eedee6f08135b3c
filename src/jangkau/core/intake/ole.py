"""Looks into an old `.xls` just enough to know how large a rectangle its sheets span, and whether it is locked.

Layout: [MS-CFB] compound file, [MS-XLS] BIFF records (two bytes type, two bytes length).
"""

import struct
from collections.abc import Iterator

_END = 0xFFFFFFFA  # sector numbers from here on are marks
_BOF, _FILEPASS, _DATEMODE = 0x0809, 0x002F, 0x0022
# NUMBER, LABEL, BOOLERR, RK, LABELSST, FORMULA, RSTRING and BIFF2-4 FORMULAs: row, then column
_CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00D6, 0x0206, 0x0406})
_MULTIPLE = frozenset({0x00BD})  # MULRK: row, first column, ..., last column


def is_locked(stream: bytes) -> bool:
    """Whether the workbook asks for a password."""
    return any(kind == _FILEPASS for kind, _ in _records(stream))


def counts_from_1904(stream: bytes) -> bool:
    """Whether days are counted from 1904."""
    return any(kind == _DATEMODE and body[:1] == b"\1" for kind, body in _records(stream))


def largest_area(stream: bytes) -> int:
    """Rows times columns from A1 to the last cell with content, of the largest sheet."""
    largest = row = column = 0
    for kind, body in _records(stream):
        if kind == _BOF:
            row = column = 0
        elif kind in _CELLS and len(body) >= 4:
            at = struct.unpack_from("<HH", body)
            row, column = max(row, at[0] + 1), max(column, at[1] + 1)
        elif kind in _MULTIPLE and len(body) >= 6:
            row = max(row, struct.unpack_from("<H", body)[0] + 1)
            column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)
        largest = max(largest, row * column)
    return largest


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def entries(data: bytes) -> dict[str, bytes]:
    """Streams of the compound file by name. Raises ValueError where its tables do not hold."""
    try:
        return _entries(data)
    except (struct.error, IndexError) as error:
        raise ValueError("compound file") from error


def _entries(data: bytes) -> dict[str, bytes]:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, _, cutoff, mini_fat_at = struct.unpack_from("<IIII", data, 48)
    if shift not in (9, 12) or mini_shift > 9:
        raise ValueError("sector size")
    size = 1 << shift
    fat = _numbers(b"".join(_sector(data, at, size) for at in _fat_sectors(data, size)))
    listing = _chain(data, directory, fat, size, size)
    mini_fat = _numbers(_chain(data, mini_fat_at, fat, size, size))
    found, mini = {}, b""
    for at in range(0, len(listing) - 127, 128):
        length, kind = struct.unpack_from("<HB", listing, at + 64)
        start, extent = struct.unpack_from("<II", listing, at + 116)
        name = listing[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
        if kind == 5:
            mini = _chain(data, start, fat, size, size)
        elif kind == 2 and extent < cutoff:
            found[name] = _chain(mini, start, mini_fat, 1 << mini_shift, 0)[:extent]
        elif kind == 2:
            found[name] = _chain(data, start, fat, size, size)[:extent]
    if not any(found.values()):
        raise ValueError("no streams")
    return found


def _fat_sectors(data: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    for _ in range(min(count, len(data) // size)):
        if following >= _END:
            break
        *more, following = _numbers(_sector(data, following, size))
        sectors += more
    return [sector for sector in sectors if sector < _END]


def _sector(data: bytes, at: int, size: int) -> bytes:
    return data[size * (at + 1) : size * (at + 2)]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(data: bytes, start: int, table: tuple[int, ...], size: int, offset: int) -> bytes:
    """The sectors that follow one another; a ring ends after as many as there are."""
    parts = []
    for _ in range(len(table)):
        if start >= _END or start >= len(table):
            break
        parts.append(data[offset + size * start : offset + size * (start + 1)])
        start = table[start]
    return b"".join(parts)
