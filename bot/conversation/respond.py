"""What a person said, or pressed, becomes a command, a look-up and a message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.chat import commands
from bot.chat.access import Role, may_change
from bot.chat.commands import Command
from bot.conversation import editors
from bot.conversation.adding import AddCommand
from bot.conversation.contexts import ContextCommand
from bot.conversation.forgetting import ForgetCommand
from bot.conversation.languages import LanguagesSpoken
from bot.conversation.lookup import AnswerSettings, Lookup
from bot.conversation.mutes import MuteCommands
from bot.conversation.privacy import PrivacyCommand
from bot.conversation.remembered.invitations import Invitations
from bot.conversation.subscriptions import SubscriptionCommands, pick
from bot.conversation.threads import BELOW, Below, ThreadAnswers
from bot.conversation.timelines import TimelineCommands
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationPorts
from bot.domain.errors import IndexRebuilding
from bot.domain.events import Pressed, Said
from bot.domain.message import Asks, Message
from bot.domain.model import Occasion, Subscription
from bot.domain.ports import Desk
from bot.views import layout
from bot.views.captions import LONG_NAME, clipped
from bot.views.subscriptions import left_out_message
from bot.wording import outcomes, reaching, replies
from bot.wording.language import say

SILENCE = Message(())
WEEK = timedelta(days=7)
DAY = timedelta(hours=24)


ASKED_FOR_WORDS = frozenset({"search", "quotes", "subscribe", "unsubscribe", "story", "context", "unmute"})
"""Commands that ask what is meant when they stand alone; a bare answer completes them."""

TOLD_TO_ALL = frozenset({"subscribe", "unsubscribe", "mute", "unmute", "digest", "language"})
"""Commands whose answers say themselves whom they are for: what changed for a chat is told to all of it."""

Change = Callable[[str, Said, Role], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, who typed it and where; ``shareable``: only the asker sees the answer, and may share it."""

    command: Command
    said: Said
    who: Role
    shareable: bool


