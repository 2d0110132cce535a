"""What a name does in its sentence, as far as the words beside it tell: whether it speaks, asks, acts or is only named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.model import Span
from bot.quotes.attribution.subjects import ASIDE, is_plain_verb, says, verb_of
from bot.quotes.people.person import Person
from bot.quotes.people.pronouns import Rank, Sighting
from bot.quotes.phrases.descriptions import is_elided, named_beside
from bot.quotes.phrases.mentions import Mention
from bot.quotes.phrases.names import name_start
from bot.quotes.phrases.roles import opens_with_role
from bot.text.cues import Cues
from bot.text.tokens import Token

_MARKS = '„“”"»«'
_LEAD = 4
"""Tokens within which a name that opens a sentence stands behind what somebody is."""
_OFFICE = 10
"""Tokens of an office and a degree between a verb and its subject's name."""
_ADJECTIVES = ("e", "en", "er", "es")
"""How German adjectives end."""
_LEADS = 16
"""Tokens that lead to a name; more are a list, and the search stays linear."""
_DATELINE = 9
"""Tokens of a dateline behind its place."""
_SOMEBODY = 5
"""Tokens within which "one of the older residents" says what somebody is."""


def rank_of(found: Sequence[Token], at: int, end: int, cues: Cues, *, first: bool) -> Rank:
    """What the name does in its sentence, as far as the words beside it tell; ``first``: nobody is before it."""
    before = found[at - 1].lower if at else ""
    after = found[end].lower if end < len(found) else ""
    if (after in cues.ask or after in {",", "("}) and _asks(found, end, cues):
        return "asker"
    if says_beside(found, at, end, cues):
        return "speaker"
    if (first and _is_behind_finite(found, at, cues)) or _is_behind_its_verb(found, at, end, cues):
        return "subject"
    if cues.capital_nouns and end - at > 2 and _joins_roles(found, at - 1, cues):
        at -= 2
        before = found[at - 1].lower
    # "Doch Lee blieb", "But Lee, a painter, stayed"
    joins = at == 1 and before in cues.conjunctions and (is_plain_verb(found, end, cues) or after == ",")
    if not joins and (before in cues.stops or before in cues.belongs or after == "'s"):
        return "subject" if first and _is_articled_subject(found, at, cues) else "other"
    at = _lead(found, at, cues)
    if joins or (at < _LEAD and _leads_from_start(found, at, cues)):
        at = 0
    if at == 0 or not found[at - 1].is_word:
        goes_on = end < len(found) and (found[end].is_word or found[end].text in ",(")
        return "subject" if goes_on and not _is_dateline(found, end) else "other"
    return (
        "subject"
        if (first and _is_behind_finite(found, at, cues))
        or (first and cues.inverts and after in cues.becomes)
        or after in cues.between
        or after in cues.call
        else "other"
    )


