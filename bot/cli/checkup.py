"""`copydesk check`: does everything that the configuration points at work?"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from bot.config import Config
from bot.errors import BotError
from bot.search.index import open_index
from bot.store.database import open_store
from bot.store.library import SqlLibrary

Probe = Callable[[Config], Awaitable[str]]


async def checked(config: Config, path: Path) -> int:
    """Print one line a thing checked; 1 when one of them does not work."""
    click.echo(f"{path}: fine")
    failed = False
    for name, probe in (("inbox", _inbox), ("store", _store), ("search", _search), ("channels", _channels)):
        try:
            click.echo(f"{name}: {await probe(config)}")
        except BotError as error:
            failed = True
            click.echo(f"{name}: {error}", err=True)
    return 1 if failed else 0


async def _inbox(config: Config) -> str:
    folder = config.inbox.path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BotError(
            f"[inbox] path {folder}: {error.strerror or error}; name a folder that can be written"
        ) from error
    waiting = sum(1 for item in os.scandir(folder) if item.is_file(follow_symlinks=False))
    return f"{folder}, {waiting} waiting"


async def _store(config: Config) -> str:
    async with await open_store(config.store) as database:
        return f"{config.store}, at revision {await SqlLibrary(database).revision()}"


async def _search(config: Config) -> str:
    async with await open_store(config.store) as database:
        revision = await open_index(config.search).follow(SqlLibrary(database))
        return f"{config.search.path}, follows the store at revision {revision}"


async def _channels(config: Config) -> str:
    if not config.channels:
        return "none yet; add one under [[channels]]"
    return ", ".join(f"{channel.name} ({channel.to})" for channel in config.channels)
