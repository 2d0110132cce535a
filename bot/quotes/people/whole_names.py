"""Where names end, and which are of one person: a longer one, another case, a short form of the first name.

In German a noun may stand right behind a name and be none of it: "forderte Gesa Wulf Aufklärung".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.quotes.people.person import Person, forms_of
from bot.quotes.phrases.names import SUFFIXES, ends_abstract
from bot.text.cues import Cues
from bot.text.tokens import Token

_SHORT = 3
"""Letters of the shortest short form of a first name."""
_LEFT_OUT = 2
"""Letters that it leaves out at least: "Ann" and "Anna" are two."""
_NOUN = 7
"""Letters of a noun whose ending alone tells it; "Jung" is a surname."""

_FULL = 2
"""Words of a first name and a surname."""
_GENERATIONS = frozenset({"junior", "senior"})

People = dict[tuple[str, str], Person]
"""Everybody by first and last name, in lower case; the functions here take out who is somebody else's other name."""


def join_longer(people: People, cues: Cues) -> None:
    """Join "Sailor Ann Lee" to Ann Lee, where the article has both."""
    tails = {name.lower(): one for one in people.values() for name in one.names}
    for key, person in list(people.items()):
        longest = max(person.names, key=len).lower()
        shorter = tails.get(longest.partition(" ")[2])
        if shorter is not None and shorter is not person and key[0] not in cues.given:
            shorter.absorb(person)
            del people[key]


def join_forms(people: People, cues: Cues) -> None:
    """Join "Elina Korhoselle" to Elina Korhonen, and "Bogny Lis" to Bogna Lis, where the article has both."""
    if not cues.name_forms:
        return
    for (first, last), person in list(people.items()):
        firsts, lasts = list(forms_of(first, cues)), list(forms_of(last, cues))
        keys = [(first, one) for one, _ in lasts] + [(one, last) for one, ends in firsts if ends]
        keys += [(one, other) for one, _ in firsts for other, _ in lasts]
        woman = cues.sexes_of_name(last)[1] and first in cues.given
        given = cues.given if woman else frozenset()  # Александра Иванова is no Александр Иванов
        known = (key for key in keys if key in people and key != (first, last))
        called = next((people[key] for key in known if key[0] == first or key[0] not in given), None)
        if called is not None:
            called.absorb(person)
            del people[first, last]


def join_short(people: People, cues: Cues) -> None:
    """Join "Josh Lee" to Joshua Lee, where the article has both and nobody else of whom it may be short."""
    families: dict[str, list[str]] = {}
    for first, last in people:
        families.setdefault(last, []).append(first)
    for last, firsts in families.items():
        for short in firsts if len(firsts) > 1 else ():
            longer = [one for one in firsts if one.startswith(short) and len(one) >= len(short) + _LEFT_OUT]
            if len(short) < _SHORT or len(longer) != 1:
                continue
            person, other = people[short, last], people[longer[0], last]
            if person.sexes(cues) == other.sexes(cues):
                other.absorb(person)
                other.short = short
                del people[short, last]


def drop_trade(person: Person) -> None:
    """Leave out the noun that opens a sentence, as the article has it elsewhere: "Lamplighter Ann Lee"."""
    longer = {name: count for name, count in person.names.items() if len(name.split()) > 2}
    person.names = Counter({name.partition(" ")[2]: count for name, count in longer.items()})


def objects_of(words: Sequence[Sequence[Token]], cues: Cues) -> frozenset[str]:
    """The words, in lower case, that end a run of a first name or a title, a name and one more; none where nouns have no capitals.

    Such a word is none of the name where it ends as nouns for what nobody is do, or where the article has the surname before
    it by itself; never where it has the word itself alone or behind a first name, as it has surnames.
    """
    if not cues.capital_nouns:
        return frozenset()
    runs: set[tuple[str, str]] = set()
    behind: defaultdict[str, set[str]] = defaultdict(set)
    surnames: set[str] = set()
    for found in words:
        for run, articled in _runs(found, cues):
            for word, following in pairwise([*run, ""]):
                behind[word].add(following)
            if len(run) > _FULL and _is_somebody(run, cues):
                runs.add((run[-2], run[-1]))
            elif (len(run) == _FULL and run[0] in cues.given) or (len(run) == 1 and not articled):
                surnames.add(run[-1])
    others = surnames | cues.given | SUFFIXES | _GENERATIONS
    return frozenset(
        last
        for surname, last in runs
        if last not in others
        and (behind[surname] - {last} or (_is_abstract(last) and surname not in cues.given))
    )


def _runs(found: Sequence[Token], cues: Cues) -> Iterator[tuple[list[str], bool]]:
    """The runs of capital words, in lower case, each with whether an article stands before it."""
    run: list[str] = []
    articled = False
    for at, token in enumerate(found):
        if token.is_capital:
            before = found[at - 1].lower if at and not run else ""
            articled = articled or before in cues.articles or before in cues.contractions
            run.append(token.lower)
        elif run:
            yield run, articled
            run, articled = [], False
    if run:
        yield run, articled


def _is_somebody(run: Sequence[str], cues: Cues) -> bool:
    """Whether a first name and a surname stand before the last of the capital words, or a title and both."""
    first, surname = run[-3:-1]
    titled = len(run) > _FULL + 1 and run[-4] in cues.titles and first not in cues.titles
    named = (first in cues.given or titled) and first not in cues.family_first
    return named and surname not in cues.particles


def _is_abstract(word: str) -> bool:
    return len(word) >= _NOUN and ends_abstract(word)
