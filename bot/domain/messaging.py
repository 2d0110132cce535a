"""The ports of posting and listening: the outbox, subscriptions, messengers, receivers.

Each method may raise the errors of its room in :mod:`bot.domain.errors` and no others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar, runtime_checkable

from bot.domain.digests import Digest, Shown, Telling
from bot.domain.events import (
    Closed,
    Delivery,
    Incoming,
    InlineQuery,
    Payload,
    Posted,
    Pressed,
    Said,
    Sender,
    Standing,
    Unknown,
)  # fmt: skip
from bot.domain.message import Message
from bot.domain.model import Address, Occasion, Slot, Subscription, Window
from bot.domain.ports import Say, at_once
from bot.domain.reasons import Reason

T = TypeVar("T")


class Subscriptions(Protocol):
    """The subscriptions that were made in chat; the file's are the configuration's. Raises StoreError."""

    async def add(
        self, wanted: Subscription, *, by: Sender, created: datetime, most: int | None = None
    ) -> bool:
        """Keep it; false when its name is taken there. Raises SubscriptionsFull when its chat has ``most``, whoever else adds."""

    async def change(self, wanted: Subscription) -> bool:
        """The one of this id has this query, schedule and style from now on; false when it is not there."""

    async def remove(self, id: str) -> bool:
        """Forget it, its standing and what still waits to be posted; false when it is not there."""

    async def get(self, id: str) -> Subscription | None:
        """The one of this id."""

    async def of_chats(self, platform: str, chats: Collection[str]) -> tuple[Subscription, ...]:
        """Those that go to one of the platform's chats, in whichever thread; oldest first."""

    async def all(self) -> tuple[Subscription, ...]:
        """Every one, oldest first."""


