"""Subjects that stand behind their verb, where it is the second phrase of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.subjects import ASIDE, REACH, is_somebody
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token


def ahead_of(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "Den Umbau bewertet Ann Lee positiv:": the subject behind the verb, if nobody else is named.

    In "Wie Ann Lee den Umbau preist:" it stands behind the conjunction.
    """
    held: Mention | None = None
    place = 1 if at <= REACH else at
    while place < at - 1:
        token = found[place]
        mention = reading_on(found, place, cues) if token.is_capital or token.lower in cues.articles else None
        if mention is None or mention.kind != "name":
            if found[place - 1].lower not in cues.prepositions:
                pronoun = _subject_pronoun(found, place, cues)
                another = token.lower in cues.titles or token.lower in cues.groups
                object_ = held is not None and held.kind == "name" and _same_clause(found, held.last, place)
                if (another and not object_) or (pronoun and held):
                    return None
                if pronoun is None and (token.lower in cues.he or token.lower in cues.she):
                    return None
                held = held or pronoun
            place += 1
            continue
        if is_somebody(found, mention, cues):
            before = found[place - 1]
            leads = before.text.islower() and not any(
                before.lower in words
                for words in (cues.prepositions, cues.belongs, cues.articles, cues.owners)
            )
            # Behind "is typically" stands a comparison.
            leads = leads and not (place > 1 and found[place - 2].lower in cues.stops)
            leads = leads or before.lower in cues.compare or (place == 1 and found[0].lower in cues.compare)
            if held is not None and leads:
                return None
            held = mention if leads else held
        place = _behind_aside(found, mention.last + 1, at)
    return held


def _same_clause(found: Sequence[Token], first: int, last: int) -> bool:
    """Whether no mark stands between two tokens: "machte Lee die Regierung verantwortlich" has one subject."""
    return all(token.is_word for token in found[first:last])


def _subject_pronoun(found: Sequence[Token], place: int, cues: Cues) -> Mention | None:
    """Read the "er" of "dazu wollte er nichts sagen:" right behind a small word; "wollten sie" is of many."""
    before = found[place - 1].text
    man = found[place].lower in cues.he
    woman = found[place].lower in cues.she and not before.endswith("en")
    return Mention(place, place, "pronoun") if (man or woman) and before.islower() else None


def _behind_aside(found: Sequence[Token], place: int, at: int) -> int:
    """Behind ", mayor of the old town," if it stands there."""
    if found[place].text != ",":
        return place
    return next((n for n in range(place + 1, min(at, place + ASIDE)) if found[n].text in ",:"), place)
