"""What a story that was told brings that is new: names, figures and quotes that nobody had told. Pure.

A line is new for what it tells and not for how: one that says the known in other words brings nothing.
What an article said that was told counts as known, also where no line showed it: it was there, and
was not thought worth a line. So what comes again is only what has happened since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.article.fields.calendar import is_of_the_calendar
from bot.digest.facts import WORD, facts_of, figures_of, marks_of
from bot.digest.key_quotes import is_clause, is_statement, shortened
from bot.domain.digests import Facts, KeyQuote, Line
from bot.domain.model import Entry, Span
from bot.stories.similarity import STOP, folded, repeats
from bot.summary.document import worthwhile
from bot.summary.openings import barred, openings_of

LINES = 2
"""Lines and quotes together that an update shows."""

READ = 12
"""Sentences from the top of an article in which news is looked for, besides its summary: it stands there."""

OPENING, DEEP_DOWN = 3, 2
"""Sentences that open an article; below them, and outside its summary, a single new detail is background."""

COMPARED = 50
"""Articles of one story that are read for what they told."""

MOST_NEWS = 3
"""Things that are new in one line: more are a list."""

IN_SUMMARY = 1.0
DEEPER = 0.05
"""What a line is worth for being in the summary, and what each place further down costs."""

ROUNDED = 0.03
"""How far a rounded figure may be off: 10 is not 9 in rounder words."""

UNKNOWN = 0.6
"""Part of a quote's wording that must be unknown for it to be another quote."""

TELLING, NEW_WORDS = 8, 0.85
"""A line of so many words, of which this part stood in no article that was told, is no paraphrase: an outlet
that tells the story for the first time tells something else. Shorter ones can be."""

TOO_SHORT = 4
NOUNS_IN_CAPITALS = frozenset({"de", "lb", "nds"})
HEADED = 0.7
"""Part of a line's words with capitals from which it is a heading: there they name nobody."""

_ASIDE = re.compile(r"\([^()]{1,80}\)|^[^\n]{1,60}? [-–—] ")
"""What stands in brackets, and a dateline: who took a picture, whose copy it is, where somebody wrote."""

_SAME_BEGINNING = 4
_BEFORE_A_SENTENCE = '.!?:“„«"‘'


