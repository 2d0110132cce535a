"""Is a file complete? A sender may still be writing it.

A rename is complete at once: it touches the inode after the last write, so the change time is
later than the modification time, whereas writing sets both to the same instant. Whatever was
written in place counts as complete when it has not changed for a while.

A network folder's times are its server's: the change time may run ahead while a file is written
(CIFS), and the server's clock need not be ours. There only what was seen unchanged counts.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

ENDLESS = timedelta(minutes=10)
"""A file that is written to for longer than this is reported."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a file looked like: unchanged since ``since``, and unfinished since ``first``."""

    size: int
    changed_ns: int
    since: datetime
    first: datetime


class StableFiles:
    """Remembers what files looked like, and tells which have not changed for ``quiet``.

    ``remote`` folders' times are not compared with each other or with ours.
    """

    def __init__(self, quiet: timedelta, *, remote: bool = False) -> None:
        self._quiet = quiet
        self._remote = remote
        self._looks: dict[Path, _Look] = {}
        self.came: dict[Path, float] = {}
        """When each file of the last look was put there, or last changed: seconds since 1970."""

    def complete(self, paths: Iterable[Path], now: datetime) -> tuple[tuple[Path, ...], datetime | None]:
        """Those of ``paths`` that are complete, in their order, and when to look at the others again."""
        looks: dict[Path, _Look] = {}
        self.came = {}
        done: list[Path] = []
        for path in paths:
            look = self._look(path, now)
            if look is None:
                done.append(path)
            else:
                looks[path] = look
        self._looks = looks
        again = min((look.since for look in looks.values()), default=None)
        return tuple(done), again + self._quiet if again else None

    def endless(self, now: datetime) -> tuple[Path, ...]:
        """Those that were unfinished at the last look, and at each look for longer than ``ENDLESS``."""
        return tuple(path for path, look in self._looks.items() if now - look.first > ENDLESS)

    def _look(self, path: Path, now: datetime) -> _Look | None:
        """What the unfinished file looks like; ``None`` when it is complete, or not a file at all."""
        try:
            status = os.lstat(path)
        except OSError:
            return None  # it vanished: claiming it will say so
        self.came[path] = status.st_ctime_ns / 1e9
        if not stat.S_ISREG(status.st_mode) or (not self._remote and self._is_past(status, now)):
            return None
        before = self._looks.get(path)
        if before is not None and before.since > now:  # the clock was set back: the wait begins anew
            before = None
        if before is None or (before.size, before.changed_ns) != (status.st_size, status.st_mtime_ns):
            return _Look(status.st_size, status.st_mtime_ns, now, before.first if before else now)
        return before if now - before.since < self._quiet else None

    def _is_past(self, status: os.stat_result, now: datetime) -> bool:
        """Whether the file's own times tell that it was renamed, or last written long enough ago."""
        age = now.timestamp() - status.st_mtime
        return status.st_ctime_ns > status.st_mtime_ns or age >= self._quiet.total_seconds()
