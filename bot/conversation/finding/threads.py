"""Answers to what people ask below a digest: the story, its sources, its quotes or how it went on.

All of it is what the digest showed and what the library has on those stories. What is not certainly a question
is not answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from bot.conversation.finding.lookup import Lookup
from bot.conversation.finding.pages import PAGE, AnswerPage
from bot.domain import query
from bot.domain.conversations import ConversationLog, PostedDigests
from bot.domain.digests import PostedDigest, PostedStory, ToldStory
from bot.domain.errors import SearchError
from bot.domain.events import Pressed, Said, Under
from bot.domain.message import Message
from bot.domain.model import Entry, Window
from bot.domain.ports import Desk
from bot.domain.teams import Team
from bot.grammar.commands import Command
from bot.grammar.questions import BOTH, LINKS, PAIR, Headline, Question, may_ask, points, question
from bot.search.scoped import visible
from bot.views.threads import gone_message, several_message, story_message
from bot.wording.asking import View
from bot.wording.chat import pressing
from bot.wording.language import say

BELOW = "below"
"""The kind of the question, where it is kept for its buttons; no command is called so."""

NONE = "0"
"""Kept in place of numbers where no story is named."""

LONGEST = 30
"""Articles of one story that are told, those of the digest first."""


@dataclass(frozen=True, slots=True)
class Below:
    """What was said below a digest, and what it asks; ``None`` for what is not for the desk.

    ``about`` are the numbers of the stories that the words answer, none where they answer the digest: of an answer below it.
    """

    digest: PostedDigest
    question: Question | None
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadAnswers:
    """Answers below digests; what the ``team`` that asks does not see is as gone. Raises BotError only when the store or a worker fails."""

    desk: Desk
    posted: PostedDigests
    log: ConversationLog
    lookup: Lookup
    zone: str
    team: Team

    async def read(self, said: Said) -> Below | None:
        """What the words ask of the digest that they answer; ``None`` where they answer none."""
        if said.under is None or (said.meant == "overheard" and not may_ask(said.text)):
            return None
        digest = await self.posted.under(said)
        about: tuple[int, ...] = ()
        if digest is None and said.meant != "overheard":
            digest, about = await self._answered(said.under)
        if digest is None:
            return None
        named = said.meant == "named"
        headlines = await self._headlines(digest) if may_ask(said.text) else []
        asked = question(said.text, headlines, addressed=named)
        below = Below(digest, asked, about)
        if asked is None and named and points(said.text) and (meant := _meant(below, said.text)):
            return replace(below, question=Question("story", meant))
        return below

    async def of_newest(self, said: Said) -> Below | None:
        """What words to the desk alone ask of the newest digest there; ``None`` where they certainly ask nothing of it."""
        if not (said.direct and said.under is None and may_ask(said.text)):
            return None
        digest = await self.posted.newest(said)
        asked = question(said.text, await self._headlines(digest), addressed=True) if digest else None
        return Below(digest, asked) if digest and asked else None

    async def stories_named(self, below: Below, words: str) -> tuple[int, ...]:
        """The ids of the stories of the digest that the words name, as in "2 and 3", or "it" below its own answer."""
        first, _, rest = words.partition(" ")
        named = rest if first.casefold() in LINKS else words  # "subscribe to the second"
        asked = question(named, await self._headlines(below.digest), addressed=True)
        numbers = asked.numbers if asked and asked.view == "story" else ()
        if not numbers and points(named):
            numbers = _meant(below, named)
        told = [one for one in below.digest.stories if one.number in numbers]
        kept = [await visible(self.team, self.desk.library, story.entries) for story in told]
        return tuple(dict.fromkeys(entries[0].story for entries in kept if entries))

    async def _answered(self, under: Under) -> tuple[PostedDigest | None, tuple[int, ...]]:
        """The digest below which the answer stands that this message is, and the numbers of its stories."""
        kind, _, asked = (await self.log.asked(under.at, under.message) or "").partition(" ")
        if kind != BELOW:
            return None, ()
        digest_id, written, *_ = asked.split(" ")
        digest = await self.posted.digest(int(digest_id))
        return digest, tuple(one.number for one in _named(written, digest))

    async def answer(self, below: Below, said: Said, *, shareable: bool) -> Message | None:
        """The answer, with buttons for more of it; ``None`` where nothing is asked."""
        if below.question is None:
            return None
        digest, view = below.digest, below.question.view
        numbers = below.question.numbers or below.about or _only(digest)
        what = f"{digest.id} {_written(numbers, digest)} {0 if numbers else digest.part} {view}"
        return await self.lookup.ask(Command(BELOW, what), said, shareable=shareable, continues=True)

    async def more(self, pressed: Pressed, *, shareable: bool) -> Message | None:
        """The story whose number is on the pressed button of a digest; ``None`` for a press that is forged, or too old."""
        if not (pressed.message and re.fullmatch(r"[1-9][0-9]{0,2}", pressed.value)):
            return None
        under = Under(replace(pressed.at, thread=""), pressed.message)
        said = Said(pressed.key, pressed.at, pressed.sender, "", pressed.direct, pressed.reply, under)
        digest, number = await self.posted.under(said), int(pressed.value)
        if digest is None or all(one.number != number for one in digest.stories):
            return None
        what = f"{digest.id} {_written((number,), digest)} 0 story"
        return await self.lookup.ask(Command(BELOW, what), said, shareable=shareable, continues=True)

    async def _headlines(self, digest: PostedDigest) -> list[Headline]:
        """The stories as their readers see them; one that is no longer kept has a number and no words."""
        kept = await self._entries(digest.stories)
        return [_headline(story, kept, digest.upto) for story in digest.stories]

    async def _entries(self, stories: Sequence[PostedStory]) -> dict[int, Entry]:
        ids = dict.fromkeys(one for story in stories for one in story.entries)
        return {entry.id: entry for entry in await visible(self.team, self.desk.library, list(ids))}

    async def page(self, asked: str, offset: int) -> AnswerPage:
        """A page of the answer to what was kept for its buttons."""
        digest_id, written, part, how = asked.split(" ")
        view = next(one for one in get_args(View) if one == how)
        digest, named = await self.posted.digest(int(digest_id)), written != NONE
        if digest is None:
            return AnswerPage(gone_message(), 0)
        stories = _named(written, digest) if named else _of_part(digest, int(part))
        if not stories:  # they were forgotten, or 90 days are over since it was asked
            return AnswerPage(gone_message(), 0)
        if named and "+" not in written:
            return await self._story(digest, stories[0], view, offset)
        stories = [one for one in stories if one.quotes or view != "quotes"]
        shown = stories[offset : offset + PAGE]
        told = [(story, await self._told(digest, story, whole=named)) for story in shown]
        here = [(story, one) for story, one in told if one]
        sections = _sections(view, named=named)
        message = several_message(digest, here, sections, self.desk.clock.now(), self.zone)
        return AnswerPage(message, len(stories))

    async def _story(self, digest: PostedDigest, story: PostedStory, view: View, offset: int) -> AnswerPage:
        told = await self._told(digest, story, whole=True)
        if told is None:
            return AnswerPage(gone_message(), 0)
        here = (self.desk.clock.now(), self.zone)
        message, total = story_message(digest, story, told, view, *here, first=offset, size=PAGE)
        message = self.lookup.with_page(message, told.entries[0].story)
        about = f"story:{told.entries[0].story}"
        return AnswerPage(message, total, about=about, more=((say(pressing.MUTE), "mute"),))

    async def _told(self, digest: PostedDigest, story: PostedStory, *, whole: bool) -> ToldStory | None:
        kept = await visible(self.team, self.desk.library, story.entries)
        if not kept:
            return None
        entries = [*kept, *(await self._since(kept) if whole else ())][:LONGEST]
        return await self.desk.workers.run(as_told, story, digest.upto, entries, whole)

    async def _since(self, kept: Sequence[Entry]) -> Sequence[Entry]:
        """What else the library has on the story by now; nothing while the index is out of order."""
        library, now = self.desk.library, self.desk.clock.now()
        window = Window(0, await library.revision())
        wanted = query.parse(f"story:{kept[0].story}").query
        try:
            ids = await self.desk.index.matching(wanted, window, now=now)
        except SearchError:
            return ()
        known = {entry.id for entry in kept}
        return await library.entries([one for one in ids if one not in known][-LONGEST:])


def as_told(story: PostedStory, upto: int, entries: Sequence[Entry], whole: bool) -> ToldStory:  # noqa: FBT001 - workers take places
    """As :func:`bot.digest.told_story.told_story`, which is loaded where it is worked out; picklable for the workers."""
    from bot.digest.told_story import told_story

    return told_story(story, upto, entries, whole)


def _headline(story: PostedStory, kept: Mapping[int, Entry], upto: int) -> Headline:
    if not any(one in kept for one in story.entries):
        return Headline(story.number, "")
    entries = ((kept.get(one), span) for one, span in story.quotes)
    quotes = (span.of(entry.article.text) for entry, span in entries if entry and entry.revision <= upto)
    return Headline(story.number, story.headline, tuple(quotes))


def _only(digest: PostedDigest) -> tuple[int, ...]:
    """The number of the story that the message tells, where it tells one alone."""
    here = _of_part(digest, digest.part)
    return (here[0].number,) if len(here) == 1 else ()


def _meant(below: Below, words: str) -> tuple[int, ...]:
    """The numbers of the stories that "it", or "both", means there."""
    if words.strip(" ?!.").casefold() in BOTH:
        here = below.about or tuple(one.number for one in _of_part(below.digest, below.digest.part))
        return here if len(here) == PAIR else ()
    return below.about or _only(below.digest)


def _sections(view: View, *, named: bool) -> tuple[View, ...]:
    """What is shown of each of several stories: of those that nobody has named something short."""
    if view == "story":
        return ("story", "sources", "quotes") if named else ("sources",)
    return (view,) if named or view != "timeline" else ("sources",)


def _written(numbers: Sequence[int], digest: PostedDigest) -> str:
    """The stories as they are kept for buttons, each with its first article: their numbers change when one is forgotten."""
    named = (one for one in digest.stories if one.number in numbers)
    return "+".join(f"{one.number}.{one.entries[0]}" for one in named) or NONE


def _named(written: str, digest: PostedDigest | None) -> list[PostedStory]:
    """The stories that were kept so, by their numbers alone where an earlier version kept them."""
    kept = [one.partition(".") for one in written.split("+")]
    leads = {int(lead) for _, _, lead in kept if lead}
    numbers = {int(number) for number, _, lead in kept if not lead}
    return [
        one
        for one in (digest.stories if digest else ())
        if one.number in numbers or not leads.isdisjoint(one.entries)
    ]


def _of_part(digest: PostedDigest, part: int) -> list[PostedStory]:
    """The stories of one of its messages; all of them for a part that tells none, and for 0."""
    return [one for one in digest.stories if one.part == part] or list(digest.stories)
