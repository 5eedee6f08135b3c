"""XML from outside, read safely: no DTD, no entities, no more depth, elements or bytes than a form can have."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MOST_BYTES, MOST_DEPTH, MOST_ELEMENTS = 5_000_000, 40, 100_000


class Unsafe(ValueError):
    """XML that is broken, or that no form gives; the words are for people."""


class _Bounded(TreeBuilder):
    """Builds the tree while it stays within bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        """An element begins. Raises Unsafe where there are too many, or too deep."""
        self._depth += 1
        self._count += 1
        if self._depth > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise Unsafe("terlalu dalam atau terlalu banyak bagiannya")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)


def parse(data: bytes) -> Element:
    """The root element. Raises Unsafe."""
    if len(data) > MOST_BYTES:
        raise Unsafe("terlalu besar")
    parser = DefusedXMLParser(target=_Bounded(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise Unsafe("memuat DTD atau entitas") from error
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, Unsafe):
            raise
        raise Unsafe("bukan XML yang utuh") from error
    return root


def local(tag: str) -> str:
    """A tag or attribute without its namespace."""
    return tag.rpartition("}")[2]
