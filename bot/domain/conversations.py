"""The ports of conversations: what is remembered of them, and what they ask of delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from bot.domain.digests import LeftOut, Made, PostedDigest, PostedLines
from bot.domain.events import Closed, Moved, PersonalData, Pressed, Removed, Said, Sender
from bot.domain.messaging import Subscriptions
from bot.domain.model import Address, Subscription
from bot.domain.sourcing import AddPage, SourceList
from bot.domain.teams import ALL_VISIBLE, NO_TEAMS, Teams, Visibility

Moves = Callable[[], Awaitable[Mapping[Address, Address]]]
"""Each chat that has another id now, and which. Raises StoreError."""


async def no_moves() -> Mapping[Address, Address]:
    """Every chat is where it was."""
    return {}


def current_address(to: Address, moves: Mapping[Address, Address]) -> Address:
    """Where the chat is now; its thread stays."""
    new = moves.get(Address(to.platform, to.chat))
    return to if new is None else replace(to, chat=new.chat)


Reach = Callable[[Address], Awaitable[str | None]]
"""What keeps the desk from posting to a place, with the remedy; ``None`` where nothing does, or nobody knows.
Never raises."""


ZoneOf = Callable[[Sender], Awaitable[str | None]]
"""The time zone of a person, by its IANA name, as their platform tells it; ``None`` where it does not. Never raises."""


async def unknown_zone(person: Sender) -> str | None:  # noqa: ARG001 - as ZoneOf has it
    """For a desk that asks no platform."""
    return None


NameOf = Callable[[Address], Awaitable[str | None]]
"""What the people of a chat call it, as its platform tells it; ``None`` where it does not. Never raises."""


@runtime_checkable
class KnowsNames(Protocol):
    """A messenger whose platform's chats have names. Raises MessengerError's children."""

    async def name_of(self, to: Address) -> str | None:
        """What the people there call the chat; ``None`` where it has no name."""


async def unnamed(to: Address) -> str | None:  # noqa: ARG001 - as NameOf has it
    """For a desk that asks no platform."""
    return None


Administers = Callable[[Address, Sender], Awaitable[bool]]
"""Whether the person is an administrator of the chat, as its platform tells it; false where it does not. Never raises."""


async def nobody_administers(at: Address, person: Sender) -> bool:  # noqa: ARG001 - as Administers has it
    """For a desk that asks no platform."""
    return False


async def unhindered(to: Address) -> str | None:  # noqa: ARG001 - as Reach has it
    """For a desk that asks no platform."""
    return None


Lines = Callable[[Said], Awaitable[PostedLines | None]]
"""The lines of the digest that this is said about: in its thread, else after it. Raises StoreError."""


async def no_lines(said: Said) -> PostedLines | None:  # noqa: ARG001 - as Lines has it
    """For a desk that posts nothing."""
    return None


class ConversationLog(Protocol):
    """What is remembered of conversations, over restarts. Raises StoreError."""

    async def heard(self, key: str, now: datetime) -> bool:
        """Note that this is heard: true the first time, for one caller alone."""

    async def remember(self, query: str, at: Address, asker: Sender, now: datetime) -> str:
        """Keep what was asked at this place, for its buttons; an unguessable token that stands for it."""

    async def answered(self, token: str, message: str) -> None:
        """The buttons with the token are on this message of the chat, and on no other (any more)."""

    async def asked(self, at: Address, message: str) -> str | None:
        """What this message of the chat is the answer to; ``None`` where that is not kept (any more)."""

    async def recall(self, token: str, pressed: Pressed) -> str | None:
        """What was asked under the token, where the pressed message carries its buttons.

        ``None`` for any other message, chat or, on a message that one person sees, person, and when
        nothing is kept (any more).
        """

    async def caught_up(self, reader: Sender) -> datetime | None:
        """Up to when the reader has caught up; ``None`` before the first time."""

    async def catches_up(self, reader: Sender, now: datetime) -> None:
        """The reader has caught up to ``now``."""

    async def given(self, name: str, called: str, by: Said, now: datetime) -> None:
        """Note who gave the file that is in the inbox under this name, and what they call it."""

    async def giver(self, name: str) -> tuple[Said, str] | None:
        """Who gave the file of this name, and what they call it, once; ``None`` for one that nobody gave in chat."""

    async def called(self, sender: Sender, at: Address, now: datetime) -> None:
        """Note that a stranger wrote, for the operator to see: ids and a name, not the words."""


ENOUGH = 7
"""Days of history without which nothing is foretold: a week has working days and a weekend."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an answer can be narrowed to: the filter to add, as typed, what it is called, and how many articles it leaves."""

    filter: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The choices of a search, the largest first and months from the newest, counted over all ``total`` articles; the speakers are those of the ``looked`` newest."""

    sources: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    months: tuple[Choice, ...]
    looked: int
    total: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a query would have brought, by arrival: articles over ``days``, and on the busiest of them.

    ``shares`` are the counts of its alternatives, the largest first; none where there is only one. ``days``
    are fewer than asked for where the library has no more history, and of less than ``ENOUGH`` nothing is counted.
    """

    days: int
    total: int = 0
    busiest: int = 0
    shares: tuple[tuple[str, int], ...] = ()


