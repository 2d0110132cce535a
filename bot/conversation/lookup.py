"""Looking things up for a reader: searches, quotes and topics, page by page.

A question is kept under a token, so that its buttons work after a restart. What comes back with a
button is untrusted: it is read strictly, and is heeded only from the message that answers the question.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.chat import commands
from bot.chat.access import AccessSettings
from bot.chat.commands import Change, Command, Page
from bot.digest.key_quotes import once_each
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationLog
from bot.domain.digests import KeyQuote
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Buttons, Message
from bot.domain.model import Findings, Hit, Subscription
from bot.domain.ports import Desk
from bot.domain.teams import EVERYBODY, NO_TEAMS, Team, Teams
from bot.search.spoken import answering
from bot.text.honorifics import without_titles
from bot.views import layout
from bot.views.captions import LONG_NAME, clipped
from bot.wording import replies
from bot.wording.language import say

PAGE = 5
"""Hits of one answer: what fits a phone's screen."""

DEEPEST = 1_000
"""Hits that can be paged to: nobody does, and a forged button could ask for any."""

SPOKEN = 40
"""Articles whose quotes are looked through for one person's words."""


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the configuration gives to answers.

    ``zone`` is the one in which moments are told, ``language`` what the desk speaks where nothing else says, ``topics`` are queries by name, ``file`` is the
    configuration's name in replies. ``parting``: seconds for what was heard when the desk closes.
    """

    zone: str
    topics: Mapping[str, str]
    channels: Sequence[Subscription]
    access: AccessSettings = field(default_factory=AccessSettings)
    file: str = "config.toml"
    parting: float = 5.0
    language: str = "en"
    teams: Teams = NO_TEAMS
    team: Team = EVERYBODY

    def of_team(self, team: Team) -> AnswerSettings:
        """Those of a team: its topics, and the channels that are posted to it."""
        channels = [one for one in self.channels if self.teams.of(one.to, one.by) == team]
        return (
            self
            if team == EVERYBODY
            else replace(self, topics=team.topics_of(self.topics), channels=channels, team=team)
        )


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One page of an answer; ``total`` counts what all pages show."""

    message: Message
    total: int


Pages = Callable[[str, int], Awaitable[AnswerPage]]


