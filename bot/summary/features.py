"""What can be counted about an article's words and sentences: the columns that newsrank weighs.

One pass over the words, then sums over arrays: linear in the article. Words are compared by their
first six letters, which serves inflecting languages nearly as well as a stemmer and costs nothing
(McNamee and Mayfield 2004, "Character n-gram tokenization for European language text retrieval").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

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

_UNMARKED = len(MARKED)
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


@dataclass(frozen=True, slots=True)
class _Tally:
    """The words of an article, in its order: what of each is compared, as a number, and where it stands.

    ``numbers`` has them in the order of their first use and ``stop`` says which are stop words; ``marked`` is n x
    :data:`~bot.summary.sentence_signs.MARKED`.
    """

    numbers: dict[str, int]
    stop: list[bool]
    word: Numbers
    sentence: Numbers
    capital: Floats
    marked: Floats


_REMEMBERED = 40
"""Letters of a word that is remembered from one article to the next."""


def spelled(word: str) -> tuple[str, str, str]:
    """The word in lower case, its apostrophe straight; the same without its possessive; and what of it is compared."""
    return (_known if len(word) <= _REMEMBERED else _spelled)(word)


def _spelled(word: str) -> tuple[str, str, str]:
    low = word.lower().replace("’", "'")
    bare = low.removesuffix("'s")
    return low, bare, bare[:PREFIX]


_known = lru_cache(maxsize=8192)(_spelled)  # Most words of an article stand in the one before, too.


def key_of(word: str) -> str:
    """What of a word is compared: no possessive, the first letters."""
    return spelled(word)[2]


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
    headline = np.zeros(len(tally.numbers))
    headline[[tally.numbers[key] for key in map(key_of, script.title) if key in tally.numbers]] = 1.0
    other = rarity.get("", 1.0)
    rare = np.array([rarity.get(key, other) for key in tally.numbers])
    each = list(zip(texts, words, strict=True))
    lengths = np.array([max(len(text.split()), len(found)) for text, found in each], float)
    figures = _Figures(tally, len(texts), headline, rare, lengths)
    signs = np.array([signs_of(text, found, openings) for text, found in each], float)
    return Copy(
        keys=tuple(tally.numbers),
        words=figures.of_words([len(key) for key in tally.numbers]),
        sentences=figures.of_sentences(signs, tally.marked),
        holder=figures.holder,
        held=figures.held,
        lengths=lengths,
        content=figures.content,
    )


def _tallied(words: Sequence[Sequence[str]], stop_words: AbstractSet[str], *, english: bool) -> _Tally:
    every = list(chain.from_iterable(words))
    forms = {word: at for at, word in enumerate(dict.fromkeys(every))}
    told = [spelled(word) for word in forms]
    numbers = {key: at for at, key in enumerate(dict.fromkeys([key for _, _, key in told]))}
    first = {key: bare for _, bare, key in reversed(told)}
    stop = [first[key] in stop_words for key in numbers]
    number = np.array([numbers[key] for _, _, key in told])
    marks = MARKS if english else {}
    mark = np.array([marks.get(low, _UNMARKED) for low, _, _ in told])
    form = np.array([forms[word] for word in every])
    sizes = np.array([len(found) for found in words])
    sentence = np.repeat(np.arange(len(words)), sizes)
    capital = np.array([word[0].isupper() for word in forms], float)[form]
    capital[(np.cumsum(sizes) - sizes)[sizes > 0]] = 0.0  # every sentence begins with a capital
    kinds = _UNMARKED + 1
    marked = np.bincount(sentence * kinds + mark[form], minlength=len(words) * kinds)
    return _Tally(
        numbers,
        stop,
        number[form],
        sentence,
        capital,
        marked.reshape(len(words), kinds)[:, :_UNMARKED].astype(float),
    )


class _Figures:
    """What the columns are made of: whatever several of them ask is counted once."""

    def __init__(self, tally: _Tally, n: int, headline: Floats, rare: Floats, lengths: Floats) -> None:
        self.n, self.v = n, len(tally.numbers)
        self.word, self.sentence, self.capital = tally.word, tally.sentence, tally.capital
        self.content = 1.0 - np.array(tally.stop, dtype=float)
        self.headline, self.rare, self.lengths = headline, rare, lengths
        pairs = np.unique(self.sentence * self.v + self.word)
        self.holder, self.held = pairs // self.v, pairs % self.v
        self.times = np.bincount(self.word, minlength=self.v).astype(float)
        self.capitals = np.bincount(self.word, self.capital, minlength=self.v)
        self.sentences = np.bincount(self.held, minlength=self.v).astype(float)
        self.first, self.last = np.zeros(self.v, np.int64), np.zeros(self.v, np.int64)
        self.last[self.held] = self.holder
        self.first[self.held[::-1]] = self.holder[::-1]
        # In how many of the headline and the first sentences each word stands.
        self.opening = headline + np.bincount(self.held[self.holder < OPENING], minlength=self.v)
        # What a word says: nothing if it is a stop word, less the more sentences have it.
        self.weight: Floats = self.content * (1.0 + np.log((n + 1.0) / self.sentences))

    def of_words(self, letters: list[int]) -> Floats:
        first, last = self.first, self.last
        total = len(self.word)
        columns = (
            np.log(self.times), self.times / total * 100, np.log(self.sentences), self.sentences / self.n,
            np.log1p(first), first / self.n, last / self.n, (last - first) / self.n, self.capitals / self.times,
            self.opening, 1.0 - self.content, np.array(letters, float), np.full(self.v, np.log(total)), self.rare,
        )  # fmt: skip
        return np.column_stack(columns)

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

    def central(self) -> Floats:
        """The cosine of each sentence and the whole article, by tf-idf."""
        whole = self.times * self.weight
        length = np.sqrt(self.summed(self.weight**2)) * np.sqrt(float(whole @ whole))
        found: Floats = self.summed(whole * self.weight) / np.maximum(length, _SLIGHT)
        return found

    def echoes(self) -> tuple[Floats, Floats, Floats]:
        """Shares of each sentence: in the rest of the opening, not said before, said again later."""
        weight = self.weight[self.held]
        whole = np.maximum(self.paired(weight), _SLIGHT)
        elsewhere = self.opening[self.held] - (self.holder < OPENING)
        return (
            self.paired(weight * (elsewhere > 0)) / whole,
            self.paired(weight * (self.first[self.held] == self.holder)) / whole,
            self.paired(weight * (self.last[self.held] > self.holder)) / whole,
        )

    def subject(self) -> tuple[Floats, Floats]:
        """How often a sentence's words of content stand in the article, and in how many sentences."""
        count = np.maximum(self.summed(self.content), 1.0)
        return (
            self.summed(self.content * np.log(self.times)) / count,
            self.summed(self.content * self.sentences / self.n) / count,
        )

    def names(self) -> tuple[Floats, Floats]:
        """Capitalised words that come again in the article, and those that come most often."""
        name = (self.capitals > 0) * self.content
        often = max(3.0, float(np.quantile(self.times, 0.98)))
        return self.summed(name * (self.times > 1)), self.summed(name * (self.times >= often))


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
