"""Who is meant by a phrase: reading a name, a description or a pronoun among the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.quotes.phrases.names import (
    is_full_name,
    is_ordinary,
    is_owning_noun,
    name_start,
    particles_end,
    run_end,
)
from bot.quotes.phrases.roles import (
    age_of,
    ends_office,
    is_bare_office,
    is_elided_title,
    is_office_of_place,
    is_owning_person,
    is_quality_of_title,
    pointed_at,
)
from bot.text.cues import Cues
from bot.text.tokens import Token

Kind = Literal["name", "description", "pronoun"]

_PARTICLES = 3
"""Particles of a name in a row: "van de la"."""
_QUALITIES = ("e", "er", "es", "en")
"""How the adjective between "ihr" and "Kollege" ends."""
_REACH = 12
"""Words that a phrase may have; real ones have fewer, and the search stays linear."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``first`` to ``last`` (inclusive) name or describe somebody."""

    first: int
    last: int
    kind: Kind


def pronoun_of(token: Token) -> str:
    """The pronoun that a token is or ends in ("dit-il"), in lower case."""
    return token.lower.rpartition("-")[2]


def reading_on(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The mention that begins at token ``at``, or nothing."""
    if at >= len(found) or not found[at].is_word:
        return None
    if cues.last_named and (latter := _latter(found, at, cues)) is not None:
        return latter
    owned = _owned(found, at, cues)
    if owned is not None:
        inner = _phrase(found, owned, cues, owned=True)
        return replace(inner, first=at) if inner and inner.kind == "description" else inner
    if found[at].lower in cues.pronouns and not _is_article(found, at, cues):
        return Mention(at, at, "pronoun")
    elided = cues.inverts and is_elided_title(found[at], cues)
    named = elided and at + 1 < len(found) and found[at + 1].is_capital  # "l'avvocata Ann Lee"
    plain = _phrase(found, at + named, cues)
    if plain is not None and plain.kind == "name":
        if not (elided and plain.first == at):
            return plain
        plain = replace(plain, kind="description")  # "L'entraîneur de Brest"
    return _titled(found, at, cues) or plain


def _latter(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """Read "ce dernier" and "quest'ultima": whoever was named last."""
    joined = "'" in found[at].lower
    if not joined and found[at].lower not in cues.those:
        return None
    end = at + (not joined and at + 1 < len(found))
    behind = found[end + 1 : end + 2]
    last = found[end].lower in cues.last_named and not (behind and behind[0].is_word and end == at)
    named = bool(behind) and behind[0].is_capital
    if not last and not joined:
        end = pointed_at(found, at, cues)
        return Mention(at, end, "description") if end > at else None
    return Mention(at, end, "description") if last and not named and (end > at or joined) else None


def _is_article(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether "das" or "diese" stands before a noun, which has a capital, and not for somebody."""
    if at + 1 >= len(found):
        return False
    behind = found[at + 1]
    if (behind.text.islower() and behind.lower in cues.titles) or age_of(behind, cues):
        return found[at].lower in cues.articles  # "Den dømte", "den 66-årige"
    quality = behind.text.islower() and behind.text.endswith(_QUALITIES) and behind.lower not in cues.stops
    noun = behind.is_capital or (quality and at + 2 < len(found) and found[at + 2].is_capital)
    articled = found[at].lower in cues.articles or found[at].lower in cues.latter
    return bool(cues.title_endings) and noun and articled


def _owned(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """Where "wife" stands in "Brandt's wife" and "chief executive" in "the port's chief executive"."""
    owned = None
    articled = found[at].lower in cues.articles
    for place in range(at, min(at + _REACH, len(found) - 1)):
        token = found[place]
        if token.lower == "'s" and place > at:
            owned, articled = place + 1, False
        elif (
            not token.is_word
            or token.lower in cues.say
            or token.lower in cues.stops
            or token.lower in cues.belongs
            or not (articled or token.is_capital or is_role(token, cues) or token.lower in cues.modifiers)
        ):
            break
    return owned


def _titled(found: Sequence[Token], at: int, cues: Cues) -> Mention | None:
    """The name behind an office of several words: "the minister of mines and energy Ann Lee".

    An article says that one person is meant; behind "the mayor and" begins somebody else.
    """
    office = _office_end(found, at, cues)
    if office is None:
        return None
    end = run_end(found, office, cues)
    first = name_start(found, office, end, cues)
    named = is_full_name(found, first, end, cues) and found[first].lower not in cues.openers
    return Mention(office, end - 1, "name") if named else None


def _office_end(found: Sequence[Token], at: int, cues: Cues) -> int | None:
    """Where the name behind the office that begins at ``at`` stands, if one follows."""
    elided = cues.inverts and is_elided_title(found[at], cues)
    held, one = elided, elided or found[at].lower in cues.articles
    for place in range(at, min(at + _REACH, len(found) - 1)):
        token = found[place]
        if elided and place == at:
            continue
        if token.is_capital and held and ends_office(found[place - 1], cues):
            return place if place > at + 1 else None
        if cues.verb_second and is_role(token, cues) and token.is_capital and found[place + 1].is_capital:
            return place if one and place > at + 1 and not is_owning_person(found, place, cues) else None
        dashed = token.text == "-" or (token.text == "," and found[place - 1].text == "-")
        if cues.verb_second and one and dashed:
            continue
        # "der Minister über seinen Sprecher Lee"
        another = place > at and (token.lower in cues.he_forms or token.lower in cues.she_forms)
        if another or not token.is_word or token.text[0] in "'’" or token.lower in cues.say:
            return None
        small = token.lower in cues.owners or token.lower in cues.conjunctions
        same = cues.capital_nouns and found[place + 1].lower not in cues.articles  # "der Autor und Lotse Lee"
        joins = one and not same and token.lower in cues.conjunctions
        if joins and small and place > at and is_role(found[place - 1], cues):
            return None
        if token.lower in cues.stops and not small and not (cues.verb_second and one):
            return None
        held = held or is_role(token, cues)
    return None


def _phrase(found: Sequence[Token], at: int, cues: Cues, *, owned: bool = False) -> Mention | None:
    first = at
    at = at + 1 if found[at].lower in cues.articles else _trade(found, at, cues)
    last = at
    articled = first < at or (bool(cues.definite_ends) and found[at].lower.endswith("en"))  # "66-åringen"
    if articled and at < len(found) and _is_age_alone(found, at, cues):
        return Mention(first, at, "description")
    while last < len(found) and last - at < _REACH:
        if in_phrase(found, last, cues):
            last += 1
        elif within_office(found, last, cues):
            last += 2
        else:
            break
    while last > at and not (found[last - 1].is_capital or is_role(found[last - 1], cues)):
        last -= 1
    return _kind_of(found, (first - owned, at, last), cues) if last > at else None


def _is_age_alone(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Read "the 36-year-old said", not "the 36-year-old Scot"."""
    follows = at + 1 < len(found) and (found[at + 1].is_capital or is_role(found[at + 1], cues))
    return age_of(found[at], cues) is not None and not follows


def within_office(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """The "of" of "secretary of state Ann Lee": a name follows the office."""
    return (
        at > 0
        and at + 2 < len(found)
        and found[at].lower in cues.belongs
        and found[at - 1].lower in cues.titles
        and found[at + 1].lower in cues.of_titles
        and (found[at + 2].is_capital or found[at + 2].lower in cues.of_titles)
    )


def _trade(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the unlisted words for what a person is ("retired baker Ann Lee"), if a name follows."""
    if cues.drops_pronoun and cues.articles and cues.inverts:
        return at  # "ringrazia Ann Lee" thanks her
    for name in range(at, min(at + 4, len(found))):
        token = found[name]
        if token.is_capital and name > at:
            return name
        if not token.text.isalpha() or token.is_capital or cues.is_adverb(token.lower):
            break
        if any(
            token.lower in words
            for words in (cues.stops, cues.openers, cues.say, cues.between, cues.prepositions)
        ):
            break
    return at


def _kind_of(found: Sequence[Token], phrase: tuple[int, int, int], cues: Cues) -> Mention | None:
    """Name or description: an article or owner perhaps, then the words from ``at`` up to ``last``."""
    first, at, last = phrase
    head = found[last - 1]
    if head.is_capital and (not is_role(head, cues) or _is_surname(found, last - 1, at, cues)):
        own = found[at].lower in cues.particles and head.lower in cues.people
        if head.lower in cues.openers or not (own or starts_name(found[at], cues)):
            return None
        articled = found[first].lower in cues.articles
        office = articled and last - at > 2 and _is_of_office(found, at, last, cues)
        office = office or (articled and is_office_of_place(found, at, last, cues))
        start = name_start(found, at, last, cues)
        theirs = articled and start > at + 1 and is_owning_person(found, start - 1, cues)
        if theirs or (not articled and is_bare_office(found, at, last, cues)):
            return Mention(first, last - 1, "description")
        if articled and (office or not _personal(found, at, last, cues)):
            return behind_owning(found, at, last, cues) or Mention(first, last - 1, "description")
        return Mention(at if articled or found[first].lower == "'s" else first, last - 1, "name")
    if first < at or head.lower in cues.groups:
        end = _with_owner(found, last - 1, cues)
        owned = behind_owner(found, last + 1, end, cues) or behind_owning(found, last, end + 1, cues)
        return owned or Mention(first, end, "description")
    return None


def behind_owning(found: Sequence[Token], at: int, last: int, cues: Cues) -> Mention | None:
    """The name that ends "der Sprecher des alten Ministeriums Ann Lee"."""
    if not cues.title_endings or not found[last - 1].is_capital:
        return None
    run = last
    while run > at and found[run - 1].is_capital:
        run -= 1
    start = name_start(found, run, last, cues) if last - run > 2 else run
    named = (
        start == run + 1 and is_owning_noun(found, run, last, cues) and is_full_name(found, start, last, cues)
    )
    return Mention(start, last - 1, "name") if named else None


def _is_of_office(found: Sequence[Token], at: int, last: int, cues: Cues) -> bool:
    """Read "la ministra de Hacienda" and "the editor of the Gazette": a role, and what it is of."""
    joint = last - 2
    if found[joint].lower in cues.articles - cues.owners:
        joint -= 1
    if cues.inverts and found[joint].lower not in cues.owners and _is_long_office(found, at, last, cues):
        return True
    if joint <= at or found[joint].lower not in cues.owners:
        return False
    return is_role(found[joint - 1], cues) and found[joint - 1].text.islower()


def _is_long_office(found: Sequence[Token], at: int, last: int, cues: Cues) -> bool:
    """Read "el ministro de Asuntos Exteriores" and "el abogado de Ann Lee": what a role is of, however long."""
    owner = next((n for n in range(at + 1, last) if found[n].lower in cues.owners), None)
    if owner is None or not (is_role(found[owner - 1], cues) and found[owner - 1].text.islower()):
        return False
    rest = {token.lower for token in found[owner + 1 : last]}
    whose = found[owner + 1].lower in cues.given  # "el abogado de Ann Lee"
    return whose or rest.isdisjoint(cues.given) or not rest.isdisjoint(cues.conjunctions)


def _is_surname(found: Sequence[Token], at: int, first: int, cues: Cues) -> bool:
    """Whether a word that is also a role is somebody's last name here ("Charlie King")."""
    return at > first and found[at - 1].lower in cues.given


def _personal(found: Sequence[Token], first: int, last: int, cues: Cues) -> bool:
    """Whether a phrase behind an article names a person, not a paper or a ministry."""
    words = {found[at].lower for at in range(first, last)}
    name = {found[at].lower for at in range(max(first, last - 3), last)}
    office = not (words.isdisjoint(cues.titles) and words.isdisjoint(cues.modifiers))
    named = not (name.isdisjoint(cues.people) and name.isdisjoint(cues.given))
    personal = named or (office and words.isdisjoint(cues.bodies))
    personal = personal or any(age_of(found[at], cues) is not None for at in range(first, last - 2))
    return personal and found[last - 1].lower not in cues.bodies


def behind_owner(found: Sequence[Token], first: int, at: int, cues: Cues) -> Mention | None:
    """The name in "U.S. Attorney for Corvia Ann Lee": behind the owner of the office stands whoever holds it."""
    if not 1 < first <= at or found[first - 1].lower not in cues.belongs:
        return None
    if found[first - 2].lower not in cues.titles:
        return None
    start = name_start(found, first, at + 1, cues)
    small = all(token.lower in cues.groups for token in found[first:start])  # "vereador da oposição Ann Lee"
    known = start > first and (small or found[start].lower in cues.given)
    known = known and not is_owning_person(found, start - 1, cues)
    return Mention(start, at, "name") if known and is_full_name(found, start, at + 1, cues) else None


def in_phrase(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the token may stand inside a noun phrase."""
    token = found[at]
    if token.lower in cues.particles and not token.is_capital:
        return _of_a_name(found, at, cues)
    if not token.is_word or token.text[0] in "'’":
        return False
    if token.lower in cues.articles:
        return _is_inner(found, at)
    if token.is_capital:
        if token.lower not in cues.stops or token.lower in cues.people:
            return True
        return (len(token.text) == 2 and token.text.isupper()) or _is_doubtful_given(found, at, cues)
    described = is_role(token, cues) or token.lower in cues.modifiers or "-" in token.text
    return token.lower not in cues.stops and (described or _may_describe(found, at, cues))


def _is_doubtful_given(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether a word that opens sentences too is a first name here: "said Will Lee"."""
    inside = at > 0 and at + 1 < len(found) and found[at + 1].is_capital
    return inside and found[at].lower in cues.doubtful


def _may_describe(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether an ordinary word stands before a role: "harbour" in "the old harbour master"."""
    token = found[at]
    follows = at > 0 and at + 1 < len(found) and found[at - 1].is_word and found[at + 1].text.islower()
    ordinary = token.text.isalpha() and not any(
        token.lower in words for words in (cues.say, cues.call, cues.between, cues.openers, cues.pronouns)
    )
    if cues.inverts and at > 0 and at + 1 < len(found) and found[at + 1].is_capital and ordinary:
        return is_role(found[at - 1], cues) and found[at - 1].text.islower()  # "a cientista política Ann Lee"
    return follows and ordinary and found[at + 1].lower in cues.titles


def _is_inner(found: Sequence[Token], at: int) -> bool:
    """Whether the article with a capital stands within a name: "Titouan Le Goff"."""
    around = found[max(0, at - 1) : at + 2]
    return len(around) > 2 and all(token.is_capital for token in around)


def _of_a_name(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the particle belongs to a name: of somebody in the article, or behind a first name."""
    end = particles_end(found, at, cues)
    if end == at:
        return False
    begin = at
    while begin > max(0, at - _PARTICLES) and found[begin - 1].lower in cues.particles:
        begin -= 1
    known = found[end].lower in cues.people
    named = begin > 0 and found[begin - 1].lower in cues.given
    ordinary = cues.verb_second and is_ordinary(found[at].lower, cues)
    if ordinary and end > at + 1 and not is_ordinary(found[end - 1].lower, cues):
        return True  # "van den"
    return known or named or (not ordinary and end == at + 1)


def is_role(token: Token, cues: Cues) -> bool:
    """Whether the word says what a person is, or who speaks as a body."""
    return token.quotation is None and (token.lower in cues.titles or token.lower in cues.groups)


def starts_name(token: Token, cues: Cues) -> bool:
    """Whether a name, with what stands before it, may begin with the word."""
    if token.is_capital:
        return token.lower not in cues.openers or token.lower in cues.doubtful
    return is_role(token, cues) or token.lower in cues.modifiers or "-" in token.text


def _with_owner(found: Sequence[Token], head: int, cues: Cues) -> int:
    """The last token of "of the International Bank" behind a role, or the role itself."""
    at = head + 1 + is_quality_of_title(found, head + 1, cues)  # "secretario general de La Barca"
    if at >= len(found):
        return head
    owner, apostrophe, _ = found[at].lower.partition("'")
    if apostrophe and owner + apostrophe in cues.owners:
        return at  # "dell'Orbetta"
    if found[at].lower not in cues.owners:
        return head
    at += 1
    if at < len(found) and found[at].lower in cues.articles:
        at += 1
    last = head
    while at < len(found) and in_phrase(found, at, cues) and at - head < _REACH:
        last = at
        at += 1 + (found[at + 1 : at + 2] != [] and found[at + 1].text == "/")
    return last
