"""Tells when something may have come into the inbox.

Events are a hint and no more: they are lost on network folders and when the system's watch limit
is reached, so the folder is listed on a tick as well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, awatch

from bot.inbox.files import ignored
from bot.inbox.spool import DONE, FAILED, SpoolSettings

GATHERED = 400
"""Milliseconds in which events are gathered to one: a drop of many files is one batch."""

log = logging.getLogger(__name__)


async def watch(settings: SpoolSettings, changed: Callable[[], None], stop: asyncio.Event) -> None:
    """Call ``changed`` after each change in the folder, until ``stop`` is set.

    Returns early, with a sentence in the log, when the system cannot watch: ticks go on.
    """
    try:
        settings.path.mkdir(parents=True, exist_ok=True)
        async for _ in awatch(
            settings.path,
            watch_filter=lambda change, path: _matters(change, Path(path), settings.path),
            debounce=GATHERED,
            stop_event=stop,
            force_polling=settings.poll,
            recursive=True,
        ):
            changed()
    except (OSError, RuntimeError) as error:
        seconds = f"{settings.rescan.total_seconds():g}"
        log.warning("the inbox cannot be watched (%s); it is listed every %s seconds", error, seconds)


def _matters(change: Change, path: Path, root: Path) -> bool:
    try:
        parts = path.relative_to(root).parts
    except ValueError:
        return True  # the system knows the folder by another name
    return (
        change is not Change.deleted
        and bool(parts)
        and not (parts[0] in (DONE, FAILED) or any(ignored(part) for part in parts))
    )
