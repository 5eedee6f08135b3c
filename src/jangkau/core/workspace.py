"""A workspace folder, opened: settings, registers, funds, targets, and where the lists are."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from jangkau.core.kernel.faults import not_yaml, placed
from jangkau.core.kernel.problems import Problem
from jangkau.core.register_files import as_note, read_register
from jangkau.core.tables import registers
from jangkau.core.tables.schema import Frame, Table
from jangkau.core.tables.settings import SETTINGS, Settings, unknown_settings

LISTS = "usulan"


@dataclass(frozen=True)
class Workspace:
    """Everything a run reads, checked; `catatan` says what had to be set aside in the registers."""

    folder: Path
    settings: Settings
    penduduk: Frame
    peserta: Frame
    kesejahteraan: Frame
    angkatan_kerja: Frame
    dana: Frame
    target: Frame
    tinjauan: Frame
    catatan: list[dict[str, Any]]

    @property
    def usulan(self) -> Path:
        """The folder of the lists."""
        return self.folder / LISTS


def open_workspace(folder: Path) -> Workspace:
    """Read and check a workspace.

    Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK, PENGATURAN_SALAH or TABEL_SALAH where the run cannot go on. A cell of a
    register that cannot be what its column says becomes null and is counted in `catatan`, where names of jangkau.yaml
    that nobody knows stand too.
    """
    settings = read_settings(folder / SETTINGS)
    if not (folder / LISTS).is_dir():
        raise Problem("BERKAS_TIDAK_ADA", berkas=f"{LISTS}/")
    notes = [as_note(problem, SETTINGS) for problem in unknown_settings(_content(folder / SETTINGS))]

    def table(declared: Table, place: str, *, needed: bool) -> Frame:
        return _table(folder, declared, place, notes, needed=needed)

    return Workspace(
        folder=folder,
        settings=settings,
        penduduk=table(registers.PENDUDUK, "register", needed=True),
        peserta=table(registers.PESERTA, "register", needed=True),
        kesejahteraan=table(registers.KESEJAHTERAAN, "register", needed=False),
        angkatan_kerja=table(registers.ANGKATAN_KERJA, "register", needed=False),
        dana=table(registers.DANA, ".", needed=True),
        target=table(registers.TARGET, ".", needed=False),
        tinjauan=table(registers.TINJAUAN, ".", needed=False),
        catatan=notes,
    )


def read_settings(path: Path) -> Settings:
    """The programme's settings. Raises BERKAS_TIDAK_ADA or PENGATURAN_SALAH, naming the field."""
    if not path.is_file():
        raise Problem("BERKAS_TIDAK_ADA", berkas=path.name)
    try:
        return Settings.model_validate(_content(path))
    except ValidationError as error:
        raise Problem("PENGATURAN_SALAH", berkas=path.name, sebab=placed(error.errors()[0])) from None


def _content(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text("utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Problem("PENGATURAN_SALAH", berkas=path.name, sebab=not_yaml(error)) from None


def _table(folder: Path, declared: Table, place: str, notes: list[dict[str, Any]], *, needed: bool) -> Frame:
    path = _file(folder / place, declared.name)
    if path:
        return read_register(path, path.relative_to(folder).as_posix(), declared, notes)
    if needed:
        raise Problem("BERKAS_TIDAK_ADA", berkas=(Path(place) / declared.name).as_posix() + ".csv|.parquet")
    return declared.empty()


def _file(folder: Path, name: str) -> Path | None:
    paths = (folder / f"{name}{ending}" for ending in (".parquet", ".csv", ".xlsx"))
    return next((path for path in paths if path.is_file()), None)


_PEOPLE = {table.name: table for table in (registers.PENDUDUK, registers.PESERTA, registers.KESEJAHTERAAN)}


def register_files(folder: Path) -> dict[str, Path]:
    """The files of the registers of people, by table; one that is not there is left out."""
    found = {name: _file(folder / "register", name) for name in _PEOPLE}
    return {name: path for name, path in found.items() if path}


def open_register(folder: Path, name: str) -> Frame:
    """One register of people, as `open_workspace` reads it. Raises BERKAS_TIDAK_ADA, BERKAS_RUSAK or TABEL_SALAH."""
    return _table(folder, _PEOPLE[name], "register", [], needed=True)


def fingerprint(folder: Path) -> str:
    """sha256 over the name and bytes of every file that a run reads; lock files and what is hidden do not count."""
    roots = (folder / LISTS, folder / "register")
    paths = [path for root in roots for path in root.rglob("*")] + list(folder.glob("*.*"))
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
        hidden = any(part.startswith(("~$", ".")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            with path.open("rb") as handle:
                content = hashlib.file_digest(handle, "sha256").hexdigest()
            total.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return total.hexdigest()
