"""Tables that only lay out a page become plain blocks, before anything takes their rows for data."""

from __future__ import annotations

from lxml.html import HtmlElement

_LONG = 120  # Characters of a cell that holds prose; a table of figures has short cells.
_BLOCKS = ("p", "h1", "h2", "h3", "div", "ul", "ol", "table", "br", "blockquote", "article", "section")
_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"})


def without_layout_tables(tree: HtmlElement) -> None:
    """Turn each table with a cell that holds several blocks of prose into ``div`` elements, in place."""
    for table in list(tree.iter("table")):
        own = [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table"), None) is table]
        if any(map(_holds_prose, own)):
            _opened(table)


def _holds_prose(cell: HtmlElement) -> bool:
    blocks = sum(1 for _ in cell.iter(*_BLOCKS))
    return blocks >= 2 and len(" ".join(cell.text_content().split())) >= _LONG


def _opened(table: HtmlElement) -> None:
    """A ``div`` for the table and for each row and cell of its own."""
    parts = [table]
    while parts:
        part = parts.pop()
        parts.extend(child for child in part if child.tag in _PARTS and child.tag != "table")
        part.tag = "div"
