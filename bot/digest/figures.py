"""Figures that disagree: two outlets that give other numbers for the same thing, each in its own sentence. Pure.

Silent unless sure. A claim is a number, a noun and what befell them ("12 people were killed", "15 Tote"), or a magnitude.
Two claims are compared where noun and predicate are the same and neither sentence says that it is about another time, another
place or a part of them. What is rounded, a range or "about" agrees with what lies near it; what is a percentage, expected,
denied, further ("two more people") or of an earlier year is no claim.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from bot.article.fields.calendar import is_of_the_calendar
from bot.digest.claims import (
    BEFORE,
    DAYS_FROM_NOW,
    DEAD_WEIGHT,
    DOUBTS,
    FUNCTION,
    MAGNITUDE,
    NOUNS,
    ON_THE_WAY,
    OTHER_TIMES,
    PLACING,
    PREDICATES,
    QUALIFIERS,
    SMALL,
    STATES,
    UNCERTAIN,
    WEEKDAYS,
    number_of,
)
from bot.domain.digests import Line
from bot.domain.model import Entry, Span
from bot.stories.similarity import STOP, folded
from bot.summary.document import worthwhile

READ = 12
"""Sentences of an article in which what it counts first is found; further down stand earlier cases."""

LONGEST = 260
"""Characters of a sentence that is set beside another: longer ones count more than one thing."""

APART = timedelta(hours=24)
"""Between the two articles: what is reported later is how it went on."""

AFTER, ABOUT = 7, 0.15
"""Words behind the noun among which the predicate is looked for; and how far off "about" may be."""

CLOSE = 5
"""Two numbers further apart, of which one is more than twice the other, count other things, or at other times."""

SHARED, TELLING = 2, 4
"""Words that the two sentences share at least, so that a reader sees that they tell the same; and letters of such a word."""

_COUNTING = frozenset(word for said in (*NOUNS, *PREDICATES, *STATES) for word in folded(said))

RANGES = frozenset({"-", "–", "to", "and", "or", "bis", "und", "oder", "à", "et", "ou", "y", "o", "a"})

EXACTLY, NEARLY, OVER, NEAR = "exactly", "nearly", "over", "near"

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f’']\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """That an article gives ``value`` for ``key``: what is counted and what befell it; ``sentence`` says so.

    ``how`` the number is meant. ``names``, ``places``, ``content`` words and ``days`` are those of
    the sentence.
    """

    key: Key
    value: float
    how: str
    sentence: Span
    names: frozenset[str]
    places: frozenset[str]
    content: frozenset[str]
    days: frozenset[str]


_Told = tuple[Entry, tuple[Claim, ...]]
"""An article, and the sentences in which it gives one number for a thing."""


def differing(entries: Sequence[Entry], shown: Sequence[Line] = ()) -> tuple[Line, Line] | None:
    """Two lines of a story that give other numbers for the same thing, the earlier article's first; ``None`` for none.

    They are of two outlets, of each from the newest article that says how many, and no further apart than a day.
    A sentence that is not among those ``shown`` of the story is taken where it says as much.
    """
    by_key: dict[Key, dict[str, _Told]] = {}
    for entry in sorted(entries, key=_moment):
        if not entry.article.source or entry.article.published is None:
            continue
        for key, claims in claims_of(entry).items():
            by_key.setdefault(key, {})[entry.article.source] = (entry, claims)
    known = {(line.entry.id, line.span) for line in shown if line.part == "text"}
    for told in by_key.values():
        for one, other in _pairs(list(told.values())):
            if abs(_moment(one[0])[0] - _moment(other[0])[0]) > APART:
                continue
            if lines := _beside(one, other, known):
                return lines
    return None


def _pairs(told: Sequence[_Told]) -> Iterator[tuple[_Told, _Told]]:
    """Each two, the newest of all with the others first."""
    for later in range(len(told) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            yield told[earlier], told[later]


def _beside(one: _Told, other: _Told, known: AbstractSet[tuple[int, Span]]) -> tuple[Line, Line] | None:
    """The two sentences that disagree of which the fewest are known to the reader, the first of equal ones."""
    pairs = [
        (Line(one[0], first.sentence), Line(other[0], second.sentence))
        for first, second in itertools.product(one[1], other[1])
        if _disagree(first, second)
    ]
    seen = [sum((line.entry.id, line.span) in known for line in pair) for pair in pairs]
    return pairs[seen.index(min(seen))] if pairs else None


def _moment(entry: Entry) -> tuple[datetime, int]:
    return entry.article.published or entry.added, entry.id


@lru_cache(maxsize=512)
def claims_of(entry: Entry) -> Mapping[Key, tuple[Claim, ...]]:
    """What the article counts, by what it is, in the order of its sentences; nothing of what it gives several numbers for."""
    found: dict[Key, list[Claim]] = {}
    article = entry.article
    for sentence in worthwhile(article)[:READ]:
        for claim in _claims(sentence.of(article.text), sentence):
            found.setdefault(claim.key, []).append(claim)
    apart = {
        key: tuple(claim for claim in claims if _can_be_set_apart(claim.sentence.of(article.text)))
        for key, claims in found.items()
        if len({claim.value for claim in claims}) == 1
    }
    return {key: claims for key, claims in apart.items() if claims}


def _can_be_set_apart(sentence: str) -> bool:
    return len(sentence) <= LONGEST and "\n" not in sentence


# --- one sentence --------------------------------------------------------------------------------


def _claims(text: str, sentence: Span) -> Iterator[Claim]:
    tokens = _TOKEN.findall(text)
    words = [token.casefold() for token in tokens]
    if OTHER_TIMES & set(words) or any(_YEAR.fullmatch(word) for word in words):
        return
    names, places = _names(tokens), _places(tokens)
    days = frozenset(word for word in words if word in DAYS_FROM_NOW or is_of_the_calendar(word))
    for at in range(len(words)):
        found = number_of(words, at)
        if found is None:
            continue
        value, end = found
        how = _how(words, at)
        key = None if how is None else _key(words, at, end)
        if key is not None and how is not None:
            yield Claim(key, value, how, sentence, names, places, _content(text), days)


def _how(words: Sequence[str], at: int) -> str | None:
    """How the number is meant; ``None`` where it counts a part, a range or what is only expected."""
    before = words[max(0, at - 3) : at]
    if before[-1:] and before[-1] in BEFORE:
        return None
    if at > 1 and words[at - 1] in RANGES and number_of(words, at - 2) is not None:
        return None
    for size in (3, 2, 1):
        said = " ".join(before[-size:])
        if len(before) >= size and said in QUALIFIERS:
            return QUALIFIERS[said]
    return EXACTLY


def _key(words: Sequence[str], at: int, end: int) -> Key | None:
    if any(word in MAGNITUDE for word in words[max(0, at - 2) : at]) or (
        words[end : end + 2] == ["-", "magnitude"]
    ):
        return ("magnitude",) if not DOUBTS & set(words) else None
    if end < len(words) and words[end] in STATES and _ends(words, end + 1):
        return None if UNCERTAIN & set(words[max(0, at - 3) : at]) else ("people", STATES[words[end]])
    for skipped in (0, 1):
        place = end + skipped
        if place < len(words) and words[place] in NOUNS:
            befell = _predicate(words, at, place)
            kind = words[end] if skipped else ""
            if skipped and (not kind.isalpha() or kind in DEAD_WEIGHT):
                return None
            return None if befell is None else (NOUNS[words[place]], befell, *([kind] if kind else []))
    return None


def _ends(words: Sequence[str], at: int) -> bool:
    """Whether "12 dead" ends there: no noun follows that it is said of."""
    return at >= len(words) or words[at] in FUNCTION or not words[at][0].isalnum()


def _predicate(words: Sequence[str], at: int, noun: int) -> str | None:
    """What befell them: the verb right before the number, else the first behind the noun, before another number."""
    first = at
    while first > 0 and at - first < 3 and any(words[first - 1] in said.split() for said in QUALIFIERS):
        first -= 1
    if first and words[first - 1] in PREDICATES:
        return None if UNCERTAIN & set(words[max(0, first - 4) : first]) else PREDICATES[words[first - 1]]
    for place in range(noun + 1, min(noun + 1 + AFTER, len(words))):
        word = words[place]
        if word in UNCERTAIN or word[0].isdigit() or word in {";", "–", "—", ":", ","}:
            return None
        if number_of(words, place) is not None:
            return None
        if word in PREDICATES or word in STATES:
            return PREDICATES.get(word) or STATES.get(word)
    return None


def _names(tokens: Sequence[str]) -> frozenset[str]:
    """The words with a capital that do not open the sentence."""
    return frozenset(
        token.casefold()
        for before, token in itertools.pairwise(tokens)
        if token[0].isupper() and before not in "“”\"'«»„:" and not is_of_the_calendar(token)
    )


def _content(text: str) -> frozenset[str]:
    """The words by which a reader knows what the sentence is about, but for what it counts."""
    said = frozenset(word for word in folded(text) if len(word) >= TELLING and not word[0].isdigit())
    return said - SMALL - STOP - _COUNTING


def _places(tokens: Sequence[str]) -> frozenset[str]:
    """The names right behind a word of place: "in Port Averne"."""
    found: set[str] = set()
    behind = False
    for token in tokens:
        word = token.casefold()
        opens = word in PLACING
        behind = opens or (behind and (token[0].isupper() or word in ON_THE_WAY))
        if behind and not opens and token[0].isupper() and not is_of_the_calendar(token):
            found.add(word)
    return frozenset(found)


# --- two sentences -------------------------------------------------------------------------------


def _disagree(one: Claim, other: Claim) -> bool:
    """Whether the two numbers cannot both be meant for the same thing, and are."""
    if one.days != other.days and not (one.days <= WEEKDAYS and other.days <= WEEKDAYS):
        return False
    if one.days and other.days and not one.days & other.days:
        return False
    for said, says in ((one.names, other.names), (one.places, other.places)):
        if said and says and not said & says:
            return False
    if abs(one.value - other.value) > CLOSE and max(one.value, other.value) > 2 * min(one.value, other.value):
        return False
    if len(one.content & other.content) < SHARED:
        return False
    (low, high), (least, most) = _meant(one), _meant(other)
    return high < least or most < low


def _meant(claim: Claim) -> tuple[float, float]:
    """Between which numbers the claim may lie: a round one is rounded."""
    value, size = claim.value, 1 + ABOUT
    if claim.key == ("magnitude",):
        return value - 0.05, value + 0.05
    if claim.how == NEARLY:
        return value / size, value
    if claim.how == OVER:
        return value, value * size
    if claim.how == NEAR:
        return value / size, value * size
    return _rounded(value)


def _rounded(value: float) -> tuple[float, float]:
    """``84,000`` is anything from 83,500 to 84,500; below a hundred a number is that number."""
    digits = f"{value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    if value < 100 or not zeros:
        return value, value
    return value - 10**zeros / 2, value + 10**zeros / 2
