"""A chat platform in memory: keeps what it is sent, and fails as a test orders."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat.threads import rendered
from bot.domain.errors import Refused, Unconfirmed
from bot.domain.events import Incoming, Payload, Posted, Pressed, Said, Unknown
from bot.domain.message import Break, Buttons, Heading, Items, Message, Paragraph, Quotation
from bot.domain.messaging import Capabilities
from bot.domain.model import Address
from bot.domain.ports import Say
from bot.domain.reasons import Reason


@dataclass
class Lost:
    """The answer is lost; `taken` says whether the message had been."""

    taken: bool = True


@dataclass
class RecordingMessenger:
    """`trouble` is what happens to the next posts of a chat, in turn: an error, `Lost`, or None.

    A chat that is `shut` takes nothing, for the reason given.
    """

    platform: str = "slack"
    history: bool = True
    bulk: bool = False
    edits: bool = False
    edited: list[tuple[Address, str, str]] = field(default_factory=list)
    posts: list[tuple[Address, str, str]] = field(default_factory=list)
    calls: list[tuple[Address, str]] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    trouble: dict[str, list[Exception | Lost | None]] = field(default_factory=lambda: defaultdict(list))
    shut: dict[str, str] = field(default_factory=dict)
    looks: list[Posted | Unknown | Exception | None] = field(default_factory=list)
    looked: list[tuple[Address, datetime]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(history=self.history, private=False, edits=self.edits, bulk=self.bulk)

    def render(self, message: Message) -> tuple[Payload, ...]:
        """A part for each story, and one for its thread."""
        return rendered(message, self._render)

    def _render(self, message: Message) -> tuple[Payload, ...]:
        parts: list[list[str]] = [[]]
        for block in message.blocks:
            match block:
                case Break():
                    parts.append([])
                case Heading(runs=runs) | Paragraph(runs=runs):
                    parts[-1].append("".join(run.text for run in runs))
                case Quotation(words=words):
                    parts[-1].append(words)
                case Buttons(buttons=buttons):
                    parts[-1] += [f"[{one.label}|{one.action}|{one.value}]" for one in buttons]
                case Items(items=items):
                    parts[-1] += ["".join(run.text for run in runs) for runs in items]
        texts = ["\n".join(lines) for lines in parts]
        return tuple(Payload(json.dumps({"text": text}), text) for text in texts)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:
        self.calls.append((to, payload.plain))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(0)
            return self._take(to, payload, key, parent)
        finally:
            self.at_once -= 1

    def _take(self, to: Address, payload: Payload, key: str, parent: str) -> Posted:
        if to.chat in self.shut:
            raise Refused(to, self.shut[to.chat], closed=True)
        waiting = self.trouble[to.chat]
        trouble = waiting.pop(0) if waiting else None
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is None or trouble.taken:
            self.posts.append((to, payload.plain, key))
            self.parents.append(parent)
        if trouble is not None:
            raise Unconfirmed(to, "the connection was reset")
        return Posted(str(len(self.posts)))

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:
        self.looked.append((to, since))
        if self.looks:
            look = self.looks.pop(0)
            if isinstance(look, Exception):
                raise look
            return look
        own = (
            (at.chat, at.thread or parent, known)
            for (at, _, known), parent in zip(self.posts, self.parents, strict=True)
        )
        place = (to.chat, to.thread, key)
        return next((Posted(str(n)) for n, one in enumerate(own, start=1) if one == place), None)

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        self._change(to, posted, payload.plain)

    async def withdraw(self, to: Address, posted: str) -> None:
        self._change(to, posted, "")

    def _change(self, to: Address, posted: str, text: str) -> None:
        waiting = self.trouble[to.chat]
        trouble = waiting.pop(0) if waiting else None
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is None or trouble.taken:
            self.edited.append((to, posted, text))
            at, _, key = self.posts[int(posted) - 1]
            self.posts[int(posted) - 1] = (at, text, key)
        if trouble is not None:
            raise Unconfirmed(to, "the connection was reset")

    def link(self, to: Address, posted: str) -> str | None:
        return f"https://chat.example/{to.chat}/{posted}"

    def texts(self, chat: str) -> Sequence[str]:
        """What a chat got, in its order."""
        return [text for to, text, _ in self.posts if to.chat == chat]

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Nobody asks."""

    async def incoming(self) -> AsyncIterator[Incoming]:
        """Nobody speaks."""
        for event in ():
            yield event

    async def reach(self, to: Address) -> str | None:
        return None if to.platform == self.platform else "another platform"

    def healthy(self) -> bool:
        return True

    async def ready(self) -> str | None:
        return None

    async def stop_listening(self) -> None:
        """Nobody is heard anyway."""

    async def aclose(self) -> None:
        """Nothing to close."""


class Owner:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.urgent: list[str] = []

    async def __call__(self, what: Reason | str, *, urgent: bool = False) -> None:
        (self.urgent if urgent else self.told).append(str(what))