class PersonalDataPort(Protocol):
    """What is kept about people. Raises StoreError."""

    async def about(self, person: Sender, own: Address | None) -> PersonalData:
        """Everything that names the person, or their ``own`` conversation."""

    async def remove(self, person: Sender, own: Address | None, teams: Teams = NO_TEAMS) -> Removed:
        """Remove it; subscriptions of the person's ``own`` conversation end, and those that would be of another of ``teams``."""


class NoPersonalData:
    """For a desk that keeps nothing about anybody."""

    async def about(self, person: Sender, own: Address | None) -> PersonalData:  # noqa: ARG002 - as the port has it
        """Nothing."""
        return PersonalData()

    async def remove(self, person: Sender, own: Address | None, teams: Teams = NO_TEAMS) -> Removed:  # noqa: ARG002 - as the port has it
        """Nothing."""
        return Removed()


@dataclass(frozen=True, slots=True)
class Mute:
    """What a place does not want to hear of, as the canonical text of a query, and until when; ``None`` for good."""

    query: str
    until: datetime | None = None


class Mutes(Protocol):
    """What places do not want to hear of. Raises StoreError."""

    async def add(self, to: Address, mute: Mute, now: datetime) -> bool:
        """Keep it in place of an earlier one of the same query; false when the place has as many as it may."""

    async def remove(self, to: Address, query: str) -> bool:
        """Forget it; false where there was none."""

    async def at(self, to: Address, now: datetime) -> tuple[Mute, ...]:
        """Those of the place that hold at ``now``, oldest first."""


@dataclass(frozen=True, slots=True)
class ChatLanguage:
    """Codes of languages: the one ``chosen`` for a chat, and the one that its reader's platform named last."""

    chosen: str = ""
    named: str = ""


class ChatLanguages(Protocol):
    """Which languages are spoken where. Raises StoreError."""

    async def at(self, place: Address) -> ChatLanguage:
        """What is known of the chat; its thread does not matter."""

    async def choose(self, place: Address, language: str) -> None:
        """Speak it in the chat from now on; empty for the language that follows from elsewhere."""

    async def name(self, place: Address, language: str) -> None:
        """The platform says that the chat's reader reads in it."""


class NothingChosen:
    """For a desk that keeps no languages."""

    async def at(self, place: Address) -> ChatLanguage:  # noqa: ARG002 - as ChatLanguages has it
        """Nothing."""
        return ChatLanguage()

    async def choose(self, place: Address, language: str) -> None:
        """Forget it."""

    async def name(self, place: Address, language: str) -> None:
        """Forget it."""


Subscribing = Literal["", "admins", "everybody"]
"""Who may change what a chat gets beside the desk's editors: nobody, the chat's administrators, whoever is answered there."""


class SubscribingRules(Protocol):
    """Who may subscribe in which chat. Raises StoreError."""

    async def at(self, place: Address) -> Subscribing:
        """What was chosen for the chat; its thread does not matter."""

    async def choose(self, place: Address, who: Subscribing) -> None:
        """It holds in the chat from now on."""


class EditorsAlone:
    """For a desk that keeps no such rules."""

    async def at(self, place: Address) -> Subscribing:  # noqa: ARG002 - as SubscribingRules has it
        """Nobody else."""
        return ""

    async def choose(self, place: Address, who: Subscribing) -> None:
        """Forget it."""


class Deliveries(Protocol):
    """The way out, as far as conversations reach into it. Raises BotError."""

    async def send_now(self, subscription: Subscription, key: str) -> bool:
        """Stage the digest that was asked for; false when the request ``key`` was served before."""

    async def moved(self, event: Moved) -> None:
        """A chat has another address, or none: its digests follow, or are held."""

    async def resume(self, at: Address) -> None:
        """The desk is in the chat: nothing for it is held (any more)."""

    def wake(self) -> None:
        """Subscriptions have changed."""


