"""The authors whom a reader sees on a web page: by markup that says so, on a credit line, behind a link or in a box of that name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, islice

from lxml.etree import XPath, iterwalk
from lxml.html import HtmlElement

from bot.article.encoding import tidy
from bot.article.fields import agencies
from bot.article.fields.credits import (
    A_NAME,
    byline,
    credited,
    is_job,
    letters,
    masthead,
    only_by,
    people,
    unglued,
    without_agency,
)
from bot.article.fields.dates import only_a_date
from bot.article.fields.signatures import by_romanian, eastern, for_agency, reporting

_LONGEST = 100  # Characters of an element that can be a credit line.
_LONGEST_BOX = 200  # Characters of one that is called after authors, with where to write to them.
_MOST_CHILDREN = 6  # Elements straight below a credit line.
_MOST_TEXTS = 50  # Texts of an element in which the names of a credit line are looked for.
_MOST_LINES = 3_000  # Elements among which a credit line is looked for.
_MOST_MARKED = 20
_MOST_AUTHORS = 5
_LOWER = ("h2", "h3")
_LONG = 120  # Characters of a paragraph of the body.
_CREDITS = ("p", "span", "div", "address", "center", "font")
_NAMED = ("class", "id", "data-testid", "data-qa", "data-component")  # Where a page says what a box is.
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "em", "font", "i", "mark", "small", "span", "strong", "u"}
)
_MUTE = frozenset({"button", "noscript", "script", "style", "svg", "template"})
_MARKED = XPath(
    "//body//*[@rel='author' or @itemprop='author' and not(descendant::*[@itemprop='name'])]"
    "|//body//*[@itemprop='author']//*[@itemprop='name']"
)
_BOX = re.compile(  # "byline", "article__author", "author-name", "authorText", "css-1a2b-Byline"
    r"(?:^|[\s_-]|(?<=[a-z0-9]))(?:[Aa]uthors?(?:-?[Bb]ox)?|[Bb]ylines?|[Aa]utor(?:en|es?)?|[Aa]uteurs?|[Ff]irma(?:nte)?s?|[Ww]riters?|[Rr]edactor(?:es)?|[Rr]edakteure?|[Vv]erfasser|[Ss]ignature|[Ss]kribent|[Ff]orfatter|[Ff][öo]rfattare|[Kk]irjoittaja|[Tt]oimittaja|[Yy]azar|[Pp]enulis|[Ss]zerz[őo]|[Rr]edakt[oö]r(?:ka)?|[Rr]edacteur|[Jj]ournaliste?|[Rr]eporter|[Pp]eriodista|[Cc]olumnist|[Cc]ontributors?)(?=[\s_A-Z-]|$)"
    r"|(?:^|[\s_-])(?:authors?|writers?|autor)-?(?:name|text)|(?:^|\s)by(?:\s|$)"
)
_PAGE = re.compile(  # The page of all that somebody wrote.
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|by|columnists?|contributors?|editors?|journalists?|redakteure?|reporters?|staff"
    r"|writers?|yazar(?:lar)?)/[^?#]{1,100}$|^(?:https?://[^/?#]{1,80})?/@[\w.-]{1,60}/?$",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"photo|picture|image|img|caption|credit|media|bild|foto|gallery", re.IGNORECASE)
_TITLED = re.compile(r" [|–—-] ")
_LONGEST_TITLE = 400
_HANDLE = re.compile(r"(?: (?:Follow|Folgen|Suivre|Seguir|Segui))? \(?@\w{2,30}\)?$")
_DIGIT = re.compile(r"\d")
_APART = re.compile(r" ?[|•·●] ?| [–—-] |, ")
_BESIDE = re.compile(r"\s*[/|·•●‧]\s*|\s+[–—-]\s+")
_DATED_OR_PLACED = re.compile(
    r"(?:[ ,]{1,3}(?:(?:am|on|le|el|den) )?\d[\d.:/ -]{3,30}(?: (?:Uhr|h))?| (?:in|aus|à|en) [^\W\d_a-z][\w’'-]{1,30}(?: [^\W\d_a-z][\w’'-]{1,30}){0,2})$"
)
"""What stands behind names in a box of authors: a day, a place."""

_JOINED = re.compile(r"^[ ,]{0,3}(?:and|und|et|y|e|og|och|en) ")
_STUDIED = re.compile(
    r",? (?:Ph\.?D\.?|M\.?D\.?|MBA|M\.?Sc\.?|M\.?A\.?|B\.?Sc\.?|J\.?D\.?|RN|CFA|DVM)(?![\w.])|, (?=[^\W\d_A-ZÀ-Þ])"
)
"""What somebody studied, or does, in small letters."""


_SOURCE = ("来源", "來源", "稿源", "出典")
_BETWEEN = frozenset({",", "and", "und", "et", "y", "e", "&", "og", "och", "en"})
_JOINTS = (",", *(f" {word}" for word in _BETWEEN))


_CellsOf = Callable[[HtmlElement], list[str]]


def shown_bylines(tree: HtmlElement, title: str | None = None, language: str | None = None) -> Iterator[str]:
    """Who wrote the page of this ``title`` in this ``language``, by each thing that says so, surest first."""
    marked = list(islice(filter(partial(_is_own, _owner(tree)), _MARKED(tree)), _MOST_MARKED))
    if together := _together(marked):
        yield together
    for cells in map(_cells, marked):
        if cells and "://" not in cells[0]:
            yield _names(cells) or byline(cells) or cells[0]
    heads = _heads(tree, letters(title or ""))
    linked = [element for element in heads if element.tag == "a" and _PAGE.search(element.get("href") or "")]
    if together := _together(linked):
        yield together
    boxed = [element for element in heads if element.tag == "address" or _is_boxed(element)]
    yield from filter(None, map(_together, _alike(boxed)))
    for cells in (*map(_cells, linked), *(_cells(element, _LONGEST_BOX) for element in boxed)):
        if found := _names(cells) or byline(cells) or _eastern(cells):
            yield found
    yield from _labelled(tree)
    cells_of = cache(_cells)
    if (language or "").startswith("ro"):
        yield from filter(None, (by_romanian(" ".join(cells_of(element))) for element in heads))
    if found := _beside_day(heads, cells_of) or _copied(heads, cells_of):
        yield found
    beside = (element for element in heads if element.tag == "dd")
    lines = map(cells_of, chain(beside, islice(tree.iter(*_CREDITS), _MOST_LINES)))
    if found := next(filter(None, map(_credited, lines)), None):
        yield found
    # Both days of the page, and more, may stand on the lines below it.
    opening = (_cells(element, _LONGEST_BOX)[:1] for element in heads)
    yield from filter(None, map(byline, opening))
    yield from _in_window(tree)


def _eastern(cells: Sequence[str]) -> str | None:
    return eastern(cells[0], marked=True) if len(cells) == 1 else None


def _owner(tree: HtmlElement) -> HtmlElement | None:
    """The article that the first heading of the first level stands in."""
    heading = next(tree.iter("h1"), None)
    return next(heading.iterancestors("article"), None) if heading is not None else None


def _is_own(owner: HtmlElement | None, element: HtmlElement) -> bool:
    """Whether an element stands in no other article than the ``owner`` of the headline, one around it or within it."""
    article = next(element.iterancestors("article"), None)
    if owner is None or article is None or article is owner:
        return True
    return article in owner.iterancestors() or owner in article.iterancestors()


def _alike(boxes: Sequence[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """The boxes that have one name, where several have."""
    named: dict[tuple[str, str], list[HtmlElement]] = {}
    for box in boxes:
        named.setdefault((str(box.tag), box.get("class") or ""), []).append(box)
    return (alike for alike in named.values() if 1 < len(alike) <= _MOST_AUTHORS)


def _in_window(tree: HtmlElement) -> Iterator[str]:
    """The people whom a part of the window's title names: "A bridge closes - by Ada Marlow - Port Letter"."""
    window = " ".join((tree.findtext(".//title") or "")[:_LONGEST_TITLE].split())
    for part in _TITLED.split(window)[1:]:
        if part.startswith("by ") and (found := people(part)):
            yield found


