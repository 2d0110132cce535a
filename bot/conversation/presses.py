"""What people do with the buttons below answers and digests: more of a story, topics, mutes.

What comes back with a button is untrusted: it is read strictly, and is heeded only from the message that carries it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.chat import buttons
from bot.chat.access import Role
from bot.conversation.finding.lookup import Lookup
from bot.conversation.finding.threads import ThreadAnswers
from bot.conversation.finding.topics import TopicAnswers
from bot.conversation.subscribing.mutes import MuteCommands
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.conversation.timelines import TimelineCommands
from bot.domain.events import Pressed, Said
from bot.domain.message import Message
from bot.views.layout import aside_message
from bot.wording.chat import pressing
from bot.wording.language import say


@dataclass(frozen=True, slots=True)
class Press:
    """Who pressed what; ``shareable`` and ``stories`` as an answer to a command has them."""

    pressed: Pressed
    who: Role
    shareable: bool
    stories: bool


Answering = Callable[[Press], Awaitable[Message | None]]


class PressAnswers:
    """Answers presses. Raises BotError only when the store, the index or a worker fails."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        lookup: Lookup,
        threads: ThreadAnswers,
        topics: TopicAnswers,
        timelines: TimelineCommands,
        mutes: MuteCommands,
        subscriptions: SubscriptionCommands,
    ) -> None:
        self._lookup = lookup
        self._threads = threads
        self._topics = topics
        self._timelines = timelines
        self._mutes = mutes
        self._subscriptions = subscriptions

    async def answer(self, pressed: Pressed, who: Role, *, shareable: bool, stories: bool) -> Message | None:
        """The answer to a press of these buttons, ``None`` to one of any other."""
        actions: Mapping[str, tuple[Answering, str]] = {
            "more": (self._more, say(pressing.STORY_EXPIRED)),
            "story": (self._story, say(pressing.FOUND_EXPIRED)),
            "topic": (self._topic, say(pressing.TOPICS_EXPIRED)),
            "topics": (self._topic_list, say(pressing.TOPICS_EXPIRED)),
            "join": (self._join, say(pressing.TOPICS_EXPIRED)),
            "mute": (self._mute, say(pressing.STORY_EXPIRED)),
            "unmute": (self._unmute, say(pressing.MUTE_EXPIRED)),
        }
        if pressed.action not in actions:
            return None
        answering, expired = actions[pressed.action]
        found = await answering(Press(pressed, who, shareable, stories))
        return found or aside_message(expired)

    async def _more(self, press: Press) -> Message | None:
        found = await self._threads.more(press.pressed, shareable=press.shareable)
        return replace(found, private=True, beside=True) if found else None

    async def _story(self, press: Press) -> Message | None:
        story = await self._lookup.story_of(press.pressed)
        if story is None:
            return None
        return replace(await self._timelines.story(str(story)), private=True, beside=True)

    async def _topic(self, press: Press) -> Message | None:
        found = await self._topics.opened(press.pressed, shareable=press.shareable, stories=press.stories)
        return replace(found, private=True) if found else None

    async def _topic_list(self, press: Press) -> Message | None:
        found = await self._topics.closed(press.pressed)
        return replace(found, private=True) if found else None

    async def _join(self, press: Press) -> Message | None:
        about = await self._about(press.pressed)
        if not about:
            return None
        return _changed(await self._subscriptions.subscribe(about, as_said(press.pressed), press.who))

    async def _mute(self, press: Press) -> Message | None:
        about = await self._about(press.pressed)
        return _changed(await self._mutes.mute(about, as_said(press.pressed), press.who)) if about else None

    async def _unmute(self, press: Press) -> Message | None:
        return await self._mutes.pressed(press.pressed, press.who)

    async def _about(self, pressed: Pressed) -> str:
        """What the answer that carries the button is about, as a query; empty for a press that is forged, or too old."""
        picked = buttons.picked(pressed.value)
        page = await self._lookup.behind(picked.question, pressed) if picked else None
        return page.about if page else ""


def _changed(message: Message) -> Message:
    """What changed for a chat is told beside the answer; a refusal to who pressed alone."""
    return replace(message, aside=message.private, beside=not message.private)


def as_said(pressed: Pressed) -> Said:
    """The press as if it were said, of no words yet."""
    return Said(pressed.key, pressed.at, pressed.sender, "", pressed.direct, pressed.reply)
