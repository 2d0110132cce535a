"""Where files come from by themselves: sources, what is known of them, and the ports that they need.

Datetimes are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol
from urllib.parse import quote

from bot.domain.errors import BotError
from bot.domain.reasons import Reason

Pages = Literal["auto", "always", "never"]
"""Whether the page of an entry is fetched: where the feed has a teaser only, in any case, or not at all."""


@dataclass(frozen=True, slots=True)
class OAuth:
    """How an access token is had (RFC 6749): what ``command`` prints, or from ``token_url``.

    There a refresh token is exchanged for one; without any the client asks in its own name. Neither secret is ever shown.
    """

    token_url: str = ""
    client_id: str = ""
    scope: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of letters on an IMAP server. The password is never shown; with ``oauth`` it is an access token.

    A letter that was taken goes to the folder ``moved_to``, or is marked as read where that is empty. Where there are
    ``senders`` (addresses, or domains), only their letters count.
    """

    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"
    moved_to: str = ""
    senders: tuple[str, ...] = ()
    tls: bool = True
    password: str = field(default="", repr=False)
    oauth: OAuth | None = None

    @property
    def url(self) -> str:
        """By what the mailbox is known, without its password."""
        scheme, user = "imaps" if self.tls else "imap", quote(self.user, safe="")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{user}@{host}:{self.port}/{quote(self.folder)}"


@dataclass(frozen=True, slots=True)
class Credential:
    """What lets the desk in at the server of ``url``, and is told to no other: a ``header`` and its ``value``.

    ``secret`` is what the value is made of. Neither is ever shown; both are empty where the environment lacks it, and ``name`` is how it is called there.
    """

    url: str
    name: str
    header: str = "Authorization"
    value: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    def hidden(self, text: str) -> str:
        """The text, without what a server may repeat of the credential."""
        for secret in sorted(
            {self.value, *self.value.split(), self.secret} - {"", "Basic", "Bearer"}, key=len, reverse=True
        ):
            text = text.replace(secret, "(password)")
        return text


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, or a ``mailbox``, that fills the inbox; ``name`` is also the folder in which its files are dropped.

    It is asked ``every`` so often. Of what it holds at first, the ``first`` newest entries are taken; ``None`` for
    all. Without ``robots`` its host's robots.txt is not heeded. After ``silent`` without anything new the owner is
    told. ``imported``: it is kept in the store and not in the configuration. A feed may want a ``credential``.
    """

    name: str
    url: str
    every: timedelta = timedelta(minutes=30)
    pages: Pages = "auto"
    first: int | None = 20
    robots: bool = True
    silent: timedelta = timedelta(days=30)
    imported: bool = False
    mailbox: Mailbox | None = None
    credential: Credential | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of the source at ``url``, over restarts.

    ``etag`` and ``modified`` are the marks of the last answer that was taken whole: a server's, or for a mailbox in
    ``etag`` up to where it was taken. ``news`` is when
    something new came last, and ``since`` when it was first asked. ``failures`` are those in a row, ``reason`` the last one's.
    ``told``: the owner knows that it does not do well.
    """

    url: str
    since: datetime
    next_try: datetime
    succeeded: datetime | None = None
    news: datetime | None = None
    etag: str = ""
    modified: str = ""
    failures: int = 0
    reason: Reason | None = None
    told: bool = False


class SourceStore(Protocol):
    """What sources need to remember. Raises StoreError."""

    async def imported(self) -> tuple[Source, ...]:
        """The sources that were imported, by name."""

    async def states(self) -> Mapping[str, SourceState]:
        """What is known of each source that was ever asked, by its address."""

    async def keep(self, state: SourceState) -> None:
        """Keep it in place of what was known of its address."""

    async def known(self, keys: Collection[str]) -> Mapping[str, int]:
        """How often what each of these keys stands for was taken, of those that were."""

    async def taken(self, keys: Iterable[str], now: datetime) -> None:
        """What each key stands for was taken once more."""

    async def seen(self, keys: Iterable[str], now: datetime) -> None:
        """What these keys stand for is still there, and must not be forgotten yet."""


class FetchFailed(BotError):
    """Something could not be fetched; ``reason`` says why.

    ``after``: the server asks to be left alone for so many seconds. ``lasting``: the same request would fail again.
    """

    def __init__(self, reason: Reason, *, after: float | None = None, lasting: bool = False) -> None:
        self.reason = reason
        self.after = after
        self.lasting = lasting
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request brought: ``headers`` by their names in small letters, and a body for status 200 alone."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Exchange(Protocol):
    """One HTTP request at a time, without following redirects, under limits of size and time."""

    async def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The server's answer. Raises FetchFailed, also for an address that is not public."""

    async def aclose(self) -> None:
        """Close every connection."""


class Drop(Protocol):
    """The one way by which a source reaches the desk: a whole file in the inbox."""

    async def __call__(self, name: str, data: bytes) -> str:
        """Put the file there under ``name``, or the next free one; that name, below the inbox. Raises InboxError."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a page that somebody wants in the library: its file, and what its receipt says.

    ``outcome`` is empty where no receipt came in time. ``title`` is the page's, ``reason`` why it is no article, and
    ``entry`` the id of the one that the library has of it.
    """

    file: str
    outcome: str = ""
    title: str = ""
    reason: Reason | None = None
    entry: int | None = None


Removal = Literal["removed", "configured", "unknown"]
"""What became of a source that somebody wants away: the configuration's are its own."""


class SourceList(Protocol):
    """The sources of the desk, as people in chat see and change them. Raises StoreError."""

    async def listed(self) -> Sequence[tuple[Source, SourceState | None]]:
        """Each source, and how it does where that is known."""

    async def add(self, url: str, name: str = "") -> tuple[Source, bool]:
        """Keep the feed; it, and whether it is new. Raises FetchFailed for what cannot be had or is no feed."""

    async def remove(self, what: str) -> tuple[Source | None, Removal]:
        """Ask the source of this name or address no more; which it is, and what became of it."""


class AddPage(Protocol):
    """Fetches a page for somebody."""

    async def __call__(self, url: str) -> Added:
        """What became of it. Raises FetchFailed and InboxError."""
