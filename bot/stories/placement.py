"""Which story an article belongs to. Pure; prefers two stories too many to one wrong story.

Two kinds of evidence join an article to a story: near-identical text (wire copy, a trimmed end),
and a headline that agrees with that of one of the story's articles in its rare words, while the
openings of the two agree too, names and numbers included. Headlines alone never suffice:
tomorrow's "Morning briefing" has today's headline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import log, sqrt

from bot.domain.model import Article, Entry
from bot.stories.revision import revised
from bot.stories.similarity import STOP, folded

SKETCH = 64
"""How many of the smallest shingle hashes a full fingerprint holds."""

SAME_TEXT = 0.4
"""Resemblance from which two texts are one; with 64 hashes its standard error is 0.06."""

FEW_SHINGLES = 24
"""Texts of fewer shingles (27 words) are forms and notices: they also need the same headline."""

SURE = 10.0
"""Weight of the same text: above any agreement of headlines, which is at most 2."""

HEAD_WORDS, LEAD_WORDS, NAME_WORDS = 16, 70, 200
STEM = 6
"""Letters of a word that count: enough to tell words apart, few enough to forgive endings."""

HEAD_AGREES, LEAD_AGREES, NAMES_AGREE = 0.35, 0.2, 0.2
SURE_HEAD_AGREES, SURE_LEAD_AGREES = 0.4, 0.3
"""Without a headline the opening stands in, which repeats itself more: both bars are higher."""

FEW_NUMBERS = 3
"""Openings with at least so many numbers each, all different, fill the same form for two events."""

SHARED = 3
"""Headlines that share fewer content words than this never join."""

DEEDS = 1
"""Headlines share at least so many words that are no names: the same people do several things."""

APART = timedelta(hours=72)
"""Articles published further apart are about a new turn at best, unless the text is the same."""

SERIES = 0.8
"""An outlet that prints nearly the same headline on another day prints a series."""

SERIES_APART = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Place:
    """The entry that an article is a new revision of, or the story to join; with neither, a story of its own."""

    revises: int | None = None
    story: int | None = None


NOWHERE = Place()

_TOKEN = re.compile(r"[^\W\d_]+|[.!?:\n“\"]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Gist:
    """What is compared of an article: the words of its headline and opening, the names and numbers."""

    head: frozenset[str]
    lead: frozenset[str]
    names: frozenset[str]
    counts: frozenset[str]
    numbers: frozenset[str]
    titled: bool


def find_place(
    article: Article, namesakes: Sequence[Entry], candidates: Sequence[Entry], *, arrived: datetime
) -> Place:
    """Where ``article`` belongs: a revision of one of ``namesakes``, else in the story of one of ``candidates``.

    One call for both, so that a worker is asked once; see :func:`bot.stories.revision.revised` and
    :func:`place`.
    """
    revises = revised(article, namesakes, arrived=arrived)
    return Place(revises) if revises is not None else Place(story=place(article, candidates))


def place(article: Article, candidates: Sequence[Entry]) -> int | None:
    """The id of the story to join, or ``None`` to found one.

    ``candidates`` are the entries most alike, from any number of stories, in any order; the
    answer does not depend on that order. Only their first few hundred words are read.
    """
    gist = gist_of(article)
    gists = [(entry, gist_of(entry.article)) for entry in candidates]
    weights = _weights(gist, gists)
    best: tuple[float, int] | None = None
    for entry, other in gists:
        evidence = _evidence(article, entry.article, gist, other, weights)
        if evidence and (best is None or (evidence, -entry.story) > best):
            best = (evidence, -entry.story)
    return -best[1] if best else None


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The part of their shingles that two texts share, estimated from their fingerprints.

    Bottom-k: of the smallest hashes of the union, how many stand in both (Broder 1997). Texts
    without a fingerprint resemble nothing.
    """
    if not one or not other:
        return 0.0
    both = set(one) & set(other)
    size = SKETCH if SKETCH in (len(one), len(other)) else len(one) + len(other)
    smallest = sorted(set(one) | set(other))[:size]
    return sum(1 for value in smallest if value in both) / len(smallest)


