"""One ``copydesk run``: the loops side by side, until it is told to stop.

At the end what is in hand is finished and what is held is given back. The configuration may be read
again on the way; a bad file changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot import config as configuration
from bot.app import App
from bot.cli.probes import Probes, serves, unusable
from bot.conversation.listeners import Listeners
from bot.domain.errors import BadCredentials, BotError, ConfigError, LeaseHeld, cause
from bot.domain.messaging import Messenger
from bot.domain.reasons import Reason
from bot.inbox.spool import Spool
from bot.inbox.watch import watch
from bot.ingest.retention import LetGo
from bot.runtime import health
from bot.runtime.log import sum_up
from bot.runtime.signals import Signals
from bot.runtime.supervision import kept_going
from bot.runtime.watchdog import ALIVE, READY, STOPPING, interval, notify, reloading
from bot.search.following import kept_up
from bot.store.delivery.leases import LEASE
from bot.store.sql.url import locate
from bot.wording.forgetting import unfinished

RENEWAL = 20
"""Seconds; a lease is renewed three times before it would run out."""

AT_LEAST = 0.5
"""Seconds for the owner's last line, however long the rest took."""

HOUSEKEEPING = 3600
FIRST_HOUSEKEEPING = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)

SLOWEST_PIECE = timedelta(minutes=10)
"""The longest that a loop may be at one piece of work: listing a network folder, waiting for a database."""

LOOK = 20.0
"""Seconds between two looks whether the clock was set back, and the least that counts."""

AGAIN = 60.0
"""Seconds before a platform is listened to again that would not be, and between two looks at its health."""

HEARING = MINUTE + SLOWEST_PIECE
"""How often the loop that hears people goes round at least."""

log = logging.getLogger(__name__)


