"""The methods that choose sentences, every one a sumy ``AbstractSummarizer``."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.model import Article, Span, Summary
from bot.domain.ports import Summarizer
from bot.summary.document import standfirst_of, with_standfirst, worthwhile
from bot.summary.length import Budget, length
from bot.summary.methods import METHODS
from bot.text.words import stemmer, stop_words, words

_Builder = Callable[[Article], Any]


@dataclass(frozen=True, slots=True)
class _Method:
    """How to build a sumy summarizer, and how much of an article it can read in about a second."""

    build: _Builder
    sentences: int = 150
    words: int = 4000


def summarizer(method: str) -> Summarizer:
    """The summarizer of this name; raises ValueError naming the known ones."""
    if method not in METHODS:
        raise ValueError(f'"{method}" is not a summary method; use one of {", ".join(METHODS)}')
    return _Chooser(method)


@dataclass(frozen=True, slots=True)
class _Chooser:
    """Chooses by ``method``, and by the lead where that method cannot; can be pickled."""

    method: str

    def __call__(
        self,
        article: Article,
        *,
        sentences: int | None = None,
        words: int | None = None,
        seconds: float | None = None,
    ) -> Summary:
        """Spans in order within every limit that is given; ``method`` of the summary says who chose."""
        budget = Budget(sentences=sentences, words=words, seconds=seconds)
        under = standfirst_of(article)
        spans = worthwhile(article)
        if not spans or budget.sentence_limit <= 0:
            return Summary((), "lead")
        if not under:
            return Summary(*self._chosen(article, spans, budget))
        joined, moved = with_standfirst(article)
        shifted = tuple(Span(span.start + moved, span.end + moved) for span in spans)
        chosen, method = self._chosen(joined, (*under, *shifted), budget)
        return Summary(
            tuple(Span(span.start - moved, span.end - moved) for span in chosen if span.start >= moved),
            method,
            tuple(span for span in chosen if span.start < moved),
        )

    def _chosen(
        self, article: Article, spans: tuple[Span, ...], budget: Budget
    ) -> tuple[tuple[Span, ...], str]:
        """The sentences, and the method that chose them."""
        if chosen := _choose(article, _readable(article, spans, self.method), budget, self.method):
            return chosen, self.method
        return _choose(article, spans[: budget.sentence_limit], budget, "lead"), "lead"


def _readable(article: Article, spans: tuple[Span, ...], method: str) -> tuple[Span, ...]:
    """The first sentences, as many as the method can read in time; at least one."""
    limit, left = _METHODS[method].sentences, _METHODS[method].words
    if len(article.text) <= left:  # so it has no more words than that, and they need not be counted
        return spans[:limit]
    for count, span in enumerate(spans[:limit]):
        left -= len(words(span.of(article.text), limit=left + 1))
        if left < 0:
            return spans[: max(1, count)]
    return spans[:limit]


def _choose(article: Article, spans: tuple[Span, ...], budget: Budget, method: str) -> tuple[Span, ...]:
    """What the method chooses, in order; nothing where its arithmetic fails or doubts itself."""
    from bot.summary.sumy_classes import document_model

    document = document_model(article, spans)
    try:
        with warnings.catch_warnings():
            # LexRank divides by zero on "...", LSA warns of too few words: neither is a choice.
            warnings.simplefilter("error", RuntimeWarning)
            warnings.simplefilter("error", UserWarning)
            built = _METHODS[method].build(article)
            chosen = _within(built, document, article, budget)
    except (ArithmeticError, ValueError, AssertionError, RuntimeWarning, UserWarning):
        return ()
    return tuple(sorted(sentence.span for sentence in chosen))


def _within(built: Any, document: Any, article: Article, budget: Budget) -> Sequence[Any]:
    """Sentences of a document within the budget; sumy's methods know of no words, so they are cut."""
    limit, most = budget.word_limit, min(budget.sentence_limit, len(document.sentences))
    if limit is None:
        return list(built(document, most))
    if hasattr(built, "within"):
        return list(built.within(document, most, limit))
    sizes = {one: length(one.span.of(article.text)) for one in document.sentences}
    if budget.sentences is None:
        most = max(1, min(most, limit * len(sizes) // max(1, sum(sizes.values()))))
    chosen = sorted(built(document, most), key=lambda one: one.span)
    while chosen and sum(sizes[one] for one in chosen) > limit:
        chosen.pop()
    return chosen


def _with_stop_words(found: Any, article: Article) -> Any:
    found.stop_words = stop_words(article.language)
    return found


def _numbered(article: Article) -> Callable[[str], int]:
    """Stems as numbers in the order of their first use.

    LexRank and LSA walk sets of stems and add up floats on the way; the order of a set of strings
    changes from one process to the next, that of a set of small numbers does not.
    """
    stem, numbers = stemmer(article.language), dict[str, int]()
    return lambda word: numbers.setdefault(stem(word), len(numbers))


def _lead(_article: Article) -> Any:
    from bot.summary.sumy_classes import LeadSummarizer

    return LeadSummarizer()


def _newsrank(article: Article) -> Any:
    from bot.summary.sumy_classes import NewsRankSummarizer

    return NewsRankSummarizer(article.language, stop_words=stop_words(article.language))


def _lexrank(article: Article) -> Any:
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _with_stop_words(LexRankSummarizer(_numbered(article)), article)


def _textrank(article: Article) -> Any:
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _with_stop_words(TextRankSummarizer(stemmer(article.language)), article)


def _lsa(article: Article) -> Any:
    from sumy.summarizers.lsa import LsaSummarizer

    return _with_stop_words(LsaSummarizer(_numbered(article)), article)


def _luhn(article: Article) -> Any:
    from sumy.summarizers.luhn import LuhnSummarizer

    return _with_stop_words(LuhnSummarizer(stemmer(article.language)), article)


def _edmundson(article: Article) -> Any:
    from sumy.summarizers.edmundson import EdmundsonSummarizer

    found = EdmundsonSummarizer(stemmer(article.language))
    null = stop_words(article.language) or frozenset({"-"})  # sumy refuses an empty set
    lead = article.paragraphs[0].of(article.text) if article.paragraphs else article.text[:500]
    weighty = {word.lower() for word in words(f"{article.title or ''} {lead}", limit=120)}
    found.bonus_words = sorted(weighty - null) or ["-"]
    found.stigma_words = STIGMA
    found.null_words = null
    return found


def _kl(article: Article) -> Any:
    from sumy.summarizers.kl import KLSummarizer

    return _with_stop_words(KLSummarizer(stemmer(article.language)), article)


def _sumbasic(article: Article) -> Any:
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    return _with_stop_words(SumBasicSummarizer(stemmer(article.language)), article)


def _reduction(article: Article) -> Any:
    from sumy.summarizers.reduction import ReductionSummarizer

    return _with_stop_words(ReductionSummarizer(stemmer(article.language)), article)


STIGMA = ("hardly", "impossible", "perhaps", "maybe", "click", "subscribe", "advertisement", "photo")
"""Words that speak against a sentence: Edmundson's (1969) kind, and those of site boilerplate."""

_METHODS: dict[str, _Method] = {
    "newsrank": _Method(_newsrank, sentences=5000, words=1_000_000),
    "lead": _Method(_lead, sentences=5000, words=1_000_000),
    "lexrank": _Method(_lexrank),
    "textrank": _Method(_textrank),
    "lsa": _Method(_lsa, sentences=100),
    "luhn": _Method(_luhn),
    "edmundson": _Method(_edmundson),
    "kl": _Method(_kl, sentences=60, words=1500),
    "sumbasic": _Method(_sumbasic),
    "reduction": _Method(_reduction),
}
