"""What is said to the desk, and what is posted by it: plain frozen records.

Datetimes are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.domain.model import Address
from bot.domain.reasons import Reason

# --- what is said ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: the platform's id, a name to show, and the workspace on platforms that have one.

    ``language`` is what the platform says that they read in, as an IETF tag; empty where it does not say.
    ``foreign``: they are a guest of the chat from another workspace, and what the chat may is not theirs.
    """

    platform: str
    id: str
    name: str = ""
    workspace: str = ""
    language: str = field(default="", compare=False)
    foreign: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Under:
    """What words answer: a message of the chat ``at``, or the head of the thread that they stand in."""

    at: Address
    message: str


Meant = Literal["named", "replied", "overheard"]
"""named: the words begin with the desk's name or a command, or were said to it alone. replied: they answer a
message of the desk's, and may be a question to a digest. overheard: they answer something, and only a question to a digest is for the desk."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words meant for the desk, its own name or command prefix already cut off.

    ``key`` is equal for redeliveries of the same words. ``at`` is where they were said, thread
    included; ``direct`` is a conversation between the sender and the desk alone. ``reply`` is the
    messenger's own ticket for answering, meaningful to nobody else. ``under`` is what they answer, and
    ``meant`` how surely they are for the desk. ``outside``: the desk is no part of that conversation and
    cannot be let in. ``message`` is the platform's id of the words where they can be edited, ``edited`` whether
    they were, lately; then ``over`` is the message that answered them before, and is replaced by the answer.
    ``alone``: in a shared chat, nobody else sees the words, and need not see the answer. ``passed_on``: they are a post of
    somebody else's, forwarded with its links.
    """

    key: str
    at: Address
    sender: Sender
    text: str
    direct: bool = False
    reply: str = field(default="", repr=False)
    under: Under | None = None
    meant: Meant = "named"
    outside: bool = False
    message: str = ""
    edited: bool = False
    over: str = ""
    alone: bool = False
    passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed: ``action`` and ``value`` as the desk gave them, but untrusted by now.

    ``message`` is the platform's id of the message that carries the button; empty for one that is
    shown to the sender alone, and has none that counts. ``fields`` is what was filled into a form,
    by the names of its fields, as untrusted.
    """

    key: str
    at: Address
    sender: Sender
    action: str
    value: str
    message: str = ""
    direct: bool = False
    reply: str = field(default="", repr=False)
    fields: tuple[tuple[str, str], ...] = ()


async def nothing(most: int) -> bytes | None:  # noqa: ARG001 - as Gave has it
    """Of a file without bytes."""
    return b""


@dataclass(frozen=True, slots=True)
class Moved:
    """A chat changed: ``to`` is its new address, or ``None`` when the desk was blocked or put out."""

    key: str
    at: Address
    to: Address | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Returned:
    """The desk may post in a chat (again): it was let in, or its reader let it back."""

    key: str
    at: Address


@dataclass(frozen=True, slots=True)
class Gave:
    """A file for the inbox. ``name`` is untrusted; so is ``size``, in bytes, ``None`` where it is not told.

    ``fetch`` brings the bytes; ``None`` as soon as they are more than it is told to bring. It raises
    MessengerError. The platform hands out no more than ``largest`` bytes, where it has a limit. What was written in
    a message comes as a file, too; ``own`` where the desk wrote it. What was forwarded from a chat's message
    ``original`` names the chat in ``origins``, by each of its names: the desk may have posted it there. What is
    ``wordless``, a picture or a recording, is no file for the inbox.
    """

    key: str
    at: Address
    sender: Sender
    name: str
    size: int | None = None
    direct: bool = False
    reply: str = field(default="", repr=False)
    fetch: Callable[[int], Awaitable[bytes | None]] = field(default=nothing, repr=False, compare=False)
    largest: int | None = None
    own: bool = False
    origins: tuple[Address, ...] = ()
    original: str = ""
    wordless: bool = False

    def said(self) -> Said:
        """As what a messenger answers."""
        return Said(self.key, self.at, self.sender, "", self.direct, self.reply)


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody types behind the desk's name, wherever they are, to choose from what it finds.

    ``at`` is their own conversation with the desk: where they type, it is not told. ``offset`` is as the desk gave
    it with the page before, but untrusted by now; empty for the first.
    """

    key: str
    at: Address
    sender: Sender
    text: str
    offset: str = ""
    reply: str = field(default="", repr=False)

    def said(self) -> Said:
        """As words of the same person to the desk alone."""
        return Said(self.key, self.at, self.sender, self.text, direct=True)


