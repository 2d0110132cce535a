"""The way out: a moment comes, its digest is made and staged once, and its parts are posted."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.delivery.alerts import Alerts
from bot.delivery.posting import GRACE, Posting, PostingPorts
from bot.delivery.unreachable import Unreachable
from bot.digest.prepare import DigestMaker, Prepared
from bot.domain.digests import Brief, Digest, Shown
from bot.domain.errors import BotError, IndexBusy, OverBudget, cause
from bot.domain.events import EVERY, Closed, Moved, Payload, Standing
from bot.domain.model import Address, Occasion, Slot, Subscription, Window
from bot.domain.ports import Desk
from bot.domain.reasons import Reason
from bot.domain.times import schedule
from bot.platforms import not_set_up
from bot.runtime.failpoints import reach
from bot.runtime.faults import fault
from bot.runtime.health import DIGESTS, StagedSlot
from bot.runtime.supervision import kept_going
from bot.views.json_record import digest_record
from bot.views.posted import shown_message, tellings
from bot.wording.language import speaking

log = logging.getLogger(__name__)

DAY = timedelta(days=1)
"""What a digest that is asked for before the first scheduled one looks back on, as `/digest` does."""

TRIES = 2
"""A slot on whose digest the desk died, or failed as nobody expects, so often is passed over."""

MANY, AT_ONCE = 8, 3
"""Of so many subscriptions this many digests are made at a time: one is composed while others are laid out and staged."""

LOOK_BACK = timedelta(hours=1)
"""Slots that are tried again when the clock was set back; those that are settled stay so."""


class Deliver:
    """Makes the digests that are due, and posts what is waiting. One bad channel never stops the others."""

    def __init__(self, desk: Desk, digests: DigestMaker, ports: PostingPorts, grace: float = GRACE) -> None:
        """``grace``: seconds for the calls that are under way at the end."""
        self._desk = desk
        self._digests = digests
        self._ports = ports
        self._outbox = ports.outbox
        self._posting = Posting(ports, desk.clock)
        self.unreachable = Unreachable(ports.messengers, ports.tell)
        self._alerts = Alerts(desk.library, digests, ports.outbox)
        self._grace = grace
        self.at_once = AT_ONCE
        self._tick = asyncio.Event()
        self._begun = False
        self._composing: set[tuple[str, str]] = set()
        self.last_slot: StagedSlot | None = None

    def wake(self) -> None:
        """A tick, a new article, a new subscription: look what is due and what is waiting."""
        self._tick.set()
        self._posting.lanes.wake()

    async def run(self, stop: asyncio.Event) -> None:
        """Stage and post until ``stop``; sleeps until woken or until a postponed part is due.

        Calls under way are brought to their end. What could not be is taken up at the next start.
        """
        tell, self.unreachable.urgent = self._ports.tell, True
        async with asyncio.TaskGroup() as group:
            loops = [
                group.create_task(kept_going("the making of digests", self._staging, tell)),
                group.create_task(kept_going("the posting", self._posting.run, tell)),
            ]
            await stop.wait()
            self._posting.closes(self._grace)
            for loop in loops:
                loop.cancel()

    async def renew(self) -> None:
        """Say that this process is still at what it has in hand: before ``LEASE`` is over. Raises StoreError."""
        await self._outbox.renew(self._composing, self._posting.lanes.open, self._desk.clock.now())

    async def recover(self) -> int:
        """Take up what processes that are gone have left half done; how many parts.

        ``run`` and ``post_waiting`` do it by themselves.
        """
        return await self._outbox.recover(self._desk.clock.now())

    async def stage_due(self) -> int:
        """Make the digest of every slot that has come, each once; how many were staged.

        Several slots that were missed are one catch-up. Empty digests are settled in silence. What a
        place that is closed has missed waits until it is open again, or for its next slot, a try.
        """
        await self._try_tokens()
        await self._ports.release()
        if await self._ports.correct():
            self._posting.lanes.wake()
        closures = await self._outbox.closures()
        subscriptions = await self._ports.subscriptions()
        await self.unreachable.look(subscriptions)
        await self._ports.follow_moves()  # after them: of no subscription's chat is less known than was then
        await self._digests.watch(subscriptions)
        standings = await self._outbox.standings() if subscriptions else {}
        staged = await self._stage_all(subscriptions, closures, standings)
        await self._alerts.settle(self._desk.clock.now())
        if staged:
            self._posting.lanes.wake()
        return staged

    async def _stage_all(
        self,
        subscriptions: Sequence[Subscription],
        closures: Sequence[Closed],
        standings: Mapping[str, Standing],
    ) -> int:
        """Of many a few at a time, those of one place in their order; how many were staged.

        What is begun and not ended may be what ended the desk: it comes last and alone, so that nothing else is
        blamed for it or waits for it.
        """
        few = len(subscriptions) < MANY
        begun = {one.id for one in subscriptions} if few else await self._outbox.begun()
        places: dict[Address, list[Subscription]] = {}
        for one in subscriptions:
            if one.id not in begun:
                places.setdefault(one.to, []).append(one)
        left = iter(places.values())
        stage = partial(self._stage_one, closures=closures, standings=standings)

        async def lane() -> int:
            return sum([await stage(one) for place in left for one in place])

        async with asyncio.TaskGroup() as group:
            lanes = [group.create_task(lane()) for _ in range(self.at_once if places else 0)]
        alone = [await stage(one) for one in subscriptions if one.id in begun]
        return sum(alone) + sum(one.result() for one in lanes)

    async def _stage_one(
        self, subscription: Subscription, closures: Sequence[Closed], standings: Mapping[str, Standing]
    ) -> bool:
        """Stage what is due for it; what goes wrong is this one's alone."""
        self._ports.turned(DIGESTS)
        try:
            held = [one for one in closures if one.covers(subscription.to)]
            return await self._stage(subscription, held, standings.get(subscription.id))
        except IndexBusy:
            pass  # the occasion waits for the index
        except BotError as error:
            await self._ports.tell(Reason("owner.digest_waits", name=subscription.name, why=cause(error)))
        except Exception as error:
            log.exception('the digest "%s" cannot be made', subscription.name)
            await self._ports.tell(Reason("owner.digest_failed", name=subscription.name, why=fault(error)))
        return False

    async def post_waiting(self, patience: timedelta = timedelta()) -> Mapping[Address, int]:
        """Post all that is waiting, and what becomes due within ``patience``; how many parts went where."""
        return await self._posting.drain(patience)

    async def send_now(self, subscription: Subscription, key: str) -> bool:
        """Stage the digest that somebody asked for, empty or not; false when ``key`` asked before.

        It holds what the last one did not, bulk drops included; before the first one, what arrived
        within a day.
        """
        if subscription.to.platform not in self._ports.messengers:
            raise not_set_up(subscription.to.platform)
        now, library = self._desk.clock.now(), self._desk.library
        await self._outbox.reopen(subscription.to)
        await self._ports.release()
        standing = await self._outbox.standing(subscription.id, now=now)
        upto = await library.revision()
        window, since = Window(standing.upto, upto), standing.reached or standing.since
        if not standing.digests:
            since = now - DAY
            window = Window(min(standing.upto, await library.revision_at(since)), upto)
        occasion = Occasion("asked", subscription.id, key)
        await self._ports.follow_moves()
        prepared = await self._digests.prepare(subscription, occasion, window, since, remembering=True)
        digest = self._linked(prepared, subscription.to)
        silent = schedule.quiet_until(subscription.schedule, now) is not None
        shown = Shown(
            subscription.schedule.zone,
            silent=silent,
            language=await self._ports.language(subscription),
            **self._asked_for_more(subscription.to),
        )
        staged = await self._put(subscription, digest, shown, ())
        self._posting.lanes.wake()
        return staged

    async def moved(self, event: Moved) -> None:
        """A chat has a new id, or the desk was put out of it: nothing more is made for it then."""
        if event.to is not None:
            ours = await self._here(event.at)
            await self._outbox.moved(event.at, event.to)
            self.wake()
            if ours:
                await self._ports.tell(Reason("owner.moved", at=str(event.at), to=str(event.to)), urgent=True)
        elif await self._here(event.at):
            at, reason = Address(event.at.platform, event.at.chat, EVERY), event.reason
            if await self._outbox.shut(at, reason, self._desk.clock.now()):
                await self._posting.tell_closed(event.at, reason)

    async def resume(self, at: Address) -> None:
        """The desk is back in the chat; what it missed there is one catch-up."""
        if await self._outbox.reopen(at):
            log.info("%s is tried again", at)
        self.wake()

    async def _try_tokens(self) -> None:
        """A token that was dead may have been replaced since: whoever starts tries it."""
        if not self._begun:
            for platform in self._ports.messengers:
                await self._outbox.reopen(Address(platform, EVERY))
            self._begun = True

    async def _here(self, at: Address) -> list[Subscription]:
        """What goes to this chat, whichever thread of it."""
        place = (at.platform, at.chat)
        return [one for one in await self._ports.subscriptions() if (one.to.platform, one.to.chat) == place]

    async def _staging(self) -> None:
        while True:
            self._tick.clear()
            self._ports.turned(DIGESTS)
            try:
                await self.stage_due()
            except BotError as error:
                await self._ports.tell(Reason("owner.no_digests", why=cause(error)))
            await self._tick.wait()

    async def _stage(
        self, subscription: Subscription, held: Sequence[Closed], standing: Standing | None
    ) -> bool:
        """Stage what is due for one subscription; ``held`` closes its place. Where it stands is looked at again in staging."""
        if subscription.to.platform not in self._ports.messengers:
            return False
        now = self._desk.clock.now()
        standing = standing or await self._outbox.standing(subscription.id, now=now)
        if subscription.schedule.alerts:
            paused = schedule.is_paused(subscription.schedule, now)
            return not paused and await self._alert(subscription, standing, held)
        due = schedule.due(subscription.schedule, _settled_upto(standing, now), now)
        if due is None or any(due.slot.instant <= one.tried <= now for one in held):
            return False
        if held:
            await self._outbox.reopen(subscription.to)
        if await self._outbox.settled(Occasion("slot", subscription.id, due.slot.key)):
            # A slot of that name was settled at another moment: the zone or the clock was changed.
            await self._outbox.passed(subscription.id, due.slot.instant)
            return False
        occasion = Occasion("catchup" if due.missed else "slot", subscription.id, due.slot.key)
        window = Window(standing.upto, await self._desk.library.revision())
        staged = await self._tried(subscription, standing, occasion, window, due.slots)
        if staged:
            self.last_slot = StagedSlot(due.slot.key, now)
        return staged

    async def _alert(self, subscription: Subscription, standing: Standing, held: Sequence[Closed]) -> bool:
        """Stage what has arrived for a subscription that wants alerts, when it is time."""
        now = self._desk.clock.now()
        window = await self._alerts.due(subscription, standing, held, now)
        if window is None:
            return False
        if held:
            await self._outbox.reopen(subscription.to)
        occasion = Occasion("alert", subscription.id, str(window.after + 1))
        return await self._tried(subscription, standing, occasion, window, ())

    async def _set_aside(
        self, subscription: Subscription, key: str, window: Window, slots: tuple[Slot, ...]
    ) -> None:
        """Pass over the digest, on which desks died or failed ``TRIES`` times, and tell the owner."""
        name = subscription.name
        if slots:
            why = Reason("owner.digest_aside", name=name, key=key, times=TRIES)
            await self._outbox.passed(subscription.id, slots[-1].instant)
        else:
            why = Reason("owner.alert_aside", name=name, key=key, times=TRIES)
            await self._outbox.step_over({subscription.id: window}, self._desk.clock.now())
        await self._ports.tell(why, urgent=True)

    async def _tried(
        self,
        subscription: Subscription,
        standing: Standing,
        occasion: Occasion,
        window: Window,
        slots: tuple[Slot, ...],
    ) -> bool:
        """Make the digest unless another process is at it, and note its end unless it is to blame for what went wrong."""
        at = (subscription.id, occasion.key)
        tries = await self._outbox.begin(*at, self._desk.clock.now())
        if tries is None:
            return False
        if tries >= TRIES:
            await self._set_aside(subscription, occasion.key, window, slots)
            return False
        self._composing.add(at)
        try:
            staged = await self._make(subscription, standing, occasion, window, slots)
        except OverBudget:
            raise
        except (BotError, asyncio.CancelledError):  # the slot is not to blame, and waits
            await self._outbox.end(subscription.id, occasion.key)
            raise
        finally:
            self._composing.discard(at)
        if not staged:  # else that was noted together with it
            await self._outbox.end(subscription.id, occasion.key)
        return staged

    async def _make(
        self,
        subscription: Subscription,
        standing: Standing,
        occasion: Occasion,
        window: Window,
        slots: tuple[Slot, ...],
    ) -> bool:
        reach("stage-due")
        since = standing.reached or standing.since
        whole = self._ports.messengers[subscription.to.platform].capabilities.bulk
        prepared = await self._digests.prepare(
            subscription, occasion, window, since, bulk=whole, remembering=True
        )
        digest = self._linked(prepared, subscription.to)
        dropped, older = 0, 0
        if slots and not whole:
            dropped = prepared.matched - digest.ledger.articles
            before = Window(0, 0 if standing.digests else standing.upto)
            older = len(await self._digests.matching(subscription, before)) if before.upto else 0
        shown = Shown(
            subscription.schedule.zone,
            scheduled=True,
            dropped=max(dropped, 0),
            older=older,
            language=await self._ports.language(subscription),
            **self._asked_for_more(subscription.to),
        )
        return await self._put(subscription, digest, shown, slots)

    def _linked(self, prepared: Prepared, to: Address) -> Digest:
        """The digest, its updates with the address of the message that told the story first."""
        link = self._ports.messengers[to.platform].link

        def linked(brief: Brief) -> Brief:
            told = prepared.told.get(brief.story)
            if brief.earlier is None or told is None or not told.posted:
                return brief
            return replace(brief, earlier=replace(brief.earlier, url=link(to, told.posted)))

        return replace(prepared.digest, briefs=tuple(map(linked, prepared.digest.briefs)))

    def _asked_for_more(self, to: Address) -> dict[str, Any]:
        """How readers may ask for more of a digest, where they are heard."""
        can = self._ports.messengers[to.platform].capabilities
        return {"numbered": can.replies, "buttons": can.replies and can.story_buttons}

    async def _put(
        self,
        subscription: Subscription,
        digest: Digest,
        shown: Shown,
        slots: tuple[Slot, ...],
    ) -> bool:
        payloads: tuple[Payload, ...] = ()
        shown = replace(shown, page=self._ports.page(subscription, digest))
        with speaking(shown.language):
            message = shown_message(digest, shown)
            if message is not None:
                payloads = self._ports.messengers[subscription.to.platform].render(message)
        reach("stage-composed")
        # Its reasons are kept beside it: of a window of thousands they are most of it.
        said = replace(digest, ledger=replace(digest.ledger, reasons=()))
        record = json.dumps(digest_record(said), sort_keys=True, ensure_ascii=False)
        told, to = tellings(digest, payloads, numbered=shown.numbered), subscription.to
        return await self._outbox.stage(
            digest, payloads, to=to, slots=slots, record=record, tellings=told, shown=shown, begun=True
        )


def _settled_upto(standing: Standing, now: datetime) -> datetime:
    """The moment up to which slots are settled, also when a clock was ahead at the time."""
    return standing.last if standing.last <= now else now - LOOK_BACK
