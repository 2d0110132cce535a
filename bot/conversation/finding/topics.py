"""The topics of the desk, to open, page through and subscribe to with buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.chat import buttons
from bot.chat.buttons import Page
from bot.conversation.finding.lookup import Lookup
from bot.conversation.finding.pages import AnswerPage, with_buttons
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationLog
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Buttons, Message
from bot.domain.ports import Clock
from bot.views.captions import clipped
from bot.wording.chat import pressing
from bot.wording.language import say

TOPIC, TOPICS = "topic", "topics"
"""The kinds of questions, where they are kept for their buttons: one topic's articles, and the list."""

MOST = 24
"""Topics that have a button; the others are asked for by name."""

LONGEST = 30
"""Characters of a topic's name on its button."""


class TopicAnswers:
    """Answers ``/topics``, and the buttons below it. Raises StoreError and SearchError only when those rooms fail."""

    def __init__(self, lookup: Lookup, log: ConversationLog, clock: Clock, topics: Mapping[str, str]) -> None:
        self._lookup = lookup
        self._log = log
        self._clock = clock
        self._topics = topics
        lookup.pages[TOPIC] = self.page

    async def listed(self, said: Said | Pressed) -> Message:
        """The topics, each with a button that opens it."""
        message = await self._lookup.topics()
        if not self._topics:
            return message
        token = await self._log.remember(TOPICS, said.at, said.sender, self._clock.now())
        shown = tuple(
            Button(clipped(name, LONGEST), "topic", str(buttons.Picked(token, buttons.mark(name))))
            for name in list(self._topics)[:MOST]
        )
        return replace(message, blocks=(*message.blocks, Buttons(shown)), question=token)

    async def opened(self, pressed: Pressed, *, shareable: bool, stories: bool) -> Message | None:
        """The articles of the topic that a button names; ``None`` for a press that is forged, or too old."""
        picked = buttons.picked(pressed.value)
        if picked is None or await self._log.recall(picked.question, pressed) != TOPICS:
            return None
        name = next((one for one in self._topics if buttons.mark(one) == picked.mark), None)
        if name is None:  # the configuration has changed
            return None
        asked = f"{TOPIC} {name}"
        token = await self._log.remember(asked, pressed.at, pressed.sender, self._clock.now())
        shown = with_buttons(await self.page(name, 0), Page(token, 0), shareable=shareable, stories=stories)
        return replace(shown, question=token)

    async def closed(self, pressed: Pressed) -> Message | None:
        """Back from a topic to the list; ``None`` as ``opened`` has it."""
        picked = buttons.picked(pressed.value)
        asked = await self._log.recall(picked.question, pressed) if picked else None
        return await self.listed(pressed) if asked and asked.startswith(f"{TOPIC} ") else None

    async def page(self, name: str, offset: int) -> AnswerPage:
        """A page of the topic's articles, the best match first."""
        wanted = query.printed(query_nodes.Topic(name))
        shown = await self._lookup.pages["search"](wanted, offset)
        return replace(
            shown, about=wanted, more=((say(pressing.TOPICS), "topics"), (say(pressing.SUBSCRIBE), "join"))
        )
