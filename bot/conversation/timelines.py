"""Stories over time: one from its first article to its latest, or what of all of them somebody missed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation.finding.lookup import Lookup
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationLog
from bot.domain.digests import Event
from bot.domain.events import Said
from bot.domain.message import Message
from bot.domain.model import Entry, Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import InStory
from bot.grammar import seeking
from bot.views.layout import findings_message, usage_message
from bot.views.timelines import catchup_message, story_message
from bot.wording import replies
from bot.wording.language import say

LONGEST = 30
"""Articles of one story that are told, the earliest; a reader of more wants `/search story:12`."""

MISSED = 10
"""Stories of a catch-up: what fits two screens of a phone."""

READ = 1_000
"""Articles that a catch-up looks through, the newest."""

DIGITS = 18
"""Of the largest number that a story may have; what is longer than that is no number."""

DAY = timedelta(days=1)
_LENGTH = re.compile(
    r"(?P<count>[1-9]\d{0,2})\s*(?P<unit>h|hours?|d|days?|w|weeks?|std\.?|stunden?|t|tage?n?|wochen?)?",
    re.IGNORECASE,
)
_HOURS = {"h": 1, "s": 1, "d": 24, "t": 24, "w": 7 * 24}


class TimelineCommands:
    """Answers ``/story`` and ``/catchup``. Raises BotError only when the store, the index or a worker fails."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        desk: Desk,
        digests: DigestMaker,
        lookup: Lookup,
        subscriptions: SubscriptionCommands,
        conversation_log: ConversationLog,
        zone: str,
    ) -> None:
        self._desk = desk
        self._digests = digests
        self._lookup = lookup
        self._subscriptions = subscriptions
        self._log = conversation_log
        self._zone = zone

    async def story(self, argument: str) -> Message:
        """The story of this number, or of the article that answers the words best."""
        now, text = self._desk.clock.now(), argument.strip().removeprefix("story:")
        if not text:
            return usage_message(say(replies.STORY_USAGE))
        if not text.isdecimal():
            found = await self._lookup.find(text, limit=1)
            if not found.hits:
                return findings_message(text, found, now, self._zone)
            text = str(found.hits[0].entry.story)
        if len(text) > DIGITS:
            return usage_message(replies.no_story(f"{text[:DIGITS]}…"))
        window = Window(0, await self._desk.library.revision())
        ids = await self._desk.index.matching(InStory(int(text)), window, now=now)
        entries = await self._desk.library.entries(ids[:LONGEST])
        if not entries:
            return usage_message(replies.no_story(text))
        events = await self._desk.workers.run(over_time, entries)
        told = story_message(entries[0].story, events, len(ids), now, self._zone)
        return self._lookup.with_page(told, entries[0].story)

    async def catchup(self, argument: str, said: Said) -> Message:
        """What came since a length ago, or since the reader's last catch-up; that is now."""
        now = self._desk.clock.now()
        length = _length(argument)
        told = now - length if length else seeking.since(argument, now, self._zone)
        if argument.strip() and told is None:
            return usage_message(say(replies.CATCHUP_USAGE))
        since = told or await self._log.caught_up(said.sender) or now - DAY
        entries = await self._missed(said, min(since, now))
        events = await self._desk.workers.run(outlines, entries, MISSED)
        await self._log.catches_up(said.sender, now)
        stories = len({entry.story for entry in entries})
        return catchup_message(events, stories, since, now, self._zone)

    async def _missed(self, said: Said, since: datetime) -> Sequence[Entry]:
        """What came since that moment and a subscription of this chat wants; all, where it has none."""
        library = self._desk.library
        window = Window(await library.revision_at(since), await library.revision())
        wanted = await self._subscriptions.here(said) or (self._subscriptions.everything(said),)
        ids = {entry for one in wanted for entry in await self._digests.matching(one, window)}
        found = await library.entries(sorted(ids)[-READ:])
        return [entry for entry in found if window.after < entry.revision <= window.upto]


def over_time(entries: Sequence[Entry]) -> tuple[Event, ...]:
    """The articles of one story, from the first on; pure, and picklable for the workers, which alone load it all."""
    from bot.digest.timeline import timeline

    return timeline(entries)


def outlines(entries: Sequence[Entry], limit: int) -> list[tuple[Event, ...]]:
    """The stories that most outlets tell, then the newest: of each how it began and its latest turn."""
    from bot.digest.timeline import first_and_latest

    stories: dict[int, list[Entry]] = {}
    for entry in entries:
        stories.setdefault(entry.story, []).append(entry)
    ranked = sorted(stories.values(), key=_prominence)
    first = (sorted(one, key=lambda entry: entry.id)[:LONGEST] for one in ranked[:limit])
    return [first_and_latest(over_time(one)) for one in first]


def _prominence(story: Sequence[Entry]) -> tuple[int, int]:
    return -len({entry.article.source for entry in story}), -max(entry.revision for entry in story)


def _length(argument: str) -> timedelta | None:
    found = _LENGTH.fullmatch(argument.strip())
    if not found:
        return None
    return timedelta(hours=int(found["count"]) * _HOURS[(found["unit"] or "d")[0].casefold()])
