"""What a person said, or pressed, becomes a command, a look-up and a message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.chat import edits
from bot.chat.access import Role, may_change
from bot.conversation import editors
from bot.conversation.adding import AddCommand, SourcesCommand
from bot.conversation.editors import CHANGING, MAY_CHANGE
from bot.conversation.finding.contexts import ContextCommand
from bot.conversation.finding.inline import InlineAnswers
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.finding.threads import BELOW, Below, ThreadAnswers
from bot.conversation.finding.topics import TopicAnswers
from bot.conversation.finding.what_if import WhatIf
from bot.conversation.forgetting import ForgetCommand
from bot.conversation.hearing import Hearing, second_wish
from bot.conversation.languages import LanguagesSpoken
from bot.conversation.presses import PressAnswers, as_said
from bot.conversation.privacy import PrivacyCommand
from bot.conversation.remembered.invitations import Invitations
from bot.conversation.subscribing.chat_settings import SETTINGS, ChatSettings
from bot.conversation.subscribing.editing import SubscriptionEdits
from bot.conversation.subscribing.home import PAGES, HomePage
from bot.conversation.subscribing.links import LINK
from bot.conversation.subscribing.mutes import MuteCommands
from bot.conversation.subscribing.naming import pick, picked
from bot.conversation.subscribing.offers import WISH
from bot.conversation.subscribing.places import elsewhere
from bot.conversation.subscribing.rules import role_here
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.conversation.subscribing.unsure import UnsureAnswers
from bot.conversation.timelines import TimelineCommands
from bot.digest.prepare import DigestMaker
from bot.domain.conversations import ConversationPorts
from bot.domain.errors import IndexRebuilding
from bot.domain.events import Pressed, Said
from bot.domain.message import Asks, Message
from bot.domain.model import Occasion, Subscription
from bot.domain.ports import Desk
from bot.domain.teams import Visibility
from bot.grammar import addressed, bare_words, commands, questions, remarks, sentences
from bot.grammar.commands import ASKED_FOR_WORDS, ENDING, OF_A_STORY, OF_WORDS, TOLD_TO_ALL, Command
from bot.views import layout
from bot.views.captions import LONG_NAME, clipped
from bot.views.narrowing import operators_message
from bot.views.subscriptions import left_out_message
from bot.wording import outcomes, reaching, replies, subscribing
from bot.wording.language import say

SILENCE = Message(())
NOTHING = Command("")
"""What nobody has read yet."""

WEEK = timedelta(days=7)
DAY = timedelta(hours=24)


Change = Callable[[str, Said, Role], Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, who typed it and where; ``shareable``: only the asker sees the answer, and may share it.

    ``stories``: what is found has a button for its story. ``below``: it is said below a digest. ``sure``: they were asked.
    """

    command: Command
    said: Said
    who: Role
    shareable: bool
    forms: bool = False
    stories: bool = False
    below: bool = False
    sure: bool = False


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
        self._zone, self._team, self._teams = settings.zone, settings.team, settings.teams
        self._deliveries = ports.deliveries
        self._results = ports.results
        self._reach, self._name_of = ports.reach, ports.name_of
        log = ports.conversation_log
        self.lookup = Lookup(desk, settings, log)
        self._hearing = Hearing(desk, settings.zone, tuple(settings.topics))
        self._threads = ThreadAnswers(desk, ports.posted, log, self.lookup, settings.zone, settings.team)
        self.lookup.pages[BELOW] = self._threads.page
        what_if = WhatIf(desk, digests, ports.results, settings.zone)
        mine = SubscriptionCommands(desk.clock, self.lookup, settings, ports, invitations, what_if)
        self._subscription_commands, self.let_in = mine, mine.let_in
        self._ports = ports
        self._edits = SubscriptionEdits(desk, self.lookup, mine, ports, settings, what_if)
        mutes = self._mute_commands = MuteCommands(desk, ports.mutes, mine, log, settings.zone)
        self._unsure = UnsureAnswers(desk, self.lookup, log, mine, self._edits)
        self._home = HomePage(self.lookup, self._edits, mine, mutes, ports, settings)
        self._timelines = TimelineCommands(desk, digests, self.lookup, mine, log, settings.zone)
        self.languages = LanguagesSpoken(ports.languages, settings.channels, settings.language)
        """Which language to answer in."""
        self.inline = InlineAnswers(self.lookup, self.languages, desk.clock, settings.zone)
        self._settings = ChatSettings(desk.clock, mine, self.languages, ports)
        self._adding = AddCommand(ports.add_page, settings.team, desk.library)
        self._sources = SourcesCommand(ports.sources, settings.team, desk.clock, settings.zone)
        self._contexts = ContextCommand(desk, ports.lines, settings.zone, settings.team)
        self._forget_command = ForgetCommand(ports.forgetter)
        self._privacy = PrivacyCommand(ports.personal_data, settings.zone, settings.teams)
        self._topics = TopicAnswers(self.lookup, log, desk.clock, settings.topics)
        other = (self._threads, self._topics, self._timelines, mutes, mine)
        self._presses = PressAnswers(self.lookup, *other)

    async def reply(  # noqa: PLR0913 - what was said, by whom, and what the platform can show
        self,
        said: Said | Pressed,
        who: Role,
        *,
        private: bool = False,
        prefix: str = "/",
        forms: bool = False,
        stories: bool = False,
    ) -> Message:
        """The answer; one without blocks to words that are not for the desk.

        ``private``: the platform can show it to the asker alone, so it can be shared.

        All but a shared page, a new or ended subscription and a digest on its way is for the asker
        alone. ``prefix`` begins a command there; ``forms`` can be shown there, and with
        ``stories`` what is found has a button for its story.
        """
        shareable = private and not said.direct
        if _may_change_something(said):
            who = await role_here(said, who, self._ports)
        try:
            if isinstance(said, Pressed):
                message = await self._pressed(said, who, shareable=shareable, forms=forms, stories=stories)
            elif said.under and (below := await self._threads.read(said)):
                message = await self._below(below, Asked(NOTHING, said, who, shareable, forms, stories))
            elif said.meant == "named":
                asked = Asked(NOTHING, said, who, shareable, forms, stories)
                newest = None if commands.parse(said.text).name else await self._threads.of_newest(said)
                message = await (self._below(newest, asked) if newest else self._said(asked))
            else:
                message = SILENCE
        except IndexRebuilding as error:
            message = for_asker(layout.usage_message(replies.rebuilding(error.reached, error.newest)))
        return layout.begun_with(message, prefix)

    async def is_asked(self, said: Said) -> bool:
        """Whether the words are a question to a digest; nothing is kept of them."""
        below = await self._threads.read(said)
        return below is not None and below.question is not None

    async def makes_way(self, said: Said, who: Role) -> bool:
        """Whether edited words may replace what their answer made, as a subscription has it."""
        return await self._subscription_commands.makes_way(said, await role_here(said, who, self._ports))

    def _answers(self) -> Mapping[str, Callable[[Asked], Awaitable[Message]]]:
        """What answers each command; the names are the values of ``commands.WORDS``."""
        change = self._subscription_commands
        return {
            "search": self._search,
            "add": lambda asked: self._adding.add(asked.command.argument, asked.who),
            "sources": lambda asked: self._sources.sources(asked.command.argument, asked.who),
            "quotes": self._quotes,
            "topics": lambda asked: self._topics.listed(asked.said),
            "subscribe": lambda asked: self._changed(change.subscribe, asked),
            "unsubscribe": self._unsubscribe,
            "story": lambda asked: self._timelines.story(asked.command.argument),
            "catchup": lambda asked: self._timelines.catchup(asked.command.argument, asked.said),
            "context": lambda asked: self._contexts.context(asked.command.argument, asked.said),
            "mute": lambda asked: self._changed(self._mute_commands.mute, asked),
            "unmute": lambda asked: self._changed(self._mute_commands.unmute, asked),
            "subscriptions": lambda asked: self._edits.listed(asked.said, forms=asked.forms),
            "schedule": lambda asked: change.schedule(asked.said),
            "digest": self._digest,
            "forget": self._forget,
            "privacy": lambda asked: self._privacy.privacy(asked.command.argument, asked.said),
            "settings": lambda asked: self._settings.command(asked.said, asked.who),
            "language": self._language,
            "help": self._help,
        }

    async def _below(self, below: Below, asked: Asked) -> Message:
        """The answer to a question to a digest; else what is meant for the desk for certain, below it too."""
        said = asked.said
        if answer := await self._threads.answer(below, said, shareable=asked.shareable):
            return for_asker(answer)
        if said.meant != "named":
            return SILENCE
        command = commands.parse(said.text)
        sentence = None if command.name else sentences.read(said.text)
        if sentence and sentence.name in ENDING:
            command = replace(sentence, name="mute")  # "don't show me 3 again"
        if command.name in OF_A_STORY:
            named = (
                commands.query_and_days(command.argument)[0] if command.name == "mute" else command.argument
            )
            stories = await self._threads.stories_named(below, named)
            which, length = (
                " OR ".join(f"story:{one}" for one in stories),
                command.argument.removeprefix(named),
            )
            said = replace(said, text=f"/{command.name} {which}{length}") if stories else said
        return await self._said(replace(asked, said=said, below=True))

    async def _said(self, asked: Asked) -> Message:
        if asked.said.passed_on and not asked.said.text.startswith("/"):
            return for_asker(await self._adding.passed_on(asked.said.text, asked.who))
        if asked.said.direct and not commands.parse(asked.said.text).name:
            asked = replace(asked, said=replace(asked.said, text=commands.unmarked(asked.said.text)))
        command = await self._hearing.command(asked.said, bare=not asked.below)
        if command.name in OF_WORDS and (second := second_wish(asked.said.text)):
            return layout.aside_message(outcomes.one_at_a_time(clipped(second, LONG_NAME)))
        how = {"below": asked.below, "forms": asked.forms}
        if not asked.sure and (question := await self._unsure.doubtful(command, asked.said, **how)):
            return question
        message = await self._answers()[command.name or "help"](replace(asked, command=command))
        if command.name in ASKED_FOR_WORDS and not command.argument:
            message = replace(message, asks=Asks(f"/{command.name} "), aside=False)
        return message if command.name in TOLD_TO_ALL else for_asker(message)

    async def _changed(self, change: Change, asked: Asked) -> Message:
        message = await change(asked.command.argument, asked.said, asked.who)
        self._deliveries.wake()
        return message

    async def _unsubscribe(self, asked: Asked) -> Message:
        """What ends; a sentence that ends nothing that there is may mean anything else."""
        said, named = asked.said, asked.command.argument
        in_words = said.direct and commands.parse(said.text).name != "unsubscribe"
        if in_words and named and not picked(named, await self._subscription_commands.here(said)):
            return await self._unsure.answer(said, below=asked.below, forms=asked.forms, ending=asked.command)
        return await self._changed(self._subscription_commands.unsubscribe, asked)

    async def _language(self, asked: Asked) -> Message:
        may = partial(self._settings.may, asked.said, asked.who)
        return await self.languages.command(asked.command.argument, asked.said, may)

    async def _forget(self, asked: Asked) -> Message:
        sees = Visibility(self._team, self._teams, asked.said.at)
        message = await self._forget_command.forget(asked.command.argument, asked.who, sees)
        self._deliveries.wake()
        return message

    async def _help(self, asked: Asked) -> Message:
        if commands.parse(asked.command.argument).name == "search" and asked.command.name:
            return operators_message()
        unknown = "" if asked.command.name else asked.command.typed
        if "start" in asked.command.typed.casefold() and asked.command.argument.startswith(LINK):
            return layout.aside_message(say(outcomes.NO_SUCH_TOPIC))
        if not unknown or (asked.said.direct and bare_words.courtesy(asked.said.text) == "greeting"):
            return layout.help_message()
        meant = commands.suggestion(unknown)
        slashed = unknown.startswith(("/", "／"))
        if not asked.said.direct or slashed or addressed.is_mistyped(unknown):
            told = layout.aside_message(replies.unknown_command(clipped(unknown, LONG_NAME), meant))
            several = asked.said.direct and not slashed and " " in asked.said.text.strip()
            return await self._unsure.beside(told, asked.said) if several else told
        return await self._unsure.answer(asked.said, below=asked.below, forms=asked.forms)

    async def _search(self, asked: Asked) -> Message:
        command, said = asked.command, asked.said
        if not command.argument:
            return layout.usage_message(say(replies.SEARCH_USAGE))
        unsure = self._unsure.of_bare_words(command, said, below=asked.below, forms=asked.forms)
        return await unsure or await self._found(asked)

    async def _quotes(self, asked: Asked) -> Message:
        name, subject = remarks.name_and_subject(asked.command.argument)
        if not name:
            return layout.usage_message(say(replies.QUOTES_USAGE))
        if questions.points(subject):
            return layout.usage_message(subscribing.which_one(subject))
        return await self._found(asked)

    async def _found(self, asked: Asked) -> Message:
        command, said = asked.command, asked.said
        found = await self.lookup.ask(command, said, shareable=asked.shareable, stories=asked.stories)
        return replace(found, blocks=(*found.blocks, *await self._unsure.besides(command, said)))

    async def _pressed(
        self, pressed: Pressed, who: Role, *, shareable: bool, forms: bool, stories: bool
    ) -> Message:
        if pressed.action in PAGES:
            return await self._home.answer(pressed, who)
        if pressed.action in {"digest", WISH}:
            asked = Asked(NOTHING, as_said(pressed), who, shareable, forms, stories)
            return await (self._picked(pressed, asked) if pressed.action == WISH else self._offered(pressed))
        if pressed.action in {"change", "edit", SETTINGS}:
            changed = await self._edited(pressed, who, forms=forms)
            self._deliveries.wake()
            return changed
        if answer := await self._presses.answer(pressed, who, shareable=shareable, stories=stories):
            if pressed.action in CHANGING:
                self._deliveries.wake()
            return answer
        lookup = self.lookup
        turns = {"page": lookup.turn, "sort": lookup.reorder, "narrow": lookup.narrow}
        if pressed.action in turns:
            found = await turns[pressed.action](pressed, shareable=shareable, stories=stories)
            return for_asker(found) if found else no_longer_good()
        found = await self.lookup.share(pressed) if pressed.action == "share" and shareable else None
        return found or no_longer_good()

    async def _picked(self, pressed: Pressed, asked: Asked) -> Message:
        """What the command does that a button stands for, as if it were typed; what is looked up stands beside."""
        if not (command := await self._unsure.picked(pressed)):
            return layout.aside_message(say(subscribing.SUBSCRIPTION_EXPIRED))
        message = await self._said(replace(asked, said=replace(asked.said, text=f"/{command}"), sure=True))
        changes = command.partition(" ")[0] in MAY_CHANGE
        return replace(message, aside=message.private) if changes else replace(message, beside=True)

    async def _edited(self, pressed: Pressed, who: Role, *, forms: bool) -> Message:
        if pressed.action == SETTINGS:
            return await self._settings.pressed(pressed, who)
        if pressed.action == "change":
            return await self._subscription_commands.changed(pressed, who)
        edit = edits.edit(pressed.value)
        edited = await self._home.edited(edit, pressed, who) if edit else None
        return edited or await self._edits.pressed(pressed, who, forms=forms)

    async def _digest(self, asked: Asked) -> Message:
        said, who = asked.said, asked.who
        how, name = commands.when_and_name(asked.command.argument)
        if how == "now" and not may_change(who, direct=said.direct):
            return layout.aside_message(editors.refusal(said, say(replies.EDITORS_POST)))
        chosen = await self._subscription_commands.chosen(name, said, who, posting=how == "now")
        if isinstance(chosen, str) and name and said.direct and said.text.lstrip()[:1] not in {"/", "／"}:
            return await self._unsure.answer(said, below=asked.below, forms=asked.forms)
        if isinstance(chosen, str):
            which = None if name or chosen == say(replies.NO_SUBSCRIPTIONS) else Asks(f"/digest {how} ")
            return replace(for_asker(layout.usage_message(chosen)), asks=which)
        if how == "preview":
            return await self._preview(chosen, DAY)
        if how == "why":
            left_out = await self._results.left_out(chosen.id)
            if left_out and self._team.sources and self._teams.of(chosen.to, chosen.by) != self._team:
                left_out = replace(left_out, reasons=())  # counted, for its articles may be others'
            return for_asker(left_out_message(chosen.name, left_out, self._clock.now(), self._zone))
        obstacle = await self._reach(chosen.to)
        staged = await self._deliveries.send_now(chosen, said.key)
        at = await elsewhere(chosen.to, said, self._name_of)
        told = outcomes.posting(chosen.name, at) if staged else outcomes.posted_before(chosen.name)
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
    return layout.aside_message(say(replies.EXPIRED))


def for_asker(message: Message) -> Message:
    """The same, for the asker alone."""
    return replace(message, private=True)


def _may_change_something(heard: Said | Pressed) -> bool:
    named = heard.action if isinstance(heard, Pressed) else commands.parse(heard.text).name
    return named in MAY_CHANGE
