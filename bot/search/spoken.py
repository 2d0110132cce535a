"""Which quotes of an entry answer a question for somebody's words. Pure.

The index finds the articles; each of their quotes is asked here, with words folded, stemmed and
forgiven as the index does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.model import Entry, Quote
from bot.domain.query_nodes import And, Not, Or, Phrase, Prefix, Query, Term, Word
from bot.search.compile import mistakable, tolerated
from bot.search.words import UNSTEMMED, stemmer_of, without_possessive, words


def answering(entry: Entry, name: Term, about: Query, *, tolerant: bool = False) -> Iterator[Quote]:
    """The entry's quotes of somebody who goes by the name, in full or as mentioned, that hold the words.

    What ``about`` asks of the article and not of words is left to the index. ``tolerant`` forgives
    typing errors as :class:`bot.search.compile.Compiler` does.
    """
    text, language = entry.article.text, entry.article.language
    for quote in entry.quotes:
        mention = quote.speaker.of(text) if quote.speaker else ""
        speaker = _Text(f"{quote.speaker_name or ''} {mention}", None, tolerant)
        if speaker.names(name) and _Text(quote.words.of(text), language, tolerant).holds(about):
            yield quote


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    language: str | None
    tolerant: bool

    def names(self, name: Term) -> bool:
        """Whether each word of the name is here, in any order."""
        *whole, last = words(without_possessive(name.text)) or ("",)
        here = words(self.text)
        starts = isinstance(name, Prefix)
        ends = any(word.startswith(last) if starts else self._is(word, last) for word in here)
        return bool(last) and ends and all(any(self._is(word, one) for word in here) for one in whole)

    def holds(self, query: Query) -> bool:
        """Whether the query's words are here."""
        match query:
            case And(parts):
                return all(self.holds(part) for part in parts)
            case Or(parts):
                return any(self.holds(part) for part in parts)
            case Not(Word() | Phrase() | Prefix() as inner):
                return not _Text(self.text, self.language, tolerant=False).holds(inner)
            case Prefix(text):
                return self._runs(words(without_possessive(text)), UNSTEMMED, open_end=True)
            case Word(text) | Phrase(text):
                stemmer = UNSTEMMED if self.tolerant else stemmer_of(self.language)
                return self._runs(words(without_possessive(text), stemmer), stemmer)
            case _:
                return True

    def _runs(self, run: Sequence[str], stemmer: str, *, open_end: bool = False) -> bool:
        here = words(self.text, stemmer)
        for start in range(len(here) - len(run) + 1):
            window = here[start : start + len(run)]
            *before, last = zip(window, run, strict=True)
            end = last[0].startswith(last[1]) if open_end else self._is(*last)
            if end and all(self._is(word, wanted) for word, wanted in before):
                return True
        return False

    def _is(self, word: str, wanted: str) -> bool:
        if word == wanted or not (self.tolerant and mistakable(wanted)):
            return word == wanted
        return mistaken(word, wanted, tolerated(wanted))


def mistaken(word: str, wanted: str, most: int) -> bool:
    """Whether at most ``most`` letters were left out, added, changed or swapped with their neighbour.

    Optimal string alignment, as Lucene and tantivy measure it.
    """
    if abs(len(word) - len(wanted)) > most:
        return False
    before: list[int] = []
    row = list(range(len(wanted) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(wanted, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and (letter, word[i - 2]) == (wanted[j - 2], other):
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most
