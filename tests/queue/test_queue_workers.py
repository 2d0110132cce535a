"""Work that goes through the queue: as all workers keep it, and when workers and desks end in the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.runtime.workers import WorkerPool, WorkerSettings
from tests.contracts.workers import FUNCTIONS, WorkersContract
from tests.queue.hosts import a_desk, a_host, at_work


@pytest.fixture
async def workers(request: pytest.FixtureRequest, postgres_url: str) -> AsyncIterator[object]:
    pool = WorkerPool(WorkerSettings(processes=1, seconds=getattr(request, "param", 60.0), megabytes=256))
    async with (
        a_desk(postgres_url, FUNCTIONS) as desk,
        a_host(postgres_url, FUNCTIONS, pool) as host,
        at_work(host),
    ):
        yield desk
    await pool.aclose()


class TestElsewhere(WorkersContract):
    """Through PostgreSQL, in processes of a worker's."""
