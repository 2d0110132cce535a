"""Which earlier sentences a sentence cannot be read without. Pure.

It leans on the one before it by what it opens with, by a connector, or by a pronoun that nobody in it is meant by; and on
the one that introduces a person whom it calls by the last name alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.summary.openings import OPENERS, Openings, is_question
from bot.text.cues import NONE, Cues

CONNECTED = 6
"""Words at the head of a sentence among which a connector joins it to the one before, and not two of its clauses."""

HEAD = 12
"""Words at the head of a sentence in which its subject stands."""

LONG_HEAD = 80
"""Characters within which what opens a sentence has ended."""

_PAST = "te"
_PARTICIPLE = ("ge", "letz", "ers", "zwei", "drit", "bekann")
"""How a German verb of the past ends, and what ends so and is an adjective: "sagte", but "geplante", "letzte"."""

_FEW = 10
"""Words of a sentence in which nothing else may be meant by the "it" at its end."""

_QUOTING = frozenset("\"“„«»‘'")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_NOT_SMALL = re.compile(r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’-].)[^\W\d_]*(?:['’-][^\W\d_]+)*\.?")
"""Those of the tokens that begin with no small letter of ASCII: few, so that the rest need not be looked at."""


WORDLESS = Cues(say=NONE, titles=NONE, he=NONE, she=NONE)
"""The cues of a language without a list."""


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences of an article in order, and the paragraph of each.

    ``words`` are those of each text; ``title`` is what a reader has read before. ``cues`` and ``openings`` are the language's.
    """

    texts: Sequence[str]
    words: Sequence[Sequence[str]]
    paragraphs: Sequence[int]
    title: Sequence[str]
    cues: Cues
    openings: Openings


def needs_of(told: Told) -> list[frozenset[int]]:
    """For each sentence the earlier ones that it needs; the first needs none, since there the writer began."""
    introduced = _introduced(told)
    return [
        (frozenset({at - 1}) if at and _leans_back(told, at) else frozenset()) | introduced[at]
        for at in range(len(told.texts))
    ]


def leans(text: str, words: Sequence[str], cues: Cues, openings: Openings) -> bool:
    """Whether a sentence points back to another one, wherever in it."""
    low = [word.lower() for word in words]
    if "’" in text:
        low = [word.replace("’", "'") for word in low]
    if not low:
        return False
    return (
        _opens_back(words, low, cues, openings)
        or text[:80].lower().lstrip(OPENERS).replace("’", "'").startswith(openings.phrases)
        or any(word in openings.connectors for word in low[:CONNECTED])
        or _joined(text, openings)
        or _said_by_nobody(low, cues, openings)
        or (text.lstrip()[:1] in _QUOTING and low[-2:-1] != [] and low[-2] in openings.subjects)
        or _early_pronoun(words, low, cues, openings)
        or _inverted_pronoun(text, words, openings)
        or _clause_points_back(text, low, openings)
        or _epithet(text, openings)
        or _ends_back(words, low, openings)
    )


def _leans_back(told: Told, at: int) -> bool:
    answers = told.paragraphs[at] == told.paragraphs[at - 1] and is_question(told.texts[at - 1])
    return answers or leans(told.texts[at], told.words[at], told.cues, told.openings)


def _opens_back(words: Sequence[str], low: Sequence[str], cues: Cues, openings: Openings) -> bool:
    if low[0] in openings.links:
        return True
    at = 1 if low[0] in openings.prepositions and len(low) > 1 else 0
    if low[0] in openings.demonstratives and len(low) > 1 and low[1] in openings.verbs:
        return True
    following = low[at + 1] if len(low) > at + 1 else ""
    pronoun = low[at] in openings.pronouns and following not in openings.times | openings.impersonal
    return pronoun and not (low[at] in cues.definite and _leads_to_noun(words[at:], cues))


def _leads_to_noun(words: Sequence[str], cues: Cues) -> bool:
    """Whether an article opens the words and no pronoun: "Das Gericht hat", "Das neue Gesetz", not "Das sagte Lee"."""
    if not cues.capital_nouns or len(words) < 2:
        return False
    if words[1][0].isupper():
        return True
    quality = words[1]
    past = quality.endswith(_PAST) and not quality.startswith(_PARTICIPLE)
    return len(words) > 2 and words[2][0].isupper() and quality.endswith("e") and not past


def _joined(text: str, openings: Openings) -> bool:
    """As in "Die Brücke sei dann zu": "Wer zahlt, der darf dann hinüber" has both clauses."""
    first = text[:LONG_HEAD].partition(",")[0] if openings.joiners else ""
    return any(match.group().lower() in openings.joiners for match in _TOKEN.finditer(first))


def _said_by_nobody(low: Sequence[str], cues: Cues, openings: Openings) -> bool:
    """As in "... he said", "sagte er", "dit-il", and where a verb needs no pronoun, "..., dijo"."""
    if cues.drops_pronoun and low[-1] in cues.say:
        return True
    both = not (cues.say.isdisjoint(low) or openings.subjects.isdisjoint(low))
    if both and any(_says(low, at, cues, openings) for at in range(len(low) - 1)):
        return True
    for stem, _, last in [word.rpartition("-") for word in low if "-" in word]:
        if last in openings.subjects and stem.removesuffix("-t") in cues.say:
            return True
    return False


