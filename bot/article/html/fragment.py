"""The HTML inside other formats (a feed's entry, a mail's part) becomes plain text.

A fragment has no page around it, so nothing is guessed here: blocks become paragraphs, headings
keep their level, and what a reader would not see is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

from lxml import etree
from lxml import html as lxml_html

from bot.article.text.rows import as_line

_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "footer", "header", "hr",
    "html", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "th", "tr", "ul",
})  # fmt: skip
_HEADINGS = {f"h{level}": f"\n\n{'#' * level} " for level in range(1, 7)}
_UNSEEN = frozenset({
    "applet", "audio", "button", "canvas", "embed", "figcaption", "figure", "form", "frame", "head", "iframe", "img",
    "input", "map", "math", "nav", "noembed", "noframes", "noscript", "object", "option", "picture", "rp", "rt", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
_HIDING = re.compile(
    r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|mso-hide\s{0,5}:\s{0,5}all"
    r"|(?:font-size|max-height|opacity)\s{0,5}:\s{0,5}0(?:px|em|pt|%)?\s{0,5}(?:;|!|$)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s{0,5}(color|background(?:-color)?)\s{0,5}:\s{0,5}([^;]{1,40})", re.IGNORECASE)
_BREAK = re.compile(r"(?:^|[\s_-])(?:br|(?:line|paragraph)-?_?break|newline)(?:[\s_-]|$)", re.IGNORECASE)
_EMPTY = frozenset({"span", "i", "b", "em", "strong", "font", "small"})
_INLINE = _EMPTY | {"a", "abbr", "cite", "time"}
_GLUED = re.compile(r"(?<=[^\W\d_A-Z][^\W\d_A-Z][.!?])(?=[A-Z][a-z])")
_BOLD = frozenset({"b", "strong"})
_SPACE = re.compile(r"[\s\x00-\x1f]+")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|table|blockquote)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_SOUGHT = 20_000  # Characters in which a tag is looked for.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{8000,}")
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_PIECES = 2_000  # Texts of one line; headings may lie in each other.
_LABEL = 4  # Letters of a kicker; fewer may be the first half of a name.
_BESIDE = 200  # Characters of neighbours that are looked at.
_MARK = re.compile(r"\s{0,3}\[\s?(?:[a-z]{1,2}|(?:[a-z]{1,9}\.? )?\d{1,3})\s?\]\s{0,3}", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([+\-\N{MINUS SIGN}]?\d{1,3})\s*")
_RAISED = str.maketrans("0123456789+-\N{MINUS SIGN}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_BASE = re.compile(r"(?:^|[^\w])(?:\w{0,20}\d|[^\W\d_]{1,2})$")  # 10⁷, m², cm³, x²
_NOTED = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?…)\]\"'”’»])$")
_BEFORE = 24  # Characters before what is raised that are looked at.
_MOST_ATTRIBUTES = 2_000
_DEEP = "Excessive depth"


class TooDeep(Exception):
    """The markup is nested deeper, or an element has more attributes, than on any page."""


def looks_like_html(text: str) -> bool:
    """Whether a field that may hold either holds HTML."""
    return _TAG.search(text[:_SOUGHT]) is not None


def unescaped(text: str) -> str:
    """``text``, or the HTML that it is where whoever wrote it escaped that twice.

    The RSS specification lets a description hold escaped HTML; some feeds escape it once more than that. Text that
    begins with no tag speaks of tags, and keeps them.
    """
    if not text.lstrip().startswith("&lt;") or looks_like_html(text):
        return text
    markup = unescape(text)
    return markup if looks_like_html(markup) else text


def plain(markup: str) -> str:
    """The visible text of ``markup``: paragraphs apart, headings with their ``#`` marks, ``•`` for list items.

    Raises TooDeep where the parser gave up: what it left out must not pass for the whole.
    """
    root = _root(markup)
    return "" if root is None else "".join(_pieces(root))


PLAIN_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
"""Every element is an HtmlElement, forms and their fields, too, which nobody here fills in: lxml.html's own parser
calls a function of Python for each element that is looked at, a sixth of the time that a page takes."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a block or of a line of one, the ``level`` of a heading or 0, and its ``links`` in their order.

    ``whole`` says that all its words are one link, or bold: it is set as a title. Each link is its words and
    its address.
    """

    text: str
    level: int
    whole: bool
    links: tuple[tuple[str, str], ...]


def passages_with_links(markup: str) -> list[Passage]:
    """The visible passages of ``markup`` in their order. Raises TooDeep."""
    root = _root(markup)
    return [] if root is None else list(_passages(root))


def _root(markup: str) -> etree._Element | None:
    if not markup.strip():
        return None
    if crowded(markup):
        raise TooDeep
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(PLAIN_ELEMENTS)
    try:
        root = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any(_DEEP in entry.message for entry in parser.error_log):
        raise TooDeep
    return root


def is_note(element: etree._Element) -> bool:
    """Whether a raised mark leads to a note: "[1]", "[a]", or a number behind a word or a sentence."""
    if element.tag != "sup":
        return False
    text = "".join(element.itertext())[:40]
    return _MARK.fullmatch(text) is not None or (
        _NUMBER.fullmatch(text) is not None
        and (_NOTED.search(_before(element)) is not None or _leads_below(element))
    )


def _leads_below(element: etree._Element) -> bool:
    """Whether the mark is a link to another place of the page."""
    return any((link.get("href") or "").startswith("#") for link in element.iter("a"))


def exponent(element: etree._Element) -> str | None:
    """The raised digits of a number that is set above a figure or a unit; ``None`` for anything else."""
    if element.tag != "sup":
        return None
    number = _NUMBER.fullmatch("".join(element.itertext())[:40])
    return number[1].translate(_RAISED) if number and _BASE.search(_before(element)) else None


def _before(element: etree._Element) -> str:
    """The words right before the element, in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return ("" if parent is None else parent.text or "")[-_BEFORE:]
    return (previous.tail or "".join(previous.itertext()))[-_BEFORE:]


