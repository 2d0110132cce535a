"""Our documents and our methods as sumy has its own.

sumy's PlaintextParser takes lines in capitals for headings and drops them, and its sentences are copies; here what a method
chooses can be read back as spans. sumy loads NLTK and a client of the web (18 MB): only who chooses the lines of a
summary imports this.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from bot.domain.model import Article, Span
from bot.summary.document import Sentences, sentences_of
from bot.summary.newsrank import Draft
from bot.summary.weights import Weights, weights_for
from bot.text.words import Tokenizer


class PlacedSentence(Sentence):  # type: ignore[misc]  # sumy has no types
    """A sentence of the article's text; equal only to the one in the same place."""

    __slots__ = ("answer", "span", "standfirst")

    def __init__(
        self, text: str, span: Span, tokenizer: Tokenizer, *, standfirst: bool, answer: bool
    ) -> None:
        super().__init__(text, tokenizer)
        self.span = span
        self.standfirst = standfirst
        self.answer = answer

    def __eq__(self, other: object) -> bool:
        # sumy rates by sentence in a dict: two places with the same words need two ratings.
        return isinstance(other, PlacedSentence) and other.span == self.span

    def __hash__(self) -> int:
        return hash(self.span)


class LeadSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """The first sentences; no sumy method beats them on human-written references."""

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """The first ``sentences_count`` sentences of the document."""
        return tuple(document.sentences[:sentences_count])


class NewsRankSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """The best set of at most ``sentences_count`` sentences; equal documents give equal sets."""

    def __init__(
        self,
        language: str | None,
        *,
        stop_words: AbstractSet[str] = frozenset(),
        weights: Weights | None = None,
    ) -> None:
        super().__init__()
        self._language = language
        self._stop_words = stop_words
        self._weights = weights or weights_for(language)

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """Sentences of the document in its order; fewer than asked for where fewer say it all."""
        return self.within(document, sentences_count, None)

    def within(self, document: Any, sentences_count: int, words: int | None) -> tuple[Any, ...]:
        """The same, and no more than so many ``words``, which are then used as far as they go."""
        draft = Draft(_sentences(document), self._language, self._stop_words)
        if sentences_count <= 0 or not draft.any_word:
            return ()
        draft.weigh(self._weights)
        return tuple(document.sentences[at] for at in draft.best(sentences_count, words))


def document_model(article: Article, spans: Sequence[Span]) -> ObjectDocumentModel:
    """Sumy's document of these sentences, by paragraph; the title is the first one's heading."""
    tokenizer = Tokenizer(article.language)
    found = sentences_of(article, spans)
    grouped: dict[int, list[Sentence]] = {}
    each = zip(found.texts, spans, found.paragraphs, found.standfirst, found.answers, strict=True)
    for text, span, paragraph, under, answer in each:
        sentence = PlacedSentence(text, span, tokenizer, standfirst=under, answer=answer)
        grouped.setdefault(paragraph, []).append(sentence)
    if article.title and grouped:
        next(iter(grouped.values())).insert(0, Sentence(article.title, tokenizer, is_heading=True))
    return ObjectDocumentModel([Paragraph(sentences) for sentences in grouped.values()])


def _sentences(document: Any) -> Sentences:
    """What newsrank weighs of a document of sumy's, which may be of anybody's sentences."""
    every = document.sentences
    return Sentences(
        texts=[str(one) for one in every],
        words=[one.words for one in every],
        title=[word for heading in document.headings for word in heading.words],
        paragraphs=[at for at, one in enumerate(document.paragraphs) for _ in one.sentences],
        standfirst=[getattr(one, "standfirst", False) for one in every],
        answers=[getattr(one, "answer", False) for one in every],
    )
