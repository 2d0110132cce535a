"""Where a person's name begins and ends in a run of capital words, and what makes it a full one."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import combining, normalize

from bot.text.cues import ARABIC, NONE, Cues
from bot.text.tokens import Token

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
HONOURS = frozenset({"kc", "qc", "mp", "mep", "msp", "obe", "mbe", "cbe", "phd"})
"""What stands behind a name and is none of it: "Ann Lee KC"."""
LONGEST = 5
"""Words of a full name."""

_NOUNS = (
    "er", "or", "ist", "eur", "scout", "ent", "ant", "ar", "at", "ling", "nom", "graf", "te", "in",
    "isten", "enten", "anten", "oren", "ium",
)  # fmt: skip
"""How German nouns end, for who does something and for what is no person."""
_PERSONS = ("mann", "frau", "herr", "mitglied", "zeuge", "zeugin")
_LONG_TRADE = 8
"""Letters of a word that ends like one for a person and is no first name: "Trombonist", "Fisherman"."""
_TRADE_AND_NAME = 3
"""Words of a trade and a name of two."""
_PLACE_AND_NAME = 4
"""Words of a place of two and a name of two."""
_ABSTRACT = ("ung", "heit", "keit", "schaft", "tion", "tät", "ismus")
_QUALITIES = (
    "ige", "iger", "iges", "igen", "liche", "licher", "liches", "lichen", "ische", "ischer", "isches", "ischen",
    "ive", "iver", "ives", "iven", "bare", "barer", "bares", "baren", "lose", "loser", "loses", "losen",
    "ierte", "ierter", "iertes", "ierten", "ende", "ender", "endes", "enden", "nete", "neter", "netes", "neten",
    "ame", "amer", "ames", "amen", "hafte", "hafter", "haftes", "haften", "rale", "raler", "rales", "ralen",
)  # fmt: skip
"""How German adjectives end that no first name does, or only one that is known."""
_CAPITALS = 3
"""Capital letters of such a form; "McDonald" has two."""
_ACRONYM = 3
"""Letters of an acronym that may be somebody's initials."""
_NOUN = 7
"""Characters of such a noun; a shorter word may be a first name that is in no list."""
_ARTICLE = 4
"""Words that an article stands before its noun at most."""
_FATHERS = ("вич", "вна", "ична", "вича", "вны", "вной", "вичем", "вичу", "wicz", "wna", "vič", "vna")
"""How East Slavic patronymics end."""
DOERS = ("er", "or", "eur", "ling")
"""How nouns for who does something end that have a genitive in -s."""
GENITIVE = "des"
"""The German article before a genitive in -s."""
_ADJECTIVES = ("e", "er", "en", "es", "em")
"""How a German adjective ends."""


