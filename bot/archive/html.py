"""Pages and feeds as trees: what is put in is text, whoever wrote it, and is escaped when the tree is written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from bot.chat.printable import safe

Node = Any
"""An element of lxml's."""

Child = Any
"""A text, an element, nothing (``None``), or an iterable of these."""

LONGEST_URL = 2_000
_LINK = re.compile(r"https?://[^\s/\\@:\[\]<>\"]+(:\d{1,5})?([/?#][!-~]*)?|/(?![/\\])[!-~]*|#[\w-]+")
"""An address of printable ASCII on the web, or a place on this server or page; no name before an @ can pose as the host.

Browsers read a backslash as a slash: ``/\\host`` leads to another server as ``//host`` does.
"""

_NO_XML = re.compile("[\ufffe\uffff]")


def element(tag: str, *children: Child, **attributes: str | None) -> Node:
    """An element; ``class_`` and ``aria_label`` are attributes as HTML writes them, ``None`` is left out.

    An ``href`` that leads nowhere that a reader may be led is left out, too.
    """
    made = etree.Element(tag)
    for name, value in attributes.items():
        if value is not None and (name != "href" or _leads(value)):
            made.set(name.rstrip("_").replace("_", "-"), text(value))
    _fill(made, children)
    return made


def text(value: str) -> str:
    """Any text as a tree can hold it."""
    return _NO_XML.sub("\ufffd", safe(value))


def link(url: str | None, *children: Child, **attributes: str | None) -> Node:
    """A link; where it leads nowhere, what it would hold."""
    leads = bool(url) and _leads(url or "")
    return element("a", *children, href=url, **attributes) if leads else element("span", *children)


def html(root: Node) -> str:
    """A whole page."""
    body: str = etree.tostring(root, encoding="unicode", method="html")
    return f"<!DOCTYPE html>\n{body}\n"


def fragment(parts: Iterable[Node]) -> str:
    """Elements as HTML that stands in something else, where it is a text."""
    return "".join(etree.tostring(part, encoding="unicode", method="html") for part in parts)


def xml(root: Node) -> str:
    """A whole document, such as a feed."""
    body: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _leads(url: str) -> bool:
    return len(url) <= LONGEST_URL and bool(_LINK.fullmatch(url))


def _fill(into: Node, children: Iterable[Child]) -> None:
    for child in children:
        if isinstance(child, str):
            _say(into, text(child))
        elif etree.iselement(child):
            into.append(child)
        elif child is not None:
            _fill(into, child)


def _say(into: Node, said: str) -> None:
    """Text behind what is there already."""
    if len(into):
        into[-1].tail = (into[-1].tail or "") + said
    else:
        into.text = (into.text or "") + said
