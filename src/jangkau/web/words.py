"""The words on the pages: collected from templates and code, and their English, kept in one catalogue.

Indonesian is written in the templates and is the key; `locale/en/LC_MESSAGES/django.po` holds the English.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from jangkau import __version__
from jangkau.core.linkage.explain import vocabulary

PACKAGE = Path(__file__).resolve().parents[1]
CATALOGUE = PACKAGE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
_CALL = re.compile(r"""\b(?:n?gettext|_)\((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"|[^()'"])*\)""")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


def collected() -> Catalog:
    """Every string that a page may show, with where it stands."""
    found = _empty()
    for path in _sources():
        name = path.relative_to(PACKAGE.parent).as_posix()
        for line, message, _comments, context in extract("python", BytesIO(_python(path)), keywords=KEYWORDS):
            found.add(message, locations=[(name, line)], context=context)
    for text in vocabulary():
        found.add(text)
    return found


def _empty() -> Catalog:
    about = {"project": "Jangkau", "version": __version__, "header_comment": "# The English of Jangkau's pages."}
    born = datetime(2026, 11, 26, tzinfo=UTC)
    return Catalog(locale="en", fuzzy=False, creation_date=born, revision_date=born, **about)


def _sources() -> Iterator[Path]:
    for room in ("apps", "web", "api"):
        for ending in ("*.html", "*.py"):
            yield from sorted((PACKAGE / room).rglob(ending))


def _python(path: Path) -> bytes:
    """Python whose calls of gettext are those of the file; a template is turned into such."""
    text = path.read_text("utf-8")
    calls = _CALL.findall(templatize(text, origin=path.name)) if path.suffix == ".html" else [text]
    return "\n".join(calls).encode()


def english() -> Catalog:
    """The catalogue as it is kept; empty before the first string."""
    if not CATALOGUE.is_file():
        return _empty()
    with CATALOGUE.open("rb") as handle:
        return read_po(handle, locale="en")


def renewed() -> Catalog:
    """The catalogue as the pages need it: new strings empty, lost strings gone."""
    kept = english()
    kept.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    return kept


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue: the same strings, the same bytes."""
    file = BytesIO()
    write_po(file, catalogue, width=120, sort_output=True, no_location=True, omit_header=False)
    return file.getvalue()


def renew() -> list[str]:
    """Bring the catalogue up to what the pages say. Returns the strings without English."""
    new = renewed()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(new))
    return missing(new)


def missing(catalogue: Catalog) -> list[str]:
    """Strings without English."""
    return [str(message.id) for message in catalogue if message.id and not _whole(message.string)]


def _whole(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(text) if isinstance(text, tuple | list) else bool(text)


def compile_words() -> None:
    """Write what Django reads, beside the catalogue."""
    with CATALOGUE.with_suffix(".mo").open("wb") as handle:
        write_mo(handle, english())


if __name__ == "__main__":
    settings.configure()
    compile_words()
