"""Words and letters that run from right to left, in the order in which people read them, not in that of their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.article.pdf.reading_order import Line

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_APART = (
    0.1  # Parts of the size between two words, and before a bracket that the file has in the word before.
)
_MIRRORED = str.maketrans("()[]{}«»‹›", ")(][}{»«›‹")
_OPENING = frozenset("([{«‹")
_CLOSING = frozenset(")]}»›")
_RUN = re.compile(
    r"(?:[%$€£₪]|(?<!\w)[+-])?[0-9A-Za-zÀ-ʯ\u0660-\u0669\u06f0-\u06f9]+"
    r"(?:[.,:/'’&@_-][0-9A-Za-zÀ-ʯ\u0660-\u0669\u06f0-\u06f9]+)*(?:[$€£₪](?!\w))?"
)
_BARE = re.compile(
    r"[0-9A-Za-zÀ-ʯ\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/'’&@_-][0-9A-Za-zÀ-ʯ\u0660-\u0669\u06f0-\u06f9]+)*"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its left end and base, its right end, its size, and the number of the word that the file has it in."""

    letter: str
    x: float
    y: float
    right: float
    size: float
    word: int


def runs_left(letters: str) -> bool:
    """Whether most of the letters are written from right to left (Unicode Standard Annex 9)."""
    if letters.isascii():
        return False
    classes = [unicodedata.bidirectional(letter) for letter in letters]
    return sum(each in _RIGHT_TO_LEFT for each in classes) > classes.count("L")


def mirrored(glyphs: Sequence[Glyph]) -> list[Line]:
    """The words of a page that is read from the right, each as it is read; places are measured leftwards, as minus.

    So whatever orders words from left to right orders these.
    """
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: -each.y):
        if rows and abs(rows[-1][0].y - glyph.y) < min(rows[-1][0].size, glyph.size) / 2:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    words = [word for row in rows for word in _words(sorted(row, key=lambda each: -each.x))]
    visual = _are_visual(words)
    numbers = _BARE if any(unicodedata.bidirectional(glyph.letter) == "AL" for glyph in glyphs) else _RUN
    return [_line(word, numbers, visual=visual) for word in words]


def _words(row: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    word: list[Glyph] = []
    for glyph in row:
        parts = word and (glyph.word != word[-1].word or glyph.letter in _OPENING | _CLOSING)
        if parts and word[-1].x - glyph.right > _APART * glyph.size:
            yield word
            word = []
        word.append(glyph)
    if word:
        yield word


def _are_visual(words: Sequence[Sequence[Glyph]]) -> bool:
    """Whether brackets are those that are seen: the closing one stands before the word."""
    ends = [(word[0].letter, word[-1].letter) for word in words if len(word) > 1]
    seen = sum((first in _CLOSING) + (last in _OPENING) for first, last in ends)
    return seen > sum((first in _OPENING) + (last in _CLOSING) for first, last in ends)


def _line(word: Sequence[Glyph], numbers: re.Pattern[str], *, visual: bool) -> Line:
    text = "".join(glyph.letter for glyph in word)
    text = numbers.sub(lambda run: run[0][::-1], text.translate(_MIRRORED) if visual else text)
    left, right = min(glyph.x for glyph in word), max(glyph.right for glyph in word)
    return Line(text, -right, -left, word[0].y, max(glyph.size for glyph in word), leftwards=True)


def in_order(words: Sequence[str], *, leftwards: bool) -> list[str]:
    """The words of a line in its direction, with those of the other one that stand together in their own order."""
    runs = groupby(words, key=lambda word: _is_latin(word) if leftwards else runs_left(word))
    return [word for other, run in runs for word in (_turned(list(run)) if other else run)]


def _is_latin(word: str) -> bool:
    return any(map(str.isalpha, word)) and not runs_left(word)


def _turned(run: list[str]) -> list[str]:
    """The words turned; the marks around them stay where they are, since they are the line's."""
    first = run[0].lstrip("([{«\"“„'")
    opened, run[0] = run[0][: len(run[0]) - len(first)], first
    last = run[-1].rstrip(".,:;!?)]}»\"”'")
    closed, run[-1] = run[-1][len(last) :], last
    run.reverse()
    return [opened + run[0], *run[1:-1], run[-1] + closed] if len(run) > 1 else [opened + run[0] + closed]
