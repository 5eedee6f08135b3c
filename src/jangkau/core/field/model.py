"""What a form asks, read from its XForm: fields with their places, types and words, the lists it needs, its entities,
which fields are columns of a proposal (`jangkau:usulan` on a field), and which photographs prove work
(`jangkau:bukti`, naming the question that holds their day)."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from pydantic import BaseModel

from jangkau.core.field.xml import local, parse

XFORMS, JR = "{http://www.w3.org/2002/xforms}", "{http://openrosa.org/javarosa}"
ODK_ENTITIES = "{http://www.opendatakit.org/xforms/entities}"
JANGKAU = "https://jangkau.id/xforms"
_USULAN, _BUKTI = (f"{{{JANGKAU}}}{name}" for name in ("usulan", "bukti"))
_GROUPS = ("group", "repeat")


class Field(BaseModel, frozen=True):
    """One question or calculated value. `path` is `/form/group/name`; `repeat` the innermost repeat around it; `widget`
    the body's element (input, select1, ...), empty for what is not shown; `choices` value -> words."""

    path: str
    type: str = "string"
    label: str = ""
    hint: str = ""
    widget: str = ""
    appearance: str = ""
    repeat: str = ""
    page: str = ""
    relevant: str = ""
    required: bool = False
    usulan: str = ""
    bukti: str = ""
    save_to: str = ""
    file: str = ""
    choices: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


class EntityDeclaration(BaseModel, frozen=True):
    """That a submission creates or changes an entity of a list: where its `meta/entity` stands."""

    path: str
    dataset: str


class FormModel(BaseModel, frozen=True):
    """A form as its submissions are read: `root` is the name of the instance's element; `moments`: start and end -> the
    path of when filling in began and ended."""

    form_id: str
    version: str
    title: str
    root: str
    fields: tuple[Field, ...]
    repeats: tuple[str, ...] = ()
    entities: tuple[EntityDeclaration, ...] = ()
    files: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    moments: dict[str, str] = {}

    @property
    def usulan(self) -> dict[str, str]:
        """Column of a proposal -> path."""
        return {field.usulan: field.path for field in self.fields if field.usulan}

    @property
    def proofs(self) -> dict[str, str]:
        """Path of a photograph that proves work -> path of its day."""
        days = {field.name: field.path for field in self.fields}
        return {field.path: days.get(field.bukti, "") for field in self.fields if field.bukti}

    def typed(self) -> dict[str, Field]:
        """The fields by path."""
        return {field.path: field for field in self.fields}


class _Words(NamedTuple):
    texts: dict[str, str]
    languages: tuple[str, ...]


def read_model(xform: bytes) -> FormModel:
    """The model of a checked XForm. Raises Unsafe where it is none."""
    html = parse(xform)
    model = next(html.iter(f"{XFORMS}model"))
    instances = model.findall(f"{XFORMS}instance")
    root = instances[0][0]
    binds = {bind.get("nodeset", ""): bind for bind in model.findall(f"{XFORMS}bind")}
    words = _words(model)
    body = next(element for element in html if local(element.tag) == "body")
    shown = dict(_shown(body, words, _lists(instances, words), ""))
    repeats = tuple(element.get("nodeset", "") for element in body.iter(f"{XFORMS}repeat"))
    fields = tuple(_field(path, binds.get(path), shown.get(path, {}), repeats) for path in _leaves(root, ""))
    title = next((element.text or "" for element in html.iter() if local(element.tag) == "title"), "")
    files = {src for i in instances if (src := i.get("src", "")).startswith("jr://file")}
    return FormModel(
        form_id=root.get("id", ""), version=root.get("version", ""), title=title, root=local(root.tag),
        fields=fields, repeats=repeats, entities=tuple(_entities(root, "")), languages=words.languages,
        files=tuple(sorted(src.rpartition("/")[2] for src in files)),
        moments={bind.get(f"{JR}preloadParams", ""): path for path, bind in binds.items()
                 if bind.get(f"{JR}preload") == "timestamp"},
    )  # fmt: skip


