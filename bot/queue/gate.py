"""A gate that many pass at once, or one alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Who passes ``alone`` waits until nobody is inside, and has nobody beside it; those who come later wait behind it."""

    def __init__(self) -> None:
        self._inside = 0
        self._waiting = 0
        self._alone = False
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def passed(self, *, alone: bool) -> AsyncIterator[None]:
        """Inside as long as the block lasts."""
        async with self._changed:
            self._waiting += alone
            try:
                await self._changed.wait_for(lambda: self._is_free(alone=alone))
            finally:
                self._waiting -= alone
            self._inside += 1
            self._alone = alone
        try:
            yield
        finally:
            self._inside -= 1
            self._alone = False
            async with self._changed:
                self._changed.notify_all()

    def _is_free(self, *, alone: bool) -> bool:
        if alone:
            return self._inside == 0
        return not self._alone and not self._waiting
