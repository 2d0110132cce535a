"""Sentences beside a quotation that say whose it is: "Lee said that the plan was dead.", "Man habe gewartet." before it, "Das sagte Lee", "(Lee)" behind."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.accounts import denied, opening_account
from bot.quotes.attribution.beside import half_behind, trailing
from bot.quotes.attribution.cue_subject import subject_of
from bot.quotes.attribution.subjects import (
    ASIDE,
    is_plain_verb,
    is_somebody,
    main_subject,
    says,
    verb_of,
)
from bot.quotes.attribution.verbs import Attribution, inverted
from bot.quotes.attribution.wordings import own_speech, received, speech_of
from bot.quotes.phrases.mentions import reading_on
from bot.quotes.phrases.names import is_full_name, name_start
from bot.quotes.phrases.roles import opens_aside
from bot.text.cues import Cues
from bot.text.tokens import Token

_SHORT = 4
"""Letters of a small word that is no verb."""
_LONG_DASHES = frozenset("—–―-")
_OPENING = 4
"""Tokens before the verb of such a sentence: "C'est ce qu'a"."""
_TESTIMONY = 8
"""Tokens within which "È la testimonianza di Ann Lee" names whose it is."""
_SIGNATURE = 16
"""Tokens of a line that signs a quotation."""
_BRACKET = 12
"""Tokens of a bracket that signs a quotation."""


def reported(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Who says what a sentence reports ("Lee said that the plan was dead."): its first or its last phrase."""
    mention = main_subject(found, len(found) - 1, cues)
    if mention and cues.capital_nouns and mention.kind == "name" and mention.first < mention.last:
        mention = mention if is_somebody(found, mention, cues) else None  # "Scharfe Kritik äußerte Lee"
    verb = verb_of(found, mention.last + 1, cues) if mention else None
    if mention and verb is not None and not denied(found, mention.last + 1, verb, cues):
        return Attribution(found[verb], mention)
    if (own := own_speech(found, cues)) is not None:
        return Attribution(found[0], own)
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
    if mention is None or found[mention.first].lower in cues.what:
        return None  # "Was raten Sie ihnen?"
    start = mention.first - (mention.first > 1 and found[mention.first - 1].lower in cues.articles)
    beside = start > 0 and found[start - 1].text == "," == found[mention.last + 1].text
    verb = mention.last + 1 + beside
    if (
        mention.first > 1
        and cues.verb_second
        and any(found[n].lower in cues.things for n in range(1, mention.first))
    ):
        # "Anders sieht das Ann Lee, die …"
        verb = next((n for n in range(1, mention.first) if is_plain_verb(found, n, cues)), verb)
    if verb + 1 < len(found) and found[verb].text == "," and not beside:
        verb = _behind_aside(found, verb, cues)
    if verb >= len(found) or not found[verb].text.islower():
        return None
    return Attribution(found[verb], mention) if is_somebody(found, mention, cues) else None


def _behind_aside(found: Sequence[Token], comma: int, cues: Cues) -> int:
    """Behind the ", der die Wache leitet," or ", maire de la ville," of a subject, or ``comma``."""
    relative = cues.verb_second and found[comma + 1].lower in cues.who | cues.relatives
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


def recalled(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read "Das sagte Lee am Montag" behind the words that it is about; "Das sagte auch Lee" is of another's."""
    if not found or found[0].lower not in cues.recalls:
        return None
    if cues.inverts and (whose := speech_of(found, 1, min(_TESTIMONY, len(found)), cues)) is not None:
        return Attribution(found[0], whose)
    if len(found) > 2 and (found[1].lower in cues.halves or found[2].lower in cues.how):
        return half_behind(found, 1, cues)
    verb = next((n for n in range(1, min(_OPENING + 1, len(found))) if not _leads_on(found[n], cues)), 0)
    if verb == 0 or found[verb].lower not in cues.tells or not says(found, verb, cues):
        return _thus(found, cues)
    if verb + 1 < len(found) and found[verb + 1].lower in cues.likewise:
        return None
    told = inverted(found, verb, cues)
    mention = told.mention
    own = mention is not None and mention.first == verb
    return told if mention is not None and not own and is_somebody(found, mention, cues) else None


def _leads_on(token: Token, cues: Cues) -> bool:
    """Whether the word stands between what means the words and the verb: "lo ha detto"."""
    return token.lower in cues.recalls or (token.lower in cues.between and token.lower not in cues.likewise)


def _thus(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read the Italian "Così Lee in una nota", which has no verb."""
    mention = reading_on(found, 1, cues) if found[0].lower in cues.thus else None
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    return None if any(says(found, n, cues) for n in range(len(found))) else Attribution(found[0], mention)


def signed_below(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """A line below a quotation that is nothing but a name, perhaps with who that is: "— Ann Lee, mayor"."""
    dash = bool(found) and found[0].text in _LONG_DASHES
    degree = len(found) > 1 and found[-1].text == "." and found[-2].lower in cues.degrees
    if len(found) > _SIGNATURE or len(found) < 2 or (found[-1].text in ".:?!" and not degree):
        return None
    mention = reading_on(found, int(dash), cues)
    if mention is None or mention.kind != "name":
        return None
    first = name_start(found, mention.first, mention.last + 1, cues)
    ends = mention.last + 1 >= len(found) or found[mention.last + 1].text in ",/("
    named = is_full_name(found, first, mention.last + 1, cues)
    known = dash or bool(cues.given & {token.lower for token in found[first : mention.last]})
    return Attribution(found[0], mention) if ends and named and known else None


def signed_behind(found: Sequence[Token], cues: Cues) -> Attribution | None:
    """Read the bracket of „…“ (Ann Lee, mayor), which holds somebody's name and ends its sentence."""
    if len(found) < 3 or found[0].text != "(":
        return None
    close = next((n for n, token in enumerate(found[:_BRACKET]) if token.text == ")"), None)
    mention = reading_on(found, 1, cues) if close is not None else None
    if close is None or mention is None or mention.last >= close or mention.kind != "name":
        return None
    ends = found[mention.last + 1].text in {")", ","} and is_somebody(found, mention, cues)
    goes_on = close + 1 < len(found) and found[close + 1].is_word and not found[close + 1].is_capital
    return Attribution(found[0], mention) if ends and not goes_on else None


def may_report(found: Sequence[Token], cues: Cues) -> bool:
    """Whether a sentence has a say-verb, or begins like "According to Lee"."""
    if not cues.say.isdisjoint([token.lower for token in found]) or found[0].lower in cues.accord_first:
        return True
    return any(token.lower in cues.accord or token.lower in cues.accord_by for token in found[:3])
