"""Rows of a Telegram message: text made harmless, measured as Telegram measures, cut where it reads well. Pure.

Limits are those of tdlib/telegram-bot-api 10.0: 4096 UTF-16 units after parsing, 100 entities (what
is beyond loses its formatting in silence, guards against mentions included), 32 KiB of markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.chat.printable import safe

LONGEST_MARKS = 32
"""Accents and joiners in a row; no script stacks as many, and they would draw over other lines."""

# Unseen and without a function in running text; joiners (200c, 200d) shape scripts and emoji, so they stay.
_UNSEEN = re.compile(
    "[\xad\u034f\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc"
    "\U000e0000-\U000e007f]"
)
# A name after @ would call somebody, a word after / become a command to tap.
_LIVE = re.compile(r"(?<![A-Za-z0-9_])@[A-Za-z0-9_]+|(?<![\w/<>])/[A-Za-z0-9_]+(?:@[A-Za-z0-9_]+)?")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+|[。！？][”’」』]*")
_TAG_BYTES = len("<blockquote expandable></blockquote>")


DATE = "wdt"
"""How a moment is told, in the zone and language of each reader: weekday, short day and time."""

_TIME_BYTES = len('<tg-time unix="9999999999" format="wdt"></tg-time>')


@dataclass(frozen=True, slots=True)
class Weight:
    """What Telegram counts of a piece: UTF-16 units, entities, bytes of markup."""

    units: int = 0
    entities: int = 0
    size: int = 0

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.units + other.units, self.entities + other.entities, self.size + other.size)

    def __sub__(self, other: Weight) -> Weight:
        return Weight(self.units - other.units, self.entities - other.entities, self.size - other.size)

    def fits(self, room: Weight) -> bool:
        """Whether there is room for it."""
        return self.units <= room.units and self.entities <= room.entities and self.size <= room.size


FULL = Weight(4096, 90, 30_000)
"""The most in one message; ten entities and two kilobytes short of the limits."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one look: ``tags`` from the outside in, and perhaps a link, or the moment that it tells, in Unix time."""

    text: str
    tags: tuple[str, ...] = ()
    url: str = ""
    unix: int = 0

    @property
    def weight(self) -> Weight:
        """The span's whole weight."""
        return self.frame + Weight(units(self.text), 0, len(escaped(self.text).encode()))

    @property
    def frame(self) -> Weight:
        """The weight of its tags alone."""
        size = len(self.tags) * _TAG_BYTES + (len(escaped(self.url).encode()) + 16 if self.url else 0)
        size += _TIME_BYTES * bool(self.unix)
        return Weight(0, len(self.tags) + bool(self.url) + bool(self.unix), size)

    def part(self, piece: str) -> Span:
        """The piece of it in the same look; half of a moment's words tell no moment."""
        return self if piece == self.text else Span(piece, self.tags, self.url)

    def html(self) -> str:
        """The span as Telegram's HTML."""
        shown = escaped(self.text)
        if self.unix:
            shown = f'<tg-time unix="{self.unix}" format="{DATE}">{shown}</tg-time>'
        for tag in reversed(self.tags):
            shown = f"<{tag}>{shown}</{tag}>"
        return f'<a href="{escaped(self.url)}">{shown}</a>' if self.url else shown


@dataclass(frozen=True, slots=True)
class Row:
    """One block, or one item of a list.

    ``head`` rows need a row after them; ``close`` ones follow the row above without an empty line;
    ``quote`` sets it apart as somebody's words; with ``folded`` a reader sees three lines until they open it.
    """

    spans: tuple[Span, ...]
    head: bool = False
    close: bool = False
    quote: bool = False
    folded: bool = False
    weight: Weight = field(init=False)
    """Counted no further than where it is more than a message takes."""

    def __post_init__(self) -> None:
        weight = Weight(2, int(self.quote), 2 + _TAG_BYTES * self.quote)
        for span in self.spans:
            weight += span.weight
            if not weight.fits(FULL):
                break
        object.__setattr__(self, "weight", weight)

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return _text(self.spans)

    def html(self) -> str:
        """The row as Telegram's HTML."""
        shown = "".join(span.html() for span in self.spans)
        opening = "<blockquote expandable>" if self.folded else "<blockquote>"
        return f"{opening}{shown}</blockquote>" if self.quote else shown

    def pieces(self, room: Weight) -> Iterator[Row]:
        """The row in pieces: the first fits into ``room``, the others fill a message each but the last."""
        left = list(reversed(self.spans))
        while left:
            taken = _taken(left, room - Row((), quote=self.quote).weight)
            room = FULL
            if left:  # cut where it reads well, and give the rest back
                text = _text(taken)
                at = _place(text + left[-1].text[:1], len(text))
                left += reversed(_sliced(taken, at, len(text)))
                taken = _sliced(taken, 0, at)
            if piece := row(taken, head=self.head, close=self.close, quote=self.quote, folded=self.folded):
                yield piece


