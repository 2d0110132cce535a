"""Whom a description means: "the president of Russia", "the 36-year-old", "la femme"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from bot.quotes.people.cast import People
from bot.quotes.people.person import Person
from bot.quotes.people.pronouns import Antecedents
from bot.quotes.phrases.descriptions import head_of, is_elided
from bot.quotes.phrases.names import is_trade
from bot.quotes.phrases.roles import age_of
from bot.text.cues import Cues
from bot.text.tokens import Token

_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = 2
"""Words of an article and a noun."""

_PLAIN_PAIR = 3
"""Where the words of "il primo cittadino" end, which are one role."""
_WOMANS = ("a", "e")
"""How "dernière" and "ultima" end."""
_GERMAN_WOMANS = "in"
"""How "Wirtin" ends."""
_PRONOUN_AND_VERB = 2
"""Words of what is said that are looked at for whom it is about."""
_PLURAL = ("en", "nd")
"""How verbs end behind the German "Sie" for "you": "Sie haben", "Sie sind"."""
_INTRODUCED = 3
"""Words behind an indefinite article."""


class Descriptions:
    """The descriptions of one article; each means a person whom the article names, or nobody known."""

    def __init__(
        self,
        cast: People,
        antecedents: Antecedents,
        headline: str,
        sentences: Sequence[Sequence[Token]],
        cues: Cues,
    ) -> None:
        self._cast, self._antecedents, self._cues = cast, antecedents, cues
        heading = _WORD.findall(headline.lower())
        self._headline = frozenset(heading)
        self._announced = {noun for article, noun in pairwise(heading) if article in cues.indefinite}
        self._sentences = sentences

    @cached_property
    def _introduced(self) -> set[str]:
        """The nouns of "a man" and "une jeune femme": of such a one "the man" may speak."""
        indefinite = self._cues.indefinite
        return {
            one.lower
            for found in self._sentences
            for at, token in enumerate(found)
            if token.lower in indefinite
            for one in found[at + 1 : at + 1 + _INTRODUCED]
        }

    @cached_property
    def _nouns(self) -> list[int]:
        """Where an article leads to what somebody is, ascending."""
        lists = (self._cues.persons, self._cues.titles, self._cues.he_nouns, self._cues.she_nouns)
        return [
            token.start
            for found in self._sentences
            for before, token in pairwise(found)
            if before.lower in self._cues.articles and any(token.lower in one for one in lists)
        ]

    def of(
        self, words: Sequence[Token], *, turns: bool = False, opening: Sequence[str] = ()
    ) -> Person | None:
        """Whom the words mean: whoever holds the office, or whoever spoke last and can be meant, but where the text ``turns`` to another.

        ``opening`` are the first words of what is said, in lower case: "he" is hardly of who speaks.
        """
        if words[-1].lower in self._cues.last_named:
            return self._latter(words)
        if len(words) == 1 and (age := age_of(words[0], self._cues)) is not None:
            return self._of_age(age, words[0].start)  # "66-åringen"
        if words[0].lower in self._cues.those:
            return self._pointed_at(words)
        if len(words) > 1 and words[-1].is_capital and words[-2].lower in self._cues.kin:
            return self._cast.called(words[-1].text)  # "su hija Amparo"
        person = self._described(words) or self._of_trade(words)
        if person is not None or turns or self._cues.title_cases_of(words[0].lower):
            return person  # who is told in another case is whoever holds just that office
        person = (
            self._epithet(words) or self._going_on(words) or self._by_office(words) or self._founder(words)
        )
        # Whom the headline calls "une cheffe" is the one whom the article is about, perhaps nobody who spoke.
        another = words[-1].lower in self._announced or (
            person
            and (self._holds_another(words, person) or self._is_told_of(opening, person, words[0].start))
        )
        return None if another else person

    def _is_told_of(self, opening: Sequence[str], person: Person, at: int) -> bool:
        """Whether what is said begins with "he" or "she", who can be that one alone of those whom the article has named by then.

        So "She was calm", the 36-year-old said, of somebody else.
        """
        word, verb = opening if len(opening) == _PRONOUN_AND_VERB else ("", "")
        pronouns = (
            self._cues.she if self._cues.inverts else self._cues.he | self._cues.she
        )  # "il" may be "it"
        polite = self._cues.capital_nouns and word in self._cues.she and verb.endswith(_PLURAL)
        told = word in pronouns and not polite and person.may_be(word, self._cues)
        return told and self._cast.first_named(at) is person

    def _latter(self, words: Sequence[Token]) -> Person | None:
        """Whoever was named last, if nobody is described since."""
        woman = words[-1].lower.endswith(_WOMANS)
        latest = self._antecedents.latest(min(self._cues.she if woman else self._cues.he), words[0].start)
        if latest is None or self._is_described_between(latest.span.end, words[0].start):
            return None
        return latest.person

    def _pointed_at(self, words: Sequence[Token]) -> Person | None:
        """Read "ce menuisier de 52 ans" and "cette élue": whoever was spoken of last, of that sex and age and in no other office."""
        age = next((one.text for one in words if one.text.isdecimal()), None)
        if age is not None and (aged := self._cast.aged(age)):
            return aged[0] if len(aged) == 1 else None
        plain = [one.lower for one in words[1:] if one.lower not in self._cues.modifiers]
        noun = plain[0] if plain else words[1].lower
        person = (self._cues.titles, self._cues.persons, self._cues.he_nouns, self._cues.she_nouns)
        named = age is not None or (any(noun in one for one in person) and noun not in self._cues.groups)
        if not named or noun in self._introduced:
            return None
        woman = words[0].lower in self._cues.she_articles
        pronoun = min(self._cues.she if woman else self._cues.he)
        found = self._of_paragraph(pronoun, words[0].start)
        fits = found is not None and found.may_be(pronoun, self._cues)
        return found if found and fits and not self._holds_another(words, found) else None

    def _holds_another(self, words: Sequence[Token], person: Person) -> bool:
        """Whether the words are of an office, and the article knows somebody in another: "the minister" is not the mayor."""
        told = {self._cues.base_title(one.lower) or one.lower for one in words}
        offices, held = (
            {self._cues.office_in(word) for word in some} - {None} for some in (told, person.words)
        )
        same = offices.union(*(self._cues.called_else(word) for word in told))
        apart = any(self._cues.are_apart(one, other) for one in told for other in person.words)
        return apart or (bool(offices) and bool(held) and held.isdisjoint(same))

    def _is_described_between(self, start: int, end: int) -> bool:
        """Whether an article leads to somebody there: "Le maire, Ann Lee, recevra le lycéen. Ce dernier"."""
        at = bisect_left(self._nouns, start)
        return at < len(self._nouns) and self._nouns[at] < end

    def _described(self, words: Sequence[Token]) -> Person | None:
        """The president, the Russian president, the president of Russia; never "a president"."""
        lower = [token.lower for token in words]
        if "-" in lower:
            lower[1 : lower.index("-") + 2] = []  # the "Hafen- und" of "die Hafen- und Fährministerin"
        if is_elided(words[0], self._cues):
            article, apostrophe, noun = lower[0].partition("'")
            lower[:1] = [article + apostrophe, noun]
        owner = max((n for n, word in enumerate(lower) if word == "'s"), default=0)
        pair = " ".join(lower[1:_PLAIN_PAIR])
        role = next((word for word in lower[owner:] if word in self._cues.titles), None)
        if pair in self._cues.same_roles:
            role, lower[1:_PLAIN_PAIR] = pair, [pair]
        base = self._cues.base_title(lower[0])
        role = base or role or next(iter(self._cues.title_cases_of(lower[0])), None)
        bare = (
            not self._cues.definite and lower[0] not in self._cues.articles
        )  # "Başkan", where "bir" alone is an article
        definite = bare or bool(base or self._cues.title_cases_of(lower[0]))
        definite = definite or lower[0] in self._cues.definite | self._cues.contractions
        if not definite or role is None:
            return None
        own = {"'s"} | self._cues.belongs | self._cues.definite | self._cues.modifiers
        qualities = set() if base else set(lower) - {role} - own
        fitting = self._cast.described(role, qualities)
        fitting = fitting or (self._cast.described(lower[0], qualities) if base else [])
        for form in self._cues.title_cases_of(role):
            fitting = fitting or self._cast.described(form, qualities - {lower[0]})
        if (
            role not in self._headline
            and not fitting
            and (fitting := self._cast.called_else(role, qualities, self._owners(words, role)))
            and role in self._cues.voices
        ):
            return self._antecedents.last_of(fitting, words[0].start)
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return self._antecedents.last_of(fitting, words[0].start)

    def _of_trade(self, words: Sequence[Token]) -> Person | None:
        """Read "the plumber" of "Lee, a retired plumber": whom alone the article calls so, in words that no list has."""
        plain = len(words) == _PLAIN and words[-1].is_capital == self._cues.capital_nouns
        noun = words[-1].lower if plain else ""
        if not noun or words[0].lower not in self._cues.definite or noun in self._cues.titles:
            return None
        fitting = self._cast.of_trade(noun)
        return fitting[0] if len(fitting) == 1 else None

    def _names(self, words: Sequence[Token], role: str) -> set[str]:
        """The names that tell whose somebody is ("il mister dell'Orbetta"), where a capital shows them."""
        if self._cues.capital_nouns:
            return set()
        called = {token.text.rpartition("'")[2] for token in words[1:]}
        names = {word.lower() for word in called if word[:1].isupper()} - {role}
        return names - self._cues.bodies - self._cues.groups - self._cues.modifiers

    def _owners(self, words: Sequence[Token], role: str) -> set[str]:
        """The names of whom or what an office is; in German what stands behind it in the genitive: "der Coach der Schwaben"."""
        at = next((n for n, one in enumerate(words) if one.lower == role), len(words))
        owner = words[at + 1 : at + 3]
        if len(owner) < 2 or not self._cues.capital_nouns or owner[0].lower not in self._cues.owners:
            return self._names(words, role)
        return {owner[1].lower} - self._cues.bodies - self._cues.groups

    def _epithet(self, words: Sequence[Token]) -> Person | None:
        """Read "the 36-year-old", and in German "der Leseforscher": whoever spoke last, if it can be he."""
        if is_elided(words[0], self._cues):
            return self._elided(words)
        article, last = words[0].lower, head_of(words, self._cues)
        if article not in self._cues.definite or last is None:
            return None
        age = age_of(last, self._cues)
        told = age or age_of(words[1], self._cues)  # "der 36-jährige Lotse"
        if told is not None and (aged := self._cast.aged(told)):
            return aged[0] if len(aged) == 1 else None
        sexed = self._cues.he_articles | self._cues.she_articles
        # Where adjectives stand behind their noun, "la présidence française" is nobody's epithet.
        # It is who holds the office by another word in "le technicien portugais", behind an "entraîneur".
        alone = len(words) == _PLAIN or self._cues.capital_nouns
        alone = alone or (len(words) == _PLAIN_PAIR and bool(self._cast.called_else(words[1].lower, (), ())))
        called = last.lower in self._cues.titles or (alone and last.lower in self._cues.epithets)
        sexless = not (sexed and self._cues.inverts) and last.lower in self._cues.epithets
        trade = called and (article in sexed or sexless) and not self._cast.has_role(last.lower)
        if age is None and (not trade or self._names(words, last.lower) or self._is_voice(last.lower)):
            return None
        pronouns = self._cues.he if article in self._cues.he_articles else self._cues.she
        pronoun = next(iter(pronouns)) if article in sexed else None
        found = self._antecedents.meant(pronoun, words[0].start, epithet=True)
        if found is None or found.person is None:
            return None
        plain = found.rank in {"speaker", "subject"} or found.person.has_a_sex(self._cues)
        return found.person if plain and not self._fits_another(words, found.person) else None

    def _fits_another(self, words: Sequence[Token], person: Person) -> bool:
        """Whether the article introduces "a German", has one of that country, or somebody else in that role by another word."""
        if self._cues.capital_nouns:
            return False
        told = [token.lower for token in words[1:]]
        cast, word = self._cast, told[0]
        others = cast.of_country(word) if len(told) == 1 else cast.called_else(word, (), ())
        return told[-1] in self._introduced or (bool(others) and person not in others)

    def _of_age(self, age: str, at: int) -> Person | None:
        """Who has that age, as far as the article says it; else whoever spoke last in the paragraph."""
        aged = self._cast.aged(age)
        if not aged:
            return self._spoke(at)
        return aged[0] if len(aged) == 1 else None

    def _founder(self, words: Sequence[Token]) -> Person | None:
        """Read "the founder of Lee Foods", an office of which the article names nobody, behind one person alone whom it names."""
        role = words[1].lower if len(words) > _PLAIN else ""
        held = role in self._cues.titles and words[2].lower in self._cues.owners
        if not held or words[0].lower not in self._cues.definite or self._cues.capital_nouns:
            return None
        if self._is_voice(role) or self._cast.has_role(role):
            return None
        return self._cast.first_named(words[0].start)

    def _is_voice(self, noun: str) -> bool:
        """Whether it may be somebody else whom the text does not name; joined words count, but for those in the list of epithets."""
        return noun not in self._cues.epithets and noun.endswith(tuple(self._cues.voices))

    def _by_office(self, words: Sequence[Token]) -> Person | None:
        """Read "de hoogleraar" and "глава региона", an office of which the article names nobody: whoever spoke last.

        Where articles tell no sex; within the paragraph, with nobody else named since.
        """
        first = words[0].lower
        base = self._cues.base_title(first)
        role = base or next((one.lower for one in words if one.lower in self._cues.titles), None)
        definite = bool(base) or not self._cues.articles or first in self._cues.definite
        if role is None or not definite or self._cues.he_articles or self._cues.capital_nouns:
            return None
        if role in self._cues.voices or self._cast.has_role(role):
            return None
        lists = (self._cues.bodies, self._cues.groups)
        body = any(words[-1].lower in one for one in lists) or any(one.lower == "'s" for one in words)
        if body or any(one.is_capital for one in words):
            return None  # "the prosecutor's office"
        return self._of_paragraph(None, words[0].start)

    def _spoke(self, at: int) -> Person | None:
        """Whoever spoke last in the paragraph of character ``at``."""
        found = self._antecedents.going_on(at, within=True)
        return found.person if found else None

    def _of_paragraph(self, pronoun: str | None, at: int) -> Person | None:
        """Whoever spoke last in the paragraph of character ``at``, or whom its sentences are about."""
        found = self._antecedents.within(self._antecedents.meant(pronoun, at, epithet=True), at)
        return self._spoke(at) or (found.person if found else None)

    def _elided(self, words: Sequence[Token]) -> Person | None:
        """Read "l'élue", whose ending tells the sex."""
        noun = words[0].lower.partition("'")[2]
        woman, man = noun in self._cues.female_titles, noun in self._cues.male_titles
        if len(words) > 1 or woman == man or noun in self._cues.voices or self._cast.has_role(noun):
            return None
        pronoun = min(self._cues.she if woman else self._cues.he)
        found = self._antecedents.of(pronoun, words[0].start, epithet=True)
        told = found is not None and found.rank in {"speaker", "subject"}
        sexed = found is not None and found.person is not None and found.person.has_a_sex(self._cues)
        return found.person if told and sexed and found else None

    def _going_on(self, words: Sequence[Token]) -> Person | None:
        """Read "the woman", "el joven" and "kobieta", which no one is introduced as: whoever spoke or was spoken of last.

        Where articles tell the sex, any other noun goes on with whoever spoke in the same paragraph: "l'ancien éclusier".
        """
        told = self._noun_of(words)
        if told is None:
            return None
        article, head = told
        noun = head.lower.rpartition("'")[2]
        he, she = noun in self._cues.he_nouns, noun in self._cues.she_nouns
        if article in self._cues.he_articles | self._cues.she_articles:
            he, she = article in self._cues.he_articles, article in self._cues.she_articles
        pronoun = None if he == she else min(self._cues.he if he else self._cues.she)
        if noun in self._introduced:
            return None
        if noun in self._cues.he_nouns | self._cues.she_nouns:
            found = self._antecedents.meant(pronoun, words[0].start, epithet=True)
            ranked = found is not None and found.rank in {"speaker", "subject"}
            return found.person if found and ranked else None
        lists = (
            self._cues.groups,
            self._cues.bodies,
            self._cues.voices,
            self._cues.titles,
            self._cues.persons,
        )
        capital = head.is_capital and not self._cues.capital_nouns
        if pronoun is None or capital or any(noun in one for one in lists):
            return None
        if len(words) > _PLAIN and words[1].lower not in self._cues.modifiers:
            # "le joueur serbe" may be another than whom the text is about, hardly than who spoke.
            person = self._spoke(words[0].start)
        else:
            person = self._of_paragraph(pronoun, words[0].start)
        return person if person and person.may_be(pronoun, self._cues) else None

    def _noun_of(self, words: Sequence[Token]) -> tuple[str, Token] | None:
        """The article and the noun of "la femme", "l'ancienne juge", "le coureur breton" and "die frühere Wirtin"."""
        if not words:
            return None
        article, rest = words[0].lower, words[1:]
        if is_elided(words[0], self._cues):
            quality = words[0].lower.rpartition("'")[2]
            if quality not in self._cues.modifiers:
                return article, words[0]
            sexed = self._cues.she_articles if quality.endswith(_WOMANS) else self._cues.he_articles
            article = min(sexed, default=article)
        elif len(words) == 1 and self._cues.he_nouns:
            return article, words[0]
        elif article not in self._cues.definite:
            return None
        while len(rest) > 1 and (
            rest[0].lower in self._cues.modifiers or (self._cues.capital_nouns and rest[0].text.islower())
        ):
            rest = rest[1:]
        behind = rest[1:]
        if not rest or (behind and not (self._cues.inverts and self._goes_with(behind))):
            return None
        aged = len(words) > 1 and age_of(words[1], self._cues) is not None
        plain = aged or (len(words) == _PLAIN and not self._cues.capital_nouns)
        return (article, rest[0]) if plain or self._is_trade(article, rest[0]) else None

    def _is_trade(self, article: str, head: Token) -> bool:
        """Whether the noun says what a person does, and is no "présidence"."""
        noun = head.lower
        if self._cues.capital_nouns:
            woman = article in self._cues.she_articles
            return woman and is_trade(head, self._cues) and noun.endswith(_GERMAN_WOMANS)
        endings = self._cues.trade_endings | self._cues.role_endings
        return noun in self._cues.he_nouns | self._cues.she_nouns or noun.endswith(tuple(endings))

    def _goes_with(self, words: Sequence[Token]) -> bool:
        """Whether it is the "breton" of "le coureur breton" or the "de Brest" of "la native de Brest"."""
        if words[0].lower in self._cues.owners or words[0].lower in self._cues.contractions:
            return len(words) > 1
        return len(words) == 1 and words[0].text.islower()
