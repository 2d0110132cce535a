"""The records that every room shares: plain and frozen.

Datetimes are aware and in UTC. A text that the desk publishes about an article is a :class:`Span`
of that article, never a copy: whoever holds the span can show where each word stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from bot.domain.reasons import Reason

Precision = Literal["second", "minute", "day"]
Outcome = Literal["new", "corrected", "held", "known", "unreadable"]
OccasionKind = Literal["slot", "alert", "asked", "catchup", "correction"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to but not including ``end`` of one text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The slice of ``text``, which must be the text that the span was made for."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


# --- what comes in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it arrived. ``name`` is its path as the sender knows it, for messages only."""

    name: str
    data: bytes
    received: datetime
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. Every field is either verbatim from the document or ``None``.

    ``text`` is the body: paragraphs in their order and words, joined by one empty line.
    ``standfirst`` are the article's own words below its headline, as one line; the text may open with
    them too. ``source`` is the outlet, or the agency where no outlet is named; ``agency`` the one whose
    copy it is. ``published`` with precision ``day`` is midnight UTC of the day that the article names: the day
    stays that day, whatever the reader's zone. ``utc_offset`` are the minutes by which the clock on which the article
    states ``published`` is ahead of UTC, where it says so. ``hold_until`` and ``expires`` are the moments between
    which it may be shown, as the document writes them; :func:`bot.article.fields.embargo.terms` reads them. ``content_key`` is equal for equal bodies, however
    spaced; ``fingerprint`` is a bottom-k sketch of the body's word shingles, ascending. What is long is no part of its hash.
    """

    title: str | None
    text: str
    paragraphs: tuple[Span, ...] = field(hash=False)
    content_key: str
    fingerprint: tuple[int, ...] = field(default=(), hash=False)
    language: str | None = None
    published: datetime | None = None
    published_precision: Precision | None = None
    source: str | None = None
    byline: str | None = None
    section: str | None = None
    url: str | None = None
    standfirst: str | None = None
    agency: str | None = None
    utc_offset: int | None = None
    hold_until: str | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The chosen sentences in the order of the text, disjoint; ``method`` names who chose.

    ``standfirst`` are those chosen from the article's standfirst, spans of that; a reader has them first.
    """

    sentences: tuple[Span, ...]
    method: str
    standfirst: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that the article puts between quotation marks, without the marks.

    ``speaker`` is the mention beside the words, verbatim. ``speaker_name`` is the full name that
    the article gives that person. Either is ``None`` when the article leaves a doubt: a missing
    name is a pity, a wrong one is an error. A pronoun is never in either. ``role`` are the article's
    own words for who that person is ("harbour master of Brindle"), wherever it gives them.
    """

    words: Span
    speaker: Span | None = None
    speaker_name: str | None = None
    cue: Span | None = None
    role: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document says: the result of the reading stage."""

    article: Article
    summary: Summary
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text of a document that its article does not hold, and what it was taken for."""

    text: str
    reason: str


# --- what is kept --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the library. ``story`` is the id of the story that it was placed in.

    A correction gives it a new ``revision`` with another text, and with the ``origin`` of that;
    ``id``, ``story`` and ``added`` stay. ``bulk``: this text came with a bulk drop. ``reread`` is the
    number at which later rules read the same file anew: no news, so ``revision`` stays. From ``expires`` on
    nobody finds it any more.
    """

    id: int
    revision: int
    article: Article = field(hash=False)
    summary: Summary = field(hash=False)
    quotes: tuple[Quote, ...] = field(hash=False)
    origin: str
    added: datetime
    story: int
    bulk: bool = False
    reread: int | None = None
    expires: datetime | None = None

    @property
    def changed(self) -> int:
        """The number of the last change, whether it was news or not."""
        return self.revision if self.reread is None else self.reread


