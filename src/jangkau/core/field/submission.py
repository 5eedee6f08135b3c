"""What a phone sends, read by the form's model: nothing of it is trusted, nothing of it is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from jangkau.core.field.model import FormModel
from jangkau.core.field.xml import Unsafe, local, parse

MOST_TEXT = 20_000
_ENTITY = ("dataset", "id", "create", "update", "baseVersion", "trunkVersion", "branchId")


class Unreadable(ValueError):
    """No submission of a form; the words are for people."""


class Point(NamedTuple):
    """A place as the telephone told it; metres."""

    lat: float
    lon: float
    altitude: float
    accuracy: float


class Wrong(NamedTuple):
    """A value that is not what its field holds."""

    path: str
    kind: str
    text: str


@dataclass(frozen=True)
class SentEntity:
    """A `meta/entity` as sent; `path` where, empty texts for what is absent. `data`: property -> text."""

    path: str
    dataset: str
    id: str
    create: bool
    update: bool
    base: int | None
    trunk: int | None
    branch: str
    label: str
    data: dict[str, str]


@dataclass(frozen=True)
class Head:
    """Who a submission says it is, before its form is known."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Element = field(repr=False)


@dataclass(frozen=True)
class Submission:
    """A submission by its model. `values`: path -> text (of repeats the rows joined by blank lines); `record`: typed
    and nested; `files`: names of attachments; `wrong`: values that are not what their field holds; `strange`: paths
    that the form does not have."""

    values: dict[str, str]
    record: dict[str, Any]
    files: tuple[str, ...]
    entities: tuple[SentEntity, ...]
    wrong: tuple[Wrong, ...]
    strange: tuple[str, ...]


def head(data: bytes) -> Head:
    """Form, version and instance of a submission. Raises Unreadable."""
    try:
        root = parse(data)
    except Unsafe as error:
        raise Unreadable(str(error)) from error
    meta = next((child for child in root if local(child.tag) == "meta"), Element("meta"))
    told = {local(child.tag): (child.text or "").strip() for child in meta}
    if not root.get("id") or not told.get("instanceID"):
        raise Unreadable("tanpa nomor isian atau nama formulir")
    if len(told["instanceID"]) > 200 or len(root.get("id", "")) > 100 or len(root.get("version", "")) > 60:
        raise Unreadable("nomor isian terlalu panjang")
    return Head(root.get("id", ""), root.get("version", ""), told["instanceID"], told.get("deprecatedID", ""), root)


def read(found: Head, model: FormModel) -> Submission:
    """The values of a submission. Raises Unreadable where it is of another form's shape."""
    if local(found.root.tag) != model.root:
        raise Unreadable("bentuknya bukan dari formulir ini")
    reader = _Reader(model)
    record = reader.group(found.root, f"/{model.root}")
    return Submission(
        {path: "\n\n".join(texts) for path, texts in reader.values.items()}, record, tuple(reader.files),
        tuple(reader.entities), tuple(reader.wrong), tuple(dict.fromkeys(reader.strange)),
    )  # fmt: skip


class _Reader:
    """Walks a submission beside its model."""

    def __init__(self, model: FormModel) -> None:
        self._fields, self._repeats = model.typed(), frozenset(model.repeats)
        self._saved = {field.path: field.save_to for field in model.fields if field.save_to}
        self.values: dict[str, list[str]] = {}
        self.files: list[str] = []
        self.entities: list[SentEntity] = []
        self.wrong: list[Wrong] = []
        self.strange: list[str] = []

    def group(self, element: Element, path: str) -> dict[str, Any]:
        """The record of a group; a repeat gives a list of records."""
        record: dict[str, Any] = {}
        for child in element:
            name = local(child.tag)
            place = f"{path}/{name}"
            if name == "meta":
                self.entities += self._entities(child, place, element, path)
            elif place in self._repeats:
                record.setdefault(name, []).append(self.group(child, place))
            elif place in self._fields:
                record[name] = self._leaf(child, place)
            elif len(child):
                record[name] = self.group(child, place)
            elif (child.text or "").strip():
                self.strange.append(place)
        return record

    def _leaf(self, element: Element, path: str) -> Any:
        text = (element.text or "")[:MOST_TEXT].strip()
        if not text:
            return None
        self.values.setdefault(path, []).append(text)
        kind = self._fields[path].type
        if kind == "binary":
            self.files.append(text)
        try:
            return _TYPES.get(kind, str)(text)
        except (ValueError, InvalidOperation):
            self.wrong.append(Wrong(path, kind, text))
            return text

    def _entities(self, meta: Element, place: str, around: Element, path: str) -> Iterator[SentEntity]:
        for child in meta:
            if local(child.tag) == "entity":
                told = {name: child.get(name, "").strip() for name in _ENTITY}
                label = next((part.text or "" for part in child if local(part.tag) == "label"), "")
                yield SentEntity(
                    f"{place}/entity", told["dataset"], told["id"], _yes(told["create"]), _yes(told["update"]),
                    _number(told["baseVersion"]), _number(told["trunkVersion"]), told["branchId"], label.strip(),
                    dict(self._properties(around, path)),
                )  # fmt: skip

    def _properties(self, element: Element, path: str) -> Iterator[tuple[str, str]]:
        """What the fields around an entity save to it; repeats inside have entities of their own."""
        for child in element:
            place = f"{path}/{local(child.tag)}"
            if place in self._saved:
                yield self._saved[place], (child.text or "").strip()
            elif len(child) and place not in self._repeats:
                yield from self._properties(child, place)


def _yes(text: str) -> bool:
    return text.lower() in ("1", "true", "true()")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _point(text: str) -> Point:
    parts = [float(part) for part in text.split()[:4]]
    point = Point(*parts, *[0.0] * (4 - len(parts)))
    if len(parts) < 2 or not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
        raise ValueError(text)
    return point


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


_TYPES: dict[str, Callable[[str], Any]] = {
    "int": int, "decimal": _decimal, "date": date.fromisoformat, "dateTime": _moment, "geopoint": _point,
    "time": time.fromisoformat,
}  # fmt: skip
