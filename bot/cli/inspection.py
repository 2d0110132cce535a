"""`copydesk inspect`: what the desk makes of a file, without storing anything."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.app import READERS, started
from bot.chat.console import messenger
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import OverBudget, UnreadableDocument
from bot.domain.model import Reading
from bot.domain.ports import Workers
from bot.inbox.files import load, walk
from bot.inbox.names import shown
from bot.ingest import reading
from bot.ingest.opening import IngestSettings
from bot.runtime.clock import WallClock
from bot.views.json_record import reading_record
from bot.views.layout import reading_message


async def inspected(config: Config, paths: Sequence[Path], *, as_json: bool) -> int:
    """Print what each file says, in order; 1 when one could not be read."""
    failed = False
    async with started(READERS) as workers:
        for path in walk(paths):
            async for name, read in _readings(path, workers, config.ingest):
                if isinstance(read, UnreadableDocument):
                    failed = True
                    _refuse(name, read.reason, as_json=as_json)
                elif as_json:
                    _line(reading_record(name, read))
                else:
                    messenger.show(reading_message(name, read, config.zone), sys.stdout)
    return 1 if failed else 0


async def _readings(
    path: Path, workers: Workers, settings: IngestSettings
) -> AsyncIterator[tuple[str, Reading | UnreadableDocument]]:
    """Each article of the file with its name (``feed.xml#3`` for one of several), or why it cannot be read."""
    try:
        document = await asyncio.to_thread(
            load, path, name=str(path), received=WallClock().now(), largest=settings.largest
        )
    except UnreadableDocument as error:
        yield shown(error.name), error
        return
    waiting = deque([document])
    while waiting:
        part = waiting.popleft()
        name = shown(part.name)
        try:
            opened = await workers.run(reading.read_or_unpack, part, settings.reading)
        except UnreadableDocument as error:
            yield name, error
        except OverBudget as error:
            yield name, UnreadableDocument(name, f"reading was stopped: {error.reason}")
        else:
            if isinstance(opened, Reading):
                yield name, opened
                continue
            waiting.extend(opened.documents)
            for refused in opened.refused:
                yield shown(refused.name), refused


def _refuse(file: str, reason: str, *, as_json: bool) -> None:
    if as_json:
        _line({"file": file, "error": reason})
    else:
        Console(stderr=True).print(plain(f"{file}: {reason}"), soft_wrap=True)


def _line(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
