"""What a program writes into a page that it saves: the address, and pictures and fonts as text."""

from __future__ import annotations

import re

_COMMENTS = 20_000  # Characters in which a program names the address: both do so in front of the head.
_SAVED = re.compile(
    r"<!--\s{0,9}(?:Page saved with SingleFile\s{0,9}url: |saved from url=\(\d{1,5}\))(https?://[^\s<>\"]{4,2000})"
)
_EMBEDDED = re.compile(rb"\bdata:[a-z]{1,20}/[\w.+-]{1,60}(?:;[\w=-]{1,30})?;base64,[A-Za-z0-9+/=]{200,}")


def saved_from(markup: str) -> str | None:
    """The address that SingleFile or a browser saved the page from."""
    found = _SAVED.search(markup[:_COMMENTS])
    return found[1] if found else None


def without_embedded(data: bytes) -> bytes:
    """The page without the pictures, fonts and sounds that are written into it."""
    return _EMBEDDED.sub(b"data:,", data) if b";base64," in data else data
