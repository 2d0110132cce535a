"""The passage of an article that answers a query, and the words in it that matched (pure).

tantivy's own snippets come from the words of an index, weighed by it, with phrases in pieces and
without prefixes; here the article is cut by the same analysers, and only what matched is marked.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.domain.model import Article, Snippet, Span
from bot.domain.query_nodes import Field, Prefix, Query, Said, terms
from bot.search.words import UNSTEMMED, cut, folded_with_origins, stemmer_of, without_possessive, words

LONGEST = 240
"""Characters of a passage, about three lines of a chat."""

_READ = 200_000  # characters of an article that are looked at
_MARKS = 2_000  # of which the densest are sought
_SENTENCE_END = re.compile(r"""[.!?…]["'”’»)\]]{0,3}\s+|[。！？]["”’」』]?|\n{2,}""")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Words side by side, stemmed or as written; with ``open_end`` the last one only starts so."""

    run: tuple[str, ...]
    stemmed: bool = True
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words of the article that answer the query's pattern of this number."""

    span: Span
    pattern: int


class _Cut:
    """An article's words: where each stands in its text, its stem, and how it is written (folded)."""

    def __init__(self, article: Article) -> None:
        folded, origins = folded_with_origins(article.text[:_READ])
        tokens = cut(folded, stemmer_of(article.language)).tokens
        places = [(token.char_offset_from, token.char_offset_to) for token in tokens]
        self.spans = [Span(origins[start], origins[end]) for start, end in places]
        self.stems = [token.text for token in tokens]
        self.written = [folded[start:end] for start, end in places]
        self._stems, self._written = _places(self.stems), _places(self.written)

    def marks(self, pattern: _Pattern, number: int) -> Iterator[_Mark]:
        """Wherever the pattern stands."""
        here, where = (self.stems, self._stems) if pattern.stemmed else (self.written, self._written)
        *whole, last = pattern.run
        lasts = [word for word in where if word.startswith(last)] if pattern.open_end else [last]
        for end in chain.from_iterable(where.get(word, ()) for word in lasts):
            start = end - len(whole)
            if start >= 0 and here[start:end] == whole:
                yield _Mark(Span(self.spans[start].start, self.spans[end].end), number)

    def whole_words(self, start: int, end: int) -> Span:
        """From the first word that starts inside ``start..end`` to the last one that ends there."""
        first = bisect_left(self.spans, start, key=lambda span: span.start)
        last = bisect_right(self.spans, end, key=lambda span: span.end) - 1
        return Span(self.spans[first].start, self.spans[last].end)


def passage(article: Article, query: Query) -> Snippet | None:
    """About :data:`LONGEST` characters with as many different words of the query as possible.

    ``None`` when the query has no words or none of them stands in the text. Typing errors are not
    forgiven here.
    """
    patterns = list(dict.fromkeys(_patterns(query, stemmer_of(article.language))))
    if not patterns:
        return None
    text = _Cut(article)
    found = (mark for number, pattern in enumerate(patterns) for mark in text.marks(pattern, number))
    marks = sorted(found, key=lambda mark: (mark.span.start, -mark.span.end))[:_MARKS]
    if not marks:
        return None
    span = _widened(article, text, _densest(marks, [paragraph.end for paragraph in article.paragraphs]))
    return Snippet(span, tuple(_apart(mark.span for mark in marks if span.holds(mark.span))))


def _patterns(query: Query, stemmer: str) -> Iterator[_Pattern]:
    for wanted in terms(query):
        term = wanted.name if isinstance(wanted, Said) else wanted
        if isinstance(term, Field):
            continue  # stands in the title, the source or the byline
        prefix = isinstance(term, Prefix)
        stemmed = not prefix and not isinstance(wanted, Said)
        run = words(without_possessive(term.text), stemmer if stemmed else UNSTEMMED)
        if isinstance(wanted, Said):  # a name's words stand in any order
            yield from (_Pattern((name,), stemmed=False, open_end=prefix and name == run[-1]) for name in run)
        elif run:
            yield _Pattern(run, stemmed, prefix)


def _densest(marks: Sequence[_Mark], paragraph_ends: Sequence[int]) -> Span:
    """Around neighbouring marks of one paragraph: most patterns, then most marks, then the first."""
    best, best_worth = marks[0].span, (0, 0)
    for at, mark in enumerate(marks):
        paragraph = bisect_right(paragraph_ends, mark.span.start)
        limit = min([mark.span.start + LONGEST, *paragraph_ends[paragraph : paragraph + 1]])
        near = [mark, *(other for other in marks[at + 1 : at + LONGEST] if other.span.end <= limit)]
        worth = (len({other.pattern for other in near}), len(near))
        if worth > best_worth:
            best, best_worth = Span(mark.span.start, max(other.span.end for other in near)), worth
    return best


def _places(words_here: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words_here):
        places.setdefault(word, []).append(at)
    return places


def _widened(article: Article, text: _Cut, span: Span) -> Span:
    """The span with the sentences around it, as far as they fit; always whole words."""
    room = Span(
        max((p.start for p in article.paragraphs if p.start <= span.start), default=0),
        min((p.end for p in article.paragraphs if p.end >= span.end), default=len(article.text)),
    )
    nearby = Span(max(room.start, span.start - 2 * LONGEST), min(room.end, span.end + 2 * LONGEST))
    edges = [nearby.start + found.end() for found in _SENTENCE_END.finditer(nearby.of(article.text))]
    starts = [room.start, *(edge for edge in edges if edge <= span.start)]
    ends = [*(edge for edge in edges if edge >= span.end), room.end]
    start = starts[-1]
    if span.end - start > LONGEST:  # a long sentence: some of it before the first mark
        start = text.whole_words(max(room.start, span.start - LONGEST // 4), span.end).start
    fitting = [end for end in ends if end - start <= LONGEST]
    end = fitting[-1] if fitting else text.whole_words(start, max(span.end, start + LONGEST)).end
    kept = article.text[start:end]
    return Span(start + len(kept) - len(kept.lstrip()), start + len(kept.rstrip()))


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end
