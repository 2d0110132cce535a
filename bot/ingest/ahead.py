"""Files opened ahead of their keeping, and handed on in their order: as many together as are read by then."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence

from bot.ingest.opening import Opened, Source, begin

TOGETHER, TOGETHER_BYTES = 32, 8 * 1024 * 1024
"""Files that are handed on together, and bytes of them."""

GATHERED = 0.2
"""Seconds that a file which is read waits for those behind it, where there are any."""

AHEAD = TOGETHER + 16
"""Files that are opened ahead: the workers have some left while others are kept."""

AHEAD_AT_LEAST, AHEAD_BYTES = 8, 32 * 1024 * 1024
"""Beyond so many bytes, only so many files: enough to keep two workers busy."""


class Ahead:
    """Opens what it is given, ``read`` by ``read``, side by side."""

    def __init__(self, sources: Iterable[Source], read: Callable[[Source], Awaitable[Opened]]) -> None:
        self._sources = iter(sources)
        self._read = read
        self._opening: deque[tuple[Source, asyncio.Future[Opened]]] = deque()
        self._alone: Source | None = None

    async def next(self) -> Sequence[Opened]:
        """Those that come next; none at the end. What comes behind a file that is to be alone waits for its keeping.

        Raises what ``read`` raises, where the first of them does.
        """
        self._feed()
        if not self._opening:
            source, self._alone = self._alone, None
            if source is None:
                return ()
            await begin([source])
            return (await self._read(source),)
        opened = [await self._opening[0][1]]
        size = self._opening.popleft()[0].size
        until = asyncio.get_running_loop().time() + GATHERED
        while len(opened) < TOGETHER and size < TOGETHER_BYTES and await self._next_is_read(until):
            source, reading = self._opening.popleft()
            opened.append(reading.result())
            size += source.size
        self._feed()
        return opened

    @property
    def is_over(self) -> bool:
        """Whether nothing comes behind what was handed on last."""
        return not self._opening and self._alone is None

    async def _next_is_read(self, until: float) -> bool:
        self._feed()
        if not self._opening:
            return False
        _, reading = self._opening[0]
        if not reading.done():
            await asyncio.wait({reading}, timeout=max(0.0, until - asyncio.get_running_loop().time()))
        return reading.done() and reading.exception() is None

    def _feed(self) -> None:
        while self._alone is None and self._has_room():
            source = next(self._sources, None)
            if source is None:
                return
            if source.claim is not None and source.claim.alone:
                self._alone = source
            else:
                self._opening.append((source, asyncio.ensure_future(self._read(source))))

    def _has_room(self) -> bool:
        if len(self._opening) < AHEAD_AT_LEAST:
            return True
        return len(self._opening) < AHEAD and sum(one.size for one, _ in self._opening) < AHEAD_BYTES

    async def aclose(self) -> None:
        """Leave what is not handed on."""
        for _, reading in self._opening:
            reading.cancel()
        await asyncio.gather(*(reading for _, reading in self._opening), return_exceptions=True)
