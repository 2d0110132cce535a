"""Short ways to say what a test is about: one argument for each fact that matters."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from bot.domain.model import Article, Entry, Precision, Quote, Reading, Span, Summary

NOON = datetime(2031, 3, 4, 12, 0, tzinfo=UTC)
"""A Tuesday. Tests count from here: `NOON + timedelta(hours=1)`."""


def an_article(
    *paragraphs: str,
    title: str | None = "Harbour bridge closes for repairs",
    source: str | None = "Port Gazette",
    language: str | None = "en",
    published: datetime | None = NOON - timedelta(hours=2),
    precision: Precision | None = "minute",
    url: str | None = None,
    byline: str | None = None,
    section: str | None = None,
    standfirst: str | None = None,
    agency: str | None = None,
    fingerprint: tuple[int, ...] = (),
) -> Article:
    """An article of the given paragraphs, or of one about a bridge."""
    texts = paragraphs or ("The harbour bridge will close on Monday. Ferries will run every ten minutes.",)
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 2
    body = "\n\n".join(texts)
    return Article(
        title=title,
        text=body,
        paragraphs=tuple(spans),
        content_key=hashlib.sha256(body.encode()).hexdigest(),
        fingerprint=fingerprint,
        language=language,
        published=published,
        published_precision=precision if published else None,
        source=source,
        byline=byline,
        section=section,
        url=url,
        standfirst=standfirst,
        agency=agency,
    )


def the_span(article: Article, words: str) -> Span:
    """Where `words` first stand in the article's text."""
    start = article.text.index(words)
    return Span(start, start + len(words))


def a_quote(
    article: Article,
    words: str,
    speaker: str | None = None,
    name: str | None = None,
    role: str | None = None,
) -> Quote:
    """The quote of `words`, said by the mention `speaker`, whose full name is `name`, and who is `role`."""
    mention, who = (the_span(article, each) if each else None for each in (speaker, role))
    return Quote(words=the_span(article, words), speaker=mention, speaker_name=name, role=who)


def a_reading(article: Article | None = None, *quotes: Quote, sentences: tuple[str, ...] = ()) -> Reading:
    """A reading whose summary is `sentences`, or the first paragraph."""
    article = article or an_article()
    spans = tuple(the_span(article, sentence) for sentence in sentences) or article.paragraphs[:1]
    return Reading(article=article, summary=Summary(sentences=spans, method="lead"), quotes=quotes)


def an_entry(
    article: Article | None = None,
    *quotes: Quote,
    id: int = 1,
    revision: int | None = None,
    story: int | None = None,
    origin: str | None = None,
    added: datetime = NOON,
    sentences: tuple[str, ...] = (),
) -> Entry:
    """An entry of the article, in its own story unless told otherwise."""
    reading = a_reading(article, *quotes, sentences=sentences)
    return Entry(
        id=id,
        revision=revision or id,
        article=reading.article,
        summary=reading.summary,
        quotes=reading.quotes,
        origin=origin or f"{id}.txt",
        added=added,
        story=story or id,
    )
