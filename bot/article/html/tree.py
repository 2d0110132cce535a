"""Markup becomes a tree: charset, depth and size are settled before anything walks it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from itertools import islice, pairwise

from lxml.etree import ParserError, XMLSyntaxError, XPath, strip_tags
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.article.encoding import decode, unmarked_wide
from bot.article.guard import Refusal
from bot.article.html.fragment import PLAIN_ELEMENTS, crowded, exponent, is_note
from bot.article.html.mhtml import without_embedded
from bot.domain.reasons import Reason

MOST_ELEMENTS = 200_000
"""Elements of a page that are walked at all; the largest of 1,700 news pages has 9,751."""

NEVER_TEXT = ("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas")
"""Elements whose content is nothing that a page says."""

_SWALLOWING = ("button", "canvas", "noscript", "object", "svg", "template")
_MOST_SWALLOWING = 20  # They may lie in each other, and each is looked through.
_SWALLOWED = 300  # Characters of long paragraphs: a notice that the page needs scripts has fewer.

_HEAD = 4_096  # Bytes in which a page names its charset; the HTML standard asks for 1,024.
_CHARSET = re.compile(
    rb"<meta\b[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{2,40})", re.IGNORECASE
)
_LABELS = re.compile(r"(?:windows|cp|iso|koi8|gb|hz|big5|shift|sjis|x-sjis|euc|mac|latin|l\d|ks|tis|utf-?8)")
# The standard reads these labels as their supersets: https://encoding.spec.whatwg.org/#names-and-labels
_SUPERSET = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_CONTROLS = bytes((*range(9), *range(14, 32), 127))  # Never a part of a longer UTF-8 sequence.
_FEEDS = bytes.maketrans(b"\x0b\x0c", b"  ")  # They divide lines, and so words.
# The same as references, and what is no character: libxml2 reads them, but no text with one can be set.
_CONTROL = re.compile(
    r"&#(?:(?P<feed>0{0,9}1[12](?!\d)|[xX]0{0,9}[bcBC](?![\da-fA-F]))"
    r"|0{0,9}(?:[0-8]|1[4-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0{0,9}(?:[0-8efEF]|1[\da-fA-F]|[fF]{3}[efEF])(?![\da-fA-F]));?"
)
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_TOO_DEEP = "Excessive depth"
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|visibility:collapse|font-size:0(?:px|pt|em|rem|%)?(?=;|!|$))"
)
_STREAMED = re.compile(
    r"S:[0-9a-f]{1,6}$"
)  # What React streams in `<div hidden id="S:0">` its script then shows.
_WHITE = r"(?:#fff(?:fff)?|white|rgb\(255,255,255\))"
_WHITE_INK = re.compile(rf"(?:^|;)color:{_WHITE}(?=;|!|$)")
_WHITE_PAPER = re.compile(rf"(?:^|;)background(?:-color)?:{_WHITE}(?=;|!|$)")
_PARAGRAPH_IN_HEADING = re.compile(r"<(h1)(?:\s[^<>]{0,500})?>\s{0,99}<p[\s>]", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"<(/?)p(?:\s[^<>]{0,500})?>", re.IGNORECASE)
_LONGEST_HEADING = 2_000  # Characters with its markup.
_SCRIPT_TAG = re.compile(r"<(/?)(script|style)(?:[\s/][^<>]{0,2000})?>", re.IGNORECASE)
_COUNT = XPath("count(//*)")
_SPOKEN_ONLY = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:s|-text|-only|-content)?|assistive-text|a11y-(?:hidden|only|text)|off-?screen|u-hidden-visually|show-for-sr)(?:\s|$)",
    re.IGNORECASE,
)
_LONGEST_SPOKEN = (
    120  # Characters of a label for screen readers; a longer text is a description, which may be read.
)
_TIP = re.compile(
    r"(?:^|[\s_-])(?:tool-?tip[\s_-]?(?:content|text|body|inner|box|bubble|panel|card)s?|popover(?:[\s_-]?(?:content|text|body|inner|box|card))?|hover-?card)(?:[\s_-]|$)",
    re.IGNORECASE,
)
_LONGEST_TIP = 500  # Characters of what is shown over a word when it is pointed at.
_SUSPECTS = XPath(
    "//*[@hidden or @aria-hidden or @style or contains(@class, 'hidden') or contains(@class, 'reader') or contains(@class, 'sr')"
    " or @role='tooltip' or contains(@class, 'tip') or contains(@class, 'Tip') or contains(@class, 'over')"
    f" or contains(@class, 'screen') or contains(@class, 'assistive') or contains(@class, 'a11y') or self::{' or self::'.join(NEVER_TEXT)}]"
)
_ANCHORS = frozenset({"¶", "#", "§", "🔗"})
_LEAVES = XPath(".//p|.//*[(self::div or self::section) and not(.//div or .//section or .//p)]")
_OWN_ELEMENTS = XPath(
    "//body//*[contains(name(), '-') and normalize-space()]"
)  # https://html.spec.whatwg.org/#custom-elements
_BACK = frozenset({"↩", "↑", "^", "⤴"})
_VARIANT = " \ufe0e\ufe0f"
_ELSEWHERE = frozenset({"amp-ad", "amp-embed", "amp-sidebar"})  # https://amp.dev/documentation/components
_OF_FACTS = re.compile(r"(?:^|\s)(?:infobox|navbox|ambox|metadata)")  # Classes of MediaWiki.
_CITED = re.compile("cite_note")  # The identifiers that MediaWiki gives its notes.
_BODY = re.compile(
    r"(?:article|story|entry|post)[-_]{0,2}(?:body|content|text)(?![a-z])|rich_media_content", re.IGNORECASE
)
_BOXES = frozenset({"div", "section", "article", "main"})
_VOID = frozenset({"meta", "link", "img", "input"})
_PROSE = 120  # Characters of a cell that holds prose; a table of figures has short cells.
_BLOCKS = ("p", "h1", "h2", "h3", "div", "ul", "ol", "table", "br", "blockquote", "article", "section")
_TABLE_PARTS = frozenset({"table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"})


class Unparsable(Refusal):
    """Markup that cannot become a tree."""


@lru_cache(maxsize=1)  # Asked once to see what the page is, and again to read it.
def page_text(data: bytes) -> str | None:
    """The characters of a page: by its byte order mark, as UTF-8, by the charset that it names, by guess.

    ``None`` when nothing fits. What no reader sees is still in it: passages and titles are tidied one by one,
    which is six times faster than to tidy the markup around them. Pictures written into it are left out.
    """
    data = without_embedded(data)
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or unmarked_wide(data):
        return decode(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (charset := _declared(data)) is not None:
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            pass
    return decode(data)


def _with_whole_headings(text: str) -> str:
    """``text`` in which the paragraphs within a heading of the first level are spans: libxml2 would end the heading before them."""
    pieces: list[str] = []
    at = 0
    for found in _PARAGRAPH_IN_HEADING.finditer(text):
        end = text.find(f"</{found[1]}", found.end(), found.end() + _LONGEST_HEADING)
        if found.start() >= at and end >= 0:
            pieces += (text[at : found.end(1)], _PARAGRAPH_TAG.sub(r" <\1span>", text[found.end(1) : end]))
            at = end
    return "".join((*pieces, text[at:])) if pieces else text


def _with_open_scripts(text: str) -> str:
    """``text`` in which a script that is closed in its own tag and once more behind its words is open between them.

    HTML knows no tag that closes itself (https://html.spec.whatwg.org/#start-tags); libxml2 takes the words for a reader's.
    """
    pieces: list[str] = []
    at = 0
    for tag, behind in pairwise(_SCRIPT_TAG.finditer(text)):
        closes = behind[1] and behind[2].lower() == tag[2].lower()
        if closes and not tag[1] and tag[0].endswith("/>"):
            pieces.append(text[at : tag.end() - 2])
            at = tag.end() - 1
    return "".join((*pieces, text[at:])) if pieces else text


def tree_of(text: str) -> HtmlElement:
    """The tree of ``text``. Raises Unparsable when it nests deeper than 255 or holds too many elements.

    Depth is refused by the parser itself, before anything that recurses sees the tree: libxml2 stops
    at 256, and the deepest of 1,700 news pages has under 100 levels.
    """
    if crowded(text):
        raise Unparsable(Reason("html.attributes"))
    text = _with_open_scripts(_with_whole_headings(text))
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(PLAIN_ELEMENTS)
    try:
        tree = document_fromstring(_fit(text), parser=parser)
    except (ParserError, XMLSyntaxError) as cause:
        raise Unparsable(Reason("html.no_markup")) from cause
    if any(_TOO_DEEP in entry.message for entry in parser.error_log):
        raise Unparsable(Reason("html.levels"))
    count = int(_COUNT(tree))
    if count > MOST_ELEMENTS:
        raise Unparsable(Reason("html.elements", count=count, most=MOST_ELEMENTS))
    _open(tree)
    return tree


def _open(tree: HtmlElement) -> None:
    """Make boxes of elements that browsers show otherwise than their name says, in place; take out how signs are read.

    A template with ``shadowrootmode`` is shown where it stands (https://html.spec.whatwg.org/#attr-template-shadowrootmode).
    What was not closed in its own box, and holds most of the page's prose for it, holds nothing in a browser.
    """
    for reading in list(tree.iter("rp", "rt")):
        reading.drop_tree()
    strip_tags(tree, "ruby", "rb")
    for own in reversed(_OWN_ELEMENTS(tree)):
        if own.tag in _ELSEWHERE:
            own.drop_tree()
        elif _stands_alone(own):
            own.tag = "p" if next(own.iterdescendants(*_BLOCKS), None) is None else "div"
    whole = cache(partial(_prose_in, tree))
    told = (element for element in list(tree.iter(*_SWALLOWING)) if element.find(".//p") is not None)
    for element in islice(told, _MOST_SWALLOWING):
        if (
            element.tag == "template"
            and ("shadowrootmode" in element.attrib or "shadowroot" in element.attrib)
        ) or ((held := _prose_in(element)) >= _SWALLOWED and held * 3 > whole() * 2):
            element.tag = "div"


def _stands_alone(element: HtmlElement) -> bool:
    """Whether no words stand right beside an element, or beside others in a row with it: it is no part of a sentence."""
    before, parent = element.getprevious(), element.getparent()
    above = before.tail if before is not None else parent.text if parent is not None else None
    return not (above or "").strip() and not (element.tail or "").strip()


def _fit(text: str) -> bytes:
    """``text`` as UTF-8 without controls and what is no character, written as such or as references."""
    if "&#" in text:
        text = _CONTROL.sub(lambda found: " " if found["feed"] else "", text)
    data = text.encode("utf-8", "replace").translate(_FEEDS, _CONTROLS)
    for code in _NO_CHARACTERS:
        data = data.replace(code, b"")
    return data


def without_references(tree: HtmlElement) -> None:
    """Take out notes that lead back to their place, and an encyclopedia's notes, boxes, marks and what only editors press: "[1]", "[edit]"; raise exponents."""
    for element in list(tree.iter("sup", "span", "li", "a", "table")):
        if element.getparent() is None:
            continue
        if element.tag == "a":
            if (element.text or "").strip(_VARIANT) in _BACK and (element.get("href") or "").startswith("#"):
                note = next(element.iterancestors("li"), element)
                if note.getparent() is not None:
                    note.drop_tree()
        elif _is_beside(element):
            element.drop_tree()
        elif raised := exponent(element):
            del element[:]
            element.text = raised


def _is_beside(element: HtmlElement) -> bool:
    """Whether an element is a note, its mark, a box of facts or a button of an encyclopedia."""
    if element.tag == "li":
        return _CITED.match(element.get("id") or "") is not None
    if element.tag == "table":
        return _OF_FACTS.search((element.get("class") or "")[:500]) is not None
    return is_note(element) or _edits(element)


def without_anchors(tree: HtmlElement) -> None:
    """Take out the signs behind headings that lead to the heading itself: "¶", "#"."""
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for link in heading.findall(".//a"):
            if link.text_content().strip() in _ANCHORS and (link.get("href") or "").startswith("#"):
                link.drop_tree()


def _edits(element: HtmlElement) -> bool:
    return element.tag == "span" and "mw-editsection" in (element.get("class") or "").split()


def without_hidden(tree: HtmlElement) -> None:
    """Take out what a reader never sees: scripts, and elements that are hidden by attribute or style.

    The page's own ``html`` and ``body`` stay: some pages hide them until a script has run.
    """
    whole = cache(partial(_told_in, tree))
    for element in _SUSPECTS(tree):
        if element.getparent() is None or not unseen(element):
            continue
        if _is_the_body(element, whole):
            element.attrib.pop("style")
        else:
            element.drop_tree()


def _is_the_body(element: HtmlElement, whole: Callable[[], int]) -> bool:
    """Whether a hidden ``element`` is called the article's body and holds most of the page's long paragraphs.

    So a page is saved that shows its article only once its script has asked about cookies or a subscription.
    """
    names = f"{element.get('itemprop') or ''} {element.get('id') or ''} {(element.get('class') or '')[:500]}"
    if element.tag not in _BOXES or not element.get("style") or not _BODY.search(names):
        return False
    held = _told_in(element)
    return held >= _SWALLOWED and held * 2 > whole()


def _prose_in(element: HtmlElement) -> int:
    """Bytes of the long paragraphs in ``element``; a sign of a script without spaces, which says more, has three."""
    return _long(element.iter("p"))


def _told_in(element: HtmlElement) -> int:
    """The same with boxes that hold no others, which some editors make of paragraphs."""
    return _long(_LEAVES(element))


def _long(paragraphs: Iterable[HtmlElement]) -> int:
    lengths = (len(paragraph.text_content().encode()) for paragraph in paragraphs)
    return sum(length for length in lengths if length >= _PROSE // 2)


def unseen(element: HtmlElement) -> bool:
    """Whether no reader sees the element, whatever is around it."""
    tag = element.tag
    if tag in NEVER_TEXT:
        return True
    if tag in {"html", "body"} or tag in _VOID:
        return False
    attributes = element.attrib
    if ("hidden" in attributes and not _STREAMED.match(attributes.get("id", ""))) or attributes.get(
        "aria-hidden", ""
    ).strip().lower() == "true":
        return True
    if _for_screen_readers(element) or _is_tip(element):
        return True
    style = attributes.get("style")
    if not style:
        return False
    bare = style.replace(" ", "").lower()
    return bool(_HIDDEN.search(bare)) or bool(_WHITE_INK.search(bare) and not _on_colour(element))


def _is_tip(element: HtmlElement) -> bool:
    """Whether it is what is shown over a word that somebody points at."""
    marked = element.get("role") == "tooltip" or _TIP.search((element.get("class") or "")[:500]) is not None
    return marked and len(element.text_content()) <= _LONGEST_TIP


def _for_screen_readers(element: HtmlElement) -> bool:
    """Whether it is a short label that its class keeps from the screen: "Article content", "Main content"."""
    name = element.get("class")
    return (
        name is not None
        and _SPOKEN_ONLY.search(name[:500]) is not None
        and len(element.text_content()) <= _LONGEST_SPOKEN
    )


def _on_colour(element: HtmlElement) -> bool:
    """Whether white words stand on a background of their own that is not white."""
    for at in (element, *element.iterancestors()):
        style = (at.get("style") or "").replace(" ", "").lower()
        if "background" in style:
            return not _WHITE_PAPER.search(style)
    return bool(element.get("class"))


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_HEAD])
    if found is None:
        return None
    label = found[1].decode("ascii", "replace").lower()
    try:
        name = codecs.lookup(label).name if _LABELS.match(label) else None
    except LookupError:
        return None
    return _SUPERSET.get(name, name) if name else None


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
    return len(" ".join(cell.text_content().split())) >= _PROSE


def _opened(table: HtmlElement) -> None:
    """A ``div`` for the table and for each row and cell of its own."""
    parts = [table]
    while parts:
        part = parts.pop()
        parts.extend(child for child in part if child.tag in _TABLE_PARTS and child.tag != "table")
        part.tag = "div"
