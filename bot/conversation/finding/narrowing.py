"""What the answer to a search can be narrowed by: outlets, speakers and months of its articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from itertools import islice

from bot.chat import buttons
from bot.domain import query
from bot.domain.conversations import Choice, Narrowing
from bot.domain.message import Button, Buttons
from bot.domain.ports import Facets
from bot.domain.query_nodes import all_of
from bot.views.captions import clipped
from bot.wording.language import filter_word, small_word

MONTHS = 24
"""Months that are offered, from the newest."""

SHOWN = 3
"""Choices of each kind that are offered as buttons."""

LONGEST = 24
"""Characters of a name on a button."""


def narrowing(found: Facets) -> Narrowing:
    """The choices that these give; one that leaves every article is none. Pure."""
    recent = dict(islice(found.months.items(), MONTHS))
    every = found.total
    return Narrowing(
        _choices(found.outlets, every, lambda name: f'source:"{_typed(name)}"'),
        _choices(found.speakers, every, lambda name: f'said:"{_typed(name)}"'),
        _choices(recent, every, _within),
        found.looked,
        every,
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
    chosen = next((one for one in every if buttons.mark(one.filter) == mark), None)
    if chosen is None:
        return None
    parsed = query.parse(asked, lists=True)
    narrowed = query.told(all_of((parsed.query, query.parse(chosen.filter).query)))
    return (
        narrowed if parsed.order == "best" else f"{filter_word('sort')}:{small_word(parsed.order)} {narrowed}"
    )


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
