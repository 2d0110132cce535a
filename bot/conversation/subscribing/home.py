"""A person's own page, on platforms that have one: what it holds, and what is pressed and typed there."""

from __future__ import annotations

from dataclasses import replace

from bot.chat import seeking
from bot.chat.access import Role
from bot.chat.commands import Command
from bot.chat.edits import Edit, mark, marked
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.subscribing.editing import (
    MOST_CHOICES,
    MOST_LISTED,
    SUBSCRIPTIONS,
    SubscriptionEdits,
    in_rows,
)
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationPorts, Mute
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Message
from bot.domain.model import Subscription
from bot.views.captions import LONG_NAME, clipped
from bot.views.home import SEARCH, Home, home_message
from bot.views.layout import usage_message
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

    def __init__(
        self,
        lookup: Lookup,
        edits: SubscriptionEdits,
        commands: SubscriptionCommands,
        ports: ConversationPorts,
        settings: AnswerSettings,
    ) -> None:
        self._lookup = lookup
        self._edits = edits
        self._commands = commands
        self._ports = ports
        self._settings = settings

    async def answer(self, pressed: Pressed, who: Role) -> Message:
        """The page, or what was asked for there."""
        if not pressed.direct or pressed.message:
            return replace(usage_message(say(editing.EXPIRED)), private=True, aside=True)
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
        mutes = await self._mutes(pressed, here)
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
        home = Home(
            rows, mutes, in_rows(cards), in_rows(joins), in_rows(tells), self._edits.subscribing(token)
        )
        return home_message(home, now, self._settings.zone)

    async def edited(self, edit: Edit, pressed: Pressed, who: Role) -> Message | None:
        """What a button of the page does; ``None`` for a press that is another's to honour."""
        if edit.verb not in {JOIN, TELL}:
            return None
        behind = await self._ports.conversation_log.recall(edit.question, pressed)
        if behind != SUBSCRIPTIONS or not pressed.direct:
            return replace(usage_message(say(editing.EXPIRED)), private=True, aside=True)
        if edit.verb == JOIN:
            topics = self._settings.topics
            name = marked(edit.argument, ((name, name) for name in topics))
            if name is not None:
                said = Said(pressed.key, pressed.at, pressed.sender, "", direct=True)
                return await self._commands.subscribe(f'topic:"{name}"', said, who)
            return await self.page(pressed)
        here = await self._commands.here(pressed)
        for mute in await self._mutes(pressed, here):
            if mark(mute.query) == edit.argument:
                for to in {pressed.at, *(one.to for one in here)}:
                    await self._ports.mutes.remove(to, mute.query)
        return await self.page(pressed)

    async def _mutes(self, pressed: Pressed, here: tuple[Subscription, ...]) -> tuple[Mute, ...]:
        now, places = self._edits.now(), dict.fromkeys((pressed.at, *(one.to for one in here)))
        found = [mute for to in places for mute in await self._ports.mutes.at(to, now)]
        return tuple(dict.fromkeys(found))

    def _unjoined(self, here: tuple[Subscription, ...]) -> list[str]:
        """The topics of the desk that no subscription of theirs names."""
        had = {
            name.casefold() for one in here for name in query_nodes.topics_named(query.parse(one.query).query)
        }
        return [name for name in self._settings.topics if name.casefold() not in had][:MOST_CHOICES]


def _value(token: str, verb: str, text: str) -> str:
    return str(Edit(token, verb, "", mark(text)))
