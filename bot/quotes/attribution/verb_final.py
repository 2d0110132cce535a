"""Who says it where the verb ends its clause, as in Turkish, and in German its second half: "hatte … gesagt"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.subjects import ASIDE, is_somebody, lies_between, main_subject, says
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token

_SUBJECT = 14
"""Tokens between a quotation and the verb at the end of its sentence."""


def final(found: Sequence[Token], at: int, cues: Cues) -> Attribution | None:
    """`X, "…" dedi`: the verb behind the quotation, its subject before it, behind it or left out, as is a pronoun."""
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


def beside_half(found: Sequence[Token], verb: int, cues: Cues) -> Mention | None:
    """The subject beside the first half of "hatte … gesagt", or of the verb before in "Lee freut sich, gibt aber zu"."""
    half = next(
        (n for n in range(verb - 1, max(-1, verb - ASIDE), -1) if found[n].lower in cues.halves),
        None,
    )
    if half is not None and found[verb].lower in cues.participles:
        at = half + 1 + lies_between(found[half + 1], cues)
        told = found[at].lower in cues.indirect  # "habe ihr gesagt"
        mention = None if told else reading_on(found, at, cues)
        before = half - 1 - (half > 1 and lies_between(found[half - 1], cues))  # "Lee selbst hatte"
        opening = reading_back(found, before, cues)
        described = mention is not None and mention.kind == "description"
        if not is_somebody(found, mention, cues) or (described and _opens(found, opening, cues)):
            mention = opening
        return mention if is_somebody(found, mention, cues) else None
    if found[verb - 1].text != "," or found[verb].lower in cues.compare:
        return None
    mention = main_subject(found, verb - 1, cues)
    alone = mention is not None and mention.kind != "description" and is_somebody(found, mention, cues)
    return mention if alone else None


def _opens(found: Sequence[Token], mention: Mention | None, cues: Cues) -> bool:
    """Whether a name or a pronoun opens the sentence, so that a description behind its verb is the object.

    Read "Lee hatte seine Spieler kritisiert", not "Den Lee hatte die Chefin kritisiert" and "Das hatte die Chefin gesagt".
    """
    if mention is None or mention.kind == "description" or mention.first > 1:
        return False
    others = cues.things | cues.oblique
    return is_somebody(found, mention, cues) and others.isdisjoint(
        {found[0].lower, found[mention.first].lower}
    )
