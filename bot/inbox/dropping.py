"""Files put into the inbox by the desk itself: whole at once, and never in place of another.

A file is written under a hidden name, on disk, and then given its own: whoever lists the inbox sees all of it or none.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
from itertools import count
from pathlib import Path

from bot.domain.errors import InboxError
from bot.domain.unicode import well_formed
from bot.inbox.files import IGNORED_ENDINGS
from bot.inbox.moving import moved
from bot.inbox.spool import SETTLED
from bot.runtime import private, processes

HALF = re.compile(r"\.(?P<holder>.+)~\d+\.drop\.part", re.DOTALL)
LONGEST = 120
"""Bytes of a name without its ending; receipt and number come behind it."""

_NO_NAME = re.compile(r"[^\w\s.,()+-]+")
_RUN = re.compile(r"[\s.-]*-[\s.-]*|\s+")


TICK = 1_000_000
"""Nanoseconds by which a file is older than its name, so that it shows."""


class DropBox:
    """:class:`bot.domain.sourcing.Drop` into an inbox folder, from any number of tasks at once."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._numbers = count(1)

    async def __call__(self, name: str, data: bytes) -> str:
        """Put the file there under ``name``, or the next free one; that name, below the inbox. Raises InboxError."""
        try:
            return await asyncio.to_thread(self._drop, name, data)
        except OSError as error:
            raise InboxError(f"{self._inbox}: {error.strerror or error}") from error

    def _drop(self, name: str, data: bytes) -> str:
        place = self._inbox / name
        place.parent.mkdir(parents=True, exist_ok=True)
        half = self._inbox / f".{processes.this_process()}~{next(self._numbers)}.drop.part"
        try:
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE), "wb") as file:
                file.write(data)
                file.flush()
                # Complete at once for bot.inbox.finished: a write and a rename within one tick have one time.
                written = os.fstat(file.fileno()).st_mtime_ns
                os.utime(file.fileno(), ns=(written, written - TICK))
                os.fsync(file.fileno())
            return moved(half, place).relative_to(self._inbox).as_posix()
        except BaseException:
            half.unlink(missing_ok=True)
            raise

    def clear(self) -> None:
        """Remove the halves that processes left which are gone."""
        with contextlib.suppress(OSError):
            for half in self._inbox.glob(".*.drop.part"):
                found = HALF.fullmatch(half.name)
                if found and not processes.may_be_alive(found["holder"]):
                    half.unlink(missing_ok=True)


def named(title: str, ending: str, folder: str = "") -> str:
    """A file name that says ``title``, below ``folder``: no path, not hidden, not one that the inbox passes over.

    Whatever the title is, there is a name: ``article`` where nothing of it can stand in one.
    """
    plain = _RUN.sub("-", _NO_NAME.sub("-", well_formed(title)[: 4 * LONGEST])).strip("-. ,")
    short = plain.encode()[:LONGEST].decode("utf-8", "ignore").strip("-. ,") or "article"
    if short.lower().endswith(IGNORED_ENDINGS) or short.lower() in {*SETTLED, "thumbs", "desktop"}:
        short = f"{short}-article"
    return f"{folder}/{short}{ending}" if folder else f"{short}{ending}"