class Daemon:
    """One `copydesk run`, over an app whose messengers are connected."""

    def __init__(self, app: App, environ: Mapping[str, str], signals: Signals | None = None) -> None:
        self._app = app
        self._environ = environ
        self._signals = signals or Signals()
        self._stop = self._signals.stop
        self._inbox = asyncio.Event()
        self._lost: str | None = None
        self._unheard: set[str] = set()
        shares = not locate(app.config.store.url).sqlite
        self._listeners = Listeners(app.platforms.leases, partial(_taken, app), shares=shares)
        self._spool = Spool(app.config.inbox)
        self._grace = app.config.grace
        self._ends = 0.0

    async def run(self) -> int:
        """Work until stopped; 1 when another desk took over a platform's lease."""
        app = self._app
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(leased(app, self._listeners.take))
            app.deliver.last_slot = await app.last_slot()
            self._expect()
            await stack.enter_async_context(self._receiving())
            scheduler = self._ticks()
            scheduler.start()
            stack.callback(scheduler.shutdown, wait=False)
            log.info("the desk is open: %s", ", ".join(sorted(app.platforms.messengers)))
            app.owner.look()
            notify(READY, self._environ)
            async with asyncio.TaskGroup() as group:
                loops = [
                    group.create_task(kept_going(name, loop, app.owner.tell, self._stop), name=name)
                    for name, loop in self._loops().items()
                ]
                loops.append(group.create_task(app.deliver.run(self._stop), name="the way out"))
                loops.append(group.create_task(app.composers.start(), name="starting a composer"))
                beside = [
                    group.create_task(kept_going(name, loop, app.owner.tell, self._stop))
                    for name, loop in self._beside(scheduler).items()
                ]
                group.create_task(self._close(group, loops, beside))
            await app.owner.close(max(self._ends + self._grace.told - _now(), AT_LEAST))
        log.info("the desk is closed")
        return 1 if self._lost else 0

    def _loops(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Each ends with the run, and is started again when it ends before that."""
        app = self._app
        index = partial(kept_up, app.desk.index, app.desk.library, self._stop)
        return {
            "the intake": partial(app.ingest.run, self._spool, self._inbox, self._stop),
            **({} if locate(app.config.store.url).sqlite else {"the index": index}),
            "the sources": partial(app.sources.run, self._stop),
            "the mailboxes": partial(app.mailbox_waits.run, self._stop),
            "the watch over the inbox": partial(watch, app.config.inbox, self._inbox.set, self._stop),
            **{
                f"listening on {name}": partial(self._listen, messenger)
                for name, messenger in app.platforms.messengers.items()
            },
        }

    def _beside(self, ticks: AsyncIOScheduler) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """Each is cancelled when the run ends, and has nothing in hand then."""
        return {
            "the reading of the configuration": self._reread,
            "the watchdog": self._feed,
            "the forgetting": self._forget_rest,
            "the look at the clock": partial(self._follow_clock, ticks),
        }

    def stop(self) -> None:
        """End the run in an orderly way."""
        self._stop.set()

    def reload(self) -> None:
        """Read the configuration again; a bad file keeps the old one."""
        notify(reloading(), self._environ)
        try:
            fresh = configuration.load(self._app.config.path, self._environ)
        except ConfigError as error:
            for problem in error.problems:
                log.error("the configuration stays as it was: %s", problem)
        else:
            later = ", ".join(self._app.reconfigure(fresh))
            log.info("the configuration was read again%s", f"; at the next start: {later}" if later else "")
            self._app.owner.look()
            self._app.deliver.wake()
        finally:
            notify(READY, self._environ)

    async def _listen(self, messenger: Messenger) -> None:
        """Answer on one platform, when it is this desk's. A dead token ends only this; a rival is outlasted, a try a minute."""
        if not await self._listeners.turn(messenger.platform, self._stop):
            return
        self._app.health.expect(health.listening(messenger.platform), HEARING)
        while not self._stop.is_set():
            back = asyncio.create_task(self._heard_again(messenger))
            try:
                await self._app.answer.run(messenger, self._stop)
            except BotError as error:
                over = isinstance(error, BadCredentials)
                if over:
                    self._app.health.forget(health.listening(messenger.platform))
                await self._unheard_for(messenger, error)
                if over:
                    return
            else:
                return
            finally:
                back.cancel()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), AGAIN)

    async def _unheard_for(self, messenger: Messenger, error: BotError) -> None:
        if messenger.platform not in self._unheard:
            self._unheard.add(messenger.platform)
            await self._app.owner.tell(
                Reason("owner.unheard", platform=messenger.platform, why=cause(error)), urgent=True
            )

    async def _heard_again(self, messenger: Messenger) -> None:
        """A platform that nobody was heard on is well when two looks in a row find it so."""
        if messenger.platform not in self._unheard:
            return
        well = 0
        while well < 2:
            await asyncio.sleep(AGAIN)
            well = well + 1 if messenger.healthy() else 0
        self._unheard.discard(messenger.platform)
        await self._app.owner.all_clear(f"{messenger.platform} is heard again")

    async def _reread(self) -> None:
        while True:
            await self._signals.reload.wait()
            self._signals.reload.clear()
            self.reload()

    async def _forget_rest(self) -> None:
        """Remove what was forgotten from files and index as soon as it is, and what an earlier process left of that."""
        forgetting = self._app.forgetting
        while True:
            if why := await forgetting.try_to_finish():
                await self._app.owner.tell(unfinished(why))
            with suppress(TimeoutError):
                async with asyncio.timeout(HOUSEKEEPING):  # not wait_for(), which may swallow the end
                    await forgetting.wanted.wait()

    async def _close(
        self,
        group: asyncio.TaskGroup,
        loops: Sequence[asyncio.Task[None]],
        beside: Sequence[asyncio.Task[None]],
    ) -> None:
        """When told to stop, let the loops finish what is in hand; what is not done in time is left."""
        await self._stop.wait()
        self._ends = _now()
        log.info("closing: finishing what is in hand")
        notify(STOPPING, self._environ)
        for task in beside:
            task.cancel()
        self._inbox.set()
        # What was heard is still answered; they are closed after that. Each may take some seconds.
        leaving = [
            group.create_task(messenger.stop_listening(), name=f"leaving {name}")
            for name, messenger in self._app.platforms.messengers.items()
        ]
        _, late = await asyncio.wait((*loops, *leaving), timeout=self._grace.left)
        for task in late:
            log.warning("closing: %s is left: it takes too long", task.get_name())
            task.cancel()

    def _expect(self) -> None:
        """How often each loop goes round at least: its tick, and what a slow disk or database may take."""
        rescan = self._app.config.inbox.rescan
        for loop, within in {
            health.TICKS: 3 * MINUTE,
            health.INTAKE: rescan + SLOWEST_PIECE,
            health.DIGESTS: MINUTE + SLOWEST_PIECE,
            health.POSTING: MINUTE + SLOWEST_PIECE,
            health.SOURCES: MINUTE + SLOWEST_PIECE,
            health.LEASES: timedelta(seconds=RENEWAL) + SLOWEST_PIECE,
            health.HOUSEKEEPING: timedelta(seconds=HOUSEKEEPING) + SLOWEST_PIECE,
        }.items():
            self._app.health.expect(loop, within)

    def report(self) -> health.Report:
        """What /health tells."""
        files, since = self._spool.queue()
        reserve = self._listeners.reserve
        return self._app.health.report(
            health.Seen(
                heard={
                    name: name in reserve or (name not in self._unheard and messenger.healthy())
                    for name, messenger in sorted(self._app.platforms.messengers.items())
                },
                waiting=health.Waiting(files, since),
                last_slot=self._app.deliver.last_slot,
                closing=self._stop.is_set(),
                reserve=reserve,
                unreachable=self._app.deliver.unreachable.reasons(),
            )
        )

    async def _feed(self) -> None:
        """Tell the service manager that the desk works, as long as no loop is overdue.

        It is told so also while nobody is heard on a platform: a restart would not help that.
        """
        every, starving = interval(self._environ), False
        while every is not None:
            overdue = self._app.health.overdue()
            if not overdue:
                notify(ALIVE, self._environ)
            elif not starving:
                log.error("the service manager is told nothing any more: %s", "; ".join(overdue))
            starving = bool(overdue)
            await asyncio.sleep(every)

    def _ticks(self) -> AsyncIOScheduler:
        """Slots are whole minutes, so a tick a minute, in UTC, is exact; slots are computed elsewhere.

        Every job is a coroutine function: APScheduler runs any other in a thread, where an event
        that is set may wake nobody.
        """
        ticks = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._set(ticks)
        return ticks

    async def _follow_clock(self, ticks: AsyncIOScheduler) -> None:
        """Set the ticks anew when the clock was set back: each has a moment at which it comes next, and would wait for that."""
        ahead = self._ahead()
        while True:
            await asyncio.sleep(LOOK)
            before, ahead = ahead, self._ahead()
            if before - ahead > LOOK:
                log.warning("the clock was set back by %.0f s", before - ahead)
                ticks.remove_all_jobs()
                self._set(ticks)
                await self._minute()

    def _ahead(self) -> float:
        """By how many seconds the clock is ahead of one that nobody can set."""
        return self._app.desk.clock.now().timestamp() - _now()

    def _set(self, ticks: AsyncIOScheduler) -> None:
        ticks.add_job(self._minute, CronTrigger(second=0, timezone="UTC"))
        rescan = self._app.config.inbox.rescan.total_seconds()
        ticks.add_job(self._rescan, IntervalTrigger(seconds=int(rescan)))
        ticks.add_job(self._renew, IntervalTrigger(seconds=RENEWAL))
        soon = datetime.now(UTC) + FIRST_HOUSEKEEPING  # a desk that is often started anew keeps house, too
        ticks.add_job(self._keep_house, IntervalTrigger(seconds=HOUSEKEEPING, start_date=soon))

    async def _minute(self) -> None:
        self._app.health.turned(health.TICKS)
        self._app.answer.tick()
        self._app.deliver.wake()
        sum_up()

    async def _rescan(self) -> None:
        self._inbox.set()

    async def _renew(self) -> None:
        try:
            await self._app.deliver.renew()
            await self._listeners.take()
        except LeaseHeld as error:
            self._lost = str(error)
            await self._app.owner.tell(Reason("owner.closes", why=cause(error)), urgent=True)
            self.stop()
        except BotError as error:
            log.warning("a lease could not be renewed: %s", error)
        self._app.health.turned(health.LEASES)

    async def _keep_house(self) -> None:
        try:
            await self._app.conversation_log.forget_old(self._app.desk.clock.now())
            if parts := await self._app.retention.forget_old(self._app.desk.clock.now()):
                log.info("old parts of digests that were let go of: %d", parts)
            await self._app.source_store.forget_old(self._app.desk.clock.now())
            await asyncio.to_thread(self._app.drop.clear)
            went = await self._app.let_go()
            if went != LetGo():
                log.info(
                    "let go of: articles %d, files %d, receipts %d", went.articles, went.files, went.receipts
                )
        except (BotError, OSError) as error:
            log.warning("old records stay for now: %s", error)
        await self._app.owner.tick()
        self._app.health.turned(health.HOUSEKEEPING)

    @asynccontextmanager
    async def _receiving(self) -> AsyncIterator[None]:
        """The HTTP server, when a platform sends its requests or somebody wants to ask how the desk is."""
        platforms = self._app.platforms
        sent = {
            path: self._listeners.receiver(platforms.addressed[path], one)
            for path, one in platforms.receivers.items()
        }
        receivers = {**sent, **self._app.posted_files()}
        sites = self._app.sites()
        if not serves(self._app):
            yield
            return
        from bot.web.server import serving

        pages = Probes(self._app, self.report, self._stop).pages()
        try:
            async with serving(self._app.config.web, receivers, pages, sites=sites) as port:
                log.info("receiving requests on port %d: %s", port, ", ".join((*receivers, *pages, *sites)))
                yield
        except OSError as error:
            raise ConfigError([unusable(self._app.config.web, error)]) from error


def _now() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def leased(app: App, take: Callable[[], Awaitable[None]] | None = None) -> AsyncIterator[None]:
    """Hold what ``take`` does, or the lease of each token, and give back all at the end. Raises LeaseHeld when another desk does."""
    await (take or Listeners(app.platforms.leases, partial(_taken, app), shares=False).take)()
    try:
        yield
    finally:
        await app.outbox.retire()
        await app.leases.release(app.holder)


async def _taken(app: App, name: str) -> str | None:
    return await app.leases.take(name, app.holder, app.desk.clock.now(), LEASE)
