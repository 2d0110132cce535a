"""Worker processes: results come back, limits hold, and one bad task harms no other."""

from __future__ import annotations

import asyncio
import errno
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator

import psutil
import pytest
from pebble import ProcessPool

from bot.domain.errors import BotError, OutOfRoom, OverBudget, UnreadableDocument
from bot.domain.reasons import Reason
from bot.runtime import workers as workers_room
from bot.runtime.workers import WorkerPool, WorkerSettings


def double(number: int) -> int:
    return number * 2


def hang(_: int) -> int:
    while True:
        pass


def swell(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def crash(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def nest(_: int) -> int:
    return nest(_)


def refuse(name: str) -> None:
    raise UnreadableDocument(name, Reason("document.part", place=name, why=Reason("kind.png")))


def fail(number: int) -> None:
    raise OSError(number, os.strerror(number))


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


async def test_a_result_comes_back(workers: WorkerPool):
    assert await workers.run(double, 21) == 42


async def test_its_own_exceptions_pass_through_with_their_fields(workers: WorkerPool):
    with pytest.raises(UnreadableDocument) as caught:
        await workers.run(refuse, "a.txt")
    assert (caught.value.name, caught.value.reason) == (
        "a.txt",
        Reason("document.part", place="a.txt", why=Reason("kind.png")),
    )


@pytest.mark.parametrize(
    ("workers", "task", "argument", "reason"),
    [
        (1.5, hang, 0, "longer than 1.5 seconds"),
        (60.0, swell, 2048, "more than 256 MB"),
        (60.0, crash, 0, "crash"),
        (60.0, nest, 0, "too deep"),
    ],
    indirect=["workers"],
)
async def test_only_the_task_that_broke_its_budget_fails(workers: WorkerPool, task, argument, reason):
    async def outcome() -> str:
        with pytest.raises(OverBudget) as caught:
            await workers.run(task, argument)
        return str(caught.value.reason)

    failed, *others = await asyncio.gather(outcome(), *(workers.run(double, n) for n in range(5)))
    assert reason in failed
    assert others == [0, 2, 4, 6, 8]


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, OutOfRoom), (errno.EMFILE, OutOfRoom), (errno.EINVAL, OverBudget)]
)
async def test_a_machine_without_room_is_no_tasks_fault(
    workers: WorkerPool, number: int, error: type[BotError]
):
    with pytest.raises(error, match=os.strerror(number)):
        await workers.run(fail, number)


async def test_memory_within_the_budget_is_fine(workers: WorkerPool):
    assert await workers.run(swell, 64) == 64 * 1024 * 1024


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


def test_workers_leave_with_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from bot.runtime.workers import WorkerPool, WorkerSettings\n"
        "from tests.test_workers import own_pid\n"
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
