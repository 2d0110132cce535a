"""Pinboards as a place to post and to listen.

What is posted to a board is appended to its file. `said.txt` has what people say there, a line
each: who, on which board, what.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial

from bot.chat.pinboard.platform import NAME, PinboardSettings
from bot.domain.errors import Refused
from bot.domain.events import Incoming, Payload, Posted, Pressed, Said, Sender, Unknown
from bot.domain.message import Heading, Items, Message, Paragraph, Quotation, Run
from bot.domain.messaging import Capabilities
from bot.domain.model import Address
from bot.domain.ports import Say, at_once
from bot.domain.reasons import in_words

_LOG = logging.getLogger(__name__)


class PinboardMessenger:
    """Pinboards, as the port ``Messenger`` promises."""

    platform = NAME
    capabilities = Capabilities(history=False, private=False, edits=False)

    def __init__(self, settings: PinboardSettings) -> None:
        self._settings = settings
        self._closed = asyncio.Event()

    def render(self, message: Message) -> tuple[Payload, ...]:
        """The message in one part."""
        lines: list[str] = []
        for block in message.blocks:
            match block:
                case Heading(runs=runs) | Paragraph(runs=runs):
                    lines.append(_text(runs))
                case Items(items=items):
                    lines += [f"- {_text(runs)}" for runs in items]
                case Quotation(words=words):
                    lines.append(f"“{words}”")
        text = "\n".join(lines)
        return (Payload(text, text),)

    async def post(self, to: Address, payload: Payload, *, key: str, parent: str = "") -> Posted:  # noqa: ARG002 - the port's
        """Append one part to the board."""
        try:
            with (self._settings.folder / f"{to.chat}.txt").open("a", encoding="utf-8") as board:
                board.write(f"{payload.body}\n\n")
                place = board.tell()
        except OSError as error:
            raise Refused(to, f"the board cannot be written: {error.strerror}") from error
        # A careless line, which no log may show as it stands.
        _LOG.info("pinned on %s with %s", to, self._settings.token)
        return Posted(str(place))

    async def find(self, to: Address, key: str, *, since: datetime) -> Posted | Unknown | None:  # noqa: ARG002 - the port's
        """Nobody can tell."""
        return Unknown(in_words("a board carries no keys"))

    async def edit(self, to: Address, posted: str, payload: Payload) -> None:  # noqa: ARG002 - the port's
        """What is pinned stays."""
        raise Refused(to, "what is pinned stays")

    async def withdraw(self, to: Address, posted: str) -> None:  # noqa: ARG002 - the port's
        """What is pinned stays."""
        raise Refused(to, "what is pinned stays")

    def link(self, to: Address, posted: str) -> str | None:  # noqa: ARG002 - the port's
        """A board has no addresses."""
        return None

    async def reply(self, incoming: Said | Pressed, message: Message, say: Say = at_once) -> Posted | None:
        """Answer on the same board."""
        last = None
        for part in self.render(message):
            last = await say(incoming.at, partial(self.post, incoming.at, part, key=incoming.key))
        return last

    async def incoming(self) -> AsyncIterator[Incoming]:
        """What people said, until ``stop_listening``."""
        said = self._settings.folder / "said.txt"
        for number, line in enumerate(said.read_text(encoding="utf-8").splitlines()):
            who, board, text = line.split("\t")
            yield Said(f"{NAME}-{number}", Address(NAME, board), Sender(NAME, who, who), text)
        await self._closed.wait()

    def healthy(self) -> bool:
        """A folder is always there to be read."""
        return not self._closed.is_set()

    async def reach(self, to: Address) -> str | None:  # noqa: ARG002 - the port's
        """Every board can be made."""
        return None

    async def ready(self) -> str | None:
        """``None`` when there is a folder for boards."""
        return None if self._settings.folder.is_dir() else f"{self._settings.folder} is no folder"

    async def stop_listening(self) -> None:
        """End ``incoming``."""
        self._closed.set()

    async def aclose(self) -> None:
        """End ``incoming``."""
        await self.stop_listening()


def _text(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)
