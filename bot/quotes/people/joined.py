"""Which names of an article are of one person: a longer one, another case, a short form of the first name."""

from __future__ import annotations

from bot.quotes.people.person import Person, forms_of
from bot.text.cues import Cues

_SHORT = 3
"""Letters of the shortest short form of a first name."""
_LEFT_OUT = 2
"""Letters that it leaves out at least: "Ann" and "Anna" are two."""

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
