"""EPUB: each document of the spine with a heading of its own is an article (EPUB 3.3)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from bot.article.encoding import decoded
from bot.article.formats.archive import BrokenArchive
from bot.article.formats.item import Item
from bot.article.formats.safe_xml import NoXml, parsed
from bot.article.html.fragment import TooDeep, plain
from bot.article.text.block_kinds import words_in
from bot.domain.reasons import Reason

FEWEST = 40
"""Words of an article: a cover, a title page or a list of contents has fewer, or is named as such."""

MAX_SPINE = 2_000
"""The most documents of a book that are looked at; a year's issue of a weekly has half as many."""

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
_MOST_HEADINGS = 3  # Above a text; the first may be its number alone.
_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff]")
_HEADING = re.compile(r"^#{1,6} (.{1,400})$", re.MULTILINE)
_ISSUE = re.compile(r" ?[\[(,–-][^\[(]{0,60}\d[^\[(]{0,40}[\])]?$")  # "The Weekly [Fri, 20 Nov 2026]"
_PROGRAMS = re.compile(r"calibre|unknown|unbekannt|dotepub|pandoc", re.IGNORECASE)
_MADE_BY = re.compile(r" {0,3}[\[(](?:by )?(?:calibre|dotepub|pandoc)[^\])]{0,20}[\])]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package says: the book's fields, the paths of the documents in their order, and what its contents call them."""

    title: str
    creators: str
    publisher: str
    date: str
    language: str
    paths: tuple[str, ...]
    named: dict[str, str]


File = Callable[[str], bytes | None]
"""A file of the book by its path; ``None`` without one."""


def book_items(file: File) -> list[Item | Reason]:
    """The articles of a book, or why a part of it is not read, in their order.

    A document without a heading goes on with the article before it. Several articles without a publisher
    have the book's title as their outlet. Raises BrokenArchive, and NoXml where the book's own
    description is damaged.
    """
    book = _opened(file)
    found: list[Item | Reason] = []
    for path in book.paths:
        one = _read(file, path, book.named.get(path, ""))
        last = found[-1] if found else None
        if isinstance(one, Item) and not one.title and isinstance(last, Item):
            found[-1] = replace(last, text=f"{last.text}\n\n{one.text}")
        elif one is not None:
            found.append(one)
    several = len(found) > 1
    return [one if isinstance(one, Reason) else _credited(one, book, several=several) for one in found]


def _opened(file: File) -> _Book:
    package = next(parsed(_needed(file, _CONTAINER)).iter("{*}rootfile"), None)
    path = str(package.get("full-path") or "") if package is not None else ""
    root = parsed(_needed(file, path))
    if file("META-INF/rights.xml") is not None:
        raise BrokenArchive(Reason("epub.bought"))
    documents = {
        str(entry.get("id")): str(entry.get("href") or "")
        for entry in root.iter(f"{_OPF}item")
        if entry.get("media-type") in _PAGES and "nav" not in str(entry.get("properties") or "").split()
    }
    spine = islice(root.iter(f"{_OPF}itemref"), MAX_SPINE)
    places = (documents.get(str(entry.get("idref"))) for entry in spine)
    folder = posixpath.dirname(path)
    said = {
        name: [_text(each) for each in root.iter(f"{_DC}{name}")]
        for name in ("title", "creator", "publisher", "date", "language")
    }
    return _Book(
        title=next(iter(said["title"]), ""),
        creators=", ".join(name for name in said["creator"][:8] if not _PROGRAMS.search(name)),
        publisher=next((name for name in said["publisher"] if not _PROGRAMS.search(name)), ""),
        date=next(iter(said["date"]), ""),
        language=next(iter(said["language"]), ""),
        named=_contents(file, root, folder),
        paths=tuple(
            dict.fromkeys(
                posixpath.normpath(posixpath.join(folder, unquote(place))) for place in places if place
            )
        ),
    )


def _contents(file: File, root: etree._Element, folder: str) -> dict[str, str]:
    """What the book's contents call each of its documents: some programs say the titles of articles nowhere else."""
    said: dict[str, str] = {}
    for entry in root.iter(f"{_OPF}item"):
        nav = "nav" in str(entry.get("properties") or "").split()
        if not nav and entry.get("media-type") != "application/x-dtbncx+xml":
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(str(entry.get("href") or ""))))
        for each in _entries(file, path, "{*}a" if nav else "{*}navPoint"):
            target = each if nav else next(each.iter("{*}content"), None)
            label = each if nav else next(each.iter("{*}navLabel"), None)
            place = target.get("href" if nav else "src", "") if target is not None else ""
            beside = posixpath.join(posixpath.dirname(path), unquote(place.partition("#")[0]))
            if label is not None and place:
                said.setdefault(posixpath.normpath(beside), _text(label))
    return said


def _entries(file: File, path: str, tag: str) -> list[etree._Element]:
    """The entries of a list of contents; none of one that is missing or broken."""
    try:
        content = file(path)
        return [] if content is None else list(parsed(content).iter(tag))
    except (BrokenArchive, NoXml):
        return []


def _needed(file: File, name: str) -> bytes:
    found = file(name)
    if found is None:
        raise BrokenArchive(Reason("epub.no_contents"))
    return found


def _read(file: File, path: str, named: str) -> Item | Reason | None:
    """The document at ``path``, which the book's contents call ``named``; ``None`` where it is too short to be an article."""
    try:
        content = file(path)
        text = decoded(content) if content is not None else None
        if text is None:
            return Reason("epub.missing", path=path[-80:])
        shown = plain(text)
    except BrokenArchive as error:
        return error.reason
    except TooDeep:
        return Reason("html.too_deep")
    if words_in(_HEADING.sub("", shown)) < FEWEST:
        return None
    headings = [heading[1].strip() for heading in islice(_HEADING.finditer(shown), _MOST_HEADINGS)]
    title = next((heading for heading in headings if _WORD.search(heading)), next(iter(headings), named))
    return Item(title=title, text=shown)


def _credited(item: Item, book: _Book, *, several: bool) -> Item:
    return replace(
        item,
        title=item.title or book.title,
        byline=book.creators,
        source=book.publisher or (_ISSUE.sub("", _MADE_BY.sub("", book.title)) if several else ""),
        published=book.date,
        language=book.language,
    )


def _text(element: etree._Element) -> str:
    return " ".join("".join(_every(element)).split())[:500]


def _every(element: etree._Element) -> Iterator[str]:
    return (str(piece) for piece in element.itertext())
