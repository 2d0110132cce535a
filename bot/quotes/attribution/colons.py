"""Whose the words behind a colon are where no verb of saying stands before it: "His answer:", "A view shared by X:", "And from X:"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.subjects import is_plain_verb, is_somebody, says
from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.descriptions import is_elided
from bot.quotes.phrases.mentions import Mention, pronoun_of, reading_on
from bot.quotes.phrases.names import is_full_name, name_start
from bot.quotes.phrases.roles import opens_aside
from bot.text.cues import Cues
from bot.text.tokens import Token

TITLE_LINE = 5
"""Tokens of "And from Ann Lee:" and "His short answer:"; more are a sentence."""
_OPENING = 6
"""Tokens within which the comma of "Ao lado, o marido" stands."""
_ASIDE = 8
"""Tokens of "head of the old ward" between a name and its colon."""
_ROLE = 3
"""Words of "e l'amico" before a name."""


def alone(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "E l'amico Ann Lee:" and "Su amiga Ann Lee:": a full name before the colon, and before it only who that is."""
    mention = reading_back(found, at - 2, cues) if at <= TITLE_LINE + 2 else None
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    first = name_start(found, mention.first, mention.last + 1, cues)
    if not is_full_name(found, first, mention.last + 1, cues) or not 0 < first <= _ROLE:
        return None
    lead = found[:first]
    opens = any(token.lower in cues.theirs | cues.definite or is_elided(token, cues) for token in lead[:2])
    small = all(
        token.is_word and not (token.lower in cues.say or token.lower in cues.prepositions) for token in lead
    )
    return mention if opens and small else None


def resumed(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read `"…", s'emporte-t-il, avant de conclure : "…"`: whoever said the one thing goes on with the other."""
    comma = next((n for n in range(at - 2, max(0, at - _OPENING), -1) if found[n].text == ","), 0)
    said = comma > 0 and "-" in found[comma - 1].text and pronoun_of(found[comma - 1]) in cues.he | cues.she
    words = [token.lower for token in found[comma + 1 : at - 1]]
    goes_on = said and words != [] and words[0] in cues.resumed
    known = all(word in cues.resumed or word in cues.owners for word in words)
    return Mention(comma - 1, comma - 1, "pronoun") if goes_on and known else None


def ending(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "A view shared by Ann Lee, head of the ward:" and "A lanciare l'allarme è Ann Lee:": a full name ends the sentence.

    It stands behind "shared by", or where subjects do behind its verb; behind the name may stand what that one is.
    """
    comma = next((n for n in range(at - 2, max(0, at - 2 - _ASIDE), -1) if found[n].text == ","), at - 1)
    end = comma if comma < at - 1 and opens_aside(found[comma + 1], cues) else at - 1
    start = end
    while start > 1 and found[start - 1].is_capital:
        start -= 1
    mention = reading_on(found, start, cues) if start < end else None
    if mention is None or mention.last + 1 != end or not _is_in_full(found, mention, cues):
        return None
    place = start - 1
    if found[place].text == ",":  # "Parla il comandante del porto, Ann Lee:"
        opens = cues.inverts and (found[0].lower in cues.say or found[0].lower in cues.call)
        small = not any(token.is_capital or not token.is_word for token in found[1:place])
        return mention if opens and small else None
    while place > 0 and (found[place].lower in cues.articles or found[place].lower in cues.titles):
        place -= 1
    if place < 1:
        return None
    if found[place].lower in cues.by:
        return mention if found[place - 1].lower in cues.passes_on else None
    led = found[place - 1].lower in cues.other_pronouns | cues.who and is_plain_verb(found, place, cues)
    verb = led or says(found, place, cues) or found[place].lower in cues.becomes
    return mention if cues.inverts and verb else None


def led_by_trade(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "Su nieto Ana Lee asiente:", "La vicina Ann Lee scuote la testa:" and "Ao lado, o marido, Ann Lee, acena:".

    A full name behind small words for who that is, which open the sentence or stand behind what tells where.
    """
    leads = (cues.prepositions, cues.joins, cues.contractions)
    comma = next((n for n in range(1, min(at, _OPENING)) if found[n].text == ","), 0)
    first = comma + 1 if comma and any(found[0].lower in words for words in leads) else 0
    who = found[first]
    articled = cues.inverts and (who.lower in cues.definite | cues.theirs or is_elided(who, cues))
    owned = cues.verb_second and (who.lower in cues.he_forms or who.lower in cues.she_forms)
    if not (articled or owned):
        return None
    end = first + 1 - is_elided(who, cues)
    while end < at - 1 and end - first <= _ROLE and found[end].text.islower():
        end += 1
    lists = (cues.kin, cues.persons, cues.titles)
    told = [token.lower.rpartition("'")[2] for token in found[first:end]]
    small = any(word in one for word in told for one in lists) and cues.owners.isdisjoint(told)
    if not small or any(word in cues.say or word in cues.prepositions for word in told):
        return None
    end += found[end].text == ","
    mention = reading_on(found, end, cues) if found[end].is_capital else None
    if mention is None or mention.last + 2 >= at:
        return None
    return mention if _is_in_full(found, mention, cues) else None


def _is_in_full(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether it is a full name, perhaps with a title before it."""
    end = mention.last + 1
    first = name_start(found, mention.first, end, cues)
    return mention.kind == "name" and is_full_name(found, first, end, cues)


def sender(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "And from Ann Lee:", which has no verb, and "… von Ann Lee, der Chefin:"."""
    place = next((n for n in range(min(at, TITLE_LINE)) if found[n].lower in cues.senders), None)
    mention = reading_on(found, place + 1, cues) if place is not None else None
    if mention is None or mention.kind != "name":
        return None
    described = found[mention.last + 1].text == "," and found[mention.last + 2].lower in cues.oblique
    return mention if described or mention.last + 2 == at else None


def owner(found: Sequence[Token], cues: Cues) -> Mention | None:
    """Read "His conclusion:" as "he", and "Lee's answer:" as Lee; where "ihr" may be "their", only a man's is sure."""
    word = found[0].lower
    answer = any(token.lower in cues.speeches or token.lower in cues.replies for token in found[1:TITLE_LINE])
    apart = word in cues.people and found[1].lower == "'s"
    if answer and (apart or (cues.verb_second and word[-1] == "s" and word[:-1] in cues.people)):
        return Mention(0, 0, "name")
    owned = word in cues.he_forms or (word in cues.she_forms and not cues.verb_second)
    return Mention(0, 0, "pronoun") if owned else None
