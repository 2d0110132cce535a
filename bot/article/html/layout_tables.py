"""Tables that only lay out a page become plain blocks, before anything takes their rows for data."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

_LONG = 120  # Characters of a cell that holds prose; a table of figures has short cells.
_BLOCKS = ("p", "h1", "h2", "h3", "div", "ul", "ol", "table", "br", "blockquote", "article", "section")
_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"})


def without_layout_tables(tree: HtmlElement) -> None:
    """Turn each table with a cell that holds several blocks of prose into ``div`` elements, in place."""
    # Each cell once: to look through every table anew takes 60 times as long where 60 lie in each other.
    tables = {
        next(cell.iterancestors("table"), None): None for cell in tree.iter("td", "th") if _holds_prose(cell)
    }
    for table in tables:
        if table is not None:
            _opened(table)


def _holds_prose(cell: HtmlElement) -> bool:
    if len(list(islice(cell.iter(*_BLOCKS), 2))) < 2:
        return False
    return len(" ".join(cell.text_content().split())) >= _LONG


def _opened(table: HtmlElement) -> None:
    """A ``div`` for the table and for each row and cell of its own."""
    parts = [table]
    while parts:
        part = parts.pop()
        parts.extend(child for child in part if child.tag in _PARTS and child.tag != "table")
        part.tag = "div"
