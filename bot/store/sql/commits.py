"""Small changes of many tasks, committed together; and small questions of many, asked together.

A commit that survives a power cut costs SQLite some 3 ms, whatever is in it. What is asked for
while one commit runs shares the next: no commit is delayed, and a hundred channels that post
at once cost two commits and not two hundred.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.store.sql.database import Database

Change = TypeVar("Change")
Result = TypeVar("Result")


class Commits(Generic[Change, Result]):
    """Changes in, results out, each on disk before its result is known.

    ``made`` makes some in one transaction, and gives their results in the same order. It may be
    begun with them in any order. With ``reads`` they are questions, and the transaction only reads.
    """

    def __init__(
        self,
        database: Database,
        made: Callable[[AsyncConnection, Sequence[Change]], Awaitable[Sequence[Result]]],
        *,
        reads: bool = False,
    ) -> None:
        self._transaction = database.reading if reads else database.writing
        self._made = made
        self._next: list[tuple[Change, asyncio.Future[Result]]] = []
        self._running: asyncio.Task[None] | None = None

    async def change(self, change: Change) -> Result:
        """What came of it. Raises StoreError, and whatever else ``made`` raises for those that it was given together."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._next.append((change, done))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await done

    async def _run(self) -> None:
        try:
            while self._next:
                batch, self._next = self._next, []
                await self._commit(batch)
        finally:
            self._running = None

    async def _commit(self, batch: list[tuple[Change, asyncio.Future[Result]]]) -> None:
        try:
            async with self._transaction() as connection:
                results = await self._made(connection, [change for change, _ in batch])
        except Exception as error:  # noqa: BLE001 - raised where it is awaited; those behind it are not to wait for ever
            _raise(batch, error)
        except BaseException:
            waiting, self._next = (*batch, *self._next), []
            for _, done in waiting:
                done.cancel()
            raise
        else:
            for (_, done), result in zip(batch, results, strict=True):
                if not done.done():
                    done.set_result(result)


def _raise(batch: Iterable[tuple[Change, asyncio.Future[Result]]], error: Exception) -> None:
    for _, done in batch:
        if not done.done():
            done.set_exception(StoreError(str(error)) if isinstance(error, StoreError) else error)
