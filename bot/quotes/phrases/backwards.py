"""Whom the words before a verb or a mark mean: reading a phrase from its last token."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.phrases.mentions import (
    Mention,
    behind_owner,
    behind_owning,
    in_phrase,
    is_role,
    starts_name,
    within_office,
)
from bot.quotes.phrases.names import is_month
from bot.quotes.phrases.roles import age_of
from bot.text.cues import Cues
from bot.text.tokens import Token

_REACH = 12
"""Words that a phrase may have; real ones have fewer, and the search stays linear."""


def reading_back(found: Sequence[Token], at: int, cues: Cues, *, owners: int = 3) -> Mention | None:
    """The mention whose last token is ``at``; nothing where it belongs to a longer phrase.

    ``owners`` is how many times "of …" is followed to what it belongs to.
    """
    if at < 0 or owners < 0 or not found[at].is_word:
        return None
    aged = bool(at) and found[at - 1].lower in cues.articles and age_of(found[at], cues) is not None
    if aged or found[at].lower in cues.pronouns:
        return Mention(at - aged, at, "description" if aged else "pronoun")
    first = at
    while first > 0 and at - first < _REACH:
        if in_phrase(found, first - 1, cues):
            first -= 1
        elif first < at and first > 1 and within_office(found, first - 1, cues):
            first -= 2
        else:
            break
    if not in_phrase(found, at, cues):
        return None
    owned = behind_owning(found, first, at + 1, cues)
    joint = _joint(found, first, cues)
    if owned is not None or _belongs(found, joint, cues):
        return owned or behind_owner(found, first, at, cues) or _head_back(found, joint, at, cues, owners - 1)
    if is_role(found[at], cues):
        return _description_back(found, first, at, cues)
    return _name_back(found, first, at, cues)


def _joint(found: Sequence[Token], first: int, cues: Cues) -> int:
    """The token before the phrase and its article; "der" behind a role is both of them."""
    if cues.title_endings and first >= 2 and _is_adjective(found[first - 1], cues):
        # "die Stiftung des alten Preisträgers Lee"
        first -= found[first - 2].lower in cues.articles
    if first >= 2 and found[first - 1].lower in cues.articles:
        head = found[first - 2]
        noun = bool(cues.title_endings) and head.is_capital and head.lower not in cues.openers
        owner = found[first - 1].lower in cues.owners and (noun or is_role(found[first - 2], cues))
        return first - 1 if owner else first - 2
    return first - 1


def _is_adjective(token: Token, cues: Cues) -> bool:
    """Whether the small word may be a German adjective, by its ending."""
    ends = token.text.islower() and token.text.endswith(("en", "er", "es", "e"))
    return ends and not any(token.lower in words for words in (cues.stops, cues.say, cues.between, cues.who))


def _head_back(found: Sequence[Token], joint: int, at: int, cues: Cues, owners: int) -> Mention | None:
    """Whoever stands before the "of" at token ``joint``."""
    if joint >= 3 and found[joint - 2].text == "," and found[joint - 1].is_word:
        # The second comma is missing: "Lee, head of the old school said".
        return _name(reading_back(found, joint - 3, cues, owners=owners))
    head = reading_back(found, joint - 1, cues, owners=owners)
    # In "a spokesman for X said" the spokesman speaks, and so does a name in that place.
    return Mention(head.first, at, "description") if head and head.kind == "description" else _name(head)


def _name(mention: Mention | None) -> Mention | None:
    return mention if mention and mention.kind == "name" else None


def _belongs(found: Sequence[Token], joint: int, cues: Cues) -> bool:
    """Whether the phrase behind token ``joint`` belongs to what stands before it."""
    if joint < 1 or found[joint].lower not in cues.belongs:
        return False
    before = found[joint - 1]
    return found[joint].lower == "of" or is_role(before, cues) or before.is_capital


def _name_back(found: Sequence[Token], first: int, at: int, cues: Cues) -> Mention | None:
    if not found[at].is_capital or found[at].lower in cues.openers:
        return None
    while first < at and (not starts_name(found[first], cues) or is_month(found, first, cues)):
        first += 1
    if first > 0 and found[first - 1].lower in cues.prepositions:
        return None
    if first == 0 < at and found[0].lower in cues.prepositions - cues.doubtful - cues.given:
        return None  # "Gegenüber Radio Ufer"
    if cues.inverts and first >= 2 and found[first - 1].text == "," and found[first].lower in cues.titles:
        # The second comma is missing: "Charlotte Lee, directrice UPA affirme".
        before = _name(reading_back(found, first - 2, cues)) if found[first].text.islower() else None
        if before is not None and before.first < before.last:
            return before
    joined = first >= 2 and found[first - 1].lower in cues.conjunctions
    return None if joined and _is_another(found, first, at, cues) else Mention(first, at, "name")


def _is_another(found: Sequence[Token], first: int, at: int, cues: Cues) -> bool:
    """Whether somebody else stands before the "and", so that two people say it.

    In "lead researcher and NASA scientist Ann Lee" two roles without an article are one person's.
    """
    if found[first - 2].is_capital or not is_role(found[first - 2], cues):
        return found[first - 2].is_capital
    start = first - 2
    while start > 0 and in_phrase(found, start - 1, cues):
        start -= 1
    alone = start == 0 or found[start - 1].lower not in cues.articles
    return not (alone and any(is_role(token, cues) and not token.is_capital for token in found[first:at]))


def _description_back(found: Sequence[Token], first: int, at: int, cues: Cues) -> Mention | None:
    """Read "the minister", "Lee's spokesman", "officials": a role with whoever it belongs to."""
    before = found[first - 1].lower if first else ""
    if before in cues.articles:
        led = cues.verb_second and first > 1 and found[first - 2].lower in cues.prepositions
        return None if led else Mention(first - 1, at, "description")  # "Für die Opposition sagte Lee"
    if before == "'s" and first >= 2 and found[first - 2].is_capital:
        start = first - 2
        while start and found[start - 1].is_capital and found[start - 1].lower not in cues.openers:
            start -= 1
        return Mention(start, at, "description")
    return Mention(first, at, "description") if found[at].lower in cues.groups else None
