"""The options of the HTTP server and of the archive that it shows, and what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.chat.platform import Options
from bot.option_kinds import BoundHost
from bot.web.origins import parse_origin
from bot.web.settings import ArchiveSettings, Excerpt

ARCHIVE_SECRET = "ARCHIVE_SECRET"  # noqa: S105 - its name
SHORTEST_SECRET = 32
"""Characters: whoever has a link can try secrets against it for as long as they like."""

Origin = Annotated[str, AfterValidator(parse_origin)]


def _server(text: str) -> str:
    if text and not re.fullmatch(r"https?://[a-zA-Z0-9.\-\[\]:]{1,250}/?", text):
        raise ValueError(f'"{text}" is no address of a server; write one like https://desk.example.org')
    return text.rstrip("/")


class Web(Options):
    """``[web]``: where platforms' requests are received, when they are, and probes are answered."""

    host: BoundHost = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    health: bool = False
    metrics: bool = False


class Archive(Options):
    """``[archive]``: what is shown on the web; ``days`` are those for which a link is good."""

    address: Annotated[str, AfterValidator(_server)] = ""
    public: bool = False
    days: int = Field(default=30, ge=1, le=3650)
    text: Excerpt = "paragraph"


def archive_of(told: Archive, secret: Mapping[str, str], problems: list[str]) -> ArchiveSettings:
    """The archive of these options; what is wrong with them is added to ``problems``."""
    signing = secret.get(ARCHIVE_SECRET, "")
    if told.address and not told.public and len(signing) < SHORTEST_SECRET:
        problems.append(
            f"archive.address: links are signed with {ARCHIVE_SECRET}, which needs {SHORTEST_SECRET} characters at "
            "least in the environment; `openssl rand -hex 32` makes one"
        )
    return ArchiveSettings(told.address, told.public, timedelta(days=told.days), told.text, signing)
