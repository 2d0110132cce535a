"""Files put into the inbox by the desk itself: whole at once, and never in place of another.

A file is written under a hidden name, on disk, and then given its own: whoever lists the inbox sees all of it or none.
The folder stays the only way in: what is dropped here is claimed, read and settled like any other file.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import secrets
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

from bot.domain.errors import InboxError
from bot.inbox.moving import moved, put
from bot.inbox.naming import unique
from bot.runtime import private, processes

HALF = re.compile(r"\.(?P<holder>.+)~\d+\.drop\.part", re.DOTALL)

TICK = 1_000_000
"""Nanoseconds by which a file is older than its name, so that it shows."""


class DropBox:
    """:class:`bot.domain.sourcing.Drop` and :class:`bot.domain.conversations.Inbox`, from any number of tasks at once."""

    def __init__(self, inbox: Path, largest: int = 0) -> None:
        """``largest``: bytes that a file which somebody gives may have."""
        self._inbox = inbox
        self.largest = largest
        self._numbers = count(1)

    async def __call__(self, name: str, data: bytes) -> str:
        """Put the file there under ``name``, or the next free one; that name, below the inbox. Raises InboxError."""
        try:
            return await asyncio.to_thread(self._drop, name, data)
        except OSError as error:
            raise InboxError(f"{self._inbox}: {error.strerror or error}") from error

    async def drop(self, called: str, data: bytes, note: Callable[[str], Awaitable[None]]) -> None:
        """Put the file there under a name that none had, told to ``note`` before it can be seen. Raises OSError.

        Whatever is raised, nothing is left behind.
        """
        name, half = unique(called, secrets.token_hex(4)), self._half()
        try:
            await asyncio.to_thread(_write, half, data)
            await note(name)
            if not await asyncio.to_thread(put, half, self._inbox / name):
                raise FileExistsError(name)
        finally:
            await asyncio.to_thread(half.unlink, missing_ok=True)

    def _drop(self, name: str, data: bytes) -> str:
        place, half = self._inbox / name, self._half()
        try:
            _write(half, data)
            place.parent.mkdir(parents=True, exist_ok=True)
            there = moved(half, place)
            for folder in dict.fromkeys((there.parent, self._inbox)):
                _keep_names(folder)
            return there.relative_to(self._inbox).as_posix()
        finally:
            half.unlink(missing_ok=True)

    def _half(self) -> Path:
        return self._inbox / f".{processes.this_process()}~{next(self._numbers)}.drop.part"

    def clear(self) -> None:
        """Remove the halves that processes left which are gone."""
        with contextlib.suppress(OSError):
            for half in self._inbox.glob(".*.drop.part"):
                found = HALF.fullmatch(half.name)
                if found and not processes.may_be_alive(found["holder"]):
                    half.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Have the disk keep what lies in the folder: whoever drops a file notes it as taken, and a letter is put away."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some network folders cannot
            raise
    finally:
        os.close(handle)


def _write(half: Path, data: bytes) -> None:
    half.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE), "wb") as file:
        file.write(data)
        file.flush()
        # Complete at once for bot.inbox.finished: a write and a rename within one tick have one time.
        written = os.fstat(file.fileno()).st_mtime_ns
        os.utime(file.fileno(), ns=(written, written - TICK))
        os.fsync(file.fileno())
