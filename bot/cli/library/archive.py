"""`copydesk archive`: the links that open the archive on the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from bot.config import Config
from bot.domain.errors import ConfigError
from bot.domain.model import Address
from bot.domain.teams import EVERYBODY, Team
from bot.platforms import parse_address
from bot.web.links import Grant, Links, place_names
from bot.wording.phrases import long_moment


def linked(config: Config, team: str, days: int | None, query: str, place: str) -> int:
    """Print the first page and a feed a channel, of ``query`` and of ``place``, and until when they are good.

    Raises ConfigError.
    """
    told, now = config.archive, datetime.now(UTC)
    if not told.address:
        raise ConfigError(["archive.address: without one there is no archive on the web"])
    whose, names = _team(config, team), place_names(_place(place)) if place else ()
    links = Links(replace(told, lasts=timedelta(days=days)) if days else told)
    grant = links.granted(whose.name, now)
    for name, address in _links(config, links, grant, whose, query):
        click.echo(f"{name}: {address}")
    if names:
        click.echo(f"feed of {place}: {links.address(grant, *names)}")
    if grant.until is not None:
        until = datetime.fromtimestamp(grant.until, ZoneInfo(config.zone))
        click.echo(f"good until {long_moment(until)}, for whoever has them", err=True)
    return 0


def _links(config: Config, links: Links, grant: Grant, team: Team, query: str) -> Iterator[tuple[str, str]]:
    yield "archive", links.address(grant)
    for channel in config.channels:
        if config.teams.of(channel.to, channel.by) == team:
            yield f"feed of {channel.name}", links.address(grant, "feeds", "channels", channel.id)
    if query:
        yield f"feed of {query}", links.address(grant, "feeds", "search", q=query)


def _place(text: str) -> Address:
    try:
        return parse_address(text)
    except ValueError as error:
        raise ConfigError([f"--place: {error}"]) from error


def _team(config: Config, name: str) -> Team:
    there = {team.name: team for team in config.teams.teams}
    if name in there:
        return there[name]
    if name or there:
        known = ", ".join(there) or "there are none"
        raise ConfigError([f"team {name or 'NAME'}: say which one by --team: {known}"])
    return EVERYBODY