def _leaves(element: Element, place: str) -> Iterator[str]:
    """Paths of everything that holds a value, in order, once each; `meta` is not asked."""
    path = f"{place}/{local(element.tag)}"
    children = [child for child in element if local(child.tag) != "meta"]
    if not children and place:
        yield path
    seen = dict[str, Element]()
    for child in children:
        seen.setdefault(local(child.tag), child)
    for child in seen.values():
        yield from _leaves(child, path)


def _entities(element: Element, place: str) -> Iterator[EntityDeclaration]:
    path = f"{place}/{local(element.tag)}"
    if path.endswith("/meta/entity"):
        yield EntityDeclaration(path=path, dataset=element.get("dataset", ""))
    seen = set[str]()
    for child in element:
        if local(child.tag) not in seen:
            seen.add(local(child.tag))
            yield from _entities(child, path)


def _field(path: str, bind: Element | None, shown: dict[str, Any], repeats: tuple[str, ...]) -> Field:
    told = bind if bind is not None else Element("bind")
    around = [repeat for repeat in repeats if path.startswith(f"{repeat}/")]
    return Field(
        path=path, type=told.get("type", "string").removeprefix("xsd:"), repeat=max(around, key=len, default=""),
        relevant=told.get("relevant", ""), required=told.get("required", "").startswith("true"),
        usulan=told.get(_USULAN, ""), bukti=told.get(_BUKTI, ""),
        save_to=told.get(f"{ODK_ENTITIES}saveto", ""), **shown,
    )  # fmt: skip


def _words(model: Element) -> _Words:
    """The texts of the default language, else of the first."""
    spoken = list(model.iter(f"{XFORMS}translation"))
    chosen = next((t for t in spoken if t.get("default")), spoken[0] if spoken else Element("none"))
    texts = {
        text.get("id", ""): _plain(value)
        for text in chosen.findall(f"{XFORMS}text")
        for value in text.findall(f"{XFORMS}value")
        if not value.get("form")
    }
    return _Words(texts, tuple(t.get("lang", "") for t in spoken))


def _plain(element: Element) -> str:
    """Words of an element, with an ellipsis where it shows a value."""
    text = element.text or ""
    for child in element:
        text += "…" + (child.tail or "")
    return text.strip()


def _said(element: Element | None, words: _Words) -> str:
    if element is None:
        return ""
    ref = element.get("ref", "")
    if ref.startswith("jr:itext("):
        return words.texts.get(ref[10:-2], "")
    return _plain(element)


def _lists(instances: list[Element], words: _Words) -> dict[str, dict[str, str]]:
    """The choices of each list that stands in the form."""
    found = {}
    for instance in instances[1:]:
        items = [{local(cell.tag): cell.text or "" for cell in item} for item in instance.iter(f"{XFORMS}item")]
        found[instance.get("id", "")] = {
            item.get("name", ""): item.get("label") or words.texts.get(item.get("itextId", ""), "") for item in items
        }
    return found


def _shown(
    element: Element, words: _Words, lists: dict[str, dict[str, str]], page: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the body shows: path -> the words and look of it."""
    for child in element:
        kind = local(child.tag)
        if kind in _GROUPS:
            title = _said(child.find(f"{XFORMS}label"), words) or page
            yield from _shown(child, words, lists, title)
        elif child.get("ref") and kind != "label":
            yield child.get("ref", ""), _look(child, words, lists) | {"page": page}


def _look(child: Element, words: _Words, lists: dict[str, dict[str, str]]) -> dict[str, Any]:
    itemset = child.find(f"{XFORMS}itemset")
    nodeset = itemset.get("nodeset", "") if itemset is not None else ""
    name = nodeset.partition("instance('")[2].partition("'")[0]
    choices = dict(lists.get(name, {})) or {
        (item.findtext(f"{XFORMS}value") or ""): _said(item.find(f"{XFORMS}label"), words)
        for item in child.findall(f"{XFORMS}item")
    }
    return {
        "label": _said(child.find(f"{XFORMS}label"), words), "hint": _said(child.find(f"{XFORMS}hint"), words),
        "widget": local(child.tag), "appearance": child.get("appearance", ""), "choices": choices,
        "file": f"{name}.csv" if name and not choices else "",
    }  # fmt: skip
