"""What the messenger of e-mail is told; apart from it, because reading it takes no library. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator

from bot.chat.platform import Options
from bot.domain.errors import ConfigError

NAME = "email"
SMTP_URL = "SMTP_URL"

MAILBOX = r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}@(?=.{1,190}$)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
"""RFC 5321 without quoted names, address literals, and slashes, which end a chat's name elsewhere."""

_PORTS = {"smtps": 465, "smtp": 587}  # RFC 8314; RFC 6409


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """One mail server, and in whose name it is given letters. The password is never shown.

    ``encrypted``: TLS from the first byte; else by STARTTLS, which must be offered where there is a
    ``user``, for no password crosses a network in the clear. ``sender`` is an address, ``name`` what
    readers see beside it. ``unsubscribe`` is the address, of mail or of a page, that letters name for it.
    ``answer_within`` is how many seconds each answer of the server may take.
    """

    host: str
    port: int
    encrypted: bool
    sender: str
    name: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    unsubscribe: str = ""
    answer_within: float = 60.0


def _sender(text: str) -> str:
    if not re.fullmatch(MAILBOX, parseaddr(text)[1]) or not text.isprintable():
        raise ValueError(f'"{text}" is not a sender; write one like "Copydesk <desk@example.org>"')
    return text


def _unsubscribe(text: str) -> str:
    if not re.fullmatch(rf"https://[!-;=?-~]+|mailto:{MAILBOX}(\?subject=[A-Za-z0-9%._-]+)?", text):
        raise ValueError(f'"{text}" is no way to unsubscribe; write "mailto:desk@example.org" or "https://…"')
    return text


class EmailOptions(Options):
    """``[email]``; the server with its password comes from the environment."""

    sender: Annotated[str, AfterValidator(_sender)] | None = None
    unsubscribe: Annotated[str, AfterValidator(_unsubscribe)] | None = None


def settings(options: EmailOptions, secret: Mapping[str, str]) -> EmailSettings:
    """The settings; ``secret`` has the server. Raises ConfigError, which does not repeat the secret."""
    problems = []
    if options.sender is None:
        problems.append('email.sender: it is required; write one like "Copydesk <desk@example.org>"')
    try:
        url = urlsplit(secret[SMTP_URL])
        host, port = url.hostname, url.port or _PORTS.get(url.scheme, 0)
    except ValueError:
        host, port = None, 0
    if not host or not port:
        problems.append(f"{SMTP_URL}: it is not a mail server; write smtps://USER:PASSWORD@smtp.example.org")
    if problems or options.sender is None or not host:
        raise ConfigError(problems)
    name, sender = parseaddr(options.sender)
    return EmailSettings(
        host=host,
        port=port,
        encrypted=url.scheme == "smtps",
        sender=sender,
        name=name,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        unsubscribe=options.unsubscribe or f"mailto:{sender}?subject=unsubscribe",
    )