class Responder:
    """Answers one thing at a time. Raises BotError only when the store, the index or a worker fails."""

    def __init__(
        self,
        desk: Desk,
        digests: DigestMaker,
        settings: AnswerSettings,
        ports: ConversationPorts,
        invitations: Invitations,
    ) -> None:
        self._clock = desk.clock
        self._digests = digests
        self._zone = settings.zone
        self._deliveries = ports.deliveries
        self._results = ports.results
        self.lookup = Lookup(desk, settings, ports.conversation_log)
        self._threads = ThreadAnswers(desk, ports.posted, ports.conversation_log, self.lookup, settings.zone)
        self.lookup.pages[BELOW] = self._threads.page
        self._subscription_commands = SubscriptionCommands(
            desk.clock, self.lookup, settings, ports, invitations
        )
        self._reach = ports.reach
        self.let_in = self._subscription_commands.let_in
        self.makes_way = self._subscription_commands.makes_way

        self._timelines = TimelineCommands(
            desk, digests, self.lookup, self._subscription_commands, ports.conversation_log, settings.zone
        )
        self.languages = LanguagesSpoken(ports.languages, settings.channels, settings.language)
        """Which language to answer in."""
        self._adding = AddCommand(ports.add_page)
        self._contexts = ContextCommand(desk, ports.lines, settings.zone)
        self._forget_command = ForgetCommand(ports.forgetter, settings.team.scope)
        self._privacy = PrivacyCommand(ports.personal_data, settings.zone)
        self._mute_commands = MuteCommands(
            desk.clock, ports.mutes, self._subscription_commands, settings.zone
        )

    async def reply(
        self, said: Said | Pressed, who: Role, *, private: bool = False, prefix: str = "/"
    ) -> Message:
        """The answer; one without blocks to words that are not for the desk.

        ``private``: the platform can show it to the asker alone, so it can be shared.

        All but a shared page, a new or ended subscription and a digest on its way is for the asker
        alone. ``prefix`` begins a command there.
        """
        shareable = private and not said.direct
        try:
            if isinstance(said, Pressed):
                message = await self._pressed(said, who, shareable=shareable)
            elif said.under and (below := await self._threads.read(said)):
                message = await self._below(below, said, who, shareable=shareable)
            elif said.meant == "named":
                message = await self._said(said, who, shareable=shareable)
            else:
                message = SILENCE
        except IndexRebuilding as error:
            message = for_asker(layout.usage_message(replies.rebuilding(error.reached, error.newest)))
        return layout.begun_with(message, prefix)

    async def is_asked(self, said: Said) -> bool:
        """Whether the words are a question to a digest; nothing is kept of them."""
        below = await self._threads.read(said)
        return below is not None and below.question is not None

    def _answers(self) -> Mapping[str, Callable[[Asked], Awaitable[Message]]]:
        """What answers each command; the names are the values of ``commands.WORDS``."""
        change = self._subscription_commands
        return {
            "search": self._search,
            "add": lambda asked: self._adding.add(asked.command.argument, asked.who),
            "quotes": self._quotes,
            "topics": lambda _: self.lookup.topics(),
            "subscribe": lambda asked: self._changed(change.subscribe, asked),
            "unsubscribe": lambda asked: self._changed(change.unsubscribe, asked),
            "story": lambda asked: self._timelines.story(asked.command.argument),
            "catchup": lambda asked: self._timelines.catchup(asked.command.argument, asked.said),
            "context": lambda asked: self._contexts.context(asked.command.argument, asked.said),
            "mute": lambda asked: self._changed(self._mute_commands.mute, asked),
            "unmute": lambda asked: self._changed(self._mute_commands.unmute, asked),
            "subscriptions": lambda asked: change.listed(asked.said),
            "schedule": lambda asked: change.schedule(asked.said),
            "digest": self._digest,
            "forget": self._forget,
            "privacy": lambda asked: self._privacy.privacy(asked.command.argument, asked.said),
            "language": lambda asked: self.languages.command(asked.command.argument, asked.said, asked.who),
            "help": self._help,
        }

    async def _below(self, below: Below, said: Said, who: Role, *, shareable: bool) -> Message:
        """The answer to a question to a digest; else what is meant for the desk for certain, below it too."""
        if answer := await self._threads.answer(below, said, shareable=shareable):
            return for_asker(answer)
        certain = said.meant == "named" and not said.direct
        if certain or (said.direct and commands.parse(said.text).name):
            return await self._said(said, who, shareable=shareable)
        return SILENCE

    async def _said(self, said: Said, who: Role, *, shareable: bool) -> Message:
        command = commands.parse(said.text)
        message = await self._answers()[command.name or "help"](Asked(command, said, who, shareable))
        if command.name in ASKED_FOR_WORDS and not command.argument:
            message = replace(message, asks=Asks(f"/{command.name} "))
        return message if command.name in TOLD_TO_ALL else for_asker(message)

    async def _changed(self, change: Change, asked: Asked) -> Message:
        message = await change(asked.command.argument, asked.said, asked.who)
        self._deliveries.wake()
        return message

    async def _forget(self, asked: Asked) -> Message:
        message = await self._forget_command.forget(asked.command.argument, asked.who)
        self._deliveries.wake()
        return message

    async def _help(self, asked: Asked) -> Message:
        unknown = "" if asked.command.name else asked.command.typed
        if unknown and not asked.said.direct:
            meant = commands.suggestion(unknown)
            return layout.usage_message(replies.unknown_command(clipped(unknown, LONG_NAME), meant))
        return layout.help_message(unknown, commands.suggestion(unknown))

    async def _search(self, asked: Asked) -> Message:
        if not asked.command.argument:
            return layout.usage_message(say(replies.SEARCH_USAGE))
        return await self.lookup.ask(asked.command, asked.said, shareable=asked.shareable)

    async def _quotes(self, asked: Asked) -> Message:
        if not commands.name_and_subject(asked.command.argument)[0]:
            return layout.usage_message(say(replies.QUOTES_USAGE))
        return await self.lookup.ask(asked.command, asked.said, shareable=asked.shareable)

    async def _pressed(self, pressed: Pressed, who: Role, *, shareable: bool) -> Message:
        found = None
        if pressed.action == "digest":
            return await self._offered(pressed)
        if pressed.action == "change":
            changed = await self._subscription_commands.changed(pressed, who)
            self._deliveries.wake()
            return changed
        if pressed.action == "page":
            found = await self.lookup.turn(pressed, shareable=shareable)
            return for_asker(found) if found else no_longer_good()
        if pressed.action == "share" and shareable:
            found = await self.lookup.share(pressed)
        return found or no_longer_good()

    async def _digest(self, asked: Asked) -> Message:
        said, who = asked.said, asked.who
        how, name = commands.when_and_name(asked.command.argument)
        if how == "now" and not may_change(who, direct=said.direct):
            return for_asker(layout.usage_message(editors.refusal(said, say(replies.EDITORS_POST))))
        chosen = await self._subscription_commands.chosen(name, said, who, posting=how == "now")
        if isinstance(chosen, str):
            which = None if name else Asks(f"/digest {how} ")
            return replace(for_asker(layout.usage_message(chosen)), asks=which)
        if how == "preview":
            return await self._preview(chosen, DAY)
        if how == "why":
            left_out = await self._results.left_out(chosen.id)
            return for_asker(left_out_message(chosen.name, left_out, self._clock.now(), self._zone))
        obstacle = await self._reach(chosen.to)
        staged = await self._deliveries.send_now(chosen, said.key)
        told = (
            outcomes.posting(chosen.name, str(chosen.to)) if staged else outcomes.posted_before(chosen.name)
        )
        return layout.usage_message(f"{told} {reaching.may_not_arrive(obstacle)}" if obstacle else told)

    async def _offered(self, pressed: Pressed) -> Message:
        """What an unasked digest left out and offered: all that came within a week, beside that digest."""
        chosen = pick(pressed.value, await self._subscription_commands.here(pressed))
        if chosen is None or not await self._results.carries(chosen.id, pressed):
            return no_longer_good()
        return replace(await self._preview(chosen, WEEK), beside=True)

    async def _preview(self, chosen: Subscription, length: timedelta) -> Message:
        now = self._clock.now()
        asked = Occasion("asked", chosen.id, now.isoformat())
        digest = await self._digests.since(chosen, asked, now - length)
        return for_asker(layout.digest_message(digest, self._zone))


def no_longer_good() -> Message:
    """A button that is not honoured, or is too old: the message that carries it stays as it is."""
    return aside(say(replies.EXPIRED))


def aside(text: str) -> Message:
    """A sentence for who spoke or pressed; a message whose button was pressed stays as it is."""
    return replace(layout.usage_message(text), private=True, aside=True)


def for_asker(message: Message) -> Message:
    """The same, for the asker alone."""
    return replace(message, private=True)
