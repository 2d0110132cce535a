"""The words and marks of a paragraph, and of its sentences with each quotation as one token."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from bot.domain.model import Span
from bot.text.quotation_marks import Quotation

_TOKEN = re.compile(
    r"([a-z]+(?= )|(?:[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ]\.){2,}|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Adm|Maj|Rev|Prof|Del|St|Jr|Sr|Hon|Cllr|[A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ])\.(?=[\s,)])"
    r"|[’'](?:s|S)\b|n[’']t\b|\d+(?:-[^\W\d_]+)+|\d+(?:[.,:]\d+)*|[^\W_]+(?:(?:[-‑]|[’'](?!s\b))[^\W_]+)*|[^\w\s]|_)"
)
"""One group, which holds it all, so that a text can be split into what stands between the tokens and the tokens."""


_WITH_ARTICLE = re.compile(r"(?:al|el|ul|as|ash|ad|an|ar|az|at|ed)-(?=[^\W\d_])", re.IGNORECASE)
"""The Arabic article before a name: "al-Masri" is as much one as "Masri"."""
_REMEMBERED = 40
"""Letters of a word that is remembered from one article to the next."""


class Token(NamedTuple):
    """A word, a mark, or a whole quotation (then ``quotation`` is its number among those given).

    ``lower`` is the word in lower case, its apostrophe straight. ``is_word`` says whether it is a word
    or number, which a quotation and a mark are not; ``is_capital`` whether it is a word with a capital, perhaps behind an Arabic article.
    A tuple, because an article has thousands.
    """

    start: int
    end: int
    text: str
    lower: str
    is_word: bool
    is_capital: bool
    quotation: int | None = None


def quoted_token(quotation: Quotation, number: int, start: int, end: int) -> Token:
    """One token for the quotation, as far as it reaches into ``start`` to ``end``."""
    return Token(
        max(start, quotation.start),
        min(end, quotation.end),
        "“”",
        "“”",
        is_word=False,
        is_capital=False,
        quotation=number,
    )


_OPENING = 40
"""Characters of a quotation that hold its first two words."""
_LETTERS = re.compile(r"[^\W\d_]+")


def opening_of(text: str, found: Sequence[Token]) -> Sequence[str]:
    """The first two words, in lower case, of the first quotation among these tokens of the text; fewer where it has fewer."""
    said = next((token for token in found if token.quotation is not None), None)
    return _LETTERS.findall(text[said.start : said.start + _OPENING].lower())[:2] if said else ()


_OWNER = re.compile(r"[’'](?<=[a-z]s.)(?=\s[^\W\d_])")
"""The apostrophe of "the Lines' owner", or the end of something within single marks."""
_OPENS = re.compile(r"(?:^|(?<=[\s(“\"—–-]))[‘’'](?=\w)", re.MULTILINE)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of ``text[start:end]``, quoted or not.

    An apostrophe alone behind the owner's s is a word as "'s" is, unless a single mark is open there.
    """
    make = tuple.__new__  # half the time of the constructor, which does just this
    pieces = _TOKEN.split(text[start:end])
    edges = list(accumulate(map(len, pieces), initial=start))
    found = [
        make(Token, place + (_known if len(word) <= _REMEMBERED else _seen)(word))
        for place, word in zip(zip(edges[1::2], edges[2::2], strict=False), pieces[1::2], strict=False)
    ]
    owners = _owners(text, start, end)
    if owners:
        found = [
            token._replace(lower="'s", is_word=True) if token.start in owners else token for token in found
        ]
    return found


def _owners(text: str, start: int, end: int) -> set[int]:
    """Where the apostrophes of owners stand."""
    likely = [match.start() for match in _OWNER.finditer(text, start, end)]
    if not likely:
        return set()
    opened = [match.start() for match in _OPENS.finditer(text, start, end)]
    # Each open mark takes the first such apostrophe behind it for its own end.
    for place in opened:
        closing = next((at for at in likely if at > place), None)
        if closing is not None:
            likely.remove(closing)
    return set(likely)


def without_article(word: str) -> str:
    """The "Masri" of "al-Masri", or the word."""
    article = _WITH_ARTICLE.match(word)
    return word[article.end() :] if article else word


def _seen(word: str) -> tuple[str, str, bool, bool, None]:
    """What a token is but for its place."""
    lower = word.lower()
    if not lower.isascii():
        lower = lower.replace("’", "'")
        lower = lower.replace("\u0307", "") if word[0] == "İ" else lower
    is_capital = word[0].isupper() or ("-" in word and without_article(word)[0].isupper())
    return word, lower, len(word) > 1 or word.isalnum(), is_capital, None


_known = lru_cache(maxsize=8192)(_seen)  # Most words of an article stand in the one before, too.


def by_sentence(
    found: Sequence[Token], sentences: Sequence[Span], quoted: Sequence[Quotation]
) -> list[list[Token]]:
    """The tokens of each sentence, with each quotation as one; quotations that reach out are cut there."""
    starts = [token.start for token in found]
    at = number = 0
    lines: list[list[Token]] = []
    for sentence in sentences:
        line: list[Token] = []
        at = bisect_left(starts, sentence.start, at)
        while number < len(quoted) and quoted[number].end <= sentence.start:
            number += 1
        for inside in range(number, len(quoted)):
            if quoted[inside].start >= sentence.end:
                break
            before = bisect_left(starts, quoted[inside].start, at)
            line += found[at:before]
            line.append(quoted_token(quoted[inside], inside, sentence.start, sentence.end))
            at = bisect_left(starts, min(quoted[inside].end, sentence.end), before)
        end = bisect_left(starts, sentence.end, at)
        line += found[at:end]
        at = end
        lines.append(line)
    return lines
