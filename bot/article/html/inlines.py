"""Paragraphs and rows of very many parts are simplified: extraction takes time quadratic in their number."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree
from lxml.html import HtmlElement

MOST_INLINE = 400
"""Inline elements of one block that are left as they are."""

MOST_CELLS = 400
"""Cells of one row of a table."""

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
})  # fmt: skip
_MERGED = "merged"


def merge_inline(tree: HtmlElement) -> int:
    """Take the tags off the inline elements of each block that has more than MOST_INLINE; how many.

    What a reader sees stays. Links and marks of those blocks are lost, so what the page says about
    itself must have been read before.
    """
    crowds = _crowds(tree)
    for inlines in crowds.values():
        for element in inlines:
            element.tag = _MERGED
    if crowds:
        etree.strip_tags(tree, _MERGED)
    for block in crowds:
        # The parser's library keeps a piece of text for each tag; whoever sorts them takes long.
        block.text = block.text
        for child in block:
            child.tail = child.tail
    return sum(map(len, crowds.values()))


def _crowds(tree: HtmlElement) -> dict[HtmlElement, list[HtmlElement]]:
    """Each block that has too many inline elements, with them; those inside others count."""
    own: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    around: list[HtmlElement] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _INLINE and around:
            if event == "start":
                own[around[-1]].append(element)
        elif event == "start":
            around.append(element)
        else:
            around.pop()
    return {block: inlines for block, inlines in own.items() if len(inlines) > MOST_INLINE}


def split_rows(tree: HtmlElement) -> None:
    """Make rows of at most MOST_CELLS cells of a longer one: extraction counts a row's cells at each of them."""
    for row in list(tree.iter("tr")):
        cells = list(row)
        at = row
        for number, cell in enumerate(cells):
            if number and number % MOST_CELLS == 0:
                following = row.makeelement("tr")
                at.addnext(following)
                at = following
            if at is not row:
                at.append(cell)
