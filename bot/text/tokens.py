"""The words and marks of a paragraph, with each quotation as one token."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.text.quotation_marks import Quotation

_TOKEN = re.compile(
    r"(?P<word>(?:[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Adm|Maj|Rev|Prof|St|Jr|Sr|Hon|Cllr|[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ])\.(?=\s)"
    r"|[’'](?:s|S)\b|n[’']t\b|\d+(?:[.,]\d+)*|[^\W_]+(?:(?:[-‑]|[’'](?!s\b))[^\W_]+)*)|(?P<mark>[^\w\s]|_)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a mark, or a whole quotation (then ``quotation`` is its number among those given).

    ``lower`` is the word in lower case, its apostrophe straight.
    """

    start: int
    end: int
    text: str
    lower: str
    quotation: int | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number; a quotation and a mark are not."""
        return self.quotation is None and (self.text[0].isalnum() or len(self.text) > 1)

    @property
    def is_capital(self) -> bool:
        """Whether it is a word with a capital."""
        return self.quotation is None and self.text[0].isupper()


def quoted_token(quotation: Quotation, number: int, start: int, end: int) -> Token:
    """One token for the quotation, as far as it reaches into ``start`` to ``end``."""
    return Token(max(start, quotation.start), min(end, quotation.end), "“”", "“”", number)


def tokens(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> list[Token]:
    """The tokens of ``text[start:end]``; quotations that reach out of it are cut there."""
    return list(_tokens(text, start, end, quoted))


def _tokens(text: str, start: int, end: int, quoted: Sequence[Quotation]) -> Iterator[Token]:
    at = start
    for number in range(bisect_right(quoted, start, key=lambda one: one.end), len(quoted)):
        quotation = quoted[number]
        if quotation.start >= end:
            break
        yield from _plain(text, at, max(at, quotation.start))
        yield quoted_token(quotation, number, start, end)
        at = min(end, quotation.end)
    yield from _plain(text, at, end)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        yield Token(match.start(), match.end(), word, word.lower().replace("’", "'"))
