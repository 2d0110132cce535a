"""What goes out: a digest, its briefs, and the ledger that accounts for every file.

Datetimes are aware and in UTC. Whatever is shown about an article is a slice of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from bot.domain.model import Article, Entry, Occasion, Quote, Span, Window
from bot.domain.reasons import Reason

Style = Literal["standard", "brief", "full", "threaded"]
"""``standard``: the first story in full, the others in a line or two; ``brief``: a line each, no quotes;
``full``: every story in full; ``threaded``: the headlines, and every story in full in a thread of its own."""

Correcting = Literal["edit", "reply", "off"]
"""What becomes of posted words that their article corrected: the message is changed, or answered, or left."""

STYLES: tuple[Style, ...] = get_args(Style)

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction by adults (Brysbaert 2019, "How many words do we read per
minute? A review and meta-analysis of reading rate", 190 studies). Chinese is read at about as many
characters."""

LETTERS_OF_WORD = 10
"""More than a word has in scripts with spaces, on the average: where none stand, a text still has a length."""


def as_style(name: str) -> Style | None:
    """The style of this name; ``None`` where there is none."""
    return next((style for style in STYLES if style == name), None)


@dataclass(frozen=True, slots=True)
class KeyQuote:
    """A quote with the entry that it stands in, and in how many ``outlets`` it was found.

    ``sources`` are their names, where a reader is told them. ``corrected``: its article said it otherwise
    when it was posted first.
    """

    entry: Entry
    quote: Quote
    outlets: int = 1
    sources: tuple[str, ...] = ()
    corrected: bool = False

    @property
    def text(self) -> str:
        """The words, verbatim."""
        return self.quote.words.of(self.entry.article.text)


Part = Literal["text", "standfirst"]
"""What of an article a line stands in."""


