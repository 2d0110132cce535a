"""What the index holds of an entry: one document for the article and one for each quote.

No text is stored; names of outlets and speakers are columns, too, to be counted. Word fields hold stems (``title``, ``standfirst``, ``lead``, ``body``, ``said``) or words as they
are written (their ``…_written`` twins for prefixes and typing errors; names are never stemmed).
Moments are microseconds since 1970 in UTC.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import log2
from typing import Final

from tantivy import Document, Schema, SchemaBuilder

from bot.domain.model import Article, Entry, Quote
from bot.domain.query_nodes import outlet_key
from bot.search.words import PLAIN, SPACED, UNSTEMMED, cut, fold, plain, spaced, stemmer_of

log = logging.getLogger(__name__)

VERSION: Final = "6"
"""Of the fields and of how text becomes words; another one needs another index."""

ARTICLE: Final = "article"
QUOTE: Final = "quote"
MARK: Final = "mark"
"""The one document that says which revision of the library the index has reached."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
DAY: Final = 86_400_000_000

_WORDS = (
    ("title", "title_written"),
    ("standfirst", "standfirst_written"),
    ("lead", None),
    ("body", "body_written"),
    ("said", "said_written"),
)
_NAMES = ("source", "byline", "speaker")
# Scores grow by this share for each day since 1970: more than a float's rounding (1.2e-7), so that
# days order what is equally good, and over thirty years less than a quarter of a per cent.
_A_DAY_NEWER = 2e-7
_NEWEST_DAY = 2**15  # in 2059; what claims to be newer gains no more by it
FRESHEST: Final = log2(2.0 + 1.0 + _NEWEST_DAY * _A_DAY_NEWER)
"""What a score is multiplied with at most: with log2(2 + freshness), as tantivy weighs by a field."""


def _schema() -> Schema:
    builder = SchemaBuilder()
    for stemmed, written in _WORDS:
        builder.add_text_field(stemmed, tokenizer_name=SPACED)
        if written:
            builder.add_text_field(written, tokenizer_name=PLAIN)
    for name in _NAMES:
        builder.add_text_field(name, tokenizer_name=SPACED)
    for name in ("kind", "lang", "outlet", "stemmer"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("outlet_name", "speaker_name"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("id", "revision", "story", "reached"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("published", "added", "expires"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("freshness", fast=True)
    return builder.build()


SCHEMA: Final = _schema()


def micros(moment: datetime) -> int:
    """Microseconds since 1970, exactly."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def published(article: Article, added: datetime) -> int:
    """When the article came out, else when it was added.

    Where only the day is known: the latest moment of that day at which it was not yet here, so
    that ``last:6h`` finds what came this morning.
    """
    if article.published is None:
        return micros(added)
    moment = micros(article.published)
    if article.published_precision != "day":
        return moment
    return min(max(moment, micros(added)), moment + DAY - 1)


def documents(entry: Entry, former: Sequence[int] = ()) -> Sequence[Document]:
    """The article's document, then one for each quote that somebody is named for.

    The article is found by the ``former`` ids of its story, too. None where they cannot be made, which the log tells: the
    other articles are to be found all the same.
    """
    try:
        return list(_documents(entry, former))
    except Exception:
        log.exception("article %d cannot be searched", entry.id)
        return ()


def _documents(entry: Entry, former: Sequence[int]) -> Iterator[Document]:
    yield _article(entry, former)
    for quote in entry.quotes:
        if quote.speaker_name or quote.speaker:
            yield _quote(entry, quote)


def mark(revision: int) -> Document:
    """The document that says that the index has reached this revision."""
    document = Document()
    document.add_text("kind", MARK)
    document.add_unsigned("reached", revision)
    return document


def _article(entry: Entry, former: Sequence[int]) -> Document:
    article = entry.article
    document = _about(entry, ARTICLE)
    lead = article.paragraphs[0].of(article.text) if article.paragraphs else ""
    _add(document, article.title or "", article.language, "title", "title_written")
    _add(document, article.standfirst or "", article.language, "standfirst", "standfirst_written")
    _add(document, lead, article.language, "lead")
    _add(document, article.text, article.language, "body", "body_written")
    names = dict.fromkeys(filter(None, (article.source, article.agency)))
    _add(document, " ".join(names), None, "source")
    for name in names:
        document.add_text("outlet", outlet_key(name))
        document.add_text("outlet_name", name)
    _add(document, article.byline or "", None, "byline")
    document.add_unsigned("revision", entry.revision)
    for story in (entry.story, *former):
        document.add_unsigned("story", story)
    document.add_integer("added", micros(entry.added))
    if entry.expires is not None:
        document.add_integer("expires", micros(entry.expires))
    moment = published(article, entry.added)
    document.add_integer("published", moment)
    document.add_float("freshness", 1.0 + min(max(0, moment // DAY), _NEWEST_DAY) * _A_DAY_NEWER)
    document.add_text("lang", (article.language or "").partition("-")[0].lower())
    return document


def _quote(entry: Entry, quote: Quote) -> Document:
    article = entry.article
    document = _about(entry, QUOTE)
    mention = quote.speaker.of(article.text) if quote.speaker else ""
    _add(document, f"{quote.speaker_name or ''} {mention}", None, "speaker")
    if quote.speaker_name:
        document.add_text("speaker_name", quote.speaker_name)
    _add(document, quote.words.of(article.text), article.language, "said", "said_written")
    return document


def _about(entry: Entry, kind: str) -> Document:
    document = Document()
    document.add_text("kind", kind)
    document.add_unsigned("id", entry.id)
    document.add_text("stemmer", stemmer_of(entry.article.language))
    return document


def _add(document: Document, text: str, language: str | None, stemmed: str, written: str = "") -> None:
    # Most texts are cut inside tantivy, in its own threads; the others bring their words with their places.
    folded, stemmer = fold(text), stemmer_of(language)
    if (stems := spaced(folded, stemmer)) is not None:
        document.add_text(stemmed, stems)
    else:
        document.add_pre_tokenized_text(stemmed, cut(folded, stemmer))
    if written and plain(folded):
        document.add_text(written, folded)
    elif written:
        document.add_pre_tokenized_text(written, cut(folded, UNSTEMMED))
