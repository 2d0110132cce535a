"""The way back: a person's words become a command, a look-up and an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from bot import replies
from bot.carriers import Messenger
from bot.chat import commands
from bot.chat.access import AccessSettings, Role, may_post, role
from bot.chat.commands import Command
from bot.chat.forwarding import Forwarding, Moves, no_moves
from bot.conversation import Books
from bot.digest import layout
from bot.dispatch import Incoming, Moved, Pressed, Returned, Said
from bot.edition import Edition
from bot.enquiry import PAGE, Enquiry, EnquirySettings
from bot.errors import BotError, RetryLater, StoreError
from bot.message import Message
from bot.mishaps import mishap
from bot.model import Address, Findings, Occasion, Subscription
from bot.ports import Desk
from bot.roster import Roster, RosterSettings, pick
from bot.switchboard import Switchboard, Work, switchboard

WEEK = timedelta(days=7)
DAY = timedelta(hours=24)

AT_ONCE = 8
"""Answers that are worked on at once; each may keep a worker process and a database connection busy."""

CHATS = 200
"""Chats whose words may wait at once; beyond it the platform is left to wait."""

WAITING = 20
"""Words of one chat that may wait: who types faster than that is a machine, and is not answered."""

WITHIN = 60.0
"""Seconds for one answer. The slowest, a preview of a large digest, took 2."""

PATIENCE = 60.0
"""Seconds that an answer waits for a platform that asks for a slower pace."""

ATTEMPTS = 3
STRANGERS = "strangers"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """What the configuration gives to answers; ``file`` is its name as replies tell it."""

    zone: str
    topics: Mapping[str, str]
    channels: Sequence[Subscription]
    access: AccessSettings = field(default_factory=AccessSettings)
    file: str = "config.toml"


class Answer:
    """Answers what people say. Nothing that a person can type, or press, raises."""

    def __init__(
        self, desk: Desk, edition: Edition, settings: AnswerSettings, books: Books, moves: Moves = no_moves
    ) -> None:
        """``moves`` tells which chats that ``settings`` name have another id now."""
        self._desk = desk
        self._forwarding = Forwarding(desk.clock, moves)
        self._clock = desk.clock
        self._books = books
        self._busy = asyncio.Semaphore(AT_ONCE)
        self._awake: set[tuple[str, str]] = set()
        self.configure(edition, settings)

    def configure(self, edition: Edition, settings: AnswerSettings) -> None:
        """Answer by these settings from now on; what is being answered is not disturbed."""
        self._edition = edition
        self._given = settings
        allowed, channels = self._forwarding.followed(settings.access, settings.channels)
        settings = self._settings = replace(settings, access=allowed, channels=channels)
        asked = EnquirySettings(settings.zone, settings.topics)
        kept = RosterSettings(settings.zone, settings.topics, settings.channels, settings.file)
        self._enquiry = Enquiry(self._desk, asked, self._books.notebook)
        self._roster = Roster(
            self._clock, self._enquiry, kept, self._books.subscriptions, self._books.results
        )

    async def find(self, text: str, *, limit: int = PAGE, offset: int = 0) -> Findings:
        """What the library has on a query as typed, best first."""
        return await self._enquiry.find(text, limit=limit, offset=offset)

    # --- one answer ------------------------------------------------------------------------------

    async def reply(
        self, said: Said | Pressed, who: Role, *, private: bool = False, prefix: str = "/"
    ) -> Message:
        """The answer; ``private``: the platform can show it to the asker alone, so it can be shared.

        All but a shared page, a new or ended subscription and a digest on its way is for the asker
        alone. ``prefix`` begins a command there. Raises BotError only when the store, the index or a worker fails.
        """
        shareable = private and not said.direct
        if isinstance(said, Pressed):
            return await self._pressed(said, shareable=shareable)
        command = commands.parse(said.text)
        match command.name:
            case "subscribe" | "unsubscribe":
                change = self._roster.subscribe if command.name == "subscribe" else self._roster.unsubscribe
                message = await change(command.argument, said, who)
                self._books.deliveries.wake()
                return message
            case "digest":
                return await self._digest(command.argument, said, who)
            case _:
                told = await self._told(command, said, shareable=shareable)
                about_itself = command.name in {"", "help"} or not command.argument
                return _for_asker(layout.begun_with(told, prefix) if about_itself else told)

    async def _told(self, command: Command, said: Said, *, shareable: bool) -> Message:
        match command.name:
            case "search" | "quotes":
                return await self._looked_up(command, said, shareable=shareable)
            case "topics":
                return await self._enquiry.topics()
            case "subscriptions":
                return await self._roster.listed(said)
            case "schedule":
                return await self._roster.schedule(said)
            case _:
                unknown = "" if command.name else command.typed
                return layout.help_message(unknown, commands.suggestion(unknown))

    async def _looked_up(self, command: Command, said: Said, *, shareable: bool) -> Message:
        if command.name == "search" and not command.argument:
            return layout.usage_message(replies.SEARCH_USAGE)
        if command.name == "quotes" and not commands.name_and_subject(command.argument)[0]:
            return layout.usage_message(replies.QUOTES_USAGE)
        return await self._enquiry.ask(command, said.at, shareable=shareable)

    async def _pressed(self, pressed: Pressed, *, shareable: bool) -> Message:
        found = None
        if pressed.action == "digest":
            return await self._offered(pressed)
        if pressed.action == "page":
            found = await self._enquiry.turn(pressed.value, pressed.at, shareable=shareable)
        elif pressed.action == "share":
            found = await self._enquiry.share(pressed.value, pressed.at, pressed.sender.name)
        if found and pressed.action == "share":
            return found
        return _for_asker(found or layout.usage_message(replies.EXPIRED))

    async def _digest(self, argument: str, said: Said, who: Role) -> Message:
        how, name = commands.edition_and_name(argument)
        if how == "now" and not may_post(who):
            return _for_asker(layout.usage_message(replies.EDITORS_POST))
        chosen = await self._roster.chosen(name, said, who, posting=how == "now")
        if isinstance(chosen, str):
            return _for_asker(layout.usage_message(chosen))
        if how == "preview":
            return await self._preview(chosen, DAY)
        staged = await self._books.deliveries.send_now(chosen, said.key)
        told = replies.posting(chosen.name, str(chosen.to)) if staged else replies.posted_before(chosen.name)
        return layout.usage_message(told)

    async def _offered(self, pressed: Pressed) -> Message:
        """What an unasked digest left out and offered: all that came within a week, beside that digest."""
        chosen = pick(pressed.value, await self._roster.here(pressed))
        if chosen is None:
            return replace(layout.usage_message(replies.EXPIRED), private=True, beside=True)
        return replace(await self._preview(chosen, WEEK), beside=True)

    async def _preview(self, chosen: Subscription, length: timedelta) -> Message:
        now = self._clock.now()
        asked = Occasion("asked", chosen.id, now.isoformat())
        digest = await self._edition.since(chosen, asked, now - length)
        return _for_asker(layout.digest_message(digest, self._settings.zone))

    # --- the loop --------------------------------------------------------------------------------

    async def run(self, messenger: Messenger) -> None:
        """Answer until the messenger stops listening, then finish; raises what its ``incoming`` raises."""
        refused = None
        await self._follow()
        async with switchboard(lines=CHATS, waiting=WAITING) as board:
            try:
                async for incoming in messenger.incoming():
                    await self._take(incoming, messenger, board)
            except BotError as error:
                refused = error
        if refused:
            raise refused

    async def _take(self, incoming: Incoming, messenger: Messenger, board: Switchboard) -> None:
        work: Work
        line: str | tuple[str, str] = (incoming.at.platform, incoming.at.chat)
        if isinstance(incoming, Moved):
            work = partial(self._changed, incoming)
            if incoming.to is not None:  # at once: the next words may come from there
                await _reported(incoming, work)()
                return
        elif isinstance(incoming, Returned):
            work = partial(self._wake, incoming.at, anew=True)
        elif who := await self._role(incoming):
            work = partial(self._answered, incoming, who, messenger)
        else:
            line, work = STRANGERS, partial(self._called, incoming)
        if not await board.put_through(line, _reported(incoming, work)) and line != STRANGERS:
            _log.warning("%s: more was said than can be answered; some of it is passed over", incoming.at)

    async def _answered(self, said: Said | Pressed, who: Role, messenger: Messenger) -> None:
        try:
            async with self._busy, asyncio.timeout(WITHIN):
                if not await self._books.notebook.heard(said.key, self._clock.now()):
                    return
                await self._wake(said.at)
                can = messenger.capabilities
                message = await self.reply(said, who, private=can.private, prefix=can.prefix)
        except Exception as error:  # noqa: BLE001 - one answer must not end the others
            _log.error("%s", mishap(said, error))
            message = _for_asker(layout.usage_message(replies.FAILED))
        await self._post(said, message, messenger)

    async def _post(self, said: Said | Pressed, message: Message, messenger: Messenger) -> None:
        for _ in range(ATTEMPTS - 1):
            try:
                return await messenger.reply(said, message)
            except RetryLater as later:
                if later.after > PATIENCE:
                    raise
                await self._clock.sleep_until(self._clock.now() + timedelta(seconds=later.after))
        return await messenger.reply(said, message)

    async def _called(self, incoming: Said | Pressed) -> None:
        await self._books.notebook.called(incoming.sender, incoming.at, self._clock.now())

    async def _changed(self, moved: Moved) -> None:
        self._awake.discard((moved.at.platform, moved.at.chat))
        await self._books.deliveries.moved(moved)
        if moved.to is not None:
            await self._follow()

    async def _role(self, incoming: Said | Pressed) -> Role | None:
        who = role(self._settings.access, incoming.sender, incoming.at)
        if who or incoming.direct or not self._forwarding.is_stale():
            return who
        await self._follow()
        return role(self._settings.access, incoming.sender, incoming.at)

    async def _follow(self) -> None:
        """Mean the chats that the file names where they are now, and say what it should name."""
        given = self._given
        try:
            fresh = await self._forwarding.look(given.access, given.channels)
        except StoreError as error:
            _log.warning("whether a chat has another id is not known now: %s", error)
            return
        for old, new in fresh:
            _log.warning("%s is %s now: put that under [access] and [[channels]] of %s", old, new, given.file)
        self.configure(self._edition, self._given)  # which may have been read again meanwhile

    async def _wake(self, at: Address, *, anew: bool = False) -> None:
        """The desk is in the chat, as the first words there since a start or a pause show; or ``anew``."""
        place = (at.platform, at.chat)
        if anew or place not in self._awake:
            await self._books.deliveries.resume(at)
            self._awake.add(place)


def _for_asker(message: Message) -> Message:
    return replace(message, private=True)


def _reported(incoming: Incoming, work: Work) -> Work:
    """The work, with a line in the log in place of what it raises."""

    async def run() -> None:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - one answer must not end the others
            _log.error("%s", mishap(incoming, error))

    return run