def part_of(article: Article, part: Part) -> str:
    """The words of the part, which spans of it index."""
    return (article.standfirst or "") if part == "standfirst" else article.text


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to show, with the entry that it stands in; ``span`` is of the ``part`` of its article.

    ``corrected``: its article said it otherwise when it was posted first.
    """

    entry: Entry
    span: Span
    part: Part = "text"
    corrected: bool = False

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(part_of(self.entry.article, self.part))

    def meets(self, other: Entry, span: Span) -> bool:
        """Whether it shares a character with a span of the text of ``other``."""
        return self.part == "text" and self.entry.id == other.id and span.meets(self.span)


def lines_in(entry: Entry) -> tuple[Line, ...]:
    """The lines of an entry's summary, in the order in which they are read."""
    return (
        *(Line(entry, span, "standfirst") for span in sorted(entry.summary.standfirst)),
        *(Line(entry, span) for span in sorted(entry.summary.sentences)),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Why a story stands where it does: named parts, whose sum is its score."""

    parts: tuple[tuple[str, float], ...] = ()

    @property
    def score(self) -> float:
        """Higher stands higher."""
        return sum(worth for _, worth in self.parts)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a story: folded words, figures, marks of quotes' wordings, and who told it."""

    words: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    quotes: frozenset[int] = frozenset()
    outlets: frozenset[str] = frozenset()

    def __or__(self, more: Facts) -> Facts:
        return Facts(
            self.words | more.words,
            self.figures | more.figures,
            self.quotes | more.quotes,
            self.outlets | more.outlets,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a destination was told of a story so far.

    First ``at`` this moment, in the message that the platform calls ``posted``; empty where that is not known.
    """

    at: datetime
    posted: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Earlier:
    """When a story was told first, and the address of that message where it has one."""

    at: datetime
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """A story as a digest shows it: a headline, a few lines, key quotes, and all its entries.

    ``entries`` has the lead first; the headline is its title, or its first sentence. An ``update`` shows
    what is new of a story that was told ``earlier``. ``facts`` is what the story's readers know by it.
    ``corrected``: the headline was another when it was posted first; ``withdrawn`` lines and quotes that were
    posted then are no longer in their articles. ``differing`` are two lines of two outlets that give other figures for
    the same thing, the earlier one first, or none.
    """

    story: int
    headline: str
    lines: tuple[Line, ...]
    quotes: tuple[KeyQuote, ...]
    entries: tuple[Entry, ...]
    update: bool = False
    place: Place = Place()
    earlier: Earlier | None = None
    facts: Facts = Facts()
    corrected: bool = False
    withdrawn: int = 0
    differing: tuple[Line, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The outlets of the story, each once, the lead's first."""
        named = (entry.article.source for entry in self.entries)
        return tuple(dict.fromkeys(source for source in named if source))

    @property
    def words(self) -> int:
        """How many a reader of the story reads."""
        lines = (*self.lines, *self.differing)
        texts = (self.headline, *(line.text for line in lines), *(quote.text for quote in self.quotes))
        return sum(max(len(text.split()), len(text) // LETTERS_OF_WORD) for text in texts)


@dataclass(frozen=True, slots=True)
class Event:
    """An article of a story, and what it brought that no earlier one had: perhaps nothing."""

    entry: Entry
    lines: tuple[Line, ...] = ()
    quotes: tuple[KeyQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Omission:
    """Why an item is not in the digest: a file name or a headline, and the reason."""

    item: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Telling:
    """A story in a digest that is staged, and the part of it, counted from 1, that tells it.

    Its readers see it under this ``number``; 0 where stories are not numbered. One that is ``listed`` by its
    headline alone is not told by it.
    """

    part: int
    brief: Brief
    number: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class PostedStory:
    """A story as a digest showed it under a ``number``, in one of its parts.

    ``entries`` are the ids of its articles then, the lead first; ``lines`` and ``quotes`` what was shown of
    them, each an entry and the span in its text of then, of a line also in which part of the article.
    """

    number: int
    part: int
    headline: str
    entries: tuple[int, ...]
    lines: tuple[tuple[int, Span, Part], ...] = ()
    quotes: tuple[tuple[int, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class PostedDigest:
    """A digest that was posted: made at ``until`` of what came up to the revision ``upto``, by its ``id``.

    ``part`` is the one of its messages that was answered; 0 where that cannot be told. ``stories`` are in the
    order of their numbers; there are none (any more) where it was not numbered, or is too old.
    """

    id: int
    name: str
    until: datetime
    upto: int
    stories: tuple[PostedStory, ...] = ()
    part: int = 0


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as it is told to who asks for it below a digest: its articles, the lead first, and what is shown of them."""

    entries: tuple[Entry, ...]
    lines: tuple[Line, ...] = ()
    quotes: tuple[KeyQuote, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Accounts for every file of a digest's window."""

    files: int = 0
    articles: int = 0
    stories: int = 0
    shown: int = 0
    listed: int = 0
    already_sent: int = 0
    muted: int = 0
    unreadable: int = 0
    reasons: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Words that a digest showed, ``old``, and what their article ``entry`` says now in their place.

    Both are word for word; ``new`` is ``None`` where it says nothing in their place any more. ``span`` is of ``new`` in the
    ``part`` of the article, ``None`` for a headline.
    """

    entry: Entry
    old: str
    new: str | None
    span: Span | None = None
    part: Part = "text"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a digest, made at ``until``, does not show, and why: the first ``reasons`` of ``total``."""

    until: datetime
    total: int
    reasons: tuple[Omission, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a digest was laid out: for readers in ``zone``; unasked, where it is ``scheduled``, with what is offered then.

    ``numbered``: its stories can be asked for by number, and with ``buttons`` by a button each. ``language`` is the code
    of the language that it speaks. ``silent``: it was asked for in quiet hours. ``page`` is the address of its page on the
    web; empty where it has none.
    """

    zone: str
    scheduled: bool = False
    dropped: int = 0
    older: int = 0
    numbered: bool = False
    language: str = ""
    buttons: bool = False
    silent: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class PostedLines:
    """A digest that arrived: each of its lines and quotes in their order, as an entry's id, the span and the part of it.

    ``plain`` is the text of its parts as it was posted.
    """

    id: int
    name: str
    until: datetime
    lines: tuple[tuple[int, Span, Part], ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What one occasion has to say, made from the revisions of ``window``.

    ``since`` and ``until`` are the moments that the window stands for. ``also`` are the stories that are
    listed by their headline alone.
    """

    occasion: Occasion
    name: str
    window: Window
    since: datetime
    until: datetime
    briefs: tuple[Brief, ...]
    ledger: Ledger
    also: tuple[Brief, ...] = ()
    style: Style = "standard"

    @property
    def seconds(self) -> float:
        """How long it takes to read the stories that are told."""
        return 60 * sum(brief.words for brief in self.briefs) / WORDS_A_MINUTE


@dataclass(frozen=True, slots=True)
class Difference:
    """From one digest to another: stories that come in and that go, in the order of their digest; the others stay.

    ``seconds`` are how long the two take to read.
    """

    comes: tuple[Brief, ...]
    goes: tuple[Brief, ...]
    stays: int
    seconds: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Made:
    """A digest that was made at ``until``: what it was made of, and since when that came."""

    window: Window
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """The digest as its articles have it now, and what changed in it: nothing where its words still stand.

    ``facts`` is what its readers learn by the changes.
    """

    digest: Digest
    changes: tuple[Change, ...]
    facts: Facts
