"""Descriptions that no list of roles has, where a say-verb beside them shows that somebody speaks.

"said the harbour lamplighter, Ann Lee", "a court filing said": the sentence itself announces them.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.quotes.phrases.backwards import reading_back
from bot.quotes.phrases.mentions import Mention, reading_on
from bot.quotes.phrases.names import is_full_name, name_start
from bot.text.cues import Cues
from bot.text.tokens import Token

_ROLE_AND_NAME = 3
"""Words of a role and a full name."""
_LONGEST = 12
"""Words of a description; more are a sentence."""


def described_on(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The description that the article at token ``at`` opens, or the name that it leads to.

    Without an article ("sa havnefogden, Ann Lee,") it counts only if a name follows.
    """
    mention = _description(found, at, cues)
    if mention is not None:
        named = _name_beside(found, mention, cues)
        return named or (named_beside(found, mention, cues) if cues.inverts else mention)
    end = _end(found, at, cues)
    if at < end < len(found) and found[end].text == "," and not _has_name(found, at, end, cues):
        return _name_beside(found, Mention(at, end - 1, "description"), cues)
    return None


def _has_name(found: Sequence[Token], at: int, end: int, cues: Cues) -> bool:
    """Whether a capital word stands there but for what the description belongs to: "borgmesteren i Vigby"."""
    owner = next((n for n in range(at + 1, end) if found[n].lower in cues.owners), end)
    return any(token.is_capital for token in found[at:owner])


def described_back(found: Sequence[Token], last: int, cues: Cues) -> Mention | None:
    """The description that opens its clause and ends with token ``last``."""
    first = last
    while (
        first > 0
        and last - first < _LONGEST
        and (found[first - 1].is_word or _is_owner_mark(found, first - 1))
    ):
        first -= 1
    while first < last and found[first].lower in cues.conjunctions:
        first += 1
    if first > 0 and found[first].lower in cues.who:
        # The article is a relative: "Lee, die von einem guten Tag".
        behind_comma = found[first - 1].text == ","
        before = reading_back(found, first - 2, cues) if behind_comma else None
        return before if before and before.kind == "name" else None
    mention = _description(found, first, cues)
    if mention is None or mention.last != last:
        return None
    return (_name_within(found, first, last + 1, cues) if _is_titled(found, last, cues) else None) or mention


def _is_titled(found: Sequence[Token], last: int, cues: Cues) -> bool:
    """Whether a title stands before the capital words that end there: "a ministra Ana Lee"."""
    first = last
    while first > 0 and found[first].is_capital:
        first -= 1
    return cues.inverts and found[first].lower in cues.titles


def is_elided(token: Token, cues: Cues) -> bool:
    """Whether the token is an article and its noun: "l'architecte"."""
    article, apostrophe, noun = token.lower.partition("'")
    return bool(noun) and article + apostrophe in cues.articles


