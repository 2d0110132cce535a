"""Forms for subscriptions: opened by buttons, and what is handed in, checked by the grammar of commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.access import Role, may_change
from bot.chat.edits import Edit, mark
from bot.conversation.finding.what_if import WhatIf, touches
from bot.conversation.subscribing.refusals import Refusal
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.conversation.subscribing.wished import schedule_of
from bot.domain import query
from bot.domain.conversations import ConversationPorts
from bot.domain.digests import as_style
from bot.domain.events import Pressed
from bot.domain.message import Message
from bot.domain.model import Subscription
from bot.domain.ports import Clock
from bot.domain.times.when import parse_when
from bot.views import forms
from bot.views.layout import aside_message
from bot.views.subscriptions import is_from_file
from bot.wording import replies
from bot.wording.chat import editing
from bot.wording.language import say

FORM = "form"
"""What is kept as asked, behind the token of a form, with its kind and its subscription."""

FILLED = "filled"
"""The verb of a form that is handed in."""

KINDS = ("subscribe", "schedule", "style")
_FORMS = {"schedule": forms.schedule_form, "style": forms.style_form}
"""Those for a subscription that there is."""

Card = Callable[[Subscription, Pressed, Role], Awaitable[Message]]


class SubscriptionForms:
    """Opens forms and takes them. A form is good once, for who opened it and in the chat that it is for."""

    def __init__(
        self,
        clock: Clock,
        commands: SubscriptionCommands,
        ports: ConversationPorts,
        card: Card,
        what_if: WhatIf,
    ) -> None:
        """``card`` shows a subscription that was changed, ``what_if`` what a change would have changed, before it is kept."""
        self._what_if = what_if
        self._card = card
        self._clock = clock
        self._commands = commands
        self._ports = ports
        self._taken: dict[str, Callable[[Subscription, dict[str, str]], Subscription]] = {
            "schedule": self._scheduled,
            "style": _styled,
        }

    async def opened(
        self, kind: str, pressed: Pressed, who: Role, one: Subscription | None = None
    ) -> Message:
        """The form of this kind, for a new subscription or for ``one``."""
        if not may_change(who, direct=pressed.direct):
            return aside_message(self._commands.may_not(pressed))
        if kind not in KINDS or (one is None) != (kind == "subscribe"):
            return aside_message(say(editing.EXPIRED))
        if one is None:
            return forms.subscribe_form(await self._value(kind, pressed))
        return _FORMS[kind](one, await self._value(kind, pressed, one))

    async def _value(
        self, kind: str, pressed: Pressed, one: Subscription | None = None, seen: str = ""
    ) -> str:
        """What the form brings back; ``seen`` is the mark of a change whose outcome is told in it."""
        asked = f"{FORM} {kind} {one.id if one else ''} {seen}".rstrip()
        log, now = self._ports.conversation_log, self._clock.now()
        token = await log.remember(asked, pressed.at, pressed.sender, now)
        return str(Edit(token, FILLED, mark(one.id) if one else "", kind))

    async def handed_in(self, edit: Edit, pressed: Pressed, who: Role) -> Message:
        """What a form that was filled in comes to; what is not understood of it is said by its fields."""
        seen_alone = replace(pressed, message="")
        asked = await self._ports.conversation_log.recall(edit.question, seen_alone) or ""
        word, _, behind = asked.partition(" ")
        kind, _, behind = behind.partition(" ")
        if word != FORM or kind != edit.argument:
            return aside_message(say(editing.FORM_EXPIRED))
        if not may_change(who, direct=pressed.direct):
            return aside_message(self._commands.may_not(pressed))
        long = [(name, say(editing.TOO_LONG)) for name, text in pressed.fields if len(text) > query.LENGTH]
        if long:
            return forms.refused_message(long)
        fields = {name: text.strip() for name, text in pressed.fields}
        try:
            message = await self._done(kind, behind, pressed, who, fields)
        except Refusal as refusal:
            return forms.refused_message([(refusal.field, str(refusal))])
        await self._ports.conversation_log.answered(edit.question, FILLED)
        return message

    async def _done(
        self, kind: str, behind: str, pressed: Pressed, who: Role, fields: dict[str, str]
    ) -> Message:
        if kind == "subscribe":
            return await self._commands.filled_in(fields, pressed, who)
        here = await self._commands.here(pressed)
        ours, _, seen = behind.partition(" ")
        one = next((one for one in here if one.id == ours), None)
        if one is None or is_from_file(one) or kind not in self._taken:
            return aside_message(say(editing.FORM_EXPIRED))
        changed = self._taken[kind](one, fields)
        this = mark(f"{forms.when_told(changed.schedule)} {changed.style}")
        if touches(one, changed) and seen != this:
            told = await self._what_if.blocks(one, changed)
            return _FORMS[kind](changed, await self._value(kind, pressed, one, this), told)
        if not await self._ports.subscriptions.change(changed):
            return aside_message(say(editing.FORM_EXPIRED))
        return await self._card(changed, pressed, who)

    def _scheduled(self, one: Subscription, fields: dict[str, str]) -> Subscription:
        try:
            when = parse_when(fields.get(forms.WHEN, ""))
        except ValueError as error:
            raise Refusal(replies.sentence(str(error)), forms.WHEN) from error
        schedule = schedule_of(when, self._commands.zone)
        return replace(one, schedule=replace(schedule, paused=one.schedule.paused))


def _styled(one: Subscription, fields: dict[str, str]) -> Subscription:
    """With the style that was chosen; with the desk's own for what is none."""
    return replace(one, style=as_style(fields.get(forms.STYLE, "")) or "")
