"""Words as far as comparing needs them: folded, bounded, the same for every language. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text.words import stop_words

# A word, a number with its inner marks, or one character of a script that is written without spaces.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\d+(?:[.,]\d+)*|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)

_SMALL_WORDS = """a an the this that these those and or but nor if as than so not no yes of to in on at for with by from
into out up down off over under about after before against amid between during through per via is are was
were be been being am has have had do does did will would could can may might must shall should he she it
they we you i him her his hers its their theirs our your my me us them who whom whose what when where why
how which there here all some any each every both few more most other such only own same just also again
now new latest live update updates report reports say says said one two first last year years day days
week weeks today yesterday tomorrow morning evening monday tuesday wednesday thursday friday saturday
sunday january february march april june july august september october november december mr mrs ms s
"""
STOP = frozenset(_SMALL_WORDS.split())
"""English words that say nothing about the event: small words, and when it was told."""

ALIKE = 0.8
"""Two sentences that share this part of their words say the same: one is a light edit of the other."""

FEW = 4
"""Below this many words, only equal wordings are a light edit."""

HARDLY, PART, STEM = 2, 0.34, 6
"""A sentence that brings no more words than that, and no larger part of its own, adds next to nothing; letters of a word that
its forms share."""


@lru_cache(maxsize=512)
def folded(text: str) -> tuple[str, ...]:
    """The words of ``text`` without case, accents and punctuation, in their order."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        for mark in filter(unicodedata.combining, set(text)):
            text = text.replace(mark, "")
        text = unicodedata.normalize("NFC", text)
    return tuple(_WORD.findall(text.casefold()))


def repeats(new: str, said: str) -> bool:
    """Whether ``new`` adds nothing to ``said``: equal, lightly edited, or standing inside it."""
    a, b = folded(new), folded(said)
    if f" {' '.join(a)} " in f" {' '.join(b)} ":
        return True
    shared, both = len(set(a) & set(b)), len(set(a) | set(b))
    return min(len(a), len(b)) >= FEW and shared >= ALIKE * both


def adds_little(new: str, said: str, language: str | None) -> bool:
    """Whether of all that ``new`` tells no figure and hardly a word stands not in ``said``, in whatever order and form."""
    known = _telling(said, language)
    words = _telling(new, language)
    fresh = words - known
    return (
        len(words) >= FEW
        and len(fresh) <= min(HARDLY, PART * len(words))
        and not any(map(str.isdigit, "".join(fresh)))
    )


def _telling(text: str, language: str | None) -> set[str]:
    """The words that say something, as far as they are the same in each form."""
    return {
        word[:STEM]
        for word in folded(text)
        if word not in silent_words(language) and (word[0].isdigit() or len(word) > 2)
    }


@lru_cache(maxsize=64)
def silent_words(language: str | None) -> frozenset[str]:
    """Words that say nothing about the event; a headline is often too short to tell its language."""
    return STOP | {word for one in stop_words(language or "en") for word in folded(one)}


def alike(one: str, other: str) -> bool:
    """Whether either repeats the other: a quote, and the same quote trimmed by another outlet."""
    return repeats(one, other) or repeats(other, one)