def described_behind(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The description behind a preposition, without its article: "in dem Bericht der Wehr"."""
    first = at + (at < len(found) and found[at].lower in cues.articles)
    end = _end(found, first, cues)
    start = at if cues.inverts else first  # "un comunicado", but "Bericht"
    return Mention(start, end - 1, "description") if end > first and found[first].is_word else None


def named_beside(found: Sequence[Token], mention: Mention, cues: Cues) -> Mention:
    """The name between commas behind a description ("the mayor, Ann Lee,"), or the mention itself."""
    comma = _behind_owner(found, mention.last + 1, cues)
    if (
        cues.inverts
        and comma + 1 < len(found)
        and found[comma + 1].text == ","
        and found[comma].text.islower()
    ):
        comma += 1  # the "iraniano" of "o ministro do Exterior iraniano, Ann Lee,"
    if comma + 2 < len(found) and found[comma].text == "(":
        close = next((n for n in range(comma + 2, min(len(found), comma + 5)) if found[n].text == ")"), None)
        comma = _behind_owner(found, close + 1, cues) if close is not None else comma
    office = mention.kind == "name" and _is_office_of(found, mention, cues)
    described = mention.kind == "description" or office
    if not described or comma >= len(found) or found[comma].text != ",":
        return mention
    words = {token.lower for token in found[mention.first : mention.last + 1]}
    words.add(found[mention.first].lower.rpartition("'")[2])  # "l'entraîneur des Lions"
    group = not (words.isdisjoint(cues.groups) and words.isdisjoint(cues.bodies))
    if group and words.isdisjoint(cues.titles) and words.isdisjoint(cues.kin):
        return mention
    name = reading_on(found, comma + 1, cues)
    full = name is not None and name.kind == "name" and (name.first < name.last or _is_kin(found, name, cues))
    ends = name is not None and (name.last + 1 >= len(found) or found[name.last + 1].text in ",.;:(")
    return name if name and full and ends else mention


def _is_office_of(found: Sequence[Token], mention: Mention, cues: Cues) -> bool:
    """Whether it is the "Prezes Izby Lekarskiej" before a name between commas: an office, and what it is of, without an article."""
    if cues.articles or mention.first == mention.last or found[mention.first].lower not in cues.titles:
        return False
    rest = [found[n].lower for n in range(mention.first + 1, mention.last + 1)]
    surname = len(rest) == 1 and rest[0] in cues.people
    return rest[0] not in cues.given and not surname


def _behind_owner(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Over the "of the port's works department" behind a description."""
    article = at + 1 < len(found) and found[at + 1].lower in cues.articles  # "à la Santé"
    named = found[at + 1 + article : at + 2 + article]
    placed = at < len(found) and found[at].lower in cues.joins and named != [] and named[0].is_capital
    placed = placed or (at < len(found) and cues.inverts and found[at].lower in cues.contractions)
    if at >= len(found) or not (placed or found[at].lower in cues.owners):
        return at
    for place in range(at + 1, min(at + _LONGEST, len(found))):
        token = found[place]
        if not token.is_word:
            return place
        belongs = token.lower in cues.belongs or token.lower in cues.articles
        if token.lower in cues.say or (token.lower in cues.stops and not belongs):
            break
    return at


def _is_kin(found: Sequence[Token], name: Mention, cues: Cues) -> bool:
    """Whether a first name alone follows a relative: "Brandt's wife, Ada"."""
    return found[name.first].lower in cues.given and found[name.first - 2].lower in cues.kin


def _description(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    if at >= len(found) or cues.verb_final:
        return None
    elided = is_elided(found[at], cues)
    bare = cues.inverts and found[at].lower in cues.groups  # "fuentes policiales"
    if cues.inverts and found[at].lower in cues.contractions and found[at].lower in cues.owners:
        return None  # "da Universidade" is of somebody
    if found[at].lower not in cues.articles and not (elided or bare):
        return None
    small = found[at + 1 : at + 2] != [] and found[at + 1].text.islower()
    quality = elided and small and found[at].lower.rpartition("'")[2] in cues.modifiers  # "l'ancienne juge"
    end = _end(found, at + 1 + quality, cues, noun=elided or bare)
    if (end == at + 1 and not (elided or bare)) or (
        end < len(found) and found[end].lower in cues.conjunctions
    ):
        return None
    return Mention(at, end - 1, "description")


def joined_roles(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """Where the second role of "former mayor and harbour board chair Ann Lee" begins: one person holds both.

    No article stands before either, and a name ends the second.
    """
    end = at
    while (
        end < len(found)
        and end - at < _LONGEST
        and found[end].is_word
        and found[end].lower not in cues.conjunctions
    ):
        if found[end].lower in cues.stops - cues.conjunctions or found[end].lower in cues.articles | cues.say:
            return None
        end += 1
    if not at < end < len(found) - 1 or found[end].lower not in cues.conjunctions:
        return None
    half = end + 1 < len(found) and found[end + 1].text == "-"  # "Hafen-Autor und -Experte Lee"
    name = reading_on(found, end + 1 + half, cues) if found[end - 1].lower in cues.titles else None
    if (
        name is None
        or name.kind != "name"
        or name.last - end - half < _ROLE_AND_NAME
        or found[end + 1].lower in cues.articles
    ):
        return None
    held = cues.verb_second or any(found[n].lower in cues.titles for n in range(end + 1, name.last))
    return end + 1 + half if held else None


def _end(found: Sequence[Token], at: int, cues: Cues, *, noun: bool = False) -> int:
    """Behind the last token of the description whose words begin at ``at``; ``noun``: or before it."""
    first = at - noun
    while at < len(found) and at - first < _LONGEST:
        token = found[at]
        if _is_owner_mark(found, at):
            at += 1
            continue
        owner = token.lower in cues.owners and at > first
        article = token.lower in cues.articles and found[at - 1].lower in cues.owners
        if not (owner or article or _is_plain(token, cues)):
            break
        at += 1
    if first + 1 < at < len(found) and found[at].lower in cues.by and not found[at - 1].is_capital:
        at -= 1  # the "obtained" of "a court filing obtained by the Gazette"
    while at > first and (found[at - 1].lower in cues.owners or found[at - 1].lower in cues.articles):
        at -= 1
    return at


def _is_owner_mark(found: Sequence[Token], at: int) -> bool:
    """Whether it is the apostrophe of "the keepers' guild"."""
    return (
        found[at].text in "'’" and 0 < at < len(found) - 1 and found[at - 1].is_word and found[at + 1].is_word
    )


def _is_plain(token: Token, cues: Cues) -> bool:
    """Whether the word may stand in a description, and is no verb, time or pronoun."""
    word = token.lower
    if not token.is_word or token.text[0].isdecimal() or (cues.is_adverb(word) and not token.is_capital):
        return word == "'s"
    lists = (
        cues.say, cues.say_it, cues.call, cues.saying, cues.between, cues.unsaid, cues.pronouns, cues.stops, cues.who,
        cues.conjunctions, cues.times, cues.days, cues.articles,
    )  # fmt: skip
    return not any(word in words for words in lists)


def _name_beside(found: Sequence[Token], mention: Mention, cues: Cues) -> Mention | None:
    """The full name behind the comma of "the harbour lamplighter, Ann Lee,", unless a body is described."""
    at, end = mention.first, mention.last + 1
    words = {token.lower for token in found[at:end]}
    group = not (words.isdisjoint(cues.groups) and words.isdisjoint(cues.bodies))
    if group and words.isdisjoint(cues.titles):
        return None
    if end >= len(found) or found[end].text != ",":
        return _name_within(found, at, end, cues)
    name = reading_on(found, end + 1, cues)
    if (
        name is None
        or name.kind != "name"
        or (name.last + 1 < len(found) and found[name.last + 1].text not in ",.;:")
    ):
        return _name_within(found, at, end, cues)
    first = name_start(found, name.first, name.last + 1, cues)
    return name if is_full_name(found, first, name.last + 1, cues) else None


def _name_within(found: Sequence[Token], at: int, end: int, cues: Cues) -> Mention | None:
    """The name that ends "a lamplighter named Ann Lee"; where nouns have capitals only a known first name shows it."""
    if cues.capital_nouns:
        return None
    first = end
    while first > at and found[first - 1].is_capital:
        first -= 1
    before = found[first - 1].lower
    joined = before in cues.owners or before in cues.articles or before in cues.belongs or before == "'s"
    named = first < end and not (cues.verb_second or joined) and is_full_name(found, first, end, cues)
    return Mention(first, end - 1, "name") if named else None


def head_of(words: Sequence[Token], cues: Cues) -> Token | None:
    """The noun of a short description, perhaps with what it belongs to behind it: "la dirigeante de la CGT"."""
    owner = next((n for n in range(2, len(words)) if words[n].lower in cues.owners), len(words))
    if owner == 3 and cues.inverts and words[1].lower in cues.titles:
        return words[1]  # "el dirigente empresarial"
    return words[owner - 1] if owner <= 3 else None