def _labelled(tree: HtmlElement) -> Iterator[str]:
    """The people in the cell beside one that says no more than "Author"."""
    for label in islice(tree.iter("dt", "th"), _MOST_MARKED):
        value = label.getnext()
        if value is not None and only_by(f"{_text(label).strip(' :')}:") and (found := _names(_cells(value))):
            yield found


def _is_boxed(element: HtmlElement) -> bool:
    """Whether an element, or the list that it is an item of, is called after authors."""
    parent = element.getparent() if element.tag == "li" else None
    boxes = (element,) if parent is None else (element, parent)
    return any(name in _NAMED and _BOX.search(value) for one in boxes for name, value in one.items())


def _beside_day(heads: Sequence[HtmlElement], cells_of: _CellsOf) -> str | None:
    """The people who end a line of nothing but a day, a clock and them: "04.02.2031 | 13:10 Uhr | Ada Marlow", or begin it in Japanese, or report from a place above it.

    What stands before a day is a section as often as somebody's name, and so is a link.
    """
    for place, element in enumerate(heads):
        if next(element.iter("a"), None) is not None:
            continue
        line = " ".join(cells_of(element))
        below = " ".join(cells_of(heads[place + 1])) if place + 1 < len(heads) and " " in line else ""
        if below and _DIGIT.search(below) and (found := reporting(line)) and only_a_date(below):
            return found
        name, _, rest = line.partition(" ")
        if rest and not name.isascii() and (found := eastern(name, marked=False)) and only_a_date(rest):
            return found
        parts = _APART.split(" | ".join(cells_of(element)))
        named = len(parts) > 1 and " " in parts[-1] and only_a_date(" ".join(parts[:-1]))
        if named and (found := people(parts[-1])) and masthead([found]) is None:
            return found
    return None