Incoming = Said | Pressed | InlineQuery | Moved | Returned | Gave


# --- what is posted ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payload:
    """One part as a platform takes it: ``body`` is its JSON, ``plain`` the same words for people.

    A body holds what is said and how it looks, never where to, by whom or when. ``under`` is the part of
    the same digest, counted from 1, in whose thread it stands; 0 for none.
    """

    body: str
    plain: str
    under: int = 0


@dataclass(frozen=True, slots=True)
class Posted:
    """What the platform calls the message that it took."""

    id: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Whether a message was taken cannot be found out on this chat; ``reason`` says why."""

    reason: Reason


DeliveryKind = Literal["post", "edit", "reply"]
"""post: a message of its own. edit: it takes the place of one that was posted. reply: it stands below one."""

DeliveryState = Literal["waiting", "sending", "unsure", "uncertain", "sent", "failed"]
"""waiting: not tried, or to be tried again. sending: a call may be under way. unsure: the answer was
lost, and the platform will be asked. uncertain: it cannot be known, and a person may decide."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One part of one digest on its way to one place.

    ``key`` is unique and travels with the message where the platform can carry it. ``attempted``
    is when the last call began, ``looks`` how often the platform was asked since whether it took it,
    ``deaths`` how many processes ended while they posted it. ``parent`` is the id of the message in whose
    thread it stands, empty where that was not posted, as far as is known; of an ``edit`` it is the id of the
    message whose place the part takes. ``amended``: it says something else than what was posted, as ``posted``, or may
    have been; an empty body is to be nowhere.
    """

    id: int
    key: str
    occasion: int
    to: Address
    part: int
    parts: int
    payload: Payload
    state: DeliveryState
    attempts: int = 0
    attempted: datetime | None = None
    not_before: datetime | None = None
    posted: str = ""
    reason: Reason | None = None
    looks: int = 0
    deaths: int = 0
    parent: str = ""
    kind: DeliveryKind = "post"
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a subscription stands: the newest slot settled, and the revision its digests reached.

    Made when the subscription is first seen (``since``): what was in the library before is not
    news to it. ``reached`` is the moment up to which its last digest told, ``digests`` counts
    them, the empty ones too. A digest that the chat refused whole counts as never made.
    """

    subscription: str
    since: datetime
    last: datetime
    upto: int
    digests: int = 0
    reached: datetime | None = None


EVERY = "*"
"""As the chat of a closed place: the whole platform. As its thread: the whole chat."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A place that takes nothing, as of its last refusal at ``tried``; ``at`` may name ``EVERY`` chat or thread."""

    at: Address
    tried: datetime
    reason: Reason

    def covers(self, to: Address) -> bool:
        """Whether what is meant for ``to`` is held."""
        at = self.at
        return at.platform == to.platform and at.chat in {EVERY, to.chat} and at.thread in {EVERY, to.thread}


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What is kept about a person, by names, as counts, or as the moment up to which they caught up.

    ``mutes``, ``posted``, ``recalled`` (stories told), ``closed`` and ``subscribing`` (a rule who may) are of their own conversation; ``called`` are
    chats where they were a stranger.
    """

    subscriptions: tuple[str, ...] = ()
    searches: int = 0
    caught_up: datetime | None = None
    language: str = ""
    files: int = 0
    called: int = 0
    mutes: tuple[str, ...] = ()
    posted: int = 0
    recalled: int = 0
    closed: bool = False
    subscribing: bool = False


@dataclass(frozen=True, slots=True)
class Removed:
    """Subscriptions of a person's own conversation, which ended, and of others, which go on without a name.

    ``ended`` are those of others whose team was the person's alone, who see now what that team does not.
    """

    own: int = 0
    others: int = 0
    ended: int = 0
