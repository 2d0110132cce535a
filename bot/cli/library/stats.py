"""`copydesk stats`: what came and was told by the day, as a table and a plot in the terminal, or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich import box
from rich.console import Console
from rich.table import Table

from bot.app import App, opened
from bot.cli.printed import plain
from bot.config import Config
from bot.domain import query
from bot.domain.model import Window
from bot.store.sql.database import open_store
from bot.store.statistics import Day, Statistics
from bot.views.captions import LONG_NAME, clipped

MOST = 10
"""Sources and speakers that are listed; JSON has all of a day."""

WIDTH = 28
"""Columns of the plot."""

NARROW = 40
"""Columns below which there is room for counts alone."""

EIGHTHS = " ▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True)
class Counted:
    """Each day from the first to today, the empty ones too, and of each topic how many of a day's articles it matches."""

    days: Mapping[date, Day]
    topics: Mapping[str, Mapping[date, int]]


async def counted(config: Config, days: int) -> Counted:
    """What came and was told in the last ``days``, today among them."""
    async with await open_store(config.store) as database, opened(config) as app:
        return await _count(app, Statistics(database, config.zone), days)


def shown(found: Counted, *, as_json: bool) -> None:
    """Print it."""
    if as_json:
        click.echo(json.dumps(_record(found), ensure_ascii=False))
    else:
        _show(found, Console())


async def _count(app: App, statistics: Statistics, days: int) -> Counted:
    zone = ZoneInfo(app.config.zone)
    now = app.desk.clock.now()
    today = now.astimezone(zone).date()
    first = today - timedelta(days=days - 1)
    since = datetime.combine(first, time(), zone)
    came = await statistics.days(since)
    every = {day: came.get(day, Day()) for day in (first + timedelta(days=n) for n in range(days))}
    await app.desk.index.follow(app.desk.library)
    window = Window(0, await app.desk.library.revision())
    topics: dict[str, Mapping[date, int]] = {}
    for name, text in app.config.topics.items():
        wanted = query.expand(query.parse(text).query, app.config.topics)
        matching = frozenset(await app.desk.index.matching(wanted, window, now=now))
        topics[name] = {day: len(one.ids & matching) for day, one in every.items()}
    return Counted(every, topics)


def _record(found: Counted) -> dict[str, Any]:
    return {
        "days": [
            {
                "day": day.isoformat(),
                "articles": one.articles,
                "stories": len(one.stories),
                "digests": one.digests,
                "sources": dict(one.sources.most_common()),
                "speakers": dict(one.speakers.most_common()),
                "topics": {name: counts[day] for name, counts in found.topics.items()},
            }
            for day, one in found.days.items()
        ]
    }


def _show(found: Counted, terminal: Console) -> None:
    narrow = terminal.width < NARROW
    table = Table(
        box=None if narrow else box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0 if narrow else 1)
    )
    table.add_column("day")
    for name in ("articles", "stories", "digests"):
        table.add_column(name, justify="right")
    if not narrow:
        table.add_column("")
    most = max((one.articles for one in found.days.values()), default=0)
    for day, one in found.days.items():
        counts = (one.articles, len(one.stories), one.digests)
        plot = () if narrow else (bar(one.articles, most, WIDTH, blocks=_has_blocks(terminal)),)
        table.add_row(
            f"{day:%m-%d}" if narrow else f"{day:%a} {day}", *(f"{count:,}" for count in counts), *plot
        )
    terminal.print(table)
    totals = Counter[str](), Counter[str]()
    for one in found.days.values():
        totals[0].update(one.sources)
        totals[1].update(one.speakers)
    topics = Counter({name: sum(counts.values()) for name, counts in found.topics.items()})
    for title, total in (("sources", totals[0]), ("speakers", totals[1]), ("topics", topics)):
        _top(terminal, title, total.most_common(MOST))


def _top(terminal: Console, title: str, rows: Sequence[tuple[str, int]]) -> None:
    if not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(title)
    table.add_column("articles", justify="right")
    table.add_column("")
    most = max(count for _, count in rows)
    for name, count in rows:
        plot = bar(count, most, WIDTH // 2, blocks=_has_blocks(terminal))
        table.add_row(plain(clipped(name, LONG_NAME)), f"{count:,}", plot)
    terminal.print(table)


def bar(count: int, most: int, width: int, *, blocks: bool = True) -> str:
    """A bar of at most ``width`` columns, as long for its count as the longest is for ``most``; whatever counts is seen."""
    if not count:
        return ""
    eighths = max(1, round(8 * width * count / most))
    if not blocks:
        return "#" * max(1, round(eighths / 8))
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def _has_blocks(terminal: Console) -> bool:
    """Whether the terminal's characters have bars."""
    return terminal.encoding.lower().startswith("utf")
