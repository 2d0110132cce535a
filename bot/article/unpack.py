"""A document that holds several articles is taken apart into documents of one article each."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.article.encoding import decode, tidy
from bot.article.formats import item
from bot.article.formats.archive import MAX_UNPACKED, BrokenArchive, TooMuch, checked, inflated, members
from bot.article.formats.docx import word_text, word_xml
from bot.article.formats.epub import book_items
from bot.article.formats.feed import feed_items
from bot.article.formats.google_docs import google_doc, is_google_doc
from bot.article.formats.jsonl import NoJson, json_items
from bot.article.formats.mail import NoMail, read_mail
from bot.article.formats.news_database import database_items, may_be_export
from bot.article.formats.newsletter import is_newsletter, stories_of
from bot.article.formats.newsml import NoAgencyXml, agency_items
from bot.article.formats.rtf import rich_text
from bot.article.formats.safe_xml import NoXml
from bot.article.guard import guarded
from bot.article.html.fragment import TooDeep
from bot.article.html.tree import Unparsable, page_text
from bot.article.media_type import Media, media_of
from bot.article.several.chat_page import chat_page_items, is_chat_page
from bot.article.several.chat_text import chat_items
from bot.article.several.notes import is_notion_page, note_items, notion_item
from bot.article.several.posts import may_have_posts, posts_of
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason
from bot.domain.unicode import well_formed

MAX_ARTICLES = 1_000
"""The most articles of one file: a day of a large agency's wire."""

MAX_DEPTH = 4
"""The most containers inside each other: a gzipped ZIP of mails with feeds attached."""

