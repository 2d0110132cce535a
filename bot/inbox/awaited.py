"""Receipts for those who wait for them in this process, while it empties the inbox."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from bot.inbox.receipts import Receipt

RECENT = 256
"""Receipts that are kept for whoever asks a moment too late."""


class AwaitedReceipts:
    """Belongs to one event loop. ``live``: files are read here; else nobody waits for what does not come."""

    def __init__(self) -> None:
        self.live = False
        self._recent: dict[str, Receipt] = {}
        self._waiting: dict[str, asyncio.Future[Receipt]] = {}

    def note(self, receipt: Receipt) -> None:
        """A file has its receipt."""
        self._recent[receipt.file] = receipt
        if len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]
        waiting = self._waiting.get(receipt.file)
        if waiting and not waiting.done():
            waiting.set_result(receipt)

    async def of(self, file: str, within: float) -> Receipt | None:
        """The receipt of a file that has this name for the first time; ``None`` when it takes longer."""
        if file in self._recent or not self.live:
            return self._recent.get(file)
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting[file] = future
        try:
            with suppress(TimeoutError):
                return await asyncio.wait_for(future, within)
            return None
        finally:
            del self._waiting[file]
