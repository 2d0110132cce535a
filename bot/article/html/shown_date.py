"""The date that a reader sees beside the heading of a web page."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from itertools import chain

from lxml.etree import XPath, iterwalk
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields.credits import letters
from bot.article.fields.dates import day_first, moments
from bot.article.fields.publication import Page, Published, called, day_of, labelled, published, stamped
from bot.article.text.asides import corrects

# Swept on two halves of the outlets whose markup states no date; both halves agree on a wide plateau.
_BEFORE, _AFTER = 3, 8  # Lines above and below the heading that are looked at.
_SHORT = 80  # Characters of a line that can be about nothing but when and by whom.
_OPENING = 60  # Characters in which a longer line can open with its date.
_LONGEST_CALLED = 160  # Characters of a line of dates that are called what they are, with more behind.
_LONGEST_TOLD = 500  # Characters of a line that tells when its page was published.
_LONGEST_FOOT = 1_000  # Characters of an element about the page; a longer one has the article within.
_LONGEST = 2_000  # Characters of a line that are gathered.
_STOPS = (".", "!", "?", "”", '"', "»")
_OWN_STOP = re.compile(  # Of an hour and of a Hungarian day.
    r"(?:\d ?(?:[ap]\.m|น)|\b(?:19|20)\d\d\. ?[^\W_]{1,12}\.? ?\d{1,2})\.$", re.IGNORECASE
)
_BARS = re.compile(r" [|•·●] ")
_HEADINGS = ("h1", "h2", "h3")
_INLINE = frozenset({
    "a", "abbr", "b", "cite", "em", "font", "i", "label", "mark", "nobr", "small", "span", "strong", "sub", "sup", "time", "u",
})  # fmt: skip
_MUTE = frozenset({
    "button", "head", "iframe", "noscript", "option", "script", "select", "style", "svg", "template", "textarea",
})  # fmt: skip

_ABOUT = XPath(  # Descriptions and captions: prose, though short.
    "//meta[contains(@name, 'desc') or contains(@property, 'desc') or contains(@itemprop, 'desc')]|//figcaption"
)
_OF_THE_PAGE = re.compile(  # What such an element says is about the page, in whole sentences too.
    r"(?:^|[\s_-])(?:post|entry|article|page|site)?-?(?:footer|meta|byline|date|dateline|pubdate|published|lastmod|timestamp)(?:[\s_-]|$)",
    re.IGNORECASE,
)

_OF_THE_POST = re.compile(  # "This entry was posted on Tuesday, March 4th, 2031 at 9:12 am and is filed under Grid."
    r"this (?:entry|post|article|page) (?:was|has been) (?:posted|published|written|filed)\b"
    r"|dieser (?:beitrag|artikel|eintrag|text)\b.{0,150}? wurde\b.{0,150}? (?:veröffentlicht|gepostet|geschrieben|publiziert)\b"
    r"|cet(?:te)? (?:article|entrée|billet|note) a été (?:publiée?|postée?|écrite?)\b"
    r"|est[ea] (?:entrada|artículo|artigo|post) (?:fue|foi) (?:publicad|escrit|postad)[ao]\b"
    r"|quest[oa] (?:articolo|post|voce) è stat[oa] (?:pubblicat|scritt|postat)[ao]\b"
    r"|dit (?:bericht|artikel) (?:werd|is|was) (?:geplaatst|gepubliceerd|geschreven)\b",
    re.IGNORECASE,
)


def shown_date(
    tree: HtmlElement, title: str | None, received: datetime, language: str | None = None
) -> Published | None:
    """The date in the few lines around the heading that carries ``title``, else the first of level one.

    Of several, one that is called the first wins, then the one nearest below, then one that the page tells of itself. ``None`` without a heading or date.
    ``language`` is the page's, and says which of two numbers is the month.
    """
    heading = heading_of(tree, letters(title or ""))
    if heading is None:
        return None
    above: deque[str] = deque(maxlen=_BEFORE)
    under: list[str] = []
    for line, below in _lines(tree, heading, language):
        (under if below else above).append(line)
        if len(under) == _AFTER:
            break
    before, body = _telling(above, received), _body(under)
    if any(moments(line, context="", received=received) for line in before):
        under = under[:body]  # What stands below a whole body is another article's.
    page = Page(before=before, opening=_telling(under, received), after=(), body="", whole="")
    found = published(page, received)
    if found is None or not before or published(replace(page, before=()), received):
        return found
    # What stands above is as often another article's, with its headline beside it.
    return told_date(tree, received, language) or found


def _body(lines: Sequence[str]) -> int:
    """The place of the third line that is a sentence: below a standfirst or two the body is under way."""
    prose = [at for at, line in enumerate(lines) if len(line) > _SHORT and line.endswith(_STOPS)]
    return prose[2] if len(prose) > 2 else len(lines)


def heading_of(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The heading that has the letters of ``title``, else the first of level one."""
    first: HtmlElement | None = None
    begun: HtmlElement | None = None
    for element in tree.iter(*_HEADINGS):
        words = letters(element.text_content()[:_LONGEST])
        if title and (words == title or (element.tag == "h1" and words.endswith(title))):
            return element
        if element.tag == "h1":
            first = element if first is None else first
            begun = element if begun is None and title and words.startswith(title) else begun
    return first if begun is None else begun


