"""``/settings``: what is set for a chat, on one card, for its administrators.

Every press is checked anew: who was an administrator when the card came may be none any more, and others see it, too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time

from bot.chat import edits
from bot.chat.access import Role, is_editor
from bot.chat.edits import Edit, mark, marked
from bot.conversation.languages import LanguagesSpoken
from bot.conversation.subscribing.changes import DESKS, ZONES
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain.conversations import ConversationPorts, Subscribing
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Message
from bot.domain.model import Schedule
from bot.domain.ports import Clock
from bot.views.layout import aside_message
from bot.views.subscriptions import choices_message, is_from_file, settings_message
from bot.wording.chat import editing, settings
from bot.wording.language import languages, say, speaking

SETTINGS = "settings"
"""What is kept as asked behind the token of these buttons, and their action."""

AUTO, NONE = "auto", "none"
"""As arguments: no language chosen, no quiet hours."""

LETS: Mapping[str, Subscribing] = {"editors": "", "admins": "admins", "everybody": "everybody"}
"""As arguments: who may subscribe."""

IN_A_ROW = 3


class ChatSettings:
    """Shows and changes what is set for a chat. Raises StoreError."""

    def __init__(
        self,
        clock: Clock,
        commands: SubscriptionCommands,
        languages_spoken: LanguagesSpoken,
        ports: ConversationPorts,
    ) -> None:
        self._clock = clock
        self._commands = commands
        self._languages = languages_spoken
        self._ports = ports
        self._verbs: dict[str, Callable[[Edit, Pressed], Awaitable[Message | None]]] = {
            "card": self._shown_again,
            "language": self._which_language,
            "zones": self._which_zone,
            "quiet": self._which_quiet,
            "speak": self._speak,
            "in": self._in_zone,
            "silent": self._silent,
            "who": self._which_subscribe,
            "let": self._let,
        }

    async def command(self, said: Said, who: Role) -> Message:
        """The card, for who may change what is on it; for anybody else a line."""
        if not await self.may(said, who):
            return aside_message(say(settings.NOT_YOURS))
        now = self._clock.now()
        token = await self._ports.conversation_log.remember(SETTINGS, said.at, said.sender, now)
        return await self._card(said, token)

    async def pressed(self, pressed: Pressed, who: Role) -> Message:
        """What the button says, done and shown, if the presser is an administrator now."""
        edit = edits.edit(pressed.value)
        behind = await self._ports.conversation_log.recall(edit.question, pressed) if edit else None
        if edit is None or behind != SETTINGS or edit.verb not in self._verbs:
            return aside_message(say(settings.EXPIRED))
        if not await self.may(pressed, who):
            return aside_message(say(settings.NOT_YOURS))
        return await self._verbs[edit.verb](edit, pressed) or aside_message(say(settings.EXPIRED))

    async def may(self, heard: Said | Pressed, who: Role) -> bool:
        """Whether what is set for the chat is theirs to change: of a group's, administrators and editors decide."""
        return heard.direct or is_editor(who) or await self._ports.administers(heard.at, heard.sender)

    # --- what is shown -------------------------------------------------------------------------------

    async def _card(self, heard: Said | Pressed, token: str, *notes: str) -> Message:
        here = await self._commands.here(heard)
        shown = [("language", say(settings.LANGUAGE))]
        if any(not is_from_file(one) for one in here):
            shown += [("zones", say(settings.ZONE)), ("quiet", say(settings.QUIET))]
        if not heard.direct:
            shown.append(("who", say(settings.SUBSCRIBING)))
        row = [Button(label, SETTINGS, str(Edit(token, verb))) for verb, label in shown]
        spoken = await self._languages.answering(heard)
        lets = None if heard.direct else await self._ports.subscribing.at(heard.at)
        return settings_message(spoken, here, self._commands.zone, [row], *notes, lets=lets)

    async def _shown_again(self, edit: Edit, pressed: Pressed) -> Message:
        return await self._card(pressed, edit.question)

    async def _which_language(self, edit: Edit, pressed: Pressed) -> Message:  # noqa: ARG002 - as every verb
        choices = [(one.name, code) for code, one in languages().items()]
        return _asked(
            say(settings.WHICH_LANGUAGE), edit, "speak", [*choices, (say(settings.AS_ELSEWHERE), AUTO)]
        )

    async def _which_zone(self, edit: Edit, pressed: Pressed) -> Message:  # noqa: ARG002 - as every verb
        desks = f"{say(editing.DESKS_ZONE)} ({self._commands.zone})"
        choices = [(zone, mark(zone)) for zone in ZONES if zone != self._commands.zone]
        return _asked(say(editing.WHICH_ZONE), edit, "in", [(desks, DESKS), *choices])

    async def _which_quiet(self, edit: Edit, pressed: Pressed) -> Message:  # noqa: ARG002 - as every verb
        choices = [(told, digits) for digits, told in settings.QUIET_TOLD.items()]
        return _asked(say(settings.WHICH_QUIET), edit, "silent", [*choices, (say(settings.NO_QUIET), NONE)])

    async def _which_subscribe(self, edit: Edit, pressed: Pressed) -> Message | None:
        if pressed.direct:
            return None
        choices = [(say(settings.LETS[who]), who) for who in LETS]
        return _asked(say(settings.WHO_SHALL_SUBSCRIBE), edit, "let", choices)

    # --- what is changed -----------------------------------------------------------------------------

    async def _speak(self, edit: Edit, pressed: Pressed) -> Message | None:
        if edit.argument not in {*languages(), AUTO}:
            return None
        await self._languages.choose("" if edit.argument == AUTO else edit.argument, pressed)
        with speaking(await self._languages.answering(pressed)):
            return await self._card(pressed, edit.question)

    async def _in_zone(self, edit: Edit, pressed: Pressed) -> Message | None:
        if edit.argument == DESKS:
            return await self._rescheduled(
                edit, pressed, lambda one: replace(one, zone=self._commands.zone, follows=True)
            )
        zone = marked(edit.argument, ((zone, zone) for zone in ZONES))
        if zone is None:
            return None
        return await self._rescheduled(edit, pressed, lambda one: replace(one, zone=zone, follows=False))

    async def _silent(self, edit: Edit, pressed: Pressed) -> Message | None:
        digits = edit.argument
        if digits not in {*settings.QUIET_TOLD, NONE}:
            return None
        hours = None if digits == NONE else (_time(digits[:4]), _time(digits[4:]))
        return await self._rescheduled(edit, pressed, lambda one: replace(one, quiet=hours))

    async def _let(self, edit: Edit, pressed: Pressed) -> Message | None:
        if pressed.direct or edit.argument not in LETS:
            return None
        await self._ports.subscribing.choose(pressed.at, LETS[edit.argument])
        return await self._card(pressed, edit.question)

    async def _rescheduled(
        self, edit: Edit, pressed: Pressed, change: Callable[[Schedule], Schedule]
    ) -> Message:
        """Each subscription of the chat that is not the configuration's, with its schedule changed."""
        names = []
        for one in await self._commands.here(pressed):
            changed = replace(one, schedule=change(one.schedule))
            if not is_from_file(one) and changed != one and await self._ports.subscriptions.change(changed):
                names.append(one.name)
        return await self._card(pressed, edit.question, *([settings.changed(names)] if names else []))


def _asked(question: str, edit: Edit, verb: str, choices: Sequence[tuple[str, str]]) -> Message:
    buttons = [
        Button(label, SETTINGS, str(Edit(edit.question, verb, "", argument))) for label, argument in choices
    ]
    rows = [buttons[at : at + IN_A_ROW] for at in range(0, len(buttons), IN_A_ROW)]
    back = Button(say(editing.BACK), SETTINGS, str(Edit(edit.question, "card")))
    return replace(choices_message(question, [*rows, [back]]), private=True)


def _time(digits: str) -> time:
    return time(int(digits[:2]), int(digits[2:]))
