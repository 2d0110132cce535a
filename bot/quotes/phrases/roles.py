"""What a person is: the roles and their qualities that an article sets beside a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.quotes.phrases.names import DOERS, GENITIVE, SUFFIXES, is_cut_short
from bot.text.cues import Cues
from bot.text.tokens import Token

_POINTED = 8
"""Tokens of "cet ancien menuisier de la ville de 52 ans"."""
_COUNTERPART = 60
"""Tokens within which a counterpart's role stands."""
_LEADING = 3
"""Words of "Der neue Leiter", and of "Zum Leiter wurde"."""
_CLAUSE = 60
"""Words of a clause without a mark; more are no sentence, and the search stays linear."""
OPENING = 4
"""Words of what somebody is that open a sentence."""
_OFFICE = 8
"""Words of an office and what it is of."""
_GENITIVE = 4
"""Words of a title and of what it is of."""
_ROLE = 14
"""Words that say what a person is; more are a sentence."""
_WITH_NUMBER = 2
"""Words of a sovereign's name and number."""
_NUMERALS = frozenset("IVX")
"""What such a number is written with; a single letter is an initial."""


def regal_title(found: Sequence[Token], first: int, end: int, cues: Cues) -> int | None:
    """Where the title stands behind which a single name is a whole one: "Pope Leo XIV", "le roi Albert"; ``None``: none does."""
    at = first - 1
    if at < 0 or found[at].lower not in cues.regal or not (found[at].is_capital or cues.inverts):
        return None
    number = found[end - 1].text
    counted = end - first == _WITH_NUMBER and len(number) > 1 and _NUMERALS.issuperset(number)
    lists = (cues.openers, cues.stops, cues.titles, cues.bodies, cues.groups, cues.name_ends, SUFFIXES)
    named = not any(found[first].lower in words for words in lists)
    return at if named and (counted or end - first == 1) else None


