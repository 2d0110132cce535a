"""From a mention to a person: names, descriptions and pronouns of one article.

Silence is the answer to every doubt: two people of one surname, two people whom "he" may mean.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.summary.attribution import Attribution
from bot.summary.cast import Cast, Person, name_start, run_end
from bot.summary.cues import Cues
from bot.summary.marks import Quotation
from bot.summary.mentions import Mention
from bot.summary.tokens import Token, tokens


@dataclass(frozen=True, slots=True)
class Speaker:
    """The mention to show, the full name if the article gives one, and the person behind both."""

    mention: Span
    name: str | None
    person: Person | None


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A place outside quotations where somebody is named."""

    span: Span
    person: Person
    says: bool


class Speakers:
    """The people of an article's paragraphs, and where each is named."""

    def __init__(
        self, text: str, paragraphs: Sequence[Span], quoted: Sequence[list[Quotation]], cues: Cues
    ) -> None:
        self._text, self._cues, self._cast = text, cues, Cast(cues)
        for span in paragraphs:
            self._cast.read(text, tokens(text, span.start, span.end, ()))
        self._spoke: Person | None = None
        self._starts = [span.start for span in paragraphs]
        self._seen: list[list[_Sighting]] = [[] for _ in paragraphs]
        for number, (span, marks) in enumerate(zip(paragraphs, quoted, strict=True)):
            self._look(number, tokens(text, span.start, span.end, marks))

    def _look(self, number: int, found: Sequence[Token]) -> None:
        at = 0
        while at < len(found):
            end = run_end(found, at)
            if end > at:
                person = self._person(found, at, end)
                if person is not None:
                    says = end < len(found) and found[end].lower in self._cues.say
                    self._seen[number].append(
                        _Sighting(Span(found[at].start, found[end - 1].end), person, says)
                    )
            at = max(end, at + 1)

    def _person(self, found: Sequence[Token], at: int, end: int) -> Person | None:
        """Who is named there; a stranger where a title, a verb or a shared surname shows a person."""
        first = name_start(found, at, end, self._cues)
        person = self._cast.named([token.text for token in found[first:end]])
        speaks = end < len(found) and found[end].lower in self._cues.say
        if person is not None:
            person.speaks |= speaks
            return person
        last = found[end - 1].lower
        if last in self._cues.openers or last in self._cues.titles or last in self._cues.bodies:
            return None
        titled = first > at and found[first - 1].lower in self._cues.titles
        return self._cast.stranger(last) if titled or speaks or self._cast.knows(last) else None

    def who(self, found: Sequence[Token], told: Attribution) -> Speaker | None:
        """Whom the attribution means, or nobody; asked in the order of the text."""
        mention = told.mention
        if mention is None:
            return None
        speaker = self._meant(found, mention)
        self._spoke = speaker.person if speaker else None
        return speaker

    def _meant(self, found: Sequence[Token], mention: Mention) -> Speaker | None:
        if mention.kind == "pronoun":
            return self._antecedent(found[mention.first])
        span = Span(found[mention.first].start, found[mention.last].end)
        words = found[mention.first : mention.last + 1]
        person = self._named(found, mention) if mention.kind == "name" else self._described(words)
        return Speaker(span, person.name if person else None, person)

    def _named(self, found: Sequence[Token], mention: Mention) -> Person | None:
        first = name_start(found, mention.first, mention.last + 1, self._cues)
        return self._cast.named([token.text for token in found[first : mention.last + 1]])

    def _described(self, words: Sequence[Token]) -> Person | None:
        """The president, the Russian president, the president of Russia; never "a president"."""
        lower = [token.lower for token in words]
        role = next((word for word in lower if word in self._cues.titles), None)
        if lower[0] != "the" or role is None:
            return None
        qualities = set(lower) - {role, "of", "for", "the"} - self._cues.modifiers
        return self._cast.described(role, qualities)

    def _antecedent(self, pronoun: Token) -> Speaker | None:
        """The one person of that sex named before it in its paragraph, or else in the one before."""
        if pronoun.lower not in self._cues.he | self._cues.she:
            return None
        paragraph = bisect_right(self._starts, pronoun.start) - 1
        for number in range(paragraph, max(-1, paragraph - 2), -1):
            fitting = [
                one
                for one in self._seen[number]
                if one.span.end <= pronoun.start and one.person.may_be(pronoun.lower, self._cues)
            ]
            if fitting:
                near = number == paragraph or fitting[0].person is self._spoke
                opens = fitting[0].span.start <= self._starts[number] + 2 or any(one.says for one in fitting)
                return self._only(fitting, opens=opens, near=near)
        return None

    def _only(self, seen: Sequence[_Sighting], *, opens: bool, near: bool) -> Speaker | None:
        """Nobody when there are two, or one who is neither the paragraph's subject nor surely meant.

        Measured on PolNeAR: .92 right with these conditions, .87 without.
        """
        last = seen[-1]
        if any(one.person is not last.person for one in seen) or not last.person.surely(self._cues):
            return None
        if not opens and not (near and last.person.has_a_sex(self._cues)):
            return None
        return Speaker(last.span, last.person.name, last.person)
