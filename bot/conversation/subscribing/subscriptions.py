"""Who gets what: the subscriptions of a chat, the file's and those that its readers made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from bot.chat import buttons
from bot.chat.access import Role, may_change, may_read
from bot.conversation import editors
from bot.conversation.finding.lookup import AnswerSettings, Lookup
from bot.conversation.finding.what_if import WhatIf
from bot.conversation.remembered.invitations import Invitations
from bot.conversation.subscribing.changes import (
    BACK,
    UNDO,
    as_before,
    kept_words,
    quick_buttons,
    quick_changes,
)
from bot.conversation.subscribing.naming import pick, picked, topic_of
from bot.conversation.subscribing.offers import offer_times
from bot.conversation.subscribing.places import elsewhere, is_here
from bot.conversation.subscribing.refusals import Refusal
from bot.conversation.subscribing.wished import name_of, query_of, refuse_unclear, schedule_of
from bot.domain import query, query_nodes
from bot.domain.conversations import ConversationPorts
from bot.domain.digests import as_style
from bot.domain.errors import IndexRebuilding, SubscriptionsFull
from bot.domain.events import Pressed, Said
from bot.domain.message import Asks, Block, Button, Buttons, Message
from bot.domain.model import Address, Schedule, Subscription
from bot.domain.ports import Clock
from bot.domain.teams import EVERYBODY
from bot.domain.times.days import completed
from bot.domain.times.when import When, parse_when
from bot.grammar import commands, digests, wishes
from bot.grammar.wishes import Wish
from bot.views.captions import LONG_NAME, clipped
from bot.views.forms import NAME, STYLE, WHAT, WHEN
from bot.views.layout import aside_message, usage_message
from bot.views.subscriptions import (
    Row,
    is_from_file,
    next_line,
    schedule_message,
    subscribed_message,
)
from bot.wording import phrases, reaching, replies, subscribing
from bot.wording.chat import editing
from bot.wording.language import say

MOST = 50
"""Subscriptions that a chat may make."""

SHOWN = 5
"""Headlines that show what a new subscription would have brought."""

EXAMPLES = 3
"""Topics that are named of those that there are not."""

BEHIND, INSTEAD = "subscription", "instead"
"""What stands behind the buttons of an answer: the subscription that it made, or one that it may take the place of."""


class SubscriptionCommands:
    """Keeps the subscriptions of chats; everything that is refused is refused in a sentence."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        clock: Clock,
        lookup: Lookup,
        settings: AnswerSettings,
        ports: ConversationPorts,
        invitations: Invitations,
        what_if: WhatIf,
    ) -> None:
        self._clock = clock
        self._conversation_log = ports.conversation_log
        self._lookup = lookup
        self._settings = settings
        self._subscriptions = ports.subscriptions
        self._results = ports.results
        self._reach = ports.reach
        self._zone_of = ports.zone_of
        self._name_of = ports.name_of
        self._invitations = invitations
        self._what_if = what_if

    async def here(self, said: Said | Pressed) -> tuple[Subscription, ...]:
        """What this chat gets, the file's first; those of the very thread before the rest."""
        chats = {said.at.chat, f"@{said.sender.id}"} if said.direct else {said.at.chat}
        made = await self._subscriptions.of_chats(said.at.platform, chats)
        ours = [one for one in (*self._settings.channels, *made) if is_here(one.to, said)]
        return tuple(sorted(ours, key=lambda one: one.to.thread != said.at.thread))

    async def _of_the_team(self) -> list[Subscription]:
        """What the chats of the team get, the file's first; any chat, where there are no teams."""
        every, told = (*self._settings.channels, *await self._subscriptions.all()), self._settings
        return [one for one in every if told.team in {EVERYBODY, told.teams.of(one.to, one.by)}]

    async def chosen(self, name: str, said: Said, who: Role, *, posting: bool) -> Subscription | str:
        """The subscription that a digest is wanted of, or the sentence that says why none is meant.

        An admin may mean any of their team; others those of this chat, and for a preview the file's whose chat they may read.
        """
        here = await self.here(said)
        if not name:
            if len(here) == 1:
                return here[0]
            if here:
                return replies.which([one.name for one in here])
            return say(replies.NO_SUBSCRIPTIONS) if posting else self.everything(said)
        further = () if posting else self._readable(said)
        found = pick(name, (*here, *(await self._of_the_team() if who == "admin" else further)))
        known = [one.name for one in (here or further)]
        return found or replies.no_subscription(clipped(name, LONG_NAME), known)

    def _readable(self, said: Said) -> list[Subscription]:
        access = self._settings.access
        return [one for one in self._settings.channels if may_read(access, said.sender, one.to)]

    def everything(self, said: Said) -> Subscription:
        """What a chat is taken to want that has no subscription."""
        return Subscription("everything", say(phrases.EVERYTHING), said.at, "", Schedule(self._settings.zone))

    @property
    def zone(self) -> str:
        """The desk's zone."""
        return self._settings.zone

    def may_not(self, heard: Said | Pressed) -> str:
        """Why they may not change what the chat gets."""
        return editors.may_not_change(heard, self._settings.access)

    def in_file(self, one: Subscription) -> str:
        """Why a subscription of the configuration cannot be changed in chat."""
        return replies.in_file(one.name, self._settings.file)

    async def schedule(self, said: Said) -> Message:
        """The next digests of this chat, and what became of the last ones."""
        results = self._results
        here = await self.here(said)
        rows = [Row(one, await results.last(one.id), await results.closed(one.to)) for one in here]
        return schedule_message(rows, self._clock.now(), self._settings.zone)

    async def subscribe(self, argument: str, said: Said, who: Role) -> Message:
        """Make a subscription for this chat; visible to it, unlike the refusals."""
        try:
            return await self._subscribed(argument[: commands.LONGEST], said, who)
        except Refusal as refusal:
            offer = await self._offered(argument, refusal, said)
            blocks = (*usage_message(str(refusal)).blocks, *offer)
            answered = bool(offer or refusal.asks)  # by a press, or a reply
            return Message(blocks, private=True, asks=refusal.asks, aside=not answered)

    async def unsubscribe(self, argument: str, said: Said, who: Role) -> Message:
        """End a subscription of this chat, or for an admin of any chat."""
        try:
            return await self._unsubscribed(argument, said, who)
        except Refusal as refusal:
            return aside_message(str(refusal))

    async def filled_in(self, fields: Mapping[str, str], pressed: Pressed, who: Role) -> Message:
        """Make a subscription of what was filled into a form, by the grammar of commands. Raises Refusal."""
        asked = completed(fields.get(WHAT, ""), self._clock.now(), self._settings.zone, ahead=True)
        wish = wishes.read(asked)
        told = fields.get(WHEN, "")
        try:
            when = parse_when(told) if told else wish.when
        except ValueError as error:
            raise Refusal(replies.sentence(str(error)), WHEN) from error
        if told and wish.when != When():
            raise Refusal(say(editing.TWICE), WHEN)
        wish = replace(wish, name=fields.get(NAME, "") or wish.name, when=when)
        return await self._made(asked, wish, pressed, who, as_style(fields.get(STYLE, "")) or "")

    async def _subscribed(self, argument: str, said: Said, who: Role) -> Message:
        return await self._made(argument, wishes.read(argument), said, who)

    async def _made(
        self, argument: str, wish: Wish, said: Said | Pressed, who: Role, style: str = ""
    ) -> Message:
        made, parsed = await self._wished(argument, wish, said, who)
        made = replace(made, style=style)
        now = self._clock.now()
        try:
            new = await self._subscriptions.add(made, by=said.sender, created=now, most=MOST)
        except SubscriptionsFull as error:
            raise Refusal(replies.full(MOST)) from error
        if not new:
            raise Refusal(replies.taken(made.name), NAME)
        obstacle = None if said.direct else await self._reach(said.at)
        if obstacle:
            self._invitations.expect(made.id, said)
        return await self._shown(made, parsed, said, obstacle or "")

    async def let_in(self, subscription: str, at: Address) -> Message | None:
        """What to tell who asked for it before the desk could post there; ``None`` where it has ended since."""
        found = await self._subscriptions.get(subscription)
        if found is None:
            return None
        if obstacle := await self._reach(at):
            return aside_message(reaching.still_cannot_post(obstacle))
        when = "".join(run.text for run in next_line(found, self._clock.now()))
        return aside_message(reaching.can_post(found.name, when))

    async def _shown(
        self,
        made: Subscription,
        parsed: query.Parsed,
        said: Said | Pressed,
        obstacle: str = "",
        before: Subscription | None = None,
    ) -> Message:
        """What was understood of the wish, with buttons to undo and to change it; what keeps the desk from posting.

        ``before`` is what it was until it was changed.
        """
        now = self._clock.now()
        try:
            recent = await self._lookup.recent(parsed.query, SHOWN)
            rehearsal = await self._lookup.rehearsed(parsed.query)
        except IndexRebuilding:
            recent, rehearsal = None, None
        behind = f"{BEHIND} {made.id} {kept_words(before.schedule) if before else ''}".rstrip()
        token = await self._conversation_log.remember(behind, said.at, said.sender, now)
        understood = query.told(parsed.query)
        return subscribed_message(
            made,
            understood,
            recent,
            now,
            notes=(*parsed.notes, *([reaching.cannot_post(obstacle)] if obstacle else [])),
            direct=said.direct,
            changed=await self._what_if.changed(before, made) if before else (),
            changes=quick_buttons(made.schedule, token, changed=before is not None),
            rehearsal=rehearsal,
        )

    async def _offered(self, argument: str, refusal: Refusal, said: Said) -> tuple[Block, ...]:
        """What it would change to give a subscription's name to this one, with a button that does; or each time that may be meant."""
        if refusal.instead is None:
            log, clock = self._conversation_log, self._clock
            return await offer_times(argument, refusal.asks, said, log, clock)
        there, changed = refusal.instead
        told = await self._what_if.blocks(there, changed)
        asked = f"{INSTEAD} {there.id} {argument}"
        token = await self._conversation_log.remember(asked, said.at, said.sender, self._clock.now())
        button = Button(say(subscribing.INSTEAD), "change", str(buttons.Change(token, INSTEAD)))
        return (*told, Buttons((button,)))

    async def _replaced(self, behind: str, pressed: Pressed, who: Role) -> Message:
        """The subscription that is in the way becomes what was asked for, if it is there still."""
        ours, _, argument = behind.partition(" ")
        try:
            await self._wished(argument, wishes.read(argument), pressed, who)
        except Refusal as refusal:
            if refusal.instead and refusal.instead[0].id == ours:
                changed = refusal.instead[1]
                if await self._subscriptions.change(changed):
                    return await self._shown(changed, query.parse(changed.query), pressed)
            elif refusal.instead is None:
                return aside_message(str(refusal))
        return aside_message(say(subscribing.SUBSCRIPTION_EXPIRED))

    async def changed(self, pressed: Pressed, who: Role) -> Message:
        """Undo or change the subscription whose answer carries the button; visible to its chat."""
        change = buttons.change(pressed.value)
        behind = await self._conversation_log.recall(change.question, pressed) if change else None
        kind, _, ours = (behind or "").partition(" ")
        if change and kind == change.to == INSTEAD:
            return await self._replaced(ours, pressed, who)
        ours, _, former = ours.partition(" ")
        found = await self._subscriptions.get(ours) if kind == BEHIND else None
        if change is None or not found:
            return aside_message(say(subscribing.SUBSCRIPTION_EXPIRED))
        if not may_change(who, direct=pressed.direct):
            return aside_message(self.may_not(pressed))
        if change.to == UNDO:
            await self._subscriptions.remove(found.id)
            return usage_message(replies.unsubscribed(found.name))
        takes_back, quick = change.to == BACK and bool(former), quick_changes(found.schedule).get(change.to)
        schedule = as_before(found.schedule, former) if takes_back else quick
        if schedule is None or not await self._subscriptions.change(replace(found, schedule=schedule)):
            return aside_message(say(subscribing.SUBSCRIPTION_EXPIRED))
        made, before = replace(found, schedule=schedule), None if takes_back else found
        return await self._shown(made, query.parse(found.query), pressed, before=before)

    async def makes_way(self, said: Said, who: Role) -> bool:
        """Whether edited words may replace what their answer made: true, and it is gone, for a wish that can be granted.

        True as well where the answer made nothing.
        """
        kind, _, ours = (await self._conversation_log.asked(said.at, said.over) or "").partition(" ")
        if kind != BEHIND:
            return True
        ours, command = ours.partition(" ")[0], commands.parse(said.text)
        argument = command.argument[: commands.LONGEST]
        if command.name != "subscribe":
            return False
        try:
            await self._wished(argument, wishes.read(argument), said, who, replacing=ours)
        except Refusal:
            return False
        await self._subscriptions.remove(ours)
        return True

    async def _unsubscribed(self, argument: str, said: Said, who: Role) -> Message:
        told = []
        for ended in await self._named(argument, said, who):
            if not await self._subscriptions.remove(ended.id):
                raise Refusal(replies.no_subscription(ended.name, ()))
            told.append(replies.unsubscribed(ended.name, await elsewhere(ended.to, said, self._name_of)))
        return usage_message(" ".join(told))

    async def _wished(
        self, argument: str, wish: Wish, said: Said | Pressed, who: Role, *, replacing: str = ""
    ) -> tuple[Subscription, query.Parsed]:
        """The subscription that is wished for, perhaps ``replacing`` the one of that id. Raises Refusal."""
        if not wish.doubt and (not wish.query or digests.names_nothing(wish.query)):
            when = argument.replace(wish.query, "", 1) if wish.query else argument
            raise Refusal(say(replies.SUBSCRIBE_USAGE), asks=Asks("/subscribe ", f" {when}"))
        if isinstance(said, Said) and said.outside:
            raise Refusal(say(reaching.OUTSIDE))
        if not may_change(who, direct=said.direct):
            raise Refusal(self.may_not(said))
        refuse_unclear(argument, wish)
        parsed = self._parsed(wish.query)
        name = name_of(wish, parsed.query)
        self._refuse_of_file(name)
        zone = await self._own_zone(argument, wish.mine, said) if wish.mine else ""
        schedule = schedule_of(replace(wish.when, zone=zone or wish.when.zone), self._settings.zone)
        as_typed = query.parse(wish.query).query == parsed.query
        asked = "" if isinstance(parsed.query, query_nodes.Everything) else wish.query
        asked = asked if as_typed and len(asked) <= query.LENGTH else query.printed(parsed.query)
        made = Subscription(f"chat:{uuid4().hex}", name, said.at, asked, schedule)
        await self._refuse_taken(made, replacing, reschedules=wish.timed or wish.when != When())
        return made, parsed

    async def _own_zone(self, argument: str, mine: tuple[int, int], said: Said | Pressed) -> str:
        """The zone of who speaks, as the platform tells it; else they are asked."""
        if zone := await self._zone_of(said.sender):
            return zone
        before, after = argument[: mine[0]], argument[mine[1] :]
        raise Refusal(say(subscribing.WHICH_ZONE), asks=Asks(f"/subscribe {before}in ", after, "zone"))

    def _parsed(self, text: str) -> query.Parsed:
        known = {name.casefold() for name in self._settings.topics}
        topic = topic_of(text, known)
        read = query.parse(topic) if topic else query_of(text)
        read = replace(read, query=query.with_topics(read.query, self._settings.topics))
        if isinstance(read.query, query_nodes.Everything) and text != "*":
            raise Refusal(replies.unreadable_query(read.notes))
        unknown = sorted(
            name for name in query_nodes.topics_named(read.query) if name.casefold() not in known
        )
        if unknown:
            names = [clipped(name, LONG_NAME) for name in unknown[:EXAMPLES]]
            raise Refusal(replies.no_topics(names, list(self._settings.topics)))
        return read

    def _refuse_of_file(self, name: str) -> None:
        if any(one.name.casefold() == name.casefold() for one in self._settings.channels):
            raise Refusal(replies.taken_by_file(name, self._settings.file), NAME)

    async def _refuse_taken(self, made: Subscription, replacing: str, *, reschedules: bool) -> None:
        there = await self._subscriptions.of_chats(made.to.platform, {made.to.chat})
        ours = [one for one in there if one.to == made.to and one.id != replacing]
        if same := pick(made.name, ours):
            schedule = replace(made.schedule, paused=same.schedule.paused)
            changed = replace(same, query=made.query, schedule=schedule if reschedules else same.schedule)
            instead = (same, changed) if changed != same else None
            raise Refusal(replies.taken(same.name), NAME, instead=instead)

    async def _named(self, argument: str, said: Said, who: Role) -> Sequence[Subscription]:
        """The subscriptions to end: the chat's own before the file's, which cannot be ended here."""
        here = await self.here(said)
        known = [one for one in here if not is_from_file(one)]
        if not argument.strip():
            none = who != "admin" and not here
            usage = say(replies.NO_SUBSCRIPTIONS if none else replies.UNSUBSCRIBE_USAGE)
            raise Refusal(replies.which([one.name for one in known]) if known else usage)
        if not may_change(who, direct=said.direct):
            raise Refusal(self.may_not(said))
        if several := picked(argument, known):
            return several
        found = pick(argument, self._settings.channels)
        if not found and who == "admin":
            found = pick(argument, await self._subscriptions.all())
        if not found:
            names = [one.name for one in known]
            raise Refusal(replies.no_subscription(clipped(argument, LONG_NAME), names))
        if is_from_file(found):
            raise Refusal(replies.in_file(found.name, self._settings.file))
        return (found,)