def row(
    spans: Iterable[Span],
    *,
    head: bool = False,
    close: bool = False,
    quote: bool = False,
    folded: bool = False,
) -> Row | None:
    """The spans, guarded and without white space around them; nothing when there is nothing to see."""
    kept = [span for span in spans if span.text]
    text = _text(kept)
    if not any(map(_seen, text)):
        return None
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return Row(tuple(_merged(_guarded(_sliced(kept, start, end)))), head, close, quote, folded)


def clean(text: str) -> str:
    """The text with nothing in it that is unseen, reorders its surroundings or piles up."""
    text = re.sub(r"\n{3,}", "\n\n", _UNSEEN.sub("", safe(text)).replace("\u2800", " "))
    if text.isascii():
        return text
    runs = ((marks, "".join(run)) for marks, run in groupby(text, _clinging))
    return "".join(run[:LONGEST_MARKS] if marks else run for marks, run in runs)


def escaped(text: str) -> str:
    """Text as it may stand in Telegram's HTML, between tags or quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _sliced(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The characters ``start`` to ``end`` of the spans' text, each in its look."""
    parts, at = [], 0
    for span in spans:
        if piece := span.text[max(0, start - at) : max(0, end - at)]:
            parts.append(span.part(piece))
        at += len(span.text)
    return parts


def _taken(left: list[Span], room: Weight) -> list[Span]:
    """As many characters as fit, taken from the end of ``left``, where the first span stands; at least one."""
    taken: list[Span] = []
    while left:
        span = left.pop()
        room -= span.frame
        reach = _reach(span.text, room) if room.entities >= 0 else 0
        reach = reach or int(not taken)
        if reach < len(span.text):
            left.append(span.part(span.text[reach:]))
            return [*taken, span.part(span.text[:reach])] if reach else taken
        room -= Weight(units(span.text), 0, len(escaped(span.text).encode()))
        taken.append(span)
    return taken


def _reach(text: str, room: Weight) -> int:
    """How many characters of the text fit."""
    most_units, most_bytes = room.units, room.size
    for reach, char in enumerate(text):
        most_units -= units(char)
        most_bytes -= len(escaped(char).encode())
        if most_units < 0 or most_bytes < 0:
            return reach
    return len(text)


def _guarded(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans; what Telegram would bring to life stands in `code`, where it stays text.

    Links are left alone: Telegram looks for nothing inside them.
    """
    text, at = _text(spans), 0
    lives = iter([*(live.span() for live in _LIVE.finditer(text)), (len(text), len(text) + 1)])
    start, end = next(lives)
    for span in spans:
        stop = at + len(span.text)
        while at < stop:
            if at >= end:
                start, end = next(lives)
            until = min(stop, end if at >= start else start)
            piece = span.text[len(span.text) - (stop - at) : len(span.text) - (stop - until)]
            live = at >= start and not span.url
            yield Span(piece, ("code",)) if live else span.part(piece)
            at = until


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours of one look as one span."""
    for (tags, url, unix), alike in groupby(spans, lambda span: (span.tags, span.url, span.unix)):
        yield Span(_text(alike), tags, url, unix)


def _text(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def _place(text: str, most: int) -> int:
    """Where to cut within ``most`` characters: after a sentence, a word, or no letter's accents."""
    if most >= len(text) or not most:
        return most
    half = most // 2
    ends = [end.end() for end in _SENTENCE_END.finditer(text, half, most)]
    if ends:
        return ends[-1]
    for at in range(most, half, -1):
        if text[at].isspace() or text[at - 1].isspace():
            return at
    for at in range(most, max(0, most - 2 * LONGEST_MARKS), -1):
        if not _clinging(text[at]) and text[at - 1] != "\u200d":
            return at
    return most


def _clinging(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Mc", "Cf"}


def _seen(char: str) -> bool:
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Mn", "Me", "Mc", "Zl", "Zp", "Zs"}
