"""`copydesk digest replay`: a posted digest, made once more."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from bot.app import opened
from bot.cli.printed import plain
from bot.config import Config
from bot.delivery.replay import replay
from bot.wording import phrases

NEWEST = 20
"""Digests that are listed."""


async def replayed(config: Config, number: int) -> int:
    """Print the parts of the digest, one after another; 1 when they cannot be made or are not those of then."""
    async with opened(config) as app:
        made = await replay(number, app.lines, app.desk.library, app.platforms.messengers)
    for body in made.bodies:
        click.echo(body, nl=not body.endswith("\n"))
    for problem in made.problems:
        click.echo(plain(problem), err=True)
    return 1 if made.problems else 0


async def listed(config: Config) -> int:
    """Print the newest digests: id, moment, name, place, parts."""
    async with opened(config) as app:
        for number, name, place, until, parts in await app.lines.newest(NEWEST):
            when = until.astimezone(ZoneInfo(config.zone))
            click.echo(
                plain(f"{number}  {when:%Y-%m-%d %H:%M}  {name}  {place}  {phrases.plural(parts, 'part')}")
            )
    return 0
