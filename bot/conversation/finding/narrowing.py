"""What the answer to a search can be narrowed by: outlets, speakers and months of its best articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.chat import commands
from bot.domain import query
from bot.domain.conversations import Choice, Narrowing
from bot.domain.message import Button, Buttons
from bot.domain.model import Entry
from bot.domain.query_nodes import Phrase, Query, all_of
from bot.search.spoken import answering
from bot.views.captions import clipped
from bot.wording.language import filter_word, small_word

LOOKED = 200
"""Articles that are counted at most, so that a common word costs no more than a rare one."""

MONTHS = 24
"""Months that are counted, from the newest."""

SHOWN = 3
"""Choices of each kind that are offered as buttons."""

LONGEST = 24
"""Characters of a name on a button."""


def narrowing(entries: Sequence[Entry], total: int, wanted: Query) -> Narrowing:
    """The choices that ``entries`` give, the best of ``total``; one that leaves all of them is none. Pure."""
    sources = Counter(one.article.source for one in entries if one.article.source)
    speakers = Counter(name for one in entries for name in _speakers(one, wanted))
    months = Counter((one.article.published or one.added).strftime("%Y-%m") for one in entries)
    recent = dict(sorted(months.items(), reverse=True)[:MONTHS])
    every = len(entries)
    return Narrowing(
        _choices(dict(sources.most_common()), every, lambda name: f'source:"{_typed(name)}"'),
        _choices(dict(speakers.most_common()), every, lambda name: f'said:"{_typed(name)}"'),
        _choices(recent, every, _within),
        every,
        total,
    )


def offered(found: Narrowing, value: Callable[[Choice], str]) -> tuple[Buttons, ...]:
    """A row of buttons for each kind of choice."""
    rows = (found.sources[:SHOWN], found.speakers[:SHOWN], found.months[:SHOWN])
    return tuple(
        Buttons(
            tuple(Button(f"{clipped(one.name, LONGEST)} · {one.count}", "narrow", value(one)) for one in row)
        )
        for row in rows
        if row
    )


def narrowed_to(found: Narrowing, mark: str, asked: str) -> str | None:
    """The query that was asked with the choice of that mark added, in its order; ``None`` where there is no such choice."""
    every = (*found.sources, *found.speakers, *found.months)
    chosen = next((one for one in every if commands.mark(one.filter) == mark), None)
    if chosen is None:
        return None
    parsed = query.parse(asked, lists=True)
    narrowed = query.told(all_of((parsed.query, query.parse(chosen.filter).query)))
    return (
        narrowed if parsed.order == "best" else f"{filter_word('sort')}:{small_word(parsed.order)} {narrowed}"
    )


def _speakers(entry: Entry, wanted: Query) -> Iterable[str]:
    """Who says there what was asked for, as ``said:`` finds it."""
    names = dict.fromkeys(quote.speaker_name for quote in entry.quotes if quote.speaker_name)
    return [name for name in names if any(answering(entry, Phrase(name), wanted))]


def _choices(counts: Mapping[str, int], every: int, filtered: Callable[[str], str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(filtered(name), name, count)
        for name, count in counts.items()
        if count < every and any(map(str.isalnum, name))
    )


def _typed(name: str) -> str:
    return " ".join(name.replace('"', " ").split())


def _within(month: str) -> str:
    first = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 - a day of UTC, as the filter has it
    following = (first + timedelta(days=31)).replace(day=1)
    return f"after:{first} before:{following}"
