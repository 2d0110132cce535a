"""Where the HTTP server listens, and what of the archive it shows: whoever reads a configuration need not load the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

Excerpt = Literal["paragraph", "whole"]
"""How much of an article its page shows: the paragraphs around the lines that are marked, or all of it."""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """Where to listen; port 0 takes a free one. ``health``: also when no platform sends its requests.

    ``metrics``: numbers for Prometheus are told, too, and the server runs for them.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    health: bool = False
    metrics: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """The archive on the web: whether it is there, and for whom.

    ``address`` is the origin under which people reach it, such as ``https://desk.example.org``; without one there is no
    archive. ``public``: whoever comes may read it. Else only who has a link that was signed with ``secret``, for as long
    as ``lasts`` after that was made.
    """

    address: str = ""
    public: bool = False
    lasts: timedelta = timedelta(days=30)
    text: Excerpt = "paragraph"
    secret: str = field(default="", repr=False)


NO_ARCHIVE = ArchiveSettings()
