"""Worker processes: what all workers keep, and how these start, stay and leave."""

from __future__ import annotations

import asyncio
import gc
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
from pebble import CONSTS, ProcessPool
from pebble.pool.channel import WorkerChannel

from bot.domain.errors import OutOfRoom, OverBudget
from bot.runtime import workers as workers_room
from bot.runtime.workers import WorkerPool, WorkerSettings
from tests.contracts.workers import WorkersContract

pytestmark = pytest.mark.usefixtures("cold_workers")


def own_pid(_: int) -> int:
    return os.getpid()


def ignored_signals(_: int) -> bool:
    return all(signal.getsignal(number) is signal.SIG_IGN for number in (signal.SIGINT, signal.SIGTERM))


@pytest.fixture
async def workers(request: pytest.FixtureRequest) -> AsyncIterator[WorkerPool]:
    """One worker, with more seconds than a loaded machine needs; fewer for what runs out of them."""
    pool = WorkerPool(WorkerSettings(processes=1, seconds=getattr(request, "param", 60.0), megabytes=256))
    yield pool
    await pool.aclose()


class TestThisHost(WorkersContract):
    """In processes of this one's."""


async def test_a_terminals_signals_are_left_to_the_parent(workers: WorkerPool):
    assert await workers.run(ignored_signals, 0)


async def test_workers_start_at_first_use_and_leave_when_idle(monkeypatch: pytest.MonkeyPatch):
    end, left = workers_room._ended, threading.Event()

    def ended(pool: ProcessPool) -> None:
        end(pool)
        left.set()

    monkeypatch.setattr(workers_room, "_ended", ended)
    pool = WorkerPool(WorkerSettings(processes=1, idle_seconds=0.0))
    pid = await pool.run(own_pid, 0)
    # Nobody but the pool may wait for its process: it would take its end for none.
    assert await asyncio.to_thread(left.wait, 60)
    assert not psutil.pid_exists(pid)
    assert await pool.run(own_pid, 0) != pid
    await pool.aclose()


async def test_a_worker_at_hand_stays():
    pool = WorkerPool(WorkerSettings(processes=1, idle_seconds=math.inf))
    await pool.start()
    pid = await pool.run(own_pid, 0)
    assert await pool.run(own_pid, 0) == pid
    assert psutil.Process(pid).is_running()
    await pool.aclose()
    assert not psutil.pid_exists(pid)


async def test_a_machine_without_room_for_a_worker_is_found_out_when_one_is_needed(monkeypatch):
    async def full(*_: object) -> None:
        raise OutOfRoom("Cannot allocate memory")

    pool = WorkerPool(WorkerSettings(processes=1))
    monkeypatch.setattr(pool, "run", full)
    await pool.start()


def test_workers_leave_with_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from bot.runtime.workers import WorkerPool, WorkerSettings\n"
        "from tests.runtime.test_workers import own_pid\n"
        "async def main():\n"
        "    pool = WorkerPool(WorkerSettings(processes=1))\n"
        "    print(await pool.run(own_pid, 0), flush=True)\n"
        "    await asyncio.Event().wait()\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n",
        encoding="utf-8",
    )
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environ) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    worker.wait(60)
    assert not worker.is_running()


async def test_a_worker_that_is_killed_with_nothing_in_hand_costs_no_later_task(workers: WorkerPool):
    pid = await workers.run(own_pid, 0)
    os.kill(pid, signal.SIGKILL)  # as a machine without memory does
    assert await workers.run(own_pid, 0) != pid
    assert await workers.run(own_pid, 0) != pid


async def test_where_no_worker_lives_to_begin_any_task_waits():
    pool = WorkerPool(WorkerSettings(processes=1, preload=("bot.there_is_no_such_module",)))
    with pytest.raises(OutOfRoom, match="end before they begin"):
        await pool.run(own_pid, 0)
    await pool.aclose()


def killed_while_it_sends(_: int) -> None:
    gc.unfreeze()
    (channel,) = (one for one in gc.get_objects() if isinstance(one, WorkerChannel))
    channel.mutex.writer_mutex.acquire()
    os.kill(os.getpid(), signal.SIGKILL)


def turn_in_seconds(_: int) -> float:
    return CONSTS.channel_lock_timeout


async def test_a_worker_that_is_killed_while_it_sends_holds_up_no_later_task_for_long():
    pool = WorkerPool(WorkerSettings(processes=1, preload=("tests.runtime.impatient",)))
    async with asyncio.timeout(60):
        with pytest.raises(OverBudget):
            await pool.run(killed_while_it_sends, 0)
        assert await pool.run(turn_in_seconds, 0) == 0.5
    await pool.aclose()


def until_told(path: Path) -> int:
    path.read_bytes()
    return os.getpid()


def open_for_writing(path: Path) -> int:
    return os.open(path, os.O_WRONLY)


async def test_a_task_whose_worker_gets_no_turn_to_send_its_result_has_another(tmp_path: Path):
    told = tmp_path / "told"
    os.mkfifo(told)
    pool = WorkerPool(WorkerSettings(processes=2, preload=("tests.runtime.impatient",)))
    async with asyncio.timeout(60):
        waiting = asyncio.create_task(pool.run(until_told, told))
        # Opens when the worker has opened its end, with the task in hand; the second time there is nothing to wait for.
        tell = await asyncio.to_thread(open_for_writing, told)
        with pytest.raises(OverBudget):
            await pool.run(killed_while_it_sends, 0)
        (tmp_path / "at once").touch()
        (tmp_path / "at once").replace(told)
        os.close(tell)
        assert psutil.pid_exists(await waiting)
    await pool.aclose()


def leave_with_one(_: int) -> None:
    os._exit(1)


async def test_a_task_that_ends_its_workers_each_time_is_told_to(workers: WorkerPool):
    with pytest.raises(OverBudget):
        await workers.run(leave_with_one, 0)
    assert await workers.run(own_pid, 0)


async def test_how_long_a_worker_waits_for_its_turn(workers: WorkerPool):
    assert await workers.run(turn_in_seconds, 0) == 15


def length(data: bytes) -> int:
    return len(data)


async def test_what_waits_behind_a_large_task_is_done_when_the_worker_is_killed(workers: WorkerPool):
    os.kill(await workers.run(own_pid, 0), signal.SIGKILL)
    large = bytes(4 * 1024 * 1024)  # more than a pipe takes, so that those behind it have not begun
    async with asyncio.timeout(60):
        assert await asyncio.gather(*(workers.run(length, large) for _ in range(3))) == [len(large)] * 3
