"""Text as Slack may have it, and Slack's text as it was meant. Pure.

Lengths are counted in UTF-16 units: Slack publishes limits in characters without saying of which
kind, and a text that is short in UTF-16 units is short in every other count of characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.chat.printable import CLOSES, OPENS
from bot.wording import phrases

LONGEST_URL = 2000
"""Units of an address; Slack takes 3,000 (docs.slack.dev/reference/block-kit), browsers fewer."""

_BLANKS = re.compile("\r\n?|[\t\v\f\x1c-\x1f\x85\u2028\u2029]")
_GONE = frozenset({"Cc", "Cs"})
_SUSPECT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Whatever :func:`safe` might not keep: most texts have none of it, and are looked through a hundred times as fast."""

_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc", "Mn", "Me"})
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category, blank on the screen."""

_SIGNS = {"lt": "<", "gt": ">", "amp": "&"}
_ENTITY = re.compile(r"&(lt|gt|amp);")
_ANGLE = re.compile(r"<([^<>\n]{1,4000})>")
_NOT_IN_URL = re.compile("[\\s\x00-\x1f\x7f-\x9f]")
_KEPT_IN_URL = "%!#$&'()*+,/:;=?@[]~"


def size(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def safe(text: str) -> str:
    """The text without control characters, lone surrogates and unpaired bidirectional marks.

    Line ends stay; other blanks of the control range become spaces. Never longer than ``text``.
    """
    if not _SUSPECT.search(text):
        return text
    kept: list[str] = []
    opened: list[int] = []
    for char in _BLANKS.sub(_blank, text):
        if char in OPENS:
            opened.append(len(kept))
        elif char in CLOSES:
            if not opened or OPENS[kept[opened[-1]]] != char:
                continue
            opened.pop()
        elif char != "\n" and unicodedata.category(char) in _GONE:
            continue
        kept.append(char)
    for index in opened:
        kept[index] = ""
    return "".join(kept)


def _blank(found: re.Match[str]) -> str:
    return "\n" if found[0][0] == "\r" else " "


def is_visible(text: str) -> bool:
    """Whether anything can be seen of it; Slack refuses texts of which nothing is."""
    return any(unicodedata.category(char) not in _UNSEEN and char not in _FILLERS for char in text)


def escaped(text: str) -> str:
    """The text for a place where Slack reads mrkdwn: no mention, link or date token can be made of it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=1024)  # a digest names each page several times, and so do the digests of one slot
def address(url: str | None) -> str | None:
    """The url where a link may lead to it, else ``None``: http and https, a plain host, no credentials.

    Signs that end a link in Slack's own notation are percent-encoded.
    """
    if not url or _NOT_IN_URL.search(url):
        return None
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        whole = quote(url, safe=_KEPT_IN_URL)
    except (ValueError, UnicodeEncodeError):
        return None
    return whole if known and parts.netloc.isascii() and size(whole) <= LONGEST_URL else None


def cut(text: str, most: int) -> str:
    """The text where it is at most ``most`` units long, else its beginning and an ellipsis."""
    return text if size(text) <= most else beginning(text, most - size(phrases.MORE)) + phrases.MORE


def beginning(text: str, most: int) -> str:
    """At most ``most`` units from the start; an emoji or an accented letter is not cut in half."""
    end, units = 0, 0
    for char in text:
        units += 1 + (char > "\uffff")
        if units > most:
            break
        end += 1
    if end == len(text):
        return text
    for at in range(end, max(0, end - 32), -1):
        if not _joined(text[at - 1], text[at]):
            return text[:at]
    return text[:end]


def _joined(before: str, after: str) -> bool:
    """Whether the two belong to one sign on the screen: joiners, accents, skin tones."""
    tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    return tone or "\u200d" in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me")


def heard(text: str) -> str:
    """What a person typed: links as their labels, mentions as names, entities as their signs."""
    return _ENTITY.sub(lambda found: _SIGNS[found[1]], _ANGLE.sub(_meant, text)).strip()


def _meant(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    if target[:1] in ("@", "#"):
        return target[0] + (label or target[1:])
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    return label or target.removeprefix("mailto:")
