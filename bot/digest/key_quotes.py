"""The key quotes of a story: few, substantial, each once however many outlets carry it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from bot.domain.digests import KeyQuote, Line
from bot.domain.model import Entry
from bot.stories.similarity import STOP, alike, folded, repeats

LONG_ENOUGH = 25
"""Words from which a longer quote is no better: it says more, and fewer read it."""

TOO_SHORT = 4
"""Quotes of fewer words are scare quotes, titles and slogans more often than statements."""

MOST = 100
"""Quotes of one story that are compared, the best first; more would be a transcript."""

TRIMMED = 0.8
"""A wording of at least this part of the longest is not shorter for what a reader gets of it."""

NAMED, MENTIONED = 2.0, 0.5
LENGTH, NOVELTY, DIRECT, OUTLETS = 1.5, 1.0, 0.75, 0.5
AGAIN = 1.0
"""What each sign is worth, in the order in which an editor would ask: who says it, is it long enough
to say something, is it new, is it a whole statement, do others find it worth printing; and what a
second quote of the same speaker loses."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """One statement: its best wording, and what it is worth."""

    quote: KeyQuote
    worth: float


def key_quotes(
    entries: Sequence[Entry], shown: Sequence[Line], limit: int, *, headline: str = ""
) -> tuple[KeyQuote, ...]:
    """At most ``limit`` quotes of the story, the best first; among equals the order of ``entries``.

    What the headline or a shown line says already is left out, and so is what nobody is told to have
    said: the outlet did not say it. Of one quote in several outlets the longest wording that names or
    describes its speaker is taken, one with a name first.
    """
    quotes = [KeyQuote(entry, quote) for entry in entries for quote in entry.quotes]
    quotes = [one for one in quotes if _size(one) >= TOO_SHORT]
    told = {word for line in shown for word in folded(line.text)} | set(folded(headline))
    ranked = sorted(quotes, key=lambda one: -_worth(one, told))[:MOST]
    new = (one for one in ranked if not repeats(one.text, headline))
    fresh = [one for one in new if not any(_said_in(one, line) for line in shown)]
    attributed = (group for group in _groups(fresh) if any(map(_attributed, group)))
    return _chosen([_statement(group, told) for group in attributed], limit)


def _chosen(statements: Sequence[_Statement], limit: int) -> tuple[KeyQuote, ...]:
    """The best, with one voice not twice while another is nearly as good."""
    chosen: list[KeyQuote] = []
    left = list(statements)
    while left and len(chosen) < limit:
        heard = {one.quote.speaker_name for one in chosen} - {None}
        best = max(left, key=lambda one: one.worth - AGAIN * (one.quote.quote.speaker_name in heard))
        left.remove(best)
        if not any(alike(best.quote.text, one.text) for one in chosen):
            chosen.append(best.quote)
    return tuple(chosen)


def _groups(quotes: Iterable[KeyQuote]) -> list[list[KeyQuote]]:
    """The wordings of each statement; the first of a group is the best of it."""
    groups: list[list[KeyQuote]] = []
    for quote in quotes:
        words = set(folded(quote.text))
        near = (group for group in groups if not words.isdisjoint(folded(group[0].text)))
        same = next((group for group in near if any(alike(quote.text, one.text) for one in group)), None)
        if same is None:
            groups.append([quote])
        else:
            same.append(quote)
    return groups


def _statement(group: Sequence[KeyQuote], told: set[str]) -> _Statement:
    said = [one for one in group if _attributed(one)]
    longest = max(map(_size, said))
    whole = [one for one in said if _size(one) >= TRIMMED * longest]
    best = max(whole, key=lambda one: (one.quote.speaker_name is not None, _size(one)))
    outlets = {one.entry.article.source or one.entry.id for one in group}
    return _Statement(best, _worth(best, told) + OUTLETS * log2(len(outlets)))


def _attributed(quote: KeyQuote) -> bool:
    return quote.quote.speaker is not None


def _size(quote: KeyQuote) -> int:
    return len(folded(quote.text))


def _worth(quote: KeyQuote, told: set[str]) -> float:
    """Who says it, how much it says, and how much of that the summary has not said."""
    words = set(folded(quote.text)) - STOP
    named = quote.quote.speaker_name is not None
    who = NAMED if named else MENTIONED * (quote.quote.speaker is not None)
    new = len(words - told) / max(1, len(words))
    return (
        who
        + LENGTH * min(_size(quote), LONG_ENOUGH) / LONG_ENOUGH
        + NOVELTY * new
        + DIRECT * _is_whole(quote)
    )


def _is_whole(quote: KeyQuote) -> bool:
    """Whether it begins as a sentence does; scripts without capitals always do."""
    first = next((letter for letter in quote.text if letter.isalpha()), "")
    return not first.islower()


def _said_in(quote: KeyQuote, line: Line) -> bool:
    same_place = quote.entry.id == line.entry.id and quote.quote.words.meets(line.span)
    return same_place or alike(quote.text, line.text)
