"""The loop over all sources: each is asked when it is due, one host's after one another, and none stops another."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import zlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import BotError
from bot.domain.ports import Clock, Tell, Turned, unwatched
from bot.domain.reasons import Reason
from bot.domain.sourcing import FetchFailed, Source, SourceState, SourceStore
from bot.runtime.faults import fault
from bot.runtime.health import SOURCES
from bot.sources.addresses import host_of
from bot.sources.feeds import Round
from bot.wording import sources as wording

LOOK = 20.0
"""Seconds between two looks for sources that are due."""

LONGEST_PAUSE = timedelta(hours=24)
"""After each failure the pause is twice as long, up to this."""

PATIENCE = 3
"""Failures in a row of which the owner is told; sooner where waiting helps nobody."""

HOPELESS = frozenset(
    {"source.gone", "source.private", "source.address", "source.page", "source.robots", "mailbox.password"}
)

log = logging.getLogger(__name__)

IMPORTED = "imported sources"
"""The name of the lease on them: its holder asks them."""

LEASE = timedelta(seconds=3 * LOOK)
"""For how long a lease on sources holds; its holder renews it at each look."""

Take = Callable[[Source, SourceState], Awaitable[Round]]

Hold = Callable[[str, timedelta], Awaitable[bool]]
"""Holds what one process on the store may do, by its name, for so long from now; false when another does. Raises StoreError."""


async def alone(name: str, length: timedelta) -> bool:  # noqa: ARG001 - as Hold has it
    """For the only process on its store."""
    return True


class SourceRounds:
    """Asks the sources of ``configured`` and of the store. Belongs to one event loop.

    Of several processes on a store one asks what was imported there, whoever ``holds`` that, and one of those
    with the same ``configured`` asks these.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on
        self,
        configured: Sequence[Source],
        store: SourceStore,
        take: Take,
        clock: Clock,
        tell: Tell,
        all_clear: Callable[[str], Awaitable[None]],
        turned: Turned = unwatched,
    ) -> None:
        """``take`` raises FetchFailed; ``tell`` hears of what does not do well, ``all_clear`` when it does."""
        self.configured = tuple(configured)
        self.holds: Hold = alone
        self._ours = frozenset({IMPORTED, _name(self.configured)})
        self._store = store
        self._take = take
        self._clock = clock
        self._tell = tell
        self._all_clear = all_clear
        self._turned = turned
        self._states: dict[str, SourceState] = {}
        self._recovered: list[str] = []
        self._hurried: set[str] = set()
        self._wake = asyncio.Event()

    async def all(self) -> tuple[Source, ...]:
        """The sources of the configuration, then those that were imported and are not there. Raises StoreError."""
        urls, names = {one.url for one in self.configured}, {one.name for one in self.configured}
        imported = await self._store.imported()
        return (*self.configured, *(o for o in imported if o.url not in urls and o.name not in names))

    async def run(self, stop: asyncio.Event) -> None:
        """Ask each source when it is due, until ``stop``. What is under way then is left, and asked again later."""
        self._states = dict(await self._store.states())
        self._ours = frozenset()
        busy: dict[str, asyncio.Task[None]] = {}
        try:
            while not stop.is_set():
                self._turned(SOURCES)
                busy = {host: task for host, task in busy.items() if not task.done()}
                for host, due in (await self._due_now()).items():
                    if host not in busy:
                        busy[host] = asyncio.create_task(self._one_by_one(due), name=f"sources of {host}")
                await self._tell_recovered()
                await self._pause(stop)
        finally:
            for task in busy.values():
                task.cancel()
            await asyncio.gather(*busy.values(), return_exceptions=True)

    def hurry(self, url: str) -> None:
        """Something new is at the source with this address: it is due now. On the loop of ``run``."""
        self._hurried.add(url)
        self._wake.set()

    async def _pause(self, stop: asyncio.Event) -> None:
        """Until the next look."""
        waits = [asyncio.ensure_future(one.wait()) for one in (stop, self._wake)]
        try:
            await asyncio.wait(waits, timeout=LOOK, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        self._wake.clear()

    async def once(self, *, everything: bool = False) -> int:
        """Ask all that are due, or ``everything``, and wait for them; how many were asked. Raises StoreError."""
        self._states = dict(await self._store.states())
        due = await self._due(everything=everything)
        await asyncio.gather(*(self._one_by_one(some) for some in due.values()))
        await self._tell_recovered()
        return sum(map(len, due.values()))

    async def _due_now(self) -> Mapping[str, list[Source]]:
        try:
            await self._take_over()
            return await self._due()
        except BotError as error:  # the store's: the next look tries again
            log.warning("which sources are due is not known now: %s", error)
            return {}

    async def _take_over(self) -> None:
        """Hold what nobody else does; how that stands is what the one before left in the store."""
        before, self._ours = self._ours, frozenset()
        ours = {name for name in (IMPORTED, _name(self.configured)) if await self.holds(name, LEASE)}
        if ours - before:
            self._states = {**self._states, **await self._store.states()}
        self._ours = frozenset(ours)

    async def _due(self, *, everything: bool = False) -> Mapping[str, list[Source]]:
        now, due = self._clock.now(), defaultdict[str, list[Source]](list)
        for source in await self.all():
            state = self._states.get(source.url)
            is_due = state is None or state.next_try <= now or source.url in self._hurried
            if everything or (is_due and self._is_ours(source)):
                due[_host(source)].append(source)
        return due

    def _is_ours(self, source: Source) -> bool:
        return (IMPORTED if source.imported else _name(self.configured)) in self._ours

    def waited_for(self) -> tuple[Source, ...]:
        """The sources of the configuration that this process asks."""
        return tuple(one for one in self.configured if self._is_ours(one))

    async def _one_by_one(self, due: Sequence[Source]) -> None:
        for source in due:
            if not self._is_ours(source):  # another has taken over meanwhile
                continue
            try:
                await self._ask(source)
            except BotError as error:  # the store's: the next look tries again
                log.warning("%s: %s", source.name, error)
            except Exception as error:
                log.exception("%s: the desk failed on a source", source.name)
                with suppress(BotError):
                    await self._failed(
                        source, self._state(source), FetchFailed(Reason("source.failed", fault=fault(error)))
                    )

    def _state(self, source: Source) -> SourceState:
        now = self._clock.now()
        return self._states.get(source.url) or SourceState(source.url, since=now, next_try=now)

    async def _ask(self, source: Source) -> None:
        self._hurried.discard(source.url)
        state = self._state(source)
        try:
            found = await self._take(source, state)
        except FetchFailed as error:
            await self._failed(source, state, error)
        else:
            if found.files:
                log.info("%s: new files in the inbox: %d", source.name, found.files)
            await self._succeeded(source, state, found)

    async def _succeeded(self, source: Source, state: SourceState, found: Round) -> None:
        now = self._clock.now()
        news = now if found.files else state.news
        silent = now - (news or state.since) >= source.silent
        why = Reason("source.silent", days=source.silent.days) if silent else None
        fresh = replace(
            state,
            next_try=now if found.more else now + _spread(source),
            succeeded=now,
            news=news,
            etag=found.etag,
            modified=found.modified,
            failures=0,
            reason=why,
            told=silent,
        )
        await self._keep(fresh)
        if why and not state.told:
            await self._tell_of(source, fresh, why)
        elif state.told and not silent:
            self._recovered.append(source.name)

    async def _failed(self, source: Source, state: SourceState, error: FetchFailed) -> None:
        now, after = self._clock.now(), timedelta(seconds=min(error.after or 0.0, 30 * 86400))
        if error.reason.code == "source.resting":  # another source of this host found that out
            await self._keep(replace(state, next_try=now + max(after, timedelta(seconds=1))))
            return
        failures = state.failures + 1
        pause = min(source.every * 2 ** min(failures - 1, 16), max(LONGEST_PAUSE, source.every))
        hopeless = error.reason.code in HOPELESS or (error.lasting and state.succeeded is None)
        telling = not state.told and (failures >= PATIENCE or hopeless)
        failed = replace(
            state,
            next_try=now + max(pause, after),
            failures=failures,
            reason=error.reason,
            told=state.told or telling,
        )
        await self._keep(failed)
        log.info("%s: %s", source.name, error.reason)
        if telling:
            await self._tell_of(source, failed, error.reason)

    async def _keep(self, state: SourceState) -> None:
        self._states[state.url] = state
        await self._store.keep(state)

    async def _tell_of(self, source: Source, state: SourceState, why: Reason) -> None:
        last = f"{state.succeeded:%Y-%m-%d %H:%M} UTC" if state.succeeded else ""
        await self._tell(wording.ailing(source.name, _host(source), str(why), last))

    async def _tell_recovered(self) -> None:
        if self._recovered:
            names, self._recovered = self._recovered, []
            await self._all_clear(wording.well_again(names))


def _host(source: Source) -> str:
    try:
        return host_of(source.url)
    except ValueError:
        return source.url


def _name(configured: Sequence[Source]) -> str:
    """The name of the lease on these: all whose configuration has the same sources have the same."""
    told = "\n".join(sorted(one.url for one in configured))
    return f"sources:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _spread(source: Source) -> timedelta:
    """Its pause, up to a tenth shorter, each source by another part: those of one host come not all at once."""
    return source.every * (1 - 0.1 * (zlib.crc32(source.url.encode()) % 1000) / 1000)
