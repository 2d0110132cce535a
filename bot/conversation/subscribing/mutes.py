"""What a chat does not want to hear of: ``/mute`` and ``/unmute``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat import buttons
from bot.chat.access import Role, may_change
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.conversation.subscribing.wished import query_of
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationLog, Mute, Mutes
from bot.domain.events import Pressed, Said
from bot.domain.message import Asks, Button, Buttons, Message
from bot.domain.model import Address, Window
from bot.domain.ports import Desk
from bot.grammar import commands, questions, seeking, wishes
from bot.views.captions import LONG_NAME, clipped, headed, title_of
from bot.views.layout import LONG_QUERY, aside_message, private_message, usage_message
from bot.views.subscriptions import mutes_message
from bot.wording import phrases, replies, subscribing
from bot.wording.chat import pressing
from bot.wording.heard.languages import languages
from bot.wording.language import any_word, say, small_words

MUTED, LIST = "mute", "mutes"
"""The kinds of questions, where they are kept for their buttons: a new mute, and the list."""

MOST = 24
"""Mutes that have a button; the others are ended by a command."""

MOST_NAMED = 5
"""Stories of one mute whose headlines are told."""

LONGEST = 30
"""Characters of a query on a button."""

_STORY = re.compile(rf"(?:{any_word('the')} )?{any_word('story')}[ :#]*(\d{{1,18}})", re.IGNORECASE)
_THE, _STORIES = any_word("the", "that", "this"), any_word("story", "stories")
_ABOUT = re.compile(
    rf"(?:{_THE} )?{_STORIES} {any_word('story about', 'about', 'on', 'of', 'over')} (?P<behind>.+)"
    rf"|{_THE} (?P<between>.+) {_STORIES}",
    re.IGNORECASE,
)


class MuteCommands:
    """Keeps the mutes of chats: they hold for each place that a chat's subscriptions go to."""

    def __init__(
        self,
        desk: Desk,
        mutes: Mutes,
        subscriptions: SubscriptionCommands,
        log: ConversationLog,
        zone: str,
    ) -> None:
        self._desk, self._clock = desk, desk.clock
        self._log = log
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
            return aside_message(self._subscriptions.may_not(said))
        if unclear := _unclear(text):
            length = wishes.unclear_length(text)
            held = text[: text.rfind(length)].strip() if length else ""
            return replace(
                private_message(unclear), asks=Asks(f"/mute {held} ", "", "length") if held else None
            )
        read = _parsed(text)
        if isinstance(read.query, query_nodes.Everything | query_nodes.Not):  # which would leave out all else
            return private_message(
                replies.unreadable_query(read.notes) if read.notes else say(replies.MUTE_USAGE)
            )
        until = None if days is None else now + timedelta(days=days)
        mute = Mute(query.printed(read.query), until)
        kept = [await self._mutes.add(to, mute, now) for to in await self._places(said)]
        if not all(kept):
            return private_message(replies.too_many_mutes())
        here = ZoneInfo(self._zone)
        when = phrases.short_day(until.astimezone(here).date(), now.astimezone(here).date()) if until else ""
        shown = clipped(query.told(read.query), LONG_QUERY)
        taken = headed(shown, await self._headlines(mute.query))
        told = usage_message(replies.muted(shown, when, read.notes, taken))
        return await self._ended_by(told, {mute.query: say(pressing.UNDO)}, MUTED, said)

    async def unmute(self, argument: str, said: Said, who: Role) -> Message:
        """Let it be told again."""
        if questions.is_all(argument):
            return await self._listed(said)
        text = query.printed(_parsed(argument).query)
        if not text:
            return private_message(say(replies.UNMUTE_USAGE))
        if not may_change(who, direct=said.direct):
            return aside_message(self._subscriptions.may_not(said))
        bare = query.printed(_parsed(seeking.without_article(argument)).query)  # "the lamps"
        for one in (text, bare):
            if await self.end(one, said):
                return await self._unmuted(one)
        return private_message(replies.not_muted(clipped(query.shown(text), LONG_NAME)))

    async def pressed(self, pressed: Pressed, who: Role) -> Message | None:
        """End the mute that a button names; ``None`` for a press that is forged, or too old."""
        picked = buttons.picked(pressed.value)
        kind = await self._log.recall(picked.question, pressed) if picked else None
        if picked is None or kind not in (MUTED, LIST):
            return None
        if not may_change(who, direct=pressed.direct):
            return aside_message(self._subscriptions.may_not(pressed))
        wanted = [one.query for one in await self.at(pressed) if buttons.mark(one.query) == picked.mark]
        if not wanted:
            return None
        await self.end(wanted[0], pressed)
        return await self._listed(pressed) if kind == LIST else await self._unmuted(wanted[0])

    async def end(self, text: str, said: Said | Pressed) -> bool:
        """Let what was muted by this query be told again in each place; whether it was muted in any."""
        return any([await self._mutes.remove(to, text) for to in await self._places(said)])

    async def _unmuted(self, text: str) -> Message:
        told = headed(clipped(query.shown(text), LONG_NAME), await self._headlines(text))
        return usage_message(replies.unmuted(told))

    async def _listed(self, said: Said | Pressed) -> Message:
        found = await self.at(said)
        headlines = await self.headlines(found)
        shown = replace(mutes_message(found, self._clock.now(), self._zone, headlines), private=True)
        labels = {
            one.query: pressing.unmute(clipped(query.shown(one.query), LONGEST)) for one in found[:MOST]
        }
        return await self._ended_by(shown, labels, LIST, said) if labels else shown

    async def headlines(self, mutes: Sequence[Mute]) -> dict[str, tuple[str, ...]]:
        """How the stories that each mute names by their numbers begin to be told, by its query."""
        return {one.query: await self._headlines(one.query) for one in mutes}

    async def _headlines(self, text: str) -> tuple[str, ...]:
        """How the stories that the query names by their numbers begin to be told; of one that is not there nothing."""
        window, now = Window(0, await self._desk.library.revision()), self._clock.now()
        leaves = (leaf for leaf, _ in query_nodes.leaves(query.parse(text).query))
        stories = [leaf for leaf in leaves if isinstance(leaf, query_nodes.InStory)][:MOST_NAMED]
        ids = [(await self._desk.index.matching(story, window, now=now))[:1] for story in stories]
        entries = await self._desk.library.entries([one for found in ids for one in found])
        return tuple(clipped(title_of(entry), LONG_NAME) for entry in entries)

    async def at(self, said: Said | Pressed) -> tuple[Mute, ...]:
        """What is muted where this was said, and where the subscriptions made there go to."""
        now = self._clock.now()
        found = [mute for to in await self._places(said) for mute in await self._mutes.at(to, now)]
        return tuple(dict.fromkeys(found))

    async def _ended_by(
        self, told: Message, labels: Mapping[str, str], kind: str, said: Said | Pressed
    ) -> Message:
        """The message with a button for each of these queries, that ends its mute."""
        token = await self._log.remember(kind, said.at, said.sender, self._clock.now())
        shown = tuple(
            Button(label, "unmute", str(buttons.Picked(token, buttons.mark(text))))
            for text, label in labels.items()
        )
        return replace(told, blocks=(*told.blocks, Buttons(shown)), question=token)

    async def _places(self, said: Said | Pressed) -> tuple[Address, ...]:
        here = await self._subscriptions.here(said)
        return tuple(dict.fromkeys((said.at, *(one.to for one in here))))


