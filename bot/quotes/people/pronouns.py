"""Whom "he" or "she" means: the people named before it, sentence by sentence, the nearest first.

In news the pronoun beside a quotation nearly always goes on with whoever spoke last, or with the
subject of the sentence before. Where neither is plain the answer is nobody.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.domain.model import Span
from bot.quotes.people.person import Person
from bot.quotes.phrases.names import is_noun_like
from bot.text.cues import Cues

Rank = Literal["speaker", "asker", "subject", "other"]

SENTENCES = 8
"""Sentences looked back through; of those that name nobody the text may have a few in a row."""
CROWD = 50
"""People of one sentence that are looked at, the last; a sentence of names stays linear."""
PARAGRAPHS = 1
"""Beyond the paragraph before, "he" is somebody whom the reader has to look for; over one more that names nobody."""

_NO_FIRST = ("e", "em", "en", "er", "s")
"""How German adjectives and genitives end; first names that do so are best known by a list."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place outside quotations where somebody stands; ``person`` is ``None`` for who has no name.

    ``name`` is where the name stands that a pronoun in this place repeats. It is ``apposed`` between commas
    behind a phrase that opens the sentence: "The victim's father, Ann Lee, came".
    """

    span: Span
    person: Person | None
    rank: Rank
    name: Span | None = None
    apposed: bool = False


class Antecedents:
    """The sightings of an article by sentence; more are added as its speakers become known."""

    def __init__(self, sentences: Sequence[Span], paragraphs: Sequence[Span], cues: Cues) -> None:
        self._starts = [span.start for span in sentences]
        begins = [span.start for span in paragraphs]
        self._paragraph = [bisect_right(begins, start) - 1 for start in self._starts]
        self._seen: list[list[Sighting]] = [[] for _ in sentences]
        self._cues = cues

    def add(self, sighting: Sighting) -> None:
        """Note that somebody stands there."""
        at = bisect_right(self._starts, sighting.span.start) - 1
        if at >= 0:
            self._seen[at].append(sighting)

    def of(self, pronoun: str | None, at: int, *, epithet: bool = False) -> Sighting | None:
        """The sighting that the pronoun at character ``at`` goes back to; ``None`` is of either sex.

        An ``epithet`` ("the tenth") may mean whoever was named last and did nothing, so it passes nobody by.
        """
        here = bisect_right(self._starts, at) - 1
        passed: list[Sighting] = []
        met = False
        for number in range(here, max(-1, here - SENTENCES), -1):
            apart = self._paragraph[here] - self._paragraph[number]
            fitting = self._fitting(number, pronoun, at)
            if apart > PARAGRAPHS + (not met and not passed):
                break
            if not fitting:
                continue
            chosen = self._foremost(fitting)
            if chosen is None and all(one.person is fitting[0].person for one in fitting):
                continue  # who asks is answered by whoever spoke before
            met = True
            if chosen is None or not self._is_plain(chosen, fitting):
                return None
            if chosen.rank == "other" and not apart:
                passed += fitting
                continue
            if apart:
                rest = self._rest_of_paragraph(number, pronoun, at)
                topic = not epithet and self._ends_paragraph(number) and self._is_topic(chosen, fitting, rest)
                passed += [] if topic else rest
            rivals = self._has_rivals(
                chosen, passed, None if epithet else self._starts[here], told=pronoun is not None
            )
            return None if chosen.rank == "other" or rivals else chosen
        if not passed or _rivals(passed[0], passed):
            return None
        return passed[0] if passed[0].person and passed[0].person.has_a_sex(self._cues) else None

    def _has_rivals(self, chosen: Sighting, passed: list[Sighting], start: int | None, *, told: bool) -> bool:
        """Whether anybody passed on the way may be meant as well; ``told``: a pronoun tells the sex.

        Beside somebody who speaks, a name that does nothing in its sentence before ``start`` is no rival;
        without a ``start``, as for an epithet, it is one if it speaks anywhere.
        """
        sexed = chosen.person is not None and chosen.person.has_a_sex(self._cues)
        if told and start is not None and chosen.rank == "speaker" and sexed:
            passed = [one for one in passed if one.rank != "other" or one.span.start >= start]
        speaks = told and chosen.person is not None and chosen.person.speaks
        return _speaking(chosen, passed) if speaks else _rivals(chosen, passed)

    def meant(self, pronoun: str | None, at: int, *, epithet: bool = False) -> Sighting | None:
        """Like :meth:`of`, if it has a person whom the sentence does not go on to name: "he" there is another."""
        found = self.of(pronoun, at, epithet=epithet)
        here = self._seen[bisect_right(self._starts, at) - 1]
        if found is None or found.person is None:
            return None
        named = any(one.person is found.person and one.span.start > at and one.name is None for one in here)
        return None if named else found

    def going_on(self, at: int, *, within: bool = False) -> Sighting | None:
        """Whoever spoke last before character ``at``, if nobody else is surely named since; ``within``: in its paragraph."""
        here = bisect_right(self._starts, at) - 1
        for number in range(here, max(-1, here - SENTENCES), -1):
            if self._paragraph[here] - self._paragraph[number] > (0 if within else PARAGRAPHS):
                break
            for one in sorted(self._seen[number], key=lambda one: (-one.span.start, one.rank != "speaker")):
                sure = one.person is None or one.person.surely(self._cues)
                beside = number == here and one.rank == "other"  # "Questionado sobre Lee, respondeu"
                acts = one.rank in {"speaker", "subject"} and one.person is not None and one.person.first
                if one.span.end <= at and (sure or acts) and not beside:
                    return one if one.rank == "speaker" and one.person else None
        return None

    def within(self, sighting: Sighting | None, at: int) -> Sighting | None:
        """The sighting, if its paragraph is that of character ``at`` and its sentence is about it."""
        if sighting is None or sighting.rank not in {"speaker", "subject"}:
            return None
        here, there = (
            self._paragraph[bisect_right(self._starts, one) - 1] for one in (at, sighting.span.start)
        )
        return sighting if here == there else None

    def latest(self, pronoun: str, at: int) -> Sighting | None:
        """Whom a sentence named last, this one or the one before: "dieser" is not the subject."""
        here = bisect_right(self._starts, at) - 1
        for number in range(here, max(-1, here - 2), -1):
            fitting = self._fitting(number, pronoun, at)
            if fitting:
                last = max(fitting, key=lambda one: one.span.start)
                return last if last.person and last.person.surely(self._cues) else None
        return None

    def last_of(self, people: Sequence[Person], at: int) -> Person | None:
        """Whoever of them was named last before character ``at``; nobody where two were at once."""
        here = bisect_right(self._starts, at) - 1
        for number in range(here, max(-1, here - SENTENCES), -1):
            if self._paragraph[here] - self._paragraph[number] > PARAGRAPHS:
                break
            seen = {id(one.person): one.person for one in self._seen[number] if one.span.end <= at}
            near = [person for person in people if id(person) in seen]
            if near:
                return near[0] if len(near) == 1 else None
        return None

    def _fitting(self, number: int, pronoun: str | None, at: int) -> list[Sighting]:
        """Whom of a sentence the pronoun may mean, as far as the sexes tell."""
        seen = [one for one in self._seen[number][-CROWD:] if one.span.end <= at and not self._is_thing(one)]
        if pronoun is None:
            return seen
        return [one for one in seen if one.person is None or one.person.may_be(pronoun, self._cues)]

    def _is_thing(self, sighting: Sighting) -> bool:
        """Whether capital words that do nothing in their sentence are likelier a place or body than a rival.

        In German they may be any nouns. In Spanish and French, where first names are better known, two of
        them; a word alone is often a surname.
        """
        if sighting.person is None or sighting.person.surely(self._cues):
            return False
        if sighting.rank != "other":
            shaky = self._cues.capital_nouns and sighting.person.shaky
            return shaky and not self._opens(sighting)  # "Scharfe Kritik"
        return self._cues.capital_nouns or (self._cues.inverts and bool(sighting.person.first))

    def _ends_paragraph(self, number: int) -> bool:
        return self._paragraph[number + 1 : number + 2] != [self._paragraph[number]]

    def _is_topic(self, chosen: Sighting, fitting: Sequence[Sighting], rest: Sequence[Sighting]) -> bool:
        """Whether a paragraph that ends with somebody alone is about that one: whom it names as a subject more often than anybody else."""
        person = chosen.person
        if person is None or not person.has_a_sex(self._cues) or _rivals(chosen, fitting):
            return False
        if any(one.rank == "speaker" and one.person is not person for one in rest):
            return False
        acts = Counter(id(one.person) for one in rest if one.rank != "other" and one.name is None)
        most = max((count for who, count in acts.items() if who != id(person)), default=0)
        return acts[id(person)] > max(1, most)

    def _rest_of_paragraph(self, number: int, pronoun: str | None, at: int) -> list[Sighting]:
        """Whom it may mean in the sentences before ``number`` within reach, and in ``number``."""
        same = self._paragraph[number]
        sentences = range(number, max(-1, number - SENTENCES), -1)
        return [
            one
            for other in sentences
            if self._paragraph[other] == same
            for one in self._fitting(other, pronoun, at)
        ]

    def _is_plain(self, chosen: Sighting, fitting: Sequence[Sighting]) -> bool:
        """Whether it is surely a person, and either alone in the sentence or of a known sex."""
        if chosen.person is None or not (chosen.person.surely(self._cues) or self._opens(chosen)):
            return False
        if chosen.apposed:  # "Le colistier de Lee, Ann Moss,"
            fitting = [one for one in fitting if one.span.start >= chosen.span.start]
        if not _rivals(chosen, fitting):
            return True
        if chosen.rank != "other" and chosen.person.speaks and not _speaking(chosen, fitting):
            return True
        if not chosen.person.has_a_sex(self._cues):
            return False
        # Of two whose sex is known one has to speak; a name that tells none is often no person's.
        sexed = [one for one in fitting if one.person is None or one.person.has_a_sex(self._cues)]
        return chosen.rank == "speaker" or (chosen.rank == "subject" and not _rivals(chosen, sexed))

    def _opens(self, sighting: Sighting) -> bool:
        """Whether it is a full name that opens its sentence: behind it a pronoun shows somebody whom no list has."""
        person, start = sighting.person, sighting.span.start
        if (
            sighting.rank != "subject"
            or person is None
            or (person.shaky and _may_be_plain(person, self._cues))
        ):
            return False
        opens = sighting.apposed or self._starts[bisect_right(self._starts, start) - 1] == start
        return opens and any(start <= place < sighting.span.end for place in person.places)

    def _foremost(self, fitting: Sequence[Sighting]) -> Sighting | None:
        asked = next((one for one in fitting if one.rank == "asker"), None)
        if asked is not None:
            rest = [one for one in fitting if one.person is not asked.person]
            return rest[0] if rest and all(one.person is rest[0].person for one in rest) else None
        for rank in ("speaker", "subject"):
            ranked = [one for one in fitting if one.rank == rank]
            if ranked:
                return ranked[-1] if rank == "speaker" else ranked[0]
        return fitting[-1]


def _may_be_plain(person: Person, cues: Cues) -> bool:
    """Whether the name may begin with any word that opens a sentence: "Scharfe Kritik", "Ann Lees Firma"."""
    if person.plain or not cues.capital_nouns:
        return person.plain
    long = (person.name or "").count(" ") > 1
    return long or person.first.endswith(_NO_FIRST) or is_noun_like(person.first, cues)


def _rivals(chosen: Sighting, seen: Sequence[Sighting]) -> bool:
    """Whether somebody else is among them."""
    return any(one.person is not chosen.person for one in seen)


def _speaking(chosen: Sighting, seen: Sequence[Sighting]) -> bool:
    """Whether anybody else among them has no name, does anything there, or speaks anywhere in the article."""
    others = [one for one in seen if one.person is not chosen.person]
    return any(
        one.person is None or not one.person.name or one.person.speaks or one.rank != "other"
        for one in others
    )
