"""What an article tells that can be told from what others told: its words, figures and quotes. Pure.

A figure that is a date, a year or a time of day is none: it changes with the day and not with the
story. English and German numbers in words count as figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from bot.article.fields.calendar import is_of_the_calendar
from bot.domain.digests import Facts
from bot.domain.model import Entry, Span
from bot.stories.similarity import STOP, folded

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIGURE = re.compile(r"\d+(?:[.,\u00a0\u202f’']\d+)*|[^\W\d_]+")
_CLOCK = re.compile(
    r"\b\d{1,2}[:h]\d{2}(?!\d)|\b\d{1,2}(?:[.:]\d{2})? ?(?:[ap]\.?m\b|Uhr\b)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f’']\d{3})+")
_SCALES = {
    **dict.fromkeys(("thousand", "tausend"), 10**3),
    **dict.fromkeys(("million", "millions", "mn", "mio", "millionen", "milliones", "millones"), 10**6),
    **dict.fromkeys(("billion", "billions", "bn", "mrd", "milliarde", "milliarden", "milliards"), 10**9),
}
_ENGLISH = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_GERMAN = "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
_IN_WORDS = {
    word: str(number) for words in (_ENGLISH, _GERMAN) for number, word in enumerate(words.split(), start=2)
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "seventy": "70",
    "eighty": "80",
    "ninety": "90",
}
LONGEST_DAY, LONGEST_SHORT = 2, 4
"""Characters of the day of a month, and of a month's name cut short."""

TOGETHER = 3
"""Words of a quote that are looked for together."""


def facts_of(entries: Iterable[Entry]) -> Facts:
    """All that the texts of ``entries`` tell."""
    each = [_facts_of(entry) for entry in entries]
    if len(each) == 1:
        return each[0]
    return Facts(
        frozenset().union(*(one.words for one in each)),
        frozenset().union(*(one.figures for one in each)),
        frozenset().union(*(one.quotes for one in each)),
        frozenset().union(*(one.outlets for one in each)),
    )


@lru_cache(maxsize=8192)
def _facts_of(entry: Entry) -> Facts:
    """Of one entry: many destinations are told the same."""
    article = entry.article
    whole = " ".join((article.title or "", article.standfirst or "", article.text))
    words = {word for word in folded_whole(whole) if len(word) > 1} | set(_initials(whole))
    return Facts(
        frozenset(words - STOP),
        frozenset(figures_of(whole)),
        frozenset(one for quote in entry.quotes for one in marks_of(quote.words, article.text)),
        frozenset([article.source] if article.source else []),
    )


def folded_whole(text: str) -> tuple[str, ...]:
    """The words of a whole text, folded, without the memory that is kept for sentences."""
    return folded.__wrapped__(text)


def figures_of(text: str) -> Iterator[str]:
    """The figures of the text, each in one spelling: ``84,000``, ``84 thousand`` and ``84.000`` are one."""
    tokens = list(_FIGURE.finditer(_CLOCK.sub(" ", text)))
    for at, token in enumerate(tokens):
        figure = _IN_WORDS.get(token.group().casefold())
        if token.group()[0].isdigit() and not _is_date(tokens, at):
            figure = token.group()
        if figure:
            yield spelled(figure, tokens[at + 1].group().casefold() if at + 1 < len(tokens) else "")


def _is_date(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the figure is a year, or the day of a month that is named beside it."""
    token = tokens[at]
    if _YEAR.fullmatch(token.group()):
        return True
    beside = [tokens[near] for near in (at - 1, at + 1) if 0 <= near < len(tokens)]
    return len(token.group()) <= LONGEST_DAY and any(
        is_of_the_calendar(one.group()) and _is_near(token, one) for one in beside
    )


def _is_near(one: re.Match[str], other: re.Match[str]) -> bool:
    """No sentence ends between the two: ``Nov. 24`` and ``24. November``, not ``on Monday. 24 people``."""
    first, second = sorted((one, other), key=lambda token: token.start())
    gap = first.string[first.end() : second.start()]
    return gap in {" ", ", "} or (
        gap == ". " and (len(first.group()) <= LONGEST_SHORT or first.group().isdecimal())
    )


def marks_of(span: Span, text: str) -> tuple[int, ...]:
    """Marks by which a quote's wording is known again, also trimmed: one for each three words together."""
    words = folded(span.of(text))
    last = max(1, len(words) - TOGETHER + 1)
    return tuple(crc32(" ".join(words[at : at + TOGETHER]).encode()) for at in range(last))


def spelled(figure: str, scale: str) -> str:
    """The figure, and the word of a scale behind it or nothing, in the one spelling of all that are equal."""
    plain = re.sub(r"\D", "", figure) if _GROUPED.fullmatch(figure) else figure.replace(",", ".")
    try:
        value = float(plain) * _SCALES.get(scale, 1)
    except ValueError:  # a version, a score: 1.2.3
        return plain
    return f"{value:.12g}"


def _initials(text: str) -> Iterator[str]:
    """``hpa`` of "Harbour and Port Authority"."""
    run: list[str] = []
    for word in WORD.findall(text):
        if word[0].isupper():
            run.append(word[0].casefold())
            if len(run) > 1:
                yield "".join(run)
        elif word not in {"and", "of", "the", "for", "und", "de", "der"}:
            run = []
