"""What the bytes of a document are, and why some of them are not read yet."""

from __future__ import annotations

import re

MAX_BYTES = 5_000_000
"""The largest document that is read: ten times the longest book chapter, a second of work."""

MAX_LINES = 100_000
"""The most lines: a longer text is a log or a table, and each line costs a kilobyte while it is read."""

READ = "`.txt` and `.md`"
"""The formats that are read today, as a sentence names them."""

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_HEAD = 2_000
_HTML_START = re.compile(r"\s*(?:<!--|<!doctype html|<html|<head|<body)", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|br|li|ul|td|tr|table|script|style|meta|link|img)\b", re.IGNORECASE
)
_XML_START = re.compile(r"\s*<\?xml\b|\s*<(?:rss|feed|nitf|newsItem|newsMessage)\b", re.IGNORECASE)
_JSON_START = re.compile(r'\s*(?:\[\s{0,99})?\{\s{0,99}"[^"\n]{1,99}"\s{0,99}:')
_MAIL_START = re.compile(
    r"(?:(?:received|return-path|delivered-to|mime-version|message-id|content-type|from|to|subject|date|x-[\w-]{1,40})"
    r":[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,99}){4}",
    re.IGNORECASE,
)


def refusal_of_bytes(data: bytes) -> str | None:
    """Why these bytes cannot be read as text, in one sentence; ``None`` when they may be."""
    if not data.strip():
        return "the file is empty; drop it again once it has text"
    if len(data) > MAX_BYTES:
        return (
            f"the file has {len(data):,} bytes and the limit is {MAX_BYTES:,}; "
            "split it into one file for each article"
        )
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _not_yet(kind)
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    return _not_yet("a binary file") if b"\x00" in data and not marked else None


def refusal_of_text(text: str) -> str | None:
    """Why a decoded text is not plain text, in one sentence; ``None`` when it is."""
    if not text.strip():
        return "the file has no visible text; drop it again once it has some"
    if text.count("\n") > MAX_LINES:
        return f"the file has more than {MAX_LINES:,} lines, so it is a log or a table and no article; leave it out"
    head = text[:_HEAD]
    if _XML_START.match(head) and "<html" not in head.lower():
        return _not_yet("an XML document")
    if _HTML_START.match(head) or len(_HTML_TAG.findall(head)) >= 6:
        return _not_yet("an HTML page")
    if _JSON_START.match(head):
        return _not_yet("a JSON document")
    return _not_yet("a saved mail") if _MAIL_START.match(text[:8_000]) else None


def _not_yet(kind: str) -> str:
    return f"this is {kind}, which is not read yet; save the article's text as one of {READ}"