def shown_source(tree: HtmlElement) -> str | None:
    """The outlet that a credit line of a Chinese or Japanese page names: "来源：新港晚报"."""
    for element in islice(tree.iter(*_CREDITS), _MOST_LINES):
        line = "".join(islice(element.itertext(), _MOST_CHILDREN)).strip()
        if line.startswith(_SOURCE) and (found := credited([line])):
            return found
    return None


def _together(marked: Sequence[HtmlElement]) -> str | None:
    """The people who are marked, each alone, in the box of the first of them; none where it names one or many."""
    parent = marked[0].getparent() if marked else None
    box = parent.getparent() if parent is not None else None
    if box is None:
        return None
    within = [one for one in marked if box in islice(one.iterancestors(), 2)]
    names = list(dict.fromkeys(filter(None, (_names(_cells(one)) for one in within))))
    return ", ".join(names) if 2 <= len(names) <= _MOST_AUTHORS else None


def _heads(tree: HtmlElement, title: str) -> list[HtmlElement]:
    """The elements between the heading and the first paragraph of the body, then those above the heading.

    Further down are the authors of comments, further up those of other articles. The heading is of the first
    level, or has the letters of ``title``.
    """
    above: list[HtmlElement] = []
    below: list[HtmlElement] = []
    into = above
    headed = title and any(letters(_text(lower)) == title for lower in tree.iter(*_LOWER))
    for element in islice(tree.iter(*_CREDITS, "a", "li", "small", "td", "dd", "h1", *_LOWER), _MOST_LINES):
        if element.tag == "h1" or (element.tag in _LOWER and headed and letters(_text(element)) == title):
            above, below = [*above, *below], []
            into = below
            headed = headed and element.tag == "h1"
        elif element.tag == "p" and not headed and len(element.text_content()) >= _LONG:
            break
        elif element.tag not in _LOWER:
            into.append(element)
    return [*below, *reversed(above)]


def _text(heading: HtmlElement) -> str:
    return str(heading.text_content()[:_LONGEST_TITLE])