def _telling(lines: Iterable[str], received: datetime) -> list[str]:
    """What of lines can tell the page's own date: a line that is no sentence, or the date that opens one."""
    found: list[str] = []
    for line in chain.from_iterable(map(_pieces, lines)):
        if corrects(line):
            continue
        if len(line) <= _SHORT and (not line.endswith((".", "!", "?")) or _OWN_STOP.search(line)):
            found.append(line)
            continue
        dates = moments(line[:_OPENING], context="", received=received)
        if dates and dates[0].start == 0:
            found.append(line[: dates[0].end])
        elif dates and called(line[: dates[0].start]):
            found.append(line[: moments(line[:_LONGEST_CALLED], context="", received=received)[-1].end])
    return found


def _pieces(line: str) -> list[str]:
    """A line whole, or the parts of a long one between bars or dots: "Updated: … | Published: …"."""
    return _BARS.split(line) if len(line) > _SHORT else [line]


def told_date(tree: HtmlElement, received: datetime, language: str | None) -> Published | None:
    """The date that a line anywhere calls the page's own; ``None`` where two such lines tell two days.

    It is nothing but a label and a date ("Published: 4 March 2031"), or the sentence about itself that ends a post.
    """
    days: dict[str, Published] = {}
    for line, _ in _lines(tree, None, language):
        if len(line) > _LONGEST_TOLD or not any(map(str.isdigit, line)):
            continue
        own = _OF_THE_POST.match(line) or stamped(line)
        if (own or labelled(line, received, first=True)) and (found := day_of(line, received)):
            days.setdefault(found.at.date().isoformat(), found)
    return next(iter(days.values())) if len(days) == 1 else None


def without_prose(tree: HtmlElement, received: datetime, language: str | None) -> HtmlElement:
    """A copy of ``tree`` in which each line that cannot tell the page's own date is empty.

    Of days that are written in numbers alone the month is the second where the ``language`` settles it.

    What sentences, descriptions and captions speak of happened on some other day as often as not.
    """
    bare = deepcopy(tree)
    for element in _ABOUT(bare):
        element.drop_tree()
    for element in bare.iter("img", "a", "source"):
        for words in ("alt", "title", "href"):  # A link leads to another article, with its day.
            element.attrib.pop(words, None)
    line: list[tuple[HtmlElement, str]] = []
    walk = iterwalk(bare, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag not in _INLINE:
            _emptied(line, received, language)
            line = []
        if event == "end":
            line.append((element, "tail"))
        elif tag in _MUTE or tag == "footer" or _is_of_the_page(element):
            walk.skip_subtree()
        else:
            line.append((element, "text"))
    _emptied(line, received, language)
    return bare


def _is_of_the_page(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _OF_THE_PAGE.search(names[:300]) is not None and len(element.text_content()) <= _LONGEST_FOOT


def _emptied(line: Sequence[tuple[HtmlElement, str]], received: datetime, language: str | None) -> None:
    """Leave of a line, of which each piece is an element's text or tail, only what can tell a date."""
    said = _line([f"{getattr(element, place) or ''} " for element, place in line])
    if not said:
        return
    whole = day_first(said, language)
    telling = _telling(whole.split("|"), received)
    if whole == said and (telling == [whole] or labelled(whole, received)):
        return
    for element, place in line:
        setattr(element, place, None)
    setattr(line[0][0], line[0][1], " | ".join(telling))


def _lines(
    tree: HtmlElement, heading: HtmlElement | None, language: str | None
) -> Iterator[tuple[str, bool]]:
    """The lines that a reader sees, in order, without the heading's own, and whether each is below it."""
    pieces: list[str] = []
    below = False
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag not in _INLINE and pieces:
            if line := _line(pieces):
                yield day_first(line, language), below
            pieces = []
        if event == "end":
            pieces.append(f" {element.tail or ''}" if tag in _INLINE else element.tail or "")
        elif element is heading or tag in _MUTE:
            below = below or element is heading
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")


def _line(pieces: list[str]) -> str:
    return " ".join(tidy("".join(pieces)[:_LONGEST]).split())