@dataclass(frozen=True, slots=True)
class Update:
    """At most two lines and quotes together that are new, of at least one."""

    lines: tuple[Line, ...]
    quotes: tuple[KeyQuote, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    line: Line
    news: frozenset[str]
    worth: float


def update_of(story: Sequence[Entry], told: Facts) -> Update | None:
    """What ``story``, the entries that came since, brings beyond ``told``; ``None`` for nothing."""
    read = story[:COMPARED]
    found = sorted((one for entry in read for one in _lines(entry, told)), key=lambda one: -one.worth)
    new = [one for entry in read for one in _new_quotes(entry, told)]
    quote = next(filter(is_statement, new), None) or next(iter(new), None)
    lines: list[_Found] = []
    for one in found:
        if len(lines) == LINES - (quote is not None):
            break
        known = frozenset().union(*(each.news for each in lines))
        if quote and _says(one.line, quote):
            continue
        if one.news - known and not any(repeats(one.line.text, each.line.text) for each in lines):
            lines.append(one)
    if not lines and quote is None:
        return None
    placed = sorted((one.line for one in lines), key=lambda line: (read.index(line.entry), line.span))
    return Update(tuple(placed), (shortened(quote),) if quote else ())


def told_by(entries: Sequence[Entry]) -> Facts:
    """What a reader of the story, and of the articles behind it, knows."""
    return facts_of(entries[:COMPARED])


def _lines(entry: Entry, told: Facts) -> Iterator[_Found]:
    article = entry.article
    openings = openings_of(article.language)
    for place, span in enumerate(worthwhile(article)):
        text, chosen = span.of(article.text), span in entry.summary.sentences
        if not chosen and (place >= READ or (place and _leans(text, entry))):
            continue
        if "\n" in text or barred(text, openings, alone=False):
            continue
        news = frozenset(_news(entry, span, told))
        if len(news) >= (1 if chosen or place < OPENING else DEEP_DOWN):
            worth = min(len(news), MOST_NEWS) + IN_SUMMARY * chosen - DEEPER * place
            yield _Found(Line(entry, span), news, worth)


def _leans(text: str, entry: Entry) -> bool:
    """Whether the sentence points back to another one."""
    openings = openings_of(entry.article.language)
    first = next(iter(folded(text)), "")
    return first in openings.pronouns or first in openings.links


def _news(entry: Entry, span: Span, told: Facts) -> Iterator[str]:
    text = span.of(entry.article.text)
    figures = list(figures_of(text))
    yield from (figure for figure in figures if not _is_known_figure(figure, told))
    yield from _new_names(entry, text, told)
    source = entry.article.source
    if source and source not in told.outlets and not figures:
        words = [word for word in folded(text) if word not in STOP and len(word) > 2]
        new = [word for word in words if not _is_known(word, told)]
        if len(words) >= TELLING and len(new) >= NEW_WORDS * len(words):
            yield f"={source}"


def _new_names(entry: Entry, text: str, told: Facts) -> Iterator[str]:
    own, text = _own_words(entry), _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    strict = (entry.article.language or "")[:3].partition("-")[0] in NOUNS_IN_CAPITALS
    words = list(WORD.finditer(text))
    if sum(word.group()[0].isupper() for word in words) > HEADED * len(words):
        return
    capital = [word.group()[0].isupper() for word in words]
    for at, word in enumerate(words):
        beside = any(capital[near] for near in (at - 1, at + 1) if 0 <= near < len(words))
        opens = at == 0 or text[: word.start()].rstrip()[-1:] in _BEFORE_A_SENTENCE
        if not capital[at] or ((opens or strict) and not beside) or is_of_the_calendar(word.group()):
            continue
        for name in folded(word.group().removesuffix("’s").removesuffix("'s")):
            if len(name) > 1 and name not in STOP | own and not _is_known(name, told):
                yield name


def _own_words(entry: Entry) -> frozenset[str]:
    """The names of those who tell it: they are no news."""
    article = entry.article
    return frozenset(folded(" ".join((article.source or "", article.byline or "", article.agency or ""))))


def _is_known(word: str, told: Facts) -> bool:
    """Whether the word was told, in this form or, as names have it in many languages, another one."""
    if word in told.words:
        return True
    return len(word) > _SAME_BEGINNING and any(_same(word, known) for known in told.words)


def _same(word: str, known: str) -> bool:
    shorter = min(len(word), len(known))
    if abs(len(word) - len(known)) > 3 or shorter < _SAME_BEGINNING:
        return False
    begins = max(_SAME_BEGINNING, shorter - 1)
    return word[:begins] == known[:begins]


def _is_known_figure(figure: str, told: Facts) -> bool:
    return figure in told.figures or any(_rounds(figure, known) for known in told.figures)


def _rounds(one: str, other: str) -> bool:
    """Whether either figure is the other in rounder words, as ``84,000`` is of ``84,213``."""
    if not (one.isdecimal() and other.isdecimal()):
        return False
    zeros = max(len(figure) - len(figure.rstrip("0")) for figure in (one, other))
    away = abs(int(one) - int(other))
    return zeros > 0 and 2 * away <= 10**zeros and away <= ROUNDED * int(one)


def _new_quotes(entry: Entry, told: Facts) -> Iterator[KeyQuote]:
    """The entry's attributed quotes that were in no article, the first one first."""
    text = entry.article.text
    for quote in entry.quotes:
        marks = marks_of(quote.words, text)
        unknown = sum(mark not in told.quotes for mark in marks)
        if (
            quote.speaker
            and is_clause(KeyQuote(entry, quote))
            and len(folded(quote.words.of(text))) >= TOO_SHORT
            and unknown >= UNKNOWN * len(marks)
        ):
            yield KeyQuote(entry, quote)


def _says(line: Line, quote: KeyQuote) -> bool:
    return line.meets(quote.entry, quote.quote.words)
