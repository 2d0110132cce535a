"""The addresses of the archive's pages, and the signatures that open them. Pure.

A page's address is a list of names, and its signature is over those names as they are before any encoding, so that it
holds however a chat program writes them down. What a page links to is signed with the page's own grant: nobody comes
from a link to more than that shows, or to anything for longer.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote, urlencode

from bot.domain.model import Address, Occasion
from bot.web.settings import ArchiveSettings

ROOT = "/archive"
"""Below this path are the pages."""

LONGEST = 2_000
"""Letters of a path or a key that is looked at."""

_KEY = re.compile(r"(?P<team>[\w-]{0,40})\.(?P<until>[0-9]{1,12})\.(?P<signature>[A-Za-z0-9_-]{22})")

NOWHERE = "-"
"""Stands in a page's names for a chat or a thread that a place has not."""

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """What a link opens: what the ``team`` of this name may see, up to the moment ``until``, in seconds since 1970.

    No ``until``: for good, as everything of a public archive is.
    """

    team: str = ""
    until: int | None = None


PUBLIC = Grant()


class Links:
    """Makes and reads the addresses of one archive."""

    def __init__(self, settings: ArchiveSettings) -> None:
        self._settings = settings

    def granted(self, team: str, now: datetime) -> Grant:
        """What a link that is made now opens for the team."""
        if self._settings.public:
            return PUBLIC
        return Grant(team, int((now + self._settings.lasts).timestamp()))

    def shows(self, subscription: str) -> bool:
        """Whether its digests have pages: what people want for themselves is nobody else's, so no part of a public archive."""
        return bool(self._settings.address) and (
            not self._settings.public or subscription.startswith("file:")
        )

    def to(self, grant: Grant, *names: str, fragment: str = "", **query: str) -> str:
        """The path to a page, from the root of the server, with what opens it."""
        path = "/".join((ROOT, *(quote(name, safe=":") for name in names)))
        asked = {name: value for name, value in (*query.items(), ("key", self.key(grant, *names))) if value}
        return f"{path}{'?' if asked else ''}{urlencode(asked)}{f'#{fragment}' if fragment else ''}"

    def address(self, grant: Grant, *names: str, **query: str) -> str:
        """The whole address of a page."""
        return f"{self._settings.address}{self.to(grant, *names, **query)}"

    @staticmethod
    def style(name: str) -> str:
        """The path to how pages look, which is nobody's secret."""
        return f"{ROOT}/{name}"

    def key(self, grant: Grant, *names: str) -> str:
        """What opens the page, as its query carries it; empty in a public archive."""
        if grant.until is None:
            return ""
        return f"{grant.team}.{grant.until}.{self._signature(grant, names)}"

    def opened(self, names: Names, key: str, now: datetime) -> Grant | None:
        """What the key opens at this page now; ``None`` for nothing."""
        if self._settings.public:
            return PUBLIC
        read = _KEY.fullmatch(key) if len(key) <= LONGEST else None
        if read is None or not self._settings.secret:
            return None
        grant = Grant(read["team"], int(read["until"]))
        signed = hmac.compare_digest(self._signature(grant, names), read["signature"])
        return grant if signed and now.timestamp() < int(read["until"]) else None

    def _signature(self, grant: Grant, names: Names) -> str:
        """128 bits of an HMAC-SHA-256 (RFC 2104 allows half), over text from which each part can be told."""
        signed = json.dumps(["copydesk archive 1", grant.team, grant.until, *names]).encode()
        made = hmac.digest(self._settings.secret.encode(), signed, hashlib.sha256)
        return urlsafe_b64encode(made[:16]).decode().rstrip("=")


def digest_names(occasion: Occasion) -> Names:
    """The page of the digest that was made for the occasion."""
    return ("digests", occasion.subscription, occasion.kind, occasion.key)


def place_names(place: Address) -> Names:
    """The feed of what was posted to the place."""
    return ("feeds", "places", place.platform, place.chat or NOWHERE, place.thread or NOWHERE)


def names_of(path: str) -> Names | None:
    """The names of an encoded path; ``None`` where it is no page of the archive."""
    if len(path) > LONGEST or not (path == ROOT or path.startswith(f"{ROOT}/")):
        return None
    parts = path.removeprefix(ROOT).split("/")[1:]
    try:
        names = tuple(unquote(part, errors="strict") for part in parts if part)
    except UnicodeDecodeError:
        return None
    return names if all(name.isprintable() for name in names) else None