def _says(low: Sequence[str], at: int, cues: Cues, openings: Openings) -> bool:
    """Whether a pronoun and its verb stand there, in either order; not "gibt es", and not "Police said they were"."""
    one, other = low[at : at + 2]
    pronoun, verb = (one, other) if one in openings.subjects else (other, one)
    if verb not in cues.say or pronoun not in openings.subjects:
        return False
    if verb in openings.impersonal and pronoun not in cues.he | cues.she:
        return False
    # Where no verb stands before its subject, "said they" is one clause at the end of a sentence alone.
    return pronoun == one or cues.verb_second or cues.inverts or at + 2 == len(low)


def _early_pronoun(words: Sequence[str], low: Sequence[str], cues: Cues, openings: Openings) -> bool:
    """A subject that is a pronoun behind "In a later post, ...", with no name before it to be meant."""
    if cues.verb_second or low[0] not in openings.prepositions:
        return False
    heads = enumerate(pairwise(low[: HEAD + 1]))
    told = (at for at, (word, verb) in heads if word in openings.subjects and verb not in openings.impersonal)
    at = next(told, 0)
    named = [word for word in words[1:at] if word[0].isupper()]
    return at > 0 and (
        not named or (low[0] in openings.places and len(named) == at - 1 and "'" not in low[at - 1])
    )


def _inverted_pronoun(text: str, words: Sequence[str], openings: Openings) -> bool:
    """A pronoun behind the verb of the first clause: "Von Rostock aus sollen sie ..."."""
    if not openings.inverted:
        return False
    first = words[: min(len(_TOKEN.findall(text[:LONG_HEAD].partition(",")[0])), HEAD)]
    for before, word in pairwise(first[1:]):
        if word in openings.links or before in openings.askers:
            return False
        if word in openings.inverted and before.islower():
            return True
    return False


def _clause_points_back(text: str, low: Sequence[str], openings: Openings) -> bool:
    """As in "In October, that child ...": the clause behind begins with a pronoun that is no subject."""
    head, comma, clause = text[:LONG_HEAD].partition(", ")
    first = _TOKEN.match(clause)
    if not comma or low[0] not in openings.prepositions or first is None or '"' in head:
        return False
    return first.group().lower() in openings.pronouns - openings.subjects


def _epithet(text: str, openings: Openings) -> bool:
    """As in "The 36-year-old", with no name behind it and no comma before."""
    found = openings.epithets.finditer(text) if openings.epithets else ()
    return any(not text[: match.start()].rstrip().endswith(",") for match in found)


def _ends_back(words: Sequence[str], low: Sequence[str], openings: Openings) -> bool:
    """As in "Few in the ground will forget it": a short sentence that names nobody ends with what somebody did it to."""
    if low[-1] not in openings.last or not 2 < len(words) <= _FEW:
        return False
    return not any(word[0].isupper() for word in words[1:])


class _Run(NamedTuple):
    """Capitalised words side by side, from ``start`` to ``end`` of their ``text``; a tuple, as there are many.

    ``since`` is where the last capitalised word before them begins.
    """

    words: tuple[str, ...]
    text: str
    since: int
    start: int
    end: int

    @property
    def before(self) -> str:
        """The word before them in lower case."""
        return "".join(_TOKEN.findall(self.text, self.since, self.start)[-1:]).lower()

    @property
    def behind(self) -> str:
        """The word behind them in lower case."""
        found = _TOKEN.search(self.text, self.end)
        return found[0].lower() if found else ""


def _introduced(told: Told) -> list[frozenset[int]]:
    """For each sentence the ones that introduce the people whom it calls by their last names alone."""
    runs = [list(_runs(text, told.cues)) for text in told.texts]
    full: dict[str, int] = {}
    for at, found in enumerate(runs):
        for run in found:
            if len(run.words) > 1:
                full.setdefault(run.words[-1], at)
    people = _people(full, (run for found in runs for run in found), told.cues)
    known = set(told.title)
    needed: list[frozenset[int]] = []
    for at, found in enumerate(runs):
        here = {run.words[-1] for run in found if len(run.words) > 1}
        alone = {run.words[0] for run in found if len(run.words) == 1} & people
        needed.append(frozenset(full[name] for name in alone - here - known if full[name] < at))
    return needed


def _people(full: Iterable[str], runs: Iterable[_Run], cues: Cues) -> set[str]:
    """Of the last words of names those that are somebody's: who has a first name, or speaks, and is never "the".

    Where nouns have small letters, a name that stands alone is enough.
    """
    sure: set[str] = set()
    named, never = set(full), set[str]()
    for run in runs:
        last = run.words[-1]
        if last in named and len(run.words) == 1:
            before = run.before
            if before in cues.articles or before in cues.definite:
                never.add(last)
            elif not cues.verb_second or before in cues.say or run.behind in cues.say:
                sure.add(last)
        elif last in named and run.words[0].lower() in cues.given:
            sure.add(last)
    return sure - never


def _runs(text: str, cues: Cues) -> Iterator[_Run]:
    capital = [one for one in _NOT_SMALL.finditer(text) if one[0][0].isupper()]
    first = 0
    while first < len(capital):
        end = first + 1
        while end < len(capital) and _beside(text, capital[end - 1], capital[end]):
            end += 1
        bare = [_bare(one[0]) for one in capital[first:end]]
        named = tuple([word for word in bare if word.lower() not in cues.courtesy])
        if named:
            since = capital[first - 1].start() if first else 0
            yield _Run(named, text, since, capital[first].start(), capital[end - 1].end())
        first = end


def _beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether nothing but a space stands between the words, and the first ends no sentence."""
    ended = one[0].endswith(".") and len(one[0]) > 2 + 2
    return not ended and text[one.end() : other.start()] == " "


def _bare(word: str) -> str:
    return word.rstrip(".").replace("’", "'").removesuffix("'s")