class Outbox(Protocol):
    """What is to be posted, and what became of it. Raises StoreError.

    An occasion is staged at most once, whoever tries and however often. A part is handed to one
    sender at a time, and its attempt is on disk before the call that it stands for.
    """

    async def standing(self, subscription: str, *, now: datetime) -> Standing:
        """Where the subscription stands; one that is new begins here and now."""

    async def standings(self) -> Mapping[str, Standing]:
        """Where each subscription stands that has begun, by its id."""

    async def settled(self, occasion: Occasion) -> bool:
        """Whether a digest was staged for the occasion, or a catch-up stands for it."""

    async def passed(self, subscription: str, last: datetime) -> None:
        """Every slot up to ``last`` is settled; a standing that is further on stays."""

    async def step_over(self, passed: Mapping[str, Window], now: datetime) -> None:
        """Nothing in its window is told to each subscription that still stands where its window begins."""

    async def alerted(self, to: Address, after: datetime, upto: datetime) -> int:
        """How many alerts were staged for the place after one moment and up to another."""

    async def begin(self, subscription: str, key: str, now: datetime) -> int | None:
        """Note that the occasion's digest is begun; how often it was before, without an ``end``.

        ``None`` where another process is at it, or has staged it.
        """

    async def begun(self) -> frozenset[str]:
        """The subscriptions of which a digest was begun and not ended: what the desk may have died on."""

    async def end(self, subscription: str, key: str) -> None:
        """The occasion's digest is made, or waits for what has nothing to do with it."""

    async def renew(
        self, composing: Collection[tuple[str, str]], posting: Collection[Address], now: datetime
    ) -> None:
        """This process is still at these occasions, by subscription and key, and posts to these addresses."""

    async def stage(  # noqa: PLR0913 - what a digest is, what becomes of it, and what it stands for
        self,
        digest: Digest,
        payloads: Sequence[Payload],
        *,
        to: Address,
        slots: Sequence[Slot],
        record: str = "",
        tellings: Sequence[Telling] = (),
        shown: Shown | None = None,
        begun: bool = False,
    ) -> bool:
        """Commit occasion, slots, standing and parts in one transaction; false when it was done before.

        ``slots`` are those that the digest stands for. False, and nothing is changed, when the
        occasion or its newest slot is settled. A scheduled digest whose window does not begin where
        the subscription stands is refused the same way: another was staged since it was prepared, and so is
        one whose articles were forgotten since. Where the subscription had ``begun`` when it was prepared and stands
        nowhere now, it was ended meanwhile: refused as well.
        ``record`` is the digest as JSON, kept as its hash. No payloads settle the occasion in silence
        (an empty digest). Parts for a chat that has moved go to where it is now. ``tellings`` is what
        the place is told by it, as long as their part is not refused.
        """

    async def due(self, now: datetime) -> tuple[Address, ...]:
        """The addresses where something may be worked on now, in the order of their parts; none for a place that is closed.

        That is the first part of each that is not at rest (``sent``, ``failed`` and ``uncertain`` ones are), if it is
        ``waiting`` or ``unsure`` and its time has come. A part that must wait holds the later parts of its address.
        """

    async def hold(
        self, places: Sequence[Address], now: datetime, most: int
    ) -> tuple[tuple[Delivery, ...], frozenset[Address]]:
        """What may be worked on at the first of the addresses, ``most`` at the most, to which this process alone posts until it leaves them.

        With them go those of the addresses that another process has.
        """

    async def next(self, at: Address, now: datetime) -> tuple[Delivery | None, bool]:
        """What may be worked on now at an address that is held; where nothing may, it is left.

        True when something there may be later, by itself.
        """

    async def leave(self, place: Address) -> None:
        """Another process may post to the address."""

    async def attempt(self, delivery: Delivery, now: datetime) -> bool:
        """Commit that a call begins (``sending``); false when somebody else has the part."""

    async def sent(self, delivery: Delivery, posted: str) -> None:
        """The platform took it and calls it ``posted``; a part that was amended meanwhile waits to be made so there."""

    async def made_so(self, delivery: Delivery, reason: Reason | None = None) -> None:
        """The message of an amended part says what that says by now, or is gone; ``reason`` is why it never will."""

    async def postpone(self, delivery: Delivery, until: datetime, reason: Reason) -> None:
        """It was certainly not taken; try again at ``until``."""

    async def unsure(self, delivery: Delivery, until: datetime, reason: Reason, *, looks: int = 0) -> None:
        """The answer was lost; ask the platform at ``until``. It was asked ``looks`` times."""

    async def uncertain(self, delivery: Delivery, reason: Reason) -> None:
        """It cannot be known; it is not sent again unless a person says so."""

    async def failed(self, delivery: Delivery, reason: Reason) -> None:
        """The platform refused it for good."""

    async def refused(self, delivery: Delivery, at: Address, reason: Reason, now: datetime) -> bool:
        """It was not taken, because the place ``at``, which holds its chat, takes nothing: it is closed.

        True when it was open before. Then a digest of which no part was posted, or may have been,
        is taken back with those staged for its subscription after it: its occasions are open, and
        the subscription stands where it stood. The rest of one that was begun waits.
        """

    async def shut(self, at: Address, reason: Reason, now: datetime) -> bool:
        """Close the place, as ``refused`` does; true when it was open before."""

    async def reopen(self, at: Address) -> int:
        """The chat, with all its threads, or ``EVERY`` chat is tried again; how many places were closed."""

    async def closures(self) -> tuple[Closed, ...]:
        """The places that are closed."""

    async def instead(self, delivery: Delivery, reason: Reason) -> None:
        """An edit is not possible: the reply that was kept for this waits in its place; without one it failed."""

    def let_go(self, delivery: Delivery) -> None:
        """This process does not know what became of its call: ``recover`` may take the part up."""

    async def recover(self, now: datetime) -> int:
        """Parts left ``sending`` by a process that is gone become ``unsure``, one death older; how many."""

    async def next_time(self, after: datetime) -> datetime | None:
        """When the next postponed or unsure part is due, later than ``after``."""

    async def moved(self, old: Address, new: Address) -> None:
        """The chat has a new id: open parts, chat subscriptions, mutes and later digests go there.

        In the same chat, ``old`` is a thread that is gone: its open parts and its chat subscriptions go to ``new``;
        not its mutes, which would hold for what the chat wants to hear of.
        """


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do; what it lacks is not an exception.

    ``history``: an ambiguous post can be looked up by its key. ``private``: an answer for one
    person in a shared chat. ``edits``: a message can be replaced in place. ``prefix``: what a
    command is begun with there. ``bulk``: what was dropped in bulk is shown there unasked, because
    it disturbs nobody. ``replies``: what people answer to a digest is heard there. ``forms``:
    a form can be shown to who presses a button. ``story_buttons``: a digest has a button for each of its stories.
    ``ephemeral``: some answers in a shared chat can be seen by one person alone; where one cannot be, it is told in their
    own conversation, and never to all.
    """

    history: bool
    private: bool
    edits: bool
    prefix: str = "/"
    bulk: bool = False
    replies: bool = False
    forms: bool = False
    story_buttons: bool = False
    ephemeral: bool = False


class Messenger(Protocol):
    """One chat platform. Raises MessengerError's children and no vendor's exception.

    ``post`` makes one call and never repeats it: RetryLater and Refused say that nothing was
    posted, Unconfirmed that nobody knows, BadCredentials that the token is dead.
    """

    platform: str
    capabilities: Capabilities

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message in as few parts as the platform's limits allow; pure."""

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:
        """Post one part, in the thread of the message ``parent`` where the platform has such."""

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:
        """The message posted with ``key`` at or after ``since``; ``None`` when it is not there.

        ``to`` names the thread where it stands in one, also in that of another message of its digest.
        """

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        """Let the message say this instead; twice is as once, and one that is gone is left so.

        Refused where it cannot be changed (any more), which closes no place; else raises as ``post`` does.
        """

    async def withdraw(self, to: Address, posted: str) -> None:
        """Take the message away; where that is not allowed (any more), let it say that it was taken back.

        Twice is as once. Raises as ``edit`` does.
        """

    def link(self, to: Address, posted: str) -> str | None:
        """The web address of a message that was posted there, where no call is needed to know it; pure."""

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Answer: in place of the pressed message where it can be edited, else beside the words.

        Each call that posts a part is made by ``say``. Returns the last message that was posted or
        edited, which carries the answer's last buttons; ``None`` where it has no id: nobody but the
        asker sees it, or nothing was posted.

        After a press on a message that one person alone sees, an answer that is not private is
        posted for everybody.
        """

    def incoming(self) -> AsyncIterator[Incoming]:
        """What people say, until ``stop_listening``; connects and reconnects by itself.

        Raises BadCredentials when the token is refused, and Refused when the platform will not be
        listened to, for one because another program listens in its place.
        """

    def healthy(self) -> bool:
        """Whether people can be heard now, as far as is known; false before ``incoming`` has begun."""

    async def reach(self, to: Address) -> str | None:
        """``None`` when the desk can post there and read what it needs, else what to do about it."""

    async def ready(self) -> str | None:
        """``None`` when the platform takes every token that is set up, else what to do about it."""

    async def stop_listening(self) -> None:
        """End ``incoming`` when what was heard is read to its end; posting and answering go on."""

    async def aclose(self) -> None:
        """Stop listening, finish what is held, close connections: nothing is posted after it."""


@runtime_checkable
class KnowsZones(Protocol):
    """A messenger whose platform knows the time zones of people. Raises MessengerError's children."""

    async def zone_of(self, person: str) -> str | None:
        """The zone of the person of this id, as the platform names it; ``None`` where it has none."""