class Results(Protocol):
    """What became of digests. Raises StoreError."""

    async def last(self, subscription: str) -> str | None:
        """What became of the subscription's last digest, in words; ``None`` before the first."""

    async def closed(self, to: Address) -> Closed | None:
        """Why nothing is posted to the place now; ``None`` where it is open."""

    async def left_out(self, subscription: str) -> LeftOut | None:
        """What the subscription's last digest does not show, and why; ``None`` before the first."""

    async def last_made(self, subscription: str) -> Made | None:
        """The newest digest of the subscription's schedule; ``None`` before the first."""

    async def carries(self, subscription: str, pressed: Pressed) -> bool:
        """Whether the pressed message is a digest of the subscription, as it was posted there."""


class PostedDigests(Protocol):
    """The digests that were posted in the last 90 days. Raises StoreError."""

    async def under(self, said: Said) -> PostedDigest | None:
        """The digest that the words answer; the newest one of a thread that has several. ``None`` where there is none."""

    async def newest(self, said: Said) -> PostedDigest | None:
        """The newest digest of the chat in which this was said, as one whose parts are not told apart."""

    async def digest(self, id: int) -> PostedDigest | None:
        """The digest of this id, as one whose parts are not told apart."""

    async def wrote(self, places: Collection[Address], message: str) -> bool:
        """Whether the message of this id is the desk's in one of the places; the case of a chat's name counts for nothing."""


class NothingPosted:
    """For a desk whose digests nobody answers."""

    async def under(self, said: Said) -> PostedDigest | None:  # noqa: ARG002 - as PostedDigests has it
        """None."""
        return None

    async def newest(self, said: Said) -> PostedDigest | None:  # noqa: ARG002 - as PostedDigests has it
        """None."""
        return None

    async def digest(self, id: int) -> PostedDigest | None:  # noqa: ARG002 - as PostedDigests has it
        """None."""
        return None

    async def wrote(self, places: Collection[Address], message: str) -> bool:  # noqa: ARG002 - as PostedDigests has it
        """Never."""
        return False


class Inbox(Protocol):
    """Where files are dropped. ``largest``: bytes that one may have. Raises OSError."""

    largest: int

    async def drop(self, called: str, data: bytes, note: Callable[[str], Awaitable[None]]) -> None:
        """Put the file there, whole, and in nobody's place; ``note`` is told its name there before it can be seen."""


class Forgetter(Protocol):
    """Has articles forgotten, as far as whoever asks ``sees``: other places are counted, not named. Raises BotError and OSError."""

    async def look(self, text: str, sees: Visibility = ALL_VISIBLE) -> Forgettable:
        """What ``text`` means inside what is seen, as numbers, an address or a query, and what would become of it."""

    async def forget_all(self, text: str, sees: Visibility = ALL_VISIBLE) -> Sequence[str]:
        """Forget what ``text`` means inside what is seen; what went, in lines for people."""


@dataclass(frozen=True, slots=True)
class Forgettable:
    """Articles that may be forgotten, by their ids, and in ``lines`` what would become of them; ``held`` have no ids."""

    ids: tuple[int, ...]
    held: int
    lines: tuple[str, ...]


class NothingForgotten:
    """For a desk that forgets nothing."""

    async def look(self, text: str, sees: Visibility = ALL_VISIBLE) -> Forgettable:  # noqa: ARG002 - as Forgetter has it
        """Nothing."""
        return Forgettable((), 0, ())

    async def forget_all(self, text: str, sees: Visibility = ALL_VISIBLE) -> Sequence[str]:  # noqa: ARG002 - as Forgetter has it
        """Nothing."""
        return ()


@dataclass(frozen=True, slots=True)
class ConversationPorts:
    """What answers need; ``reach``, ``zone_of``, ``name_of`` and ``administers`` ask platforms. ``add_page`` and ``sources`` are missing where nothing is fetched."""

    conversation_log: ConversationLog
    subscriptions: Subscriptions
    deliveries: Deliveries
    results: Results
    mutes: Mutes
    moves: Moves = no_moves
    posted: PostedDigests = field(default_factory=NothingPosted)
    lines: Lines = no_lines
    add_page: AddPage | None = None
    personal_data: PersonalDataPort = field(default_factory=NoPersonalData)
    languages: ChatLanguages = field(default_factory=NothingChosen)
    subscribing: SubscribingRules = field(default_factory=EditorsAlone)
    reach: Reach = unhindered
    zone_of: ZoneOf = unknown_zone
    name_of: NameOf = unnamed
    administers: Administers = nobody_administers
    inbox: Inbox | None = None
    forgetter: Forgetter = field(default_factory=NothingForgotten)
    sources: SourceList | None = None
