"""Cases of the law that a lawyer can read: given this, the law says that. They are tests and illustrate the docs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from jangkau.core.law.schema import Reader, compose

COMMANDS = ("iuran", "status", "manfaat", "parameter", "jht")
_FILE_KEYS = {"judul", "perintah", "aturan", "pasal", "kasus"}
_CASE_KEYS = {"nama", "bila", "maka"}


@dataclass(frozen=True)
class Example:
    """One case: the question as options of `jangkau law`, and what must come out."""

    file: str
    line: int
    name: str
    command: str
    rules: tuple[str, ...]
    article: str
    given: Mapping[str, Any]
    expected: Mapping[str, Any]

    @property
    def arguments(self) -> list[str]:
        """The command line that asks the question."""
        options = [text for key, value in self.given.items() if key != "nama" for text in _option(key, value)]
        name = [str(self.given["nama"])] if "nama" in self.given else []
        return [self.command, *name, *options, "--json"]


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Every case of a folder of YAML files, in order of file and line. Raises HUKUM_BERKAS_SALAH."""
    return tuple(example for path in sorted(folder.glob("*.yaml")) for example in _read(path))


def _read(path: Path) -> list[Example]:
    read = Reader(path.name)
    top = read.mapping(compose(path.name, path.read_text("utf-8")), _FILE_KEYS, set())
    command = read.text(top["perintah"], "perintah")
    if command not in COMMANDS:
        raise read.fail(top["perintah"], f"perintah '{command}' tidak dikenal; pilih {', '.join(COMMANDS)}")
    return [_case(read, path.stem, command, top, node) for node in read.items(top["kasus"], "kasus")]


def _case(read: Reader, file: str, command: str, top: Mapping[str, yaml.Node], node: yaml.Node) -> Example:
    entry = read.mapping(node, _CASE_KEYS, {"aturan", "pasal"})
    own = {**top, **entry}
    return Example(
        file=file,
        line=node.start_mark.line + 1,
        name=read.text(entry["nama"], "nama"),
        command=command,
        rules=tuple(_plain(own["aturan"])),
        article=read.text(own["pasal"], "pasal"),
        given=_plain(entry["bila"]),
        expected=_plain(entry["maka"]),
    )


def _plain(node: yaml.Node) -> Any:
    """A node as Python values; dates stay text."""
    return _text_dates(yaml.SafeLoader("").construct_object(node, deep=True))


def _text_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {_text_dates(key): _text_dates(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_text_dates(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _option(key: str, value: Any) -> list[str]:
    if isinstance(value, bool):
        return [f"--{key}"] if value else []
    return [f"--{key}", ",".join(map(str, value)) if isinstance(value, list) else str(value)]
