"""What a chat does not want to hear of: ``/mute`` and ``/unmute``."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.chat import commands, wishes
from bot.chat.access import Role, may_change
from bot.conversation import editors
from bot.conversation.subscriptions import SubscriptionCommands
from bot.domain import query, query_nodes
from bot.domain.conversations import Mute, Mutes
from bot.domain.events import Said
from bot.domain.message import Message
from bot.domain.model import Address
from bot.domain.ports import Clock
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import LONG_QUERY, usage_message
from bot.views.subscriptions import mutes_message
from bot.wording import phrases, replies, subscribing
from bot.wording.language import say


class MuteCommands:
    """Keeps the mutes of chats: they hold for each place that a chat's subscriptions go to."""

    def __init__(self, clock: Clock, mutes: Mutes, subscriptions: SubscriptionCommands, zone: str) -> None:
        self._clock = clock
        self._mutes = mutes
        self._subscriptions = subscriptions
        self._zone = zone

    async def mute(self, argument: str, said: Said, who: Role) -> Message:
        """Hold back what matches from the next digests; without words, what is held back now."""
        text, days = commands.query_and_days(argument)
        now = self._clock.now()
        if not text:
            return await self._listed(said)
        if not may_change(who, direct=said.direct):
            return _private(editors.refusal(said, say(replies.EDITORS_SUBSCRIBE)))
        if unclear := wishes.unclear_length(text):
            return _private(subscribing.unclear_length(clipped(unclear, LONG_NAME)))
        parsed = query.parse(text, lists=True)
        if isinstance(parsed.query, query_nodes.Everything):
            return _private(
                replies.unreadable_query(parsed.notes) if parsed.notes else say(replies.MUTE_USAGE)
            )
        until = None if days is None else now + timedelta(days=days)
        mute = Mute(query.printed(parsed.query), until)
        kept = [await self._mutes.add(to, mute, now) for to in await self._places(said)]
        if not all(kept):
            return _private(replies.too_many_mutes())
        when = phrases.short_day(until.date(), now.date()) if until else ""
        return usage_message(replies.muted(clipped(mute.query, LONG_QUERY), when, parsed.notes))

    async def unmute(self, argument: str, said: Said, who: Role) -> Message:
        """Let it be told again."""
        text = query.printed(query.parse(argument, lists=True).query)
        if not text:
            return _private(say(replies.UNMUTE_USAGE))
        if not may_change(who, direct=said.direct):
            return _private(editors.refusal(said, say(replies.EDITORS_SUBSCRIBE)))
        ended = [await self._mutes.remove(to, text) for to in await self._places(said)]
        shown = clipped(text, LONG_NAME)
        return usage_message(replies.unmuted(shown)) if any(ended) else _private(replies.not_muted(shown))

    async def _listed(self, said: Said) -> Message:
        now = self._clock.now()
        found = [mute for to in await self._places(said) for mute in await self._mutes.at(to, now)]
        return replace(mutes_message(tuple(dict.fromkeys(found)), now, self._zone), private=True)

    async def _places(self, said: Said) -> tuple[Address, ...]:
        here = await self._subscriptions.here(said)
        return tuple(dict.fromkeys((said.at, *(one.to for one in here))))


def _private(text: str) -> Message:
    return replace(usage_message(text), private=True)