def breaks_line(element: etree._Element) -> bool:
    """Whether an empty inline element stands for a line break, as its class says."""
    return (
        element.tag in _EMPTY
        and not len(element)
        and not (element.text or "").strip()
        and _BREAK.search((element.get("class") or "")[:200]) is not None
    )


def stands_apart(element: etree._Element) -> bool:
    """Whether an inline element is a box of its own beside the one before it, though no space is between them.

    So a byline's name, job and day are set apart by style alone. One of the two has several words, the first ends
    a word or a sentence, and the second begins with a capital: a name whose parts are coloured is none ("You" "Tube").
    """
    if element.tag not in _INLINE:
        return False
    before = element.getprevious()
    if before is None or before.tag not in _INLINE or before.tail:
        return False
    left, right = _last_words(before), _first_words(element)
    if not left or not right or left[-1].isspace() or not right[0].isupper():
        return False
    return (left[-1].islower() or left[-1] in ".!?") and (" " in left.strip() or " " in right.strip())


def one_line(element: etree._Element) -> str:
    """The words of an element as one line: where a browser breaks it, or sets one box beside another, is a space.

    So a headline's two lines, or its kicker and what follows, stay apart. A drawing's title is shown by no browser.
    Of an element with thousands of texts it is the first of them.
    """
    if not len(element):
        return element.text or ""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        if len(pieces) > _MOST_PIECES:
            break
        if event == "start" and one.tag == "svg":
            walk.skip_subtree()
            continue
        apart = one.tag == "br" or one.tag in _BLOCKS or breaks_line(one)
        if event == "start":
            pieces += (" " if apart or stands_apart(one) or _begins_a_line(one) else "", one.text or "")
        elif one is not element:
            pieces += (" " if apart or _is_label(one) else "", one.tail or "")
    return "".join(pieces)


def _begins_a_line(element: etree._Element) -> bool:
    """Whether it and the one before are lines of a heading: boxes of several words each, between which nothing stands."""
    before = element.getprevious()
    if before is None or before.tail or before.tag not in _INLINE or element.tag not in _INLINE:
        return False
    left, right = _last_words(before), _first_words(element)
    return " " in left.strip() and " " in right.strip() and left[-1].isalnum() and right[0].isalnum()


def _is_label(element: etree._Element) -> bool:
    """Whether a box with a name of its own ends a word where the heading's first begins: a kicker, and no drop capital."""
    left, right = _last_words(element), element.tail or ""
    return bool(
        element.tag in _EMPTY
        and (element.get("class") or element.tag == "small")
        and len(left) >= _LABEL
        and left[-1].islower()
        and right[:1].isupper()
        and " " in right.strip()
    )


def _last_words(element: etree._Element) -> str:
    while len(element) and not element[-1].tail:
        element = element[-1]
    return ((element[-1].tail if len(element) else element.text) or "")[-_BESIDE:]


def _first_words(element: etree._Element) -> str:
    while not element.text and len(element):
        element = element[0]
    return (element.text or "")[:_BESIDE]


