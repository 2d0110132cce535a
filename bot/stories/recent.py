"""The stories of the last days, and which of them an article tells. Pure; knows no clock, keeps no text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import log, sqrt

from bot.domain.model import Article, Gist, Member
from bot.stories.copies import Copies
from bot.stories.evidence import WEIGHTS
from bot.stories.gist import Outline, outline_of
from bot.stories.roundups import is_roundup
from bot.stories.story import UNIT, Story
from bot.stories.sureness import best_of

TERMS, BODY_TERMS, NAMES = 60, 100, 32
"""The heaviest terms of an article's opening, of its body and of the names in it that are kept."""

UNSEEN = 30
"""Stories that are thought of beside those that are there, so that the first ones do not weigh words wildly."""

RARE, LOOKED_AT = 400, 400
"""Terms that more stories have find no candidates; nor do further ones once so many places were looked at."""

COMMON = 0.05
"""What a term weighs in all articles on average, above which it tells nothing more: in English text without the
small words no term does, but there are languages without a list of those."""

CANDIDATES = 12
MERGED_AT_ONCE = 3

MOST = 20_000
"""Stories that are remembered, some 20 kB each; the one that grew longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: the story to join, or ``None`` for one of its own.

    ``absorbs`` are stories that are found to be the same one with it. ``gist`` is to be kept.
    """

    story: int | None
    gist: Gist
    absorbs: tuple[int, ...] = ()


class RecentStories:
    """What is known of the stories of the last days: a function of the members it was told of, and nothing else."""

    def __init__(self, weights: Mapping[str, float] = WEIGHTS) -> None:
        self._weights = weights
        self._stories: dict[int, Story] = {}
        self._held: dict[str, dict[int, int]] = defaultdict(dict)  # what each opening's terms weigh, by term
        self._in_bodies: Counter[str] = Counter()
        self._total: dict[str, int] = defaultdict(int)
        self._copies = Copies()
        self._story_of: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def remember(self, member: Member) -> None:
        """Take in an article that is in the library, in the story that it has there."""
        alone = Story.of(member.gist)
        alone.newest, alone.members = member.added, [member.entry]
        weights = dict(alone.opening.weights)
        known = self._stories.pop(member.story, None)
        self._in_bodies.update(
            term for term in alone.body.weights if known is None or term not in known.body.weights
        )
        if known is None:
            known = alone
        else:
            known.take(alone)
        self._stories[member.story] = known  # the one that grew last comes last
        self._story_of[member.entry] = member.story
        self._copies.remember(member.entry, member.gist.fingerprint, member.gist.head)
        for term, weight in weights.items():
            self._hold(term, member.story, weight)
            self._total[term] += weight

    def merge(self, story: int, absorbed: Iterable[int]) -> None:
        """Make one story of several."""
        for number in absorbed:
            gone = self._stories.pop(number, None)
            if gone is None:
                continue
            self._drop(number, gone)
            for term, weight in gone.opening.weights.items():
                self._hold(term, story, weight)
            for entry in gone.members:
                self._story_of[entry] = story
            if story in self._stories:
                kept = self._stories[story]
                self._uncount(term for term in gone.body.weights if term in kept.body.weights)
                kept.take(gone)
            else:
                self._stories[story] = gone

    def forget(self, before: datetime) -> None:
        """Let go of the stories that nothing was added to since ``before``, and of the oldest of too many."""
        while self._stories:
            number, story = next(iter(self._stories.items()))
            if (story.newest is None or story.newest >= before) and len(self._stories) <= MOST:
                return
            del self._stories[number]
            self._drop(number, story)
            self._uncount(story.body.weights)
            for term, weight in story.opening.weights.items():
                self._total[term] -= weight
                if not self._total[term]:
                    del self._total[term]
            for entry in story.members:
                del self._story_of[entry]
                self._copies.forget(entry)

    def place(self, article: Article) -> Placement:
        """Where the article belongs; changes nothing. The same members and article give the same answer."""
        outline = outline_of(article)
        original = self._copies.original(article.fingerprint, outline.head)
        if original is not None:
            return Placement(self._story_of[original], _gist({}, outline, article))
        if is_roundup(article.title, article.language):
            return Placement(None, _gist({}, outline, article))
        gist = self._weighed(outline, article)
        alone = Story.of(gist)
        candidates = self.nearest(gist)
        chosen = best_of(alone, candidates, self._weights)
        if chosen is None:
            return Placement(None, gist)
        joined, found = candidates.pop(chosen).copy(), [chosen]
        joined.take(alone)
        while (
            len(found) <= MERGED_AT_ONCE and (same := best_of(joined, candidates, self._weights)) is not None
        ):
            joined.take(candidates.pop(same))
            found.append(same)
        # The oldest keeps its id.
        return Placement(min(found), gist, tuple(sorted(found)[1:]))

    def _weighed(self, outline: Outline, article: Article) -> Gist:
        """Rare words weigh more. Counted by story: a word that fills one big story stays rare."""
        rarity_of, in_bodies = _Rarities(len(self._stories)), self._in_bodies.get

        def rarity(term: str) -> float:
            rare = rarity_of[len(self._held.get(term, ()))]
            total = self._total.get(term)
            if not total:
                return rare
            return rare * min(1.0, COMMON / (total / (UNIT * (UNSEEN + len(self._story_of)))))

        def weighed(frequencies: Mapping[str, float]) -> dict[str, float]:
            return {term: often * rarity(term) for term, often in frequencies.items()}

        def weighed_in_bodies(frequencies: Mapping[str, float]) -> dict[str, float]:
            return {term: often * rarity_of[in_bodies(term, 0)] for term, often in frequencies.items()}

        return replace(
            _gist(_unit(weighed(outline.opening), TERMS), outline, article),
            title=_unit(weighed(outline.title), TERMS),
            body=_unit(weighed_in_bodies(outline.body), BODY_TERMS),
            names=_unit(weighed_in_bodies(outline.names), NAMES),
        )

    def story(self, number: int) -> Story:
        """The story of that id; raises KeyError."""
        return self._stories[number]

    def nearest(self, gist: Gist) -> dict[int, Story]:
        """The stories that share the heaviest terms of an article's opening."""
        terms = gist.terms
        known = [term for term in terms if 0 < len(self._held.get(term, ())) <= RARE]
        shared: dict[int, int] = defaultdict(int)
        looked = 0
        for term in sorted(known, key=lambda term: (len(self._held[term]), term)):
            looked += len(self._held[term])
            if looked > LOOKED_AT:
                break
            weight = terms[term]
            for number, theirs in self._held[term].items():
                shared[number] += weight * theirs
        scores = {number: product / self._stories[number].articles for number, product in shared.items()}
        nearest = sorted(scores, key=lambda number: (-scores[number], number))[:CANDIDATES]
        return {number: self._stories[number] for number in nearest}

    def _uncount(self, terms: Iterable[str]) -> None:
        for term in terms:
            self._in_bodies[term] -= 1
            if not self._in_bodies[term]:
                del self._in_bodies[term]

    def _hold(self, term: str, story: int, weight: int) -> None:
        held = self._held[term]
        held[story] = held.get(story, 0) + weight

    def _drop(self, number: int, story: Story) -> None:
        for term in story.opening.weights:
            held = self._held[term]
            held.pop(number, None)
            if not held:
                del self._held[term]


