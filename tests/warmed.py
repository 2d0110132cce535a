"""What a desk loads and makes only when it works, made by importing this: it reads an article and lives a day.

No index is opened: its threads would be there when a desk is forked.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
from datetime import datetime
from pathlib import Path

import anyio._backends._asyncio  # noqa: F401 - by httpcore at its first call
import httpx

from bot.chat.telegram.connection import _trusted
from bot.digest import prepare
from bot.digest.articles_known import Known
from bot.domain.model import Document, Window
from bot.domain.ports import Library
from bot.domain.query import Query
from bot.ingest.reading import ReadingSettings, read_or_unpack
from tests import fault_desk, huge
from tests.builders import NOON
from tests.once import compile_once, look_once, trace_little, trust_once
from tests.stores import migrated


class _Everything:
    """As much of an index as digests of everything ask."""

    async def follow(self, library: Library) -> int:
        return await library.revision()

    async def matching(self, _: Query, window: Window, *, now: datetime) -> tuple[int, ...]:  # noqa: ARG002 - a port's
        return tuple(range(window.after + 1, window.upto + 1))


compile_once()
look_once()
trust_once()
trace_little()
httpx.AsyncClient(verify=_trusted())

read_or_unpack(
    Document(
        "ferry.html",
        b'<html><title>Ferry sails</title><p>"We sail at noon," said Ada Marlow.</p></html>',
        NOON,
    ),
    ReadingSettings(),
)
with tempfile.TemporaryDirectory() as folder:
    migrated(Path(folder) / "copydesk.db")
    asyncio.run(fault_desk.live(Path(folder), 1, _Everything()))
prepare._KNOWN = Known()  # of desk 1, which the first of a test is, too

# A fork copies what is written to, also by a collection that only counts what it looks at: a seventh of the system's
# time of a desk that opens its store.
gc.collect()
gc.freeze()
huge.gather()
