"""What a document is, by its content; its name only breaks a tie."""

from __future__ import annotations

import re
from enum import Enum

from bot.article.encoding import head_text, unmarked_wide
from bot.article.formats.archive import BrokenArchive, office_kind
from bot.article.html.mhtml import WEB_ARCHIVE, without_embedded
from bot.domain.errors import UnreadableDocument
from bot.domain.model import Document
from bot.domain.reasons import Reason

MAX_BYTES = 5_000_000
"""The largest single text that is read: ten times the longest book chapter, a second of work."""

MAX_CONTAINER = 50_000_000
"""The largest document that holds others, pictures or pages, packed or unpacked."""

MAX_LINES = 100_000
"""The most lines: a longer text is a log or a table, and each line costs a kilobyte while it is read."""


class Media(Enum):
    """The formats that are read."""

    TEXT = "text"
    HTML = "an HTML page"
    MHTML = "a saved page"
    MAIL = "a mail"
    PDF = "a PDF file"
    DOCX = "a Word document"
    ODT = "an OpenDocument text"
    RTF = "a Rich Text document"
    EPUB = "an e-book"
    JSON = "JSON"
    FEED = "a feed"
    NEWS = "an agency's XML"
    NOTES = "notes of Evernote"
    ZIP = "a ZIP archive"
    GZIP = "a gzip file"


_LARGE = frozenset(set(Media) - {Media.TEXT, Media.HTML, Media.NEWS})
_OFFICE = {"docx": Media.DOCX, "odt": Media.ODT, "epub": Media.EPUB}
_BEGINNINGS = ((b"\x1f\x8b", Media.GZIP), (b"{\\rtf", Media.RTF), (WEB_ARCHIVE, Media.MHTML))
_MAGIC = (
    (b"BZh", Reason("kind.bzip2")),
    (b"\xfd7zXZ\x00", Reason("kind.xz")),
    (b"7z\xbc\xaf\x27\x1c", Reason("kind.7z")),
    (b"Rar!\x1a\x07", Reason("kind.rar")),
    (b"\x28\xb5\x2f\xfd", Reason("kind.zstandard")),
    (b"\x89PNG\r\n\x1a\n", Reason("kind.png")),
    (b"\xff\xd8\xff", Reason("kind.jpeg")),
    (b"GIF87a", Reason("kind.gif")),
    (b"GIF89a", Reason("kind.gif")),
    (b"RIFF", Reason("kind.riff")),
    (b"II*\x00", Reason("kind.tiff")),
    (b"MM\x00*", Reason("kind.tiff")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason("kind.old_office")),
    (b"ID3", Reason("kind.mp3")),
    (b"OggS", Reason("kind.ogg")),
    (b"\x7fELF", Reason("kind.program")),
    (b"SQLite format 3\x00", Reason("kind.sqlite")),
)
_WIDE_XML = (b"<\x00?\x00x\x00", b"\x00<\x00?\x00x")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", *_WIDE_XML)
_PDF_WITHIN = 1_024  # readers accept a PDF's header this far into the file (ISO 32000-1, annex H)

_HTML_START = re.compile(r"(?:<!--|<!doctype html|<html|<head|<body)", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|br|li|ul|td|tr|table|script|style|meta|link|img)\b", re.IGNORECASE
)
_TAGS = 6  # An article on HTML may name a few tags; a page has more in its first lines.
_COMMENT = re.compile(r"<!--.{0,16000}?-->", re.DOTALL)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_FEEDS = frozenset({"rss", "feed", "RDF"})
_NOTES = "en-export"
_NEWS = frozenset({"nitf", "newsItem", "newsMessage"})
_JSON_START = re.compile(r'(?:\[\s{0,99})?\{\s{0,99}(?:"|\})')
_HEADER = re.compile(r"([A-Za-z][\w-]{1,60}):[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,200}")
_MAIL_HEADERS = frozenset({
    "from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "delivered-to",
    "content-type",
})  # fmt: skip
_SAVED_PAGE = re.compile(
    r"^(?:snapshot-content-location:|from:[^\n]{0,40}<saved by )", re.IGNORECASE | re.MULTILINE
)