@dataclass(frozen=True, slots=True)
class Gist:
    """What is kept of an article to find the others of its story.

    ``terms`` are the words of title and opening and their weights, none for a copy of another text;
    ``title``, ``body`` and ``names`` those of the title alone, of all of the text, and of the names in
    it. ``head`` are the words of its headline, ``numbers`` and ``years`` those of its opening.
    ``fullness`` is 0 for a headline, 1 for an article told in full. It stays as it is when the article
    is corrected.
    """

    terms: Mapping[str, int]
    title: Mapping[str, int] = field(default_factory=dict)
    body: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, int] = field(default_factory=dict)
    head: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    fullness: float = 0.0
    source: str | None = None
    published: datetime | None = None
    fingerprint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story, as far as finding further ones needs it."""

    entry: int
    story: int
    added: datetime
    gist: Gist


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one file; only ``unreadable`` has no entry.

    ``bulk``: it came with so many others at once that nobody wants them posted unasked.
    """

    name: str
    outcome: Outcome
    added: datetime
    revision: int
    entry: int | None = None
    reason: Reason | None = None
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Between which moments an article may be shown: not before ``hold_until``, not from ``expires`` on."""

    hold_until: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An article under embargo, as its file brought it; nobody finds it until it is released.

    ``until`` is ``None`` where the file does not say it clearly: then it waits for one that does.
    """

    reading: Reading
    origin: str
    data_key: str
    added: datetime
    reason: Reason
    until: datetime | None
    expires: datetime | None = None
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """The library's answer to an article: its entry, and whether that or its text was already there.

    ``stored`` is the entry as a reader of the library gets it from now on; ``None`` where nothing changed.
    """

    entry: int
    revision: int
    outcome: Literal["new", "corrected", "known"]
    stored: Entry | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Window:
    """Store revisions after ``after`` up to and including ``upto``."""

    after: int
    upto: int

    def __post_init__(self) -> None:
        if not 0 <= self.after <= self.upto:
            raise ValueError(f"not a window: ({self.after}, {self.upto}]")


# --- what is found -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that the index found; a higher ``score`` is a better match within one search; 0 in another order."""

    entry: int
    score: float


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of a search. ``tolerant`` says that typing errors were forgiven to find these.

    ``excluded``: where nothing is found, how many the query would match but for what it leaves out.
    """

    total: int
    matches: tuple[Match, ...]
    tolerant: bool = False
    excluded: int = 0


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of an article that answers a query; ``marks`` are the matched words inside it.

    Both index the article's text.
    """

    span: Span
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that answers a query, with the passage to show (``None``: nothing in the body)."""

    entry: Entry
    score: float
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to a search: ``hits`` is one page of ``total``; the rest as :class:`Matches` has it."""

    total: int
    hits: tuple[Hit, ...]
    tolerant: bool = False
    excluded: int = 0


# --- what goes out -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """A place to post: the console, or a chat on a platform, perhaps a thread or forum topic."""

    platform: str
    chat: str = ""
    thread: str = ""

    def __str__(self) -> str:
        tail = f"{self.chat}/{self.thread}" if self.thread else self.chat
        return f"{self.platform}:{tail}" if tail else self.platform


CONSOLE = Address("console")
"""The terminal that the desk was started at: always there, and its user is in charge."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel wants its digest: local times of ``zone`` on ``days`` (Monday is 0).

    No times: only when somebody asks, or with ``alerts`` as things arrive, at most so many an hour for the place. None in
    ``quiet`` hours, nor up to ``paused``; the next tells what came meanwhile. ``follows``: the zone is the desk's own.
    """

    zone: str
    at: tuple[time, ...] = ()
    days: frozenset[int] = frozenset(range(7))
    quiet: tuple[time, time] | None = None
    alerts: int = 0
    follows: bool = False
    paused: datetime | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One moment of a schedule: the local ``day`` and ``at`` name it, ``instant`` is its UTC."""

    day: date
    at: time
    instant: datetime

    @property
    def key(self) -> str:
        """Unique within a subscription, on either side of a clock change."""
        return f"{self.day.isoformat()}T{self.at.strftime('%H:%M')}"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A place that wants articles matching ``query`` (as typed; empty: everything).

    ``style`` is how its digests look, ``language`` what they speak; empty for the desk's, and for that of their
    place. ``by``: the rules of who made it in chat, their own before their workspace's.
    """

    id: str
    name: str
    to: Address
    query: str
    schedule: Schedule
    style: str = ""
    language: str = ""
    by: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a digest is for; at most one digest exists for an occasion.

    ``key`` is a slot's key, the first revision of an alert, or the id of the request.
    """

    kind: OccasionKind
    subscription: str
    key: str
