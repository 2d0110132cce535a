"""Subscriptions as cards with buttons and forms: what a press changes, and what is shown then.

The buttons of one message share one token, which is heeded on that message alone, as those of a search are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import edits
from bot.chat.access import Role, may_change
from bot.chat.edits import Edit, mark, marked
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.finding.rehearsal import alternatives
from bot.conversation.finding.what_if import WhatIf, touches
from bot.conversation.subscribing.changes import DESKS, WEEK, ZONES, Changes
from bot.conversation.subscribing.forms import FILLED, FORM, SubscriptionForms
from bot.conversation.subscribing.refusals import Refusal
from bot.conversation.subscribing.subscriptions import SubscriptionCommands
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationPorts, Mute
from bot.domain.digests import STYLES
from bot.domain.events import Pressed, Said
from bot.domain.message import Button, Buttons, Message
from bot.domain.model import Subscription
from bot.domain.ports import Desk
from bot.domain.times.schedule import is_paused
from bot.views import subscriptions as views
from bot.views.captions import LONG_NAME, clipped
from bot.views.layout import aside_message, usage_message
from bot.views.subscriptions import is_from_file
from bot.wording import outcomes, replies
from bot.wording.chat import editing
from bot.wording.language import say

SUBSCRIPTIONS = "subscriptions"
"""What is kept as asked, behind the token of these buttons."""

MOST_LISTED = 20
"""Subscriptions that have a button in the list; a chat with more names them in commands."""

MOST_CHOICES = 12
"""Topics and mutes that have a button."""

IN_A_ROW = 3
TRY, TRIED = "try", ("at", "on", "as", "topic")
"""What stands before a verb whose change is first shown, and those: they may change what is in a digest."""

READING = frozenset({"list", "open", "why"})
"""What changes nothing, and everybody who is let in may do."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A press that is honoured: what it says, on which subscription, and by whom."""

    edit: Edit
    pressed: Pressed
    who: Role
    one: Subscription
    forms: bool

    def button(self, label: str, verb: str, argument: str = "") -> Button:
        """A button of the same message, for the same subscription."""
        return Button(label, "edit", str(Edit(self.edit.question, verb, mark(self.one.id), argument)))

    def back(self) -> Button:
        """The button that leads to the card."""
        return self.button(say(editing.BACK), "open")


