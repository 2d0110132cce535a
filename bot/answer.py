"""The way back: a person's words become a command, a look-up and an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot import phrases, query
from bot.bulletin import KeyQuote
from bot.chat import commands
from bot.chat.commands import Command
from bot.digest import layout
from bot.edition import Edition
from bot.message import Message
from bot.model import Entry, Findings, Hit, Occasion, Subscription
from bot.ports import Desk

PAGE = 5
"""Hits of one answer: what fits a phone's screen."""

DAY = timedelta(hours=24)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the configuration gives to answers: the reader's zone, topics and channels."""

    zone: str
    topics: Mapping[str, str]
    channels: Sequence[Subscription]


class Answer:
    """Answers one line of chat at a time. Nothing that a person can type raises."""

    def __init__(self, desk: Desk, edition: Edition, settings: AnswerSettings) -> None:
        self._desk = desk
        self._edition = edition
        self._settings = settings

    async def reply(self, text: str) -> Message:
        """The answer to ``text``. Raises StoreError or SearchError only when those rooms fail."""
        command = commands.parse(text)
        match command.name:
            case "search":
                return await self._search(command)
            case "quotes":
                return await self._quotes(command)
            case "topics":
                return await self._topics()
            case "subscriptions":
                return layout.subscriptions_message(self._settings.channels, self._settings.zone)
            case "digest":
                return await self._digest(command)
            case _:
                return layout.help_message(command.typed if command.name != "help" else "")

    async def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> Findings:
        """What the library has on a query as typed, best first."""
        desk, wanted = self._desk, self._tree(text)
        now = desk.clock.now()
        matches = await desk.index.search(wanted, now=now, limit=limit, offset=offset)
        entries = {e.id: e for e in await desk.library.entries([m.entry for m in matches.matches])}
        hits = tuple(
            Hit(entries[m.entry], m.score, desk.index.snippet(entries[m.entry].article, wanted))
            for m in matches.matches
            if m.entry in entries
        )
        return Findings(matches.total, hits, matches.tolerant)

    def _tree(self, text: str) -> query.Query:
        return query.expand(query.parse(text).query, self._settings.topics)

    async def _search(self, command: Command) -> Message:
        if not command.argument:
            return layout.usage_message(phrases.SEARCH_USAGE)
        findings = await self.find(command.argument)
        return layout.findings_message(
            command.argument, findings, self._desk.clock.now(), self._settings.zone
        )

    async def _quotes(self, command: Command) -> Message:
        name, subject = commands.name_and_subject(command.argument)
        if not name:
            return layout.usage_message(phrases.QUOTES_USAGE)
        findings = await self.find(f'said:"{name}" {subject}', limit=PAGE * 4)
        quotes = [quote for hit in findings.hits for quote in _said_by(name, hit.entry)]
        now = self._desk.clock.now()
        return layout.quotes_message(
            name, quotes[:PAGE], now, self._settings.zone, about=subject, total=len(quotes)
        )

    async def _topics(self) -> Message:
        counted = []
        for name, text in self._settings.topics.items():
            found = await self._desk.index.search(
                self._tree(f"topic:{name} last:7d"), now=self._desk.clock.now(), limit=1
            )
            counted.append((name, text, 0 if found.tolerant else found.total))
        return layout.topics_message(counted)

    async def _digest(self, command: Command) -> Message:
        channels = {channel.name: channel for channel in self._settings.channels}
        wanted = [word for word in command.argument.split() if word in channels] or list(channels)
        if not wanted:
            return layout.usage_message(phrases.NO_CHANNELS)
        now = self._desk.clock.now()
        channel = channels[wanted[0]]
        asked = Occasion("asked", channel.id, now.isoformat())
        digest = await self._edition.since(channel, asked, now - DAY)
        return layout.digest_message(digest, self._settings.zone)


def _said_by(name: str, entry: Entry) -> list[KeyQuote]:
    """The entry's quotes whose speaker goes by the name, in full or as mentioned beside the words."""
    text = entry.article.text
    return [
        KeyQuote(entry, quote)
        for quote in entry.quotes
        if commands.names(
            name, f"{quote.speaker_name or ''} {quote.speaker.of(text) if quote.speaker else ''}"
        )
    ]
