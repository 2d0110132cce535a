"""Looking things up for a reader: searches, quotes and topics, page by page.

A question is kept under a token, so that its buttons work after a restart. What comes back with a
button is untrusted: it is read strictly, and is heeded only from the message that answers the question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from bot.chat import buttons
from bot.chat.access import AccessSettings
from bot.chat.buttons import Page, Picked
from bot.conversation.finding.narrowing import narrowed_to, narrowing, offered
from bot.conversation.finding.pages import (
    DEEPEST,
    NEWEST,
    PAGE,
    SEARCHES,
    AnswerPage,
    Pages,
    question_of,
    with_buttons,
)
from bot.conversation.finding.rehearsal import rehearsed
from bot.digest.key_quotes import once_each
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationLog, Narrowing, Rehearsal
from bot.domain.digests import KeyQuote
from bot.domain.events import Pressed, Said
from bot.domain.message import Message
from bot.domain.model import Findings, Hit, Subscription
from bot.domain.ports import Desk
from bot.domain.query_nodes import SearchOrder
from bot.domain.teams import EVERYBODY, NO_TEAMS, Team, Teams
from bot.grammar import remarks, seeking
from bot.grammar.commands import Command
from bot.search.spoken import answering
from bot.text.honorifics import without_titles
from bot.views import layout
from bot.views.captions import LONG_NAME, clipped
from bot.views.posted import on_the_web
from bot.web.links import Links
from bot.web.settings import NO_ARCHIVE, ArchiveSettings
from bot.wording import replies
from bot.wording.chat import querying

SPOKEN, MOST_SAID = 40, 500
"""Articles whose quotes are looked through for one person's words, and quotes that are compared with each other."""


LONGEST_NAMED = 4
"""Words of a name and a subject with nothing between them."""


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
    archive: ArchiveSettings = NO_ARCHIVE

    def of_team(self, team: Team) -> AnswerSettings:
        """Those of a team: its topics, and the channels that are posted to it."""
        channels = [one for one in self.channels if self.teams.of(one.to, one.by) == team]
        return (
            self
            if team == EVERYBODY
            else replace(self, topics=team.topics_of(self.topics), channels=channels, team=team)
        )


