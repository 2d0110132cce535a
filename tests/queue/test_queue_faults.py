"""Workers and desks that end in the middle, and a database that cannot be reached for a while."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from bot.domain.errors import OverBudget, StoreError
from bot.queue.handing import QueuedWorkers
from tests.contracts.workers import double
from tests.doubles.wire import Wire
from tests.queue.hosts import Here, Host, a_desk, a_host, at_work, ended, socket_of, through

DOUBLE = {"double": double}


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(query.encode())
        return found.fetchall() if found.description else []


async def put(desk: QueuedWorkers, count: int) -> None:
    """Wait until so many tasks of the desk are in the store."""
    async with asyncio.timeout(60):
        while [one.put for one in desk._waiting.values()] != [True] * count:
            await asyncio.sleep(0.01)


async def left_by(worker: str, host: Host, url: str) -> None:
    """All that is there is in the hands of a worker that has ended."""
    taken = "UPDATE procrastinate_jobs SET status = 'doing' RETURNING id, args->>'task'"
    for job, task in rows(url, taken):
        for alone in (False, True):
            await host.tasks.begin(task, worker, job, alone=alone)


async def test_what_a_worker_had_in_hand_is_done_by_another(postgres_url: str):
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        answer = asyncio.create_task(desk.run(double, 21))
        await put(desk, 1)
        await left_by(ended(), host, postgres_url)
        async with at_work(host):  # which looks by itself
            assert await answer == 42
        assert (
            rows(postgres_url, "SELECT id FROM tasks")
            == rows(postgres_url, "SELECT id FROM procrastinate_jobs")
            == []
        )


async def test_a_look_that_fails_in_a_way_that_nobody_expects_is_followed_by_others(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.queue.working.LOOK", 0.01)
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        holders, failed = host.tasks.holders, [RuntimeError("nobody expects it")]

        async def once() -> frozenset[str]:
            if failed:
                raise failed.pop()
            return await holders()

        monkeypatch.setattr(host.tasks, "holders", once)
        answer = asyncio.create_task(desk.run(double, 21))
        await put(desk, 1)
        await left_by(ended(), host, postgres_url)
        async with at_work(host), asyncio.timeout(30):
            assert await answer == 42


async def test_the_third_worker_that_ends_on_a_task_alone_is_the_last(postgres_url: str):
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        answer = asyncio.create_task(desk.run(double, 21))
        await put(desk, 1)
        for worker in range(3):
            await left_by(ended(worker), host, postgres_url)
            await host.worker.look()
        with pytest.raises(OverBudget, match="3 workers ended while they worked on it"):
            await answer
        async with at_work(host):  # the job of old comes upon nothing
            assert await desk.run(double, 2) == 4


async def test_of_several_in_hand_none_is_to_blame_and_each_is_done_alone(postgres_url: str):
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        answers = [asyncio.create_task(desk.run(double, number)) for number in range(3)]
        await put(desk, 3)
        await left_by(ended(), host, postgres_url)
        await host.worker.look()
        assert rows(postgres_url, "SELECT deaths, alone, worker FROM tasks") == [(0, True, None)] * 3
        async with at_work(host):
            assert await asyncio.gather(*answers) == [0, 2, 4]


async def test_what_a_desk_waited_for_that_ended_is_cleared(postgres_url: str):
    async with a_host(postgres_url, DOUBLE, Here()) as host:
        async with a_desk(postgres_url, DOUBLE, ended()) as desk:
            asking = asyncio.create_task(desk.run(double, 1))
            await put(desk, 1)
            await host.worker.look()
            assert rows(postgres_url, "SELECT id FROM tasks") == []
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
        async with a_desk(postgres_url, DOUBLE) as desk, at_work(host):
            assert await desk.run(double, 2) == 4


async def test_a_desk_puts_anew_what_was_cleared_while_it_waits(postgres_url: str):
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        answer = asyncio.create_task(desk.run(double, 21))
        await put(desk, 1)
        rows(postgres_url, "DELETE FROM tasks")
        await desk._still_waits()
        async with at_work(host):
            assert await answer == 42


async def test_the_owner_is_told_once_that_nobody_works(postgres_url: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.queue.handing.UNATTENDED", 0.0)
    told: list[str] = []

    async def tell(what: object, *, urgent: bool = False) -> None:
        told.append(f"{what} {urgent}")

    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        desk.tell = tell
        answer = asyncio.create_task(desk.run(double, 1))
        await put(desk, 1)
        await desk._still_waits()
        await desk._still_waits()
        assert len(told) == 1
        assert "start `copydesk worker`" in told[0]
        async with at_work(host):
            assert await answer == 2


@pytest.mark.parametrize("cut_off", ["desk", "worker"])
async def test_no_answer_is_lost_with_the_connection(
    postgres_url: str, cut_off: str, monkeypatch: pytest.MonkeyPatch
):
    for name in ("handing.engine.POLL", "working.PAUSE"):
        monkeypatch.setattr(f"bot.queue.{name}", 0.05)
    monkeypatch.setattr("psycopg_pool.base.AttemptWithBackoff.INITIAL_DELAY", 0.01)
    async with Wire(socket_of(postgres_url)) as wire:
        urls = {"desk": postgres_url, "worker": postgres_url, cut_off: through(wire, postgres_url)}
        async with a_desk(urls["desk"], DOUBLE) as desk, a_host(urls["worker"], DOUBLE, Here()) as host:
            answers = [asyncio.create_task(desk.run(double, number)) for number in range(30)]
            await put(desk, 30)
            async with at_work(host):
                for _ in range(3):
                    wire.cut()
                    await asyncio.sleep(0.05)
                    wire.mend()
                    await asyncio.sleep(0.05)
                async with asyncio.timeout(60):
                    assert await asyncio.gather(*answers) == [2 * number for number in range(30)]


@pytest.mark.parametrize("lost", ["retry_job", "finish_job"])
async def test_a_job_whose_end_could_not_be_written_down_does_not_stay_with_a_living_worker(
    postgres_url: str, lost: str, monkeypatch: pytest.MonkeyPatch
):
    """The connection is lost at the end of a job, and is back before anything else of the worker's asks for it."""
    monkeypatch.setattr("bot.queue.working.LOOK", 0.01)
    async with a_desk(postgres_url, DOUBLE) as desk, a_host(postgres_url, DOUBLE, Here()) as host:
        manager, begin, failed = host.engine._app.job_manager, host.tasks.begin, asyncio.Event()
        really = getattr(manager, lost)

        async def fails(**_: object) -> None:
            monkeypatch.setattr(manager, lost, really)
            failed.set()
            raise ConnectorException

        async def fails_to_begin(*_: object, **__: object) -> Any:
            monkeypatch.setattr(host.tasks, "begin", begin)
            raise StoreError("the server closed the connection")

        monkeypatch.setattr(manager, lost, fails)
        if lost == "retry_job":
            monkeypatch.setattr(host.tasks, "begin", fails_to_begin)
        async with asyncio.timeout(60), at_work(host):
            assert await desk.run(double, 21) == 42
            await failed.wait()
            while rows(postgres_url, "SELECT id FROM procrastinate_jobs"):
                await asyncio.sleep(0.01)


class Endless:
    """Workers that do not come to an end."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def run(self, *_: object) -> Any:
        self.asked.set()
        await asyncio.Event().wait()


async def test_a_worker_that_is_told_to_stop_leaves_what_it_has_in_hand_to_others(postgres_url: str):
    async with a_desk(postgres_url, DOUBLE) as desk:
        answer, endless, stop = asyncio.create_task(desk.run(double, 21)), Endless(), asyncio.Event()
        async with a_host(postgres_url, DOUBLE, endless) as host:
            working = asyncio.create_task(host.worker.run(stop, grace=0.01))
            await asyncio.wait_for(endless.asked.wait(), 60)
            stop.set()
            await working
        assert rows(postgres_url, "SELECT deaths, alone, worker FROM tasks") == [(0, False, None)]
        assert rows(postgres_url, "SELECT status FROM procrastinate_jobs") == [("todo",)]
        async with a_host(postgres_url, DOUBLE, Here()) as host, at_work(host):
            assert await answer == 42
