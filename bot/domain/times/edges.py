"""The clauses of time that a text begins and ends with: what stands between is wanted (pure).

Nothing here raises.
"""

from __future__ import annotations

from bot.domain.times import unkept
from bot.domain.times.clauses import Clause, clause, name
from bot.domain.times.time_words import Words, passed
from bot.wording.language import small_words

_BUTS = frozenset(small_words("but"))


def _next(words: Words, at: int) -> int:
    """The next token behind what joins clauses, be it "but" before one; the plus of an offset joins none."""
    if unkept.offset(words, at) > at:
        return at
    at = passed(words, at)
    joins = at + 1 < len(words) and words[at].plain in _BUTS and not clause(words, at)
    behind = clause(words, at + 1) if joins else None  # "at once, but quiet 22:00-07:00"
    return at + 1 if behind and behind.kind in ("quiet", "zone") else at


def head(words: Words) -> tuple[int, tuple[Clause, ...]]:
    """The clauses that the words begin with, and where the first word behind them stands."""
    at, found = passed(words, 0), []
    while one := clause(words, at):
        found.append(one)
        at = _next(words, one.end)
    return (at, tuple(found)) if found else (0, ())


def tail(words: Words, begin: int, *, named: bool = True) -> tuple[int, tuple[Clause, ...]]:
    """The clauses that all words from some token on are, as many as can be, and where they begin.

    ``named``: "as NAME" may be one of them.
    """
    links: dict[int, tuple[Clause, int]] = {}
    for at in range(len(words) - 1, begin - 1, -1):
        one = clause(words, at) or (name(words, at) if named else None)
        if one and ((after := _next(words, one.end)) == len(words) or after in links):
            links[at] = one, after
    at = first = min(links, default=len(words))
    found = []
    while at in links:
        one, at = links[at]
        found.append(one)
    return first, tuple(found)