def _names(cells: Sequence[str]) -> str | None:
    """The people with whom a credit line begins; their given and family names may stand apart."""
    if not cells:
        return None
    parts = len(cells) if all(" " not in cell for cell in cells) else 1
    first = without_agency(unglued(_HANDLE.sub("", _BESIDE.split(" ".join(cells[:parts]))[0])))
    return people(first) or people(_DATED_OR_PLACED.sub("", first)) or people(_STUDIED.split(first)[0])


def _credited(cells: Sequence[str]) -> str | None:
    """The people of a credit line: behind "By", or with a job below the name."""
    names = _names(cells[:1]) if len(cells) > 1 and is_job(cells[1]) else None
    return names or byline(cells)


def shown_agency(tree: HtmlElement, title: str | None, names: str | None) -> str | None:
    """The agency behind the ``names`` of a credit line: "Ada Marlow, Reuters", "Ada Marlow avec AFP".

    Without names it is the one that stands in a box of authors.
    """
    first = (names or "").partition(" ")[0]
    for element in _heads(tree, letters(title or "")):
        looked_at = first in "".join(islice(element.itertext(), _MOST_TEXTS)) if names else _is_boxed(element)
        if not looked_at or not (line := " ".join(_cells(element))):
            continue
        behind = _JOINED.sub("", line.partition(names)[2] if names else line).strip(" ,/|()–—-")
        if behind and (found := agencies.named(behind) or agencies.of_ending(behind)):
            return found
    return None


def _copied(heads: Sequence[HtmlElement], cells_of: _CellsOf) -> str | None:
    """The people of a line that is nothing but them and their agency, and stands beside no picture."""
    for element in heads:
        if element.tag not in {"a", "li"} and not any(
            map(_is_of_a_picture, (element, *islice(element.iterancestors(), 3)))
        ):
            for cell in cells_of(element):
                if found := for_agency(cell):
                    return found
    return None


def _is_of_a_picture(element: HtmlElement) -> bool:
    return (
        element.tag in {"figure", "figcaption", "picture"}
        or _PICTURE.search(element.get("class") or "") is not None
    )


def _cells(element: HtmlElement, longest: int = _LONGEST) -> list[str]:
    """What a small element says, apart where readers see it apart; nothing for one that holds much.

    That is on lines of their own, or in elements side by side without a space between. What ends with "By", a comma or "and" goes on
    in the next, and what stands before "By" is left out.
    """
    if len(element) > _MOST_CHILDREN:
        return []
    cells: list[str] = []
    open_ended = False
    for text in _texts(element):
        if not (cell := " ".join(tidy(text).split())):
            continue
        if only_by(cell):
            cells, open_ended = [cell if byline([f"{cell} {A_NAME}"]) else f"{cell}:"], True
        elif open_ended or cell in _BETWEEN:
            cells[-1:] = [f"{' '.join(cells[-1:])} {cell}".strip()]
            open_ended = cell.endswith(_JOINTS)
        else:
            cells.append(cell)
            open_ended = cell.endswith(_JOINTS)
    return cells if sum(map(len, cells)) <= longest else []


def _texts(element: HtmlElement) -> Iterator[str]:
    """The texts of an element, cut where one ends for the eye; those of the first few hundred characters."""
    if not len(element) and element.tag not in _MUTE:  # as most are
        yield element.text or ""
        return
    pieces: list[str] = []
    length = 0
    walk = iterwalk(element, events=("start", "end"))
    for event, one in walk:
        inline = one is element or one.tag in _INLINE
        if not inline or length > 2 * _LONGEST:
            yield "".join(pieces)
            pieces = []
        if length > 2 * _LONGEST:
            return
        piece = ""
        if event == "start":
            if one.tag in _MUTE or not isinstance(one.tag, str):
                walk.skip_subtree()
            else:
                piece = one.text or ""
        elif one is not element:
            if not one.tail and one.getnext() is not None:
                yield "".join(pieces)
                pieces = []
            elif only_by("".join(pieces).strip()):
                pieces.append(" ")
            piece = one.tail or ""
        pieces.append(piece)
        length += len(piece)
    yield "".join(pieces)
