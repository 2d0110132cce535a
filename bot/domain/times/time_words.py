"""The words of time of all languages at once, how what was typed is cut into words, and zones (pure)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Literal
from zoneinfo import ZoneInfo

from bot.wording.heard.languages import languages
from bot.wording.language import small_words
from bot.wording.marks import DASHES

LANGUAGES = tuple(one.timing for one in languages().values())

MOST_TOKENS = 400
"""Words of one text that are looked at: a query has fewer."""

_BRACKETS = str.maketrans("[]{}", "()()")
_DASHES = str.maketrans(dict.fromkeys(DASHES, "-") | {"’": "'", "＠": "@"})
_TOKEN = re.compile(
    r'"[^"]*"|[“„][^“”]*[“”]|[,;&+()]|(?<=\d )[aApP]\.? [mM]\b\.?|@(?=\d|noon|midnight|midday)|\d{1,2}:?\d\d(?=[zZ](?!\w))|[^\s,;&+()"“”„]+|["“”„]'
)


_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u20e3]+")
"""Emoji; digits in a box keep their digit."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as typed, ``plain`` as it is compared; a quoted one has no plain text. Offsets are of the text."""

    text: str
    plain: str
    start: int
    end: int


class Text(list[Token]):
    """All words of a text, in order; ``known`` is what was read of each, by where it stands: the same is asked again and again."""

    def __init__(self, words: Iterable[Token]) -> None:
        super().__init__(words)
        self.known: dict[int, object] = {}


Words = Sequence[Token]
Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""Phrases by their first word."""


def joined(field: str) -> frozenset[str]:
    """The words of all languages for one purpose, the name of a field of ``Timing``."""
    return frozenset(word for one in LANGUAGES for word in getattr(one, field))


def mapped(field: str) -> Mapping[str, int]:
    """The numbers of all languages for one purpose."""
    return {word: number for one in LANGUAGES for word, number in getattr(one, field).items()}


def phrases(field: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of all languages for one purpose, long ones first."""
    told = (tuple(phrase.split()) for one in LANGUAGES for phrase in getattr(one, field))
    return tuple(sorted(told, key=len, reverse=True))


