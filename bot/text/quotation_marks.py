"""Quotation marks, paired: straight, curly, low-high, guillemets, corner brackets, single.

One paragraph at a time, one pass, outermost pairs only: a quotation inside a quotation belongs to
the outer one. A mark that nobody closes reaches to the end of its paragraph and no further.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_MARK = re.compile("[\"“”„‟«»‘’‚‛‹›「」『』'](?:(?<=')')?")
"""A mark; two straight single ones are one. It begins with a set, because that is looked for quickest."""
_CLOSERS = {
    "''": ("''", '"', "”"),
    '"': '"”',
    "“": '”"',
    "‟": "”",
    "„": '“”‟"',
    "”": "”",
    "«": "»",
    "»": "«",
    "‚": "‘’",
    "‘": "’",
    "‛": "’",
    "'": "'",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
}
"""Which marks may close which opening mark, by the habits of English, German, Swedish, Polish,
Danish, French, Russian and Japanese typesetting, and the usual mixtures of straight and curly."""

_SINGLE = frozenset("‘'‛‚")
_ALWAYS_OPENS = frozenset("“„‟«‘‛‚‹「『")
_BEFORE_OPENING = frozenset("([{<-–—―/¿¡:…\"“„«‘'‚》")
_ELISION = re.compile(r"\d|(?:tis|twas|em|til|cause|bout|round|n|cos)\b", re.IGNORECASE)

_FEET = 6
"""Characters of "12' 11" before the mark of inches."""
_INCHES = re.compile(r"\d['’′] ?\d{1,2}\Z")
_MOST = 2_000
"""Quotations of one paragraph: no author writes as many, and a text of nothing but marks does not take long."""

PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
"""One or more empty lines."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """``start``..``end`` with its marks, ``words_start``..``words_end`` without; both index the text."""

    start: int
    end: int
    words_start: int
    words_end: int
    closed: bool


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order and disjoint, none without a word; 2,000 at most."""
    found = islice(_paired(text, start, end), _MOST)
    return [one for one in found if one.words_start < one.words_end]


def _paired(text: str, start: int, end: int) -> Iterator[Quotation]:
    opening: re.Match[str] | None = None
    resume = start
    for match in _MARK.finditer(text, start, end):
        if match.start() < resume:
            continue
        if opening is None:
            if not _opens(text, match, start, end):
                continue
            if match.group() not in _SINGLE:
                opening = match
            elif close := _single_close(text, match, end):
                yield _quotation(text, match, close.start(), close.end(), closed=True)
                resume = close.end()
        elif _is_turned(text, match, opening, end) or (
            match.group() in _CLOSERS[opening.group()] and _closes(text, match, start, end)
        ):
            yield _quotation(text, opening, match.start(), match.end(), closed=True)
            opening = None
        elif match.group() == opening.group() and _opens(text, match, start, end):
            # The same mark opens again: the earlier one was never closed.
            yield _quotation(text, opening, match.start(), match.start(), closed=False)
            opening = match
    if opening is not None:
        yield _quotation(text, opening, end, end, closed=False)


def _quotation(text: str, opening: re.Match[str], close: int, end: int, *, closed: bool) -> Quotation:
    first, last = opening.end(), close
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(opening.start(), end if closed else last, first, last, closed)


def _opens(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark may open: room before it, a word behind it."""
    mark, at = match.group(), match.start()
    if mark not in _CLOSERS or match.end() >= end:
        return False
    spaced = at == start or text[at - 1].isspace() or text[at - 1] in _BEFORE_OPENING
    if mark in _ALWAYS_OPENS:
        return spaced or mark not in _SINGLE
    behind = text[match.end()]
    if mark in _SINGLE:
        return spaced and behind.isalnum() and not _ELISION.match(text, match.end())
    return spaced and not behind.isspace()


def _closes(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the mark may close; only the straight ones have two faces."""
    if _is_inches(text, match, end):
        return False
    if match.group() not in {'"', "''"}:
        return True
    at = match.start()
    fresh = at == start or text[at - 1].isspace() or text[at - 1] in "([{"
    return not (fresh and _opens(text, match, start, end))


def _is_inches(text: str, match: re.Match[str], end: int) -> bool:
    """Whether it is the mark of "he is 6'5" tall" within a quotation that goes on."""
    at = match.start()
    behind = text[match.end() : min(match.end() + 2, end)]
    goes_on = behind[:1] == " " and behind[1:].isalpha()
    return goes_on and _INCHES.search(text, max(0, at - _FEET), at) is not None


def _is_turned(text: str, match: re.Match[str], opening: re.Match[str], end: int) -> bool:
    """Whether the opening mark stands for the closing one: right behind a word and before room or a mark."""
    if match.group() != opening.group() or match.group() not in _ALWAYS_OPENS:
        return False
    before, behind = text[match.start() - 1], text[match.end() : min(match.end() + 1, end)]
    return (before.isalnum() or before in ".!?…,") and (not behind or behind.isspace() or behind in ".,;:!?)")


_APOSTROPHE_REACH = 4000
"""A single quotation is looked for this many characters ahead: the search stays linear."""


def _single_close(text: str, opening: re.Match[str], end: int) -> re.Match[str] | None:
    """Where a single mark closes: the first that is no apostrophe, best after punctuation."""
    closers = _CLOSERS[opening.group()]
    plain: re.Match[str] | None = None
    plural: re.Match[str] | None = None
    for match in _MARK.finditer(text, opening.end() + 1, min(end, opening.end() + _APOSTROPHE_REACH)):
        at, behind = match.start(), text[match.end() : min(match.end() + 1, end)]
        if match.group() == opening.group() and _opens(text, match, opening.start(), end):
            break
        if match.group() not in closers or text[at - 1].isspace() or behind.isalnum():
            continue
        if text[at - 1] in ",.!?…" or not behind or behind in ",.;:)!?":
            return plain or match
        if text[at - 1] == "s":
            plural = plural or match
        else:
            plain = plain or match
    return plain or plural
