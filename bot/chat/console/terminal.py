"""The console as a platform: what is posted to `console` is printed on standard output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from typing import TextIO

from bot.chat.console import messenger
from bot.domain.errors import Refused
from bot.domain.events import Incoming, Payload, Posted, Pressed, Said, Unknown
from bot.domain.message import Message
from bot.domain.messaging import Capabilities
from bot.domain.model import CONSOLE, Address
from bot.domain.ports import Say, at_once
from bot.domain.reasons import Reason


class Terminal:
    """Prints. Nobody is heard here: `copydesk answer` is how the console's user speaks."""

    platform = CONSOLE.platform
    capabilities = Capabilities(history=False, private=True, edits=False, bulk=True)

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._closed = asyncio.Event()
        self._printed = 0

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message in one part."""
        text = messenger.render(message)
        return (Payload(body=text, plain=text),)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:
        """Print it. Raises Refused when standard output is closed."""
        try:
            self._stream.write(f"{payload.body}\n")
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise Refused(to, Reason("post.unprinted", said=str(error))) from error
        self._printed += 1
        return Posted(str(self._printed))

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:
        """Nobody can read back what a terminal showed."""
        return Unknown(Reason("post.terminal"))

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:
        """What was printed stays."""
        raise Refused(to, Reason("post.no_edits"))

    async def withdraw(self, to: Address, posted: str) -> None:
        """What was printed stays."""
        raise Refused(to, Reason("post.no_edits"))

    def link(self, to: Address, posted: str) -> str | None:
        """A terminal has no addresses."""
        return None

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> None:
        """Print the answer."""
        messenger.show(message, self._stream)

    def incoming(self) -> AsyncIterator[Incoming]:
        """Nothing, until ``stop_listening``."""
        return _Silence(self._closed)

    async def reach(self, to: Address) -> str | None:
        """The terminal is always there."""
        return None

    def healthy(self) -> bool:
        """Nobody is to be heard here, so nothing can be missed."""
        return True

    async def ready(self) -> str | None:
        """A terminal has no tokens."""
        return None

    async def stop_listening(self) -> None:
        """End ``incoming``."""
        self._closed.set()

    async def aclose(self) -> None:
        """End ``incoming``."""
        await self.stop_listening()


class _Silence:
    """An iterator that ends when ``closed`` is set, and has nothing before that."""

    def __init__(self, closed: asyncio.Event) -> None:
        self._closed = closed

    def __aiter__(self) -> AsyncIterator[Incoming]:
        return self

    async def __anext__(self) -> Incoming:
        await self._closed.wait()
        raise StopAsyncIteration
