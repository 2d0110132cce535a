"""An index follows a library that others write into."""

from __future__ import annotations

import asyncio
from typing import cast

from bot.domain.errors import IndexBusy, StoreError
from bot.domain.ports import Index, Library
from bot.search.following import kept_up


class Shared:
    """A library that others write into, and the index of this host: what each look finds, in turn."""

    def __init__(self, *looks: int | Exception) -> None:
        self.looks = list(looks)
        self.followed: list[int] = []
        self.stop = asyncio.Event()

    async def revision(self) -> int:
        look = self.looks[0]
        if isinstance(look, StoreError):
            self._looked()
            raise look
        if isinstance(look, int) and look in self.followed[-1:]:
            self._looked()
            return look
        return look if isinstance(look, int) else -2

    async def follow(self, _: object) -> int:
        look = self.looks[0]
        self._looked()
        if isinstance(look, Exception):
            raise look
        self.followed.append(look)
        return look

    def _looked(self) -> None:
        del self.looks[0]
        if not self.looks:
            self.stop.set()


async def test_the_index_is_brought_up_when_there_is_news_and_after_what_failed():
    shared = Shared(3, 3, StoreError("away"), 5, IndexBusy("busy"), 5, 6)
    await kept_up(cast("Index", shared), cast("Library", shared), shared.stop, every=0.0)
    assert shared.followed == [3, 5, 6]