def run_end(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the run of capital words (and particles between them) that begins at ``at``."""
    end, stop = at, len(found)
    while end < stop:
        if found[end].is_capital:
            end += 1
            continue
        behind = particles_end(found, end, cues)
        if end in (behind, at):
            break
        # No "den" is a word of Dutch, so that "van den" is a name's.
        ordinary = cues.verb_second and all(is_ordinary(found[n].lower, cues) for n in (end, behind - 1))
        if ordinary and found[end - 1].lower not in cues.given:
            break
        end = behind
    return end - (end - at > 2 and found[end - 1].lower in cues.objects)


def is_ordinary(word: str, cues: Cues) -> bool:
    """Whether a particle is a word of the language too: "von" in German, but not "van"."""
    return any(word in words for words in (cues.belongs, cues.prepositions, cues.articles, cues.stops))


def particles_end(found: Sequence[Token], at: int, cues: Cues) -> int:
    """Behind the "von der" before a capital word; ``at`` where there is none.

    Where nouns have capitals, only a first name before it shows that it is of a name.
    """
    end = at
    while end < len(found) and end < at + 3 and found[end].lower in cues.particles:
        end += 1
    named = at < end < len(found) and found[end].is_capital and found[end].lower not in cues.idioms
    return end if named else at


def name_start(found: Sequence[Token], start: int, end: int, cues: Cues) -> int:
    """Where the name itself starts: behind titles, trades, nationalities before titles, and openers."""
    start += end - 1 > start > 1 and found[start - 1].text == "." and is_cut_short(found, start)
    if end - start < 2:
        return start
    first = start
    for at in range(start, end - 1):
        token = found[at]
        word = token.lower
        if word in cues.particles and (at > start or not token.is_capital):
            continue
        if word in cues.doubtful and at == start > 0 and token.is_capital and not is_month(found, at, cues):
            continue
        if token.is_capital and start < at == end - 2 and found[end - 1].lower in SUFFIXES:
            continue  # "Martin Luther King Jr."
        small = not token.is_capital
        if "'" in word:
            word = word.partition("'")[2] or word  # "L'entraîneur Ann Lee"
        kin = cues.kin if cues.capital_nouns and at == start else NONE
        trades = cues.voices if at == start == 0 and end > start + 2 else NONE
        lists = (cues.titles, cues.modifiers, cues.openers, cues.say, kin, trades)
        given = word in cues.given and at > start and not is_month(found, at, cues)
        if small or (any(word in words for words in lists) and not given):
            first = at + 1
    if _behind_office(found, start, cues):
        while first < end - 1 and found[first].lower in cues.of_titles:
            first += 1
    return _at_given(found, first, end, cues)


def is_month(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether what stands before it shows that "June" or "Will" is no first name: "in June Hale said", "on 3 April Hale said"."""
    if at == 0 or found[at].lower not in cues.doubtful:
        return False
    before = found[at - 1]
    leads = any(before.lower in words for words in (cues.prepositions, cues.openers, cues.contractions))
    return before.text.isdecimal() or (leads and before.lower not in cues.conjunctions)


def is_cut_short(found: Sequence[Token], at: int) -> bool:
    """Whether it is the "D." of "Minister a. D. Ann Lee", which is no initial."""
    if at < 2 or found[at - 1].text != "." or len(found[at].text) != len("D."):
        return False
    return found[at - 2].text.islower() and len(found[at - 2].text) == 1


def _behind_office(found: Sequence[Token], start: int, cues: Cues) -> bool:
    """Whether the run follows "secretary of", so that it begins with "State"."""
    return start >= 2 and found[start - 1].lower in cues.belongs and found[start - 2].lower in cues.titles


def _at_given(found: Sequence[Token], first: int, end: int, cues: Cues) -> int:
    """Behind two or more words for an office that no list has ("County Recorder Helen Purcell").

    One is enough where nouns have capitals ("Diplomat Boris Lehm"), and an acronym anywhere.
    """
    if end - first <= 2 or found[first].lower in cues.given:
        return first
    acronym = len(found[first].text) > 1 and found[first].text.isupper()
    # "envoy to Ukraine Ann Lee" and "ministre de la Mer Ann Lee": the first word is whose it is.
    of = first - 1 - (cues.inverts and first > 2 and found[first - 1].lower in cues.definite)
    owner = of > 0 and found[of].lower in cues.belongs and found[of - 1].lower in cues.titles
    owner = owner and (of == first - 1 or found[first].lower not in cues.bodies)
    # "Kepala Pelabuhan Joko Lee": what an office is of stands behind it.
    office = cues.inverts and first > 0 and found[first - 1].lower in cues.titles
    bare = cues.inverts and not cues.articles  # "mówił do polityków Lewicy Borys Lee"
    least = first + 1 if cues.verb_second or acronym or owner or office or bare else first + 2
    body = len(found[first].text) >= _ACRONYM and found[first].text.isalpha() and acronym
    plain = end - first == _TRADE_AND_NAME and not any(
        token.text.isupper() for token in found[first + 1 : end]
    )
    if (body and plain) or _is_opening_trade(found, first, end, cues):
        return first + 1  # "délégué CGT Yohan Pruvost"
    if _is_articled_noun(found, first, end, cues) or is_owning_noun(found, first, end, cues):
        return first + 1
    if cues.title_endings and first > 0 and end - first > 2 and found[first - 1].lower in cues.definite:
        # "der Meisterschütze Dwain Wade": behind an article stands a noun.
        first, least = first + 1, least + 1
    given = _given_behind(found, least, end, cues)
    placed = (office and not cues.articles) or (
        owner and cues.inverts
    )  # "burmistrz Portowa Lis", "maire de Plouven"
    if given is None and placed and end - first == _TRADE_AND_NAME:
        return first if _is_patronymic(found[first + 1].lower) else first + 1
    if placed and not cues.articles and end - first == _PLACE_AND_NAME:
        given = given or first + 2  # "starosta Dolních Lhotek Miloslav Lis"
    if given is None:
        return first + (
            cues.capital_nouns and end - first == _TRADE_AND_NAME and is_trade(found[first], cues)
        )
    return given if end - given <= LONGEST - 1 else first


def _is_opening_trade(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Whether a sentence opens with what somebody is, as its ending tells, and a full name: "Bassist Ann Lee", "Forsvarer Ann Lee".

    But for Scandinavian and Slavic languages the first name has to be a known one, for the first of three may be a name.
    """
    opens = first == 0 or not found[first - 1].is_word
    if cues.capital_nouns or not opens or end - first != _TRADE_AND_NAME:
        return False
    bare = bool(cues.definite_ends) or (not cues.articles and not _is_patronymic(found[first + 1].lower))
    word = found[first].lower
    trade = len(word) >= _LONG_TRADE and word.endswith(tuple(cues.person_endings)) and word not in cues.given
    known = bare or found[first + 1].lower in cues.given or (bool(cues.person_endings) and trade)
    if trade:
        return known
    return known and found[first].lower.endswith(tuple(cues.trade_endings))


def _is_patronymic(word: str) -> bool:
    """Whether it is a father's name, as stands between the names of a Russian and not between a place and a name."""
    return word.endswith(_FATHERS)


def is_trade(token: Token, cues: Cues) -> bool:
    """Whether it ends like a German noun for a person and no first name before another: "Feuerwehrmann Onno Lehm"."""
    word = token.lower
    return is_noun_like(word, cues) or (len(word) >= _NOUN and word.endswith(_PERSONS))


def _is_articled_noun(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Whether the run is of a noun for a person behind its article, and a full name: "der Angeklagte Ann Lee"."""
    if not cues.capital_nouns or first == 0 or end - first != 3:
        return False
    noun = is_noun_like(found[first].lower, cues) and "-" not in found[first].text
    return noun and is_noun(found, first, cues)


def is_owning_noun(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Whether the run is of whose somebody is, and a full name: "Sprecher des alten Ministeriums Ann Lee".

    In "Sprecher des Preisträgers Ann Lee" the name is of the one whose he is.
    """
    owner = found[first].lower
    if not cues.title_endings or end - first != _TRADE_AND_NAME or owner[-1] != "s":
        return False
    if owner[:-1].endswith(DOERS) or owner in cues.titles:
        return False
    place = first - 1
    while (
        place > max(0, first - _ARTICLE) and found[place].text.islower() and found[place].text.endswith("en")
    ):
        place -= 1
    return place > 0 and found[place].lower == GENITIVE and found[place - 1].lower in cues.titles


def _given_behind(found: Sequence[Token], least: int, end: int, cues: Cues) -> int | None:
    """Where the first known first name stands from ``least`` on, none behind the "bin" of a father's name."""
    for at in range(least, end - 1):
        if found[at].lower in ARABIC and not found[at].is_capital:
            return None
        if _is_given(found[at].lower, cues):
            return at
    return None


def _is_given(word: str, cues: Cues) -> bool:
    """Whether it is a known first name, or joined of two."""
    return word in cues.given or ("-" in word and all(part in cues.given for part in word.split("-")))


def is_full_name(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Two to five name words, none of which names a body or a place."""
    words = [found[at].lower for at in range(first, end)] if 2 <= end - first <= LONGEST else []
    if not words or words[-1] == words[0] or (_is_initial(words[-1]) and not _is_withheld(words, cues)):
        return False
    known, last = words[0] in cues.given, words[-1]
    if last in cues.openers or _is_short_form(found[first]) or words[0] in cues.place_starts:
        return False
    if last in cues.bodies or last in cues.groups or _owns(words, cues):
        return False
    # "Martha King" and "Martha Joan King", but not "Martha Lee King".
    if last in cues.titles and not (known and all(word in cues.given for word in words[1:-1])):
        return False
    if not known and (
        _leads(words[0], cues)
        or last in cues.name_ends
        or (_is_body(found, first, end, cues) and not has_family_first(found[end - 1].text))
        or is_quality(words[0], cues)
    ):
        return False
    upper = [found[at].text.isupper() and len(found[at].text) > 2 for at in range(first, end)]
    # "HARBOURNEWS Corvia" is a body, and so is what has capitals alone.
    acronym = upper[0] and words[0].isalpha() and len(words[0]) > _ACRONYM
    return not all(upper) and (known or not acronym)


def has_family_first(last: str) -> bool:
    """Whether the last word of a name shows that the family name stands before it: "Park Min-jun"."""
    head, hyphen, tail = last.partition("-")
    return bool(hyphen) and head.istitle() and tail.islower()


def _is_initial(word: str) -> bool:
    return len(word) < 2 or (word[-1] == "." and word not in SUFFIXES)


def _is_withheld(words: Sequence[str], cues: Cues) -> bool:
    """Whether only the initial of a last name is given, as German papers do of who stands before a court: "Lutz S."."""
    initial = len(words) == 2 and len(words[1]) == len("s.") and words[1][-1] == "."
    return cues.capital_nouns and initial and words[0] in cues.given


def _leads(word: str, cues: Cues) -> bool:
    """Whether no name begins with it: a particle of names, or a preposition ("Gegenüber Uferpress")."""
    return (
        (word in cues.particles and word not in ARABIC)  # "Ben Smith", but not "Van Lee"
        or word in cues.contractions
        or (word in cues.prepositions and word not in cues.doubtful)
    )


def _owns(words: Sequence[str], cues: Cues) -> bool:
    """Whether the last of the words is what somebody of the others has: "Ann Lees Antwort"."""
    owner = words[-2]
    return len(words) > 2 and bool(cues.title_endings) and owner[-1] == "s" and owner not in cues.given


def is_short(token: Token) -> bool:
    """Whether it is the short form of a body: "HWG", "AStA"."""
    return (len(token.text) > 1 and token.text.isupper()) or _is_short_form(token)


def _is_short_form(token: Token) -> bool:
    """Whether a body's short form has small letters, too: "AStA"."""
    return sum(map(str.isupper, token.text)) >= _CAPITALS and not token.text.isupper()


def _is_body(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Whether a word names a body, or the whole is somebody's or has a short form in brackets."""
    if _is_owned(found[first].lower, cues) or is_abbreviated(found, first, end):
        return True
    return any(found[at].lower in cues.bodies or found[at].lower in cues.groups for at in range(first, end))


def _is_owned(word: str, cues: Cues) -> bool:
    """Whether it is a possessive: "Ihr" or, of somebody in the article, "Vogels" without an apostrophe."""
    if not cues.title_endings or word[-1] != "s":
        return word in cues.determiners
    owner = word[:-1]
    return owner in cues.people or (owner in cues.given and word not in cues.given)


def is_abbreviated(found: Sequence[Token], first: int, end: int) -> bool:
    """Whether its initials stand behind it in brackets, as behind a body: "Harbour Works Trust (HWT)"."""
    if end + 2 >= len(found) or found[end].text != "(" or found[end + 2].text != ")":
        return False
    words = [part for token in found[first:end] for part in token.text.split("-")]
    return found[end + 1].text == "".join(word[0] for word in words if word[0].isupper())


def is_noun(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Where nouns have capitals, whether an article or a number makes one of a word that no list has: "am Bahnhof", "vier Jahre"."""
    if at == 0:
        return False
    if found[at - 1].lower in cues.numbers or found[at - 1].text.isdecimal():
        return True
    if found[at - 1].lower in cues.articles or found[at - 1].lower in cues.contractions:
        relative = at > 1 and found[at - 2].text == ","  # "der Plan, den Ovid Lee lobte"
        return not relative or is_noun_like(found[at].lower, cues)
    return is_noun_like(found[at].lower, cues) and _is_articled(found, at, cues)


def is_noun_like(word: str, cues: Cues) -> bool:
    """Whether a word that is no known first name is joined or ends like a German noun ("regatta-sieger", "trendscout")."""
    if "-" in word:
        return not any(part in cues.given for part in word.split("-"))
    return len(word) >= _NOUN and word.endswith(_NOUNS + _ABSTRACT)


def ends_abstract(word: str) -> bool:
    """Whether it ends like a German noun for what nobody is: "Forderung", "Bereitschaft"."""
    return word.endswith(_ABSTRACT)


def is_quality(word: str, cues: Cues) -> bool:
    """Whether it is an adjective before a noun, as in "Negative Folgen", and no first name."""
    return cues.capital_nouns and len(word) >= _NOUN and word.endswith(_QUALITIES) and word not in cues.given


def _is_articled(found: Sequence[Token], at: int, cues: Cues) -> bool:
    """Whether an article stands before the adjectives before the word."""
    place = at - 1
    while place > 0 and at - place < _ARTICLE and found[place].text.islower():
        if found[place].lower in cues.articles or found[place].lower in cues.contractions:
            return True
        if not found[place].text.endswith(_ADJECTIVES):
            break
        place -= 1
    return found[max(0, place)].lower in cues.articles


def unaccented(word: str) -> str:
    """The word with its letters' accents left out."""
    if word.isascii():
        return word
    return "".join(one for one in normalize("NFD", word) if not combining(one))


def same_country(one: str, other: str) -> bool:
    """Russia and Russian, Belarus and Belarusian: the shorter but its last letter, four at least."""
    stem = min(len(one), len(other)) - 1
    return stem >= 4 and one[:stem] == other[:stem]
