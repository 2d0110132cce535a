"""The sentences of an article that a summary may choose from, and what is known of each."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.article.fields.dateline import dateline, place_named, points_back
from bot.article.text.asides import greetings, greets, interview, notes, questions
from bot.domain.model import Article, Span
from bot.text.sentences import split
from bot.text.words import MAX_WORDS, words

_OPENED = 200
"""Characters behind a text's first ones within which it still opens with its standfirst: a kicker, a place."""

TELLING_WORDS = 4
"""A sentence of a standfirst with fewer words is a label."""

ENOUGH_WORDS = 3
"""A sentence with fewer words ("...", "Read on") is not worth showing."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """An article's sentences as a method weighs them; each list has an item for each sentence, in order.

    ``words`` are the first :data:`~bot.text.words.MAX_WORDS` of each as written, ``title`` those of the headline,
    ``paragraphs`` the number of each one's paragraph. ``standfirst``: it is one of those in which an editor says what the
    article tells. ``answers``: it is of an interview, and behind what introduces that.
    """

    texts: Sequence[str]
    words: Sequence[Sequence[str]]
    title: Sequence[str]
    paragraphs: Sequence[int]
    standfirst: Sequence[bool]
    answers: Sequence[bool]


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
    silent = sorted({*notes(article), *greetings(article), *questions(article)})
    starts = [paragraph.start for paragraph in silent]

    def is_silent(span: Span) -> bool:
        at = bisect(starts, span.start)
        return at > 0 and silent[at - 1].holds(span)

    return tuple(span for span in spans if not greets(span.of(article.text)) and not is_silent(span))


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


def sentences_of(article: Article, spans: Sequence[Span]) -> Sentences:
    """What a method weighs of the sentences with these spans."""
    texts = [span.of(article.text) for span in spans]
    paragraphs = []
    paragraph = 0
    asked = interview(article)
    for span in spans:
        while paragraph < len(article.paragraphs) and article.paragraphs[paragraph].end <= span.start:
            paragraph += 1
        paragraphs.append(paragraph)
    return Sentences(
        texts=texts,
        words=[words(text, limit=MAX_WORDS) for text in texts],
        title=words(article.title or "", limit=MAX_WORDS),
        paragraphs=paragraphs,
        standfirst=[bool(article.standfirst) and _in_standfirst(article, span) for span in spans],
        answers=[asked is not None and asked.holds(span) for span in spans],
    )