@runtime_checkable
class PostsSilently(Protocol):
    """A messenger whose platform posts without a sound, if it is told to."""

    def silenced(self, payload: Payload) -> Payload:
        """The part, to be posted so; pure."""


@runtime_checkable
class KnowsAdministrators(Protocol):
    """A messenger whose platform's groups have administrators. Raises MessengerError's children."""

    async def is_administrator(self, at: Address, person: str) -> bool:
        """Whether the person of this id is one of the chat's now."""


@dataclass(frozen=True, slots=True)
class InlineResult:
    """Something to choose: a title and what stands below it, and the message that is posted for who chooses it."""

    id: str
    title: str
    description: str
    message: Message


@dataclass(frozen=True, slots=True)
class InlineResults:
    """A page of what can be chosen; ``next_offset`` names the next one, empty on the last.

    ``notice`` leads to the desk's own conversation where nothing can be chosen, and says why. They may be shown
    again to the same person for ``fresh`` seconds.
    """

    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    notice: str = ""
    fresh: int = 0


@runtime_checkable
class InlineMessenger(Protocol):
    """A messenger whose ``incoming`` brings inline queries. Raises MessengerError's children."""

    async def answer_inline(self, asked: InlineQuery, found: InlineResults) -> None:
        """Show what was found to who typed; an answer that comes too late, or is lost, is no error."""


Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a receiver answers a request with."""

    status: int
    headers: Headers = field(default_factory=dict)
    body: str = ""


Page = Callable[[], Awaitable[Answered]]
"""Makes what a GET request of a path is answered with, whatever else the request says."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A GET request for a page: its path and query as they were sent, still encoded."""

    path: str
    query: str = ""
    headers: Headers = field(default_factory=dict)


Site = Callable[[Visit], Awaitable[Answered]]
"""Answers the GET requests of every path below one."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes the requests that a platform sends to a path.

    ``refused`` looks at the headers alone, before a body is read: the answer, or ``None`` to go on.
    ``proven``: then it is the platform that sends, else ``take`` tells by the body. ``most`` are the bytes
    of a body, where the server's own limit does not do. Pages of ``origins`` may send to it from a browser.
    """

    take: Callable[[Headers, bytes], Awaitable[Answered]]
    refused: Callable[[Headers], Answered | None]
    proven: bool = False
    most: int | None = None
    origins: frozenset[str] = frozenset()