class SubscriptionEdits:
    """Answers ``/subscriptions`` and what is pressed below it. Raises BotError where the store or the index fails."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        desk: Desk,
        lookup: Lookup,
        commands: SubscriptionCommands,
        ports: ConversationPorts,
        settings: AnswerSettings,
        what_if: WhatIf,
    ) -> None:
        self._desk = desk
        self._lookup = lookup
        self._commands = commands
        self._ports = ports
        self._zone = settings.zone
        self._topics = settings.topics
        self._changes = Changes(settings.zone, settings.topics)
        self._what_if = what_if
        self._forms = SubscriptionForms(desk.clock, commands, ports, self._card_anew, what_if)
        self._verbs: dict[str, Callable[[Turn], Awaitable[Message]]] = {
            "open": self._card,
            "when": self._times,
            "days": self._days,
            "zones": self._zones,
            "styles": self._styles,
            "topics": self._topics_shown,
            "mutes": self._mutes_shown,
            "why": self._why,
            "form": self._form,
            "end": self._ask_to_end,
            **dict.fromkeys(("at", "on", "in", "pause", "resume", "as", "topic"), self._kept),
            **dict.fromkeys((f"{TRY}{verb}" for verb in TRIED), self._tried),
            "mute": self._mute,
            "unmute": self._unmute,
            "now": self._send_now,
            "stop": self._ended,
        }

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self._desk.clock.now()

    async def listed(self, said: Said | Pressed, token: str = "", *, forms: bool = False) -> Message:
        """What this chat gets, with a button for each; ``token`` is that of the message in whose place it is shown."""
        here = await self._commands.here(said)
        message = views.subscriptions_message(here, self._zone)
        if not (here or forms):
            return message
        token = token or await self.remembered(said)
        buttons = [self.opening(one, token) for one in here[:MOST_LISTED]]
        if forms:
            buttons.append(self.subscribing(token))
        return replace(message, blocks=(*message.blocks, *map(Buttons, in_rows(buttons))))

    async def remembered(self, said: Said | Pressed) -> str:
        """A new token for the buttons of a message."""
        now = self._desk.clock.now()
        return await self._ports.conversation_log.remember(SUBSCRIPTIONS, said.at, said.sender, now)

    def opening(self, one: Subscription, token: str) -> Button:
        """The button that shows a subscription's card."""
        return Button(clipped(one.name, LONG_NAME), "edit", str(Edit(token, "open", mark(one.id))))

    def subscribing(self, token: str) -> Button:
        """The button that opens the form for a new subscription."""
        return Button(say(editing.SUBSCRIBE_FORM), "edit", str(Edit(token, FORM, "", "subscribe")))

    async def shortcut(self, pressed: Pressed, who: Role) -> Message:
        """The form that a shortcut of the platform's opens."""
        return await self._forms.opened(pressed.value, pressed, who)

    async def pressed(self, pressed: Pressed, who: Role, *, forms: bool = False) -> Message:
        """What the button says, done and shown, for who pressed it alone but for a subscription's end."""
        edit = edits.edit(pressed.value)
        if edit and edit.verb == FILLED:
            return await self._forms.handed_in(edit, pressed, who)
        behind = await self._ports.conversation_log.recall(edit.question, pressed) if edit else None
        if edit is None or behind != SUBSCRIPTIONS:
            return aside_message(say(editing.EXPIRED))
        if edit.verb == "list":
            return replace(await self.listed(pressed, edit.question, forms=forms), private=True)
        if edit.verb == FORM and edit.argument == "subscribe":
            return await self._forms.opened(edit.argument, pressed, who)
        here = await self._commands.here(pressed)
        one = marked(edit.of, ((one.id, one) for one in here))
        if one is None or edit.verb not in self._verbs:
            return aside_message(say(editing.EXPIRED))
        return await self._turned(Turn(edit, pressed, who, one, forms))

    async def _turned(self, turn: Turn) -> Message:
        edit, direct = turn.edit, turn.pressed.direct
        if edit.verb not in READING and not may_change(turn.who, direct=direct):
            return aside_message(self._commands.may_not(turn.pressed))
        if edit.verb not in {*READING, "now"} and is_from_file(turn.one):
            return aside_message(self._commands.in_file(turn.one))
        message = await self._verbs[edit.verb](turn)
        return message if edit.verb == "stop" or message.aside else replace(message, private=True)

    # --- what is shown -------------------------------------------------------------------------------

    async def _card(self, turn: Turn, *notes: str) -> Message:
        return views.card_message(turn.one, self._desk.clock.now(), self._zone, self._rows(turn), *notes)

    async def _card_anew(self, one: Subscription, pressed: Pressed, who: Role) -> Message:
        """The card in a message of its own."""
        edit = Edit(await self.remembered(pressed), "open", mark(one.id))
        return replace(await self._card(Turn(edit, pressed, who, one, forms=True)), private=True)

    async def _form(self, turn: Turn) -> Message:
        return await self._forms.opened(turn.edit.argument, turn.pressed, turn.who, turn.one)

    def _rows(self, turn: Turn) -> list[Sequence[Button]]:
        last = [Button(say(editing.ALL), "edit", str(Edit(turn.edit.question, "list")))]
        why = turn.button(say(editing.WHY), "why")
        if not may_change(turn.who, direct=turn.pressed.direct):
            return [[why, *last]]
        send = turn.button(say(editing.SEND_NOW), "now")
        if is_from_file(turn.one):
            return [[send, why, *last]]
        paused = is_paused(turn.one.schedule, self._desk.clock.now())
        pause = (
            turn.button(say(editing.GO_ON), "resume") if paused else turn.button(say(editing.PAUSE), "pause")
        )
        named = {
            "when": say(editing.TIME),
            "days": say(editing.DAYS),
            "zones": say(editing.ZONE),
            "styles": say(editing.STYLE),
        }
        choices = [turn.button(label, verb) for verb, label in ({} if turn.forms else named).items()]
        if turn.forms:
            asked = (("schedule", say(editing.SCHEDULE_FORM)), ("style", say(editing.STYLE_FORM)))
            choices = [turn.button(label, FORM, kind) for kind, label in asked]
        topics = [turn.button(say(editing.TOPICS), "topics")] if self._topics else []
        choices += [*topics, turn.button(say(editing.MUTE), "mutes")]
        end = turn.button(say(editing.END), "end")
        return [*in_rows(choices), [pause, send, why], [end, *last]]

    async def _times(self, turn: Turn) -> Message:
        buttons = [turn.button(label, "tryat", at) for at, label in editing.times().items()]
        return views.choices_message(say(editing.WHICH_TIME), [*in_rows(buttons), [turn.back()]])

    async def _days(self, turn: Turn) -> Message:
        buttons = [turn.button(label, "tryon", days) for days, label in editing.days().items()]
        return views.choices_message(say(editing.WHICH_DAYS), [*in_rows(buttons), [turn.back()]])

    async def _zones(self, turn: Turn) -> Message:
        desks = turn.button(f"{say(editing.DESKS_ZONE)} ({self._zone})", "in", DESKS)
        buttons = [turn.button(zone, "in", mark(zone)) for zone in ZONES if zone != self._zone]
        return views.choices_message(say(editing.WHICH_ZONE), [[desks], *in_rows(buttons), [turn.back()]])

    async def _styles(self, turn: Turn) -> Message:
        rows = [[turn.button(say(editing.STYLES[style]), "tryas", style)] for style in STYLES]
        desks = turn.button(say(editing.DESKS_STYLE), "tryas", DESKS)
        return views.choices_message(say(editing.WHICH_STYLE), [*rows, [desks], [turn.back()]])

    async def _topics_shown(self, turn: Turn, *notes: str) -> Message:
        taken = {name.casefold() for name in query_nodes.topics_named(query.parse(turn.one.query).query)}
        names = list(self._topics)[:MOST_CHOICES]
        buttons = [
            turn.button(f"{'✓ ' if name.casefold() in taken else ''}{name}", "trytopic", mark(name))
            for name in names
        ]
        question = say(editing.WHICH_TOPICS) if names else say(editing.NO_TOPICS)
        return views.choices_message(question, [*in_rows(buttons), [turn.back()]], *notes)

    async def _mutes_shown(self, turn: Turn, *notes: str) -> Message:
        now = self._desk.clock.now()
        held = {mute.query for mute in await self._ports.mutes.at(turn.one.to, now)}
        buttons = [
            turn.button(f"✓ {clipped(query.shown(text), LONG_NAME)}", "unmute", mark(text))
            if text in held
            else turn.button(clipped(query.shown(text), LONG_NAME), "mute", mark(text))
            for text in [*held, *(one for one in self._mutable(turn.one) if one not in held)][:MOST_CHOICES]
        ]
        return views.choices_message(say(editing.WHICH_MUTE), [*in_rows(buttons), [turn.back()]], *notes)

    def _mutable(self, one: Subscription) -> list[str]:
        """What may be muted by a press: an alternative of the query, a topic of the desk's."""
        parts = alternatives(query.parse(one.query).query, self._topics)
        topics = map(query_nodes.Topic, self._topics)
        return list(dict.fromkeys(query.printed(part) for part in (*parts, *topics)))

    async def _why(self, turn: Turn) -> Message:
        """How much it would have brought, and what of it; alternatives that bring most can be muted."""
        rehearsal = await self._lookup.rehearsed(query.parse(turn.one.query).query)
        notes = [views.rehearsed(rehearsal), *editing.shares(_clipped_shares(rehearsal.shares))]
        mutes = may_change(turn.who, direct=turn.pressed.direct) and not is_from_file(turn.one)
        row = [turn.button(say(editing.MUTE), "mutes")] if mutes else []
        return views.choices_message(say(editing.WHY_TITLE), [[*row, turn.back()]], *notes)

    async def _ask_to_end(self, turn: Turn) -> Message:
        name = clipped(turn.one.name, LONG_NAME)
        rows = [[turn.button(say(editing.END_FOR_GOOD), "stop"), turn.back()]]
        return views.choices_message(editing.ask_to_end(name), rows)

    # --- what is changed -----------------------------------------------------------------------------

    async def _tried(self, turn: Turn) -> Message:
        """What the change would have changed, with buttons to keep it and to leave it; one of the hour alone is kept at once."""
        verb, argument = turn.edit.verb.removeprefix(TRY), turn.edit.argument
        leads_back = turn.button(say(editing.BACK), "topics") if verb == "topic" else turn.back()
        try:
            changed = self._changes.made(turn.one, verb, argument, self.now())
        except Refusal as refusal:
            return await self._topics_shown(turn, str(refusal))
        if changed is None:
            return aside_message(say(editing.EXPIRED))
        if not touches(turn.one, changed):
            return await self._kept(replace(turn, edit=replace(turn.edit, verb=verb)))
        told = await self._what_if.blocks(turn.one, changed)
        rows = [[turn.button(say(editing.SAVE), verb, argument), leads_back]]
        return views.tried_message(changed, self._zone, told, rows)

    async def _kept(self, turn: Turn) -> Message:
        """The change is kept, and shown."""
        edit = turn.edit
        try:
            changed = self._changes.made(turn.one, edit.verb, edit.argument, self.now())
        except Refusal as refusal:
            return await self._topics_shown(turn, str(refusal))
        if changed is None or not await self._ports.subscriptions.change(changed):
            return aside_message(say(editing.EXPIRED))
        turn = replace(turn, one=changed)
        return await self._topics_shown(turn) if edit.verb == "topic" else await self._card(turn)

    async def _mute(self, turn: Turn) -> Message:
        now = self._desk.clock.now()
        text = marked(turn.edit.argument, ((one, one) for one in self._mutable(turn.one)))
        if text is None:
            return aside_message(say(editing.EXPIRED))
        kept = await self._ports.mutes.add(turn.one.to, Mute(text, now + WEEK), now)
        return await self._mutes_shown(turn, *(() if kept else (say(editing.FULL_MUTES),)))

    async def _unmute(self, turn: Turn) -> Message:
        held = await self._ports.mutes.at(turn.one.to, self._desk.clock.now())
        text = marked(turn.edit.argument, ((mute.query, mute.query) for mute in held))
        if text is None:
            return aside_message(say(editing.EXPIRED))
        await self._ports.mutes.remove(turn.one.to, text)
        return await self._mutes_shown(turn)

    async def _send_now(self, turn: Turn) -> Message:
        one = turn.one
        staged = await self._ports.deliveries.send_now(one, turn.pressed.key)
        return aside_message(outcomes.posting(one.name) if staged else outcomes.posted_before(one.name))

    async def _ended(self, turn: Turn) -> Message:
        if not await self._ports.subscriptions.remove(turn.one.id):
            return aside_message(say(editing.EXPIRED))
        return usage_message(replies.unsubscribed(turn.one.name))


def in_rows(buttons: list[Button]) -> list[tuple[Button, ...]]:
    """The buttons, few enough side by side for a phone."""
    return [tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]


def _clipped_shares(shares: tuple[tuple[str, int], ...]) -> list[tuple[str, int]]:
    return [(clipped(query.shown(words), LONG_NAME), count) for words, count in shares]