def gist_of(article: Article) -> Gist:
    """The gist; an article without a title is known by its first words."""
    opening = article.text[: LEAD_WORDS * 20]
    title = folded(article.title[:400])[:HEAD_WORDS] if article.title else ()
    body = folded(opening)
    head = title or body[:HEAD_WORDS]
    return Gist(
        head=_stems(head),
        lead=_stems((title + body)[:LEAD_WORDS]),
        names=_names(opening),
        counts=_numbers(head),
        numbers=_numbers((title + body)[:LEAD_WORDS]),
        titled=bool(title),
    )


def _evidence(one: Article, other: Article, a: Gist, b: Gist, weights: Mapping[str, float]) -> float:
    """How strongly the two belong together; 0 when they should not be joined."""
    alike = resemblance(one.fingerprint, other.fingerprint)
    shingles = min(len(one.fingerprint), len(other.fingerprint))
    long_enough = shingles >= FEW_SHINGLES or a.head == b.head
    if alike >= SAME_TEXT and long_enough:
        return SURE + alike
    head, lead = _cosine(a.head, b.head, weights), _cosine(a.lead, b.lead, weights)
    both_titled = a.titled and b.titled
    enough = head >= HEAD_AGREES and lead >= LEAD_AGREES
    sure = head >= SURE_HEAD_AGREES and lead >= SURE_LEAD_AGREES
    shared = a.head & b.head
    deeds = shared - a.names - b.names
    if not (enough if both_titled else sure) or len(shared) < SHARED or len(deeds) < DEEDS:
        return 0.0
    return head + lead if _facts_agree(a, b) and not _on_other_days(one, other, head) else 0.0


def _facts_agree(a: Gist, b: Gist) -> bool:
    """Who and how many: the names of headline and opening agree, and so do their numbers."""
    fewer = min(len(a.names), len(b.names))
    if len(a.names & b.names) < max(1.0, NAMES_AGREE * fewer):
        return fewer == 0 and a.head == b.head
    in_heads = a.head & a.names, b.head & b.names
    if all(in_heads) and in_heads[0].isdisjoint(in_heads[1]):
        return False
    if a.counts and b.counts and a.counts.isdisjoint(b.counts):
        return False
    return min(len(a.numbers), len(b.numbers)) < FEW_NUMBERS or not a.numbers.isdisjoint(b.numbers)


def _on_other_days(one: Article, other: Article, head: float) -> bool:
    if one.published is None or other.published is None:
        return False
    apart = abs(one.published - other.published)
    same_outlet = one.source is not None and one.source == other.source
    return apart > APART or (same_outlet and head >= SERIES and apart >= SERIES_APART)


def _weights(gist: Gist, gists: Sequence[tuple[Entry, Gist]]) -> Mapping[str, float]:
    """Rare words weigh more. Counted by story: a word that fills one big story stays rare."""
    own = gist.head | gist.lead
    stories = {(entry.story, word) for entry, other in gists for word in other.head | other.lead}
    held_by = Counter(word for _, word in stories)
    everything = len({entry.story for entry, _ in gists}) + 1
    return {word: log(1 + everything / max(held_by[word], 1)) for word in own | held_by.keys()}


def _cosine(a: AbstractSet[str], b: AbstractSet[str], weights: Mapping[str, float]) -> float:
    shared = sum(weights[word] for word in a & b)
    return (
        shared / sqrt(sum(weights[word] for word in a) * sum(weights[word] for word in b)) if shared else 0.0
    )


def _stems(words: Sequence[str]) -> frozenset[str]:
    return frozenset(
        word[:STEM]
        for word in words
        if word not in STOP and (len(word) > 2 or not word.isascii() or word.isdigit())
    )


def _numbers(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit() and not _YEAR.fullmatch(word))


def _names(text: str) -> frozenset[str]:
    """Words with a capital inside a sentence; none in scripts that have no capitals."""
    tokens = _TOKEN.findall(text)[:NAME_WORDS]
    inside = (word for before, word in pairwise(tokens) if before not in '.!?:\n“"' and word[0].isupper())
    return _stems(folded(" ".join(inside)))
