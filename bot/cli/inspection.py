"""`copydesk inspect`: what the desk makes of a file, without storing anything."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot.chat.console import messenger
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.errors import OverBudget, UnreadableDocument
from bot.domain.model import Document, LeftOut, Reading
from bot.domain.ports import Workers
from bot.domain.reasons import Reason, record
from bot.inbox.files import load, walk
from bot.inbox.names import shown
from bot.ingest import reading
from bot.ingest.opening import IngestSettings
from bot.runtime.clock import WallClock
from bot.runtime.workers import started
from bot.views.captions import clipped
from bot.views.json_record import reading_record
from bot.views.layout import reading_message
from bot.wording import phrases

_LONGEST_LEFT = 160  # Characters of a text that was left out; JSON gives all of it.


async def inspected(config: Config, paths: Sequence[Path], *, as_json: bool, explain: bool) -> int:
    """Print what each file says, in order; 1 when one could not be read.

    ``explain``: say also what was left out of each; JSON always says it.
    """
    failed = False
    one = replace(reading.READERS, processes=1)  # files are read one after the other
    async with started(one) as workers:
        for path in walk(paths):
            async for part, read in _readings(path, workers, config.ingest):
                name = shown(part.name)
                if isinstance(read, UnreadableDocument):
                    failed = True
                    _refuse(name, read.reason, as_json=as_json)
                    continue
                left = await _left_out(part, read, workers) if as_json or explain else ()
                if as_json:
                    _line(reading_record(name, read, left))
                    continue
                messenger.show(reading_message(name, read, config.zone), sys.stdout)
                if explain:
                    _explain(left)
    return 1 if failed else 0


async def _left_out(part: Document, read: Reading, workers: Workers) -> tuple[LeftOut, ...] | None:
    """What the reading leaves out; ``None`` where telling it took too long."""
    try:
        return await workers.run(reading.left_out, part, read.article)
    except (UnreadableDocument, OverBudget):
        return None


def _explain(left: Sequence[LeftOut] | None) -> None:
    out = Console()
    if left is None:
        out.print("What was left out could not be told in time")
        return
    out.print(phrases.left_out(len(left), sum(len(one.text.split()) for one in left)))
    for one in left:
        out.print(plain(f"  {one.reason}: {clipped(one.text, _LONGEST_LEFT)}"), soft_wrap=True)


async def _readings(
    path: Path, workers: Workers, settings: IngestSettings
) -> AsyncIterator[tuple[Document, Reading | UnreadableDocument]]:
    """Each article of the file with its document (``feed.xml#3`` for one of several), or why it cannot be read."""
    try:
        document = await asyncio.to_thread(
            load, path, name=str(path), received=WallClock().now(), largest=settings.largest
        )
    except UnreadableDocument as error:
        yield Document(error.name, b"", WallClock().now()), error
        return
    waiting = deque([document])
    while waiting:
        part = waiting.popleft()
        try:
            opened = await workers.run(reading.read_or_unpack, part, settings.reading)
        except UnreadableDocument as error:
            yield part, error
        except OverBudget as error:
            yield part, UnreadableDocument(part.name, Reason("work.stopped", why=error.reason))
        else:
            if isinstance(opened, Reading):
                yield part, opened
                continue
            waiting.extend(opened.documents)
            for refused in opened.refused:
                yield Document(refused.name, b"", part.received), refused


def _refuse(file: str, reason: Reason, *, as_json: bool) -> None:
    if as_json:
        _line({"file": file, "error": str(reason), **record(reason)})
    else:
        Console(stderr=True).print(plain(f"{file}: {reason}"), soft_wrap=True)


def _line(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