class _Rarities(dict[int, float]):
    """What a term weighs that so many of the ``stories`` have; few numbers come up, and each is worked out once."""

    def __init__(self, stories: int) -> None:
        self._stories = stories

    def __missing__(self, held: int) -> float:
        self[held] = weight = max(0.05, log((UNSEEN + self._stories + 1) / (held + 1)))
        return weight


def _unit(weights: Mapping[str, float], most: int) -> Mapping[str, int]:
    """The ``most`` heaviest terms, as a vector of the length ``UNIT``."""
    if len(weights) > most:  # of a thousand terms of a body a hundred are kept: the others need no order
        least = sorted(weights.values())[-most]
        weights = {term: weight for term, weight in weights.items() if weight >= least}
    heaviest = sorted(sorted(weights), key=weights.__getitem__, reverse=True)[:most]  # of equal ones by name
    kept = {term: weights[term] for term in heaviest}
    length = sqrt(sum(weight * weight for weight in kept.values())) or 1.0
    return {term: round(UNIT * weight / length) for term, weight in kept.items()}


def _gist(terms: Mapping[str, int], outline: Outline, article: Article) -> Gist:
    """Without ``terms`` one that is found by none: of a copy, which would add a text to its story once more, or of a round-up."""
    return Gist(
        terms=terms,
        head=outline.head,
        numbers=outline.numbers,
        years=outline.years,
        fullness=outline.fullness,
        source=article.source,
        published=article.published,
        fingerprint=article.fingerprint,
    )
