"""What is compared of an article: weighted words, and the names and numbers of its opening. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from math import log

from bot.domain.model import Article
from bot.stories.similarity import STOP, folded, silent_words

OPENING_WORDS = 100
"""Words of the body that count beside the title: news text says first what happened."""

BODY_WORDS = 600
"""Words of the body that are compared beside the opening: two accounts of one event begin in different places."""

LETTERS = 10
"""As many of a text are looked at for each word: a word and its space have some six."""

FULL_WORDS = 90
"""An article of so many different words is told in full; one of :data:`HEADLINE_WORDS` is a headline."""

HEADLINE_WORDS = 10

HEAD_WORDS, FACT_WORDS = 16, 120
NAMED_IN, DATED_IN = 2500, 1200
"""Letters of the body in which names and years are looked for."""

STEM = 7
"""Letters of a word that count: enough to tell words apart, few enough to forgive endings."""

TITLE = 2.0
"""What a word of the title weighs, beside one of the body."""

PAIRS = 0.3
"""What two words that follow one another weigh beside each of them: "West Papua" is not "West" and "Papua"."""

_TOKEN = re.compile(r"[^\W\d_]+|[.!?:\n“\"]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Outline:
    """How often an article says each word and pair of words, dampened; and what its opening states.

    ``opening`` is of title and opening, ``title`` of the title alone, ``body`` of all of the text,
    ``names`` of the names in it. ``fullness`` is 0 for a headline and 1 for an article told in full.
    """

    opening: Mapping[str, float]
    title: Mapping[str, float]
    body: Mapping[str, float]
    names: Mapping[str, float]
    fullness: float
    head: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[str]


def outline_of(article: Article) -> Outline:
    """The outline; an article without a title is known by its first words."""
    title = folded(article.title[:400])[:HEAD_WORDS] if article.title else ()
    body = folded(article.text[: BODY_WORDS * LETTERS])
    told = () if body == title else body[:BODY_WORDS]
    silent = silent_words(article.language)
    titled, said = _told_stems(title, silent), _told_stems(told, silent)
    opening = _frequencies((titled, TITLE), (said[:OPENING_WORDS], 1.0))
    fullness = (len(opening) - HEADLINE_WORDS) / (FULL_WORDS - HEADLINE_WORDS)
    head = title or body[:HEAD_WORDS]
    return Outline(
        opening=opening,
        title=_frequencies((titled if title else _told_stems(head, silent), 1.0)),
        body=_frequencies((titled, TITLE), (said, 1.0)),
        names=_names(f"{article.title or ''}\n{article.text[:NAMED_IN] if told else ''}", silent),
        fullness=min(1.0, max(0.0, fullness)),
        head=_stems(head),
        numbers=_numbers((title + told)[:FACT_WORDS]),
        years=frozenset(_YEAR.findall(article.text[:DATED_IN])),
    )


def _told_stems(words: Sequence[str], silent: AbstractSet[str]) -> list[str]:
    """The stem of each word, empty for one that says nothing."""
    return [word[:STEM] if _tells(word, silent) else "" for word in words]


def _frequencies(*parts: tuple[Sequence[str], float]) -> Mapping[str, float]:
    """How often the ``parts`` say each stem and each pair of them, dampened; what a part weighs stands beside its stems."""
    counts: dict[str, float] = defaultdict(float)
    for stems, worth in parts:
        for stem in filter(None, stems):
            counts[stem] += worth
        paired = PAIRS * worth
        for one, other in pairwise(stems):
            if one and other:
                counts[f"{one} {other}"] += paired
    return {term: 1.0 + log(count) if count > 1.0 else count for term, count in counts.items()}


def _tells(word: str, silent: AbstractSet[str] = STOP) -> bool:
    return word not in silent and (len(word) > 1 or not word.isascii() or word.isdigit())


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words if _tells(word))


def _numbers(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit() and not _YEAR.fullmatch(word))


def _names(text: str, silent: AbstractSet[str]) -> Mapping[str, float]:
    """Words with a capital inside a sentence; none in scripts that have no capitals."""
    words = Counter(word[:STEM] for word in folded(" ".join(_capitals(text))) if _tells(word, silent))
    return {word: 1.0 + log(count) for word, count in words.items()}


def _capitals(text: str) -> Iterator[str]:
    tokens = _TOKEN.findall(text)
    return (
        word for before, word in pairwise(["\n", *tokens]) if before not in '.!?:\n“"' and word[0].isupper()
    )
