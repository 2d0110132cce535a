"""Who spoke beside a verb that no list has, or beside none: `"…," grumbled X`, `"…," X, mayor of the old town`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.attribution.subjects import is_known, is_plain_verb, is_somebody, over_between
from bot.quotes.attribution.verbs import Attribution, behind_aside
from bot.quotes.phrases.descriptions import described_on, is_elided, named_beside
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.text.cues import Cues
from bot.text.tokens import Token


def unlisted(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """Read `"…," X grumbled` and `"…," grumbled X` of somebody known, whatever the verb."""
    if cues.inverts:
        halved = first < len(found) and found[first].lower in cues.between
        first = over_between(found, first, cues)
        # "avait alors tranché Lee"
        first += halved and all(is_plain_verb(found, n, cues) for n in (first, first + 1))
    inverted = is_plain_verb(found, first, cues)
    subject = _behind_verb(found, first, cues) if inverted else first
    if cues.drops_pronoun and inverted and (subject >= len(found) or not found[subject].is_word):
        return Attribution(found[first], Mention(first, first, "pronoun"))
    mention = reading_on(found, subject, cues)
    if mention is None and cues.inverts and subject < len(found):
        mention = described_on(found, subject, cues)
    mention = named_beside(found, mention, cues) if mention is not None and cues.inverts else mention
    if mention is None or not _is_announced(found, mention, cues, inverted=inverted):
        return None
    verb = first if inverted else mention.last + 1
    fits = _ends(found, mention, cues) if inverted else is_plain_verb(found, verb, cues)
    return Attribution(found[verb], mention) if fits else None


def _behind_verb(found: Sequence[Token], verb: int, cues: Cues) -> int:
    """Where the subject stands behind "bromea ayer", "resume por teléfono" and "protesta, por su parte,"."""
    subject = verb + 1
    while subject < verb + 3 and subject < len(found) and found[subject].lower in cues.between:
        subject += 1
    if cues.inverts and subject + 2 < len(found) and found[subject].lower in cues.prepositions:
        opens = found[subject + 2].is_capital or found[subject + 2].lower in cues.articles
        subject += 2 * (opens and found[subject + 1].text.islower())
    return behind_aside(found, subject, cues)


def _ends(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether what follows the mention shows that the verb before it has its subject."""
    end = mention.last + 1
    return cues.verb_second or end >= len(found) or _ends_phrase(found[end], cues)


def _ends_phrase(token: Token, cues: Cues) -> bool:
    """Whether a mark or a small word behind a name shows that a verb before it has its subject."""
    lists = (cues.prepositions, cues.joins, cues.days)
    return not token.is_word or (cues.inverts and any(token.lower in words for words in lists))


def _is_announced(found: Sequence[Token], mention: Mention, cues: Cues, *, inverted: bool) -> bool:
    """Whether the mention beside an unlisted verb is somebody known.

    Where the verb is the second phrase of a sentence, a quotation before it is its object, and the
    name or pronoun behind it its subject.
    """
    if mention.kind == "name" and _is_person(found, mention, cues):
        return True
    if not (cues.verb_second or cues.inverts):
        behind = found[mention.last + 2 : mention.last + 3]  # ", she sighs."
        return (
            mention.kind == "pronoun"
            and found[mention.first].lower in cues.he | cues.she
            and not any(token.is_word for token in behind)
        )
    if not inverted:
        return False
    if mention.kind == "pronoun":
        return found[mention.first].lower in cues.he | cues.she
    if mention.kind == "description":
        articled = is_elided(found[mention.first], cues) or found[mention.first].lower in cues.definite
        return articled and is_known(found, mention, cues)
    return is_somebody(found, mention, cues)


def _is_person(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether its name is a known first name or the last name of somebody in the article."""
    names = {token.lower for token in found[mention.first : mention.last + 1]}
    known = not (names.isdisjoint(cues.people) and names.isdisjoint(cues.given))
    return known and names.isdisjoint(cues.bodies)


def named_alone(found: Sequence[Token], first: int, cues: Cues) -> Attribution | None:
    """Read `"…," Ann Lee, mayor of the old town.`, which has no verb."""
    mention = reading_on(found, first, cues)
    if mention is None or mention.kind != "name" or not is_somebody(found, mention, cues):
        return None
    role = found[mention.last + 1 : mention.last + 4]
    titled = bool(role) and role[0].text == "," and any(token.lower in cues.titles for token in role)
    return Attribution(role[0], mention) if titled else None
