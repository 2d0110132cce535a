"""Every line that readers saw, held against the stored articles: it is theirs word for word, or the desk's own.

What the desk says of itself is asked of `bot.wording.phrases`, `bot.wording.replies` and the layouts, with the values of
the story. A kind of line that none of them says and no article has is a stranger.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from html.parser import HTMLParser
from itertools import permutations, product
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.conversations import ENOUGH
from bot.domain.digests import Digest, Ledger
from bot.domain.message import Items, Message
from bot.domain.model import Entry, Findings, Occasion, Subscription, Window
from bot.views import layout
from bot.views import subscriptions as agenda
from bot.views.captions import role_of, source_line, source_of
from bot.wording import phrases, replies, subscribing
from bot.wording.chat import editing, pressing
from bot.wording.marks import ENGLISH
from tests.doubles.slack import SlackDouble
from tests.doubles.telegram import TelegramDouble

MOST = 5
"""Files, articles and stories that these stories have fewer of."""

_READING_TIME = re.compile(f"{phrases.SEPARATOR}\\d+ (?:seconds|minutes) to read$")
_NUMBER = re.compile(r" \[\d+\](?= |$)")
"""What each line of a digest is called by, where it leads to its page."""

_OPENING = re.compile(r"(?:• |\d+\. )?")


class _Words(HTMLParser):
    """What a browser would show of the HTML: a parser that knows nothing of Telegram's."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = ""

    def handle_data(self, data: str) -> None:
        self.shown += data


def words_of_html(html: str) -> str:
    """The words of a text in HTML."""
    words = _Words()
    words.feed(html)
    words.close()
    return words.shown


def telegram_texts(telegram: TelegramDouble) -> list[str]:
    """Everything that Telegram was asked to show: texts, labels of buttons, answers to presses."""
    found = []
    for call in telegram.calls:
        text = call.fields.get("text", "")
        found.append(words_of_html(text) if call.fields.get("parse_mode") == "HTML" else text)
        found += [one["text"] for one in _buttons(call.fields.get("reply_markup"))]
    return found


def _buttons(markup: str | None) -> Iterator[dict[str, Any]]:
    for row in json.loads(markup)["inline_keyboard"] if markup else ():
        yield from row


def shown(slack: SlackDouble, telegram: TelegramDouble) -> list[str]:
    """Each different line that a reader of either platform ever saw, without the spaces at its ends."""
    texts = [*slack.texts(), *telegram_texts(telegram)]
    return sorted({line.strip() for text in texts for line in text.splitlines()} - {""})


