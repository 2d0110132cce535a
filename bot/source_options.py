"""The options of ``[[sources]]``: which each kind has, what is secret of them, and the sources that they are."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from bot.chat.platform import Options
from bot.domain.sourcing import Credential, Mailbox, OAuth, Pages, Source

MAILBOX_PASSWORD, REFRESH_TOKEN, CLIENT_SECRET, FEED_PASSWORD, FEED_TOKEN = PREFIXES = (
    "MAILBOX_PASSWORD_",
    "MAILBOX_REFRESH_TOKEN_",
    "MAILBOX_CLIENT_SECRET_",
    "FEED_PASSWORD_",
    "FEED_TOKEN_",
)
"""Begin the names that secrets of sources have in the environment."""

OF_OAUTH = frozenset({"token_url", "client_id", "scope"})
OF_MAILBOX = OF_OAUTH | {"host", "port", "folder", "moved_to", "senders", "tls", "token_command"}
OF_FEED = frozenset({"url", "pages", "robots", "header"})

_OF_HTTP = frozenset(
    ("connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade")
)
"""Headers that say how a request is sent, and not by whom."""


def _host(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}", text):
        raise ValueError(f'"{text}" is no name of a server; write one like imap.example.org')
    return text.lower()


def _feed_address(text: str) -> str:
    if re.match(r"https?://[^/?#]*@", text):  # not shown: it has a password
        raise ValueError(
            "an address with a user or password in it is told to whoever sees it; "
            "write the address without, `user = …` beside it, and the password into the environment"
        )
    if not re.fullmatch(r"https?://[^\s/?#@]+([/?]\S{0,2000})?", text):
        raise ValueError(f'"{text}" is no address of a feed; write one like https://www.example.org/feed.xml')
    return text


def _header(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", text) or text.lower() in _OF_HTTP:
        raise ValueError(f'"{text}" is no header for a token; write one like X-Api-Key')
    return text


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


def _token_url(text: str) -> str:
    address = urlsplit(text)
    local = address.scheme == "http" and _is_loopback(address.hostname or "")
    if not text.isprintable() or "@" in address.netloc or not (address.scheme == "https" or local):
        raise ValueError("it is to begin with https:// and to have no password, since secrets are sent there")
    return text


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
    token_url: Annotated[str, AfterValidator(_token_url)] = ""
    client_id: Line = Field(default="", max_length=500)
    scope: Line = Field(default="", max_length=1000)
    token_command: list[Annotated[str, Field(min_length=1, max_length=1000)]] = Field(default=[])

    def mailbox(self, password: str = "", oauth: OAuth | None = None) -> Mailbox:
        """The mailbox with this password, or with access tokens."""
        return Mailbox(
            self.host,
            self.user,
            self.port,
            self.folder,
            self.moved_to,
            tuple(self.senders),
            self.tls,
            password,
            oauth,
        )

    def oauth(self, client_secret: str, refresh_token: str) -> OAuth | None:
        """How access tokens are had, where the mailbox wants any."""
        if self.token_command:
            return OAuth(command=tuple(self.token_command))
        if self.token_url:
            return OAuth(self.token_url, self.client_id, self.scope, client_secret, refresh_token)
        return None


class AnySource(MailboxSource):
    """What any source may have: ``every`` in minutes, ``silent`` in days."""

    name: str
    kind: Literal["feed", "mailbox"] = "feed"
    url: Annotated[str, AfterValidator(_feed_address)] = ""
    header: Annotated[str, AfterValidator(_header)] = "Authorization"
    every: int = Field(default=30, ge=5, le=10_080)
    pages: Pages = "auto"
    first: int | None = Field(default=None, ge=0, le=500)
    robots: bool = True
    silent: int = Field(default=30, ge=1, le=3650)

    def source(self, secret: Mapping[str, str]) -> Source:
        """The source, with what is secret of it. Raises ValueError with what is wrong about that."""
        password, client_secret, refresh_token = (
            secret.get(name_of(one, self.name), "")
            for one in (MAILBOX_PASSWORD, CLIENT_SECRET, REFRESH_TOKEN)
        )
        mailbox = self.mailbox(password, self.oauth(client_secret, refresh_token))
        return Source(
            name=self.name,
            url=mailbox.url if self.kind == "mailbox" else self.url,
            every=timedelta(minutes=self.every),
            pages=self.pages,
            first=20 if self.first is None and self.kind == "feed" else self.first,
            robots=self.robots,
            silent=timedelta(days=self.silent),
            mailbox=mailbox if self.kind == "mailbox" else None,
            credential=self.credential(secret) if self.kind == "feed" else None,
        )

    def credential(self, secret: Mapping[str, str]) -> Credential | None:
        """What lets the desk in at the feed, if that asks for anything. Raises ValueError."""
        name = name_of(FEED_PASSWORD if self.user else FEED_TOKEN, self.name)
        given = secret.get(name, "")
        if not given and not {"user", "header"} & self.model_fields_set:
            return None
        if not given.isprintable() or (not self.user and not given.isascii()):
            raise ValueError(f"{name}: it has characters that no header can have")
        address = urlsplit(self.url)
        if address.scheme != "https" and not _is_loopback(address.hostname or ""):
            raise ValueError(
                f"{name}: without https:// in `url` it crosses the network for everybody to read; "
                "only this machine may do without"
            )
        value = given
        if self.user:
            value = f"Basic {base64.b64encode(f'{self.user}:{given}'.encode()).decode()}"
        elif self.header.lower() == "authorization" and " " not in given:
            value = f"Bearer {given}"
        return Credential(self.url, name, self.header, value if given else "", given)


def sources_of(
    given: Sequence[AnySource], secret: Mapping[str, str], problems: list[str]
) -> tuple[Source, ...]:
    """The sources that these options and secrets are; what is wrong is added to ``problems``."""
    made = []
    for one in given:
        try:
            made.append(one.source(secret))
        except ValueError as error:
            problems.append(str(error))
    return tuple(made)


def name_of(prefix: str, source: str) -> str:
    """The name that a secret of the source has in the environment."""
    return prefix + source.upper().replace("-", "_")


def wrong_of_kind(source: MailboxSource, kind: str) -> Iterator[str]:
    """What a source of this kind lacks, and what it cannot have, each after the path of the source."""
    there = source.model_fields_set
    lacking = {"feed": ("url",), "mailbox": ("host", "user")}[kind]
    yield from (f".{name}: it is required for a {kind}" for name in lacking if not getattr(source, name))
    others = OF_FEED if kind == "mailbox" else OF_MAILBOX
    yield from (
        f".{'from' if name == 'senders' else name}: a {kind} has none" for name in sorted(there & others)
    )
    if kind == "feed" and source.user:
        if ":" in source.user:
            yield '.user: this one can have no ":"'
        if "header" in there:
            yield ".header: a token goes there, which a source with a user has not"
    if kind == "mailbox":
        if source.moved_to and source.moved_to == source.folder:
            yield ".moved_to: this is the folder itself; name another"
        if source.token_command and there & OF_OAUTH:
            yield ".token_command: it prints the token, so there is no need for token_url, client_id and scope"
        elif there & OF_OAUTH:
            yield from (
                f".{name}: it is required for OAuth"
                for name in ("token_url", "client_id")
                if not getattr(source, name)
            )
        if not source.tls and not _is_loopback(source.host):
            yield ".tls: without it the password crosses the network for everybody to read; only this machine may do without"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
