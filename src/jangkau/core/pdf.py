"""Typst documents: data in as JSON, never as markup; tagged PDF/UA out, the same bytes for the same data.

Fonts come from the npm package of package.json, found in a `node_modules` above this file or in the folder that
JANGKAU_FONTS names; without it Typst's own embedded fonts serve. System fonts are never used: they differ by machine.
"""

import json
import os
import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

FAMILY = "Public Sans"
_PACKAGE = Path("node_modules") / "@expo-google-fonts" / "public-sans"
# What the fonts surely have. PDF/UA refuses a document with a glyph missing, so anything else is printed as a box.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BREAKS = re.compile("[\t-\r\u0085\u2028\u2029]")
_PRINTABLE = " -~\u00a0-\u00ac\u00ae-\u017f\u1e80-\u1e85\u2013\u2014\u2018-\u201e\u2022\u2026\u2212\u00d7"
_UNPRINTABLE = re.compile(f"[^{_PRINTABLE}]")


def compile_pdf(template: str, data: dict[str, Any], on: date) -> bytes:
    """The PDF of a Typst template over `data`, dated `on`.

    The template reads `json(bytes(sys.inputs.data))`. Texts of `data` are made printable.
    """
    return typst.compile(
        template.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_clean(data), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
    )


def printable(text: str) -> str:
    """The text with what the fonts cannot show replaced by a box, and line breaks by blanks."""
    if text.isascii() and text.isprintable():
        return text
    plain = unicodedata.normalize("NFC", _BREAKS.sub(" ", _INVISIBLE.sub("", text)))
    return _UNPRINTABLE.sub(_nearest, plain)


def _nearest(found: re.Match[str]) -> str:
    """The same letter in another form (full width, ligature), or a box."""
    other = unicodedata.normalize("NFKC", found[0])
    return "□" if _UNPRINTABLE.search(other) else other


def font_folder() -> Path | None:
    """The folder of the house typeface, if it is installed."""
    roots = [Path(os.environ["JANGKAU_FONTS"])] if "JANGKAU_FONTS" in os.environ else []
    roots += [parent / _PACKAGE for parent in Path(__file__).resolve().parents]
    return next((root for root in roots if any(root.rglob("*.ttf"))), None)


@cache
def _fonts() -> typst.Fonts:
    folder = font_folder()
    return typst.Fonts(include_system_fonts=False, font_paths=[folder] if folder else [])


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value
