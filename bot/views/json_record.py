"""Digests, findings and readings as data for scripts: what the command line prints as JSON. Pure.

Moments are ISO 8601 in UTC, but for ``published_local``; ``start`` and ``end`` index the text of their article.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from bot.domain.conversations import Narrowing
from bot.domain.digests import Brief, Digest, KeyQuote, Ledger, Line, lines_in
from bot.domain.model import Article, Entry, Findings, Hit, LeftOut, Quote, Reading, Span
from bot.domain.reasons import record
from bot.views.proof import proof

Json = dict[str, Any]

_EPOCH = datetime.fromtimestamp(0, UTC)


def digest_record(digest: Digest) -> Json:
    """What ``digest preview --format json`` prints."""
    return {
        "name": digest.name,
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "stories": [_story(brief) for brief in digest.briefs],
        "also": [_story(brief) for brief in digest.also],
        "ledger": _ledger(digest.ledger),
    }


def findings_record(query: str, findings: Findings, took_ms: float, choices: Narrowing | None = None) -> Json:
    """What ``search --json`` prints."""
    record: Json = {
        "query": query,
        "total": findings.total,
        "took_ms": round(took_ms, 1),
        "hits": [_hit(hit) for hit in findings.hits],
    }
    return record if choices is None else record | {"narrow": _narrowing(choices)}


def _narrowing(found: Narrowing) -> Json:
    kinds = (("sources", found.sources), ("speakers", found.speakers), ("months", found.months))
    choices = {
        kind: [{"name": one.name, "filter": one.filter, "count": one.count} for one in every]
        for kind, every in kinds
    }
    return {"counted": found.looked, **choices}


def rebuilding_record(query: str, reached: int, newest: int) -> Json:
    """What ``search --json`` prints while the index is rebuilt: no total, because nobody knows it."""
    return {"query": query, "total": None, "hits": [], "rebuilding": {"reached": reached, "newest": newest}}


def reading_record(file: str, reading: Reading, left_out: Sequence[LeftOut] | None) -> Json:
    """What ``inspect --json`` prints for one file."""
    from bot.article.text.asides import notes  # the other records are made where no article is read

    article = reading.article
    return {
        "file": file,
        "title": article.title,
        "standfirst": article.standfirst,
        "text": article.text,
        "paragraphs": [span.of(article.text) for span in article.paragraphs],
        "language": article.language,
        "published": _published(article),
        "published_precision": article.published_precision,
        "published_local": _published_local(article),
        "source": article.source,
        "agency": article.agency,
        "byline": article.byline,
        "section": article.section,
        "url": article.url,
        "hold_until": article.hold_until,
        "expires": article.expires,
        "summary": [
            _told(line) for line in lines_in(Entry(0, 0, article, reading.summary, (), file, _EPOCH, 0))
        ],
        "method": reading.summary.method,
        "quotes": [{**_slice(quote.words, article), **_speaker(quote, article)} for quote in reading.quotes],
        "notes": [_slice(span, article) for span in notes(article)],
        "left_out": None
        if left_out is None
        else [{"text": one.text, "reason": one.reason} for one in left_out],
    }


def _story(brief: Brief) -> Json:
    return {
        "id": brief.story,
        "headline": brief.headline,
        "update": brief.update,
        "lines": [_line(line) for line in brief.lines],
        "quotes": [_quote(quote) for quote in brief.quotes],
        "differing": [_line(line) for line in brief.differing],
        "sources": list(brief.sources),
        "entries": [entry.id for entry in brief.entries],
        "score": round(brief.place.score, 3),
        "place": dict(brief.place.parts),
    }


def _line(line: Line) -> Json:
    article = line.entry.article
    place = {
        "entry": line.entry.id,
        "source": article.source,
        "url": article.url,
        "proof": proof(article, line.span, line.part),
    }
    return {**_told(line), **place}


def _quote(key: KeyQuote) -> Json:
    article = key.entry.article
    return {
        **_slice(key.quote.words, article),
        "entry": key.entry.id,
        "proof": proof(article, key.quote.words),
        "outlets": key.outlets,
        **_speaker(key.quote, article),
    }


def _hit(hit: Hit) -> Json:
    article = hit.entry.article
    return {
        "id": hit.entry.id,
        "title": article.title,
        "source": article.source,
        "published": _published(article),
        "url": article.url,
        "snippet": hit.snippet.span.of(article.text) if hit.snippet else None,
        "score": hit.score,
    }


def _told(line: Line) -> Json:
    return {"text": line.text, "start": line.span.start, "end": line.span.end, "part": line.part}


def _slice(span: Span, article: Article) -> Json:
    return {"text": span.of(article.text), "start": span.start, "end": span.end}


def _speaker(quote: Quote, article: Article) -> Json:
    mention = quote.speaker.of(article.text) if quote.speaker else None
    role = quote.role.of(article.text) if quote.role else None
    return {"speaker": mention, "speaker_name": quote.speaker_name, "role": role}


def _published(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def _published_local(article: Article) -> str | None:
    """The same moment on the article's own clock; ``None`` where it names no clock."""
    if article.published is None or article.utc_offset is None:
        return None
    return article.published.astimezone(timezone(timedelta(minutes=article.utc_offset))).isoformat()


def _ledger(ledger: Ledger) -> Json:
    return {
        "files": ledger.files,
        "articles": ledger.articles,
        "stories": ledger.stories,
        "shown": ledger.shown,
        "listed": ledger.listed,
        "already_sent": ledger.already_sent,
        "muted": ledger.muted,
        "unreadable": ledger.unreadable,
        "reasons": [
            {"item": one.item, "reason": str(one.reason), **record(one.reason)} for one in ledger.reasons
        ],
    }
