"""What came and went out, counted by the day."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.store.sql.database import Database
from bot.store.sql.delivery_schema import digests
from bot.store.sql.library_schema import entries
from bot.store.sql.rows import micros, moment


@dataclass(slots=True)
class Day:
    """What came on a day: articles, the stories that they tell, digests that said something, who printed and who spoke.

    ``ids`` are those of the articles.
    """

    articles: int = 0
    stories: set[int] = field(default_factory=set)
    digests: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)
    ids: set[int] = field(default_factory=set)


class Statistics:
    """Counts. Raises StoreError."""

    def __init__(self, database: Database, zone: str) -> None:
        """``zone`` is the one whose days are counted."""
        self._database = database
        self._zone = ZoneInfo(zone)

    async def days(self, since: datetime) -> Mapping[date, Day]:
        """Each day since then, by arrival, on which anything came or was told, in their order."""
        found: dict[date, Day] = defaultdict(Day)
        names = ("id", "added", "story", "source", "quotes", "text")
        came = select(*(entries.c[name] for name in names)).where(entries.c.added >= micros(since))
        told = select(digests.c.until).where(digests.c.until >= micros(since), digests.c.parts > 0)
        async with self._database.reading() as connection:
            async for row in await connection.stream(came):
                day = found[self._day(row.added)]
                day.articles += 1
                day.ids.add(row.id)
                day.stories.add(row.story)
                day.sources.update([row.source] if row.source else [])
                day.speakers.update(set(_speakers(json.loads(row.quotes), row.text)))
            async for row in await connection.stream(told):
                found[self._day(row.until)].digests += 1
        return dict(sorted(found.items()))

    def _day(self, at: int) -> date:
        return moment(at).astimezone(self._zone).date()


def _speakers(quotes: list[dict[str, Any]], text: str) -> Iterator[str]:
    """Who is quoted: by the full name, else as the article names them."""
    for quote in quotes:
        if quote["speaker_name"]:
            yield quote["speaker_name"]
        elif quote["speaker"]:
            start, end = quote["speaker"]
            yield text[start:end]
