"""A text that Google Docs saved as a page: its paragraphs, without comments and footnotes."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from bot.article.formats.item import Item
from bot.article.html.fragment import plain
from bot.article.html.tree import tree_of

_BODY = re.compile(r"<body\b[^<>]{0,400}\bdoc-content\b", re.IGNORECASE)
_NOTES = ("cmnt", "ftnt")
"""What the ids of comments and footnotes begin with; those of their marks go on with ``_ref``."""


def is_google_doc(markup: str) -> bool:
    """Whether Google Docs wrote the page: it names its body's class so."""
    return _BODY.search(markup) is not None


def google_doc(markup: str) -> Item:
    """The text as an item. Raises TooDeep and Unparsable."""
    tree = tree_of(markup)
    under = ""
    for link in [link for link in tree.iter("a") if str(link.get("id") or "").startswith(_NOTES)]:
        if link.getparent() is not None:
            _dropped(link)
    for paragraph in tree.iter("p"):
        classes = str(paragraph.get("class") or "").split()
        if "title" in classes:
            paragraph.tag = "h1"
        elif "subtitle" in classes and not under:
            under = str(paragraph.text_content())
    return Item(text=plain(etree.tostring(tree, encoding="unicode")), standfirst=under)


def _dropped(link: HtmlElement) -> None:
    """Take out a note's mark, or the note itself, which is the block around the link that leads back."""
    if "_ref" in str(link.get("id")):
        around = link.getparent()
        (around if around.tag == "sup" else link).drop_tree()
        return
    note = next((each for each in link.iterancestors("div", "p") if each.tag == "div"), link.getparent())
    note.drop_tree()
