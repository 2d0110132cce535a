"""How many of a search's articles each outlet, speaker and month has, counted by the index.

Outlets and months are counted over every match, from columns. Whom to count as speakers is told by the quotes of
the newest matches; how many articles one of them has, by the search that narrowing to them would make.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import tantivy
from tantivy import Occur, Order

from bot.domain.ports import Facets
from bot.domain.query_nodes import And, Phrase, Query, Said
from bot.search.compile import Compiler
from bot.search.fields import EPOCH, SCHEMA, micros

NEWEST = 10_000
"""Articles whose quotes are looked through for their speakers."""

OUTLETS = 50
SPEAKERS = 20
"""How many of each are counted, the most frequent."""

_MONTHS = 1200
"""A century of them before the newest; what claims to be older is left out."""

_LATEST = micros(datetime.max.replace(tzinfo=UTC))  # a column's greatest value comes as a float


def facets(searcher: tantivy.Searcher, compiler: Compiler, query: Query) -> Facets:
    """Of every match; an outlet also counts for what names it as the agency."""
    matching = compiler.articles(query)
    told = searcher.aggregate(
        matching,
        {
            "outlets": {"terms": {"field": "outlet_name", "size": OUTLETS}},
            "published": {"stats": {"field": "published"}},
        },
    )
    total = int(told["published"]["count"])
    if not total:
        return Facets(0)
    oldest, newest = (_moment(told["published"][end]) for end in ("min", "max"))
    return Facets(
        total,
        _by_count((one["key"], one["doc_count"]) for one in told["outlets"]["buckets"]),
        _by_count(_speakers(searcher, compiler, query)),
        _months(searcher, matching, oldest, newest),
        min(total, NEWEST),
    )


def _by_count(found: Iterator[tuple[str, int]]) -> dict[str, int]:
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def _months(
    searcher: tantivy.Searcher, matching: tantivy.Query, oldest: datetime, newest: datetime
) -> dict[str, int]:
    firsts = _first_days(oldest, newest)
    ranges: list[dict[str, Any]] = [{"key": _month(one), "from": float(micros(one))} for one in firsts]
    for one, following in pairwise(ranges):
        one["to"] = following["from"]
    asked = {"months": {"range": {"field": "published", "ranges": ranges}}}
    buckets: Sequence[Any] = searcher.aggregate(matching, asked)["months"]["buckets"]
    named = {one["key"] for one in ranges}
    counts = {one["key"]: one["doc_count"] for one in buckets if one["doc_count"] and one["key"] in named}
    return dict(sorted(counts.items(), reverse=True))


def _first_days(oldest: datetime, newest: datetime) -> list[datetime]:
    """The first of each month from the oldest to the newest."""
    found = [newest.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while found[-1] > oldest and len(found) < _MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _speakers(searcher: tantivy.Searcher, compiler: Compiler, query: Query) -> Iterator[tuple[str, int]]:
    newest = searcher.search(
        compiler.articles(query), limit=NEWEST, count=False, order_by_field="revision", order=Order.Desc
    ).hits
    ids = searcher.fast_field_values("id", [address for _, address in newest])
    of_those = tantivy.Query.term_set_query(SCHEMA, "id", [int(one or 0) for one in ids])
    quotes = tantivy.Query.boolean_query([(Occur.Must, of_those), (Occur.Must, compiler.quotes(query))])
    asked = {"speakers": {"terms": {"field": "speaker_name", "size": SPEAKERS}}}
    for one in searcher.aggregate(quotes, asked)["speakers"]["buckets"]:
        theirs = compiler.articles(And((query, Said(Phrase(one["key"])))))
        count = searcher.search(theirs, limit=1).count  # type: ignore[attr-defined]  # as in the index
        if count:
            yield one["key"], count


def _month(first: datetime) -> str:
    return f"{first.year:04}-{first.month:02}"


def _moment(value: float) -> datetime:
    return EPOCH + timedelta(microseconds=min(int(value), _LATEST))
