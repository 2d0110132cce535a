"""`copydesk sources`: which there are, how each does, and lists of feeds in and out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.app import App, opened
from bot.cli.printed import plain
from bot.config import Config
from bot.domain.sourcing import Source, SourceState
from bot.sources import opml
from bot.sources.addresses import host_of
from bot.wording.phrases import plural
from bot.wording.sources import NO_SOURCES


async def listed(config: Config) -> int:
    """Print a line a source, and its error below it; 1 when one does not do well."""
    async with opened(config) as app:
        sources, states = await app.sources.all(), await app.source_store.states()
    if not sources:
        click.echo(NO_SOURCES)
    width = max((len(one.name) for one in sources), default=0)
    for one in sources:
        for line in _lines(one, states, width, ZoneInfo(config.zone)):
            click.echo(plain(line))
    return 1 if any((state := states.get(one.url)) and state.reason for one in sources) else 0


def _lines(one: Source, states: Mapping[str, SourceState], width: int, zone: ZoneInfo) -> list[str]:
    state = states.get(one.url)
    origin = "imported" if one.imported else "configured"
    if state is None:
        return [f"{one.name:{width}}  {host_of(one.url)}  {origin}, not asked yet"]
    last = f"last success {_moment(state.succeeded, zone)}" if state.succeeded else "no success yet"
    lines = [
        f"{one.name:{width}}  {host_of(one.url)}  {origin}, {last}, next try {_moment(state.next_try, zone)}"
    ]
    if state.reason:
        times = f" ({plural(state.failures, 'time')} in a row)" if state.failures else ""
        lines.append(f"{'':{width}}  {state.reason}{times}")
    return lines


async def fetched(config: Config) -> int:
    """Ask every source now, whatever its next try; 1 when one does not do well."""
    async with opened(config) as app:
        asked = await app.sources.once(everything=True)
        click.echo(f"asked: {plural(asked, 'source')}", err=True)
    return await listed(config)


async def imported(config: Config, file: Path) -> int:
    """Keep the feeds of an OPML file; 1 when it is none, or one of its addresses cannot be fetched."""
    with file.open("rb") as opened_file:
        data = opened_file.read(opml.LARGEST + 1)
    async with opened(config) as app:
        known = await _known(app)
        try:
            found = opml.read(data, known)
        except opml.NoOpml as error:
            click.echo(f"{file}: it is no OPML: {plain(str(error))}", err=True)
            return 1
        added = await app.source_store.add(found.sources)
    for url in found.refused:
        click.echo(f"{plain(url)}: this is no address that can be fetched", err=True)
    click.echo(f"imported: {plural(len(added), 'source')}; a desk that runs asks them within a minute")
    return 1 if found.refused else 0


async def exported(config: Config) -> int:
    """Print all sources as OPML."""
    async with opened(config) as app:
        sources = await app.sources.all()
    click.echo(opml.written(sources, "Copydesk"), nl=False)
    return 0


async def removed(config: Config, name: str) -> int:
    """Forget an imported source; 1 when there is none of this name."""
    async with opened(config) as app:
        if await app.source_store.remove(name):
            return 0
        configured = any(one.name == name for one in config.sources)
    where = "it is under [[sources]] of the configuration" if configured else "there is no such source"
    click.echo(f"{plain(name)}: {where}", err=True)
    return 1


async def _known(app: App) -> tuple[Source, ...]:
    return (*app.config.sources, *await app.source_store.imported())


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