def media_of(document: Document) -> Media:
    """What the document is. Raises UnreadableDocument for what is empty, too large or not read here."""
    data = document.data
    if not data.strip():
        raise UnreadableDocument(document.name, Reason("file.empty"))
    _fits(document, MAX_CONTAINER, len(data))
    try:
        found = _packed(data) or _text(document)
    except BrokenArchive as error:
        raise UnreadableDocument(document.name, Reason("file.zip", why=error.reason)) from error
    if isinstance(found, Reason):
        raise UnreadableDocument(document.name, Reason("file.unread", kind=found))
    if found is Media.HTML and len(data) > MAX_BYTES:
        data = without_embedded(data)
    if found not in _LARGE:
        _fits(document, MAX_BYTES, len(data))
    return found


def refusal_of_text(text: str) -> Reason | None:
    """Why a decoded text holds no article; ``None`` when it may."""
    if not text.strip():
        return Reason("text.blank")
    if text.count("\n") > MAX_LINES:
        return Reason("text.lines", most=MAX_LINES)
    return None


def _fits(document: Document, limit: int, size: int) -> None:
    if size > limit:
        raise UnreadableDocument(document.name, Reason("file.too_large", size=size, most=limit))


def _packed(data: bytes) -> Media | Reason | None:
    """The format of bytes that are no text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data)
    for mark, found in _BEGINNINGS:
        if data.startswith(mark):
            return found
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Media.PDF
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    binary = b"\x00" in data and not data.startswith(_WIDE) and not unmarked_wide(data)
    return Reason("kind.binary") if binary else None


def _zipped(data: bytes) -> Media | Reason:
    office = office_kind(data)
    if isinstance(office, str):
        return _OFFICE[office]
    return office or Media.ZIP


def _text(document: Document) -> Media | Reason:
    head, name = head_text(document.data).lstrip(), document.name.lower()
    return _xml(head) or _mail(head, name) or _json(head, name) or _page(head, name) or Media.TEXT


def _xml(head: str) -> Media | Reason | None:
    declared = head.startswith("<?xml")
    bare = _COMMENT.sub("", head)
    root = _ROOT.search(bare) if declared or bare.lstrip().startswith("<") else None
    name = root[1] if root else ""
    if name.lower() == "html":
        return Media.HTML
    known = Media.FEED if name in _FEEDS else Media.NEWS if name in _NEWS else None
    known = Media.NOTES if name == _NOTES else known
    if (declared or known) and _ENTITY.search(head):
        return Reason("kind.entities")
    return known or (Reason("kind.xml", name=name) if declared else None)


def _json(head: str, name: str) -> Media | None:
    named = name.endswith((".json", ".jsonl", ".ndjson")) and head.startswith(("{", "["))
    return Media.JSON if named or _JSON_START.match(head) else None


def _page(head: str, name: str) -> Media | None:
    if _HTML_START.match(head) or len(_HTML_TAG.findall(head[:2_000])) >= _TAGS:
        return Media.HTML
    return Media.HTML if name.endswith((".html", ".htm", ".xhtml")) and _HTML_TAG.search(head) else None


def _mail(head: str, name: str) -> Media | None:
    names: list[str] = []
    at = 0
    while found := _HEADER.match(head, at):
        names.append(found[1].lower())
        at = found.end()
    known = len(_MAIL_HEADERS.intersection(names))
    named = name.endswith((".eml", ".mht", ".mhtml"))
    if not known or (not named and (known < 3 or len(names) < 4)):
        return None
    return Media.MHTML if name.endswith((".mht", ".mhtml")) or _SAVED_PAGE.search(head[:at]) else Media.MAIL