@dataclass
class Story:
    """What a story had, so that what was said of it can be judged: ``moments`` are when the desk spoke."""

    entries: Sequence[Entry]
    zone: str
    names: Sequence[str]
    asked: Sequence[str]
    subscriptions: Sequence[Subscription]
    moments: Sequence[datetime]
    sayings: Sequence[str] = field(default_factory=tuple)

    def strangers(self, lines: Iterable[str]) -> list[str]:
        """The lines that are neither an article's, word for word, nor the desk's own."""
        return [line for line in lines if not (self.own(_NUMBER.sub("", line)) or self.of_an_article(line))]

    def of_an_article(self, line: str) -> bool:
        """Whether the line stands in an article, after the number, the quotation marks or the outlet around it."""
        line = _NUMBER.sub("", line)
        bare = line[_OPENING.match(line).end() :]  # type: ignore[union-attr] - it matches the empty text
        bare = bare.removeprefix(phrases.updated(""))
        for tail in self.tails:
            bare = bare.removesuffix(tail)
        if bare.startswith(ENGLISH[0]) and bare.endswith(ENGLISH[1]):
            bare = bare.removeprefix(ENGLISH[0]).removesuffix(ENGLISH[1])
        bare = bare.removeprefix(phrases.MORE).removesuffix(phrases.MORE).strip()
        return bool(bare) and any(bare in text for text in self.texts)

    def own(self, line: str) -> bool:
        """Whether the desk says exactly this of itself."""
        line = _READING_TIME.sub("", line)
        for stories in (1, 2):
            line = line.removesuffix(phrases.SEPARATOR + phrases.how_to_ask(stories))
        return line.removeprefix("• ") in self.own_lines or any(
            phrases.period(*one) == line for one in self._periods(line)
        )

    @cached_property
    def texts(self) -> list[str]:
        """The articles' words on one line each; a paragraph's end is kept, for nothing may run over it."""
        found = [title for entry in self.entries if (title := entry.article.title)]
        for entry in self.entries:
            found += [" ".join(span.of(entry.article.text).split()) for span in entry.article.paragraphs]
        return [" ".join(text.split()) for text in found]

    @cached_property
    def tails(self) -> set[str]:
        """What stands behind an article's words on their line: which outlet they are from."""
        sources = {source for entry in self.entries if (source := source_of(entry))}
        return {tail for source in sources for tail in (f" ({source})", f"{phrases.SEPARATOR}{source}")}

    @cached_property
    def own_lines(self) -> set[str]:
        """Titles, counts, sources, footers, buttons and answers, as phrases and layouts say them here."""
        found = {phrases.digest_title(name) for name in self.names} | set(self.sayings)
        found |= {phrases.search_title(query) for query in self.asked} | set(self._sources())
        found |= {phrases.found(*counts) for counts in product(range(MOST), range(MOST))}
        found |= {pressing.MORE, phrases.ALSO, replies.PREVIOUS, replies.NEXT, replies.SHARE} | set(
            self._footers()
        )
        for entry in self.entries:
            for quote in entry.quotes:
                mention = quote.speaker.of(entry.article.text) if quote.speaker else None
                role = role_of(quote, entry.article)
                found |= {
                    phrases.attribution(quote.speaker_name or mention, source, role)
                    for source in (None, entry.article.source, *map(phrases.in_outlets, range(2, MOST)))
                }
        return found | set(self._subscribed()) | set(self._offers())

    def _sources(self) -> Iterator[str]:
        known = [source_of(entry) for entry in self.entries]
        told = [phrases.outlets(some) for count in (1, 2, 3) for some in permutations(known, count)]
        for entry, outlets, moment in product(self.entries, told, self.moments):
            for line in source_line(outlets, entry.article, self._here(moment)):
                yield "".join(run.text for run in line.runs)

    def _footers(self) -> Iterator[str]:
        for files, articles, stories, kept, sent, bad in product(range(MOST), repeat=6):
            if kept <= stories <= articles <= files and bad <= files:
                for listed in {0, stories - kept}:
                    yield phrases.ledger(
                        files=files, articles=articles, stories=stories, shown=kept, listed=listed,
                        already_sent=sent, unreadable=bad,
                    )  # fmt: skip

    def _subscribed(self) -> Iterator[str]:
        yield from subscribing.CHANGES.values()
        places = product(self.subscriptions, self.moments, range(MOST), (True, False))
        for made, moment, total, direct in places:
            found = Findings(total, ())
            yield from said_in(agenda.subscribed_message(made, made.query, found, moment, direct=direct))
            yield replies.matches(total, total)
        yield from map(editing.too_little_history, range(ENOUGH))
        yield from editing.ORDERS.values()

    def _offers(self) -> Iterator[str]:
        for dropped, older in product(range(MOST), repeat=2):
            window, at = Window(0, 0), self.moments[0]
            digest = Digest(Occasion("slot", "", ""), "", window, at, at, (), Ledger())
            if message := layout.scheduled_message(digest, self.zone, dropped=dropped, older=older):
                yield from said_in(replace(message, blocks=message.blocks[2:]))  # below title and period

    def _periods(self, line: str) -> Iterator[tuple[datetime, datetime]]:
        """The windows whose end the line names: to the minute, within a week."""
        for moment in {one.replace(second=0, microsecond=0) for one in self.moments}:
            until = self._here(moment)
            if line.startswith(f"{phrases.long_day(until)}, {phrases.clock(until)}"):
                for minutes in range(7 * 24 * 60):
                    yield self._here(moment - timedelta(minutes=minutes)), until

    def _here(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.zone))


def said_in(message: Message) -> Iterator[str]:
    """The lines of a message that quotes nobody."""
    for block in message.blocks:
        yield from (one.label for one in getattr(block, "buttons", ()))
        rows = block.items if isinstance(block, Items) else [getattr(block, "runs", ())]
        yield from ("".join(run.text for run in row) for row in rows)
