"""Who says it where the verb ends its clause, its subject opens the sentence and a pronoun is left out, as in Turkish."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.subjects import main_subject, says
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.mentions import Mention
from bot.text.cues import Cues
from bot.text.tokens import Token

_SUBJECT = 14
"""Tokens between a quotation and the verb at the end of its sentence."""


def final(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`X, "…" dedi`: the verb behind the quotation, its subject before it, behind it or left out."""
    verb = at + 1 + (at + 1 < len(found) and found[at + 1].text == ",")
    if verb >= len(found) or not says(found, verb, cues):
        return _at_its_end(found, at, cues)
    subject = reading_back(found, at - 2, cues) if at > 1 and found[at - 1].text == "," else None
    if subject is None or subject.kind != "name":
        subject = main_subject(found, at, cues) if at > 1 else None
    if subject is not None:
        return Attribution(found[verb], subject)
    told = inverted(found, verb, cues)
    left_out = told.mention is None or told.mention.kind == "pronoun"
    return (
        Attribution(found[verb], _office(found, at, cues))
        if left_out and _has_subject(found, at, cues)
        else told
    )


def _before(found: Sequence[Token], at: int) -> int:
    """The place of the word before a quotation, over the comma between; below 0 where there is none."""
    return at - 1 - (at > 0 and found[at - 1].text == ",")


def _office(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Whoever holds the office that stands before the quotation: "Başkan, “…” dedi"."""
    place = _before(found, at)
    return Mention(place, place, "description") if found[place].lower in cues.titles else None


def _has_subject(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the word before a quotation may be the subject of the verb behind it: "Genç oyuncu, “…” dedi".

    Where a verb alone means whoever spoke last, words for somebody that no list has are another's.
    """
    place = _before(found, at)
    if place < 0 or not found[place].is_word:
        return False
    lists = (cues.between, cues.openers, cues.stops, cues.conjunctions, cues.days, cues.times, cues.say)
    word = found[place].lower
    return not cues.is_adverb(word) and not any(word in words for words in lists)


def _at_its_end(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """Read `X, köprünün "…" olduğunu söyledi`: the verb ends the sentence, and a comma its subject."""
    words = [n for n in range(at + 1, len(found)) if found[n].is_word]
    if not words or words[-1] - at > _SUBJECT or not says(found, words[-1], cues):
        return None
    subject = main_subject(found, at, cues) if at > 1 else None
    ends = subject is not None and subject.kind == "name" and found[subject.last + 1].text == ","
    return Attribution(found[words[-1]], subject) if ends else None
