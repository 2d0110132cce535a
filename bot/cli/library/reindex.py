"""`copydesk reindex`: a bar on a terminal, then what the index has."""

from __future__ import annotations

import click
from rich.console import Console
from rich.progress import Progress

from bot.config import Config
from bot.search.index import rebuild
from bot.store.library import SqlLibrary
from bot.store.sql.database import open_store


async def reindexed(config: Config) -> int:
    """Rebuild the index, with a bar on a terminal; the old one answers until the new one is whole."""
    terminal = Console(stderr=True)
    async with await open_store(config.store) as database:
        with Progress(console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
            task = bar.add_task("indexing", total=None)
            revision = await rebuild(
                config.search,
                SqlLibrary(database),
                lambda reached, newest: bar.update(task, completed=reached, total=newest),
            )
    click.echo(f"{config.search.path} is new, at revision {revision}")
    return 0
