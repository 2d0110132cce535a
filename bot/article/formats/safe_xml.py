"""XML from strangers becomes a tree: nothing is fetched, expanded or nested beyond libxml2's own limits."""

from __future__ import annotations

from lxml import etree

from bot.article.guard import Refusal
from bot.domain.reasons import Reason


class NoXml(Refusal):
    """The XML cannot be read."""


def parser() -> etree.XMLParser:
    """A parser that leaves entities unresolved, DTDs and networks untouched; depth and sizes keep their limits."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parsed(data: bytes) -> etree._Element:
    """The root of ``data``. Raises NoXml."""
    try:
        return etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise NoXml(unsound(error)) from error


def unsound(error: etree.XMLSyntaxError) -> Reason:
    """What the parser says on its first line: on a second one it shows the text that it stopped at."""
    said = "".join(str(error).splitlines()[:1])
    return Reason("xml.unsound", said=said[:100])