_LONGEST_NAME = 120
_CHAT = re.compile(  # The day and the time with which a chat begins; few texts do, and to read one twice takes time.
    rb"(?:\xef\xbb\xbf)?\s{0,20}(?:\xe2\x80[\x8e\x8f]){0,3}\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d"
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The ``documents`` of one article each, in their order, and what was ``refused``, by name and reason.

    A part is named after the file and its place in it: ``feed.xml#3``, ``week.zip#monday/bridge.txt``.
    """

    documents: tuple[Document, ...]
    refused: tuple[UnreadableDocument, ...] = ()


def unpack(document: Document) -> Unpacked:
    """The documents in ``document``; itself alone when it holds one article. Their names are well-formed.

    Raises UnreadableDocument when the whole cannot be opened, is empty, or passes a bound:
    MAX_ARTICLES, MAX_DEPTH, and the bounds of :mod:`bot.article.formats.archive`.
    """
    document = replace(document, name=well_formed(document.name))
    found = _Unpacking(document)
    found.open(document, depth=0)
    if not found.documents and found.refused:
        first = found.refused[0]
        raise UnreadableDocument(document.name, _all_refused(document, first, len(found.refused)))
    if not found.documents:
        raise UnreadableDocument(document.name, Reason("document.no_article"))
    return Unpacked(tuple(found.documents), tuple(found.refused))


class _Unpacking:
    """The state of one unpacking: what was found, and how much room is left."""

    def __init__(self, whole: Document) -> None:
        self._whole = whole
        self._room = MAX_UNPACKED
        self.documents: list[Document] = []
        self.refused: list[UnreadableDocument] = []

    def open(self, document: Document, *, depth: int) -> None:
        if document.media_type == item.MEDIA_TYPE:
            self._add(document)
            return
        media = media_of(document)
        opener = self._openers().get(media)
        if items := _exported(document, media):
            self._items(document, items)
        elif opener is None:
            self._add(document)
        elif depth >= MAX_DEPTH:
            raise UnreadableDocument(document.name, Reason("document.boxed", most=MAX_DEPTH))
        else:
            guarded(opener, document, depth)

    def _openers(self) -> dict[Media, Callable[[Document, int], None]]:
        return {
            Media.ZIP: self._zip,
            Media.GZIP: self._gzip,
            Media.MAIL: self._mail,
            Media.HTML: self._page,
            Media.FEED: lambda document, _: self._items(document, feed_items(document.data)),
            Media.NEWS: self._news,
            Media.NOTES: self._notes,
            Media.JSON: self._json,
            Media.EPUB: self._book,
        }

    def _zip(self, document: Document, depth: int) -> None:
        try:
            for member in members(document.data, room=self._room):
                self._room -= len(member.data)
                part = _part(document, member.name, member.data)
                if member.refusal:
                    self._refuse(part.name, member.refusal)
                else:
                    self._inside(part, depth)
        except BrokenArchive as error:
            raise UnreadableDocument(document.name, Reason("archive.unopened", why=error.reason)) from error

    def _gzip(self, document: Document, depth: int) -> None:
        try:
            data = inflated(document.data, room=self._room)
        except BrokenArchive as error:
            raise UnreadableDocument(
                document.name, Reason("archive.gzip_unopened", why=error.reason)
            ) from error
        self._room -= len(data)
        name = document.name[:-3] if document.name.lower().endswith(".gz") else document.name
        # One file in, one file out: a gzip that cannot be read is no container with a bad part.
        self.open(replace(document, name=name, data=data), depth=depth + 1)

    def _mail(self, document: Document, depth: int) -> None:
        try:
            mail = read_mail(document.data)
        except NoMail as error:
            raise UnreadableDocument(document.name, Reason("mail.unread", why=error.reason)) from error
        if not mail.letters and not mail.attached:
            raise UnreadableDocument(document.name, Reason("mail.no_text"))
        self._items(document, mail.letters)
        for file in mail.attached:
            if len(file.data) > self._room:
                raise UnreadableDocument(document.name, Reason("mail.unread", why=TooMuch().reason))
            self._room -= len(file.data)
            part = _part(document, file.name, file.data)
            if file.refusal:
                self._refuse(part.name, file.refusal)
            else:
                self._inside(part, depth)

    def _page(self, document: Document, _depth: int) -> None:
        """A page, or what a program saved as one: a newsletter, an archive of posts, a chat, a text of Google Docs."""
        text = page_text(document.data) or ""
        with contextlib.suppress(TooDeep, Unparsable):
            if is_google_doc(text):
                self._items(document, [google_doc(text)])
                return
            if is_notion_page(text) and (note := notion_item(text)):
                self._items(document, [note])
                return
            if is_chat_page(text) and (messages := chat_page_items(text)):
                self._items(document, messages)
                return
            if may_have_posts(text) and (posts := posts_of(text)):
                self._items(document, posts)
                return
            if is_newsletter(text) and (stories := stories_of(text)):
                self._items(document, stories)
                return
        self._add(document)

    def _news(self, document: Document, _depth: int) -> None:
        try:
            self._items(document, agency_items(document.data))
        except NoAgencyXml as error:
            raise UnreadableDocument(document.name, Reason("news.unread", why=error.reason)) from error

    def _notes(self, document: Document, _depth: int) -> None:
        try:
            self._items(document, note_items(document.data))
        except NoXml as error:
            raise UnreadableDocument(document.name, error.reason) from error

    def _json(self, document: Document, _depth: int) -> None:
        try:
            self._items(document, json_items(document.data))
        except NoJson as error:
            raise UnreadableDocument(document.name, Reason("json.unread", why=error.reason)) from error

    def _book(self, document: Document, _depth: int) -> None:
        try:
            archive = checked(document.data)
            if archive.size > self._room:
                raise TooMuch
            self._room -= archive.size
            self._items(document, book_items(archive.file))
        except (BrokenArchive, NoXml) as error:
            raise UnreadableDocument(document.name, Reason("epub.unopened", why=error.reason)) from error

    def _items(self, document: Document, found: Iterable[item.Item | Reason]) -> None:
        """Add items; they are numbered from 1 where there are several."""
        found = list(found)
        for number, one in enumerate(found, 1):
            name = document.name if len(found) == 1 else f"{document.name}#{number}"
            if isinstance(one, Reason):
                self._refuse(name, one)
            else:
                self._add(replace(document, name=name, data=item.packed(one), media_type=item.MEDIA_TYPE))

    def _inside(self, part: Document, depth: int) -> None:
        """Open one of several parts: one that cannot be read does not spoil the others."""
        try:
            self.open(part, depth=depth + 1)
        except TooMany:
            raise
        except UnreadableDocument as error:
            self._refuse(error.name, error.reason)

    def _add(self, document: Document) -> None:
        self.documents.append(document)
        self._counted()

    def _refuse(self, name: str, reason: Reason) -> None:
        self.refused.append(UnreadableDocument(name, reason))
        self._counted()

    def _counted(self) -> None:
        if len(self.documents) + len(self.refused) > MAX_ARTICLES:
            raise TooMany(self._whole.name)


class TooMany(UnreadableDocument):
    """The document holds more articles than one file may."""

    def __init__(self, name: str, reason: Reason | None = None) -> None:
        super().__init__(name, reason or Reason("document.too_many", most=MAX_ARTICLES))


def _exported(document: Document, media: Media) -> list[item.Item | Reason]:
    """The articles of an export from a news database or, as text, from a chat; none of any other document."""
    if media not in _TEXTS:
        return []
    with contextlib.suppress(UnreadableDocument):  # whoever reads it says why
        return guarded(_export_items, document, *_TEXTS[media])
    return []


def _export_items(
    document: Document, raw: Callable[[Document], bytes], text: Callable[[Document], str | None]
) -> list[item.Item | Reason]:
    data = raw(document)
    if may_be_export(data):
        return database_items(text(document) or "", document.received)
    return [*chat_items(text(document) or "")] if _CHAT.match(data) else []


_TEXTS: dict[Media, tuple[Callable[[Document], bytes], Callable[[Document], str | None]]] = {
    Media.TEXT: (lambda document: document.data, lambda document: decode(document.data)),
    Media.RTF: (lambda document: document.data, rich_text),
    Media.DOCX: (word_xml, word_text),
}
"""What may be an export: its bytes, and its text."""


def _part(document: Document, name: str, data: bytes) -> Document:
    clean = tidy(name).replace("\n", " ")[-_LONGEST_NAME:]
    return replace(document, name=f"{document.name}#{clean}", data=data, media_type=None)


def _all_refused(document: Document, first: UnreadableDocument, count: int) -> Reason:
    if first.name == document.name:
        return first.reason
    return none_of(count, first.name.removeprefix(document.name), first.reason)


def none_of(count: int, place: str, why: Reason) -> Reason:
    """Why a document of ``count`` parts holds no article, where ``why`` is said of the first, at ``place``."""
    if count > 1:
        return Reason("document.none_of", count=count, place=place, why=why)
    return Reason("document.part", place=place, why=why)