def apart(text: str) -> str:
    """``text`` with a line for each of its sentences that are glued, if several are: breaks were lost there."""
    return _GLUED.sub("\n\n", text) if len(_GLUED.findall(text)) > 1 else text


def crowded(markup: str) -> bool:
    """Whether a tag has so many attributes that libxml2 would take minutes to look for doubles.

    Its time is quadratic: 8 s for the 60,000 attributes of one 500 kB tag. Values do not count, so that a picture written into an address is no hindrance.
    """
    return any(len(_VALUE.sub("", tag[0]).split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(markup))


def _pieces(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and (tag in _UNSEEN or _hidden(element) or is_note(element)):
            walk.skip_subtree()
            continue
        if event == "start" and (raised := exponent(element)):
            walk.skip_subtree()
            yield raised
            continue
        if event == "start" and tag == "tr" and (row := _row(element)):
            walk.skip_subtree()
            yield f"\n\n{row}\n\n"
            continue
        if event == "start":
            yield "\n" if breaks_line(element) else " " if stands_apart(element) else _opening(tag)
            yield _SPACE.sub(" ", element.text or "")
            continue
        yield "\n\n" if tag in _BLOCKS or tag in _HEADINGS else ""
        yield _SPACE.sub(" ", element.tail or "")


def _row(row: etree._Element) -> str | None:
    """The cells of a row of data as one line; ``None`` in a table of one row, which lays a mail out, and around another."""
    table = next(row.iterancestors("table"), None)
    if table is None or len(list(islice(table.iter("tr"), 2))) < 2 or row.find(".//table") is not None:
        return None
    cells = [
        [line for line in "".join(_pieces(cell)).split("\n") if line.strip()]
        for cell in row.iterchildren("td", "th")
    ]
    return as_line([list(map(str.strip, cell)) for cell in cells], sum(map(len, cells)))


def _opening(tag: str) -> str:
    if tag in _HEADINGS:
        return _HEADINGS[tag]
    if tag == "li":
        return "\n\n• "
    return "\n" if tag == "br" else "\n\n" if tag in _BLOCKS else ""


def _hidden(element: etree._Element) -> bool:
    """Whether a reader would not see the element: not shown, of no size, or in the colour of its ground."""
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    style = (element.get("style") or "")[:2_000]
    if not style:
        return False
    colours = {name.lower()[:10]: value.strip().lower() for name, value in _COLOUR.findall(style)}
    return _HIDING.search(style) is not None or (
        "color" in colours and colours["color"] == colours.get("background")
    )


class _Gathered:
    """The words of the passage that is being read, each piece with its link and whether it is bold."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, str, bool]] = []
        self.level = 0
        self.link = ""
        self.bold = 0

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append((_SPACE.sub(" ", text), self.link, self.bold > 0))

    def taken(self) -> Passage | None:
        pieces, self._pieces = self._pieces, []
        text = " ".join("".join(piece for piece, _, _ in pieces).split())
        if not text:
            return None
        shown = [(piece, link, bold) for piece, link, bold in pieces if piece.strip()]
        links: dict[str, str] = {}
        for piece, link, _ in shown:
            if link:
                links[link] = f"{links.get(link, '')} {piece.strip()}".strip()
        whole = all(bold for _, _, bold in shown) or (len(links) == 1 and all(link for _, link, _ in shown))
        return Passage(text, self.level, whole, tuple((words, link) for link, words in links.items()))


def _passages(root: etree._Element) -> Iterator[Passage]:
    gathered = _Gathered()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag in _BLOCKS or tag in _HEADINGS or tag in {"br", "li"} or breaks_line(element)
        if event == "start" and (tag in _UNSEEN or _hidden(element) or is_note(element)):
            walk.skip_subtree()
            continue
        if breaks and (passage := gathered.taken()):
            yield passage
        if event == "start":
            _enter(gathered, element, tag)
            gathered.add(" " if stands_apart(element) else None)
            gathered.add(element.text)
        else:
            _leave(gathered, tag)
            gathered.add(element.tail)
    if passage := gathered.taken():
        yield passage


def _enter(gathered: _Gathered, element: etree._Element, tag: str) -> None:
    if tag in _HEADINGS:
        gathered.level = int(tag[1])
    elif tag == "a":
        address = str(element.get("href") or "").strip()
        gathered.link = address if address.startswith(("http://", "https://")) else ""
    gathered.bold += tag in _BOLD


def _leave(gathered: _Gathered, tag: str) -> None:
    if tag in _HEADINGS:
        gathered.level = 0
    elif tag == "a":
        gathered.link = ""
    gathered.bold -= tag in _BOLD