class Lookup:
    """Answers questions about the library. Raises StoreError and SearchError only when those rooms fail."""

    def __init__(self, desk: Desk, settings: AnswerSettings, conversation_log: ConversationLog) -> None:
        self._desk = desk
        self._settings = settings
        self._conversation_log = conversation_log
        self.pages: dict[str, Pages] = {
            "search": self._searched,
            NEWEST: self._newest,
            "quotes": self._quoted,
        }
        """What makes a page of each kind of question, of what was asked and where the page begins."""

    async def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> Findings:
        """What the library has on a query as typed, best first."""
        parsed = query.parse(text, lists=True)
        return await self._found(parsed.query, limit, offset, parsed.order)

    async def narrowing(self, text: str) -> Narrowing:
        """What the answer to a query as typed can be narrowed by."""
        desk, wanted = self._desk, self._written_out(query.parse(text, lists=True).query)
        return narrowing(await desk.index.facets(wanted, now=desk.clock.now()))

    async def recent(self, wanted: query.Query, limit: int) -> Findings:
        """What came in the last 7 days on a query, as digests see it; a typing error is not forgiven."""
        found = await self._found(_of_last_week(wanted, self._desk.clock.now()), limit, 0)
        return Findings(0, ()) if found.tolerant else found

    async def rehearsed(self, wanted: query.Query) -> Rehearsal:
        """How much a query would have brought in the last month."""
        return await rehearsed(self._desk, wanted, self._settings.topics)

    async def ask(
        self,
        command: Command,
        said: Said,
        *,
        shareable: bool,
        continues: bool = False,
        stories: bool = False,
    ) -> Message:
        """The first page of an answer to a question with ``pages``, with buttons for what it lacks.

        ``continues``: who reads the answer may ask on, so what it answers is kept in any case. ``stories``: each numbered
        article has a button for its story.
        """
        shown = await self.pages[command.name](command.argument, 0)
        opens = stories and bool(shown.entries)
        if not shown.total or (shown.total <= PAGE and not (shareable or continues or opens)):
            return shown.message
        now = self._desk.clock.now()
        asked = question_of(command.name, command.argument, now)
        token = await self._conversation_log.remember(asked, said.at, said.sender, now)
        message = with_buttons(shown, Page(token, 0), shareable=shareable, stories=stories)
        return replace(message, question=token) if continues else message

    async def turn(self, pressed: Pressed, *, shareable: bool, stories: bool = False) -> Message | None:
        """The page that a button names; ``None`` for a press that is forged, or too old."""
        found = await self._pressed(pressed)
        return with_buttons(*found, shareable=shareable, stories=stories) if found else None

    async def story_of(self, pressed: Pressed) -> int | None:
        """The story of the article that a button of an answer names; ``None`` as ``turn`` has it, or where it is gone."""
        opened = buttons.opened(pressed.value)
        if opened is None or await self._conversation_log.recall(opened.question, pressed) is None:
            return None
        found = await self._desk.library.entries([opened.entry])
        expired = found and found[0].expires is not None and found[0].expires <= self._desk.clock.now()
        return found[0].story if found and not expired else None

    async def behind(self, token: str, pressed: Pressed) -> AnswerPage | None:
        """What the answer that carries the pressed button tells; ``None`` as ``turn`` has it."""
        return await self._page_of(await self._conversation_log.recall(token, pressed) or "", 0)

    async def reorder(self, pressed: Pressed, *, shareable: bool, stories: bool = False) -> Message | None:
        """The same answer from its first page in the other order; ``None`` as ``turn`` has it."""
        found = await self._pressed(pressed)
        if found is None or not found[0].other:
            return None
        asked = await self._conversation_log.recall(found[1].question, pressed) or ""
        argument = query.ordered(asked.partition(" ")[2])[0]
        return await self._anew(found[0].other, argument, pressed, shareable=shareable, stories=stories)

    async def narrow(self, pressed: Pressed, *, shareable: bool, stories: bool = False) -> Message | None:
        """The same answer with what it can be narrowed by, or narrowed to what was chosen of that; ``None`` as ``turn`` has it."""
        picked = buttons.picked(pressed.value)
        asked = await self._conversation_log.recall(picked.question, pressed) if picked else None
        if picked is None or not asked or asked.partition("@")[0].partition(" ")[0] not in SEARCHES:
            return None
        kind, _, argument = asked.partition(" ")
        choices = await self.narrowing(argument)
        if not picked.mark:
            if (shown := await self._page_of(asked, 0)) is None:
                return None
            message = with_buttons(shown, Page(picked.question, 0), shareable=shareable, stories=stories)
            rows = offered(choices, lambda one: str(Picked(picked.question, buttons.mark(one.filter))))
            return replace(message, blocks=(*message.blocks, *rows))
        if (narrowed := narrowed_to(choices, picked.mark, argument)) is None:
            return None
        kind = kind.partition("@")[0]
        return await self._anew(kind, narrowed, pressed, shareable=shareable, stories=stories)

    async def _anew(
        self, kind: str, argument: str, pressed: Pressed, *, shareable: bool, stories: bool
    ) -> Message:
        """The first page of another question, asked with a button."""
        now = self._desk.clock.now()
        asked = question_of(kind, argument, now)
        token = await self._conversation_log.remember(asked, pressed.at, pressed.sender, now)
        page = await self.pages[kind](argument, 0)
        shown = with_buttons(page, Page(token, 0), shareable=shareable, stories=stories)
        return replace(shown, question=token)

    async def _page_of(self, asked: str, offset: int) -> AnswerPage | None:
        """A page of a question that is kept; a search's has what was there when it was asked, so that pages stay as they are."""
        kind, _, argument = asked.partition(" ")
        kind, _, moment = kind.partition("@")
        if moment and kind in SEARCHES:
            here = query_nodes.Here(datetime.fromisoformat(moment))
            return await self._searched(argument, offset, SEARCHES[kind], here)
        return await self.pages[kind](argument, offset) if kind in self.pages else None

    async def share(self, pressed: Pressed) -> Message | None:
        """The page that a button names, for everybody to see, and who shares it; ``None`` as ``turn`` has it."""
        if pressed.message:  # it is offered on what one person alone sees
            return None
        found = await self._pressed(pressed)
        shown = clipped(pressed.sender.name, LONG_NAME)
        byline = (layout.quiet(replies.shared_by(shown)),) if shown else ()
        return Message((*found[0].message.blocks, *byline)) if found else None

    def with_page(self, message: Message, story: int) -> Message:
        """The message about a story, with the way to its page where its readers' team has an archive."""
        settings = self._settings
        if not settings.archive.address or (settings.teams.teams and settings.team == EVERYBODY):
            return message
        links = Links(settings.archive)
        grant = links.granted(settings.team.name, self._desk.clock.now())
        return on_the_web(message, links.address(grant, "stories", str(story)))

    async def topics(self) -> Message:
        """The topics, and how many articles of each came in the last 7 days."""
        counted = [
            (name, text, (await self.recent(query_nodes.Topic(name), 1)).total)
            for name, text in self._settings.topics.items()
        ]
        return layout.topics_message(counted)

    async def _pressed(self, pressed: Pressed) -> tuple[AnswerPage, Page] | None:
        page = buttons.page(pressed.value)
        if page is None or page.offset > DEEPEST or page.offset % PAGE:
            return None
        asked = await self._conversation_log.recall(page.question, pressed) or ""
        shown = await self._page_of(asked, page.offset)
        return (shown, page) if shown and page.offset < shown.total else None

    async def _searched(
        self,
        text: str,
        offset: int,
        order: SearchOrder = "best",
        here: query.Query = query_nodes.Everything(),  # noqa: B008 - a value, and frozen
    ) -> AnswerPage:
        parsed = seeking.looked_for(text)
        order = order if parsed.order == "best" else parsed.order
        findings = await self._found(query_nodes.all_of((parsed.query, here)), PAGE, offset, order)
        other = NEWEST if order == "best" else "search"
        orderable = findings.total > 1 and not findings.tolerant
        return self._page(text, parsed, findings, offset, other if orderable else "")

    async def _newest(self, text: str, offset: int) -> AnswerPage:
        """A search whose matches stand in the order in which they came, the latest first."""
        return await self._searched(text, offset, "new")

    def _page(
        self, text: str, parsed: query.Parsed, findings: Findings, offset: int, other: str
    ) -> AnswerPage:
        message = layout.findings_message(
            text,
            findings,
            self._desk.clock.now(),
            self._settings.zone,
            first=offset + 1,
            understood=replies.understood(query.told(parsed.query), parsed.notes),
        )
        entries = tuple(hit.entry.id for hit in findings.hits)
        total = min(findings.total, DEEPEST)
        narrows = total > PAGE and not findings.tolerant
        return AnswerPage(message, total, other, entries=entries, first=offset + 1, narrows=narrows)

    async def _quoted(self, argument: str, offset: int) -> AnswerPage:
        name, subject = remarks.name_and_subject(argument)
        (who, starred), parsed = _name(without_titles(name)), query.parse(subject)
        about = parsed.query
        findings = await self._found(
            query_nodes.all_of((query_nodes.Said(who), about)), SPOKEN, 0, snippets=False
        )
        if not findings.total and (parted := await self._parted(argument, name, subject)) != argument:
            return await self._quoted(parted, offset)
        quotes = _said_by(who, about, findings)
        others: list[KeyQuote] = []
        if subject and not quotes:
            anything = query_nodes.Everything()
            others = _said_by(
                who, anything, await self._found(query_nodes.Said(who), SPOKEN, 0, snippets=False)
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
            others=len(others),
        )
        return AnswerPage(message, len(quotes))

    async def _parted(self, argument: str, name: str, subject: str) -> str:
        """What was asked with a name and a subject where it may be both, "Teague zu Öl", "Teague oil"; the same where no quotes are found so."""
        if (parted := remarks.with_a_subject(argument)) != argument:
            return parted
        words = name.split() if not subject else []
        for at in range(len(words) - 1, 0, -1) if len(words) <= LONGEST_NAMED else ():
            who, about = query_nodes.Phrase(" ".join(words[:at])), query.parse(" ".join(words[at:])).query
            found = await self._found(
                query_nodes.all_of((query_nodes.Said(who), about)), 1, 0, snippets=False
            )
            if found.total and not found.tolerant:
                return f"{' '.join(words[:at])} about {' '.join(words[at:])}"
        return argument

    def _written_out(self, wanted: query.Query) -> query.Query:
        return query.expand(wanted, self._settings.topics)

    async def _found(
        self,
        wanted: query.Query,
        limit: int,
        offset: int,
        order: SearchOrder = "best",
        *,
        snippets: bool = True,
    ) -> Findings:
        """What is wanted, with passages to show unless no ``snippets`` are: to find those takes most of the time."""
        desk, written_out = self._desk, self._written_out(wanted)
        matches = await desk.index.search(
            written_out, now=desk.clock.now(), limit=limit, offset=offset, order=order
        )
        entries = {e.id: e for e in await desk.library.entries([m.entry for m in matches.matches])}
        hits = tuple(
            Hit(
                entries[m.entry],
                m.score,
                desk.index.snippet(entries[m.entry].article, written_out) if snippets else None,
            )
            for m in matches.matches
            if m.entry in entries
        )
        return Findings(matches.total, hits, matches.tolerant, matches.excluded)


def _said_by(who: query_nodes.Term, about: query.Query, findings: Findings) -> list[KeyQuote]:
    """Each of their quotes in what was found that holds what they are to be about."""
    said = (
        KeyQuote(hit.entry, quote)
        for hit in findings.hits
        for quote in answering(hit.entry, who, about, tolerant=findings.tolerant)
    )
    return once_each(islice(said, MOST_SAID))


def _of_last_week(wanted: query.Query, now: datetime) -> query.Query:
    return query_nodes.all_of((wanted, query_nodes.Came(now - timedelta(days=7))))


def _name(text: str) -> tuple[query_nodes.Term, tuple[str, ...]]:
    """What was typed as a name, and what to say of it; a star at its end stands for the rest of it."""
    begun, star, rest = text.partition("*")
    notes = (querying.star(text),) if star and (rest or not begun) else ()
    return query_nodes.Prefix(begun) if star and begun else query_nodes.Phrase(text.replace("*", "")), notes
