"""What can be counted about an article's words and sentences: the columns that newsrank weighs.

One pass over the words, then sums over arrays: linear in the article. Words are compared by their
first six letters, which serves inflecting languages nearly as well as a stemmer and costs nothing
(McNamee and Mayfield 2004, "Character n-gram tokenization for European language text retrieval").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.summary.openings import Openings
from bot.summary.sentence_signs import MARKED, MARKS, PREFIX, signs_of

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

OPENING = 3
"""Sentences that, with the headline, count as the opening of an article."""

WORD_COLUMNS = (
    "times", "share", "sentences", "spread_share", "first", "first_share", "last_share", "span_share",
    "capital_share", "in_opening", "stop", "letters", "article_words", "rarity",
)  # fmt: skip
"""Of each word: how often and where it stands, whether it is a name, a stop word, in the opening."""

SENTENCE_COLUMNS = (
    "place", "place_share", "article", "length", "length_share", "central", "central_share", "lead",
    "new", "later", "frequency", "spread", "capitals", "capital_share", "known_names", "main_names",
    "stop_share", "title", "digits", "quote_marks", "opens_quoted", "question", "unended",
    "exclamation", "brackets", "commas", "shouting", "colon", "central_rank",
    "saying", "first_person", "second_person", "day", "boilerplate", "pronoun", "link",
    "gain", "gain_share", "content_gain", "content_gain_share", "best_word", "gain_f",
)  # fmt: skip
"""Of each sentence; the last six come from what the words promise (see :func:`promised`)."""

_SLIGHT = 1e-9
_TYPICAL = 40.0
"""Words of a summary to which ``gain_f`` compares a sentence."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article in figures. ``n`` sentences, ``v`` different words.

    ``keys`` are what of each word is compared, ``words`` is v x :data:`WORD_COLUMNS`, ``sentences`` is n x :data:`SENTENCE_COLUMNS` without
    those of :func:`promised`. ``holder`` and ``held`` say which sentence holds which word, each
    pair once, by sentence. ``lengths`` are in words. ``content`` is one for what is no stop word.
    """

    keys: tuple[str, ...]
    words: Floats
    sentences: Floats
    holder: Numbers
    held: Numbers
    lengths: Floats
    content: Floats


@dataclass(slots=True)
class _Tally:
    """The words of an article, numbered as they come."""

    numbers: dict[str, int]
    stop: list[bool]
    word: list[int]
    sentence: list[int]
    capital: list[bool]
    marked: Floats

    def number(self, low: str, stop_words: AbstractSet[str]) -> int:
        """The number of what is compared of a :func:`plain` word, a new one if need be."""
        low = low.removesuffix("'s")
        number = self.numbers.setdefault(low[:PREFIX], len(self.numbers))
        if number == len(self.stop):
            self.stop.append(low in stop_words)
        return number


def plain(word: str) -> str:
    """The word in lower case, its apostrophe straight."""
    return word.lower().replace("’", "'")


def shortened(low: str) -> str:
    """What of a :func:`plain` word is compared: no possessive, the first letters."""
    return low.removesuffix("'s")[:PREFIX]


def key_of(word: str) -> str:
    """What of a word is compared."""
    return shortened(plain(word))


@dataclass(frozen=True, slots=True)
class Script:
    """An article as it is read: each sentence's text and words, the words of the headline.

    ``openings`` are those of its language; English words that give a sentence away are counted
    where that is English.
    """

    texts: Sequence[str]
    words: Sequence[Sequence[str]]
    title: Sequence[str]
    stop_words: AbstractSet[str]
    openings: Openings


def copy_of(script: Script, rarity: Mapping[str, float]) -> Copy:
    """The figures of a script of which at least one sentence has a word.

    ``rarity`` says of the language's frequent words in how few articles they stand, and under the
    empty key what all others have; an empty one knows nothing.
    """
    texts, words, openings = script.texts, script.words, script.openings
    tally = _tallied(words, script.stop_words, english=openings.language == "en")
    word, sentence = np.array(tally.word), np.array(tally.sentence)
    n, v = len(texts), len(tally.numbers)
    pairs = np.unique(sentence * v + word)
    holder, held = pairs // v, pairs % v
    headline = np.zeros(v)
    headline[[tally.numbers[key] for key in map(key_of, script.title) if key in tally.numbers]] = 1.0
    stop = np.array(tally.stop, dtype=float)
    capital = np.array(tally.capital, dtype=float)
    rare = np.array([rarity.get(key, rarity.get("", 1.0)) for key in tally.numbers])
    each = list(zip(texts, words, strict=True))
    lengths = np.array([max(len(text.split()), len(found)) for text, found in each], float)
    figures = _Figures(n, v, word, sentence, capital, holder, held, headline, 1.0 - stop, rare, lengths)
    signs = np.array([signs_of(text, found, openings) for text, found in each], float)
    return Copy(
        keys=tuple(tally.numbers),
        words=figures.of_words([len(key) for key in tally.numbers]),
        sentences=figures.of_sentences(signs, tally.marked),
        holder=holder,
        held=held,
        lengths=lengths,
        content=1.0 - stop,
    )


def _tallied(words: Sequence[Sequence[str]], stop_words: AbstractSet[str], *, english: bool) -> _Tally:
    tally = _Tally({}, [], [], [], [], np.zeros((len(words), len(MARKED))))
    marks = MARKS if english else {}
    forms: dict[str, tuple[int, bool, int | None]] = {}
    for at, found in enumerate(words):
        for word in found:
            if word not in forms:
                low = plain(word)
                forms[word] = tally.number(low, stop_words), word[0].isupper(), marks.get(low)
        told = [forms[word] for word in found]
        tally.word += [number for number, _, _ in told]
        tally.capital += [capital for _, capital, _ in told]
        for mark in [mark for _, _, mark in told if mark is not None]:
            tally.marked[at, mark] += 1.0
        tally.sentence += [at] * len(found)
        if found:
            tally.capital[-len(found)] = False  # every sentence begins with a capital
    return tally


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the columns are made of."""

    n: int
    v: int
    word: Numbers
    sentence: Numbers
    capital: Floats
    holder: Numbers
    held: Numbers
    headline: Floats
    content: Floats
    rare: Floats
    lengths: Floats

    def of_words(self, letters: list[int]) -> Floats:
        times = np.bincount(self.word, minlength=self.v).astype(float)
        capitals = np.bincount(self.word, self.capital, minlength=self.v)
        sentences = np.bincount(self.held, minlength=self.v).astype(float)
        first, last = self.ends()
        total = len(self.word)
        columns = (
            np.log(times), times / total * 100, np.log(sentences), sentences / self.n, np.log1p(first),
            first / self.n, last / self.n, (last - first) / self.n, capitals / times, self.opening(),
            1.0 - self.content, np.array(letters, float), np.full(self.v, np.log(total)), self.rare,
        )  # fmt: skip
        return np.column_stack(columns)

    def ends(self) -> tuple[Numbers, Numbers]:
        """The first and the last sentence of each word."""
        first, last = np.zeros(self.v, np.int64), np.zeros(self.v, np.int64)
        last[self.held] = self.holder
        first[self.held[::-1]] = self.holder[::-1]
        return first, last

    def opening(self) -> Floats:
        """In how many of the headline and the first sentences each word stands."""
        in_lead = np.bincount(self.held[self.holder < OPENING], minlength=self.v)
        return self.headline + in_lead

    def summed(self, by_word: Floats) -> Floats:
        """The sum over each sentence's different words."""
        return self.paired(by_word[self.held])

    def paired(self, by_pair: Floats) -> Floats:
        """The sum over each sentence's pairs."""
        return np.bincount(self.holder, by_pair, minlength=self.n).astype(float)

    def of_sentences(self, signs: Floats, marked: Floats) -> Floats:
        place = np.arange(self.n, dtype=float)
        central = self.central()
        rank = np.empty(self.n)
        rank[np.argsort(-central, kind="stable")] = place
        read = np.maximum(np.bincount(self.sentence, minlength=self.n), 1)
        capitals = np.bincount(self.sentence, self.capital, minlength=self.n)
        columns = (
            place, place / self.n, np.full(self.n, float(self.n)), self.lengths,
            self.lengths / max(float(self.lengths.mean()), 1.0),
            central, central / max(float(central.max()), _SLIGHT), *self.echoes(), *self.subject(),
            capitals, capitals / read, *self.names(),
            np.bincount(self.sentence, 1.0 - self.content[self.word], minlength=self.n) / read,
            self.summed(self.headline * self.content) / max(1.0, float(self.headline @ self.content)),
            signs[:, :-2], rank / self.n, marked, signs[:, -2:],
        )  # fmt: skip
        return np.column_stack(columns)

    def weight(self) -> Floats:
        """What a word says: nothing if it is a stop word, less the more sentences have it."""
        sentences = np.bincount(self.held, minlength=self.v)
        found: Floats = self.content * (1.0 + np.log((self.n + 1.0) / sentences))
        return found

    def central(self) -> Floats:
        """The cosine of each sentence and the whole article, by tf-idf."""
        weight = self.weight()
        whole = np.bincount(self.word, minlength=self.v) * weight
        length = np.sqrt(self.summed(weight**2)) * np.sqrt(float(whole @ whole))
        found: Floats = self.summed(whole * weight) / np.maximum(length, _SLIGHT)
        return found

    def echoes(self) -> tuple[Floats, Floats, Floats]:
        """Shares of each sentence: in the rest of the opening, not said before, said again later."""
        weight = self.weight()[self.held]
        whole = np.maximum(self.paired(weight), _SLIGHT)
        first, last = self.ends()
        elsewhere = self.opening()[self.held] - (self.holder < OPENING)
        return (
            self.paired(weight * (elsewhere > 0)) / whole,
            self.paired(weight * (first[self.held] == self.holder)) / whole,
            self.paired(weight * (last[self.held] > self.holder)) / whole,
        )

    def subject(self) -> tuple[Floats, Floats]:
        """How often a sentence's words of content stand in the article, and in how many sentences."""
        count = np.maximum(self.summed(self.content), 1.0)
        times = np.bincount(self.word, minlength=self.v)
        sentences = np.bincount(self.held, minlength=self.v)
        return (
            self.summed(self.content * np.log(times)) / count,
            self.summed(self.content * sentences / self.n) / count,
        )

    def names(self) -> tuple[Floats, Floats]:
        """Capitalised words that come again in the article, and those that come most often."""
        times = np.bincount(self.word, minlength=self.v)
        name = (np.bincount(self.word, self.capital, minlength=self.v) > 0) * self.content
        often = max(3.0, float(np.quantile(times, 0.98)))
        return self.summed(name * (times > 1)), self.summed(name * (times >= often))


def promised(copy: Copy, chance: Floats) -> Floats:
    """The last columns: what each sentence would bring, by the ``chance`` of each word.

    ``chance`` is the probability that a person's summary of this article has the word.
    """
    n = len(copy.lengths)
    of_content = chance * copy.content

    def summed(values: Floats) -> Floats:
        return np.bincount(copy.holder, values[copy.held], minlength=n).astype(float)

    different = np.maximum(np.bincount(copy.holder, minlength=n), 1)
    gain, content = summed(chance), summed(of_content)
    best = np.zeros(n)
    np.maximum.at(best, copy.holder, of_content[copy.held])
    counted = np.maximum(summed(copy.content), 1.0)
    return np.column_stack(
        (gain, gain / different, content, content / counted, best, gain / (copy.lengths + _TYPICAL))
    )
