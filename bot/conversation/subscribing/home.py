"""A person's own page, on platforms that have one: what it holds, and what is pressed and typed there."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.access import Role
from bot.chat.edits import Edit, mark, marked
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.subscribing.editing import (
    MOST_CHOICES,
    MOST_LISTED,
    SUBSCRIPTIONS,
    SubscriptionEdits,
    in_rows,
)
from bot.conversation.subscribing.mutes import MuteCommands
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationPorts
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Message
from bot.domain.model import Subscription
from bot.grammar import seeking
from bot.grammar.commands import Command
from bot.views.captions import LONG_NAME, clipped
from bot.views.home import SEARCH, Home, home_message
from bot.views.layout import aside_message
from bot.views.subscriptions import Row
from bot.wording.chat import editing
from bot.wording.language import say

HOME, SHORTCUT = "home", "shortcut"
PAGES = frozenset({HOME, SHORTCUT, SEARCH})
"""What is pressed, chosen and typed on no message."""

JOIN, TELL = "join", "tell"
"""Verbs of the page's buttons: subscribe to a topic, end a mute."""


class HomePage:
    """Answers there, for its reader alone; everywhere else these presses are not honoured. Raises BotError."""

    def __init__(  # noqa: PLR0913, PLR0917 - what the page is made of
        self,
        lookup: Lookup,
        edits: SubscriptionEdits,
        commands: SubscriptionCommands,
        mutes: MuteCommands,
        ports: ConversationPorts,
        settings: AnswerSettings,
    ) -> None:
        self._lookup = lookup
        self._edits = edits
        self._commands = commands
        self._mutes = mutes
        self._ports = ports
        self._settings = settings

    async def answer(self, pressed: Pressed, who: Role) -> Message:
        """The page, or what was asked for there."""
        if not pressed.direct or pressed.message:
            return aside_message(say(editing.EXPIRED))
        if pressed.action == SHORTCUT:
            return await self._edits.shortcut(pressed, who)
        if pressed.action == SEARCH and pressed.value.strip():
            said = Said(pressed.key, pressed.at, pressed.sender, pressed.value, direct=True)
            typed = seeking.read(pressed.value, self._edits.now(), self._settings.zone)
            command = Command("search", typed)
            return replace(await self._lookup.ask(command, said, shareable=False), private=True)
        return await self.page(pressed)

    async def page(self, pressed: Pressed) -> Message:
        """What this person gets, and when; what is muted for them; what to join."""
        token, now = await self._edits.remembered(pressed), self._edits.now()
        here, results = await self._commands.here(pressed), self._ports.results
        rows = [
            Row(one, await results.last(one.id), await results.closed(one.to)) for one in here[:MOST_LISTED]
        ]
        mutes = await self._mutes.at(pressed)
        tells = [
            Button(
                editing.unmute(clipped(query.shown(mute.query), LONG_NAME)),
                "edit",
                _value(token, TELL, mute.query),
            )
            for mute in mutes[:MOST_CHOICES]
        ]
        joins = [Button(name, "edit", _value(token, JOIN, name)) for name in self._unjoined(here)]
        cards = [self._edits.opening(one, token) for one in here[:MOST_LISTED]]
        told, new = await self._mutes.headlines(mutes), self._edits.subscribing(token)
        home = Home(rows, mutes, told, in_rows(cards), in_rows(joins), in_rows(tells), new)
        return home_message(home, now, self._settings.zone)

    async def edited(self, edit: Edit, pressed: Pressed, who: Role) -> Message | None:
        """What a button of the page does; ``None`` for a press that is another's to honour."""
        if edit.verb not in {JOIN, TELL}:
            return None
        behind = await self._ports.conversation_log.recall(edit.question, pressed)
        if behind != SUBSCRIPTIONS or not pressed.direct:
            return aside_message(say(editing.EXPIRED))
        if edit.verb == JOIN:
            topics = self._settings.topics
            name = marked(edit.argument, ((name, name) for name in topics))
            if name is not None:
                said = Said(pressed.key, pressed.at, pressed.sender, "", direct=True)
                return await self._commands.subscribe(f'topic:"{name}"', said, who)
            return await self.page(pressed)
        for mute in await self._mutes.at(pressed):
            if mark(mute.query) == edit.argument:
                await self._mutes.end(mute.query, pressed)
        return await self.page(pressed)

    def _unjoined(self, here: tuple[Subscription, ...]) -> list[str]:
        """The topics of the desk that no subscription of theirs names."""
        had = {
            name.casefold() for one in here for name in query_nodes.topics_named(query.parse(one.query).query)
        }
        return [name for name in self._settings.topics if name.casefold() not in had][:MOST_CHOICES]


def _value(token: str, verb: str, text: str) -> str:
    return str(Edit(token, verb, "", mark(text)))
