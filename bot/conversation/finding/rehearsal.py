"""What a subscription would have brought: its query is asked about the last thirty days, by arrival."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise

from bot.domain import query
from bot.domain.conversations import ENOUGH, Rehearsal
from bot.domain.model import Window
from bot.domain.ports import Desk
from bot.domain.query_nodes import Or, Topic

DAYS = 30
MOST_PARTS = 8
"""Alternatives that are counted one by one."""

DAY = timedelta(days=1)


async def rehearsed(desk: Desk, wanted: query.Query, topics: Mapping[str, str]) -> Rehearsal:
    """How much ``wanted`` would have brought. Raises StoreError and SearchError.

    With less than ``ENOUGH`` days of history only these are counted.
    """
    now, library = desk.clock.now(), desk.library
    edges = [await library.revision_at(now - back * DAY) for back in range(DAYS, -1, -1)]
    days = sum(1 for edge in edges[:-1] if edge)
    if days < ENOUGH:
        return Rehearsal(days)

    async def count(one: query.Query, window: Window) -> int:
        if window.after == window.upto:
            return 0
        return len(await desk.index.matching(query.expand(one, topics), window, now=now))

    last = max(edges)
    daily = [await count(wanted, Window(after, max(after, upto))) for after, upto in pairwise(edges)]
    whole = Window(min(edges[0], last), last)
    shares = [(query.printed(part), await count(part, whole)) for part in alternatives(wanted, topics)]
    told = tuple(sorted(shares, key=lambda one: -one[1]))
    return Rehearsal(days, sum(daily), max(daily), told)


def alternatives(wanted: query.Query, topics: Mapping[str, str]) -> tuple[query.Query, ...]:
    """Of what the query takes one or the other, those of a lone topic too; none where there is but one, or too many."""
    whole = query.expand(wanted, topics) if isinstance(wanted, Topic) else wanted
    parts = whole.queries if isinstance(whole, Or) else ()
    return parts if len(parts) <= MOST_PARTS else ()
