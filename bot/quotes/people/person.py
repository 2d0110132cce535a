"""Somebody whom an article names, and the forms that a name takes in other cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.model import Span
from bot.text.cues import Cues
from bot.text.tokens import Token

_AGE = 2
"""Digits of an age."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with a first and a last name; ``words`` are roles and titles beside the name.

    ``places`` are where the full name stands, ascending; ``role`` is where the article first says what
    the person is, ``trade`` the noun of it, and ``party`` what stands in brackets behind the name. ``shaky`` says that it may be no name: its first word may have a capital for another reason ("See Sexton");
    ``plain`` that the article has it small, too; ``introduced`` that a clause about somebody follows it ("Lee, who"),
    or in German a trade stands before it ("Fährmann Lee").
    ``articled`` is "he" or "she" by the article of an office. ``short`` is a short form of the first name. ``related`` that somebody of the same last name is surely a person. ``meant`` counts the pronouns of sentences that name nobody else.
    """

    first: str
    last: str
    names: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)
    role: Span | None = None
    trade: str = ""
    party: Span | None = None
    meant: Counter[str] = field(default_factory=Counter)
    speaks: bool = False
    shaky: bool = False
    plain: bool = False
    introduced: bool = False
    related: bool = False
    short: str = ""
    articled: str = ""

    @property
    def name(self) -> str | None:
        """The form that the article uses most; of equals the first; ``None``: never in full."""
        return max(self.names, key=lambda name: self.names[name], default=None)

    def is_plainly_named(self) -> bool:
        """Whether its name is capital words alone, of which the article has no first word small."""
        return not self.plain and (self.name or "").istitle()

    def sexes(self, cues: Cues) -> tuple[bool, bool]:
        """Whether anything says that this is a man, and a woman: titles, else first name, else pronouns."""
        for male, female in (
            (bool(self.words & cues.male_titles), bool(self.words & cues.female_titles)),
            (self.articled == "he", self.articled == "she"),
            (self.first in cues.male, self.first in cues.female),
            _sexes_of_forms(self.first, cues),
            (self.meant["he"] > 0, self.meant["she"] > 0),
            cues.sexes_of_name(self.last),
        ):
            if male or female:
                return male, female
        return False, False

    def may_be(self, pronoun: str, cues: Cues) -> bool:
        """Whether "he" or "she" can mean this person; without a sign of the sex either can."""
        male, female = self.sexes(cues)
        return cues.one_pronoun or male == female or (male if pronoun in cues.he else female)

    def has_a_sex(self, cues: Cues) -> bool:
        """Whether the article tells it, without contradiction."""
        male, female = self.sexes(cues)
        return male != female

    def surely(self, cues: Cues) -> bool:
        """Whether a known first name, a title, an age, a say-verb, or "who" and "her", show that this is a person at all."""
        aged = any(word.isdecimal() and len(word) <= _AGE for word in self.words)
        told = self.introduced and (cues.capital_nouns or bool(self.meant))
        if self.speaks or self.first in cues.given or aged or told or self.related:
            return True
        return not (self.words.isdisjoint(cues.titles) and self.words.isdisjoint(cues.kin))

    def absorb(self, other: Person) -> None:
        """Take over what was noted of the same person under a longer name."""
        self.words |= other.words
        self.places = sorted(self.places + other.places)
        self.speaks |= other.speaks
        self.role = self.role or other.role
        self.trade = self.trade or other.trade
        self.party = self.party or other.party


def forms_of(word: str, cues: Cues) -> Iterator[tuple[str, bool]]:
    """The names that the word may be another case of ("Bogny" of "Bogna"), and whether that one has an end of its own."""
    for end, own in cues.name_forms:
        if word.endswith(end) and len(word) > len(end):
            yield word.removesuffix(end) + own, bool(own)


def _sexes_of_forms(first: str, cues: Cues) -> tuple[bool, bool]:
    """What the names tell that a first name may be another case of: "Арсения" of "Арсений"."""
    if not cues.name_forms or first in cues.given:
        return False, False
    forms = [form for form, _ in forms_of(first, cues)]
    return not cues.male.isdisjoint(forms), not cues.female.isdisjoint(forms)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The mention to show, the full name if the article gives one, and the person behind both."""

    mention: Span
    name: str | None
    person: Person | None


def is_inflected(speaker: Speaker, text: str, cue: str, cues: Cues) -> bool:
    """Whether the name stands behind "według" or the like, in another case, and the article has no other form of it."""
    if cue not in cues.accord or not cues.name_forms or cues.definite or speaker.person is None:
        return False
    words = speaker.mention.of(text)
    return any(words.endswith(name) for name in speaker.person.names)


def disagrees(speaker: Speaker, words: Sequence[Token], cue: Token, cues: Cues) -> bool:
    """Whether the name beside a verb is in another case, or the verb's ending is of the other sex."""
    last = words[-1].lower
    if speaker.person is None or cue.lower in cues.accord:
        return False
    if cues.oblique_ends and last.endswith(tuple(cues.oblique_ends)):
        return True
    if not cues.she_verbs:
        return False
    if any(_is_oblique(word.lower, cues) for word in words[:-1]):
        return True
    if not (cue.lower in cues.say or cue.text == ":"):
        return False
    told = cues.pronoun_of_verb(cue.lower)
    other = told is not None and not speaker.person.may_be(told, cues)
    forms = [own for own, _ in forms_of(last, cues)]
    return other or (last != speaker.person.last and speaker.person.last in forms)


def _is_oblique(first: str, cues: Cues) -> bool:
    """Whether it is a known first name in another case, as of whom something was told: "Ивану"; "Jane" need be none of "Jan"."""
    if first in cues.given:
        return False
    return any(form in cues.given and (own or first[-1] != "e") for form, own in forms_of(first, cues))
