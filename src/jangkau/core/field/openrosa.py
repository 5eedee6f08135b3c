"""The documents of OpenRosa, exactly as ODK Collect's own parsers want them (docs.getodk.org/openrosa)."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

FORM_LIST = "http://openrosa.org/xforms/xformsList"
MANIFEST = "http://openrosa.org/xforms/xformsManifest"
RESPONSE = "http://openrosa.org/http/response"


class ListedForm(NamedTuple):
    """A form in the list; absolute addresses, `manifest` empty where it needs no files."""

    form_id: str
    name: str
    version: str
    md5: str
    download: str
    manifest: str = ""


class MediaFile(NamedTuple):
    """A file that a form needs; `integrity` is filled for a list of entities."""

    filename: str
    md5: str
    download: str
    integrity: str = ""


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """The list of forms."""
    root = Element("xforms", xmlns=FORM_LIST)
    for form in forms:
        told = {"formID": form.form_id, "name": form.name, "version": form.version, "hash": f"md5:{form.md5}",
                "downloadUrl": form.download, "manifestUrl": form.manifest}  # fmt: skip
        _children(SubElement(root, "xform"), {name: text for name, text in told.items() if text})
    return _document(root)


def manifest(files: Iterable[MediaFile]) -> bytes:
    """The files of a form."""
    root = Element("manifest", xmlns=MANIFEST)
    for file in files:
        entry = SubElement(root, "mediaFile", {"type": "entityList"} if file.integrity else {})
        told = {"filename": file.filename, "hash": f"md5:{file.md5}", "downloadUrl": file.download,
                "integrityUrl": file.integrity}  # fmt: skip
        _children(entry, {name: text for name, text in told.items() if text})
    return _document(root)


def integrity(deleted: Mapping[str, bool]) -> bytes:
    """Which of the entities that a telephone has are gone."""
    root = Element("data")
    entities = SubElement(root, "entities")
    for key, gone in deleted.items():
        SubElement(SubElement(entities, "entity", id=key), "deleted").text = str(gone).lower()
    return _document(root)


def response(message: str, **receipt: str) -> bytes:
    """The answer to a submission; `receipt` stands beside the message, for clients of ours."""
    root = Element("OpenRosaResponse", xmlns=RESPONSE)
    SubElement(root, "message").text = message
    if receipt:
        SubElement(root, "submissionMetadata", {"xmlns": "https://jangkau.id/xforms", **receipt})
    return _document(root)


def csv_list(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A list of choices or entities."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _children(parent: Element, told: Mapping[str, str]) -> None:
    for name, text in told.items():
        SubElement(parent, name).text = text


def _document(root: Element) -> bytes:
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text
