"""What somebody who answers a digest wants to know of it: words become a question, or nothing (pure).

Most of what people write below a digest is not for the desk, and an answer to it would be a nuisance: so
every word of a question must be accounted for, and what can be read in two ways is none. The words of each
language are :mod:`bot.wording.asking`'s. Nothing that a person can type raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.times import time_words
from bot.wording.asking import Asking, Opening, View
from bot.wording.heard.languages import languages
from bot.wording.language import small_words
from bot.wording.marks import DASHES

LANGUAGES = tuple(one.asking for one in languages().values())

BOTH, PAIR = frozenset(word for one in LANGUAGES for word in one.both), 2
"""Words that mean the one story and the other, and how many these are."""

LINKS = frozenset(word for one in LANGUAGES for word in one.links)
"""Words between a request and what it is about."""

_POINTING = tuple(one.pronouns | one.ordinals.keys() | one.last | one.lone for one in LANGUAGES)
_ARTICLES, _NOUNS = (
    frozenset(word for one in LANGUAGES for word in getattr(one, name)) for name in ("articles", "nouns")
)
_ALL = time_words.joined("everything")

LONGEST = 240
"""Characters of a question: a headline has up to 200."""

COPIED = 3
"""Words of a headline that are a question by themselves, where they stand in it so: fewer come up by chance."""

SHORTEST = 3
"""Letters of a word that tells a headline."""

INFLECTED = 4
"""Letters of a word from which on it may have another ending and be the same."""

_MARKS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u20e3": None, "\ufe0f": None, "„": '"', "“": '"', "”": '"'}
)
_SEVERAL = r"\d{1,2}(?:[,\-]\d{1,2})+"
_TOKEN = re.compile(
    rf"{_SEVERAL}|[#№]?\d{{1,3}}(?:[.)]|st|nd|rd|th)?|[^\W\d_]+(?:['\-][^\W\d_]+)*\.?|\d{{1,3}}(?:[.,]\d{{3}})*"
)
_NUMBER = re.compile(r"[#№]?(\d{1,3})[.)]?")
_LISTED = re.compile(r"(?<=\d)(?:,\s+|\s*[&+]\s*)(?=[#№]?\d)")
_UNTIL = re.compile(
    rf"(?<=\d)(?: ?[{DASHES}-] ?| (?:{'|'.join(sorted({one for told in LANGUAGES for one in told.until}))}) )(?=\d)"
)
_PAIRS = re.compile(r'^(.*?)"([^"]+)"$')


@dataclass(frozen=True, slots=True)
class Headline:
    """A story of a digest as its readers see it: its number, its headline and the quotes below it."""

    number: int
    text: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is wanted of the stories of these numbers; without any, of all stories of the message."""

    view: View
    numbers: tuple[int, ...] = ()


def may_ask(text: str) -> bool:
    """Whether the words may be a question to a digest, whatever it tells; for most of what people say they may not."""
    return _words(text) is not None


def question(text: str, stories: Sequence[Headline], *, addressed: bool = False) -> Question | None:
    """What ``text`` asks of a digest of these stories; ``None`` for what is not certainly for the desk.

    ``addressed``: it is said to the desk. Else "2-3" alone may be how a match ended, and "1,2" how much something is.
    """
    words = _words(text)
    if not words or not stories or (not addressed and re.fullmatch(_SEVERAL, " ".join(words))):
        return None
    readings = {found for language in LANGUAGES for found in _Reader(language, stories).read(words)}
    return readings.pop() if len(readings) == 1 else None


def _words(text: str) -> list[str] | None:
    """The words in lower case, one mark at their end left out; ``None`` where something is no plain word."""
    if len(text) > LONGEST:
        return None
    line = unicodedata.normalize("NFC", text).casefold().translate(_MARKS).strip()
    if "\n" in line:
        return None
    line = re.sub(r"(?<=[\w\"'])\s?[?!]$", "", line)
    line = re.sub(r",(?=\s+\w+$)", "", line) if line.endswith(_POLITE) else line
    line = _LISTED.sub(f" {_JOINT} ", _UNTIL.sub("-", _PAIRS.sub(r"\1\2", line)))
    words = line.split()
    return words if words and all(_TOKEN.fullmatch(word) for word in words) else None


_JOINT = "and"
_JOINTS = time_words.JOINTS | {_JOINT}
_POLITE = tuple(one for language in LANGUAGES for one in language.polite)


def is_all(words: str) -> bool:
    """Whether the words mean all there is: "everything"."""
    return words.strip().casefold() in _ALL