def roles_beside(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The role and its qualities that stand right before the name, or behind it between commas."""
    words = _before(found, first, cues)
    if (
        end + 1 < len(found)
        and found[end].text == ","
        and any(
            found[end + 1].lower in words for words in (cues.articles, cues.titles, cues.modifiers, cues.kin)
        )
        and not is_subject(found, first, end + 1, cues)
    ):
        words |= _role_words(found, end + 1, min(len(found), end + 10), cues)
    return words | _predicate(found, first, end, cues) | _age(found, first, end, cues)


def is_introduced(found: Sequence[Token], end: int, cues: Cues) -> bool:
    """Whether a clause about somebody stands behind the name: "Lee, who", "Lee, vars"; in German any noun has one."""
    if cues.capital_nouns or end + 1 >= len(found) or found[end].text != ",":
        return False
    return found[end + 1].lower in cues.who or found[end + 1].lower in cues.relatives


def pronoun_of_article(found: Sequence[Token], first: int, cues: Cues) -> Counter[str]:
    """The "he" or "she" that the article of an office tells: "la portavoz del comité, Ann Lee"; no German "der" does."""
    told: Counter[str] = Counter()
    if not cues.he_articles or cues.capital_nouns or first < 2:
        return told
    last = first - 1 - (found[first - 1].text == ",")
    for head in range(last, max(0, last - _OFFICE), -1):
        if not found[head].is_word or found[head].lower in cues.say:
            break
        if found[head].lower in cues.titles - cues.courtesy:  # "le Dr Ann Lee"
            before = found[head - 1 - (head > 1 and found[head - 1].lower in cues.modifiers)].lower
            told["he"] += before in cues.he_articles
            told["she"] += before in cues.she_articles
            break
    return +told


def is_subject(found: Sequence[Token], first: int, at: int, cues: Cues) -> bool:
    """Whether the phrase behind the comma has a verb of its own: "After talks with Lee, the mayor said".

    Behind a name that opens its sentence the second comma may be missing ("Lee, the mayor said"). Behind
    one that does not, in a sentence that begins with something else than its subject, the subject is still
    to come ("After talks with Lee, the mayor flew home").
    """
    opening = first
    while opening > max(0, first - _CLAUSE) and found[opening - 1].is_word:
        opening -= 1
    end = min(len(found), at + _CLAUSE)
    stop = next((n for n in range(at, end) if not found[n].is_word), end)
    finite = (cues.say, cues.passive, cues.copulas)
    verb = next((n for n in range(at, stop) if any(found[n].lower in words for words in finite)), None)
    who = cues.who - cues.articles
    clause = next((n for n in range(at, stop) if found[n].lower in who), stop)
    names = all(token.is_capital or _describes(token, cues) for token in found[opening:first])
    if names and found[opening].lower not in cues.openers:
        return False
    if verb is not None and verb < clause:
        return True
    opener = found[opening].lower in cues.openers and found[opening].lower not in cues.articles
    fronted = opener or found[opening].lower in cues.accord
    if not fronted or (stop < len(found) and found[stop].text == ","):
        return False
    title = next((n for n in range(stop - 1, at, -1) if found[n].lower in cues.titles), stop)
    return title + 1 < stop and _may_act(found[title + 1], cues)


def _may_act(token: Token, cues: Cues) -> bool:
    """Whether the small word behind a title can be its verb: "the minister flew", not "the minister of"."""
    lists = (
        cues.owners,
        cues.belongs,
        cues.joins,
        cues.stops,
        cues.conjunctions,
        cues.modifiers,
        cues.groups,
    )
    return token.text.isalpha() and token.text.islower() and not any(token.lower in words for words in lists)


def _predicate(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The role of "Lee is mayor of the old town", "Lee, who became mayor" and, where the verb is second, of "Head of the works is Lee"."""
    if end + 2 < len(found) and found[end].text == "," and found[end + 1].lower in cues.who:
        end += 2
    if end + 1 < len(found) and (found[end].lower in cues.copulas or found[end].lower in cues.becomes):
        if found[end].lower in cues.becomes and found[end + 1].lower in cues.articles - cues.definite:
            return set()  # "is a mother", as others are
        start = end + 1 + (found[end + 1].lower in cues.articles)
        return _role_words(found, start, min(len(found), start + 3), cues)
    if cues.verb_second:
        return _predicate_ahead(found, first, cues) or _elected(found, first, end, cues)
    return set()


def _predicate_ahead(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    """The role of "Neuer Leiter der Wache ist Lee" and "Der neue Leiter heißt Lee"."""
    verb = first - 1
    if not 0 < verb < _ROLE or not (found[verb].lower in cues.copulas or found[verb].lower in cues.say_it):
        return set()
    start = next((n for n in range(min(verb, _LEADING)) if found[n].lower in cues.titles), None)
    return _role_words(found, start, verb, cues) if start is not None else set()


def _elected(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The role of "Zum Leiter wurde Lee gewählt" and "Die Wache wählte Lee zum Leiter"."""
    behind = end + 1 < len(found) and found[end].lower in cues.contractions
    if behind and found[end + 1].lower in cues.titles:
        return {found[end + 1].lower}
    ahead = first == _LEADING and found[0].lower in cues.contractions and found[2].lower in cues.copulas
    return {found[1].lower} if ahead and found[1].lower in cues.titles else set()


def pointed_at(found: Sequence[Token], at: int, cues: Cues) -> int:
    """The last token of "ce menuisier de 52 ans" or "cette mère": an age or the noun shows a person; ``at``: nothing does."""
    for place in range(at + 1, min(at + _POINTED, len(found) - 1)):
        if found[place].text.isdecimal() and found[place + 1].lower in cues.years_old:
            return place + 1
        if not found[place].is_word or found[place].is_capital or found[place].lower in cues.say:
            break
    end = at + 1 + (found[at + 1 : at + 2] != [] and found[at + 1].lower in cues.modifiers)
    noun = found[end].lower if end < len(found) else ""
    person = (
        any(noun in words for words in (cues.titles, cues.persons, cues.he_nouns, cues.she_nouns))
        and noun not in cues.groups
    )
    named = end + 1 < len(found) and found[end + 1].is_capital
    return end if person and not named else at


def is_bare_office(found: Sequence[Token], at: int, last: int, cues: Cues) -> bool:
    """Read "comandante da Defesa Civil" behind a comma, where no article stands: not somebody called da Defesa Civil."""
    of = cues.inverts and last - at > 2 and found[at + 1].lower in cues.particles & cues.owners
    known = found[last - 1].lower in cues.people
    return of and not known and found[at].text.islower() and found[at].lower in cues.titles


def opens_with_role(found: Sequence[Token], end: int, cues: Cues) -> bool:
    """Whether a sentence opens with what somebody is, in small words that no list has: "Obrońca armatora, Ann Lee,"."""
    lists = (cues.openers, cues.prepositions, cues.conjunctions, cues.given, cues.people)
    if cues.capital_nouns or not 1 < end <= OPENING or any(found[0].lower in words for words in lists):
        return False
    return all(token.text.islower() and token.lower not in cues.say for token in found[1:end])


def holds_office(found: Sequence[Token], last: int, links: AbstractSet[str], cues: Cues) -> bool:
    """Whether the phrase that ends there is what somebody is, perhaps of somewhere ("head of the old school"), by these links."""
    for at in range(last, max(-1, last - _OFFICE), -1):
        if found[at].lower in cues.titles:
            # "burmistrz Portowa,"
            placed = not cues.articles and found[at + 1].is_capital and found[last + 1].text == ","
            bracket = next((n for n in range(at + 1, last) if found[n].text == ")"), at)  # "maire (DVG) de"
            behind = bracket + 1 if found[at + 1].text == "(" else at + 1
            return at == last or placed or found[behind].lower in links
        if found[at].text not in "()" and (not found[at].is_word or found[at].lower in cues.say):
            break
    return False


def opens_aside(token: Token, cues: Cues) -> bool:
    """Whether what stands behind a comma says who somebody is: "who", "a", "mayor", an age."""
    lists = (cues.who, cues.relatives, cues.articles, cues.titles, cues.modifiers)
    return token.text.isdigit() or any(token.lower in words for words in lists)


def is_owning_person(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "Klägerin" of "der Anwalt der Klägerin Ann Lee" or the "Ministers" of "der Sprecher des Ministers Ann Lee", whose the name is."""
    if not cues.title_endings or at < 2 or found[at - 2].lower not in cues.titles:
        return False
    word, article = found[at].lower, found[at - 1].lower
    if word in cues.female_titles:
        return article in cues.owners & cues.articles
    return article == GENITIVE and word[-1] == "s" and (word[:-1] in cues.titles or word[:-1].endswith(DOERS))


def is_elided_title(token: Token, cues: Cues) -> bool:
    """Whether the token is an article and an office: "l'avvocata"."""
    return token.lower.partition("'")[2] in cues.titles


def _unelided(token: Token, cues: Cues) -> str:
    """The word in lower case, an office without its article: "entraîneur" of "L'entraîneur"."""
    return token.lower.partition("'")[2] if is_elided_title(token, cues) else token.lower


def is_office_of_place(found: Sequence[Token], at: int, last: int, cues: Cues) -> bool:
    """Read "der Botschafter Marlands, Ann Lee,": a role and what it is of in the genitive, and behind a comma who that is."""
    if not cues.title_endings or last - at != 2 or last + 1 >= len(found) or found[last].text != ",":
        return False
    owner = found[last - 1].lower
    known = owner in cues.people or owner in cues.given
    return (
        owner.endswith("s") and not known and (found[at].lower in cues.titles) and found[last + 1].is_capital
    )


def ends_office(token: Token, cues: Cues) -> bool:
    """Whether a name may follow the word as the name of whoever holds the office."""
    lists = (cues.stops, cues.owners, cues.conjunctions, cues.articles, cues.particles)
    alone = token.text.rpartition("'")[2]
    return token.text.islower() and alone.isalpha() and not any(token.lower in words for words in lists)


def age_of(token: Token, cues: Cues) -> str | None:
    """The number of "36-year-old"."""
    number, hyphen, rest = token.lower.partition("-")
    return number if hyphen and number.isdecimal() and rest in cues.years_old else None


def _age(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The age that stands behind the name ("Lee, 36," or "Lee (36)") or before it ("À 36 ans, Lee"), as a word."""
    if end + 2 < len(found) and found[end].text in ",(" and found[end + 1].text.isdecimal():
        return {found[end + 1].text} if found[end + 2].text in ",)." else set()
    at = first - 1
    if at > 1 and found[at].text == "," and found[at - 1].lower in cues.years_old:
        return {found[at - 2].text} if found[at - 2].text.isdecimal() else set()
    while at >= 0 and first - at <= _LEADING and found[at].is_word:
        if (age := age_of(found[at], cues)) is not None:
            return {age}
        if found[at].lower in cues.he_forms or found[at].lower in cues.she_forms:
            break  # "ließ der 24-Jährige seinen Verteidiger Lee verlesen"
        at -= 1
    return set()


def _before(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    at = first - 1
    at -= 3 * (at > 1 and found[at - 1].text == "." and is_cut_short(found, at))
    if at >= 0 and found[at].text == ",":
        at -= 1
        stop = at
        while stop >= 0 and at - stop < 8 and found[stop].is_word and not _opens(found, stop, cues):
            stop -= 1
        words = _role_words(found, stop + 1, at + 1, cues)
    else:
        stop = at - is_quality_of_title(found, at, cues)
        while stop >= 0 and at - stop < 8 and _describes(found[stop], cues):
            stop -= 1
        words = {_unelided(found[n], cues) for n in range(stop + 1, at + 1)}
        words |= _of_which(found, stop, cues) if words else set()
        roles = (cues.titles, cues.kin, cues.male_titles, cues.female_titles)
        words = _of_what(found, at, cues) if all(told.isdisjoint(words) for told in roles) else words
    return words | _shared_role(found, first, words, cues) if words & cues.counterparts else words


def is_quality_of_title(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether it is the "operacional" of "comandante operacional Ann Lee"."""
    if not cues.inverts or not 1 <= at < len(found) or found[at - 1].lower not in cues.titles:
        return False
    lists = (cues.stops, cues.owners, cues.joins, cues.articles, cues.particles, cues.say, cues.between)
    return found[at].text.islower() and not any(found[at].lower in words for words in lists)


def _of_what(found: Sequence[Token], at: int, cues: Cues) -> set[str]:
    """The title of "начальник порта Ann Lee", where what it is of stands behind it and no article anywhere."""
    if not cues.inverts or cues.articles:
        return set()
    for head in range(at, max(-1, at - _GENITIVE), -1):
        if found[head].lower in cues.titles:
            return {found[head].lower}
        if not found[head].text.islower() or found[head].lower in cues.stops or found[head].lower in cues.say:
            break
    return set()


def _of_which(found: Sequence[Token], at: int, cues: Cues) -> set[str]:
    """The title of "ministre de la Mer Ann Lee", whose "de la" ends at token ``at``."""
    if not cues.inverts or at < 1 or found[at].lower not in cues.owners | cues.definite:
        return set()
    head = at - 1 - (found[at - 1].lower in cues.owners)
    return {found[head].lower} if head >= 0 and found[head].lower in cues.titles else set()


def _opens(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether the article begins the phrase; the "des" of "Präsident des Rats" goes on with it."""
    owner = at > 0 and found[at].lower in cues.owners and found[at - 1].lower in cues.titles
    owned = at > 0 and cues.inverts and (found[at - 1].lower in cues.owners or found[at].lower in cues.owners)
    return found[at].lower in cues.articles and not (owner or owned)


def _shared_role(found: Sequence[Token], first: int, own: set[str], cues: Cues) -> set[str]:
    """In "the President of A and his B-an counterpart": the counterpart has the role named before, perhaps in another sentence."""
    near = range(first - 1, max(-1, first - _COUNTERPART), -1)
    words = (found[at].lower for at in near)
    role = next((word for word in words if word in cues.titles and word not in cues.counterparts), "")
    other = (role in cues.female_titles and own & cues.male_titles) or (
        role in cues.male_titles and own & cues.female_titles
    )
    return set() if other or not role else {role}


def _describes(token: Token, cues: Cues) -> bool:
    if token.is_capital or token.lower in cues.titles or token.lower in cues.modifiers:
        return True
    return token.lower in cues.kin or "-" in token.text or (cues.inverts and is_elided_title(token, cues))


def _role_words(found: Sequence[Token], start: int, end: int, cues: Cues) -> set[str]:
    """The words of "the president of Russia", up to the next mark, if a role is among them."""
    words: set[str] = set()
    for at in range(start, end):
        if not found[at].is_word or found[at].lower in cues.say:
            break
        words.add(_unelided(found[at], cues))
    return set() if cues.titles.isdisjoint(words) and cues.kin.isdisjoint(words) else words
