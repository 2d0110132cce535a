"""Small changes of many tasks, committed together.

A commit that survives a power cut costs SQLite some 3 ms, whatever is in it. What is asked for
while one commit runs shares the next: no commit is delayed, and a hundred channels that post
at once cost two commits and not two hundred.
"""

from __future__ import annotations

import asyncio
from operator import itemgetter

from sqlalchemy import Update

from bot.domain.errors import StoreError
from bot.store.sql.database import Database

_Change = tuple[int, Update, "asyncio.Future[int]"]


class Commits:
    """Statements in, counts of changed rows out, each on disk before its count is known."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next: list[_Change] = []
        self._running: asyncio.Task[None] | None = None

    async def change(self, row: int, statement: Update) -> int:
        """How many rows the statement changed (it is about ``row``). Raises StoreError."""
        done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._next.append((row, statement, done))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return await done

    async def _run(self) -> None:
        try:
            while self._next:
                # By row: two processes that lock the same rows in one order cannot block each other.
                batch, self._next = sorted(self._next, key=itemgetter(0)), []
                await self._commit(batch)
        finally:
            self._running = None

    async def _commit(self, batch: list[_Change]) -> None:
        try:
            async with self._database.writing() as connection:
                counts = [(await connection.execute(statement)).rowcount for _, statement, _ in batch]
        except StoreError as error:
            for *_, done in batch:
                if not done.done():
                    done.set_exception(StoreError(str(error)))
        except BaseException:
            for *_, done in batch:
                done.cancel()
            raise
        else:
            for (*_, done), count in zip(batch, counts, strict=True):
                if not done.done():
                    done.set_result(count)
