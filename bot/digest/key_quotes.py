"""The key quotes of a story: few, substantial, each once however many outlets carry it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from math import log2

from bot.domain.digests import KeyQuote, Line
from bot.domain.model import Entry, Span
from bot.stories.similarity import ALIKE, STOP, alike, folded, repeats
from bot.summary.leaning import WORDLESS, leans
from bot.summary.openings import is_question, openings_of
from bot.text.cue_files import cues_for

SHORTEST, LONGEST = 8, 35
"""Words of a quote that says something and is read to its end; others only where there is none of these."""

TOO_SHORT = 4
"""Quotes of fewer words are scare quotes, titles and slogans more often than statements."""

MOST = 100
"""Quotes of one story that are compared, the best first; more would be a transcript."""

TRIMMED = 0.8
"""A wording of at least this part of the longest is not shorter for what a reader gets of it."""

NAMED, MENTIONED, KNOWN_AS = 1.5, 0.5, 0.5
LENGTH, WHOLE, ABOUT, OUTLETS, EARLY = 1.5, 1.5, 1.5, 0.5, 0.5
AGAIN = 1.0
"""What each sign is worth: who says it, and does a reader learn who that is, is it of a length that is read, is it a whole clause, is it what the
story is about, do others find it worth printing, does the article have it early; and what a second quote
of the same speaker loses."""

LEANS, ASKS = 0.75, 1.5
"""What a quote loses that points back to what was said before it, and one that asks."""

MATTER = 4
"""Words that a quote shares with headline and lead from which it is about the story."""

LEAD = 600
"""Characters at the beginning of an article that say what it is about."""

_WE = frozenset(
    {"i", "we", "ich", "wir", "je", "nous", "jag", "jeg", "vi", "ik", "wij", "minä", "я", "мы", "ми"}
)
"""Subjects with which a clause begins that is whole although its article has it in the middle of a sentence."""

_NO_SUBJECT = frozenset({"it", "it's", "es"})
"""Words that stand for nothing more often than for something: "It is hard to say"."""

_SPOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INNER_MARKS = re.compile(r"[“”„«»\"]|(?<!\w)['‘‚’]")


@dataclass(frozen=True, slots=True)
class _Matter:
    """What the story is about: the words that say so, and all of those of its headline."""

    words: frozenset[str] = frozenset()
    headline: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Statement:
    """One statement: its best wording, and what it is worth."""

    quote: KeyQuote
    worth: float


def key_quotes(
    entries: Sequence[Entry], shown: Sequence[Line], limit: int, *, headline: str = "", whole: bool = False
) -> tuple[KeyQuote, ...]:
    """At most ``limit`` quotes of the story, those nearest to what it is about, in the order of their articles.

    What the headline or a shown line says already is left out, and so is what nobody is told to have
    said, for the outlet did not say it, and what is no clause. Of one quote in several outlets the longest wording
    that names or describes its speaker is taken, one with a name first, and of these one that says who that is. Of a long one some sentences
    are shown, unless it is to be ``whole``.
    """
    quotes = [KeyQuote(entry, quote) for entry in entries for quote in entry.quotes]
    quotes = [one for one in quotes if _size(one) >= TOO_SHORT and is_clause(one)]
    matter = _matter(entries, shown, headline)
    ranked = sorted(quotes, key=lambda one: -_worth(one, matter))[:MOST]
    new = (one for one in ranked if not repeats(one.text, headline))
    fresh = [one for one in new if not any(_said_in(one, line) for line in shown)]
    attributed = (group for group in _groups(fresh) if any(map(_attributed, group)))
    chosen = _chosen([_statement(group, matter, whole=whole) for group in attributed], limit)
    places = {entry.id: place for place, entry in enumerate(entries)}
    return tuple(sorted(chosen, key=lambda one: (places[one.entry.id], one.quote.words)))


def is_clause(quote: KeyQuote) -> bool:
    """Whether somebody could have said it so: it begins as a sentence does, or with a subject of its own.

    "A bridge too far" in the middle of a sentence needs that sentence. Where verbs need no pronoun, many words are enough.
    """
    if _is_whole(quote):
        return True
    cues = cues_for(quote.entry.article.language)
    first = next(iter(_spoken(quote.text)), "")
    return _size(quote) >= SHORTEST and (first in _WE or bool(cues and cues.drops_pronoun))


def shortened(quote: KeyQuote, matter: _Matter | None = None) -> KeyQuote:
    """The quote; of one that is too long to be read to its end those of its sentences, side by side, that are best alone."""
    best, about = quote, matter or _Matter()
    if _size(quote) > LONGEST and not _INNER_MARKS.search(quote.text):
        best = max(_runs(quote), key=lambda one: _worth(one, about), default=quote)
    return best


def _runs(quote: KeyQuote) -> Iterator[KeyQuote]:
    """All of its sentences side by side that are neither too long nor too short."""
    from bot.text.sentences import split  # whoever lists quotes need not load it

    sentences = split(quote.text, quote.entry.article.language)
    start = quote.quote.words.start
    for at, first in enumerate(sentences):
        for last in sentences[at:]:
            words = Span(start + first.start, start + last.end)
            run = replace(quote, quote=replace(quote.quote, words=words))
            if _size(run) > LONGEST:
                break
            if _size(run) >= SHORTEST:
                yield run


def is_statement(quote: KeyQuote) -> bool:
    """Whether it is a whole clause of a length that says something and is read to its end, and asks nothing."""
    return SHORTEST <= _size(quote) <= LONGEST and _is_whole(quote) and not is_question(quote.text)


def once_each(quotes: Iterable[KeyQuote]) -> list[KeyQuote]:
    """Each statement once, in the wording that comes first, with the names of all outlets that print one of its wordings."""
    return [
        replace(
            group[0], sources=tuple(dict.fromkeys(filter(None, (one.entry.article.source for one in group))))
        )
        for group in _groups(quotes)
    ]


def _matter(entries: Sequence[Entry], shown: Sequence[Line], headline: str) -> _Matter:
    """The words that say what the story is about: of its headline, its lead and what is shown of it.

    A quote does not vouch for itself: what the lead quotes is left out.
    """
    texts = [headline, *(line.text for line in shown)]
    if entries:
        article, at = entries[0].article, 0
        texts.append(article.standfirst or "")
        for quote in sorted(entries[0].quotes, key=lambda one: one.words):
            texts.append(article.text[at : min(quote.words.start, LEAD)])
            at = quote.words.end
        texts.append(article.text[at:LEAD])
    return _Matter(
        frozenset(word for text in texts for word in folded(text)) - STOP, frozenset(folded(headline))
    )


def _chosen(statements: Sequence[_Statement], limit: int) -> tuple[KeyQuote, ...]:
    """The best, with one voice not twice while another is nearly as good."""
    chosen: list[KeyQuote] = []
    left = list(statements)
    while left and len(chosen) < limit:
        heard = {one.quote.speaker_name for one in chosen} - {None}
        best = max(left, key=lambda one: one.worth - AGAIN * (one.quote.quote.speaker_name in heard))
        left.remove(best)
        if not any(alike(best.quote.text, one.text) for one in chosen):
            chosen.append(best.quote)
    return tuple(chosen)


def _groups(quotes: Iterable[KeyQuote]) -> list[list[KeyQuote]]:
    """The wordings of each statement; the first of a group is the best of it."""
    groups: list[list[tuple[KeyQuote, frozenset[str]]]] = []
    for quote in quotes:
        words = frozenset(folded(quote.text))
        near = (group for group in groups if not words.isdisjoint(group[0][1]))
        same = next((group for group in near if any(_are_one(quote, words, *one) for one in group)), None)
        if same is None:
            groups.append([(quote, words)])
        else:
            same.append((quote, words))
    return [[quote for quote, _ in group] for group in groups]


def _are_one(quote: KeyQuote, words: AbstractSet[str], other: KeyQuote, others: AbstractSet[str]) -> bool:
    """Whether they are wordings of one statement; most that are not share too few words to be looked at closely."""
    return len(words & others) >= ALIKE * min(len(words), len(others)) and alike(quote.text, other.text)


def _statement(group: Sequence[KeyQuote], matter: _Matter, *, whole: bool) -> _Statement:
    said = [one for one in group if _attributed(one)]
    longest = max(map(_size, said))
    full = [one for one in said if _size(one) >= TRIMMED * longest]
    best = max(full, key=_told_of)
    best = best if whole else shortened(best, matter)
    outlets = {one.entry.article.source or one.entry.id for one in group}
    return _Statement(
        replace(best, outlets=len(outlets)), _worth(best, matter) + OUTLETS * log2(len(outlets))
    )


def _told_of(quote: KeyQuote) -> tuple[bool, bool, int]:
    """How well a reader knows who it is, then how long the wording is."""
    return quote.quote.speaker_name is not None, quote.quote.role is not None, _size(quote)


def _attributed(quote: KeyQuote) -> bool:
    return quote.quote.speaker is not None


def _size(quote: KeyQuote) -> int:
    return len(folded(quote.text))


def _worth(quote: KeyQuote, matter: _Matter) -> float:
    """Who says it, whether it is read to its end, and how near it is to what the story is about."""
    named = quote.quote.speaker_name is not None
    who = NAMED if named else MENTIONED * (quote.quote.speaker is not None)
    shared = len((set(folded(quote.text)) - STOP) & matter.words)
    early = 1 - quote.quote.words.start / len(quote.entry.article.text)
    return (
        who
        + KNOWN_AS * _is_introduced(quote, matter)
        + LENGTH * _fits(_size(quote))
        + WHOLE * _is_whole(quote)
        + ABOUT * min(1.0, shared / MATTER)
        + EARLY * early
        - LEANS * _leans(quote)
        - ASKS * is_question(quote.text)
    )


def _is_introduced(quote: KeyQuote, matter: _Matter) -> bool:
    """Whether the article says who the speaker is, or its headline is about that person."""
    name = folded(quote.quote.speaker_name or "")
    return quote.quote.role is not None or (bool(name) and name[-1] in matter.headline)


def _leans(quote: KeyQuote) -> bool:
    """Whether it points back to what was said before it."""
    words, language = _spoken(quote.text), quote.entry.article.language
    if not words or words[0] in _NO_SUBJECT:
        return False
    return leans(quote.text, words, cues_for(language) or WORDLESS, openings_of(language))


def _spoken(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _SPOKEN.findall(text)]


def _fits(words: int) -> float:
    """1 between the shortest and the longest, less the further it is from them."""
    return min(1.0, words / SHORTEST, LONGEST / max(words, 1))


def _is_whole(quote: KeyQuote) -> bool:
    """Whether it begins as a sentence does; scripts without capitals always do."""
    first = next((letter for letter in quote.text if letter.isalpha()), "")
    return not first.islower()


def _said_in(quote: KeyQuote, line: Line) -> bool:
    return line.meets(quote.entry, quote.quote.words) or alike(quote.text, line.text)
