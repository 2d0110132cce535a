"""The options of a mailbox among ``[[sources]]``, and which options each kind of source has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.chat.platform import Options
from bot.domain.sourcing import Mailbox

PREFIX = "MAILBOX_PASSWORD_"
"""Begins the name that the password of a mailbox has in the environment."""

OF_MAILBOX = frozenset({"host", "port", "user", "folder", "moved_to", "senders", "tls"})
OF_FEED = frozenset({"url", "pages", "robots"})


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}", text):
        raise ValueError(f'"{text}" is no name of a server; write one like imap.example.org')
    return text.lower()


def _line(text: str) -> str:
    if not text.isprintable():
        raise ValueError(f"{text!r} has characters that cannot be shown")
    return text


def _senders(texts: list[str]) -> list[str]:
    for text in texts:
        if not re.fullmatch(r"([^\s@<>,]+@|@)?[^\s@<>,]+\.[^\s@<>,]+", text):
            raise ValueError(
                f'"{text}" is no sender; write one like news@example.org, or @example.org for all of it'
            )
    return texts


Line = Annotated[str, AfterValidator(_line)]


class MailboxSource(Options):
    """What a mailbox has; ``senders`` is ``from`` in the file."""

    host: Annotated[str, AfterValidator(_host)] = ""
    port: int = Field(default=993, ge=1, le=65535)
    user: Line = Field(default="", max_length=320)
    folder: Line = Field(default="INBOX", min_length=1, max_length=200)
    moved_to: Line = Field(default="", max_length=200)
    senders: Annotated[list[str], AfterValidator(_senders)] = Field(default=[], alias="from")
    tls: bool = True

    def mailbox(self, password: str = "") -> Mailbox:
        """The mailbox with this password."""
        return Mailbox(
            self.host,
            self.user,
            self.port,
            self.folder,
            self.moved_to,
            tuple(self.senders),
            self.tls,
            password,
        )


def password_name(source: str) -> str:
    """The name that the password of the source's mailbox has in the environment."""
    return PREFIX + source.upper().replace("-", "_")


def wrong_of_kind(source: MailboxSource, kind: str) -> Iterator[str]:
    """What a source of this kind lacks, and what it cannot have, each after the path of the source."""
    there = source.model_fields_set
    lacking = {"feed": ("url",), "mailbox": ("host", "user")}[kind]
    yield from (f".{name}: it is required for a {kind}" for name in lacking if not getattr(source, name))
    others = OF_FEED if kind == "mailbox" else OF_MAILBOX
    yield from (
        f".{'from' if name == 'senders' else name}: a {kind} has none" for name in sorted(there & others)
    )
    if kind == "mailbox":
        if source.moved_to and source.moved_to == source.folder:
            yield ".moved_to: this is the folder itself; name another"
        if not source.tls and not _is_loopback(source.host):
            yield ".tls: without it the password crosses the network for everybody to read; only this machine may do without"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
