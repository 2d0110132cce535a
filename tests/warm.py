"""Programs that start from imports already made: each a fork of one process that has loaded `bot`.

A desk that is killed thirty times in a test loads its libraries once instead of thirty times. Everything else is
as with ``python -m``: a process of its own with its own environment, signals and streams. What is about the
start itself is tested with the real command.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import resource
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import forkserver, reduction, resource_tracker
from typing import Any, Self

from bot.runtime import failpoints, workers

_context = multiprocessing.get_context
_settle_in = workers.settle_in
FORKS = _context("forkserver")
LOADED = [
    "aiosqlite", "bot.app", "bot.chat.console.messenger", "bot.chat.slack.messenger", "bot.chat.slack.socket_mode",
    "bot.chat.telegram.messenger", "bot.cli.commands", "bot.cli.daemon", "bot.cli.ingest", "bot.cli.run", "bot.cli.worker", "bot.queue.handing", "bot.queue.working",
    "bot.digest.compose", "bot.stories.revision", "bot.summary.multi_document",
    "tests.fault_daemon", "tests.fault_desk", "tests.store.processes", "tests.warm", "tests.warmed",
]  # fmt: skip
FORKS.set_forkserver_preload(LOADED)


def lend() -> str:
    """Start the process that forks: the address at which other processes reach it. It ends with this one.

    Empty where it answers none but who has its key, as from Python 3.14 on: each starts its own there.
    """
    if hasattr(forkserver._forkserver, "_forkserver_authkey"):
        return ""
    forkserver.ensure_running()
    return str(forkserver._forkserver._forkserver_address)


def borrow(address: str) -> None:
    """Start no process that forks, but ask the one at ``address``: to load all that a desk loads takes three seconds."""
    server: Any = forkserver._forkserver
    server._forkserver_address, server._forkserver_alive_fd = address, os.open(os.devnull, os.O_WRONLY)
    server.ensure_running = resource_tracker.ensure_running


class Passed:
    """A descriptor that is handed to the new process."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[Any, ...]:
        return _detached, (reduction.DupFd(self.descriptor),)


def _forking(_: str | None = None) -> Any:
    """A desk's workers are forks of it: they have all their imports, too."""
    return _context("fork")


def context(method: str | None = None) -> Any:
    """As :func:`multiprocessing.get_context`, but what would start cold is a fork of the process that has read."""
    return FORKS if method == "spawn" else _context(method)


def settle_in(megabytes: int, preload: tuple[str, ...], _: int) -> None:
    """As a worker's own, whose parent is the process that forks: it ends with the test's."""
    _settle_in(megabytes, preload, os.getppid())


def fork_workers() -> None:
    """Workers that this process starts from now on have their imports: to start one cold takes a second."""
    multiprocessing.get_context = context  # type: ignore[assignment]
    workers.settle_in = settle_in


def _detached(passed: Any) -> int:
    return int(passed.detach())


def _live(
    module: str,
    words: Sequence[str],
    environ: Mapping[str, str],
    streams: Sequence[int],
    limits: Mapping[int, int],
) -> None:
    """In the new process: ``python -m module words``."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environ)
    for to, descriptor in zip((1, 2, 0), streams, strict=False):
        os.dup2(descriptor, to)
        os.close(descriptor)
    if len(streams) > 2:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)  # multiprocessing gave it an empty one
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))
    multiprocessing.get_context = _forking  # type: ignore[assignment]
    sys.argv = [module, *words]
    failpoints._ordered = failpoints._order(os.environ.get(failpoints.VARIABLE, ""))
    if module.startswith("tests."):
        sys.modules.pop(module, None)  # it was loaded for what it imports, and runs anew as the program
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _started(
    module: str,
    words: Sequence[str],
    environ: Mapping[str, str],
    streams: Sequence[int],
    limits: Mapping[int, int],
) -> Any:
    process = FORKS.Process(
        target=_live,
        args=(module, tuple(words), dict(environ), [Passed(one) for one in streams], dict(limits)),
    )
    process.start()
    return process


def run(
    module: str,
    *words: str,
    environ: Mapping[str, str],
    limits: Mapping[int, int] | None = None,
    seconds: float = 120,
) -> subprocess.CompletedProcess[str]:
    """The program's whole life, as from :func:`subprocess.run`; ``limits`` are of :mod:`resource`."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        process = _started(module, words, environ, [out.fileno(), errors.fileno()], limits or {})
        process.join(seconds)
        code = process.exitcode
        if code is None:
            process.kill()
            process.join()
        process.close()
        out.seek(0)
        errors.seek(0)
        told = subprocess.CompletedProcess([module, *words], code or 0, out.read(), errors.read())
        if code is None:
            raise subprocess.TimeoutExpired(told.args, seconds, told.stdout, told.stderr)
        return told


class Program:
    """A program that runs, as much of :class:`asyncio.subprocess.Process` as tests need."""

    def __init__(
        self, process: Any, stdin: int, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader
    ) -> None:
        self._process, self._stdin = process, stdin
        self.pid: int = process.pid
        self.stdout, self.stderr = stdout, stderr
        self._ended = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(process.sentinel, self._end)
        self.returncode: int | None = None

    @classmethod
    async def start(cls, module: str, *words: str, environ: Mapping[str, str]) -> Self:
        """A program whose standard output and error are read here."""
        (stdout, out), (stderr, errors), (source, stdin) = os.pipe(), os.pipe(), os.pipe()
        try:
            process = _started(module, words, environ, (out, errors, source), {})
        finally:
            for descriptor in (out, errors, source):
                os.close(descriptor)
        return cls(process, stdin, await _reader(stdout), await _reader(stderr))

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._process.close()
        self._hush()
        self._ended.set_result(self.returncode)

    def _hush(self) -> None:
        if self._stdin >= 0:
            os.close(self._stdin)
        self._stdin = -1

    def send_signal(self, sent: int) -> None:
        """As a terminal or a service manager sends it; nothing to one that has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, sent)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Its exit status, once it has ended."""
        return int(await asyncio.shield(self._ended))

    async def communicate(self, said: bytes = b"") -> tuple[bytes, bytes]:
        """Say a few bytes and no more; the rest of what it writes, once it has ended."""
        if said:
            os.write(self._stdin, said)
        self._hush()
        out, errors, _ = await asyncio.gather(self.stdout.read(), self.stderr.read(), self.wait())
        return out, errors


async def _reader(descriptor: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", 0)
    )
    return reader
