"""MHTML: the page inside a browser's snapshot, and the address that it was saved from (RFC 2557)."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from itertools import islice

from bot.article.encoding import in_charset

_MOST_PARTS = 500  # Parts that are looked at; pictures follow the page.


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The ``markup`` of a saved page as it came, and the ``url`` it was saved from."""

    markup: bytes
    url: str | None


def opened(data: bytes) -> Snapshot | None:
    """The first HTML part of ``data``; ``None`` without one."""
    whole = BytesParser(policy=policy.compat32).parsebytes(data)
    for part in islice(whole.walk(), _MOST_PARTS):
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            markup = part.get_payload(decode=True)
            if isinstance(markup, bytes) and markup.strip():
                return Snapshot(_marked(markup, part), _address(part) or _address(whole))
    return None


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
