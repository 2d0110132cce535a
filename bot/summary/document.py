"""An article as sumy reads it, each sentence with its place in the text.

sumy's own PlaintextParser takes lines in capitals for headings and drops them, and its sentences
are copies; here what sumy chooses can be read back as spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

from bot.article.fields.dateline import dateline, place_named, points_back
from bot.article.text.asides import greetings, greets, interview, notes, questions
from bot.domain.model import Article, Span
from bot.text.sentences import split
from bot.text.words import Tokenizer, words

_OPENED = 200
"""Characters behind a text's first ones within which it still opens with its standfirst: a kicker, a place."""

TELLING_WORDS = 4
"""A sentence of a standfirst with fewer words is a label."""

ENOUGH_WORDS = 3
"""A sentence with fewer words ("...", "Read on") is not worth showing."""


class PlacedSentence(Sentence):  # type: ignore[misc]  # sumy has no types
    """A sentence of the article's text; equal only to the one in the same place.

    ``standfirst``: it is one of those in which an editor says what the article tells. ``answer``: it is of an interview, and
    behind what introduces that.
    """

    __slots__ = ("answer", "span", "standfirst")

    def __init__(
        self, text: str, span: Span, tokenizer: Tokenizer, *, standfirst: bool, answer: bool
    ) -> None:
        super().__init__(span.of(text), tokenizer)
        self.span = span
        self.standfirst = standfirst
        self.answer = answer

    def __eq__(self, other: object) -> bool:
        # sumy rates by sentence in a dict: two places with the same words need two ratings.
        return isinstance(other, PlacedSentence) and other.span == self.span

    def __hash__(self) -> int:
        return hash(self.span)


@lru_cache(maxsize=256)  # one story's articles are looked through for its lines, its figures and what is new
def worthwhile(article: Article) -> tuple[Span, ...]:
    """The sentences that a summary may choose from, in order, none across two paragraphs.

    What tells no news is left out where anything else is left: corrections, greetings, an interviewer's questions.
    """
    every = _without_dateline(article, split(article.text, article.language))
    spans = _telling(article, every) or every
    sizes = [(span, len(words(span.of(article.text), limit=ENOUGH_WORDS))) for span in spans]
    return tuple(span for span, size in sizes if size >= ENOUGH_WORDS) or tuple(
        span for span, size in sizes if size
    )


def _without_dateline(article: Article, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The sentences, the first one from where the dateline ends; it may open the paragraph behind a standfirst.

    A sentence that begins with "here" keeps it.
    """
    text = article.text
    for paragraph in article.paragraphs[:2]:
        said, rest = paragraph.of(text), text[paragraph.end :]
        opening = dateline(said, rest)
        end = opening.end if opening else place_named(said, rest)
        if end and not points_back(said[end:]):
            place = Span(paragraph.start, paragraph.start + end)
            return tuple(_behind(place, span) for span in spans if not place.holds(span))
    return tuple(spans)


def _behind(place: Span, span: Span) -> Span:
    return Span(place.end, span.end) if span.meets(place) else span


def _telling(article: Article, spans: Sequence[Span]) -> tuple[Span, ...]:
    silent = (*notes(article), *greetings(article), *questions(article))
    return tuple(
        span
        for span in spans
        if not greets(span.of(article.text)) and not any(one.holds(span) for one in silent)
    )


def standfirst_of(article: Article) -> tuple[Span, ...]:
    """The sentences of the standfirst that a summary may choose from, unless the text opens with the same words.

    One that is cut off, or has too few words to say what happened, is none.
    """
    under = article.standfirst or ""
    if not under or bare(under) in bare(article.text[: 2 * len(under) + _OPENED]):
        return ()
    return tuple(
        span
        for span in split(under, article.language)
        if len(words(span.of(under), limit=TELLING_WORDS)) >= TELLING_WORDS
        and not span.of(under).rstrip("\"'”’»)] ").endswith(("...", "…"))
    )


def with_standfirst(article: Article) -> tuple[Article, int]:
    """The article with its standfirst as its first paragraph, and by how many characters that moves the text."""
    under = f"{article.standfirst}\n\n"
    moved = len(under)
    paragraphs = article.paragraphs or (Span(0, len(article.text)),)
    shifted = (Span(one.start + moved, one.end + moved) for one in paragraphs)
    joined = replace(article, text=under + article.text, paragraphs=(Span(0, len(under.rstrip())), *shifted))
    return joined, moved


def _in_standfirst(article: Article, span: Span) -> bool:
    """Whether a sentence of a text that opens with its standfirst is one of the standfirst's."""
    under = article.standfirst or ""
    return span.start < 2 * len(under) + _OPENED and bare(span.of(article.text)) in bare(under)


def bare(text: str) -> str:
    """The letters and digits of a text, without case."""
    return "".join(filter(str.isalnum, text)).casefold()


def document_model(article: Article, spans: tuple[Span, ...]) -> ObjectDocumentModel:
    """Sumy's document of these sentences, by paragraph; the title is the first one's heading."""
    tokenizer = Tokenizer(article.language)
    grouped: dict[int, list[Sentence]] = {}
    paragraph = 0
    asked = interview(article)
    for span in spans:
        while paragraph < len(article.paragraphs) and article.paragraphs[paragraph].end <= span.start:
            paragraph += 1
        under = bool(article.standfirst) and _in_standfirst(article, span)
        answer = asked is not None and asked.holds(span)
        sentence = PlacedSentence(article.text, span, tokenizer, standfirst=under, answer=answer)
        grouped.setdefault(paragraph, []).append(sentence)
    if article.title and grouped:
        next(iter(grouped.values())).insert(0, Sentence(article.title, tokenizer, is_heading=True))
    return ObjectDocumentModel([Paragraph(sentences) for sentences in grouped.values()])