def points(words: str) -> bool:
    """Whether the words only mean what was spoken of before: "it", "me", "the second one"; not "IT"."""
    said = words.split()
    plain = [word.casefold() for word in said if word.islower() or word.istitle()]
    if len(plain) < len(said):
        return False
    if len(plain) > 2 and plain[0] in _ALL | BOTH and plain[1] in small_words("of"):  # "all of these"
        plain = plain[2:]
    plain = plain[1:] if len(plain) > 1 and plain[0] in _ARTICLES else plain
    plain = plain[:-1] if len(plain) > 1 and plain[-1] in _NOUNS | _ALL else plain
    return len(plain) == 1 and any(plain[0] in one for one in _POINTING)


class _Reader:
    """Reads words of one language below one digest."""

    def __init__(self, language: Asking, stories: Sequence[Headline]) -> None:
        self._language = language
        self._stories = stories
        self._numbers = {story.number for story in stories}

    def read(self, words: Sequence[str]) -> Iterator[Question]:
        """Every way to read all of the words; none, for most of what people say."""
        words = self._politely(words)
        for opening in self._language.openings:
            yield from self._opened(opening, self._bare(words))
        found = self._each(words, told=False, quotes=False)
        if not found and (copied := self._copied(words)):
            found = (copied,)
        if found:
            yield Question("story", found)

    def _politely(self, words: Sequence[str]) -> Sequence[str]:
        for polite in (one.split() for one in self._language.polite):
            if list(words[-len(polite) :]) == polite:
                words = words[: -len(polite)]
            if list(words[: len(polite)]) == polite:
                words = words[len(polite) :]
        return words

    def _bare(self, words: Sequence[str]) -> Sequence[str]:
        """Without an article at the beginning."""
        return words[1:] if words and words[0] in self._language.articles else words

    def _opened(self, opening: Opening, words: Sequence[str]) -> Iterator[Question]:
        """The question that these words open, if they do."""
        head, end = opening.words.split(), opening.end.split()
        if list(words[: len(head)]) != head or (end and list(words[-len(end) :]) != end):
            return
        about = list(words[len(head) : len(words) - len(end)])
        if not about:
            if opening.alone:
                yield Question(opening.view)
            return
        linked = head[-1] in self._language.links
        if not linked and opening.linked and about[0] in self._language.links:
            linked, about = True, about[1:]
        if found := self._about(about, opening, linked=linked):
            yield Question(opening.view, found)

    def _about(self, words: Sequence[str], opening: Opening, *, linked: bool) -> tuple[int, ...]:
        """The stories that an opening's words go on to name; behind a link any words of a headline do."""
        quotes, certain = opening.view == "quotes", linked or opening.direct
        if not certain and (opening.linked or len(words) == 1):  # "give me 5"
            return ()
        return self._each(words, told=linked, quotes=quotes)

    def _each(self, words: Sequence[str], *, told: bool, quotes: bool) -> tuple[int, ...]:
        """The stories of one name, of the first few or the like, or of several names: "2 and 3", "the first and the last"."""
        if (one := self._one(words, told=told, quotes=quotes)) or (some := self._some(words, told=told)):
            return (one,) if one else some
        parts = [list(part) for is_joint, part in groupby(words, key=_JOINTS.__contains__) if not is_joint]
        if len(parts) < PAIR or words[-1] in _JOINTS:
            return ()
        found: list[int] = []
        for part in parts:
            number = self._one(part, told=told or bool(found), quotes=quotes)
            several = (number,) if number else self._some(part, told=told)
            if not several:
                return ()
            found += several
        return tuple(found) if len(set(found)) == len(found) else ()  # not "1 + 1"

    def _one(self, words: Sequence[str], *, told: bool, quotes: bool) -> int | None:
        """The story of a number, or of "the ferry story"; where one is ``told`` for certain, of any words of its headline."""
        found = self._number(words, told=told) or self._framed(words, quotes=quotes)
        return found or (self._told(self._bare(words), quotes=quotes) if told else None)

    def _some(self, words: Sequence[str], *, told: bool) -> tuple[int, ...]:
        """The stories of "the first two", "the last three stories", "both of them", "2-4", "stories 1,2"."""
        bare, every = self._bare(words), sorted(self._numbers)
        labelled = len(bare) == PAIR and bare[0] in self._language.plural | self._language.labels
        if (len(bare) == 1 or labelled) and (listed := _listed(bare[-1])):
            return listed if self._numbers.issuperset(listed) else ()
        named = told or len(bare) < len(words)
        if len(bare) > 1 and bare[-1] in self._language.plural:
            named, bare = True, bare[:-1]
        if named and len(bare) == 1 and bare[0] in self._language.both and len(every) == PAIR:
            return tuple(every)
        for rank, counted in (bare, bare[::-1]) if named and len(bare) == PAIR else ():  # rank and count
            count = self._count(counted)
            if 1 < count <= len(every) and self._language.ordinals.get(rank) == 1:
                return tuple(every[:count])
            if 1 < count <= len(every) and rank in self._language.last:
                return tuple(every[-count:])
        return ()

    def _count(self, word: str) -> int:
        """How many the word says; 0 for another."""
        two = PAIR if word in self._language.both else 0
        return int(word) if word.isdecimal() else self._language.cardinals.get(word, two)

    def _number(self, words: Sequence[str], *, told: bool) -> int | None:
        """The story of this number or ordinal; ``told`` where the words before say that one is meant."""
        bare = self._bare(words)
        named = told or len(bare) < len(words)
        labels = self._language.labels | self._language.plural  # "numbers 1 and 2"
        rest = bare[1:] if bare and bare[0] in labels else bare
        labelled = len(rest) < len(bare)
        rest = rest[1:] if rest and rest[0] in self._language.numerals else rest
        number = None
        if len(rest) == 1 and (digits := _NUMBER.fullmatch(rest[0])):
            number = int(digits[1])
        elif len(rest) == 1 and (labelled or told):
            number = self._language.cardinals.get(rest[0])
        if number is None and len(rest) == len(bare):
            number = self._ordinal(bare, named=named)
        return number if number in self._numbers else None

    def _ordinal(self, words: Sequence[str], *, named: bool) -> int | None:
        with_noun = len(words) == 2 and words[1] in self._language.nouns
        if not (with_noun or len(words) == 1):
            return None
        if words[0] in self._language.last and (with_noun or named):
            return max(self._numbers)
        if with_noun or named or words[0] in self._language.lone:
            return self._language.ordinals.get(words[0])
        return None

    def _framed(self, words: Sequence[str], *, quotes: bool) -> int | None:
        """The story of "the ferry story", or of "the one about the ferry"."""
        bare = self._bare(words)
        if len(bare) >= 2 and bare[-1] in self._language.nouns:
            return self._told(bare[:-1], quotes=quotes)
        framed = len(bare) >= 3 and bare[0] in self._language.nouns and bare[1] in self._language.subjects
        return self._told(self._bare(bare[2:]), quotes=quotes) if framed else None

    def _told(self, words: Sequence[str], *, quotes: bool) -> int | None:
        """The one story whose headline has all of these words; else, with ``quotes``, whose quotes have."""
        wanted = [word for word in map(_plain, words) if word not in self._language.small]
        if not wanted or max(map(len, wanted)) < SHORTEST:
            return None
        having = [story.number for story in self._stories if self._has(story.text, wanted)]
        if not having and quotes:
            having = [s.number for s in self._stories if any(self._has(one, wanted) for one in s.quotes)]
        return having[0] if len(having) == 1 else None

    def _has(self, text: str, wanted: Sequence[str]) -> bool:
        told = _all_words(text)
        return all(any(self._alike(word, one) for one in told) for word in wanted)

    def _alike(self, word: str, other: str) -> bool:
        """Whether they are one word, as far as its endings tell."""
        short, long = sorted((word, other), key=len)
        inflected = len(short) >= INFLECTED and long.startswith(short)
        turned = any(
            short.endswith(a) and long == short.removesuffix(a) + b for a, b in self._language.turned
        )
        return short == long or turned or (inflected and long[len(short) :] in self._language.endings)

    def _copied(self, words: Sequence[str]) -> int | None:
        """The one story whose headline has these words in this order, nothing between them."""
        wanted = [_plain(word) for word in words]
        if sum(word not in self._language.small for word in wanted) < COPIED:
            return None
        having = [story.number for story in self._stories if _contains(_all_words(story.text), wanted)]
        return having[0] if len(having) == 1 else None


def _listed(word: str) -> tuple[int, ...]:
    """The numbers of "1,2" and "2-4"; none for another word, and for "4-2"."""
    if not re.fullmatch(_SEVERAL, word):
        return ()
    parts = [[int(end) for end in part.split("-")] for part in word.split(",")]
    numbers = [number for part in parts for number in range(part[0], part[-1] + 1)]
    ascends = all(part == sorted(set(part)) and len(part) <= PAIR for part in parts)
    return tuple(numbers) if ascends and len(set(numbers)) == len(numbers) else ()


def _contains(told: Sequence[str], wanted: Sequence[str]) -> bool:
    ends = range(len(wanted), len(told) + 1)
    return any(list(told[end - len(wanted) : end]) == list(wanted) for end in ends)


def _all_words(text: str) -> list[str]:
    return [_plain(word) for word in re.findall(r"[\w'’\-]+(?:[.,]\d{3})*", text)]


def _plain(word: str) -> str:
    """Without case, accents and a possessive."""
    letters = unicodedata.normalize("NFKD", word.casefold().translate(_MARKS))
    return re.sub(r"'s?$", "", "".join(one for one in letters if not unicodedata.combining(one)).strip(".'-"))
