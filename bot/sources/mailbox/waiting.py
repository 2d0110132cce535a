"""Servers that tell of new letters are listened to (IDLE, RFC 2177): each letter is asked for when it comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.domain.sourcing import FetchFailed, Source
from bot.sources.mailbox.letters import Mailboxes

LOOK = 20.0
"""Seconds between two looks at which mailboxes there are."""

WITHIN = 20 * 60.0
"""Seconds of one wait; servers end connections on which nothing was said for half an hour."""

PAUSE, LONGEST_PAUSE = 60.0, 3600.0
"""Seconds until the next try after a failure, twice as long after each further one; and after word of letters that did not come."""

log = logging.getLogger(__name__)


class MailboxWaits:
    """Waits at every mailbox of ``sources``. Where a server tells of nothing, the rounds alone find what is new."""

    def __init__(
        self, mailboxes: Mailboxes, sources: Callable[[], Sequence[Source]], hurry: Callable[[str], None]
    ) -> None:
        """``hurry`` is told the address of a source that has something new."""
        self._mailboxes = mailboxes
        self._sources = sources
        self._hurry = hurry

    async def run(self, stop: asyncio.Event) -> None:
        """Wait until ``stop``."""
        waits: dict[Source, asyncio.Task[None]] = {}
        try:
            while not stop.is_set():
                wanted = {one for one in self._sources() if one.mailbox}
                for gone in waits.keys() - wanted:
                    waits.pop(gone).cancel()
                for new in wanted - waits.keys():
                    waits[new] = asyncio.create_task(self._wait_at(new), name=f"waiting at {new.name}")
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), LOOK)
        finally:
            for task in waits.values():
                task.cancel()
            await asyncio.gather(*waits.values(), return_exceptions=True)

    async def _wait_at(self, source: Source) -> None:
        """Until the server cannot, or the task is cancelled."""
        pause = PAUSE
        seen: int | None = None
        while True:
            try:
                found = await self._once(source, seen)
                pause = PAUSE
            except Exception as error:
                if isinstance(error, FetchFailed):  # told to the owner by the rounds, which fail as well
                    log.debug("%s: waiting for letters: %s", source.name, error)
                else:
                    log.exception("%s: waiting for letters failed", source.name)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if found is None:
                return
            before, (seen, told) = seen, found
            if told and seen == before:  # some servers tell at each beginning of what is there, and none came
                await asyncio.sleep(PAUSE)

    async def _once(self, source: Source, seen: int | None) -> tuple[int, bool] | None:
        """The number that the next letter would have at the beginning, and whether one was told of; ``None`` where the server tells of none."""
        async with self._mailboxes.opened(source) as imap:
            if not imap.can("IDLE"):
                return None
            folder = await imap.select(reading=True)
            if seen is not None and folder.next_uid != seen:
                self._hurry(source.url)  # it came between two waits
            told = await imap.idle(WITHIN)
            if told:
                self._hurry(source.url)
            return folder.next_uid, told
