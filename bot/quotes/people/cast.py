"""The people of one article: the full names that it gives, and whom a shorter mention means."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from bot.quotes.people.person import Person, forms_of
from bot.quotes.people.ranks import is_heard
from bot.quotes.people.whole_names import drop_trade, join_forms, join_longer, join_short
from bot.quotes.phrases.names import (
    HONOURS,
    SUFFIXES,
    has_family_first,
    is_full_name,
    is_noun,
    is_noun_like,
    is_trade,
    name_start,
    run_end,
    same_country,
    unaccented,
)
from bot.quotes.phrases.role_span import party, role_beside, trade_in
from bot.quotes.phrases.roles import is_introduced, pronoun_of_article, regal_title, roles_beside
from bot.text.cues import Cues
from bot.text.tokens import Token, without_article

NEAR = 1500
"""Characters, three paragraphs or so, within which a full name colours the bare surname behind it."""
_ABOVE = 3
"""Words of a name in a title; more are words of the title."""


class People:
    """Everybody that an article names in full; asks for exactly one candidate, or answers nobody."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._people: dict[tuple[str, str], Person] = {}
        self._by_last: dict[str, list[Person]] = {}
        self._strangers: dict[str, Person] = {}
        self._above: dict[str, list[Person]] = {}
        self._headed: set[tuple[str, str]] = set()
        self._plain: set[str] = set()
        self._inside: set[str] = set()
        self._nouns: set[str] = set()
        self._heard: set[str] = set()

    def read(self, text: str, found: Sequence[Token]) -> None:
        """Take in the names among these tokens; ``settle`` follows the last of them."""
        at, stop = 0, len(found)
        self._plain |= {token.text for token in found if token.is_word and token.text.islower()}
        while at < stop:
            if not found[at].is_capital:
                at += 1
                continue
            last = run_end(found, at, self._cues)
            if last == at + 1 and at and found[at - 1].is_word:
                self._inside.add(found[at].text)
            if last > at:
                self._take(text, found, at, last)
                if is_heard(found, at, last, self._cues):
                    self._heard.add(found[last - 1].lower)
            at = max(last, at + 1)

    def read_above(self, text: str, found: Sequence[Token]) -> None:
        """Take in who is named above the body, in the title or the standfirst: the body may say the surname alone.

        There every word may have a capital, so that only a known first name shows a name.
        """
        self._headed |= {
            (one.lower.rpartition("'")[2], other.lower)
            for one, other in pairwise(found)
            if other.is_capital and not one.text.isupper()
        }
        at = 0
        while at < len(found):
            end = run_end(found, at, self._cues) if found[at].is_capital else at
            first = name_start(found, at, end, self._cues) if end > at else at
            full = end > at and is_full_name(found, first, end, self._cues)
            known = full and found[first].lower in self._cues.given
            if known and end - first <= _ABOVE and found[end - 1].lower not in self._cues.given:
                person = Person(found[first].lower, found[end - 1].lower)
                person.words |= roles_beside(found, first, end, self._cues)
                person.names[text[found[first].start : found[end - 1].end]] += 1
                self._above.setdefault(person.last, []).append(person)
            at = max(end, at + 1)

    def _take(self, text: str, found: Sequence[Token], start: int, end: int) -> None:
        first = name_start(found, start, end, self._cues)
        regal = regal_title(found, first, end, self._cues)
        full = is_full_name(found, first, end, self._cues) and not self._is_noun(found, first, end)
        if not full and regal is None:
            return
        while found[end - 1].lower in HONOURS and end - first > 2:
            end -= 1
        bare = end - 1 if regal is None else first
        while found[bare].lower in SUFFIXES:
            bare -= 1
        key = found[first].lower, found[bare].lower
        person = self._people.get(key)
        if person is None:
            person = self._people[key] = Person(*key)
            person.shaky = first == 0 or not found[first - 1].is_word
        called = first > start and self._cues.capital_nouns and is_trade(found[first - 1], self._cues)
        person.introduced |= called or is_introduced(found, end, self._cues)
        told = pronoun_of_article(found, first, self._cues)
        person.meant += told
        person.articled = person.articled or next(iter(told), "")
        titled = regal is not None and found[regal].is_capital
        begin = found[first - titled].start
        person.names[text[begin : found[end - 1].end]] += 1
        person.places.append(begin)
        person.words |= roles_beside(found, first, end, self._cues)
        for short in self._cues.abbreviated.keys() & person.words:
            person.words.add(self._cues.abbreviated[short])
        role = role_beside(found, first, end, self._cues)
        if not (titled and role and role.start < found[first].start):  # the title is in the name
            person.role = person.role or role
            called_so = (
                trade_in(found, role, self._cues) if role else found[first - 1].lower if called else ""
            )
            person.trade = person.trade or called_so
        if end < len(found) and found[end].text == "(":
            person.party = person.party or party(found, end, self._cues)

    def _is_noun(self, found: Sequence[Token], first: int, end: int) -> bool:
        """Whether, where nouns have capitals, an article makes a noun of the first of two: "der junge Dritte Lee"."""
        if not self._cues.capital_nouns or end - first != 2 or found[first].lower in self._cues.given:
            return False
        noun = is_noun(found, first, self._cues)
        if noun:
            self._nouns.add(found[first].lower)
        return noun

    def settle(self) -> None:
        """Sort out, once everything is read, which names mean the same person and which mean none."""
        self._take_from_above()
        self._drop_owned()
        self._drop_joined()
        self._drop_nouns()
        join_forms(self._people, self._cues)
        join_longer(self._people, self._cues)
        join_short(self._people, self._cues)
        for person in self._people.values():
            person.role = person.role or person.party
            if person.shaky and person.first in self._plain and person.first not in self._cues.given:
                drop_trade(person)
            person.plain = person.first in self._plain
            firm = person.first in self._cues.given or person.words or len(person.places) > 1
            firm = firm or person.introduced or (person.first, person.last) in self._headed
            person.shaky = not firm and (person.shaky or person.first in self._plain)
            self._by_last.setdefault(person.last, []).append(person)
        firsts = Counter(person.first for person in self._people.values())
        for person in self._people.values():
            known = person.first in self._cues.given or (person.words and not self._cues.capital_nouns)
            known = known or person.first in self._cues.family_first
            known = known or has_family_first((person.name or "").rpartition(" ")[2])
            if firsts[person.first] == 1 and known:
                self._strangers[person.first] = person
        for last, people in self._by_last.items():
            firm_ones = [person for person in people if not person.shaky]
            self._by_last[last] = firm_ones or people
            if len(firm_ones) > 1 and any(one.surely(self._cues) for one in firm_ones):
                for one in firm_ones:
                    one.related = True
        for last in self._heard & self._by_last.keys():
            if len(self._by_last[last]) == 1:
                self._by_last[last][0].speaks |= not self._by_last[last][0].shaky

    def _take_from_above(self) -> None:
        """Add who is named in full above the body alone."""
        for last in self._above.keys() - {last for _, last in self._people}:
            self._people |= {(person.first, last): person for person in self._above[last]}

    def _drop_owned(self) -> None:
        """In German "Vogels Interview" and "Kampf Vogels" are no names where somebody is called Vogel."""
        if not self._cues.title_endings:
            return
        last = {last for _, last in self._people}
        owned = [key for key in self._people if any(word[-1] == "s" and word[:-1] in last for word in key)]
        for key in owned:
            if key[0] not in self._cues.given:
                del self._people[key]

    def _drop_joined(self) -> None:
        """No name is "Bilaterale Lee-Hale" where the article has a Lee and a Hale."""
        last = {last for _, last in self._people}
        for key in [key for key in self._people if "-" in key[1] and last.issuperset(key[1].split("-"))]:
            if key[0] not in self._cues.given:
                del self._people[key]

    def _drop_nouns(self) -> None:
        """In German "Trendscout Lee" is no second person where the article has Ann Lee."""
        if not self._cues.capital_nouns:
            return
        named = {last for first, last in self._people if first in self._cues.given}
        for (first, last), person in list(self._people.items()):
            if last in named and first not in self._cues.given and is_noun_like(first, self._cues):
                self._nouns.add(first)
                del self._people[person.first, last]
            elif first in named and first not in self._cues.given and len(person.places) == 1:
                # "Dort sieht Lee Vorteile": a surname, and the object behind it.
                del self._people[person.first, last]

    @cached_property
    def headed(self) -> Person | None:
        """The one person whom the headline names in full."""
        people = [one for key, one in self._people.items() if key in self._headed]
        return people[0] if len(people) == 1 else None

    @property
    def only(self) -> Person | None:
        """The one person of the article, if nobody else surely is one."""
        people = [one for one in self._people.values() if one.surely(self._cues) and not one.shaky]
        return people[0] if len(people) == 1 else None

    def first_named(self, at: int) -> Person | None:
        """The one person whom the article has named before character ``at``."""
        before = [one for one in self._people.values() if one.places and one.places[0] < at]
        return before[0] if len(before) == 1 else None

    def last_names(self) -> frozenset[str]:
        """The last names of everybody who is surely a person."""
        return frozenset(
            last
            for last, people in self._by_last.items()
            if any(one.surely(self._cues) and not one.shaky for one in people)
        )

    def knows(self, last: str) -> bool:
        """Whether anybody in the article has this last name."""
        return last in self._by_last

    def is_somebody(self, token: Token) -> bool:
        """Whether a capital word that opens a sentence may name a person, of whom no more is known."""
        word = token.lower
        lists = (self._cues.openers, self._cues.bodies, self._cues.place_starts, self._cues.groups)
        return (
            token.text in self._inside
            and word not in self._plain
            and not any(word in words for words in lists)
        )

    def named(self, names: Sequence[str]) -> Person | None:
        """The one person that these name words (title left out) may mean."""
        called = [name.lower().replace("’", "'") for name in names]
        while len(called) > 1 and called[0] in self._cues.particles and called[0] not in self._cues.given:
            called.pop(0)
        *rest, last = [word for word in called if word not in SUFFIXES | HONOURS] or [""]
        if (
            rest
            and (called_so := self._people.get((rest[0], last))) is not None
            and called_so.is_plainly_named()
        ):
            return called_so  # however little else shows that "Aoife Lee" is one of the Lees
        candidates = self._by_last.get(last) or self._by_last.get(self._called(last)) or self._bare_last(last)
        lists = (self._cues.titles, self._cues.male_titles, self._cues.female_titles, self._nouns)
        if rest and all(words.isdisjoint(rest) for words in lists):
            firsts = {rest[0], *(form for form, _ in forms_of(rest[0], self._cues))}
            candidates = [one for one in candidates if one.first in firsts or one.short in firsts]
        return candidates[0] if len(candidates) == 1 else None

    def called(self, first: str) -> Person | None:
        """The one person whom this first name may mean, if the article has one alone of that name."""
        person = self._strangers.get(first.lower())
        return person if person is not None and person.name is not None else None

    def _bare_last(self, last: str) -> list[Person]:
        """Everybody whose last name is the same but for its accents or article: "Murátov" and "Muratov", "Masri" and "al-Masri"."""
        if not (self._cues.inverts or self._articled or "-" in last):
            return []
        return self._by_bare_last.get(self._bare(last), [])

    @cached_property
    def _articled(self) -> bool:
        """Whether anybody's last name may have an Arabic article."""
        return any("-" in last for last in self._by_last)

    def _bare(self, last: str) -> str:
        bare = without_article(last) if "-" in last else last
        return unaccented(bare) if self._cues.inverts else bare

    @cached_property
    def _by_bare_last(self) -> dict[str, list[Person]]:
        bare: dict[str, list[Person]] = {}
        for last, people in self._by_last.items():
            bare.setdefault(self._bare(last), []).extend(people)
        return bare

    def _called(self, last: str) -> str:
        """The last name of somebody here that this is a form of ("Virtasen"), or the form itself."""
        return next((form for form, _ in forms_of(last, self._cues) if form in self._by_last), last)

    def bare(self, names: Sequence[str], title: str, at: int) -> Person | None:
        """Like ``named``; of several of one surname the one whom it means at character ``at``.

        That is the one whom the ``title`` before it fits, or else whom the article is about.
        """
        person = self.named(names)
        family = self._by_last.get(names[-1].lower().replace("’", "'"), []) if len(names) == 1 else []
        male, female = (title in sexed for sexed in (self._cues.male_titles, self._cues.female_titles))
        form, pronouns = ("he", self._cues.he) if male else ("she", self._cues.she)
        if person is not None or len(family) < 2:
            other = (male or female) and len(names) == 1 and not self._may_bear(person, pronouns, form)
            return None if other else person
        if male or female:
            fitting = [one for one in family if any(one.may_be(word, self._cues) for word in pronouns)]
            return fitting[0] if len(fitting) == 1 else None
        return self._main(family, at)

    def _may_bear(self, person: Person | None, pronouns: Iterable[str], form: str) -> bool:
        """Whether a title of that sex may stand before the surname: "Mrs Sand" is no Ulf Sand.

        Where the article itself says "she" of Robin Sand, the list of first names is wrong.
        """
        if person is None or person.meant[form] > 0:
            return True
        return any(person.may_be(word, self._cues) for word in pronouns)

    def _main(self, family: Sequence[Person], at: int) -> Person | None:
        """Whom a surname means that several share: named in full more than any, and last before ``at``.

        Beside relatives it is whom the headline names, wherever they stand.
        """
        order = sorted(family, key=lambda one: (-len(one.places), one.places[:1]))
        main, other = order[0], order[1]
        kin = [one for one in family if one.words & self._cues.kin]
        headed = [one for one in family if (one.first, one.last) in self._headed]
        if len(family) - len(kin) == 1:
            main = next(one for one in family if one not in kin)
        elif len(headed) == 1:
            main = headed[0]
        elif len(main.places) == len(other.places):
            return None
        if headed == [main] and main not in kin:
            family = [main, *(one for one in family if one not in kin and one is not main)]
        before = [(place, one) for one in family for place in one.places[: bisect_left(one.places, at)][-1:]]
        place, nearest = max(before, key=lambda pair: pair[0], default=(0, main))
        return main if nearest is main or at - place > NEAR else None

    def stranger(self, last: str) -> Person:
        """Somebody whom the article gives no full name, or not one alone; the same for one surname."""
        return self._strangers.setdefault(last, Person("", last))

    def described(self, role: str, qualities: Iterable[str]) -> list[Person]:
        """Everybody beside whose name stand this role and these qualities; else a role joined of it.

        Where words are joined "der Minister" may mean the "Innenminister".
        """
        fitting = [
            person
            for person in self._people.values()
            if role in person.words and all(self._fits(quality, person.words) for quality in qualities)
        ]
        joined = self._cues.title_endings and role not in self._cues.voices
        if fitting or not joined or any(self._cues.is_foreign(quality) for quality in qualities):
            return fitting
        return self._holding(role)

    def called_else(self, role: str, qualities: Iterable[str], names: Iterable[str]) -> list[Person]:
        """Whoever holds what an article calls a role, too, alone or at the end of a joined word; of whom, ``names`` tell."""
        other = self._cues.called_else(role)
        if not other or any(self._cues.is_foreign(quality) for quality in qualities):
            return []
        joined = bool(self._cues.title_endings)
        return [
            one
            for one in self._people.values()
            if any(word in other or (joined and word.endswith(other)) for word in one.words)
            and all(self._fits(name, one.words) for name in names)
        ]

    def _holding(self, role: str) -> list[Person]:
        return [one for one in self._people.values() if any(word.endswith(role) for word in one.words)]

    def aged(self, age: str) -> list[Person]:
        """Everybody of that age, as far as the article says it."""
        return [person for person in self._people.values() if age in person.words]

    def of_country(self, quality: str) -> list[Person]:
        """Everybody beside whose name stands that nationality, or a place of that country."""
        return [person for person in self._people.values() if self._fits(quality, person.words)]

    def of_trade(self, noun: str) -> list[Person]:
        """Everybody of whom the article first says that they are that, in whatever words."""
        return [person for person in self._people.values() if person.trade == noun]

    def has_role(self, role: str) -> bool:
        """Whether the role stands beside anybody's name."""
        joined = self._cues.title_endings and self._holding(role)
        return bool(joined) or any(role in person.words for person in self._people.values())

    def _fits(self, quality: str, words: set[str]) -> bool:
        places = self._cues.nationality.get(quality, frozenset())
        return any(word == quality or word in places or same_country(quality, word) for word in words)
