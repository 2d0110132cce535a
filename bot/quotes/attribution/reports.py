"""Sentences without a quotation that say whose the next one is: "Lee said that the plan was dead.", "Man habe gewartet."."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.accounts import opening_account
from bot.quotes.attribution.beside import trailing
from bot.quotes.attribution.cue_subject import subject_of
from bot.quotes.attribution.subjects import (
    ASIDE,
    denied,
    is_somebody,
    main_subject,
    opens_aside,
    says,
    verb_of,
)
from bot.quotes.attribution.verbs import Attribution
from bot.quotes.attribution.wordings import received
from bot.text.cues import Cues
from bot.text.tokens import Token

_SHORT = 4
"""Letters of a small word that is no verb."""


def reported(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Who says what a sentence reports ("Lee said that the plan was dead."): its first or its last phrase."""
    mention = main_subject(found, len(found) - 1, cues)
    if mention and cues.capital_nouns and mention.kind == "name" and mention.first < mention.last:
        mention = mention if is_somebody(found, mention, cues) else None  # "Scharfe Kritik äußerte Lee"
    verb = verb_of(found, mention.last + 1, cues) if mention else None
    if mention and verb is not None and not denied(found, mention.last + 1, verb, cues):
        return Attribution(found[verb], mention)
    told = opening_account(found, cues) or trailing(found, -1, cues) or received(found, cues)
    return told or (_said_anywhere(found, cues) if cues.verb_second else None)


def _said_anywhere(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """The one say-verb of a sentence, wherever it stands ("Wie Lee am Montag sagte, …")."""
    verbs = [at for at in range(len(found)) if says(found, at, cues)]
    verbs = [at for at in verbs if found[at].lower not in cues.compare] or verbs
    if len(verbs) != 1 or verbs[0] < 1 or verbs[0] + 1 >= len(found):
        return None
    told = subject_of(found, verbs[0], len(found) - 1, cues)
    return told if told and told.mention and told.mention.kind != "pronoun" else None


def about(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Whom a sentence without a say-verb is about, whose words may stand behind it as a sentence."""
    mention = main_subject(found, len(found) - 1, cues)
    if mention is None:
        return None
    start = mention.first - (mention.first > 1 and found[mention.first - 1].lower in cues.articles)
    beside = start > 0 and found[start - 1].text == "," == found[mention.last + 1].text
    verb = mention.last + 1 + beside
    if verb + 1 < len(found) and found[verb].text == "," and not beside:
        verb = _behind_aside(found, verb, cues)
    if verb >= len(found) or not found[verb].text.islower():
        return None
    return Attribution(found[verb], mention) if is_somebody(found, mention, cues) else None


def _behind_aside(found: Sequence[Token], comma: int, cues: Cues) -> int:
    """Behind the ", der die Wache leitet," or ", maire de la ville," of a subject, or ``comma``."""
    relative = cues.verb_second and found[comma + 1].lower in cues.who
    if not (relative or (cues.inverts and opens_aside(found[comma + 1], cues))):
        return comma
    close = next((n for n in range(comma + 2, min(len(found), comma + ASIDE)) if not found[n].is_word), None)
    return close + 1 if close is not None and found[close].text == "," else comma


def is_silent(found: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence is its quotations, perhaps with an "And:" or "Et d'ajouter :" before them."""
    if any(token.lower in cues.resumed for token in found):
        lists = (cues.conjunctions, cues.resumed, cues.joins, cues.openers)
        return all(not token.is_word or any(token.lower in words for words in lists) for token in found)
    return all(not token.is_word or token.lower in cues.conjunctions for token in found)


def in_reported_mood(found: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence goes on with what somebody said: "Man habe lange gewartet"; "wir" is who writes."""
    if not cues.reported_mood:
        return False
    return all(token.lower not in cues.own for token in found) and any(
        token.lower in cues.reported_mood or _is_subjunctive(found, at, cues)
        for at, token in enumerate(found)
    )


def _is_subjunctive(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a small word behind a noun or "er" ends like the mood ("verkenne"), and before no noun, as an adjective does."""
    token = found[at]
    if at == 0 or not token.text.endswith("e") or token.text.endswith("te") or not token.text.islower():
        return False
    before = found[at - 1]
    subject = (before.is_capital and before.lower not in cues.openers) or before.lower in cues.mood_subjects
    behind = at + 1 < len(found) and found[at + 1].is_capital
    return subject and not behind and len(token.text) > _SHORT and token.lower not in cues.no_mood
