"""The ports: what the loops need, as protocols.

A port exists where a second implementation exists, or where a loop should see only a few methods
of a big room. Each method may raise the errors of its room in :mod:`bot.domain.errors` and no others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, ParamSpec, Protocol, TypeVar

from bot.domain.arriving import Arriving, Unknown
from bot.domain.model import (
    Address,
    Arrival,
    Article,
    Entry,
    Gist,
    Held,
    Kept,
    Matches,
    Member,
    Outcome,
    Reading,
    Snippet,
    Summary,
    Window,
)
from bot.domain.query import Query
from bot.domain.query_nodes import SearchOrder
from bot.domain.reasons import Reason

P = ParamSpec("P")
T = TypeVar("T")


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    async def sleep_until(self, moment: datetime) -> None:
        """Return at ``moment`` or soon after it; at once if it has passed."""


class Workers(Protocol):
    """Somewhere else to compute, under limits."""

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result; its own exceptions pass through.

        Raises OverBudget when it took too long, too much memory or its process down, OutOfRoom
        when the machine would fail any function. Function, arguments and result must be picklable.
        """


class Summarizer(Protocol):
    """Chooses sentences. Deterministic: equal articles give equal summaries."""

    def __call__(
        self,
        article: Article,
        *,
        sentences: int | None = None,
        words: int | None = None,
        seconds: float | None = None,
    ) -> Summary:
        """Disjoint spans in order, within every limit given (at least one); fewer where fewer say it better."""


