"""One summary of several articles about the same event, each sentence with its own source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.model import Article, Span
from bot.summary.document import sentences_of, worthwhile
from bot.summary.length import Budget, length
from bot.summary.newsrank import FRESH, Draft
from bot.summary.weights import weights_for
from bot.text.words import stop_words

READ = 300
"""Sentences of one article that are looked at; news is written so that nothing depends on its end."""

TAKEN = 12
"""Sentences of one article that compete, its best by newsrank."""

TYPICAL = 20
"""Words of a news sentence; three of them are the summary that newsrank was taught."""

Placed = tuple[int, Span]
"""The number of the article, and the sentence's place in its text."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: Placed
    words: int
    score: float
    keys: frozenset[str]
    """Its words but the stop words, as they are compared."""


def choose_from_several(articles: Sequence[Article], budget: Budget) -> tuple[Placed, ...]:
    """At most ``budget`` of the articles' sentences, by article and place; equal input, equal choice.

    A word counts by how likely the summaries of all the articles would have it, so what many
    outlets carry comes first; a sentence that mostly repeats a chosen one is left out, whoever
    wrote it, and of two wordings of the same the one that says more in fewer words is kept.
    Sentences that lean on the one before them ("He said ...") are not chosen here.
    """
    candidates, chance = _read(articles)
    limit = budget.word_limit
    room = sum(one.words for one in candidates) if limit is None else limit
    target = TYPICAL * budget.sentence_limit if limit is None else limit
    chosen: list[_Candidate] = []
    covered: set[str] = set()
    while len(chosen) < budget.sentence_limit:
        best = _best(candidates, chance, covered, room, target)
        if best is None:
            break
        chosen.append(best)
        covered |= best.keys
        room -= best.words
        candidates = [one for one in candidates if one is not best]
    return tuple(sorted((one.place for one in chosen), key=lambda place: (place[0], place[1].start)))


def _best(
    candidates: Sequence[_Candidate], chance: Mapping[str, float], covered: set[str], room: int, target: int
) -> _Candidate | None:
    """The candidate that promises most in its length among those that fit and bring something new."""
    found: tuple[float, float] = (0.0, 0.0)
    best: _Candidate | None = None
    for one in candidates:
        fresh = one.keys - covered
        worth = (sum(chance[key] for key in sorted(fresh)) / (one.words + target), one.score)
        if one.words <= room and len(fresh) >= FRESH * len(one.keys) and worth > found:
            found, best = worth, one
    return best


def _read(articles: Sequence[Article]) -> tuple[list[_Candidate], dict[str, float]]:
    """The sentences that compete, and the chance of each word to be in a summary of all."""
    candidates: list[_Candidate] = []
    chance: dict[str, float] = {}
    for number, article in enumerate(articles):
        spans = worthwhile(article)[:READ]
        draft = Draft(sentences_of(article, spans), article.language, stop_words(article.language))
        if not draft.any_word:
            continue
        draft.weigh(weights_for(article.language))
        for key, value in zip(draft.copy.keys, draft.chance, strict=True):
            chance[key] = chance.get(key, 0.0) + float(value) / len(articles)
        candidates += _competing(number, article, spans, draft)
    return candidates, chance


def _competing(number: int, article: Article, spans: Sequence[Span], draft: Draft) -> Iterator[_Candidate]:
    silent, needs = draft.silent(draft.unfit()), draft.needs()
    free = [at for at in range(len(spans)) if not silent[at] and not needs[at]]
    keys: dict[int, set[str]] = {}
    for at, key in zip(draft.copy.holder.tolist(), draft.copy.held.tolist(), strict=True):
        if draft.copy.content[key]:
            keys.setdefault(at, set()).add(draft.copy.keys[key])
    for at in sorted(free, key=lambda one: (-draft.score[one], one))[:TAKEN]:
        text = spans[at].of(article.text)
        yield _Candidate(
            (number, spans[at]), length(text), float(draft.score[at]), frozenset(keys.get(at, ()))
        )