class Lookup:
    """Answers questions about the library. Raises StoreError and SearchError only when those rooms fail."""

    def __init__(self, desk: Desk, settings: AnswerSettings, conversation_log: ConversationLog) -> None:
        self._desk = desk
        self._settings = settings
        self._conversation_log = conversation_log
        self.pages: dict[str, Pages] = {"search": self._searched, "quotes": self._quoted}
        """What makes a page of each kind of question, of what was asked and where the page begins."""

    async def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> Findings:
        """What the library has on a query as typed, best first."""
        return await self._found(query.parse(text, lists=True).query, limit, offset)

    async def recent(self, wanted: query.Query, limit: int) -> Findings:
        """What the last 7 days have on a query; a typing error is not forgiven."""
        found = await self._found(_of_last_week(wanted), limit, 0)
        return Findings(0, ()) if found.tolerant else found

    async def ask(self, command: Command, said: Said, *, shareable: bool, continues: bool = False) -> Message:
        """The first page of an answer to a question with ``pages``, with buttons for what it lacks.

        ``continues``: who reads the answer may ask on, so what it answers is kept in any case.
        """
        shown = await self.pages[command.name](command.argument, 0)
        if not shown.total or (shown.total <= PAGE and not (shareable or continues)):
            return shown.message
        text = f"{command.name} {command.argument}"
        token = await self._conversation_log.remember(text, said.at, said.sender, self._desk.clock.now())
        message = _with_buttons(shown, Page(token, 0), shareable=shareable)
        return replace(message, question=token) if continues else message

    async def turn(self, pressed: Pressed, *, shareable: bool) -> Message | None:
        """The page that a button names; ``None`` for a press that is forged, or too old."""
        found = await self._pressed(pressed)
        return _with_buttons(*found, shareable=shareable) if found else None

    async def share(self, pressed: Pressed) -> Message | None:
        """The page that a button names, for everybody to see, and who shares it; ``None`` as ``turn`` has it."""
        if pressed.message:  # it is offered on what one person alone sees
            return None
        found = await self._pressed(pressed)
        shown = clipped(pressed.sender.name, LONG_NAME)
        byline = (layout.quiet(replies.shared_by(shown)),) if shown else ()
        return Message((*found[0].message.blocks, *byline)) if found else None

    async def topics(self) -> Message:
        """The topics, and how many articles of the last 7 days each has."""
        counted = [
            (name, text, (await self.recent(query_nodes.Topic(name), 1)).total)
            for name, text in self._settings.topics.items()
        ]
        return layout.topics_message(counted)

    async def _pressed(self, pressed: Pressed) -> tuple[AnswerPage, Page] | None:
        page = commands.page(pressed.value)
        if page is None or page.offset > DEEPEST or page.offset % PAGE:
            return None
        asked = await self._conversation_log.recall(page.question, pressed) or ""
        kind, _, argument = asked.partition(" ")
        if kind not in self.pages:
            return None
        shown = await self.pages[kind](argument, page.offset)
        return (shown, page) if page.offset < shown.total else None

    async def _searched(self, text: str, offset: int) -> AnswerPage:
        parsed = query.parse(text, lists=True)
        findings = await self._found(parsed.query, PAGE, offset)
        message = layout.findings_message(
            text,
            findings,
            self._desk.clock.now(),
            self._settings.zone,
            first=offset + 1,
            understood=replies.understood(query.printed(parsed.query), parsed.notes),
        )
        return AnswerPage(message, min(findings.total, DEEPEST))

    async def _quoted(self, argument: str, offset: int) -> AnswerPage:
        name, subject = commands.name_and_subject(argument)
        (who, starred), parsed = _name(without_titles(name)), query.parse(subject)
        about = parsed.query
        findings = await self._found(query_nodes.all_of((query_nodes.Said(who), about)), SPOKEN, 0)
        quotes = once_each(
            KeyQuote(hit.entry, quote)
            for hit in findings.hits
            for quote in answering(hit.entry, who, about, tolerant=findings.tolerant)
        )
        message = layout.quotes_message(
            name,
            quotes[offset : offset + PAGE],
            self._desk.clock.now(),
            self._settings.zone,
            about=subject,
            total=len(quotes),
            first=offset + 1,
            tolerant=findings.tolerant,
            understood=replies.notice((*starred, *parsed.notes)),
        )
        return AnswerPage(message, len(quotes))

    async def _found(self, wanted: query.Query, limit: int, offset: int) -> Findings:
        desk, written_out = self._desk, query.expand(wanted, self._settings.topics)
        matches = await desk.index.search(written_out, now=desk.clock.now(), limit=limit, offset=offset)
        entries = {e.id: e for e in await desk.library.entries([m.entry for m in matches.matches])}
        hits = tuple(
            Hit(entries[m.entry], m.score, desk.index.snippet(entries[m.entry].article, written_out))
            for m in matches.matches
            if m.entry in entries
        )
        return Findings(matches.total, hits, matches.tolerant, matches.excluded)


_READS: Mapping[str, Callable[[str], Page | Change | None]] = {
    "page": commands.page,
    "change": commands.change,
}


def question_behind(message: Message) -> str | None:
    """The token of the question that the message answers, or that its buttons turn the pages of."""
    if message.question:
        return message.question
    rows = (block.buttons for block in message.blocks if isinstance(block, Buttons))
    given = (_READS[one.action](one.value) for row in rows for one in row if one.action in _READS)
    return next((read.question for read in given if read), None)


def _of_last_week(wanted: query.Query) -> query.Query:
    week = query_nodes.Last(7, "d")
    match wanted:
        case query_nodes.Everything():
            return week
        case query_nodes.And(parts):
            return query_nodes.And((*parts, week))
        case _:
            return query_nodes.And((wanted, week))


def _with_buttons(shown: AnswerPage, page: Page, *, shareable: bool) -> Message:
    turns = ((say(replies.PREVIOUS), page.offset - PAGE), (say(replies.NEXT), page.offset + PAGE))
    buttons = [
        Button(label, "page", str(replace(page, offset=offset)))
        for label, offset in turns
        if 0 <= offset < shown.total
    ]
    if shareable:
        buttons.append(Button(say(replies.SHARE), "share", str(page)))
    return Message((*shown.message.blocks, Buttons(tuple(buttons)))) if buttons else shown.message


def _name(text: str) -> tuple[query_nodes.Term, tuple[str, ...]]:
    """What was typed as a name, and what to say of it; a star at its end stands for the rest of it."""
    begun, star, rest = text.partition("*")
    notes = (query.star_note(text),) if star and (rest or not begun) else ()
    return query_nodes.Prefix(begun) if star and begun else query_nodes.Phrase(text.replace("*", "")), notes
