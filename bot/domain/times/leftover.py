"""What stands at the end of a search like days, and what a word of time is with a typing error (pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.domain.times import time_words
from bot.wording.heard.languages import languages

LOOKED_AT = 5
"""Words at the end of a query that may say when, if they are no filter."""

LONGEST_WORD = 14
"""Letters of a word that is looked at."""

SURE = 6
"""Letters of a word of time, as somebody may mistype it, that is told alone."""

_DATED = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?(?:-\d{1,2}/\d{1,2}(?:/\d{2,4})?)?|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}/\d{1,2}(?:/\d{1,2})?|\d{1,3}(?:h|d|w|hrs|days|weeks)"
)
_NO_DAYS = frozenset({"24/7", "9/11", "7/7"})
_DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th|\.)?")
_YEAR = re.compile(r"20\d\d")
_SEEKING = tuple(one.seeking for one in languages().values())


def _joined(*names: str) -> frozenset[str]:
    return frozenset(word for one in _SEEKING for name in names for word in getattr(one, name))


_OPENING = _joined("after", "before", "between", "last", "newer", "older", "since", "until", "ahead") | (
    _joined("of") - _joined("articles") - {"of", "for"}
)
_UNITS, _PERIODS = _joined("units", "named"), _joined("periods")
_TIMES = frozenset(
    word
    for phrase in (
        *_OPENING,
        *_PERIODS,
        *_joined("units", "rolling", "orders"),
        *time_words.MONTHS,
        *time_words.DAYS,
    )
    for word in phrase.split()
)
_SLIPS = sorted(word for word in _TIMES if len(word) > 3)


@lru_cache(maxsize=4096)
def mended(word: str) -> tuple[str, ...]:
    """The words of time that it may be with one typing error; itself for any other word."""
    if word in _TIMES or not 3 <= len(word) <= LONGEST_WORD:
        return (word,)
    return tuple(one for one in _SLIPS if time_words.slipped(word, one)) or (word,)


def unclear(words: Sequence[str]) -> int:
    """Where words in lower case begin at the end that look like days, of those that no filter was made of; their number for none."""
    end = len(words)
    last = words[-1].strip("<>~=") if end > 1 else ""
    if _DATED.fullmatch(last) and last not in _NO_DAYS:
        return (end - 2 if words[-2] in _OPENING else end - 1) or end
    if end > 2 and _is_a_date(words[-2], last):
        return end - 2
    for at in range(end - 2, max(0, end - LOOKED_AT - 1), -1):
        told = mended(words[at])
        counted = at + 2 == end and (words[at].isdecimal() or not time_words.COUNTS.keys().isdisjoint(told))
        spoken = last in time_words.COUNTS and not time_words.MONTHS.keys().isdisjoint(words[at + 1 :])
        if (counted or not _OPENING.isdisjoint(told)) and (spoken or any(map(_is_of_time, mended(last)))):
            return at
    return end - 1 if end > 1 and len(last) >= SURE and not _PERIODS.isdisjoint(mended(last)) else end


def _is_a_date(first: str, second: str) -> bool:
    """Whether it is "nov 26" or "26 nov"."""
    told = (first, second) if first in time_words.MONTHS else (second, first)
    return told[0] in time_words.MONTHS and _DAY.fullmatch(told[1]) is not None


def _is_of_time(word: str) -> bool:
    return word in _UNITS or word in time_words.MONTHS or bool(_YEAR.fullmatch(word))