_BUTS = tuple(
    f"{word} " for one in languages().values() for word in (*one.seeking.without, *small_words("but"))
)
"""Words behind "everything" that take something out of it."""


def _unclear(text: str) -> str:
    """What is asked about a wish that could be read in two ways, if anything."""
    if length := wishes.unclear_length(text):
        return subscribing.unclear_length(clipped(length, LONG_NAME))
    first, _, rest = text.partition(" ")
    all_but = questions.is_all(first) and rest.casefold().startswith(_BUTS)
    if questions.points(text) or questions.is_all(text) or all_but:
        return subscribing.which_one(clipped(text, LONG_NAME))
    number = text.strip("# ")  # as a word very many articles have it, and it is hardly what is meant
    return subscribing.mute_number(number[:18]) if number.isdecimal() else ""


def about_a_story(text: str) -> bool:
    """Whether the words call a story by what it is about, or by its number."""
    words = " ".join(text.split())
    return bool(_STORY.fullmatch(words) or _ABOUT.fullmatch(words))


def _parsed(text: str) -> query.Parsed:
    """The query of what people call a story: "story 12", "the ferry story", "the story about the ferry"."""
    words = " ".join(text.split())
    if number := _STORY.fullmatch(words):
        return query.parse(f"story:{number[1]}")
    about = _ABOUT.fullmatch(words)
    return query_of((about["behind"] or about["between"]) if about else words)