def _is_articled_subject(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Als Zeuge trat der Landwirt Ann Lee auf" and "Der Landwirt Ann Lee klagt"; behind a noun "der" is a genitive."""
    if found[at - 1].lower not in cues.definite or found[at - 1].lower in cues.oblique:
        return False
    if at > 1 and found[at - 2].is_capital:
        return False
    start = _lead(found, at, cues)
    return cues.capital_nouns and (start == 0 or _is_behind_finite(found, start, cues))


def _is_dateline(found: Sequence[Token], end: int) -> bool:
    """Whether "Port Salis (Kandoria), 12.03.2031 –" opens the sentence: no small word stands before the dash."""
    for token in found[end : end + _DATELINE]:
        if token.text in "–—":
            return True
        if token.text[0].islower():
            break
    return False


def _lead(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Where the words begin that lead to the name at token ``at``."""
    name = at
    while at > max(0, name - _LEADS):
        if _leads_to_name(found[at - 1], cues) or (cues.capital_nouns and _is_quality(found, at - 1, cues)):
            at -= 1
        elif cues.capital_nouns and at < name and _joins_roles(found, at - 1, cues):
            at -= 2
        else:
            break
    return at


def _is_quality(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "alte" of "der alte Präsident", right behind an article."""
    adjective = found[at].text.islower() and found[at].text.endswith(_ADJECTIVES)
    return adjective and at > 0 and found[at - 1].lower in cues.articles


def _joins_roles(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "und" of "Der Chemiker und Preisträger Ann Lee", who is one person."""
    if at < 2 or found[at].lower not in cues.conjunctions or not found[at - 1].is_capital:
        return False
    return found[at - 2].lower in cues.articles


def _leads_from_start(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether all before the name is what somebody is: "Mayor of Brindle Ann Lee", "O biólogo Ann Lee"."""
    if found[0].lower in cues.titles or _is_trade(found, at, cues):
        return all(token.is_word for token in found[:at])
    # Where an object has its own form "Generální manažer Ann Lee" is a subject.
    return not cues.articles and opens_with_role(found, at, cues)


def _is_trade(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a sentence opens with an article and one small word, as in "O biólogo Ann Lee falou"."""
    if at != 2 or not cues.inverts or found[0].lower not in cues.definite:
        return False
    return found[1].text.islower() and found[1].lower not in cues.stops


def _is_behind_its_verb(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """Read "Antes había declarado Ann Lee, viuda" and "Město povede starostka Ann Lee", whose title is a subject's."""
    if not cues.inverts or at < 2:
        return False
    ends = end >= len(found) or not found[end].is_word
    titled = not cues.articles and found[at - 1].lower in cues.titles and is_plain_verb(found, at - 2, cues)
    titled = titled or (ends and not cues.articles and found[at - 2].lower in cues.becomes)
    titled = titled or (ends and found[at - 1].lower in cues.becomes)  # "Una de las víctimas es Ana Lee"
    return titled or (ends and (says(found, at - 1, cues) or _is_presented(found, at, cues)))


def _is_presented(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Entre el público estaba Ann Lee, viuda": behind a phrase with a preposition and a verb without an article."""
    leads = (cues.prepositions, cues.joins, cues.contractions)
    if (
        at < 3
        or not any(found[0].lower in words for words in leads)
        or not is_plain_verb(found, at - 1, cues)
    ):
        return False
    lists = (*leads, cues.articles, cues.determiners, cues.owners)
    return bool(cues.articles) and not any(found[at - 2].lower in words for words in lists)


def _is_titled_behind_verb(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Об этом сообщил руководитель экспедиции, доктор наук Ann Lee", where an object has its own form."""
    if cues.articles or not cues.inverts:
        return False
    held = False
    for place in range(at - 1, max(-1, at - _OFFICE), -1):
        if says(found, place, cues):
            return held
        held = held or found[place].lower in cues.titles
        if found[place].text != "," and not found[place].text.islower():
            break
    return False


def _asks(found: Sequence[Token], end: int, cues: Cues) -> bool:
    """Whether somebody else answers: not behind "Lee asked for more time" and "Lee demande de l'aide"."""
    if found[end].lower in cues.ask:
        return not _asks_for(found, end, cues)
    return _asks_behind_aside(found, end, cues)


def _asks_for(found: Sequence[Token], verb: int, cues: Cues) -> bool:
    behind = found[verb + 1].lower if verb + 1 < len(found) else ""
    article, apostrophe, _ = behind.partition("'")  # "d'explications"
    return behind in cues.ask_for or (bool(apostrophe) and article + apostrophe in cues.ask_for)


def _asks_behind_aside(found: Sequence[Token], end: int, cues: Cues) -> bool:
    if cues.ask.isdisjoint([token.lower for token in found[end : end + ASIDE]]):
        return False
    verb = verb_of(found, end, cues)
    if verb is None or found[verb].lower not in cues.ask or _asks_for(found, verb, cues):
        return False
    return found[verb - 1].lower not in cues.passive


def unnamed(found: Sequence[Token], cues: Cues) -> Sighting | None:
    """The subject of "One resident ran" and "On Friday, a woman in the crowd": somebody of whom the text has no name.

    It opens the sentence or stands behind a phrase that does.
    """
    if cues.capital_nouns and _is_relative(found, cues):
        return Sighting(Span(found[0].start, found[1].end), nobody(found[1], cues), "subject")
    starts = [0]
    leads = (cues.joins, cues.prepositions, cues.times, cues.openers)
    if found and any(found[0].lower in words for words in leads):
        comma = next((n for n, token in enumerate(found) if not token.is_word), 0)
        # "But Ann Lee, an analyst, was unconvinced" goes on with what she is.
        named = found[0].lower in cues.conjunctions and found[1:2] != [] and found[1].is_capital
        starts += [comma + 1] if found[comma].text == "," and not named else []
        starts += [2] if len(found) > 2 and found[1].lower in cues.days else []
    for first in starts:
        if first >= len(found) or found[first].lower not in cues.indefinite:
            continue
        for n in range(first + 1, min(first + _SOMEBODY, len(found))):
            token = found[n]
            if not token.is_word or token.lower in cues.say or token.lower in cues.stops:
                break
            if _is_human(token, cues):
                span = Span(found[first].start, token.end)
                return (
                    None
                    if _is_named(found[n + 1 :], cues)
                    else Sighting(span, nobody(token, cues), "subject")
                )
    return None


def _is_relative(found: Sequence[Token], cues: Cues) -> bool:
    """Read "Lees Witwe saß im Saal" and "Ihre Mutter wartete": somebody who has no name, and of whom "she" may go on to speak."""
    if len(found) < 3 or found[2].is_capital or not found[2].is_word:
        return False
    owner = found[0].lower
    owned = owner in cues.he_forms | cues.she_forms or (owner[-1] == "s" and owner[:-1] in cues.people)
    named = owner[-1] == "s" and owner not in cues.openers | cues.stops
    return (owned and found[1].lower in cues.persons) or ((owned or named) and found[1].lower in cues.kin)


def _is_named(behind: Sequence[Token], cues: Cues) -> bool:
    """Whether a name follows what somebody is, at once or between commas, so that it is no nobody."""
    pairs = pairwise(behind[:_SOMEBODY])
    aside = any(one.text == "," and other.is_capital for one, other in pairs)
    return bool(behind) and (aside or behind[0].is_capital or behind[0].lower in cues.named)


def nobody(token: Token, cues: Cues) -> Person | None:
    """Somebody without a name, if the word for what that is ("woman", "sister") tells the sex."""
    person = Person("", "", words={token.lower} & (cues.male_titles | cues.female_titles))
    return person if person.has_a_sex(cues) else None


def _is_human(token: Token, cues: Cues) -> bool:
    lists = (cues.persons, cues.titles, cues.kin, cues.male_titles, cues.female_titles)
    ends = bool(cues.person_endings) and token.lower.endswith(tuple(cues.person_endings))
    noun = cues.capital_nouns or not token.is_capital
    return noun and (ends or any(token.lower in words for words in lists))


def _is_behind_finite(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "Den Anfang machte Ann Lee": where the verb is second, its subject may follow it."""
    if not cues.verb_second or at == 0:
        return False
    before = found[at - 1].lower
    finite = before in cues.between or before in cues.copulas
    return finite or is_plain_verb(found, at - 1, cues)


def is_apposed(found: Sequence[Token], at: int, first: int, end: int, cues: Cues) -> bool:
    """Whether the sentence leads to the name by who that is or where, so that it is about that one: the name stands from ``first``, its office from ``at``."""
    led = not cues.articles and opens_with_role(found, first, cues)
    led |= first == 1 and found[0].lower in cues.conjunctions
    return led or _is_between_commas(found, at, end, cues) or _is_led(found, at, cues)


def _is_between_commas(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """Whether the name stands between commas behind what somebody is, which opens the sentence with an article."""
    at -= at > 0 and found[at - 1].lower in cues.articles  # "La cheffe du service, le Dr Ann Lee,"
    if at < 3 or found[at - 1].text != "," or end + 1 >= len(found) or found[end].text != ",":
        return False
    articled = found[0].lower in cues.articles or is_elided(found[0], cues)
    articled |= not cues.articles and found[0].lower in cues.titles  # "Burmistrz Zalesia, Ann Lee,"
    return articled and all(token.is_word for token in found[: at - 1])


def is_office(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """Whether it is the "Burmistrz Zalesia" of "Burmistrz Zalesia, Ann Lee, bronił", where no article shows an office."""
    if cues.articles or found[at].lower not in cues.titles:
        return False
    named = Mention(at, end - 1, "name")
    return named_beside(found, named, cues) is not named


def _is_led(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a phrase in small words with a preposition stands before the name, and a comma: "Con 27 puntos, Ann Lee fue"."""
    if not 3 <= at <= _LEADS or found[at - 1].text != "," or not (cues.inverts and cues.articles):
        return False
    leads = (cues.prepositions, cues.joins, cues.contractions)
    opens = any(found[0].lower in words for words in leads)
    return opens and all(token.is_word and not token.is_capital for token in found[1 : at - 1])


def pronouns_beside(found: Sequence[Token], at: int, end: int, cues: Cues) -> Counter[str]:
    """The "he" or "she" that say-verbs beside the name tell by their ending: "dodała prokurator Ann Lee"."""
    if not cues.she_verbs:
        return Counter()
    at = _lead(found, at, cues)
    beside = [found[n].lower for n in (at - 1, end) if 0 <= n < len(found)]
    told = [cues.pronoun_of_verb(word) for word in beside if word in cues.say]
    return Counter("she" if one in cues.she else "he" for one in told if one is not None)


def says_beside(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """`X said`, `X, a painter, said`, and `, said X` behind a mark."""
    if end < len(found) and says(found, end, cues):
        pronoun = cues.verb_second and end + 1 < len(found) and found[end + 1].lower in cues.he
        return not pronoun  # "nach Lee fragte er"
    if end < len(found) and found[end].text in ",(" and verb_of(found, end, cues) is not None:
        owned = at > 1 and found[at - 2].lower in cues.owners  # "el presidente de la Asamblea, Lee, dijo"
        return at == 0 or not found[at - 1].is_word or (not owned and _leads_to_name(found[at - 1], cues))
    ends = end >= len(found) or not found[end].is_word
    return is_behind_verb(found, at, end, cues) or (ends and _is_titled_behind_verb(found, at, cues))


def is_behind_verb(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """Whether a mark and a say-verb stand before the name: `"…", said X`."""
    owns = end < len(found) and found[end].lower == "'s"
    addressed = at > 0 and found[at - 1].lower in cues.addresses
    return at > 1 and says(found, at - 1, cues) and not found[at - 2].is_word and not (owns or addressed)


def _leads_to_name(token: Token, cues: Cues) -> bool:
    lists = (cues.titles, cues.modifiers, cues.articles, cues.kin)
    return token.is_capital or any(token.lower in words for words in lists)


def is_heard(found: Sequence[Token], start: int, end: int, cues: Cues) -> bool:
    """Whether the name of tokens ``start`` up to ``end`` says something there: "said Lee", "according to Lee", "Lee: “…”"."""
    before = found[start - 1] if start else None
    after = found[end] if end < len(found) else None
    if before is not None and before.lower in cues.articles:
        return False
    opens = start == 0 and after is not None and after.text == ":"
    if opens and end + 1 < len(found) and found[end + 1].text in _MARKS:
        return True
    if before is not None and before.lower in cues.say and not before.is_capital:
        return True
    if after is not None and after.lower in cues.say and not after.is_capital:
        return True
    return _is_accounted(found, start, end, cues)


def _is_accounted(found: Sequence[Token], start: int, end: int, cues: Cues) -> bool:
    """Whether "according to" stands before the name, or opens the sentence with a capital."""
    near = [token.lower for token in found[max(0, start - 2) : start + 1]]
    if cues.accord.isdisjoint(near):
        return False
    first = name_start(found, start, end, cues)
    cue = first - 1 - (first > 1 and found[first - 1].lower in cues.accord_to)
    return cue >= 0 and found[cue].lower in cues.accord
