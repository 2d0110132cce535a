"""A page that was fetched becomes a file for the inbox (pure): under its own address, in a known encoding."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from bot.article.encoding import in_charset
from bot.article.endings import ARTICLE_ENDINGS
from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed
from bot.sources.fetching import Fetched

HTML = ".html"
ENDINGS = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/ld+json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
    "application/epub+zip": ".epub",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "application/gzip": ".gz",
}
"""What a file of each kind is called; the desk reads it by its content all the same."""

_NO_ARTICLES = ("image/", "audio/", "video/", "font/", "model/")
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_PROLOGUES = (b"<!doctype", b"<html", b"<head", b"<?xml", b"<!--", b"<body")


def ending_of(media_type: str, url: str = "") -> str:
    """The ending for a file of this kind. Raises FetchFailed for a kind that holds no article."""
    if media_type.startswith(_NO_ARTICLES):
        raise FetchFailed(Reason("source.kind", kind=media_type[:100]), lasting=True)
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    return ENDINGS.get(media_type) or (suffix if suffix in ARTICLE_ENDINGS else HTML)


def page_file(page: Fetched) -> tuple[str, bytes]:
    """The ending and the bytes of the file. Raises FetchFailed for a kind that holds no article.

    A page says in a comment where it was saved from, as browsers write it, and is UTF-8 where the server
    named its charset: both were told beside the page only.
    """
    ending = ending_of(page.media_type, page.url)
    if ending != HTML or not page.body.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PROLOGUES):
        return ending, page.body
    text = in_charset(page.body, page.charset) if page.charset else None
    body = page.body if text is None else b"\xef\xbb\xbf" + text.lstrip("\ufeff").encode("utf-8", "replace")
    url = quote(page.url, safe=_SAFE)  # nothing that would end the comment
    mark = f"<!-- saved from url=({len(url):04}){url} -->\n".encode()
    bom, rest = (body[:3], body[3:]) if body.startswith(b"\xef\xbb\xbf") else (b"", body)
    return ending, bom + mark + rest


def name_of(url: str) -> str:
    """What a page may be called by its address alone."""
    parts = urlsplit(url)
    words = PurePosixPath(unquote(parts.path)).stem
    return words if len(words) > 3 else f"{parts.hostname or ''} {words}".strip()