class Library(Protocol):
    """The articles that the desk has, and what became of each file. Raises StoreError.

    Revisions count up by one with each change and have no gaps: a reader that has seen revision
    ``n`` has seen everything up to ``n``.
    """

    async def keep(  # noqa: PLR0913 -- what came, as what, when, where to
        self,
        reading: Reading,
        *,
        origin: str,
        data_key: str,
        added: datetime,
        story: int | None,
        bulk: bool = False,
        revises: int | None = None,
        gist: Gist | None = None,
        absorbs: Sequence[int] = (),
        expires: datetime | None = None,
    ) -> Kept:
        """Store the article once and record the arrival, in one transaction.

        An article whose ``content_key`` is there already, or was there before a correction, is
        ``known`` and changes nothing but the record of arrivals. One that ``revises`` an entry
        takes the place of its text under the next revision (``corrected``): id, story and the
        moment of adding stay, ``origin`` and ``bulk`` are the newer text's; raises NoSuchEntry
        where there is none. ``data_key`` identifies the file's bytes: the same ``origin`` with the
        same bytes is recorded once. ``story`` is the story to join; ``None`` founds one, whose id
        is the new entry's. ``bulk`` marks arrival and entry as one of very many at once. A new
        article's ``gist`` is kept beside it, and the stories that it ``absorbs`` become one with its own.
        From ``expires`` on the index does not find it. Files of the same text that are held wait no longer.
        Raises UnreadableDocument for a text or bytes that were forgotten.
        """

    async def unknown(self, coming: Sequence[Arriving], *, since: datetime) -> Unknown:
        """How many of them ``keep`` would call new, without any that it could revise.

        None of these has text, bytes, page or (at or after ``since``) title and outlet with an entry, a file or
        another of them in common; nor was it forgotten.
        """

    async def keep_all(self, coming: Sequence[Arriving], *, at: int) -> tuple[Kept, ...] | None:
        """Store new articles, all in one transaction, as ``keep`` would one after the other: those of :meth:`unknown`.

        ``None``, and nothing is changed, where the library has another revision than ``at``. Raises
        UnreadableDocument where one was forgotten meanwhile.
        """

    async def refuse(self, *, origin: str, data_key: str, reason: Reason, added: datetime) -> None:
        """Record that a file could not be read; the same origin and bytes are recorded once."""

    async def hold(self, held_back: Held) -> None:
        """Keep an article apart, in place of what the same file said before: it is in no answer of this port.

        Other held files of the same text wait as long as this one does. Raises as ``keep`` does.
        """

    async def due(self, now: datetime, *, limit: int) -> tuple[Held, ...]:
        """Held articles that may be shown at ``now``, in the order in which they may and came."""

    async def next_release(self) -> datetime | None:
        """When the next held article may be shown; ``None`` where none waits for a moment."""

    async def released(self, held_back: Held) -> None:
        """It is held no longer."""

    async def answered(
        self, files: Sequence[tuple[str, str]], entries: Collection[int], now: datetime
    ) -> None:
        """Whoever brought these files, each an origin and its ``data_key``, was told what became of them.

        What was forgotten while its file was in hand is noted as left to be removed: of the files by their keys, of
        ``entries``, which their receipts name, by these.
        """

    async def unanswered(self, *, origin: str, data_key: str) -> Outcome | None:
        """What became of the file, where nobody was told yet; ``None`` where it is answered, or never came.

        A file may be kept and its receipt lost, to a kill or a full disk: it is read once more
        then, and its receipt says what became of it at first.
        """

    async def seen(self, data_key: str) -> Arrival | None:
        """The first arrival of these bytes that became an article, under whatever name."""

    async def entry(self, id: int) -> Entry:
        """The entry; raises NoSuchEntry."""

    async def entries(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        """The entries in the order asked for; ids that do not exist are left out."""

    async def namesakes(self, article: Article, *, since: datetime) -> tuple[Entry, ...]:
        """Entries that the article may be a revision of, at most 20, the newest revision first.

        They have its URL; or its title and source, and were added at or after ``since``.
        """

    async def after_revision(self, revision: int, *, limit: int) -> tuple[Entry, ...]:
        """Entries changed after ``revision``, in the order of :attr:`Entry.changed`."""

    async def members(self, *, since: datetime, after: int, limit: int) -> tuple[Member, ...]:
        """The first articles with an id above ``after`` of stories that were added to at or after ``since``.

        Articles that were kept without a gist are left out.
        """

    async def without_gist(self, *, since: datetime, limit: int) -> tuple[Entry, ...]:
        """The oldest entries without a gist of stories that were added to at or after ``since``."""

    async def keep_gists(self, found: Mapping[int, Gist]) -> None:
        """Keep what entries are found by; those that have a gist keep theirs."""

    async def newest_member(self) -> int:
        """The entry that was kept with a gist last, by its id; 0 before the first."""

    async def story(self, id: int) -> int:
        """The id of the story that ``id`` is part of by now: itself, unless it was merged."""

    async def moved(self, window: Window) -> tuple[Entry, ...]:
        """The entries of every story that a merge of the window made of several."""

    async def former(self, of: Collection[int]) -> Mapping[int, tuple[int, ...]]:
        """The ids of other stories that each of these is by now, of those that are any."""

    async def gone(self, window: Window) -> tuple[int, ...]:
        """The ids of entries that were removed in the window: no other method knows them any more."""

    async def revision(self) -> int:
        """The newest revision; 0 when nothing ever arrived."""

    async def revision_at(self, moment: datetime) -> int:
        """The newest revision that was made at or before ``moment``."""

    async def arrivals(self, window: Window) -> tuple[Arrival, ...]:
        """What became of each file in the window, in the order of arrival."""


class Tell(Protocol):
    """Tells the owner what failed; never raises."""

    async def __call__(self, what: Reason | str, *, urgent: bool = False) -> None:
        """Pass on one sentence, ``urgent`` ones at once; a reason in the owner's language."""


class Turned(Protocol):
    """Notes that a loop is alive: :mod:`bot.runtime.health` finds one that hangs."""

    def __call__(self, loop: str) -> None:
        """``loop`` begins a round, or has done a piece of a long one."""


def unwatched(loop: str) -> None:
    """For a loop that nobody watches."""


TaskOutcome = Literal["done", "refused", "failed", "set_aside"]
"""Of work done elsewhere: ``refused`` says that it cannot be done, and why; ``set_aside``: worker after worker ended on it."""


class Measures(Protocol):
    """Counts what the desk does, for whoever watches it; no words, names or chats are kept."""

    def article(self, outcome: Outcome) -> None:
        """An article, or a file that is none, was settled."""

    def answer(self, platform: str, seconds: float) -> None:
        """An answer was posted so long after its question was heard."""

    def unanswered(self, platform: str) -> None:
        """A question, a press or a change could not be dealt with."""

    def task(self, kind: str, outcome: TaskOutcome, seconds: float, *, again: bool) -> None:
        """What was handed to a worker elsewhere came back after so long; ``again``: after a worker had ended on it."""


class Unmeasured:
    """:class:`Measures` for a desk that nobody watches."""

    def article(self, outcome: Outcome) -> None:
        """Forget it."""

    def answer(self, platform: str, seconds: float) -> None:
        """Forget it."""

    def unanswered(self, platform: str) -> None:
        """Forget it."""

    def task(self, kind: str, outcome: TaskOutcome, seconds: float, *, again: bool) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the ``total`` matches of a search each outlet, speaker and month (``2031-03``) has.

    The most frequent outlets and speakers, and months from the newest. The speakers are those of the ``looked`` newest
    matches; their counts are of all.
    """

    total: int
    outlets: Mapping[str, int] = field(default_factory=dict)
    speakers: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    looked: int = 0


class Index(Protocol):
    """Full-text search, derived from a library. Raises SearchError.

    What is found may lag behind the library by what arrived since ``follow``.
    """

    async def follow(self, library: Library) -> int:
        """Take in what the library has and the index has not; the revision reached.

        Where another process holds the write lock, waits up to five seconds for it to reach the
        library's revision, then raises IndexBusy.
        """

    async def search(
        self, query: Query, *, now: datetime, limit: int, offset: int = 0, order: SearchOrder = "best"
    ) -> Matches:
        """The first matches in the order; with none, once more tolerating typing errors."""

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...]:
        """Every entry of the window that the query matches, in the order of revisions."""

    async def facets(self, query: Query, *, now: datetime) -> Facets:
        """What the matches of a search are counted by."""

    def snippet(self, article: Article, query: Query) -> Snippet | None:
        """The passage of the article that answers the query best; pure, no disk."""


class StandingQueries(Protocol):
    """What very many queries match, found as articles come and not when it is asked for. Raises StoreError."""

    async def watch(self, queries: Collection[Query]) -> None:
        """Stand for these from now on, and no others; their topics are written out."""

    async def matching(self, query: Query, window: Window, *, now: datetime) -> tuple[int, ...] | None:
        """As an index finds it that has reached the window's end; ``None`` where that is not known."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What every loop needs: the store, the index, the workers and the clock."""

    library: Library
    index: Index
    workers: Workers
    clock: Clock


Call = Callable[[], Awaitable[T]]
Lost = Callable[[], Awaitable[T | None]]
"""Looks for what a call posted whose answer was lost; ``None``: nothing was. Raises where nobody can tell."""


class Say(Protocol):
    """How the calls of an answer are made."""

    async def __call__(
        self, to: Address, call: Call[T], *, counted: bool = True, lost: Lost[T] | None = None
    ) -> T:
        """Make the call in its turn, and again after a short pause, or where ``lost`` finds nothing; its result.

        ``counted``: the platform counts it among what is posted to the chat.
        """


async def at_once(to: Address, call: Call[T], **how: object) -> T:  # noqa: ARG001 - as Say has it
    """Say it now, whoever else is posting."""
    return await call()
