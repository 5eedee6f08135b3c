"""Numbers and texts by which persons and rows are known in the database."""

from hashlib import blake2b

from jangkau.core.linkage.cluster import worker_id

Place = tuple[int, str, int, str]


def member_key(id_usulan: str) -> int:
    """The number of a row: the same row has the same number in every run."""
    return int.from_bytes(blake2b(id_usulan.encode(), digest_size=8).digest()) >> 1


def person_key(id_pekerja: str) -> int:
    """The number of a person."""
    return int(id_pekerja[1:], 16) >> 1


def arrival(id_usulan: str) -> Place:
    """When a row came, as something to sort by: its file's number, then its place in the file."""
    file, _, rest = id_usulan.partition("/")
    name, _, line = rest.rpartition("#")
    return (int(file) if file.isdigit() else 0, name, int(line) if line.isdigit() else 0, id_usulan)


def person_text(ids_usulan: list[str]) -> str:
    """`id_pekerja` of the person of these rows: of the row that came first, so that later rows change no id."""
    return worker_id(min(ids_usulan, key=arrival))
