"""Each chat's conversation in its order, several chats at once, and no more held than fits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager

Work = Callable[[], Awaitable[None]]


class ChatQueues:
    """Runs what is put to one chat's queue one after another, and different queues side by side.

    At most ``waiting`` pieces of work wait in one queue, and at most ``open_at_once`` queues are open. Made by
    :func:`chat_queues`, which waits for everything on its way out.
    """

    def __init__(self, tasks: asyncio.TaskGroup, *, open_at_once: int, waiting: int) -> None:
        self._tasks = tasks
        self._free = asyncio.Semaphore(open_at_once)
        self._waiting = waiting
        self._queues: dict[Hashable, deque[Work]] = {}
        self._served_by: set[asyncio.Task[None]] = set()
        self._closed = False
        self.dropped = 0

    async def put(self, key: Hashable, work: Work, *, beyond: bool = False) -> bool:
        """Queue the work; false when the queue is full, unless it goes ``beyond`` that. Waits while too many queues are open.

        ``work`` must not raise: it would end every queue. After ``close`` it is dropped.
        """
        if self._drops():
            return True
        if key in self._queues:
            if len(self._queues[key]) >= self._waiting and not beyond:
                return False
            self._queues[key].append(work)
            return True
        await self._free.acquire()
        # Only one caller waits here: a messenger's words are put through one after another.
        if self._drops():
            return True
        self._queues.setdefault(key, deque()).append(work)
        task = self._tasks.create_task(self._served(key))
        self._served_by.add(task)
        task.add_done_callback(self._served_by.discard)
        return True

    def close(self) -> None:
        """Drop all work, what is under way too; ``dropped`` counts it, and what still comes."""
        self._closed = True
        self.dropped += len(self._served_by) + sum(map(len, self._queues.values()))
        for task in self._served_by:
            task.cancel()

    def _drops(self) -> bool:
        self.dropped += self._closed
        return self._closed

    async def _served(self, key: Hashable) -> None:
        try:
            while queue := self._queues[key]:
                await queue.popleft()()
        finally:
            del self._queues[key]
            self._free.release()


@asynccontextmanager
async def chat_queues(
    *, open_at_once: int, waiting: int, stop: asyncio.Event | None = None, parting: float = 0.0
) -> AsyncIterator[ChatQueues]:
    """Open queues; leaving waits for all that was put there.

    They close ``parting`` seconds after ``stop``, so that leaving waits no longer than that.
    """
    closing: asyncio.Task[None] | None = None
    try:
        async with asyncio.TaskGroup() as tasks:
            queues = ChatQueues(tasks, open_at_once=open_at_once, waiting=waiting)
            if stop is not None:
                closing = asyncio.create_task(_closed(queues, stop, parting))
            yield queues
    finally:
        if closing is not None:
            closing.cancel()


async def _closed(queues: ChatQueues, stop: asyncio.Event, parting: float) -> None:
    await stop.wait()
    await asyncio.sleep(parting)
    queues.close()
