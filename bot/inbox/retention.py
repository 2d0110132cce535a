"""Files in `done/` and receipts that are more than the operator wants to keep are deleted, the oldest first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.limits import Limits
from bot.inbox.receipts import ENDING
from bot.inbox.spool import DONE, FAILED


@dataclass(frozen=True, slots=True)
class Shelves:
    """How much is kept: of the files in `done/`, and of receipts, also of those in `failed/`."""

    files: Limits = field(default_factory=Limits)
    receipts: Limits = field(default_factory=Limits)


def keep_within(inbox: Path, shelves: Shelves, now: datetime) -> tuple[int, int]:
    """Delete what is beyond the limits; how many files and how many receipts.

    A receipt goes by its own limits: the answer to whoever dropped a file may outlive it. Files that failed are
    somebody's to look at, and stay. Raises OSError, when all else is done, for the first that cannot be deleted.
    """
    kept: list[OSError] = []
    files = _deleted(_files(inbox / DONE, receipts=False), shelves.files, now, kept)
    told = (*_files(inbox / DONE, receipts=True), *_files(inbox / FAILED, receipts=True))
    receipts = _deleted(told, shelves.receipts, now, kept)
    if kept:
        raise kept[0]
    return files, receipts


def _deleted(
    found: Iterator[_Seen] | tuple[_Seen, ...], limits: Limits, now: datetime, kept: list[OSError]
) -> int:
    """How many went; why one stays is added to ``kept``."""
    if not limits.any:
        return 0
    newest_first = sorted(found, key=lambda one: (one[1], one[0].name), reverse=True)
    count = 0
    for path in limits.surplus(newest_first, now):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            kept.append(error)
            continue
        count += 1
        with suppress(OSError):
            path.parent.rmdir()  # the day, once it is empty
    return count


_Seen = tuple[Path, datetime, int]


def _files(shelf: Path, *, receipts: bool) -> Iterator[_Seen]:
    """What lies in the folders of days; a day begins when it does in UTC."""
    for folder in shelf.iterdir() if shelf.is_dir() else ():
        day = _day(folder.name)
        if day is None or not folder.is_dir():
            continue
        for item in os.scandir(folder):
            is_receipt = item.name.endswith(ENDING)
            if (
                item.is_file(follow_symlinks=False)
                and is_receipt == receipts
                and not item.name.startswith(".")
            ):
                yield Path(item.path), day, item.stat(follow_symlinks=False).st_size


def _day(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
