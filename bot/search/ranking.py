"""The best matches of a search, of nearly equal ones the newer."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

import tantivy

from bot.search.fields import FRESHEST

_FURTHER = 200
"""Matches behind the page that are looked at: a newer one of these may belong on it."""

Hit = tuple[float, tantivy.DocAddress]


def best(
    searcher: tantivy.Searcher, wanted: tantivy.Query, limit: int, offset: int
) -> tuple[int, Sequence[Hit]]:
    """How many match, and the page of them by score times freshness.

    To have tantivy weigh every match by its freshness takes three times as long as to find it. Freshness changes a
    score by so little that the best by the score alone hold the page, unless very many are equally good.
    """
    last = offset + limit
    most = max(1, min(last + _FURTHER, searcher.num_docs))
    found = searcher.search(wanted, limit=most)
    total: int = found.count  # type: ignore[attr-defined]  # tantivy.pyi leaves it out
    fresh = searcher.fast_field_values("freshness", [address for _, address in found.hits])
    ranked = [
        (float(score) * log2(2.0 + float(one or 0.0)), address)
        for one, (score, address) in zip(fresh, found.hits, strict=True)
    ]
    ranked.sort(key=lambda hit: -hit[0])
    if limit and total > most and ranked[last - 1][0] < float(found.hits[-1][0]) * FRESHEST:
        weighed = searcher.search(
            wanted, limit=limit, count=False, offset=offset, weight_by_field="freshness"
        ).hits
        return total, [(float(score), address) for score, address in weighed]
    return total, ranked[offset:last]
