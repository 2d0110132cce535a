"""The loop that answers: who speaks is looked up, what they want is answered, and the answer is posted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TypeGuard

from bot.chat.access import Role, role, rules_for, rules_of
from bot.conversation.failures import answered, failure_notice, told_instead
from bot.conversation.finding.inline import NOBODY, LatestQueries
from bot.conversation.finding.lookup import AnswerSettings
from bot.conversation.finding.pages import question_behind
from bot.conversation.floods import CROWD, WAITING, Floods, too_much
from bot.conversation.gifts import Gifts
from bot.conversation.queues import ChatQueues, Work, chat_queues
from bot.conversation.remembered.edits import Answered
from bot.conversation.remembered.invitations import Invitations
from bot.conversation.remembered.moved_chats import MovedChats
from bot.conversation.remembered.pending import Pending
from bot.conversation.respond import Responder
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationPorts
from bot.domain.errors import BadCredentials, StoreError
from bot.domain.events import Gave, Incoming, InlineQuery, Moved, Pressed, Returned, Said
from bot.domain.message import Message
from bot.domain.messaging import Capabilities, InlineMessenger, Messenger
from bot.domain.model import Address
from bot.domain.ports import Desk, Measures, Say, Tell, Turned, Unmeasured, unwatched
from bot.domain.reasons import Reason
from bot.domain.teams import EVERYBODY, Team
from bot.grammar.questions import may_ask
from bot.runtime import failpoints
from bot.runtime.health import listening
from bot.search.scoped import ScopedIndex
from bot.views.layout import aside_message
from bot.wording.language import speaking
from bot.wording.phrases import plural

AT_ONCE = 8
"""Answers that are worked on at once; each may keep a worker process and a database connection busy."""

CHATS = 200
"""Chats whose words may wait at once; beyond it the platform is left to wait."""

WITHIN = 60.0
"""Seconds for one answer. The slowest, a preview of a large digest, took 2."""

WHILE_TYPED = 10.0
"""Seconds for an answer to who is still typing: later the platform does not take it."""

TRIES = 2
"""A change of address is begun so often, though the platform may bring it again."""

STRANGERS = "strangers"
MOST_STRANGERS = 1_000
"""Callers that the log names, each once: more of them are a flood, and `check` names the latest."""

_log = logging.getLogger(__name__)


class Answer:
    """Answers what people say. Nothing that a person can type, or press, raises."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        desk: Desk,
        digests: DigestMaker,
        settings: AnswerSettings,
        ports: ConversationPorts,
        say: Say,
        tell: Tell,
        turned: Turned = unwatched,
    ) -> None:
        """``say`` is how answers leave, ``tell`` hears of what failed, ``turned`` of each turn of a loop."""
        self._turned = turned
        self.measures: Measures = Unmeasured()
        self._taking: dict[str, bool] = {}
        self._desk = desk
        self._moved_chats = MovedChats(desk.clock, ports.moves)
        self._clock = desk.clock
        self._ports = ports
        self._invitations = Invitations()
        self._answers = Answered()
        self._pending = Pending()
        self._say = say
        self._tell = tell
        self._busy = asyncio.Semaphore(AT_ONCE)
        self.gifts = Gifts(desk, ports, say, self._spoken_to, self._team_of)
        """What takes files in, and tells what became of them."""
        self._awake: set[tuple[str, str]] = set()
        self._strangers: set[tuple[str, ...]] = set()
        self._latest_queries = LatestQueries()
        self._floods = Floods(WAITING, desk.clock)
        self._responders: Mapping[Team, Responder]
        self.configure(digests, settings)

    def configure(self, digests: DigestMaker, settings: AnswerSettings) -> None:
        """Answer by these settings from now on; what is being answered is not disturbed."""
        self._digests = digests
        self._given = settings
        allowed, channels = self._moved_chats.followed(settings.access, settings.channels)
        teams = self._moved_chats.teams(settings.teams)
        self._settings = replace(settings, access=allowed, channels=channels, teams=teams)
        self._responders = {team: self._responder(team) for team in {EVERYBODY, teams.default, *teams.teams}}

    @property
    def responder(self) -> Responder:
        """What answers who may see everything, by the settings of now."""
        return self._responders[EVERYBODY]

    def _responder(self, team: Team) -> Responder:
        desk = replace(self._desk, index=ScopedIndex(self._desk.index, team.scope))
        digests, settings = self._digests.for_team(team), self._settings.of_team(team)
        return Responder(desk, digests, settings, self._ports, self._invitations)

    def responder_for(self, said: Said | Pressed | InlineQuery) -> Responder:
        """What answers the team of the place, else of the person."""
        return self._responders[self._team_of(said)]

    def _team_of(self, said: Said | Pressed | InlineQuery) -> Team:
        return self._settings.teams.of(said.at, rules_of(said.sender))

    async def _spoken_to(self, said: Said | Pressed) -> str:
        return await self.responder_for(said).languages.answering(said)

    # --- the loop --------------------------------------------------------------------------------

    async def run(self, messenger: Messenger, stop: asyncio.Event) -> None:
        """Answer until the messenger stops listening, then finish; raises what its ``incoming`` raises.

        What is not answered ``parting`` seconds after ``stop`` is dropped.
        """
        refused: Exception | None = None
        self._turned(listening(messenger.platform))
        await self._follow()
        parting = self._given.parting
        async with chat_queues(open_at_once=CHATS, waiting=CROWD, stop=stop, parting=parting) as queues:
            try:
                self._taking[messenger.platform] = False
                async for incoming in messenger.incoming():
                    await self._taken(incoming, messenger, queues)
            except Exception as error:  # noqa: BLE001 - what was heard before is answered, then it is raised
                refused = error
            finally:
                self._taking.pop(messenger.platform, None)
        if queues.dropped:
            lost = plural(queues.dropped, "question")
            _log.warning("%s: the desk closes and leaves %s unanswered", messenger.platform, lost)
        if refused:
            raise refused

    def tick(self) -> None:
        """Count each loop that waits for somebody to speak as having gone round."""
        for platform, taking in self._taking.items():
            if not taking:
                self._turned(listening(platform))

    async def _taken(self, incoming: Incoming, messenger: Messenger, queues: ChatQueues) -> None:
        self._taking[messenger.platform] = True
        self._turned(listening(messenger.platform))
        try:
            await self._take(incoming, messenger, queues)
        except Exception as error:  # noqa: BLE001 - what one person says must not end the others' answers
            await self._failed(incoming, error)
        finally:
            self._taking[messenger.platform] = False

    async def _take(self, incoming: Incoming, messenger: Messenger, queues: ChatQueues) -> None:
        failpoints.reach("answer-heard")
        if isinstance(incoming, InlineQuery):
            await self._queue_inline(incoming, messenger, queues)
            return
        if isinstance(incoming, Said):
            incoming = self._pending.completed(incoming, self._clock.now())
        if isinstance(incoming, Said) and incoming.meant != "named" and not may_ask(incoming.text):
            return  # most of what people say to each other
        work: Work
        key: str | tuple[str, str] = (incoming.at.platform, incoming.at.chat)
        if isinstance(incoming, Moved):
            work = partial(self._twice_at_most, incoming, partial(self._changed, incoming))
            if incoming.to is not None:  # at once: the next words may come from there
                await self._reported(incoming, work)()
                return
        elif isinstance(incoming, Returned):
            work = partial(self._twice_at_most, incoming, partial(self._let_in, incoming.at, messenger))
        elif who := await self._role(incoming):
            work = partial(self._answered, incoming, who, messenger, time.monotonic())
        elif _is_overheard(incoming):
            return  # a stranger, who did not call the desk
        else:
            key, work = STRANGERS, partial(self._called, incoming)
        full = self._reported(incoming, partial(too_much, incoming, messenger, self._say, self._spoken_to))
        told = None if key == STRANGERS else full
        await self._floods.put(queues, key, incoming, self._reported(incoming, work), told)

    async def _queue_inline(self, asked: InlineQuery, messenger: Messenger, queues: ChatQueues) -> None:
        """Beside what the same person asks for in a chat; who types faster than is answered has the answer to the last."""
        if not isinstance(messenger, InlineMessenger):
            return
        if role(self._settings.access, asked.sender, asked.at) is None:
            work = self._reported(asked, partial(self._turned_away, asked, messenger))
            await self._floods.put(queues, STRANGERS, asked, work)
            return
        if self._latest_queries.typed(asked):
            key = (asked.at.platform, "inline", asked.sender.id)
            await queues.put(key, self._reported(asked, partial(self._answered_inline, asked, messenger)))

    async def _answered_inline(self, asked: InlineQuery, messenger: InlineMessenger) -> None:
        newest = self._latest_queries.take(asked)
        async with self._busy, asyncio.timeout(WHILE_TYPED):
            inline = self.responder_for(newest.said()).inline
            found = await inline.results(newest, partial(self._failed, newest))
        await messenger.answer_inline(newest, found)

    async def _turned_away(self, asked: InlineQuery, messenger: InlineMessenger) -> None:
        await messenger.answer_inline(asked, NOBODY)
        await self._called(asked)

    async def _answered(
        self, heard: Said | Pressed | Gave, who: Role, messenger: Messenger, at: float
    ) -> None:
        said = heard.said() if isinstance(heard, Gave) else heard
        language = self._given.language
        try:
            async with self._busy, asyncio.timeout(WITHIN):
                responder = self.responder_for(said)
                if _is_overheard(said) and not await responder.is_asked(said):
                    return
                if not await self._ports.conversation_log.heard(said.key, self._clock.now()):
                    return
                failpoints.reach("answer-noted")
                await self._wake(said.at)
                language = await responder.languages.answering(said)
                if isinstance(said, Said) and said.edited:
                    edited = await self._anew(said, who, responder)
                    if edited is None:
                        return
                    said = edited
                with speaking(language):
                    message = await self._made(heard, said, who, messenger.capabilities, responder)
                failpoints.reach("answer-made")
        except Exception as error:  # noqa: BLE001 - one answer must not end the others
            await self._failed(said, error)
            with speaking(language):
                message = aside_message(told_instead(error))
        with speaking(language):
            posted = await answered(said, message, messenger, self._say, self._clock)
        self.measures.answer(said.at.platform, time.monotonic() - at)
        failpoints.reach("answer-said")
        if isinstance(heard, Said) and isinstance(said, Said):
            alone = bool(posted and said.message) and len(messenger.render(message)) == 1
            self._note(said, message, posted.id if posted else "", alone=alone)
        if posted and (question := question_behind(message)):
            await self._ports.conversation_log.answered(question, posted.id)

    async def _made(
        self,
        heard: Said | Pressed | Gave,
        said: Said | Pressed,
        who: Role,
        can: Capabilities,
        responder: Responder,
    ) -> Message:
        if isinstance(heard, Gave):
            return await self.gifts.taken(heard, who)
        return await responder.reply(
            said,
            who,
            private=can.private or _is_alone(said),
            prefix=can.prefix,
            forms=can.forms,
            stories=can.story_buttons,
        )

    def _note(self, said: Said, message: Message, posted: str, *, alone: bool) -> None:
        """Keep what an edit of the words, and an answer to the message, will need; ``alone``: it is one message."""
        self._answers.note(said, posted if alone else "")
        if message.blocks:
            now = self._clock.now()
            self._pending.note(said, message.asks, now, (posted, said.message, said.at.thread))

    async def _anew(self, said: Said, who: Role, responder: Responder) -> Said | None:
        """Edited words as they are answered: in place of their answer, or beside what that has made."""
        edited = self._answers.anew(said)
        if edited and edited.over and not await responder.makes_way(edited, who):
            return replace(edited, over="")
        return edited

    async def _called(self, incoming: Said | Pressed | Gave | InlineQuery) -> None:
        rules = rules_for(incoming.sender, incoming.at.chat)
        if rules not in self._strangers and len(self._strangers) < MOST_STRANGERS:
            self._strangers.add(rules)
            _log.info("not answered: somebody who may be let in under [access] as %s", " or ".join(rules))
        await self._ports.conversation_log.called(incoming.sender, incoming.at, self._clock.now())

    async def _twice_at_most(self, changed: Moved | Returned, work: Work) -> None:
        """Do the work, unless it was begun twice: who brings it a third time was not told that it is done.

        Words are noted before they are worked on, and so are begun once at most. A change of address
        must not be lost, but one on which the desk ended twice would end it at each start.
        """
        for attempt in range(TRIES):
            if await self._ports.conversation_log.heard(f"{changed.key}/{attempt}", self._clock.now()):
                await work()
                return
        await self._tell(Reason("owner.third_time", at=str(changed.at)), urgent=True)

    async def _changed(self, moved: Moved) -> None:
        self._awake.discard((moved.at.platform, moved.at.chat))
        await self._ports.deliveries.moved(moved)
        if moved.to is not None:
            await self._follow()

    async def _role(self, incoming: Said | Pressed | Gave) -> Role | None:
        who = self._role_now(incoming)
        if who or incoming.direct or not self._moved_chats.is_stale():
            return who
        await self._follow()
        return self._role_now(incoming)

    def _role_now(self, incoming: Said | Pressed | Gave) -> Role | None:
        """What they are where they speak; who comments on a digest, also what they are where it was posted."""
        who = role(self._settings.access, incoming.sender, incoming.at)
        if who is None and _is_overheard(incoming) and incoming.under:
            return role(self._settings.access, incoming.sender, incoming.under.at)
        return who

    async def _follow(self) -> None:
        """Take chats that the file names by a former id for what they are now, and log which id it should name."""
        given = self._given
        try:
            fresh = await self._moved_chats.look(given.access, given.channels)
        except StoreError as error:
            _log.warning("whether a chat has another id is not known now: %s", error)
            return
        for old, new in fresh:
            _log.warning("%s is %s now: put that under [access] and [[channels]] of %s", old, new, given.file)
        self.configure(self._digests, self._given)  # which may have been read again meanwhile

    async def _wake(self, at: Address, *, anew: bool = False) -> None:
        """Resume digests to the chat at the first words there since a start or a pause, which show that the desk is in it; or ``anew``."""
        place = (at.platform, at.chat)
        if anew or place not in self._awake:
            await self._ports.deliveries.resume(at)
            self._awake.add(place)

    async def _let_in(self, at: Address, messenger: Messenger) -> None:
        await self._wake(at, anew=True)
        for subscription, said in self._invitations.arrived(at):
            await self._reported(said, partial(self._tell_who_waited, subscription, said, messenger))()

    async def _tell_who_waited(self, subscription: str, said: Said | Pressed, messenger: Messenger) -> None:
        with speaking(await self._spoken_to(said)):
            if message := await self.responder_for(said).let_in(subscription, said.at):
                await messenger.reply(said, message, self._say)

    def _reported(self, incoming: Incoming, work: Work) -> Work:
        """The work, with a line for the owner in place of what it raises."""

        async def run() -> None:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - one answer must not end the others
                await self._failed(incoming, error)

        return run

    async def _failed(self, incoming: Incoming, error: Exception) -> None:
        self.measures.unanswered(incoming.at.platform)
        if isinstance(error, BadCredentials):
            # Without the chat, so that it is the same sentence for all of them.
            told = Reason("owner.unanswered", platform=incoming.at.platform, why=error.reason)
            await self._tell(told, urgent=True)
        else:
            await self._tell(failure_notice(incoming, error))


def _is_overheard(incoming: Incoming) -> TypeGuard[Said]:
    """Whether people say it to each other, and only a question to a digest is for the desk."""
    return isinstance(incoming, Said) and incoming.meant == "overheard"


def _is_alone(said: Said | Pressed) -> bool:
    """Whether what was said, or pressed, is seen by its sender alone."""
    return said.alone if isinstance(said, Said) else not said.message
