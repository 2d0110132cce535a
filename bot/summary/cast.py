"""The people of one article: the full names that it gives, and whom a shorter mention means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.summary.cues import Cues
from bot.summary.tokens import Token

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_PARTICLES = frozenset(
    [
        "de",
        "van",
        "von",
        "der",
        "den",
        "da",
        "di",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "del",
        "della",
        "dos",
        "ter",
        "ten",
        "af",
        "av",
        "zu",
        "y",
    ]
)
Names = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Person:
    """Somebody with a first and a last name; ``words`` are roles and titles beside the name."""

    first: str
    last: str
    names: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)
    speaks: bool = False

    @property
    def name(self) -> str | None:
        """The form that the article uses most; of equals the first; ``None``: never in full."""
        return max(self.names, key=lambda name: self.names[name], default=None)

    def may_be(self, pronoun: str, cues: Cues) -> bool:
        """Whether "he" or "she" can mean this person; without a sign of the sex either can."""
        known = {self.first, *self.words}
        return not self.has_a_sex(cues) or bool(known & (cues.male if pronoun in cues.he else cues.female))

    def has_a_sex(self, cues: Cues) -> bool:
        """Whether first name and titles tell it, without contradiction."""
        known = {self.first, *self.words}
        return bool(known & cues.male) != bool(known & cues.female)

    def surely(self, cues: Cues) -> bool:
        """Whether a known first name, a title or a say-verb shows that this is a person at all."""
        known = {self.first, *self.words}
        return self.speaks or bool(known & (cues.male | cues.female | cues.titles))


class Cast:
    """Everybody that an article names in full; asks for exactly one candidate, or answers nobody."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._people: dict[tuple[str, str], Person] = {}
        self._by_last: dict[str, list[Person]] = {}
        self._strangers: dict[str, Person] = {}

    def read(self, text: str, found: Sequence[Token]) -> None:
        """Take in the names among these tokens."""
        at = 0
        while at < len(found):
            last = run_end(found, at)
            if last > at:
                self._take(text, found, at, last)
            at = max(last, at + 1)

    def _take(self, text: str, found: Sequence[Token], start: int, end: int) -> None:
        first = name_start(found, start, end, self._cues)
        if not is_full_name(found, first, end, self._cues):
            return
        bare = end - 1
        while found[bare].lower in _SUFFIXES:
            bare -= 1
        key = found[first].lower, found[bare].lower
        person = self._people.get(key)
        if person is None:
            person = self._people[key] = Person(*key)
            self._by_last.setdefault(key[1], []).append(person)
        person.names[text[found[first].start : found[end - 1].end]] += 1
        person.words |= roles_beside(found, first, end, self._cues)

    def knows(self, last: str) -> bool:
        """Whether anybody in the article has this last name."""
        return last in self._by_last

    def named(self, names: Sequence[str]) -> Person | None:
        """The one person that these name words (title left out) may mean."""
        if not names:
            return None
        *rest, last = [name.lower() for name in names if name.lower() not in _SUFFIXES] or [""]
        candidates = self._by_last.get(last, [])
        if rest and self._cues.titles.isdisjoint(rest):
            candidates = [person for person in candidates if person.first == rest[0]]
        return candidates[0] if len(candidates) == 1 else None

    def stranger(self, last: str) -> Person:
        """Somebody whom the article gives no full name, or not one alone; the same for one surname."""
        return self._strangers.setdefault(last, Person("", last))

    def described(self, role: str, qualities: set[str]) -> Person | None:
        """The one person beside whose name stand this role and these qualities."""
        fitting = [
            person
            for person in self._people.values()
            if role in person.words and all(self._fits(quality, person.words) for quality in qualities)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _fits(self, quality: str, words: set[str]) -> bool:
        places = self._cues.nationality.get(quality, frozenset())
        return any(word == quality or word in places or _same_country(quality, word) for word in words)


def _same_country(one: str, other: str) -> bool:
    """Russia and Russian, Belarus and Belarusian: the shorter but its last letter, four at least."""
    stem = min(len(one), len(other)) - 1
    return stem >= 4 and one[:stem] == other[:stem]


def run_end(found: Sequence[Token], at: int) -> int:
    """Behind the run of capital words (and particles between them) that begins at ``at``."""
    end = at
    while end < len(found):
        token = found[end]
        between = (
            token.lower in _PARTICLES and end > at and end + 1 < len(found) and found[end + 1].is_capital
        )
        if not token.is_capital and not between:
            break
        end += 1
    return end


def name_start(found: Sequence[Token], start: int, end: int, cues: Cues) -> int:
    """Where the name itself starts: behind titles, nationalities before titles, and openers."""
    first = start
    for at in range(start, end - 1):
        word = found[at].lower
        if word in cues.titles or word in cues.modifiers or word in cues.openers or word in cues.say:
            first = at + 1
    if (
        first == start
        and start >= 2
        and found[start - 1].lower in {"of", "for"}
        and found[start - 2].lower in cues.titles
    ):
        while first < end - 1 and found[first].lower in cues.of_titles:
            first += 1
    return first


def is_full_name(found: Sequence[Token], first: int, end: int, cues: Cues) -> bool:
    """Two to five name words, none of which names a body or a place."""
    words = [found[at].lower for at in range(first, end)]
    if not 2 <= len(words) <= 5 or len(found[end - 1].text) < 2 or words[-1] == words[0]:
        return False
    if words[0] in cues.place_starts or words[-1] in cues.titles or words[-1] in cues.openers:
        return False
    return not any(word in cues.bodies or word in cues.groups for word in words) and not (
        all(found[at].text.isupper() and len(found[at].text) > 2 for at in range(first, end))
    )


def roles_beside(found: Sequence[Token], first: int, end: int, cues: Cues) -> set[str]:
    """The role and its qualities that stand right before the name, or behind it between commas."""
    words = _before(found, first, cues)
    if (
        end + 1 < len(found)
        and found[end].text == ","
        and found[end + 1].lower in {"the", "a", "an", "president"}
    ):
        words |= _role_words(found, end + 1, min(len(found), end + 10), cues)
    return words


def _before(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    at = first - 1
    if at >= 0 and found[at].text == ",":
        at -= 1
        stop = at
        while (
            stop >= 0
            and at - stop < 8
            and found[stop].is_word
            and found[stop].lower not in {"the", "his", "her"}
        ):
            stop -= 1
        words = _role_words(found, max(0, stop), at + 1, cues)
    else:
        stop = at
        while stop >= 0 and at - stop < 8 and _describes(found[stop], cues):
            stop -= 1
        words = {found[n].lower for n in range(stop + 1, at + 1)}
        words = words if words & cues.titles else set()
    return words | _shared_role(found, first, cues) if "counterpart" in words else words


def _shared_role(found: Sequence[Token], first: int, cues: Cues) -> set[str]:
    """In "the President of A and his B-an counterpart": the counterpart has the role named before."""
    for at in range(first - 1, max(-1, first - 30), -1):
        word = found[at].lower
        if found[at].text == ".":
            break
        if word in cues.titles and word != "counterpart":
            return {word}
    return set()


def _describes(token: Token, cues: Cues) -> bool:
    return (
        token.is_capital or token.lower in cues.titles or token.lower in cues.modifiers or "-" in token.text
    )


def _role_words(found: Sequence[Token], start: int, end: int, cues: Cues) -> set[str]:
    """The words of "the president of Russia", up to the next mark, if a role is among them."""
    words: set[str] = set()
    for at in range(start, end):
        if not found[at].is_word or found[at].lower in cues.say:
            break
        words.add(found[at].lower)
    return words if words & cues.titles else set()
