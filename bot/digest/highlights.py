"""The key quotes of a story: few, substantial, each once however many outlets carry it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bulletin import KeyQuote, Line
from bot.digest.wording import alike, folded, repeats
from bot.model import Entry

LONG_ENOUGH = 25
"""Words from which a longer quote is no better: it says more, and fewer read it."""

TOO_SHORT = 4
"""Quotes of fewer words are scare quotes, titles and slogans more often than statements."""

MOST = 200
"""Quotes of one story that are looked at, the best first; more would be a transcript."""


def key_quotes(
    entries: Sequence[Entry], shown: Sequence[Line], limit: int, *, headline: str = ""
) -> tuple[KeyQuote, ...]:
    """At most ``limit`` quotes of the story, the best first.

    A named speaker comes first, then length up to ``LONG_ENOUGH`` words, then the order of
    ``entries``. What the headline or a shown line says already is left out; of one quote in several outlets the
    longest wording is taken.
    """
    quotes = [KeyQuote(entry, quote) for entry in entries for quote in entry.quotes]
    ranked = sorted((one for one in quotes if _size(one) >= TOO_SHORT), key=_rank)[:MOST]
    new = (one for one in ranked if not repeats(one.text, headline))
    fresh = [one for one in new if not any(_said_in(one, line) for line in shown)]
    chosen: list[KeyQuote] = []
    for quote in fresh:
        if len(chosen) >= limit:
            break
        longest = max((one for one in fresh if alike(one.text, quote.text)), key=_size)
        if not any(alike(longest.text, one.text) or alike(quote.text, one.text) for one in chosen):
            chosen.append(longest)
    return tuple(chosen)


def _size(quote: KeyQuote) -> int:
    return len(folded(quote.text))


def _rank(quote: KeyQuote) -> tuple[bool, bool, int]:
    """Lower is better; ``sorted`` keeps the order of entries and of the text among equals."""
    return quote.quote.speaker_name is None, quote.quote.speaker is None, -min(_size(quote), LONG_ENOUGH)


def _said_in(quote: KeyQuote, line: Line) -> bool:
    same_place = quote.entry.id == line.entry.id and quote.quote.words.meets(line.span)
    return same_place or alike(quote.text, line.text)
