"""Saved pages: the one inside an MHTML snapshot (RFC 2557), and what programs write into a page that they save."""

from __future__ import annotations

import plistlib
import re
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice

from bot.article.encoding import in_charset

_COMMENTS = 20_000  # Characters in which a program names the address: both do so in front of the head.
_SAVED = re.compile(
    r"<!--\s{0,9}(?:Page saved with SingleFile\s{0,9}url: |saved from url=\(\d{1,5}\))(https?://[^\s<>\"]{4,2000})"
)
_EMBEDDED = re.compile(rb"\bdata:[a-z]{1,20}/[\w.+-]{1,60}(?:;[\w=-]{1,30})?;base64,[A-Za-z0-9+/=]{200,}")
WEB_ARCHIVE = b"bplist00"
"""What a web archive of Safari begins with."""

_MOST_PARTS = 500  # Parts that are looked at; pictures follow the page.


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The ``markup`` of a saved page as it came, and the ``url`` it was saved from."""

    markup: bytes
    url: str | None


def opened(data: bytes) -> Snapshot | None:
    """The first HTML part of ``data``; ``None`` without one. Raises ValueError for a web archive that is damaged."""
    if data.startswith(WEB_ARCHIVE):
        return _web_archive(data)
    whole = BytesParser(policy=policy.compat32).parsebytes(data)
    for part in islice(whole.walk(), _MOST_PARTS):
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            markup = part.get_payload(decode=True)
            if isinstance(markup, bytes) and markup.strip():
                return Snapshot(_marked(markup, part), _address(part) or _address(whole))
    return None


def _web_archive(data: bytes) -> Snapshot | None:
    """The page in an archive that Safari saved: a property list, with the page's bytes and its charset."""
    whole = plistlib.loads(data, fmt=plistlib.FMT_BINARY)
    main = whole.get("WebMainResource") if isinstance(whole, dict) else None
    markup = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(markup, bytes) or not markup.strip():
        return None
    text = in_charset(markup, str(main.get("WebResourceTextEncodingName") or "ascii"))
    address = str(main.get("WebResourceURL") or "")
    return Snapshot(
        markup if text is None else b"\xef\xbb\xbf" + text.encode("utf-8", "replace"),
        address if address.startswith(("http://", "https://")) else None,
    )


def _marked(markup: bytes, part: Message) -> bytes:
    """``markup`` as UTF-8 where the part's own header names its charset; pages seldom name it as well."""
    charset = part.get_content_charset()
    text = in_charset(markup, charset) if charset else None
    return markup if text is None else b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _address(part: Message) -> str | None:
    for header in ("Snapshot-Content-Location", "Content-Location"):
        value = str(part.get(header) or "").strip()
        if value.startswith(("http://", "https://")):
            return value
    return None


def saved_from(markup: str) -> str | None:
    """The address that SingleFile or a browser saved the page from."""
    found = _SAVED.search(markup[:_COMMENTS])
    return found[1] if found else None


def without_embedded(data: bytes) -> bytes:
    """The page without the pictures, fonts and sounds that are written into it."""
    return _EMBEDDED.sub(b"data:,", data) if b";base64," in data else data
