"""Notes that Evernote or Notion exported: each is an item, with the page that it was clipped from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import XPath, _Element

from bot.article.encoding import tidy
from bot.article.formats.front_matter import NAMES, placed
from bot.article.formats.item import Item
from bot.article.formats.safe_xml import parsed
from bot.article.html.tree import tree_of
from bot.domain.reasons import Reason

_NOTION = re.compile(r"<div class=\"page-body\">|<table class=\"properties\">")
_PAGE = XPath("//*[contains(concat(' ', @class, ' '), ' page-body ')]")
_TITLE = XPath("string(//h1[contains(concat(' ', @class, ' '), ' page-title ')])")
_ROWS = XPath("//table[@class='properties']//tr[th and td]")
_MOST_ROWS = 50
_LONGEST = 2_000  # Characters of a cell that are read.
_HEAD = re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!DOCTYPE[^>]{0,300}>\s{0,99})?")


def note_items(data: bytes) -> Iterator[Item | Reason]:
    """The notes in their order, or why one of them is no article. Raises NoXml.

    When a note was made is when somebody clipped it, and its author is who clipped it: neither is the article's.
    """
    for note in parsed(data).iterfind(".//note"):
        markup = _HEAD.sub("", note.findtext("content") or "", count=1).strip()
        if not markup:
            yield Reason("text.blank")
            continue
        yield Item(title=_said(note, "title"), html=markup, url=_said(note, "note-attributes/source-url"))


def is_notion_page(markup: str) -> bool:
    """Whether Notion exported the page: it names the box of the text and the table of properties so."""
    return len(set(_NOTION.findall(markup))) == 2


def notion_item(markup: str) -> Item | None:
    """The page as an item, with those of its properties that the head of a text may have; ``None`` without a text.

    Raises Unparsable.
    """
    tree = tree_of(markup)
    body = next(iter(_PAGE(tree)), None)
    if body is None:
        return None
    fields: dict[str, str] = {}
    for row in _ROWS(tree)[:_MOST_ROWS]:
        if known := NAMES.get(_line(row.find("th")).casefold()):
            fields.setdefault(known, _line(row.find("td")).lstrip("@"))
    named = placed(fields)
    return Item(
        title=named.get("title") or " ".join(tidy(_TITLE(tree)).split()),
        html=etree.tostring(body, encoding="unicode", with_tail=False),
        published=named.get("date", ""),
        byline=named.get("byline", ""),
        source=named.get("source", ""),
        section=named.get("section", ""),
        standfirst=named.get("standfirst", ""),
        url=named.get("url", ""),
    )


def _line(cell: _Element) -> str:
    return " ".join(tidy("".join(cell.itertext())[:_LONGEST]).split())


def _said(note: _Element, path: str) -> str:
    return " ".join((note.findtext(path) or "").split())