def by_first(told: Iterable[tuple[str, ...]]) -> Phrases:
    """The phrases by their first word, long ones first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(told, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


DAYS, LETTERS, PLURAL, COUNTS, ALTERNATE, CLOCK, PARTS, MONTHS, MINUTES = (
    mapped(name)
    for name in ("days", "letters", "plural", "counts", "alternate", "clock", "parts", "months", "minutes")
)
SETS = {word: days for one in LANGUAGES for word, days in one.sets.items()}
AT, HOURS_24, ON, EVERY, JOINTS, TO, BETWEEN, HOUR, HOURLY, LONE, PARTED, OCLOCK, FILLERS, CALLED, QUIET, TIMES, PER = (
    joined(name)
    for name in (
        "at", "hours", "on", "every", "joints", "to", "between", "hour", "hourly", "lone", "parted", "oclock", "fillers",
        "called", "quiet", "times", "per",
    )
)  # fmt: skip
ONCE, DAILY, BEFORE_PARTS, MOST, UNCLEAR, EXCEPT, BUT, FILLING, FILLING_BESIDE = (
    by_first(phrases(name))
    for name in (
        "once",
        "daily",
        "before_parts",
        "most",
        "unclear",
        "excepting",
        "but",
        "filling",
        "filling_beside",
    )
)
CLEAR, ARTICLES, BEFORE_DAYS, NUMBERED, SHORT, DIGESTS, OF_DIGESTS, SINGLE = (
    joined(name)
    for name in ("clear", "articles", "before_days", "numbered", "short", "digests", "of_digests", "single")
)
GLUED = {word: parts for one in LANGUAGES for word, parts in one.glued.items()}
ORS = frozenset(word.lower() for word in small_words("OR"))
FOR = frozenset(word.lower() for word in small_words("for"))


def _numbered_phrases(field: str) -> dict[tuple[str, ...], int]:
    return {tuple(phrase.split()): number for phrase, number in mapped(field).items()}


FRACTIONS, OFTEN, WEEKLY = map(_numbered_phrases, ("fractions", "often", "weekly"))
_FRACTIONS, _OFTEN, _WEEKLY = map(by_first, (FRACTIONS, OFTEN, WEEKLY))


def tokens(text: str) -> Text:
    """The words of the text, quoted ones whole; marks that join lists are words, and pictures none."""
    text = _PICTURES.sub(lambda found: " " * len(found[0]), text).translate(_BRACKETS)
    found = (one for word in _TOKEN.finditer(text) for one in _parted(word[0], word.start()))
    return Text(islice(found, MOST_TOKENS))


def _parted(text: str, start: int) -> Iterator[Token]:
    """The word at that offset, or the two that are written as one: ``Montagmorgen``."""
    plain = _plain(text)
    for told in GLUED.get(plain, ()):
        yield Token(text[: len(told)], told, start, start + len(told))
        text, start = text[len(told) :], start + len(told)
    if plain not in GLUED:
        yield Token(text, plain, start, start + len(text))


def _plain(text: str) -> str:
    if len(text) > 60 or text[:1] in '"“„':
        return ""
    plain = text.translate(_DASHES).casefold()
    plain = re.sub(r"(?<![a-z])([ap])\.?\s?m\.?$", r"\1m", plain)
    return plain.rstrip(":.!?") or plain


def passed(words: Words, at: int) -> int:
    """The next token behind the marks and words that join clauses."""
    while at < len(words) and (words[at].plain in JOINTS or words[at].plain in {"-", "(", ")"}):
        at += 1
    return at


def stands(words: Words, at: int, among: Container[str]) -> bool:
    """Whether one of these words stands there."""
    return at < len(words) and words[at].plain in among


def follows(words: Words, at: int, phrases: Phrases) -> int:
    """Where the phrase ends that stands here; ``at`` for none."""
    for phrase in phrases.get(words[at].plain, ()) if at < len(words) else ():
        if tuple(word.plain for word in words[at : at + len(phrase)]) == phrase:
            return at + len(phrase)
    return at


def fraction(words: Words, at: int) -> tuple[int, int]:
    """Where a phrase such as "half past" ends that stands here, and the minutes it means; ``at`` and 0 for none."""
    return _followed(words, at, _FRACTIONS, FRACTIONS)


def how_often(words: Words, at: int) -> tuple[int, Literal["often", "weekly"], int]:
    """Where a phrase such as "twice a day", or "twice a week", ends that stands here, which it is, and its number; ``at`` for none."""
    end, count = _followed(words, at, _OFTEN, OFTEN)
    if end > at:
        return end, "often", count
    end, count = _followed(words, at, _WEEKLY, WEEKLY)
    return end, "weekly", count


def _followed(
    words: Words, at: int, phrases: Phrases, numbers: Mapping[tuple[str, ...], int]
) -> tuple[int, int]:
    end = follows(words, at, phrases)
    return end, numbers[tuple(word.plain for word in words[at:end])] if end > at else 0


LONG = 7
"""Letters of a word that is no other word with one letter changed: "daily" and "dairy" are two, "werktags" is one."""


def slipped(word: str, name: str) -> bool:
    """Whether it is the name with one letter lost, doubled or turned round, in a long one also another: "daly", "werktgas"."""
    if len(word) == len(name):
        wrong = [at for at, letter in enumerate(name) if word[at] != letter]
        turned = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == name[wrong[1]]
        return (turned and sorted(word) == sorted(name)) or (
            len(wrong) == 1 and wrong[0] > 0 and len(name) >= LONG
        )
    long, short = (name, word) if len(name) > len(word) else (word, name)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(1, len(long))
    )


AREAS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian")


@lru_cache(maxsize=1024)
def is_a_zone(text: str) -> bool:
    """Whether the IANA database has a zone of this name."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


def is_like_a_zone(text: str) -> bool:
    """Whether it is written as a place of an area, or almost: ``Europe/Berln``; two areas ("Asia/Pacific") are words."""
    area, _, place = text.partition("/")
    near = bool(place) and len(area) <= 12 and bool(get_close_matches(area.title(), AREAS, n=1, cutoff=0.8))
    return near and place.title() not in AREAS and place.replace("_", "").replace("/", "").isalpha()
