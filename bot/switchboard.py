"""Each chat's conversation in its order, several chats at once, and no more held than fits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

Work = Callable[[], Awaitable[None]]


class Switchboard:
    """Runs what is put through to a line one after another, and different lines side by side.

    At most ``waiting`` pieces of work wait on one line, and at most ``lines`` lines are open. Made by
    :func:`switchboard`, which waits for everything on its way out.
    """

    def __init__(self, tasks: asyncio.TaskGroup, *, lines: int, waiting: int) -> None:
        self._tasks = tasks
        self._free = asyncio.Semaphore(lines)
        self._waiting = waiting
        self._lines: dict[Hashable, deque[Work]] = {}

    async def put_through(self, line: Hashable, work: Work) -> bool:
        """Queue the work; false, and nothing, when the line is full. Waits while too many lines are open.

        ``work`` must not raise: it would end the whole switchboard.
        """
        if line in self._lines:
            if len(self._lines[line]) >= self._waiting:
                return False
            self._lines[line].append(work)
            return True
        await self._free.acquire()
        # Only one caller waits here: a messenger's words are put through one after another.
        self._lines.setdefault(line, deque()).append(work)
        self._tasks.create_task(self._served(line))
        return True

    async def _served(self, line: Hashable) -> None:
        try:
            while queue := self._lines[line]:
                await queue.popleft()()
        finally:
            del self._lines[line]
            self._free.release()


@asynccontextmanager
async def switchboard(*, lines: int, waiting: int) -> AsyncIterator[Switchboard]:
    """An open switchboard; leaving waits for all that was put through."""
    async with asyncio.TaskGroup() as tasks:
        yield Switchboard(tasks, lines=lines, waiting=waiting)
