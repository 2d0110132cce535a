"""`copydesk inspect`: what the desk makes of a file, without storing anything."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from bot import reading
from bot.app import READERS, started
from bot.chat import console
from bot.cli.printed import plain
from bot.clock import WallClock
from bot.config import Config
from bot.digest.layout import reading_message
from bot.digest.record import reading_record
from bot.errors import OverBudget, UnreadableDocument
from bot.inbox.files import load, walk
from bot.inbox.names import shown
from bot.ingest import IngestSettings
from bot.model import Reading
from bot.ports import Workers


async def inspected(config: Config, paths: Sequence[Path], *, as_json: bool) -> int:
    """Print what each file says, in order; 1 when one could not be read."""
    failed = False
    async with started(READERS) as workers:
        for path in walk(paths):
            try:
                read = await _read(path, workers, config.ingest)
            except UnreadableDocument as error:
                failed = True
                _refuse(shown(str(path)), error.reason, as_json=as_json)
                continue
            if as_json:
                _line(reading_record(shown(str(path)), read))
            else:
                console.show(reading_message(shown(str(path)), read, config.zone), sys.stdout)
    return 1 if failed else 0


async def _read(path: Path, workers: Workers, settings: IngestSettings) -> Reading:
    document = await asyncio.to_thread(
        load, path, name=str(path), received=WallClock().now(), largest=settings.largest
    )
    try:
        return await workers.run(reading.read, document, settings.reading)
    except OverBudget as error:
        raise UnreadableDocument(document.name, f"reading was stopped: {error.reason}") from error


def _refuse(file: str, reason: str, *, as_json: bool) -> None:
    if as_json:
        _line({"file": file, "error": reason})
    else:
        Console(stderr=True).print(plain(f"{file}: {reason}"), soft_wrap=True)


def _line(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
